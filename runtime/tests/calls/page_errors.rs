//! Lists end after an error: a loop that logs errors and goes on makes no further request.

use std::pin::Pin;

use discovery_runtime::transport::FakeResponse;
use futures_core::stream::FusedStream;

use crate::support::*;

fn page(id: &str, token: &str) -> FakeResponse {
    FakeResponse::json(
        200,
        format!(r#"{{"albums": [{{"id": "{id}"}}], "nextPageToken": "{token}"}}"#),
    )
}

/// Errors that no retry cures, each as the only response that the server has from now on.
fn lasting_errors() -> Vec<FakeResponse> {
    vec![
        FakeResponse::error(403, "PERMISSION_DENIED", "No."),
        FakeResponse::error(404, "NOT_FOUND", "No."),
        FakeResponse::json(200, r#"{"albums": 1}"#),
    ]
}

#[tokio::test]
async fn items_end_after_an_error() {
    for error in lasting_errors() {
        let setup = setup();
        setup.respond([page("a", "1")]);
        let mut items = setup.client.list().items();
        assert!(items.next().await.unwrap().is_ok());
        setup.server.respond_always(error);
        let mut errors = 0;
        // What a program does that logs errors and goes on.
        while let Some(item) = items.next().await {
            errors += usize::from(item.is_err());
            assert!(errors < 100, "it does not end");
        }
        assert_eq!((errors, setup.server.request_count()), (1, 2));
        assert!(items.next().await.is_none());
        assert!(items.is_terminated());
        assert_eq!(setup.server.request_count(), 2);
    }
}

#[tokio::test]
async fn pages_end_after_an_error() {
    for error in lasting_errors() {
        let setup = setup();
        setup.server.respond_always(error);
        let mut pages = setup.client.list().pages();
        let mut errors = 0;
        while let Some(page) = pages.next().await {
            errors += usize::from(page.is_err());
            assert!(errors < 100, "it does not end");
        }
        assert_eq!((errors, setup.server.request_count()), (1, 1));
        assert!(pages.is_terminated());
    }
}

#[tokio::test]
async fn stream_ends_after_an_error() {
    let setup = setup();
    setup
        .server
        .respond_always(FakeResponse::error(404, "NOT_FOUND", "No."));
    let mut items = setup.client.list().items();
    let mut next = async || {
        std::future::poll_fn(|context| {
            futures_core::Stream::poll_next(Pin::new(&mut items), context)
        })
        .await
    };
    assert!(next().await.unwrap().is_err());
    assert!(next().await.is_none());
    assert!(next().await.is_none());
    assert_eq!(setup.server.request_count(), 1);
}

#[tokio::test]
async fn page_token_of_items_repeats_the_failed_page() {
    let setup = setup();
    setup.respond([
        page("a", "1"),
        FakeResponse::error(400, "INVALID_ARGUMENT", "No."),
        page("b", ""),
    ]);
    let mut items = setup.client.list().items();
    assert!(items.next().await.unwrap().is_ok());
    let error = items.next().await.unwrap().unwrap_err();
    assert!(error.is_invalid_argument());
    assert!(items.next().await.is_none());

    let token = items.page_token().unwrap().to_owned();
    let mut rest = setup.client.list().page_token(&token).items();
    let item = rest.next().await.unwrap().unwrap();
    assert_eq!(item.id.as_deref(), Some("b"));
    assert!(rest.next().await.is_none());
    let queries: Vec<_> = setup
        .server
        .requests()
        .iter()
        .map(|request| request.query().to_owned())
        .collect();
    assert_eq!(queries, ["", "pageToken=1", "pageToken=1"]);
}

#[tokio::test]
async fn page_token_of_pages_is_that_of_the_failed_page() {
    let setup = setup();
    setup.respond([
        page("a", "1"),
        FakeResponse::error(403, "PERMISSION_DENIED", "No."),
    ]);
    let mut pages = setup.client.list().pages();
    assert!(pages.next().await.unwrap().is_ok());
    assert!(pages.next().await.unwrap().is_err());
    assert!(pages.next().await.is_none());
    assert_eq!(pages.page_token(), Some("1"));
    // The page that was read twice is named as well.
    let setup = crate::support::setup();
    setup.respond([page("a", "1"), page("b", "1")]);
    let mut pages = setup.client.list().pages();
    while let Some(Ok(_)) = pages.next().await {}
    assert!(pages.next().await.is_none());
    assert_eq!(pages.page_token(), Some("1"));
    setup.server.assert_finished();
}
