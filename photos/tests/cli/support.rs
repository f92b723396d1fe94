//! A home folder, the binary, and somebody who reads pages as a browser does.

use std::collections::BTreeMap;
use std::fs;
use std::io::{BufRead as _, BufReader, Read as _, Write as _};
use std::net::TcpStream;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Output, Stdio};

use photos_emulator::{Emulator, sample_photo};
use serde_json::Value;
use tempfile::TempDir;

/// Somebody with a home folder, and a server.
pub(crate) struct User {
    pub(crate) home: TempDir,
    pub(crate) emulator: Emulator,
}

impl User {
    pub(crate) async fn new() -> Self {
        Self::of(Emulator::start().await.unwrap())
    }

    pub(crate) fn of(emulator: Emulator) -> Self {
        Self {
            home: tempfile::tempdir().unwrap(),
            emulator,
        }
    }

    pub(crate) fn path(&self, name: &str) -> PathBuf {
        self.home.path().join(name)
    }

    /// The command with the server of this user.
    pub(crate) fn command(&self, arguments: &[&str]) -> Command {
        let mut command = alone(self.home.path(), arguments);
        command.env("GOOGLE_PHOTOS_SERVER", self.emulator.url());
        command
    }

    /// Runs the command to its end.
    pub(crate) async fn run(&self, arguments: &[&str]) -> Ended {
        run(self.command(arguments)).await
    }

    /// Photos in a folder of the home folder, each other than the others.
    pub(crate) fn photos(&self, folder: &str, names: &[&str], seed: u32) {
        let folder = self.path(folder);
        fs::create_dir_all(&folder).unwrap();
        for (number, name) in (seed..).zip(names) {
            fs::write(folder.join(name), sample_photo(40, 30, number)).unwrap();
        }
    }
}

/// The command of somebody with a home folder, without a server.
pub(crate) fn alone(home: &Path, arguments: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_google-photos"));
    command
        .args(arguments)
        .current_dir(home)
        .env("HOME", home)
        .env("XDG_CONFIG_HOME", home.join("config"))
        .env_remove("GOOGLE_PHOTOS_SERVER")
        .stdin(Stdio::null())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped());
    command
}

/// What a command that ended has printed.
#[derive(Debug)]
pub(crate) struct Ended {
    pub(crate) code: Option<i32>,
    pub(crate) stdout: String,
    pub(crate) stderr: String,
}

impl Ended {
    pub(crate) fn expect(self, code: i32) -> Self {
        assert_eq!(self.code, Some(code), "{self:?}");
        self
    }

    /// The lines of `--json`.
    pub(crate) fn json(&self) -> Vec<Value> {
        let lines = self.stdout.lines();
        lines
            .map(|line| serde_json::from_str(line).unwrap())
            .collect()
    }

    /// The last line of `--json`.
    pub(crate) fn summary(&self) -> Value {
        self.json().last().unwrap()["summary"].clone()
    }
}

impl From<Output> for Ended {
    fn from(output: Output) -> Self {
        Self {
            code: output.status.code(),
            stdout: String::from_utf8(output.stdout).unwrap(),
            stderr: String::from_utf8(output.stderr).unwrap(),
        }
    }
}

/// Runs a command to its end on a thread of its own, so that an emulator of the test can respond.
pub(crate) async fn run(mut command: Command) -> Ended {
    tokio::task::spawn_blocking(move || command.output().unwrap().into())
        .await
        .unwrap()
}

/// Waits for a command on a thread of its own.
pub(crate) async fn wait(child: Child) -> Ended {
    tokio::task::spawn_blocking(move || child.wait_with_output().unwrap().into())
        .await
        .unwrap()
}

/// Reads standard error up to a line that contains something, which it returns.
pub(crate) fn line_with(child: &mut Child, part: &str) -> String {
    let mut said = Vec::new();
    for line in BufReader::new(child.stderr.as_mut().unwrap()).lines() {
        let line = line.unwrap();
        if line.contains(part) {
            return line;
        }
        said.push(line);
    }
    panic!("it did not say {part:?}: {said:?}");
}

#[cfg(unix)]
pub(crate) fn signal(child: &Child, name: &str) {
    let mut kill = Command::new("kill");
    kill.args([name, &child.id().to_string()]);
    assert!(kill.status().unwrap().success());
}

/// The files of a folder with those in its folders, and what is in them.
pub(crate) fn contents(folder: &Path) -> BTreeMap<PathBuf, Vec<u8>> {
    let mut found = BTreeMap::new();
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            found.extend(contents(&path));
        } else {
            found.insert(path.clone(), fs::read(path).unwrap());
        }
    }
    found
}

/// Requests a page as a browser does, without following redirects.
pub(crate) fn browse(address: &str, form: Option<&str>) -> String {
    let rest = address.strip_prefix("http://").unwrap();
    let (host, target) = rest.split_once('/').unwrap();
    let (method, form) = form.map_or(("GET", ""), |form| ("POST", form));
    let mut stream = TcpStream::connect(host).unwrap();
    write!(
        stream,
        "{method} /{target} HTTP/1.1\r\nhost: {host}\r\naccept: text/html\r\nconnection: close\r\n\
         content-type: application/x-www-form-urlencoded\r\ncontent-length: {}\r\n\r\n{form}",
        form.len()
    )
    .unwrap();
    let mut response = String::new();
    stream.read_to_string(&mut response).unwrap();
    response
}

/// The values that a page has between two texts.
pub(crate) fn between(page: &str, start: &str, end: &str) -> Vec<String> {
    let parts = page.split(start).skip(1);
    parts
        .map(|part| part.split(end).next().unwrap().to_owned())
        .collect()
}
