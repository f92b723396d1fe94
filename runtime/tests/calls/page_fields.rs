//! `fields` on a list in pages: without the page token a list would end after its first page.
//!
//! The syntax is that of
//! <https://developers.google.com/drive/api/guides/fields-parameter>.

use discovery_runtime::CallOptions;
use discovery_runtime::transport::FakeResponse;

use crate::support::*;

/// A server that sends the token only if it is asked for, as Google's do.
fn respond_two_pages(setup: &Setup) {
    setup.respond([
        FakeResponse::json(200, r#"{"albums": [{"id": "a"}], "nextPageToken": "1"}"#),
        FakeResponse::json(200, r#"{"albums": [{"id": "b"}]}"#),
    ]);
}

fn queries(setup: &Setup) -> Vec<String> {
    let requests = setup.server.requests();
    requests
        .iter()
        .map(|request| request.query().to_owned())
        .collect()
}

fn fields(fields: &str) -> CallOptions {
    CallOptions::default().with_fields(fields)
}

#[tokio::test]
async fn items_add_the_page_token_to_fields() {
    let setup = setup();
    respond_two_pages(&setup);
    let call = setup.client.list().options(fields("albums(id,title)"));
    let mut items = call.items();
    while let Some(item) = items.next().await {
        item.unwrap();
    }
    let mask = "fields=albums%28id%2Ctitle%29%2CnextPageToken";
    let second = format!("pageToken=1&{mask}");
    assert_eq!(queries(&setup), [mask, &second]);
}

#[tokio::test]
async fn pages_add_the_page_token_to_fields() {
    let setup = setup();
    respond_two_pages(&setup);
    let call = setup.client.list().options(fields("albums/id"));
    let mut pages = call.pages();
    while let Some(page) = pages.next().await {
        page.unwrap();
    }
    assert_eq!(queries(&setup)[0], "fields=albums%2Fid%2CnextPageToken");
    setup.server.assert_finished();
}

#[tokio::test]
async fn fields_of_the_client_get_the_page_token() {
    let setup = setup_with(|builder| builder.call_options(fields("albums")));
    respond_two_pages(&setup);
    let mut pages = setup.client.list().pages();
    while let Some(page) = pages.next().await {
        page.unwrap();
    }
    assert_eq!(queries(&setup)[0], "fields=albums%2CnextPageToken");
    setup.server.assert_finished();
}

#[tokio::test]
async fn send_leaves_fields_unchanged() {
    let setup = setup();
    setup.respond([FakeResponse::json(200, "{}")]);
    let call = setup.client.list().options(fields("albums(id)"));
    call.send().await.unwrap();
    assert_eq!(queries(&setup), ["fields=albums%28id%29"]);
}

#[tokio::test]
async fn fields_without_the_items_are_rejected_before_sending() {
    let setup = setup();
    let call = setup.client.list().options(fields("nextPageToken"));
    let mut items = call.items();
    let error = items.next().await.unwrap().unwrap_err();
    assert!(error.is_invalid_argument(), "{error}");
    let text = error.to_string();
    assert!(text.contains("leave out albums"), "{text}");
    assert!(items.next().await.is_none());
    assert_eq!(setup.server.request_count(), 0);
}
