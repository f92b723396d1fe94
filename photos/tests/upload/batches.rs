//! How files are put into calls: 50 at most, in order, one call at a time.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use google_photos::UploadEvent;

use crate::support::{Scene, soon, words};

#[tokio::test]
async fn fifty_items_a_call_in_the_order_of_the_files() {
    for (count, calls) in [
        (0, vec![]),
        (1, vec![1]),
        (49, vec![49]),
        (50, vec![50]),
        (51, vec![50, 1]),
        (125, vec![50, 50, 25]),
    ] {
        let scene = Scene::new().await;
        let files = scene.photos(count);
        let report = scene.run(&files).await;
        assert_eq!(words(&report), vec!["created"; files.len()]);
        assert!(report.is_complete() && report.stopped().is_none());
        let paths: Vec<_> = report
            .files()
            .iter()
            .map(|file| file.path().to_path_buf())
            .collect();
        assert_eq!(paths, files);
        assert_eq!(scene.batches(), calls, "{count} files");
        scene.assert_album_has(&files);
    }
}

#[tokio::test]
async fn without_an_album_items_are_in_the_library() {
    let scene = Scene::new().await;
    let files = scene.photos(3);
    let report = scene.photos.upload_files(&files).send().await.unwrap();
    assert!(report.is_complete());
    assert_eq!(scene.emulator.items().len(), 3);
    assert!(scene.in_album().is_empty());
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn clones_never_write_at_the_same_time() {
    let scene = Scene::new().await;
    // The emulator rejects a second write while one is in flight.
    scene
        .emulator
        .configure(|config| config.write_latency = Duration::from_millis(20));
    let runs: Vec<_> = scene
        .photos(20)
        .chunks(5)
        .map(|files| {
            tokio::spawn(
                scene
                    .photos
                    .clone()
                    .upload_files(files)
                    .album(&scene.album)
                    .send(),
            )
        })
        .collect();
    for run in runs {
        assert!(run.await.unwrap().unwrap().is_complete());
    }
    assert_eq!(scene.emulator.calls("mediaItems.batchCreate"), 4);
    assert!(scene.clock.waits().is_empty(), "no call was rejected");
    assert_eq!(scene.emulator.items().len(), 20);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn parallel_uploads_are_limited() {
    let scene = Scene::new().await;
    let gate = photos_emulator::Gate::new();
    scene
        .emulator
        .plan("uploads.raw", photos_emulator::Fault::hold(&gate).times(3));
    let files = scene.photos(10);
    let finished = Arc::new(AtomicUsize::new(0));
    let counter = finished.clone();
    let run = scene.upload(&files).parallel(3).on_event(move |event| {
        if let UploadEvent::Uploaded { .. } = event {
            counter.fetch_add(1, Ordering::SeqCst);
        }
    });
    let run = tokio::spawn(run.send());
    soon(|| scene.emulator.calls("uploads.raw") >= 3).await;
    tokio::time::sleep(Duration::from_millis(20)).await;
    assert_eq!(scene.emulator.calls("uploads.raw"), 3, "three at a time");
    gate.open();
    assert!(run.await.unwrap().unwrap().is_complete());
    assert_eq!(finished.load(Ordering::SeqCst), 10);
    scene.assert_album_has(&files);
}
