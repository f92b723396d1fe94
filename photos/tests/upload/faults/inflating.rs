//! Responses that are small on the wire and large in memory (a gzip bomb): no more than the limit of
//! the client is unpacked, and what it means for the file is the same as of any response that can't be
//! read.

use google_photos::{Photos, Report};
use google_photoslibrary_v1::{Client, Credentials};
use photos_emulator::{Fault, Reply, scopes};

use crate::support::{Scene, words};

/// In bytes; the responses unpack to sixteen times as much.
const LIMIT: u64 = 1 << 20;

async fn run(scene: &Scene, files: &[std::path::PathBuf]) -> Report {
    let client = Client::builder()
        .credentials(Credentials::token(scene.emulator.token(&scopes::LIVE)))
        .endpoint_on_loopback(&scene.emulator.url())
        .max_response_size(LIMIT)
        .build()
        .unwrap();
    let photos = Photos::new(client).with_clock(scene.clock.clone());
    let upload = photos.upload_files(files).journal(scene.journal());
    upload.send().await.unwrap()
}

#[tokio::test]
async fn gzip_bombs_are_responses_that_cannot_be_read() {
    for (call, status, expected) in [
        ("uploads.raw", 200, "failed"),
        ("uploads.raw", 400, "failed"),
        ("mediaItems.batchCreate", 200, "unknown"),
        ("mediaItems.batchCreate", 400, "failed"),
    ] {
        let scene = Scene::new().await;
        let files = scene.photos(1);
        let bomb = Reply::inflating(status, 16 * LIMIT);
        scene.emulator.plan(call, Fault::reply(bomb));
        let report = run(&scene, &files).await;
        assert_eq!(words(&report), [expected], "{call}, {status}: {report:?}");
        scene.emulator.assert_faults_consumed();
        // Nothing of it is final, and nothing is there twice.
        assert!(run(&scene, &files).await.is_complete(), "{call}, {status}");
        assert_eq!(scene.emulator.items().len(), 1, "{call}, {status}");
    }
}

/// Nobody knows then whose journal it is.
#[tokio::test]
async fn gzip_bomb_in_place_of_items_ends_the_run() {
    let scene = Scene::new().await;
    let files = scene.photos(1);
    assert!(run(&scene, &files).await.is_complete());
    let bomb = Reply::inflating(200, 16 * LIMIT);
    scene
        .emulator
        .plan("mediaItems.batchGet", Fault::reply(bomb));
    let report = run(&scene, &files).await;
    assert_eq!(words(&report), ["left"], "{report:?}");
    assert!(run(&scene, &files).await.is_complete());
}
