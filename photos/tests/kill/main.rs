//! An upload that is killed again and again ends with every file once and byte by byte.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "the helpers of tests are tests"
)]

mod child;
mod random;

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;
use std::time::{Duration, Instant};

use photos_emulator::{
    DEFAULT_CLIENT, DEFAULT_USER, DEVELOPER_TOKEN, Emulator, sample_photo, sample_video,
};

use self::child::{Child, End, Order};
use self::random::Random;

/// How many kills there are at least.
const KILLS: u32 = 200;

/// The small photos and the videos of a round. Uploads of videos are resumable.
const FILES: (u32, u32) = (56, 6);

/// The process that the other test kills.
#[test]
#[ignore = "the other test starts it as a process of its own"]
fn child() {
    child::run();
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn kills_at_random_points_lose_and_double_nothing() {
    let started = Instant::now();
    let (mut kills, mut rounds, mut left) = (0, 0, Left::default());
    while kills < KILLS {
        rounds += 1;
        kills += round(rounds, &mut left).await;
    }
    println!(
        "{kills} kills in {rounds} rounds, {:.1?}, {left:?}",
        started.elapsed()
    );
    // Kills that hit nothing would test nothing.
    let Left {
        sessions,
        tokens,
        calls,
        items,
    } = left;
    assert!(
        [sessions, tokens, calls, items]
            .iter()
            .all(|&count| count >= 10),
        "{left:?}"
    );
}

/// What kills left behind in journals, in all: files in these states.
#[derive(Debug, Default)]
struct Left {
    sessions: usize,
    tokens: usize,
    calls: usize,
    items: usize,
}

impl Left {
    fn count(&mut self, journal: &Path) {
        let text = fs::read_to_string(journal).unwrap_or_default();
        let mut last = BTreeMap::new();
        for line in text.lines().skip(1) {
            // The end of the last line may be missing.
            let Ok(line) = serde_json::from_str::<serde_json::Value>(line) else {
                continue;
            };
            let state = line["state"]
                .as_object()
                .unwrap()
                .keys()
                .next()
                .unwrap()
                .clone();
            last.insert(line["file"].as_str().unwrap().to_owned(), state);
        }
        let count = |wanted: &str| last.values().filter(|state| *state == wanted).count();
        self.sessions += count("session");
        self.tokens += count("uploaded");
        self.calls += count("creating");
        self.items += count("created");
    }
}

/// Uploads one folder, with kills until a process comes to its end. Tells how many there were.
async fn round(seed: u64, left: &mut Left) -> u32 {
    let mut random = Random::new(seed);
    let emulator = Emulator::start_with(|config| {
        config.developer_mode = true;
        config.seed = seed;
        // Long enough to be killed in.
        config.write_latency = Duration::from_millis(4);
    });
    let emulator = emulator.await.unwrap();
    let album = emulator.add_album(DEFAULT_USER, Some(DEFAULT_CLIENT), "Killed");
    let folder = tempfile::tempdir().unwrap();
    let files = write_files(&folder.path().join("files"), &mut random);
    let order = Order {
        server: emulator.url(),
        token: DEVELOPER_TOKEN.to_owned(),
        album: album.clone(),
        files: folder.path().join("files"),
        journal: folder.path().join("journal"),
    };
    let mut kills = 0;
    loop {
        assert!(kills < 500, "it makes no progress");
        let mut child = Child::start(&order);
        let end = match random.below(3) {
            // At some request, or a moment after it ...
            0 => {
                let wanted =
                    emulator.calls("uploads") + emulator.calls("mediaItems") + random.below(12);
                let reached = || emulator.calls("uploads") + emulator.calls("mediaItems") >= wanted;
                child
                    .kill_when(reached, Duration::from_micros(random.below(3000)))
                    .await
            }
            // ... or while items are created ...
            1 => {
                let wanted = emulator.calls("mediaItems.batchCreate") + 1;
                let reached = || emulator.calls("mediaItems.batchCreate") >= wanted;
                child
                    .kill_when(reached, Duration::from_micros(random.below(8000)))
                    .await
            }
            // ... or at any time, starting and ending included.
            _ => {
                let at = Instant::now() + Duration::from_micros(random.below(60_000));
                child
                    .kill_when(|| Instant::now() >= at, Duration::ZERO)
                    .await
            }
        };
        match end {
            End::Killed => kills += 1,
            End::Finished => break,
        }
        left.count(&order.journal);
    }
    check(&emulator, &album, &files, kills);
    kills
}

/// The files in the order of their names.
fn write_files(folder: &Path, random: &mut Random) -> BTreeMap<String, Vec<u8>> {
    fs::create_dir(folder).unwrap();
    let mut files = BTreeMap::new();
    let seed = u32::try_from(random.below(1 << 30)).unwrap();
    for index in 0..FILES.0 {
        files.insert(
            format!("{index:03}.png"),
            sample_photo(8, 8, seed + index).to_vec(),
        );
    }
    for index in 0..FILES.1 {
        let length = 300_000 + usize::try_from(random.below(500_000)).unwrap();
        files.insert(
            format!("{:03}-film.mp4", index * 9),
            sample_video(length, seed + index).to_vec(),
        );
    }
    for (name, bytes) in &files {
        fs::write(folder.join(name), bytes).unwrap();
    }
    files
}

fn check(emulator: &Emulator, album: &str, files: &BTreeMap<String, Vec<u8>>, kills: u32) {
    let items = emulator.items();
    assert_eq!(items.len(), files.len(), "after {kills} kills");
    for (name, bytes) in files {
        let found: Vec<_> = items
            .iter()
            .filter(|item| item.file_name == *name)
            .collect();
        assert_eq!(found.len(), 1, "{name}");
        assert!(found[0].bytes == *bytes, "{name} has other bytes");
    }
    let album = emulator.album(album).unwrap();
    let names: Vec<_> = album
        .item_ids()
        .map(|id| emulator.item(id).unwrap().file_name)
        .collect();
    assert_eq!(
        names,
        files.keys().cloned().collect::<Vec<_>>(),
        "in the order of the files"
    );
    // What is done stays done: each kill costs what was under way, and no more.
    let whole = emulator.calls("uploads.raw") + emulator.calls("uploads.start");
    let most = files.len() as u64 + u64::from(kills) * child::PARALLEL as u64;
    assert!(
        whole <= most,
        "{whole} uploads of {} files with {kills} kills",
        files.len()
    );
}
