//! Lists over pages, with everything that the service is known to do to them.

use google_photoslibrary_v1::schemas::SearchMediaItemsRequest;
use photos_emulator::{Fault, Quirks, Reply};

use crate::session::Session;

async fn with_photos(count: u32) -> (Session, Vec<String>) {
    let session = Session::start_with(|config| {
        config.quirks = Quirks {
            repeated_first: false,
            ..Quirks::all()
        };
    })
    .await;
    let mut ids: Vec<String> = (0..count)
        .map(|index| session.photo(&format!("{index}.jpg"), index))
        .collect();
    ids.sort();
    (session, ids)
}

#[tokio::test]
async fn items_stream_through_short_empty_and_trailing_pages() {
    let (session, expected) = with_photos(23).await;
    let mut items = session.client.media_items().list().page_size(5).items();
    let mut found = Vec::new();
    while let Some(item) = items.next().await {
        found.push(item.unwrap().id.unwrap());
    }
    found.sort();
    assert_eq!(found, expected);
}

#[tokio::test]
async fn search_page_token_goes_into_the_body() {
    let (session, expected) = with_photos(12).await;
    let request = SearchMediaItemsRequest::default().with_page_size(5);
    let mut items = session.client.media_items().search(request).items();
    let mut found = Vec::new();
    while let Some(item) = items.next().await {
        found.push(item.unwrap().id.unwrap());
    }
    found.sort();
    assert_eq!(found, expected);
    let sent = session.emulator.requests_of("mediaItems.search");
    assert!(sent.len() > 2);
    assert!(
        sent.iter()
            .all(|request| request.parameter("pageToken").is_none())
    );
    assert!(
        sent.last()
            .unwrap()
            .body
            .windows(9)
            .any(|window| window == b"pageToken")
    );
}

#[tokio::test]
async fn listing_continues_from_a_page_token() {
    let session = Session::start().await;
    for index in 0..6 {
        session.photo(&format!("{index}.jpg"), index);
    }
    let mut pages = session.client.media_items().list().page_size(2).pages();
    let first = pages.next().await.unwrap().unwrap();
    let token = pages.page_token().unwrap().to_owned();
    let mut rest = session
        .client
        .media_items()
        .list()
        .page_size(2)
        .page_token(token)
        .items();
    let mut found = first.media_items.len();
    while let Some(item) = rest.next().await {
        item.unwrap();
        found += 1;
    }
    assert_eq!(found, 6);
}

#[tokio::test]
async fn repeated_page_token_is_an_error() {
    let session = Session::start().await;
    let page = r#"{"nextPageToken":"again"}"#;
    let reply = Reply::new(200)
        .header("content-type", "application/json")
        .body(page);
    session
        .emulator
        .plan("mediaItems.list", Fault::reply(reply).times(2));
    let mut items = session.client.media_items().list().items();
    let error = items.next().await.unwrap().unwrap_err();
    assert!(error.is_repeated_page_token(), "{error}");
    assert!(items.next().await.is_none());
    session.emulator.assert_faults_consumed();
}

#[tokio::test]
async fn error_ends_a_listing_and_keeps_the_page_token() {
    let session = Session::start().await;
    for index in 0..4 {
        session.photo(&format!("{index}.jpg"), index);
    }
    session
        .emulator
        .plan("mediaItems.list", Fault::status(403).skip(1));
    let mut items = session.client.media_items().list().page_size(2).items();
    let mut outcomes = Vec::new();
    while let Some(item) = items.next().await {
        outcomes.push(item.is_ok());
    }
    assert_eq!(outcomes, [true, true, false]);
    assert_eq!(session.emulator.calls("mediaItems.list"), 2);

    let token = items.page_token().unwrap().to_owned();
    let list = session.client.media_items().list().page_size(2);
    let mut rest = list.page_token(token).items();
    let mut found = 0;
    while let Some(item) = rest.next().await {
        item.unwrap();
        found += 1;
    }
    assert_eq!(found, 2);
}

/// The service leaves out what `fields` does not name, the page token as well.
#[tokio::test]
async fn fields_without_the_page_token_list_everything() {
    let session = Session::start().await;
    for index in 0..5 {
        session.photo(&format!("{index}.jpg"), index);
    }
    let options = google_photoslibrary_v1::CallOptions::default().with_fields("mediaItems(id)");
    let list = session.client.media_items().list().page_size(2);
    let mut items = list.options(options).items();
    let mut found = 0;
    while let Some(item) = items.next().await {
        assert!(item.unwrap().filename.is_none());
        found += 1;
    }
    assert_eq!(found, 5);
}

#[tokio::test]
async fn items_implement_stream() {
    fn assert_stream<S: futures_core::Stream + Send + Unpin + 'static>(_: &S) {}
    let session = Session::start().await;
    assert_stream(&session.client.albums().list().items());
    assert_stream(
        &session
            .client
            .media_items()
            .search(SearchMediaItemsRequest::default())
            .pages(),
    );
}
