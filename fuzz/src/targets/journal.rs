//! The journal of an upload of one photo. The corpus does not know its format: an input says how to
//! change the journal that a whole run has written.

use std::fs;
use std::sync::Mutex;

use discovery_runtime::TestClock;
use google_photos::{Outcome, Photos};
use google_photoslibrary_v1::{Client, Credentials};
use photos_emulator::{Emulator, sample_photo, scopes};

use super::Target;
use super::service::block_on;

pub(super) const TARGET: Target = Target {
    name: "journal",
    holds: "an end; a photo that is reported as created is there; nothing is written where it is no journal",
    tokens: &[
        "\n",
        "{\"",
        "\":",
        "\"photo.png\"",
        "\"created\"",
        "\"token\":\"CANARY\"",
        "\"session\"",
        "\"at\":0",
        "\"at\":18446744073709551615",
        "\"id\":\"x\"",
    ],
    run,
};

/// One run at a time: each empties the emulator's record of requests.
static ONE: Mutex<()> = Mutex::new(());

fn run(bytes: &[u8]) {
    let _one = ONE.lock();
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("photo.png");
    fs::write(&path, sample_photo(4, 4, 1)).expect("a photo");
    let journal = folder.path().join("upload.journal");
    block_on(async {
        let emulator = Emulator::start().await.expect("an emulator");
        let client = Client::builder()
            .credentials(Credentials::token(emulator.token(&scopes::LIVE)))
            .endpoint_on_loopback(&emulator.url())
            .build()
            .expect("a client");
        let photos = Photos::new(client).with_clock(TestClock::new());
        let upload = || photos.upload_files([&path]).journal(&journal).send();

        let report = upload().await.expect("nothing is in the way");
        assert!(report.is_complete(), "{report:?}");
        let whole = fs::read(&journal).expect("it was written");
        let changed = changed(&whole, bytes);
        fs::write(&journal, &changed).expect("it can be replaced");
        emulator.forget_requests();

        match upload().await {
            Err(_) => {
                assert_eq!(
                    fs::read(&journal).expect("it is there"),
                    changed,
                    "a file of others was written"
                );
                assert_eq!(emulator.requests().len(), 0, "an error after requests");
            }
            Ok(report) => {
                let [file] = report.files() else {
                    panic!("{report:?}");
                };
                if matches!(file.outcome(), Outcome::Created { .. }) {
                    assert!(!emulator.items().is_empty());
                }
                assert!(
                    emulator.requests().len() < 40,
                    "{} requests",
                    emulator.requests().len()
                );
            }
        }
    });
}

/// The journal with the changes that an input says. Its first byte says how much of the journal stays
/// and how many pairs of a position and a new byte follow; the rest is appended.
fn changed(whole: &[u8], input: &[u8]) -> Vec<u8> {
    let (first, rest) = input.split_first().unwrap_or((&0, &[]));
    let mut journal = whole[..whole.len() * usize::from(*first) / 255].to_vec();
    let (changes, tail) = rest.split_at(rest.len().min(usize::from(*first) % 16));
    for change in changes.chunks_exact(2) {
        let at = journal.len() * usize::from(change[0]) / 256;
        if let Some(byte) = journal.get_mut(at) {
            *byte = change[1];
        }
    }
    journal.extend(tail);
    journal
}
