//! The addresses of the bytes, which are as secret as the token that opens them.

use std::time::Duration;

use google_photos::PickEvent;

use crate::support::{add, add_video, pick_into, picked, start};

/// <https://developers.google.com/photos/picker/guides/media-items>: base URLs of the Picker need the
/// token; a video redirects to another host, which must not get it.
#[tokio::test]
async fn the_token_goes_to_the_address_and_not_along_a_redirect() {
    let (emulator, photos) = start().await;
    emulator.configure(|config| config.video_processing_reads = 0);
    let film = add_video(&emulator, "film.mp4");
    let folder = tempfile::tempdir().unwrap();
    let report = pick_into(&emulator, &photos, &[&film], folder.path()).await;
    assert_eq!(report.left().count(), 0);
    let tokens = |target: &str| -> Vec<bool> {
        let requests = emulator.requests_of(target);
        let has_token = |header: Option<&str>| header.is_some();
        let all = requests
            .iter()
            .map(|one| has_token(one.header("authorization")));
        all.collect()
    };
    assert_eq!(tokens("picker.baseUrl"), [true]);
    assert_eq!(tokens("baseUrl.video"), [false]);
}

#[tokio::test]
async fn addresses_that_expired_are_listed_anew_once_for_all() {
    let (emulator, photos) = start().await;
    let ids: Vec<String> = (0..120)
        .map(|seed| add(&emulator, "same.png", seed))
        .collect();
    let ids: Vec<&str> = ids.iter().map(String::as_str).collect();
    let session = picked(&emulator, &photos, &ids).await;
    let items = session.items().await.unwrap();
    assert_eq!(items.len(), 120);
    assert_eq!(emulator.calls("picker.mediaItems.list"), 2);
    emulator.advance(Duration::from_secs(61 * 60));
    let folder = tempfile::tempdir().unwrap();
    let mut tasks = tokio::task::JoinSet::new();
    for (index, item) in items.iter().take(8).enumerate() {
        let download = session.download(item);
        tasks.spawn(download.to_file(folder.path().join(format!("{index}.png"))));
    }
    for length in tasks.join_all().await {
        assert!(length.is_ok(), "{length:?}");
    }
    assert_eq!(emulator.calls("picker.mediaItems.list"), 4);
}

#[tokio::test]
async fn nothing_shows_an_address() {
    let (emulator, photos) = start().await;
    let one = add(&emulator, "a.png", 1);
    let session = picked(&emulator, &photos, &[&one]).await;
    let items: Vec<_> = session.items().await.unwrap();
    let shown = format!(
        "{session:?} {:?} {:?}",
        session.download(&items[0]),
        PickEvent::Started {
            id: "x",
            address: &session.address().unwrap()
        }
    );
    assert!(!shown.contains("http"), "{shown}");
}
