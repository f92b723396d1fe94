//! The program as a developer starts it.

use std::io::{BufRead as _, BufReader, Read as _};
use std::process::{Child, Command, Stdio};

use photos_emulator::DEVELOPER_TOKEN;

use crate::client::{send, send_as};

struct Program {
    child: Child,
    /// Host and port.
    address: String,
    printed: String,
}

impl Drop for Program {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// Starts the program on a free port and reads what it prints until it is ready.
fn start(arguments: &[&str]) -> Program {
    let mut child = Command::new(env!("CARGO_BIN_EXE_photos-emulator"))
        .args(["--port", "0"])
        .args(arguments)
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    let mut printed = String::new();
    let mut lines = BufReader::new(child.stdout.take().unwrap());
    while !printed.contains("Ctrl-C") {
        assert_ne!(
            lines.read_line(&mut printed).unwrap(),
            0,
            "the program ended: {printed}"
        );
    }
    let start = printed.find("127.0.0.1:").unwrap();
    let address = printed[start..].split('/').next().unwrap().to_owned();
    Program {
        child,
        address,
        printed,
    }
}

async fn get(program: &Program, target: &str, token: &str) -> crate::client::Response {
    let bearer = format!("Bearer {token}");
    send(
        &program.address,
        "GET",
        target,
        &[("Authorization", &bearer)],
        b"",
    )
    .await
    .unwrap()
}

#[tokio::test]
async fn program_prints_usage_and_logs_requests_without_secrets() {
    let mut program = start(&["--seed-demo"]);
    assert!(
        program.printed.contains(DEVELOPER_TOKEN) && program.printed.contains("curl"),
        "{}",
        program.printed
    );
    let albums = get(&program, "/v1/albums?pageToken=", DEVELOPER_TOKEN)
        .await
        .expect(200);
    assert_eq!(albums["albums"][0]["title"], "Lake trip");
    assert_eq!(
        get(&program, "/v1/mediaItems:batchGet", "any-other-token")
            .await
            .status,
        400
    );
    program.child.kill().unwrap();
    let mut log = String::new();
    program
        .child
        .stderr
        .take()
        .unwrap()
        .read_to_string(&mut log)
        .unwrap();
    let lines: Vec<_> = log
        .lines()
        .map(|line| line.split_whitespace().collect::<Vec<_>>().join(" "))
        .collect();
    assert_eq!(
        lines,
        [
            "GET albums.list 200",
            "GET mediaItems.batchGet 400 (0 ids; 1 to 50 are accepted)"
        ]
    );
}

#[tokio::test]
async fn command_line_switches_take_effect() {
    let strict = start(&["--strict-tokens", "--quirks"]);
    assert_eq!(
        get(&strict, "/v1/albums", "any-other-token").await.status,
        401
    );
    assert_eq!(
        get(&strict, "/v1/albums", DEVELOPER_TOKEN).await.status,
        200
    );
    assert_eq!(
        get(&strict, "/v1/sharedAlbums", DEVELOPER_TOKEN)
            .await
            .status,
        403
    );
    let legacy = start(&["--legacy-sharing"]);
    assert_eq!(
        get(&legacy, "/v1/sharedAlbums", DEVELOPER_TOKEN)
            .await
            .status,
        200
    );
    // What needs the scope for sharing, with the token that was printed.
    assert!(legacy.printed.contains(DEVELOPER_TOKEN));
    let bearer = format!("Bearer {DEVELOPER_TOKEN}");
    let headers = [
        ("Authorization", bearer.as_str()),
        ("Content-Type", "application/json"),
    ];
    let post = async |target: &str, body: &[u8]| {
        let response = send(&legacy.address, "POST", target, &headers, body).await;
        response.unwrap().expect(200)
    };
    let album = post("/v1/albums", br#"{"album": {"title": "a"}}"#).await;
    let share = format!("/v1/albums/{}:share", album["id"].as_str().unwrap());
    assert!(post(&share, b"{}").await.get("shareInfo").is_some());
}

/// Runs the program until it ends, and returns what it says on standard error.
fn fails(arguments: &[&str]) -> String {
    let output = Command::new(env!("CARGO_BIN_EXE_photos-emulator"))
        .args(arguments)
        .output()
        .unwrap();
    assert!(!output.status.success());
    String::from_utf8(output.stderr).unwrap()
}

#[test]
fn port_in_use_is_named_with_the_flag_that_changes_it() {
    let program = start(&[]);
    let port = program.address.rsplit_once(':').unwrap().1;
    let error = fails(&["--port", port]);
    assert!(
        error.contains(&program.address) && error.contains("--port"),
        "{error}"
    );
    let error = fails(&["--port", "0", "--host", "192.0.2.1"]);
    assert!(
        error.contains("192.0.2.1:0") && error.contains("--host"),
        "{error}"
    );
}

/// A container publishes the port under a name and a number that the emulator cannot know.
#[tokio::test]
async fn another_host_comes_with_a_warning() {
    let mut program = start(&["--host", "0.0.0.0", "--seed-demo"]);
    let bearer = format!("Bearer {DEVELOPER_TOKEN}");
    let headers = [("Authorization", bearer.as_str())];
    let album = send_as("photos:9000", &program.address, "/v1/albums", &headers);
    let album = album.await.unwrap().expect(200);
    let url = album["albums"][0]["coverPhotoBaseUrl"].as_str().unwrap();
    assert!(url.starts_with("http://photos:9000/base/"), "{url}");
    program.child.kill().unwrap();
    let mut log = String::new();
    let mut errors = program.child.stderr.take().unwrap();
    errors.read_to_string(&mut log).unwrap();
    assert!(log.starts_with("warning: listening on 0.0.0.0"), "{log}");
}

#[cfg(unix)]
#[test]
fn ctrl_c_ends_it() {
    let mut program = start(&[]);
    let killed = Command::new("kill")
        .args(["-INT", &program.child.id().to_string()])
        .status()
        .unwrap();
    assert!(killed.success());
    assert!(program.child.wait().unwrap().success());
}

#[test]
fn help_names_every_switch() {
    let output = Command::new(env!("CARGO_BIN_EXE_photos-emulator"))
        .arg("--help")
        .output()
        .unwrap();
    let help = String::from_utf8(output.stdout).unwrap();
    for switch in [
        "--host",
        "--port",
        "--quirks",
        "--legacy-sharing",
        "--seed-demo",
        "--quotas",
        "--strict-tokens",
        "--consent",
    ] {
        assert!(help.contains(switch), "{help}");
    }
    assert!(
        output.status.success() && help.contains("Photos Library"),
        "{help}"
    );
}
