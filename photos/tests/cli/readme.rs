//! The commands on the first screen of the README do what it says.

use std::fs;
use std::path::Path;

use serde_json::Value;

use crate::pick::tick;
use crate::support::{Ended, User, browse, contents, line_with, wait};

/// The commands of the first block of the README, without their comments.
fn commands() -> Vec<Vec<String>> {
    let readme = Path::new(env!("CARGO_MANIFEST_DIR")).join("../README.md");
    let readme = fs::read_to_string(readme).unwrap();
    let block = readme.split("```sh\n").nth(1).unwrap();
    let lines = block.split("```").next().unwrap().lines();
    let commands = lines.map(|line| {
        let line = line.split('#').next().unwrap();
        let words = line.split_whitespace().map(str::to_owned);
        words.collect::<Vec<_>>()
    });
    let commands: Vec<_> = commands.filter(|words| !words.is_empty()).collect();
    assert!(commands.iter().all(|words| words[0] == "google-photos"));
    commands
}

/// Runs a command of the README; where it opens the browser, the test is the browser.
async fn run(user: &User, words: &[String]) -> Ended {
    let mut arguments: Vec<&str> = words[1..].iter().map(String::as_str).collect();
    let in_browser = matches!(arguments[0], "login" | "pick");
    if !in_browser {
        return user.run(&arguments).await;
    }
    arguments.push("--no-browser");
    let mut child = user.command(&arguments).spawn().unwrap();
    let browsed = tokio::task::spawn_blocking(move || {
        let line = line_with(&mut child, "http://");
        if line.starts_with("pick") {
            tick(&line, "IMG_");
        } else {
            let redirect = browse(&line, None);
            let mut lines = redirect.lines();
            let back = lines.find_map(|line| line.strip_prefix("location: "));
            browse(back.unwrap(), None);
        }
        child
    });
    wait(browsed.await.unwrap()).await
}

#[tokio::test(flavor = "multi_thread")]
async fn commands_of_the_readme_work_in_their_order() {
    let user = User::new().await;
    user.emulator.configure(|config| {
        config.developer_mode = true;
        config.picking_poll_interval = std::time::Duration::from_secs(1);
    });
    user.photos("Pictures/Iceland", &["IMG_1.png", "IMG_2.png"], 1);
    let client = r#"{"installed": {"client_id": "ada", "client_secret": "s"}}"#;
    fs::write(user.path("client_secret.json"), client).unwrap();

    let mut seen = Vec::new();
    for words in commands() {
        let ended = run(&user, &words).await.expect(0);
        match words[1].as_str() {
            "upload" => assert!(ended.stdout.contains("2 uploaded"), "{ended:?}"),
            "albums" => assert!(ended.stdout.contains("Iceland"), "{ended:?}"),
            "items" => {
                let names = ended.json().into_iter();
                let names: Vec<_> = names.map(|item| item["name"].clone()).collect();
                assert_eq!(names, [Value::from("IMG_1.png"), Value::from("IMG_2.png")]);
            }
            _ => {}
        }
        seen.push(words[1].clone());
    }
    assert_eq!(user.emulator.albums()[0].title, "Iceland");
    for folder in ["back", "picked"] {
        assert_eq!(files(&user.path(folder)), files(&user.path("Pictures")));
    }
    for command in [
        "login", "logout", "albums", "items", "upload", "download", "pick",
    ] {
        assert!(seen.iter().any(|name| name == command), "{command}");
    }
}

/// What is in the files of a folder, whatever they are called.
fn files(folder: &Path) -> Vec<Vec<u8>> {
    let mut files: Vec<_> = contents(folder).into_values().collect();
    files.sort();
    files
}

/// The emulator that the README names, from its start to Ctrl-C.
#[cfg(unix)]
#[tokio::test(flavor = "multi_thread")]
async fn emulator_serves_the_other_commands() {
    use std::io::{BufRead as _, BufReader};
    let home = tempfile::tempdir().unwrap();
    let arguments = ["emulator", "--seed-demo", "--port", "0", "--json"];
    let mut child = crate::support::alone(home.path(), &arguments)
        .spawn()
        .unwrap();
    let mut line = String::new();
    let mut printed = BufReader::new(child.stdout.as_mut().unwrap());
    printed.read_line(&mut line).unwrap();
    let ready: Value = serde_json::from_str(&line).unwrap();
    let url = ready["url"].as_str().unwrap();
    let arguments = ["albums", "list", "--server", url, "--json"];
    let listed = crate::support::run(crate::support::alone(home.path(), &arguments)).await;
    let albums = listed.expect(0).json();
    assert_eq!(
        (&albums[0]["title"], &albums[0]["items"]),
        (&"Lake trip".into(), &6.into())
    );
    crate::support::signal(&child, "-INT");
    wait(child).await.expect(0);
}

#[tokio::test]
async fn completions_are_for_each_shell() {
    let home = tempfile::tempdir().unwrap();
    for shell in ["bash", "elvish", "fish", "powershell", "zsh"] {
        let command = crate::support::alone(home.path(), &["completions", shell]);
        let ended = crate::support::run(command).await.expect(0);
        assert!(ended.stdout.contains("dry-run"), "{shell}");
    }
}

/// Nobody should have to read the source to know what is left out.
#[tokio::test]
async fn help_of_upload_says_what_is_left_out() {
    let home = tempfile::tempdir().unwrap();
    let help = crate::support::run(crate::support::alone(home.path(), &["upload", "--help"])).await;
    let help = help.expect(0).stdout;
    let readme = Path::new(env!("CARGO_MANIFEST_DIR")).join("README.md");
    let readme = fs::read_to_string(readme).unwrap();
    for name in [
        "@eaDir",
        ".@__thumb",
        "Thumbs.db",
        ".DS_Store",
        "._*",
        "*.lrdata",
        ".xmp",
        ".aae",
    ] {
        assert!(help.contains(name), "{name} is not in {help}");
        assert!(readme.contains(name), "{name}");
    }
}
