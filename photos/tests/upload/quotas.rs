//! Quotas: those that pass are waited for, those that do not end the run.

use std::sync::Mutex;
use std::time::Duration;

use discovery_runtime::{BoxFuture, Clock};
use google_photos::{Outcome, StopReason, UploadEvent};
use photos_emulator::{Fault, replies};

use crate::support::{Scene, words};

#[tokio::test]
async fn the_daily_quota_stops_the_run() {
    let scene = Scene::new().await;
    let files = scene.photos(60);
    // 60 uploads and one call that creates items; the second one is one too many.
    scene
        .emulator
        .configure(|config| config.quotas.requests_per_day = Some(61));
    let report = scene.run(&files).await;
    assert_eq!(report.stopped().unwrap().reason(), StopReason::DailyQuota);
    assert_eq!((report.done().count(), report.left().count()), (50, 10));
    let left: Vec<_> = report
        .left()
        .map(|file| file.path().to_path_buf())
        .collect();
    assert_eq!(left, files[50..]);
    assert!(
        report
            .left()
            .all(|file| matches!(file.outcome(), Outcome::NotAttempted(_)))
    );
    assert!(
        scene.clock.waits().is_empty(),
        "nothing waits for the next day"
    );
    assert_eq!(scene.emulator.calls("mediaItems.batchCreate"), 2);

    // The next day one call is enough: the bytes are there.
    scene
        .emulator
        .configure(|config| config.quotas.requests_per_day = None);
    scene.emulator.forget_requests();
    assert!(scene.run(&files).await.is_complete());
    assert_eq!(scene.emulator.calls("uploads"), 0);
    assert_eq!(scene.batches(), [10]);
    scene.assert_album_has(&files);
}

#[tokio::test]
async fn the_daily_quota_stops_uploads() {
    let scene = Scene::new().await;
    let files = scene.photos(30);
    scene
        .emulator
        .configure(|config| config.quotas.requests_per_day = Some(10));
    let report = scene.run(&files).await;
    assert_eq!(words(&report), ["left"; 30]);
    assert_eq!(report.stopped().unwrap().reason(), StopReason::DailyQuota);
    assert!(
        scene.emulator.calls("uploads") < 20,
        "those under way, and no others"
    );
}

#[tokio::test]
async fn a_rate_limit_is_waited_for() {
    let scene = Scene::new().await;
    let files = scene.photos(160);
    scene
        .emulator
        .configure(|config| config.quotas.writes_per_minute_per_user = Some(2));
    let report = scene.run(&files).await;
    assert!(report.is_complete(), "{:?}", report.stopped());
    let waits = scene.clock.waits();
    assert!(
        !waits.is_empty() && waits.iter().all(|wait| *wait >= Duration::from_secs(30)),
        "{waits:?}"
    );
    scene.assert_album_has(&files);
}

#[tokio::test]
async fn rate_limit_waits_grow() {
    let scene = Scene::new().await;
    let files = scene.photos(2);
    scene.emulator.plan(
        "mediaItems.batchCreate",
        Fault::reply(replies::concurrent_write()).times(3),
    );
    let report = scene.run(&files).await;
    assert!(report.is_complete());
    scene.emulator.assert_faults_consumed();
    let waits: Vec<_> = scene.clock.waits().iter().map(Duration::as_secs).collect();
    assert_eq!(waits.len(), 3);
    // 30 s, as the documentation of the service asks for after a status 429, and the client's backoff
    // on top.
    for (wait, most) in waits.iter().zip([60, 90, 150]) {
        assert!((30..=most).contains(wait), "{waits:?}");
    }
}

#[tokio::test]
async fn a_lasting_rate_limit_stops_the_run() {
    let scene = Scene::new().await;
    let files = scene.photos(2);
    scene.emulator.plan(
        "mediaItems.batchCreate",
        Fault::reply(replies::concurrent_write()).times(100),
    );
    let report = scene.run(&files).await;
    assert_eq!(report.stopped().unwrap().reason(), StopReason::RateLimited);
    assert_eq!(words(&report), ["left"; 2]);
    assert_eq!(
        scene.emulator.calls("mediaItems.batchCreate"),
        5,
        "the attempts of the client's policy"
    );
}

#[tokio::test]
async fn retry_after_is_capped() {
    let scene = Scene::new().await;
    let files = scene.photos(2);
    let hour = replies::concurrent_write().header("retry-after", "3600");
    scene
        .emulator
        .plan("mediaItems.batchCreate", Fault::reply(hour));
    let report = scene.run(&files).await;
    assert_eq!(report.stopped().unwrap().reason(), StopReason::RateLimited);
    assert!(scene.clock.waits().is_empty());
    assert_eq!(scene.emulator.calls("mediaItems.batchCreate"), 1);
}

#[tokio::test]
async fn a_stop_ends_a_wait() {
    let scene = Scene::new().await;
    let files = scene.photos(2);
    let busy = Fault::reply(replies::concurrent_write()).times(100);
    scene.emulator.plan("mediaItems.batchCreate", busy);
    let (stop, stopped) = tokio::sync::oneshot::channel::<()>();
    let stop = Mutex::new(Some(stop));
    let photos = scene.photos.clone().with_clock(Still);
    let run = photos
        .upload_files(&files)
        .stop_when(async { drop(stopped.await) })
        .on_event(move |event| {
            if let UploadEvent::Waiting { .. } = event {
                drop(stop.lock().unwrap().take());
            }
        });
    let report = run.send().await.unwrap();
    assert_eq!(report.stopped().unwrap().reason(), StopReason::Requested);
    assert_eq!(words(&report), ["left"; 2]);
    assert_eq!(scene.emulator.calls("mediaItems.batchCreate"), 1);
}

/// A clock on which no wait ends.
struct Still;

impl Clock for Still {
    fn now(&self) -> Duration {
        Duration::ZERO
    }

    fn sleep(&self, _: Duration) -> BoxFuture<'static, ()> {
        Box::pin(std::future::pending())
    }
}
