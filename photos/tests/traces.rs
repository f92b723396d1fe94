//! What whole runs trace, report and say in errors shows no access token, upload token, address of an
//! upload, base URL or share token, at the loudest level of every library under it.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    reason = "the helpers of tests are tests"
)]
#![allow(deprecated, reason = "sharing traces whether or not it is taken")]

#[path = "../../runtime/tests/support/log.rs"]
mod log;

use std::collections::BTreeSet;
use std::fmt::Write as _;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use discovery_runtime::RetryPolicy;
use google_photos::Photos;
use google_photoslibrary_v1::schemas::{JoinSharedAlbumRequest, ShareAlbumRequest};
use google_photoslibrary_v1::{Client, Credentials};
use photos_emulator::{Emulator, Fault, sample_photo, sample_video, scopes};
use serde_json::Value;

/// What a run showed: to whom listens, and in reports and errors.
#[derive(Clone, Default)]
struct Shown(Arc<Mutex<String>>);

impl Shown {
    fn add(&self, shown: &impl std::fmt::Debug) {
        let _ = write!(self.0.lock().unwrap(), "{shown:?} {shown:#?} ");
    }

    fn add_error(&self, error: &dyn std::error::Error) {
        self.add(&error);
        let mut next = Some(error);
        while let Some(error) = next {
            let _ = write!(self.0.lock().unwrap(), "{error} ");
            next = error.source();
        }
    }
}

/// The secrets in what the emulator was sent, beside the access token.
fn sent_secrets(emulator: &Emulator) -> BTreeSet<String> {
    let mut found = BTreeSet::new();
    for request in emulator.requests() {
        found.extend(request.parameter("upload_id").map(str::to_owned));
        if request.method_id == "baseUrl" {
            let sealed = request.path.rsplit('/').next().unwrap();
            found.extend(sealed.split('=').next().map(str::to_owned));
        }
        let body: Value = serde_json::from_slice(&request.body).unwrap_or_default();
        for item in body["newMediaItems"].as_array().into_iter().flatten() {
            let token = item["simpleMediaItem"]["uploadToken"].as_str();
            found.extend(token.map(str::to_owned));
        }
        found.extend(body["shareToken"].as_str().map(str::to_owned));
    }
    found
}

#[tokio::test]
async fn runs_trace_and_report_no_secret() {
    log::install();
    let emulator = Emulator::start_with(|config| config.legacy_sharing = true)
        .await
        .unwrap();
    let all: Vec<&str> = scopes::LIVE.into_iter().chain(scopes::REMOVED).collect();
    let token = emulator.token(&all);
    let client = Client::builder()
        .credentials(Credentials::token(token.as_str()))
        .endpoint_on_loopback(&emulator.url())
        .retry(RetryPolicy::default().with_base_delay(Duration::from_millis(1)))
        .build()
        .unwrap();
    let photos = Photos::new(client.clone());
    let shown = Shown::default();
    let album = upload(&emulator, &photos, &shown).await;
    download(&emulator, &photos, &shown).await;
    share(&client, &album, &shown).await;

    let mut secrets = sent_secrets(&emulator);
    assert!(secrets.len() >= 7, "{} secrets", secrets.len());
    secrets.insert(token);
    let secrets: Vec<_> = secrets.into_iter().collect();
    log::check_all(&secrets);
    let shown = shown.0.lock().unwrap().clone();
    assert!(
        shown.contains("Created") && shown.contains("401"),
        "{shown}"
    );
    assert!(
        secrets.iter().all(|secret| !shown.contains(secret)),
        "{shown}"
    );
    // The test would see what it looks for.
    let log = log::text();
    for expected in [
        "google_api_upload",
        "google_api_call",
        "hyper_util",
        "status=503",
    ] {
        assert!(log.contains(expected), "{expected} is not in the log");
    }
}

/// Files in one request and in steps, with failures on the way, some of which quote what was sent.
async fn upload(emulator: &Emulator, photos: &Photos, shown: &Shown) -> String {
    let folder = tempfile::tempdir().unwrap();
    let small = folder.path().join("small.png");
    std::fs::write(&small, sample_photo(8, 8, 1)).unwrap();
    let large = folder.path().join("large.mp4");
    std::fs::write(&large, sample_video(600_000, 2)).unwrap();
    let album = emulator.add_album(
        photos_emulator::DEFAULT_USER,
        Some(photos_emulator::DEFAULT_CLIENT),
        "Iceland",
    );
    let upload = |listener: Shown| {
        photos
            .upload_files([&small, &large])
            .album(&album)
            .journal(folder.path().join("journal"))
            .resumable_above(100_000)
            .chunk_size(256 * 1024)
            .on_event(move |event| listener.add(&event))
    };
    emulator.plan("uploads.upload", Fault::status(503).skip(1));
    emulator.plan("uploads.raw", Fault::status(503));
    emulator.plan("mediaItems.batchCreate", Fault::status(401));
    let report = upload(shown.clone()).send().await.unwrap();
    shown.add(&report);
    if let Some(stop) = report.stopped() {
        shown.add_error(stop);
    }
    let run = upload(shown.clone());
    shown.add(&run);
    let report = run.send().await.unwrap();
    shown.add(&report);
    assert!(report.is_complete(), "{report:?}");
    emulator.assert_faults_consumed();
    album
}

async fn download(emulator: &Emulator, photos: &Photos, shown: &Shown) {
    let folder = tempfile::tempdir().unwrap();
    for (index, item) in emulator.items().into_iter().enumerate() {
        let item = photos.client().media_items().get(&item.id).send().await;
        let item = item.unwrap();
        let path = folder.path().join(format!("{index}"));
        let download = photos.download_item(&item);
        shown.add(&download);
        download.to_file(&path).await.unwrap();
        emulator.plan("baseUrl", Fault::status(404).times(9));
        let error = photos.download_item(&item).overwrite(true).to_file(&path);
        shown.add_error(&error.await.unwrap_err());
        emulator.clear_faults();
    }
}

async fn share(client: &Client, album: &str, shown: &Shown) {
    let share = client.albums().share(album, ShareAlbumRequest::default());
    let shared = share.send().await.unwrap();
    shown.add(&shared);
    let token = shared.share_info.unwrap().share_token.unwrap();
    let joined = client.shared_albums().get(&token);
    shown.add(&joined);
    match joined.send().await {
        Ok(album) => shown.add(&album),
        Err(error) => shown.add_error(&error),
    }
    let join = JoinSharedAlbumRequest::default().with_share_token(token);
    match client.shared_albums().join(join).send().await {
        Ok(response) => shown.add(&response),
        Err(error) => shown.add_error(&error),
    }
}
