//! An emulator, a handle of it, a clock that never waits, and files in a folder.

use std::fs;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex};
use std::time::{Duration, SystemTime};

use discovery_runtime::{BoxFuture, Clock, RetryPolicy};
use google_photos::{FileReport, Outcome, Photos, Report, UploadFiles};
use google_photoslibrary_v1::{Client, Credentials};
use photos_emulator::{DEFAULT_CLIENT, DEFAULT_USER, Emulator, Entry, sample_photo, scopes};
use tempfile::TempDir;

/// One test: its server and its folder.
pub(crate) struct Scene {
    pub(crate) emulator: Arc<Emulator>,
    pub(crate) photos: Photos,
    pub(crate) clock: Jumps,
    pub(crate) folder: TempDir,
    pub(crate) album: String,
}

impl Scene {
    pub(crate) async fn new() -> Self {
        let emulator = Emulator::start_with(|config| {
            config.access_token_lifetime = Duration::from_secs(7 * 24 * 3600);
        });
        let emulator = Arc::new(emulator.await.unwrap());
        let client = client(&emulator, RetryPolicy::default());
        let clock = Jumps {
            emulator: emulator.clone(),
            waits: Arc::default(),
        };
        let album = emulator.add_album(DEFAULT_USER, Some(DEFAULT_CLIENT), "Iceland");
        let photos = Photos::new(client).with_clock(clock.clone());
        let folder = tempfile::tempdir().unwrap();
        Self {
            emulator,
            photos,
            clock,
            folder,
            album,
        }
    }

    /// A handle whose client retries nothing by itself.
    pub(crate) fn photos_without_retries(&self) -> Photos {
        let client = client(&self.emulator, RetryPolicy::none());
        Photos::new(client).with_clock(self.clock.clone())
    }

    /// A handle whose client waits a millisecond where it would wait seconds: in real time those are
    /// long enough for the clock to jump.
    pub(crate) fn photos_with_short_waits(&self) -> Photos {
        let retry = RetryPolicy::default().with_base_delay(Duration::from_millis(1));
        Photos::new(client(&self.emulator, retry)).with_clock(self.clock.clone())
    }

    /// Photos that all differ.
    pub(crate) fn photos(&self, count: u32) -> Vec<PathBuf> {
        (0..count)
            .map(|index| self.file(&format!("{index:03}.png"), &sample_photo(4, 4, index)))
            .collect()
    }

    pub(crate) fn file(&self, name: &str, bytes: &[u8]) -> PathBuf {
        let path = self.folder.path().join(name);
        fs::write(&path, bytes).unwrap();
        path
    }

    pub(crate) fn journal(&self) -> PathBuf {
        self.folder.path().join("upload.journal")
    }

    /// An upload into the album, with a journal.
    pub(crate) fn upload(&self, files: &[PathBuf]) -> UploadFiles {
        self.photos
            .upload_files(files)
            .album(&self.album)
            .journal(self.journal())
    }

    pub(crate) async fn run(&self, files: &[PathBuf]) -> Report {
        self.upload(files).send().await.unwrap()
    }

    /// The bytes of the items of the album, in order.
    pub(crate) fn in_album(&self) -> Vec<Vec<u8>> {
        let album = self.emulator.album(&self.album).unwrap();
        let ids = album.entries.iter().filter_map(|entry| match entry {
            Entry::Item(id) => Some(id),
            Entry::Enrichment { .. } => None,
        });
        ids.map(|id| self.emulator.item(id).unwrap().bytes.to_vec())
            .collect()
    }

    /// Checks that the album has these files in this order, each once, byte by byte.
    pub(crate) fn assert_album_has(&self, files: &[PathBuf]) {
        let expected: Vec<_> = files.iter().map(|path| fs::read(path).unwrap()).collect();
        assert!(
            self.in_album() == expected,
            "{} items for {} files",
            self.in_album().len(),
            files.len()
        );
    }

    /// The items of each call that created some, in order.
    pub(crate) fn batches(&self) -> Vec<usize> {
        let requests = self.emulator.requests_of("mediaItems.batchCreate");
        let body = |bytes: &[u8]| serde_json::from_slice::<serde_json::Value>(bytes).unwrap();
        requests
            .iter()
            .map(|request| {
                body(&request.body)["newMediaItems"]
                    .as_array()
                    .unwrap()
                    .len()
            })
            .collect()
    }
}

fn client(emulator: &Emulator, retry: RetryPolicy) -> Client {
    let credentials = Credentials::token(emulator.token(&scopes::LIVE));
    let builder = Client::builder()
        .credentials(credentials)
        .endpoint_on_loopback(&emulator.url())
        .retry(retry);
    builder.build().unwrap()
}

/// The outcomes as single words.
pub(crate) fn words(report: &Report) -> Vec<&'static str> {
    report.files().iter().map(word).collect()
}

pub(crate) fn word(file: &FileReport) -> &'static str {
    match file.outcome() {
        Outcome::Created { .. } => "created",
        Outcome::AlreadyThere { .. } => "already",
        Outcome::Rejected(_) => "rejected",
        Outcome::Failed { .. } => "failed",
        Outcome::OutcomeUnknown { .. } => "unknown",
        Outcome::NotAttempted(_) => "left",
        other => panic!("{other:?}"),
    }
}

pub(crate) fn names(paths: &[PathBuf]) -> Vec<String> {
    paths.iter().map(|path| name(path)).collect()
}

pub(crate) fn name(path: &Path) -> String {
    path.file_name().unwrap().to_string_lossy().into_owned()
}

/// Longer than any wait for a rate limit.
const LONG: Duration = Duration::from_secs(400);

/// A clock whose waits pass at once, for the emulator as well.
#[derive(Clone)]
pub(crate) struct Jumps {
    emulator: Arc<Emulator>,
    waits: Arc<Mutex<Vec<Duration>>>,
}

impl Jumps {
    pub(crate) fn waits(&self) -> Vec<Duration> {
        self.waits.lock().unwrap().clone()
    }
}

impl Clock for Jumps {
    fn now(&self) -> Duration {
        self.waits().iter().sum()
    }

    fn sleep(&self, duration: Duration) -> BoxFuture<'static, ()> {
        let clock = self.clone();
        Box::pin(async move {
            // What else happens comes first: a run waits for its uploads and for the time at once.
            let patience = if duration < LONG { 5 } else { 3000 };
            tokio::time::sleep(Duration::from_millis(patience)).await;
            clock.waits.lock().unwrap().push(duration);
            clock.emulator.advance(duration);
        })
    }

    fn system_time(&self) -> SystemTime {
        self.emulator.now().try_into().unwrap()
    }
}

/// Waits until something is so, and fails if that takes longer than anything should.
pub(crate) async fn soon(is_so: impl Fn() -> bool) {
    let waiting = async {
        while !is_so() {
            tokio::time::sleep(Duration::from_millis(1)).await;
        }
    };
    let limit = Duration::from_secs(60);
    tokio::time::timeout(limit, waiting)
        .await
        .expect("it is not so after a minute");
}
