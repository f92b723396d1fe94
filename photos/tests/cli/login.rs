//! `google-photos login` and `logout`, and everybody who is not signed in.

use std::fs;
use std::io::Write as _;
use std::process::Stdio;

use photos_emulator::{Consent, DEVELOPER_TOKEN, Emulator, redacted};

use crate::support::{User, alone, between, browse, line_with, run, wait};

async fn asking() -> User {
    let emulator = Emulator::start_with(|config| config.consent = Consent::Ask);
    User::of(emulator.await.unwrap())
}

/// Agrees on the consent page, and returns where the browser is sent.
pub(crate) fn agree(address: &str) -> String {
    let page = browse(address, None);
    let request = between(&page, "name=\"request\" value=\"", "\"").remove(0);
    let host = address.split('/').nth(2).unwrap();
    let form = format!("request={request}&decision=allow");
    let redirect = browse(&format!("http://{host}/o/oauth2/v2/auth"), Some(&form));
    let location = redirect
        .lines()
        .find_map(|line| line.strip_prefix("location: "));
    location.unwrap().to_owned()
}

#[tokio::test(flavor = "multi_thread")]
async fn user_signs_in_on_another_machine_by_pasting_the_address() {
    let user = asking().await;
    let mut command = user.command(&["login", "--no-browser"]);
    let mut child = command.stdin(Stdio::piped()).spawn().unwrap();
    let pasted = tokio::task::spawn_blocking(move || {
        let back = agree(&line_with(&mut child, "http://"));
        // An empty line says nothing.
        write!(child.stdin.as_mut().unwrap(), "\n{back}\n").unwrap();
        child
    });
    let ended = wait(pasted.await.unwrap()).await.expect(0);
    assert_eq!(ended.stdout, "signed in\n");
    assert_eq!(user.emulator.calls("oauth.token"), 1);

    user.run(&["albums", "create", "Iceland"]).await.expect(0);
    let developer = format!("Bearer {}", redacted(DEVELOPER_TOKEN));
    let listed = user.run(&["albums", "list"]).await.expect(0);
    assert!(listed.stdout.contains("Iceland"), "{listed:?}");
    // Both acted for who signed in, with what the sign-in gave.
    assert_eq!(user.emulator.calls("oauth.token"), 1);
    for request in user.emulator.requests_of("albums.list") {
        assert_ne!(request.header("authorization"), Some(&*developer));
    }

    user.run(&["logout"]).await.expect(0);
    assert_eq!(user.emulator.calls("oauth.revoke"), 1);
    let kept = crate::support::contents(&user.path("config"));
    assert!(!kept.keys().any(|path| path.ends_with("token.json")));
    user.run(&["logout"]).await.expect(0);
}

#[tokio::test(flavor = "multi_thread")]
async fn user_signs_in_with_a_browser_that_comes_back_to_a_chosen_port() {
    let user = asking().await;
    let free = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    let port = free.local_addr().unwrap().port().to_string();
    drop(free);
    let arguments = [
        "login",
        "--no-browser",
        "--port",
        &port,
        "--bind",
        "0.0.0.0",
    ];
    let mut child = user.command(&arguments).spawn().unwrap();
    let came = tokio::task::spawn_blocking(move || {
        let back = agree(&line_with(&mut child, "http://"));
        let page = browse(&back, None);
        assert!(page.starts_with("HTTP/1.1 200 "), "{page}");
        (child, back)
    });
    let (child, back) = came.await.unwrap();
    assert!(
        back.starts_with(&format!("http://127.0.0.1:{port}")),
        "{back}"
    );
    wait(child).await.expect(0);
}

#[tokio::test(flavor = "multi_thread")]
async fn user_who_declines_is_not_signed_in() {
    let emulator = Emulator::start_with(|config| config.consent = Consent::Deny);
    let user = User::of(emulator.await.unwrap());
    let mut child = user.command(&["login", "--no-browser"]).spawn().unwrap();
    let came = tokio::task::spawn_blocking(move || {
        let redirect = browse(&line_with(&mut child, "http://"), None);
        let location = redirect
            .lines()
            .find_map(|line| line.strip_prefix("location: "));
        browse(location.unwrap(), None);
        child
    });
    let ended = wait(came.await.unwrap()).await.expect(4);
    assert!(ended.stderr.contains("declined"), "{ended:?}");
}

#[tokio::test]
async fn nobody_is_signed_in_at_first() {
    let home = tempfile::tempdir().unwrap();
    fs::create_dir(home.path().join("photos")).unwrap();
    for arguments in [
        &["albums", "list"][..],
        &["items", "list"],
        &["upload", "photos"],
        &["download", "Iceland", "--into", "back"],
        &["pick", "--into", "picked"],
        &["login"],
    ] {
        let ended = run(alone(home.path(), arguments)).await.expect(4);
        assert!(ended.stderr.contains("login --client FILE"), "{ended:?}");
    }
    run(alone(home.path(), &["logout"])).await.expect(0);
    // What needs no account works without.
    run(alone(home.path(), &["upload", "photos", "--dry-run"]))
        .await
        .expect(0);
}

#[tokio::test]
async fn client_file_of_another_kind_is_named() {
    let home = tempfile::tempdir().unwrap();
    for (content, said) in [
        (r#"{"web": {"client_id": "a"}}"#, "Web application"),
        (r#"{"installed": {"client_id": "a"}}"#, "client_secret"),
        ("{", "client.json"),
    ] {
        fs::write(home.path().join("client.json"), content).unwrap();
        let arguments = ["login", "--client", "client.json"];
        let ended = run(alone(home.path(), &arguments)).await.expect(1);
        assert!(ended.stderr.contains(said), "{ended:?}");
    }
}

#[tokio::test]
async fn wrong_command_lines_are_told_from_failures() {
    let home = tempfile::tempdir().unwrap();
    for arguments in [
        &[][..],
        &["upload"],
        &["download", "Iceland"],
        &["upload", "a", "--links", "perhaps"],
        &["pick", "--into", "a", "--max-items", "3000"],
    ] {
        run(alone(home.path(), arguments)).await.expect(2);
    }
    let server = ["--server", "http://192.0.2.1:1", "albums", "list"];
    let ended = run(alone(home.path(), &server)).await.expect(1);
    assert!(ended.stderr.contains("192.0.2.1"), "{ended:?}");
    let help = run(alone(home.path(), &["--help"])).await.expect(0);
    assert!(help.stdout.contains("Exit codes:"), "{help:?}");
}

#[tokio::test(flavor = "multi_thread")]
async fn first_sign_in_says_what_it_needs_and_nothing_else() {
    let home = tempfile::tempdir().unwrap();
    let ended = run(alone(home.path(), &["login"])).await.expect(4);
    assert!(ended.stderr.contains("`google-photos login --client FILE`"));
    assert!(
        !ended.stderr.contains("run `google-photos login` to"),
        "{ended:?}"
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn server_that_is_not_there_is_named() {
    let home = tempfile::tempdir().unwrap();
    // Nothing listens on a port that was free a moment ago.
    let free = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    let server = format!("http://{}", free.local_addr().unwrap());
    drop(free);
    let arguments = ["--server", &server, "albums", "list"];
    let ended = run(alone(home.path(), &arguments)).await.expect(1);
    assert!(
        ended
            .stderr
            .contains(&format!("is there a server at {server}?")),
        "{ended:?}"
    );
    assert_eq!(ended.stdout, "", "no table before the first row");
}
