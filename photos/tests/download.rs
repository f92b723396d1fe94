//! Items that become files.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "the helpers of tests are tests"
)]

use std::fs;
use std::time::Duration;

use google_photos::{DownloadError, Photos};
use google_photoslibrary_v1::schemas::MediaItem;
use google_photoslibrary_v1::{Client, Credentials};
use photos_emulator::{Emulator, Fault, Media, NewItem, Reply, sample_photo, sample_video, scopes};

async fn start() -> (Emulator, Photos) {
    let emulator = Emulator::start_with(|config| {
        config.access_token_lifetime = Duration::from_secs(24 * 3600);
    });
    let emulator = emulator.await.unwrap();
    let credentials = Credentials::token(emulator.token(&scopes::LIVE));
    let client = Client::builder()
        .credentials(credentials)
        .endpoint_on_loopback(&emulator.url())
        .build()
        .unwrap();
    (emulator, Photos::new(client))
}

async fn get(photos: &Photos, id: &str) -> MediaItem {
    photos.client().media_items().get(id).send().await.unwrap()
}

#[tokio::test]
async fn a_photo_is_downloaded_unchanged() {
    let (emulator, photos) = start().await;
    let id = emulator
        .add_item(NewItem::new("a.png", sample_photo(64, 64, 1)))
        .unwrap();
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("a.png");
    let item = get(&photos, &id).await;
    let length = photos.download_item(&item).to_file(&path).await.unwrap();
    assert_eq!(fs::read(&path).unwrap(), sample_photo(64, 64, 1));
    assert_eq!(length, sample_photo(64, 64, 1).len() as u64);
    assert_eq!(emulator.calls("mediaItems.get"), 1);
    // A file that is there stays, unless it is to be replaced.
    fs::write(&path, "mine").unwrap();
    assert!(photos.download_item(&item).to_file(&path).await.is_err());
    assert_eq!(fs::read(&path).unwrap(), b"mine");
    photos
        .download_item(&item)
        .overwrite(true)
        .to_file(&path)
        .await
        .unwrap();
    assert_eq!(fs::read(&path).unwrap(), sample_photo(64, 64, 1));
}

#[tokio::test]
async fn an_expired_base_url_is_renewed_once() {
    let (emulator, photos) = start().await;
    let id = emulator
        .add_item(NewItem::new("a.png", sample_photo(64, 64, 1)))
        .unwrap();
    let folder = tempfile::tempdir().unwrap();
    let item = get(&photos, &id).await;
    emulator.advance(Duration::from_secs(61 * 60));
    let path = folder.path().join("old.png");
    photos.download_item(&item).to_file(&path).await.unwrap();
    assert_eq!(fs::read(&path).unwrap(), sample_photo(64, 64, 1));
    assert_eq!(
        (emulator.calls("baseUrl"), emulator.calls("mediaItems.get")),
        (2, 2)
    );
    // A second rejection is not retried.
    emulator.plan("baseUrl", Fault::status(403).times(2));
    let error = photos
        .download_item(&item)
        .to_file(folder.path().join("none.png"))
        .await
        .unwrap_err();
    assert!(matches!(error, DownloadError::Call(error) if error.is_expired()));
    assert!(!folder.path().join("none.png").exists());
}

#[tokio::test]
async fn a_video_is_waited_for() {
    let (emulator, photos) = start().await;
    emulator.configure(|config| config.video_processing_reads = 3);
    let id = emulator
        .add_item(NewItem::new("film.mp4", sample_video(5000, 1)))
        .unwrap();
    let clock = discovery_runtime::TestClock::new();
    let photos = photos.with_clock(clock.clone());
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("film.mp4");
    let item = get(&photos, &id).await;
    let error = photos
        .download_item(&item)
        .to_file(&path)
        .await
        .unwrap_err();
    assert!(matches!(error, DownloadError::NotReady), "{error:?}");
    let patient = photos
        .download_item(&item)
        .wait_for_video(Duration::from_secs(600));
    assert_eq!(patient.to_file(&path).await.unwrap(), 5000);
    assert_eq!(fs::read(&path).unwrap(), sample_video(5000, 1));
    assert!(discovery_runtime::Clock::now(&clock) >= Duration::from_secs(5));
}

#[tokio::test]
async fn a_video_that_failed_is_rejected() {
    let (emulator, photos) = start().await;
    let id = emulator
        .add_item(NewItem::new("film.mp4", sample_video(5000, 1)))
        .unwrap();
    emulator.edit_item(&id, |item| {
        if let Media::Video(video) = &mut item.media {
            video.status = "FAILED".to_owned();
        }
    });
    let item = get(&photos, &id).await;
    let folder = tempfile::tempdir().unwrap();
    let patient = photos
        .download_item(&item)
        .wait_for_video(Duration::from_secs(600));
    let error = patient
        .to_file(folder.path().join("film.mp4"))
        .await
        .unwrap_err();
    assert!(
        matches!(error, DownloadError::ProcessingFailed),
        "{error:?}"
    );
    assert_eq!(emulator.calls("baseUrl"), 0);
}

#[tokio::test]
async fn an_item_that_was_just_created_has_no_address_yet() {
    let (emulator, photos) = start().await;
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("a.png");
    fs::write(&path, sample_photo(8, 8, 3)).unwrap();
    let report = photos.upload_files([&path]).send().await.unwrap();
    let item = report.files()[0].outcome().media_item().unwrap();
    assert_eq!(item.base_url, None);
    photos
        .download_item(item)
        .overwrite(true)
        .to_file(&path)
        .await
        .unwrap();
    assert_eq!(fs::read(&path).unwrap(), sample_photo(8, 8, 3));
    assert_eq!(emulator.calls("mediaItems.get"), 1);
}

/// Photos are compressed already: whoever sends them in gzip sends something else.
#[tokio::test]
async fn gzip_bomb_is_no_photo() {
    let (emulator, photos) = start().await;
    let id = emulator
        .add_item(NewItem::new("a.png", sample_photo(64, 64, 1)))
        .unwrap();
    let item = get(&photos, &id).await;
    let bomb = Reply::inflating(200, 16 << 20).header("content-type", "image/png");
    emulator.plan("baseUrl", Fault::reply(bomb).times(10));
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("a.png");
    assert!(photos.download_item(&item).to_file(&path).await.is_err());
    assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 0);
}
