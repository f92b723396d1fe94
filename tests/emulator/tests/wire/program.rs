//! The program as a developer starts it.

use std::io::{BufRead as _, BufReader, Read as _};
use std::process::{Child, Command, Stdio};

use photos_emulator::DEVELOPER_TOKEN;

use crate::client::send;

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
