//! Runs the examples as the README says, and as people do, with a sign-in.

#![allow(
    clippy::unwrap_used,
    clippy::panic,
    reason = "the helpers of tests are tests"
)]

use std::fs;
use std::io::{BufRead as _, BufReader, Read as _, Write as _};
use std::net::TcpStream;
use std::process::{Child, Command, Output, Stdio};

use photos_emulator::{Emulator, sample_photo};
use tempfile::TempDir;

/// An example, whose temporary files and home are in a folder of the test.
fn example(name: &str, folder: &TempDir) -> Command {
    // Cargo builds the examples of a package before its tests, into the folder beside theirs.
    let tests = std::env::current_exe().unwrap();
    let built = tests.parent().unwrap().with_file_name("examples");
    let program = built.join(format!("{name}{}", std::env::consts::EXE_SUFFIX));
    assert!(program.exists(), "cargo build -p examples --examples");
    let mut command = Command::new(program);
    command
        .env("TMPDIR", folder.path())
        .env("TMP", folder.path())
        .env("HOME", folder.path())
        .stdin(Stdio::null())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped());
    command
}

/// Runs a program to its end on a thread of its own, so that an emulator of the test can respond.
async fn run(mut command: Command) -> Output {
    let output = tokio::task::spawn_blocking(move || command.output().unwrap()).await;
    checked(output.unwrap())
}

/// Output that shows no access token, upload token, address of an upload or base URL of the emulator.
fn checked(output: Output) -> Output {
    for printed in [&output.stdout, &output.stderr] {
        let printed = String::from_utf8_lossy(printed);
        for secret in ["ya29.", "CAIS", "upload_id=", "/base/"] {
            assert!(!printed.contains(secret), "{secret} in {printed}");
        }
    }
    output
}

/// What a program that ended well has printed.
async fn stdout(command: Command) -> String {
    let output = run(command).await;
    assert!(output.status.success(), "{output:?}");
    String::from_utf8(output.stdout).unwrap()
}

#[tokio::test]
async fn the_commands_of_the_readme_work_without_anything() {
    let folder = tempfile::tempdir().unwrap();
    let listed = stdout(example("list_albums", &folder)).await;
    assert!(listed.lines().count() > 1, "{listed}");

    let mut create = example("create_album", &folder);
    create.arg("Iceland");
    assert!(stdout(create).await.contains("created Iceland (new)"));

    let photo = folder.path().join("geysir.png");
    fs::write(&photo, sample_photo(40, 30, 1)).unwrap();
    let mut upload = example("upload_files", &folder);
    upload.arg(&photo);
    assert!(stdout(upload).await.ends_with("geysir.png: created\n"));
}

/// The line of standard error that begins so.
fn wait_for_line(process: &mut Child, beginning: &str) -> String {
    let mut said = Vec::new();
    for line in BufReader::new(process.stderr.as_mut().unwrap()).lines() {
        let line = line.unwrap();
        if line.starts_with(beginning) {
            return line;
        }
        said.push(line);
    }
    let status = process.wait().unwrap();
    panic!("it ended with {status} and did not say {beginning:?}: {said:?}");
}

#[tokio::test]
async fn a_user_signs_in_to_an_emulator() {
    let folder = tempfile::tempdir().unwrap();
    let emulator = Emulator::start_with(|config| config.developer_mode = false)
        .await
        .unwrap();
    emulator.seed_demo();
    let mut command = example("list_albums", &folder);
    let url = emulator.url();
    command.args(["--server", &url, "--sign-in", "--no-browser"]);
    let user = tokio::task::spawn_blocking(move || {
        let mut process = command.spawn().unwrap();
        let address = wait_for_line(&mut process, "http://");
        // The emulator agrees for the user and sends the browser back to the program.
        let redirect = get(&address);
        let back = redirect
            .lines()
            .find_map(|line| line.strip_prefix("location: "))
            .unwrap_or_else(|| panic!("no redirect: {redirect}"));
        let page = get(back);
        (process.wait_with_output().unwrap(), page)
    });
    let (output, page) = user.await.unwrap();
    let output = checked(output);
    assert!(output.status.success(), "{output:?}");
    assert!(page.starts_with("HTTP/1.1 200 "), "{page}");
    let listed = String::from_utf8(output.stdout).unwrap();
    assert!(listed.lines().count() > 1, "{listed}");
    assert_eq!(emulator.calls("oauth.token"), 1);
}

/// What would let somebody else respond in the place of the user is not printed.
#[cfg(target_os = "linux")]
#[tokio::test]
async fn a_machine_without_a_browser_is_told_of() {
    let folder = tempfile::tempdir().unwrap();
    let mut command = example("list_albums", &folder);
    command.arg("--sign-in").env("PATH", folder.path());
    let output = run(command).await;
    let said = String::from_utf8(output.stderr).unwrap();
    assert_eq!(output.status.code(), Some(1), "{said}");
    assert!(said.contains("--no-browser"), "{said}");
    assert!(said.contains("no browser could be opened"), "{said}");
    assert!(!said.contains("state="), "{said}");
}

/// Gets a page as a browser does, without following redirects.
fn get(address: &str) -> String {
    let rest = address.strip_prefix("http://").unwrap();
    let (host, target) = rest.split_once('/').unwrap();
    let mut stream = TcpStream::connect(host).unwrap();
    write!(
        stream,
        "GET /{target} HTTP/1.1\r\nhost: {host}\r\naccept: text/html\r\nconnection: close\r\n\r\n"
    )
    .unwrap();
    let mut response = String::new();
    stream.read_to_string(&mut response).unwrap();
    response
}
