//! The whole response of a success, and what a call would send.

use discovery_runtime::transport::FakeResponse;
use discovery_runtime::{CallOptions, Error};

use crate::support::*;

/// Services say the version of an object in `ETag` (RFC 9110, 8.8.3), and how much of a quota is left
/// in fields of their own.
fn described(body: &str) -> FakeResponse {
    FakeResponse::json(200, body.to_owned())
        .with_header("etag", "\"v1\"")
        .with_header("x-ratelimit-remaining", "9")
        .with_header("x-goog-request-id", "r-1")
}

#[tokio::test]
async fn whole_response_has_status_headers_and_body() {
    let setup = setup();
    // The headers are those of the attempt that succeeded.
    setup.respond([
        FakeResponse::status(503).with_header("etag", "\"v0\""),
        described(r#"{"id": "a"}"#),
    ]);
    let response = setup.client.get("a").send_for_response().await.unwrap();
    assert_eq!(response.status, 200);
    assert_eq!(response.body.id.as_deref(), Some("a"));
    assert_eq!(response.etag(), Some("\"v1\""));
    assert_eq!(response.request_id(), Some("r-1"));
    assert_eq!(response.header("x-ratelimit-remaining"), Some("9"));
    assert_eq!(response.header("x-none"), None);
    setup.server.assert_finished();
}

#[tokio::test]
async fn whole_response_of_each_page() {
    let setup = setup();
    setup.respond([
        described(r#"{"albums": [{"id": "a"}], "nextPageToken": "1"}"#),
        FakeResponse::json(200, r#"{"albums": [{"id": "b"}]}"#),
    ]);
    let mut pages = setup.client.list().pages();
    let first = pages.next_response().await.unwrap().unwrap();
    assert_eq!(first.etag(), Some("\"v1\""));
    assert_eq!(first.body.albums.len(), 1);
    let second = pages.next_response().await.unwrap().unwrap();
    assert_eq!(second.etag(), None);
    assert!(pages.next_response().await.is_none());
}

#[tokio::test]
async fn preview_shows_the_request_and_sends_nothing() {
    let setup = setup();
    let options = CallOptions::default()
        .with_header("x-secret", "CANARY")
        .with_fields("id,title");
    let call = setup.client.create().options(options);
    let preview = call.preview().unwrap();
    assert_eq!(setup.server.request_count(), 0);
    assert_eq!(preview.headers().get("x-secret"), Some("CANARY"));
    assert_eq!(preview.headers().get("authorization"), None);

    let shown = preview.to_string();
    assert!(
        shown.starts_with("POST https://") && shown.contains("fields=id%2Ctitle\n"),
        "{shown}"
    );
    assert!(shown.contains("\nx-secret: …\n"), "{shown}");
    assert!(
        shown.contains("\ncontent-type: application/json\n"),
        "{shown}"
    );
    assert!(!format!("{shown}{preview:?}").contains("CANARY"), "{shown}");

    // It is what is sent.
    setup.server.respond_always(album());
    call.send().await.unwrap();
    let sent = &setup.server.requests()[0];
    assert_eq!(sent.url, preview.url());
    assert_eq!(sent.method, preview.method());
    let body: discovery_runtime::Value = serde_json::from_slice(preview.body()).unwrap();
    assert_eq!(sent.json(), body);
    assert!(shown.ends_with(&body.to_string()), "{shown}");
    for (name, value) in preview.headers().iter() {
        assert_eq!(sent.headers.get(name), Some(value));
    }
}

#[tokio::test]
async fn preview_of_a_request_that_cannot_be_sent_is_its_error() {
    let setup = setup();
    let error = setup.client.get("..").preview().unwrap_err();
    assert!(Error::is_invalid_argument(&error), "{error}");
}
