//! The seven album methods that the service still has.

use google_photoslibrary_v1::schemas::{
    AddEnrichmentToAlbumRequest, Album, AlbumPosition, BatchAddMediaItemsToAlbumRequest,
    BatchRemoveMediaItemsFromAlbumRequest, CreateAlbumRequest, NewEnrichmentItem, PositionType,
    TextEnrichment,
};
use serde_json::{Value, json};

use crate::session::Session;

#[tokio::test]
async fn create_sends_only_what_is_set() {
    let session = Session::start().await;
    let request = CreateAlbumRequest::default().with_album(Album::default().with_title("Iceland"));
    let album = session
        .client
        .albums()
        .create(request)
        .send()
        .await
        .unwrap();
    assert_eq!(album.title.as_deref(), Some("Iceland"));
    assert_eq!(album.is_writeable, Some(true));
    assert_eq!(album.media_items_count, None, "an empty album has no count");
    let sent = &session.emulator.requests_of("albums.create")[0];
    let body: Value = serde_json::from_slice(&sent.body).unwrap();
    assert_eq!(body, json!({"album": {"title": "Iceland"}}));
}

#[tokio::test]
async fn get_takes_the_id_as_one_segment() {
    let session = Session::start().await;
    let id = session.album("Iceland").await;
    let album = session.client.albums().get(&id).send().await.unwrap();
    assert_eq!(album.id.as_deref(), Some(id.as_str()));
    let error = session
        .client
        .albums()
        .get("a/b?c#d")
        .send()
        .await
        .unwrap_err();
    assert!(error.is_not_found(), "{error}");
    assert_eq!(
        session.emulator.requests().last().unwrap().path,
        "/v1/albums/a%2Fb%3Fc%23d"
    );
    let error = session.client.albums().get("a/../b").send().await;
    assert!(error.unwrap_err().is_not_found());
    assert_eq!(
        session.emulator.requests().last().unwrap().path,
        "/v1/albums/a%2F..%2Fb"
    );
}

#[tokio::test]
async fn path_values_that_change_the_route_are_rejected() {
    let session = Session::start().await;
    for value in ["", ".", "..", "%2e%2e", ".%2E"] {
        let error = session.client.albums().get(value).send().await.unwrap_err();
        assert!(error.is_invalid_argument(), "{value:?}: {error}");
    }
    assert_eq!(session.emulator.requests().len(), 0);
}

#[tokio::test]
async fn list_gives_the_albums_of_this_client() {
    let session = Session::start().await;
    session.album("One").await;
    session.album("Two").await;
    let page = session
        .client
        .albums()
        .list()
        .page_size(50)
        .send()
        .await
        .unwrap();
    let mut titles: Vec<&str> = page
        .albums
        .iter()
        .filter_map(|album| album.title.as_deref())
        .collect();
    titles.sort_unstable();
    assert_eq!(titles, ["One", "Two"]);
}

#[tokio::test]
async fn patch_computes_the_mask_from_what_is_set() {
    let session = Session::start().await;
    let id = session.album("Before").await;
    // A whole album as it was read: what only the service sets stays here.
    let mut album = session.client.albums().get(&id).send().await.unwrap();
    album.title = Some("After".to_owned());
    let album = session
        .client
        .albums()
        .patch(&id, album)
        .send()
        .await
        .unwrap();
    assert_eq!(album.title.as_deref(), Some("After"));
    let sent = &session.emulator.requests_of("albums.patch")[0];
    assert_eq!(sent.parameter("updateMask"), Some("title"));
    let body: Value = serde_json::from_slice(&sent.body).unwrap();
    assert_eq!(body, json!({"title": "After"}));
}

#[tokio::test]
async fn patch_takes_a_mask_and_rejects_an_invalid_one() {
    let session = Session::start().await;
    let id = session.album("Before").await;
    let album = Album::default().with_title("After");
    let patched = session
        .client
        .albums()
        .patch(&id, album.clone())
        .update_mask("title")
        .send()
        .await
        .unwrap();
    assert_eq!(patched.title.as_deref(), Some("After"));
    session.emulator.forget_requests();
    let patch = || session.client.albums().patch(&id, album.clone());
    for refused in [
        patch().update_mask("shareInfo"),
        patch().clear("nosuch"),
        patch().clear("productUrl"),
    ] {
        assert!(refused.send().await.unwrap_err().is_invalid_argument());
    }
    let nothing = session
        .client
        .albums()
        .patch(&id, Album::default())
        .send()
        .await
        .unwrap_err();
    assert!(nothing.is_invalid_argument(), "{nothing}");
    assert_eq!(session.emulator.requests().len(), 0);
}

#[tokio::test]
async fn cleared_field_is_in_the_mask_and_not_in_the_body() {
    let session = Session::start().await;
    let id = session.album("Before").await;
    // Whether the service lets a title be cleared is not known; what is sent is.
    let _ = session
        .client
        .albums()
        .patch(&id, Album::default())
        .clear("title")
        .send()
        .await;
    let sent = &session.emulator.requests_of("albums.patch")[0];
    assert_eq!(sent.parameter("updateMask"), Some("title"));
    assert_eq!(sent.body.as_ref(), b"{}");
}

#[tokio::test]
async fn items_are_added_and_removed() {
    let session = Session::start().await;
    let id = session.album("Iceland").await;
    let items = [session.photo("a.jpg", 1), session.photo("b.jpg", 2)];
    let add = BatchAddMediaItemsToAlbumRequest::default().with_media_item_ids(items.clone());
    session
        .client
        .albums()
        .batch_add_media_items(&id, add)
        .send()
        .await
        .unwrap();
    let album = session.client.albums().get(&id).send().await.unwrap();
    assert_eq!(album.media_items_count, Some(2));
    let remove = BatchRemoveMediaItemsFromAlbumRequest::default().with_media_item_ids([&items[0]]);
    session
        .client
        .albums()
        .batch_remove_media_items(&id, remove)
        .send()
        .await
        .unwrap();
    let album = session.client.albums().get(&id).send().await.unwrap();
    assert_eq!(album.media_items_count, Some(1));
}

#[tokio::test]
async fn list_length_limits_are_checked() {
    let session = Session::start().await;
    for count in [0, 51] {
        let ids = (0..count).map(|index| format!("ITM{index}"));
        let add = BatchAddMediaItemsToAlbumRequest::default().with_media_item_ids(ids);
        let error = session
            .client
            .albums()
            .batch_add_media_items("ALB", add)
            .send()
            .await
            .unwrap_err();
        assert!(error.is_invalid_argument(), "{error}");
        assert!(error.to_string().contains("mediaItemIds"), "{error}");
    }
    assert_eq!(session.emulator.requests().len(), 0);
}

#[tokio::test]
async fn add_enrichment_returns_an_id() {
    let session = Session::start().await;
    let id = session.album("Iceland").await;
    let text = NewEnrichmentItem::default()
        .with_text_enrichment(TextEnrichment::default().with_text("Day one"));
    let request = AddEnrichmentToAlbumRequest::default()
        .with_new_enrichment_item(text)
        .with_album_position(AlbumPosition::default().with_position(PositionType::FirstInAlbum));
    let response = session
        .client
        .albums()
        .add_enrichment(&id, request)
        .send()
        .await
        .unwrap();
    assert!(response.enrichment_item.unwrap().id.is_some());
}
