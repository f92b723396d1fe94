//! An emulator, what is in its library, and a user who picks.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;
use std::sync::Arc;
use std::time::Duration;

use discovery_runtime::{RetryPolicy, TestClock};
use google_photos::{Photos, PickEnd, PickEvent, PickReport, PickSession};
use google_photoslibrary_v1::{Client, Credentials};
use photos_emulator::{Emulator, NewItem, sample_photo, sample_video, scopes};

pub(crate) async fn start() -> (Arc<Emulator>, Photos) {
    let emulator = Emulator::start_with(|config| {
        config.access_token_lifetime = Duration::from_secs(24 * 3600);
        config.video_host = Some("localhost".to_owned());
    });
    let emulator = emulator.await.unwrap();
    let granted = [&scopes::LIVE[..], &[scopes::PICKER]].concat();
    let client = Client::builder()
        .credentials(Credentials::token(emulator.token(&granted)))
        .endpoint_on_loopback(&emulator.url())
        .retry(RetryPolicy::default().with_max_attempts(1))
        .build()
        .unwrap();
    let photos = Photos::new(client).with_clock(TestClock::new());
    (Arc::new(emulator), photos)
}

/// A photo that another app or device brought.
pub(crate) fn add(emulator: &Emulator, name: &str, seed: u32) -> String {
    let taken = emulator.ago(Duration::from_secs(u64::from(seed) * 3600));
    let photo = NewItem::new(name, sample_photo(64, 48, seed)).client(None);
    emulator.add_item(photo.captured(taken)).unwrap()
}

pub(crate) fn add_video(emulator: &Emulator, name: &str) -> String {
    let video = NewItem::new(name, sample_video(5000, 1)).client(None);
    emulator.add_item(video).unwrap()
}

/// A session in which everything is picked.
pub(crate) async fn picked(emulator: &Emulator, photos: &Photos, ids: &[&str]) -> PickSession {
    let mut session = photos.pick().start().await.unwrap();
    assert!(emulator.pick(session.id(), ids));
    assert_eq!(session.wait().send().await.unwrap(), PickEnd::Done);
    session
}

/// Picks everything as soon as the session is there.
pub(crate) async fn pick_into(
    emulator: &Arc<Emulator>,
    photos: &Photos,
    ids: &[&str],
    folder: &Path,
) -> PickReport {
    let ids: Vec<String> = ids.iter().map(|&id| id.to_owned()).collect();
    let user = emulator.clone();
    let pick = photos.pick().into_folder(folder).on_event(move |event| {
        if let PickEvent::Started { id, address } = event {
            assert!(address.ends_with("/autoclose"), "{address}");
            let ids: Vec<&str> = ids.iter().map(String::as_str).collect();
            assert!(user.pick(id, &ids));
        }
    });
    pick.send().await.unwrap()
}

pub(crate) fn files(folder: &Path) -> BTreeSet<String> {
    let entries = fs::read_dir(folder).unwrap();
    let names = entries.map(|entry| entry.unwrap().file_name().into_string().unwrap());
    names.collect()
}
