//! Runs the examples as the README says, and as people do: with an interruption, and with a sign-in.

#![allow(
    clippy::unwrap_used,
    clippy::panic,
    reason = "the helpers of tests are tests"
)]

use std::collections::BTreeMap;
use std::fs;
use std::io::{BufRead as _, BufReader, Read as _, Write as _};
use std::net::TcpStream;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Output, Stdio};
use std::time::Duration;

use photos_emulator::{Cut, Emulator, Entry, Fault, Gate, sample_photo, sample_video};
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

/// The last table row of what happened to files.
fn summary(stdout: &str) -> &str {
    stdout
        .lines()
        .find(|line| line.contains(" files: "))
        .unwrap_or_else(|| panic!("no summary: {stdout}"))
}

#[tokio::test]
async fn the_commands_of_the_readme_work_without_anything() {
    let folder = tempfile::tempdir().unwrap();
    let listed = stdout(example("list_albums", &folder)).await;
    assert!(listed.lines().count() > 1, "{listed}");

    let mut create = example("create_album", &folder);
    create.arg("Iceland");
    assert!(stdout(create).await.contains("created Iceland (new)"));

    let uploaded = stdout(example("upload_folder", &folder)).await;
    assert_eq!(summary(&uploaded), "63 files: 63 created");

    let downloaded = stdout(example("download_album", &folder)).await;
    assert!(
        summary(&downloaded).ends_with(" downloaded"),
        "{downloaded}"
    );
    let again = stdout(example("download_album", &folder)).await;
    assert!(summary(&again).ends_with(" there already"), "{again}");
}

/// The files of a folder and its content.
fn contents(folder: &Path) -> BTreeMap<String, Vec<u8>> {
    let entries = fs::read_dir(folder).unwrap().map(Result::unwrap);
    let files = entries.map(|entry| {
        let name = entry.file_name().into_string().unwrap();
        (name, fs::read(entry.path()).unwrap())
    });
    files.filter(|(name, _)| !name.starts_with('.')).collect()
}

/// Sixty photos and a video.
fn holiday(folder: &TempDir) -> PathBuf {
    let holiday = folder.path().join("Iceland");
    fs::create_dir(&holiday).unwrap();
    for number in 0..60 {
        let photo = sample_photo(40, 30, number);
        fs::write(holiday.join(format!("IMG_{number:04}.png")), photo).unwrap();
    }
    fs::write(holiday.join("film.mp4"), sample_video(6_000_000, 1)).unwrap();
    holiday
}

#[cfg(unix)]
#[tokio::test]
async fn an_interrupted_folder_goes_up_once_and_comes_back_the_same() {
    let folder = tempfile::tempdir().unwrap();
    let holiday = holiday(&folder);
    let emulator = Emulator::start().await.unwrap();
    let upload = || {
        let mut command = example("upload_folder", &folder);
        command.arg(&holiday).args(["--server", &emulator.url()]);
        command
    };

    // The first 50 items are on their way when the user loses patience: they are waited for.
    let gate = Gate::new();
    emulator.plan("mediaItems.batchCreate", Fault::hold(&gate));
    let mut running = upload().spawn().unwrap();
    gate.arrived(1).await;
    interrupt(&running);
    let output = tokio::task::spawn_blocking(move || {
        wait_for_line(&mut running, "stopping when");
        gate.open();
        running.wait_with_output().unwrap()
    });
    let output = checked(output.await.unwrap());
    let printed = String::from_utf8(output.stdout).unwrap();
    assert_eq!(output.status.code(), Some(1), "{printed}");
    assert!(
        printed.contains("run it again for the 11 files"),
        "{printed}"
    );

    let printed = stdout(upload()).await;
    let expected = "61 files: 50 created by an earlier run, 11 created";
    assert_eq!(summary(&printed), expected);
    assert_eq!(emulator.items().len(), 61);
    let albums = emulator.albums();
    assert_eq!((albums.len(), albums[0].title.as_str()), (1, "Iceland"));

    let back = folder.path().join("back");
    let mut download = example("download_album", &folder);
    download
        .args(["Iceland", "--server", &emulator.url()])
        .arg("--to")
        .arg(&back);
    assert_eq!(summary(&stdout(download).await), "61 files: 61 downloaded");
    assert!(contents(&back) == contents(&holiday));
}

#[cfg(unix)]
#[tokio::test]
async fn an_interrupted_download_leaves_nothing_half_done() {
    let folder = tempfile::tempdir().unwrap();
    let emulator = Emulator::start().await.unwrap();
    emulator.seed_demo();
    let back = folder.path().join("back");
    let download = || {
        let mut command = example("download_album", &folder);
        command.args(["--server", &emulator.url()]);
        command.arg("--to").arg(&back);
        command
    };
    let unfinished = || {
        let files = fs::read_dir(&back).into_iter().flatten().flatten();
        let paths = files.map(|file| file.path());
        paths
            .filter(|path| path.extension().is_some_and(|ending| ending == "part"))
            .count()
    };

    // One of the photos never comes to its end.
    emulator.plan("baseUrl", Fault::cut_reply(20, Cut::Stall));
    let running = download().spawn().unwrap();
    while unfinished() == 0 || emulator.calls("baseUrl") == 0 {
        tokio::time::sleep(Duration::from_millis(5)).await;
    }
    interrupt(&running);
    let output = tokio::task::spawn_blocking(move || running.wait_with_output().unwrap());
    let output = checked(output.await.unwrap());
    let printed = String::from_utf8(output.stdout).unwrap();
    assert_eq!(output.status.code(), Some(1), "{printed}");
    assert!(printed.contains("stopped; run it again"), "{printed}");
    assert_eq!(unfinished(), 0);

    stdout(download()).await;
    let albums = emulator.albums();
    let entries = albums.iter().flat_map(|album| &album.entries);
    let items = entries.filter(|entry| matches!(entry, Entry::Item(_)));
    assert_eq!(contents(&back).len(), items.count());
}

/// The service quotes what it was sent, and programs print what it says.
#[tokio::test]
async fn failures_print_no_secret() {
    let folder = tempfile::tempdir().unwrap();
    let holiday = folder.path().join("Iceland");
    fs::create_dir(&holiday).unwrap();
    fs::write(holiday.join("film.mp4"), sample_video(6_000_000, 1)).unwrap();
    let emulator = Emulator::start().await.unwrap();
    for target in ["uploads.start", "mediaItems.batchCreate", "albums.list"] {
        let quoted = format!(
            r#"{{"error": {{"code": 403, "status": "PERMISSION_DENIED", "message":
            "no permission: Bearer {}"}}}}"#,
            photos_emulator::DEVELOPER_TOKEN
        );
        let fault = Fault::status(403).header("content-type", "application/json");
        emulator.plan(target, fault.body(quoted));
        let mut command = example("upload_folder", &folder);
        command.arg(&holiday).args(["--server", &emulator.url()]);
        let output = run(command).await;
        assert_eq!(output.status.code(), Some(1), "{target}: {output:?}");
        let printed = [output.stdout, output.stderr].concat();
        let printed = String::from_utf8(printed).unwrap();
        assert!(printed.contains("no permission"), "{target}: {printed}");
    }
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

#[cfg(unix)]
fn interrupt(process: &Child) {
    let mut kill = Command::new("kill");
    kill.args(["-INT", &process.id().to_string()]);
    assert!(kill.status().unwrap().success());
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
