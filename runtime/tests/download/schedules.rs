//! Faults one by one at every byte, in all pairs, and in random order: a download is whole or fails.

use std::time::Duration;

use discovery_runtime::{Bytes, Clock as _, Result};
use proptest::prelude::*;

use crate::server::Fault;
use crate::storage::{HELLO, gzip};
use crate::world::World;

fn block_on<T>(work: impl Future<Output = T>) -> T {
    tokio::runtime::Builder::new_current_thread()
        .build()
        .unwrap()
        .block_on(work)
}

/// Faults that pass.
fn passing() -> Vec<Fault> {
    let mut faults = vec![
        Fault::NoConnection,
        Fault::ConnectTimeout,
        Fault::NotProcessed,
        Fault::Reset,
        Fault::Silence,
        Fault::IgnoresRange,
        Fault::NoTag,
        Fault::Changes,
        Fault::ChangesLength,
        Fault::RateLimit { retry_after: None },
        Fault::Redirect("/x"),
    ];
    faults.extend([408, 500, 502, 503, 504].map(Fault::Status));
    for count in 0..=20 {
        faults.extend([
            Fault::BreaksAfter(count),
            Fault::StallsAfter(count),
            Fault::NoLengthBreaksAfter(count),
        ]);
        faults.push(Fault::EndsAfter(count));
    }
    faults
}

/// Faults that end a download, perhaps.
fn ending() -> Vec<Fault> {
    let mut faults = vec![
        Fault::Tls,
        Fault::Proxy,
        Fault::NoLength,
        Fault::Portal,
        Fault::DailyQuota,
        Fault::Expired,
        Fault::NotFoundPicture,
        Fault::Encoded,
        Fault::Corrupts,
        Fault::TooLong,
        Fault::Redirect("https://evil.example/"),
    ];
    faults.extend([200, 204].map(Fault::Empty));
    faults.extend([400, 401, 302, 308, 501].map(Fault::Status));
    faults.extend(
        [
            "bytes 0-19/20",
            "bytes 1-19/20",
            "bytes 6-19/21",
            "bytes 19-6/20",
            "x",
            "",
        ]
        .map(Fault::WrongRange),
    );
    faults.extend(["bytes */20", "bytes */0", "bytes */*", ""].map(Fault::NotSatisfiable));
    faults
}

/// Downloads and checks what always holds.
async fn run(faults: Vec<Fault>) -> bool {
    let world = World::new(faults.clone());
    let content = |world: &World| world.content();
    check(&world, world.download().bytes().await, content, &faults)
}

/// The same of something that is stored as gzip, which no fault replaces by something else.
async fn run_gzip(faults: Vec<Fault>) -> bool {
    let stored = gzip(HELLO);
    let world = World::with_content(stored, faults.clone());
    world.server.set_encoding("gzip");
    check(
        &world,
        world.download().bytes().await,
        |_| HELLO.to_vec(),
        &faults,
    )
}

fn check(
    world: &World,
    result: Result<Bytes>,
    content: impl Fn(&World) -> Vec<u8>,
    faults: &[Fault],
) -> bool {
    assert!(world.clock.now() < Duration::from_secs(3600), "{faults:?}");
    assert!(world.server.log().len() <= 40, "{faults:?}");
    match result {
        Ok(bytes) => {
            assert_eq!(bytes[..], content(world)[..], "{faults:?}");
            true
        }
        Err(error) => {
            assert!(!format!("{error:?}").contains("CANARY"), "{error:?}");
            false
        }
    }
}

#[test]
fn download_survives_each_pair_of_faults() {
    block_on(async {
        let passing = passing();
        for first in &passing {
            for second in &passing {
                let both = vec![first.clone(), second.clone()];
                assert!(run(both.clone()).await, "{both:?}");
            }
            for second in &ending() {
                run(vec![first.clone(), second.clone()]).await;
            }
        }
    });
}

proptest! {
    #![proptest_config(ProptestConfig { cases: ProptestConfig::default().cases.max(3000), failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn download_survives_random_faults(faults in prop::collection::vec(prop::sample::select([passing(), ending()].concat()), 0..9)) {
        let all_pass = faults.iter().all(|fault| passing().contains(fault));
        let short = faults.len() < 5;
        let whole = block_on(run(faults.clone()));
        prop_assert!(whole || !all_pass || !short);
        if !faults.iter().any(|fault| matches!(fault, Fault::Changes | Fault::ChangesLength)) {
            let whole = block_on(run_gzip(faults));
            prop_assert!(whole || !all_pass || !short);
        }
    }
}

/// Downloads into a file, again after each error, and checks that it is whole or not there.
async fn run_file(faults: Vec<Fault>, encoded: bool) {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("object");
    let content: Vec<u8> = (1..=20).collect();
    let stored = if encoded { gzip(&content) } else { content };
    let world = World::with_content(stored, faults.clone());
    if encoded {
        world.server.set_encoding("gzip");
    }
    let mut download = world.download();
    for _ in 0..=faults.len() {
        let result = download.to_file(&path).await;
        assert_eq!(result.is_ok(), path.exists(), "{faults:?}");
        if result.is_ok() {
            let file = std::fs::read(&path).unwrap();
            let expected = world.content();
            let file = if encoded { gzip(&file) } else { file };
            assert_eq!(file, expected, "{faults:?}");
            return;
        }
    }
    panic!("no fault is left, and it fails: {faults:?}");
}

proptest! {
    #![proptest_config(ProptestConfig { cases: ProptestConfig::default().cases.max(300), failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn file_download_survives_random_faults(
        faults in prop::collection::vec(prop::sample::select([passing(), ending()].concat()), 0..9),
        encoded: bool,
    ) {
        let replaces = |fault: &Fault| matches!(fault, Fault::Changes | Fault::ChangesLength);
        block_on(run_file(faults.clone(), encoded && !faults.iter().any(replaces)));
    }
}

/// A part that says a wrong total once would make everything after it another version for ever.
#[test]
fn wrong_length_is_forgotten_for_the_next_call() {
    let faults = vec![
        Fault::NoLengthBreaksAfter(1),
        Fault::RateLimit { retry_after: None },
        Fault::NotFoundPicture,
        Fault::WrongRange("bytes 1-19/20"),
        Fault::Redirect("https://evil.example/"),
        Fault::StallsAfter(20),
    ];
    block_on(run_file(faults, true));
}
