//! Files that somebody edits while they go up: what becomes an item is the old file or the new one.

use std::fs;
use std::os::unix::fs::FileExt as _;
use std::path::Path;
use std::time::Duration;

use google_photos::{RejectionReason, Report};
use photos_emulator::{Fault, Gate, replies, sample_photo, sample_video};

use crate::support::{Scene, words};

const CHUNK: u64 = 262_144;

/// Writes other bytes to a place of a file and sets its time back, as tools that keep dates do.
fn edit_in_place(path: &Path, offset: u64) {
    let file = fs::File::options().write(true).open(path).unwrap();
    let before = file.metadata().unwrap();
    file.write_all_at(&[0xaa; 1000], offset).unwrap();
    file.set_modified(before.modified().unwrap()).unwrap();
    assert_eq!(file.metadata().unwrap().len(), before.len());
}

/// Uploads a film; it is edited while the chunk after `chunks` others is held at the server.
async fn edited(scene: &Scene, chunks: u32, offset: u64) -> Report {
    let film = scene.file("film.mp4", &sample_video(1_000_000, 5));
    let gate = Gate::new();
    let hold = Fault::hold(&gate).skip(chunks);
    scene.emulator.plan("uploads.upload", hold);
    let upload = scene.upload(std::slice::from_ref(&film));
    let upload = upload.resumable_above(1000).chunk_size(CHUNK);
    let run = tokio::spawn(upload.send());
    while scene.emulator.calls("uploads.upload") <= u64::from(chunks) {
        tokio::time::sleep(Duration::from_millis(1)).await;
    }
    edit_in_place(&film, offset);
    gate.open();
    let report = run.await.unwrap().unwrap();
    scene.assert_album_has(&[film]);
    report
}

#[tokio::test]
async fn an_edit_between_two_chunks_gives_the_new_file() {
    for (chunks, offset) in [(0, 100_000), (1, 100_000), (1, 600_000), (2, 990_000)] {
        let scene = Scene::new().await;
        let report = edited(&scene, chunks, offset).await;
        assert_eq!(words(&report), ["created"], "{chunks} {offset}");
        assert_eq!(scene.emulator.items().len(), 1);
        assert_eq!(scene.emulator.calls("uploads.start"), 2);
    }
}

#[tokio::test]
async fn an_edit_between_two_runs_gives_the_new_file() {
    let scene = Scene::new().await;
    let film = scene.file("film.mp4", &sample_video(1_000_000, 5));
    // The second chunk ends the run: an access token without rights is no matter of one file.
    scene
        .emulator
        .plan("uploads.upload", Fault::status(403).skip(1));
    let upload = || {
        let upload = scene.upload(std::slice::from_ref(&film));
        upload.resumable_above(1000).chunk_size(CHUNK).send()
    };
    assert_eq!(words(&upload().await.unwrap()), ["left"]);
    edit_in_place(&film, 100_000);
    assert!(upload().await.unwrap().is_complete());
    scene.assert_album_has(&[film]);
}

#[tokio::test]
async fn an_edit_while_a_photo_goes_up_gives_the_new_file() {
    let scene = Scene::new().await;
    let photo = scene.file("a.png", &sample_photo(64, 64, 1));
    let gate = Gate::new();
    scene.emulator.plan("uploads.raw", Fault::hold(&gate));
    let run = tokio::spawn(scene.upload(std::slice::from_ref(&photo)).send());
    while scene.emulator.calls("uploads.raw") == 0 {
        tokio::time::sleep(Duration::from_millis(1)).await;
    }
    let time = fs::metadata(&photo).unwrap().modified().unwrap();
    fs::write(&photo, sample_photo(64, 64, 2)).unwrap();
    let file = fs::File::options().write(true).open(&photo).unwrap();
    file.set_modified(time).unwrap();
    gate.open();
    assert!(run.await.unwrap().unwrap().is_complete());
    scene.assert_album_has(&[photo]);
}

#[tokio::test]
async fn checksums_are_compared_by_the_service() {
    let scene = Scene::new().await;
    let files = scene.photos(1);
    let mismatch = || Fault::reply(replies::checksum_mismatch());
    scene.emulator.plan("uploads.raw", mismatch());
    assert!(scene.run(&files).await.is_complete());
    let requests = scene.emulator.requests_of("uploads.raw");
    assert_eq!(requests.len(), 2);
    let hash = requests[1].header("x-goog-hash").unwrap();
    assert!(hash.starts_with("sha1=") && hash.len() == 33, "{hash}");

    let scene = Scene::new().await;
    let files = scene.photos(1);
    scene.emulator.plan("uploads.raw", mismatch().times(2));
    let report = scene.run(&files).await;
    assert_eq!(words(&report), ["rejected"]);
    let outcome = format!("{:?}", report.files()[0].outcome());
    let reason = format!("{:?}", RejectionReason::Changing);
    assert!(outcome.contains(&reason), "{outcome}");
}
