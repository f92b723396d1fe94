//! A process that uploads a folder, and the hand that kills it.

use std::env;
use std::fs;
use std::path::PathBuf;
use std::process::{Command, Stdio};
use std::time::Duration;

use google_photos::Photos;
use google_photoslibrary_v1::{Client, Credentials};

/// How many files go up at the same time.
pub(crate) const PARALLEL: usize = 3;

/// What a process is to do.
pub(crate) struct Order {
    pub(crate) server: String,
    pub(crate) token: String,
    pub(crate) album: String,
    pub(crate) files: PathBuf,
    pub(crate) journal: PathBuf,
}

/// The names of the variables that tell a process of its order.
const SERVER: &str = "KILL_TEST_SERVER";
const TOKEN: &str = "KILL_TEST_TOKEN";
const ALBUM: &str = "KILL_TEST_ALBUM";
const FILES: &str = "KILL_TEST_FILES";
const JOURNAL: &str = "KILL_TEST_JOURNAL";

/// How a process ended.
pub(crate) enum End {
    Killed,
    /// By itself, with every file done.
    Finished,
}

pub(crate) struct Child(tokio::process::Child);

impl Child {
    pub(crate) fn start(order: &Order) -> Self {
        let mut command = Command::new(env::current_exe().unwrap());
        command
            .args(["--ignored", "--exact", "child"])
            .stdin(Stdio::null())
            .stdout(Stdio::null());
        command
            .env(SERVER, &order.server)
            .env(TOKEN, &order.token)
            .env(ALBUM, &order.album);
        command
            .env(FILES, &order.files)
            .env(JOURNAL, &order.journal);
        Self(
            tokio::process::Command::from(command)
                .kill_on_drop(true)
                .spawn()
                .unwrap(),
        )
    }

    /// Kills it a moment after something happened, unless it ended before.
    pub(crate) async fn kill_when(&mut self, happened: impl Fn() -> bool, delay: Duration) -> End {
        while !happened() {
            if let Some(status) = self.0.try_wait().unwrap() {
                assert!(status.success(), "the process failed: {status}");
                return End::Finished;
            }
            tokio::time::sleep(Duration::from_micros(200)).await;
        }
        tokio::time::sleep(delay).await;
        // SIGKILL, on systems that have it.
        self.0.start_kill().unwrap();
        let status = self.0.wait().await.unwrap();
        if status.success() {
            End::Finished
        } else {
            End::killed(status)
        }
    }
}

impl End {
    /// A process that failed by itself was not killed.
    fn killed(status: std::process::ExitStatus) -> Self {
        #[cfg(unix)]
        {
            use std::os::unix::process::ExitStatusExt as _;
            assert_eq!(status.signal(), Some(9), "the process failed: {status}");
        }
        Self::Killed
    }
}

/// The process.
#[tokio::main]
pub(crate) async fn run() {
    let variable = |name: &str| env::var(name).expect("the other test says what to do");
    let credentials = Credentials::token(variable(TOKEN));
    let client = Client::builder()
        .credentials(credentials)
        .endpoint_on_loopback(&variable(SERVER))
        .build()
        .unwrap();
    let mut files: Vec<_> = fs::read_dir(variable(FILES))
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .collect();
    files.sort();
    let upload = Photos::new(client)
        .upload_files(files)
        .album(variable(ALBUM))
        .journal(variable(JOURNAL))
        .parallel(PARALLEL)
        .resumable_above(200_000)
        .chunk_size(262_144);
    let report = upload.send().await.unwrap();
    assert!(report.is_complete(), "{report:?}");
}
