//! Lists in pages: nothing lost, nothing twice, no end that never comes.

use discovery_runtime::transport::FakeResponse;

use crate::support::*;

fn page(ids: &[&str], token: Option<&str>) -> FakeResponse {
    let albums: Vec<_> = ids
        .iter()
        .map(|id| serde_json::json!({ "id": id }))
        .collect();
    FakeResponse::json(
        200,
        serde_json::json!({ "albums": albums, "nextPageToken": token }).to_string(),
    )
}

fn queries(setup: &Setup) -> Vec<String> {
    setup
        .server
        .requests()
        .iter()
        .map(|request| request.query().to_owned())
        .collect()
}

#[tokio::test]
async fn items_stream_all_pages() {
    let setup = setup();
    setup.respond([
        page(&["a", "b"], Some("1")),
        // Empty, and without a list at all: there can be more all the same.
        page(&[], Some("2")),
        FakeResponse::json(200, r#"{"nextPageToken": "3/&"}"#),
        page(&["c"], Some("")),
    ]);
    let mut items = setup.client.list().items();
    let mut ids = Vec::new();
    while let Some(item) = items.next().await {
        ids.extend(item.unwrap().id);
    }
    assert_eq!(ids, ["a", "b", "c"]);
    assert_eq!(
        queries(&setup),
        ["", "pageToken=1", "pageToken=2", "pageToken=3%2F%26"]
    );
    assert!(items.next().await.is_none());
    setup.server.assert_finished();
}

#[tokio::test]
async fn empty_list_has_no_items_and_one_page() {
    let setup = setup();
    setup.server.respond_always(FakeResponse::json(200, "{}"));
    assert!(setup.client.list().items().next().await.is_none());
    let mut pages = setup.client.list().pages();
    assert_eq!(pages.next().await.unwrap().unwrap(), Page::default());
    assert!(pages.next().await.is_none());
    assert_eq!(setup.server.request_count(), 2);
}

#[tokio::test]
async fn page_token_continues_after_the_last_page() {
    let setup = setup();
    setup.respond([
        page(&["a"], Some("1")),
        page(&["b"], Some("2")),
        page(&["c"], None),
    ]);
    let mut pages = setup.client.list().pages();
    assert_eq!(pages.page_token(), None);
    pages.next().await.unwrap().unwrap();
    assert_eq!(pages.page_token(), Some("1"));
    pages.next().await.unwrap().unwrap();
    let token = pages.page_token().unwrap().to_owned();
    drop(pages);

    let mut pages = setup.client.list().page_token(&token).pages();
    assert_eq!(pages.page_token(), Some("2"));
    let last = pages.next().await.unwrap().unwrap();
    assert_eq!(last.albums[0].id.as_deref(), Some("c"));
    assert_eq!(pages.page_token(), None);
    setup.server.assert_finished();
}

#[tokio::test]
async fn page_token_of_items_is_that_of_their_page() {
    let setup = setup();
    setup.respond([
        page(&["a"], Some("1")),
        page(&["b", "c"], Some("2")),
        page(&["d"], None),
    ]);
    let mut items = setup.client.list().items();
    let mut tokens = Vec::new();
    while let Some(item) = items.next().await {
        let id = item.unwrap().id.unwrap();
        tokens.push((id, items.page_token().map(str::to_owned)));
    }
    let expected = [
        ("a", None),
        ("b", Some("1")),
        ("c", Some("1")),
        ("d", Some("2")),
    ];
    let expected = expected.map(|(id, token)| (id.to_owned(), token.map(str::to_owned)));
    assert_eq!(tokens, expected);
}

#[tokio::test]
async fn transient_error_loses_no_item() {
    let setup = setup();
    setup.respond([
        page(&["a"], Some("1")),
        page(&["b"], None).cut_off(),
        reset(),
        refused(),
        page(&["b"], None),
    ]);
    let mut items = setup.client.list().items();
    let mut ids = Vec::new();
    while let Some(item) = items.next().await {
        ids.extend(item.unwrap().id);
    }
    assert_eq!(ids, ["a", "b"]);
    setup.server.assert_finished();
}

#[tokio::test]
async fn repeated_page_token_ends_the_list() {
    for tokens in [
        vec!["1", "1"],
        vec!["1", "2", "1"],
        vec!["1", "2", "3", "2"],
    ] {
        let setup = setup();
        setup.respond(tokens.iter().map(|token| page(&["a"], Some(token))));
        let mut pages = setup.client.list().pages();
        for _ in &tokens {
            pages.next().await.unwrap().unwrap();
        }
        let error = pages.next().await.unwrap().unwrap_err();
        assert!(error.is_repeated_page_token());
        assert_eq!(error.method(), Some("photos.albums.list"));
        assert!(pages.next().await.is_none());
        setup.server.assert_finished();
    }
    // The token that a list began with counts, too.
    let setup = setup();
    setup.respond([page(&["a"], Some("0"))]);
    let mut items = setup.client.list().page_token("0").items();
    assert!(items.next().await.unwrap().is_ok());
    assert!(
        items
            .next()
            .await
            .unwrap()
            .unwrap_err()
            .is_repeated_page_token()
    );
    assert!(items.next().await.is_none());
}

#[tokio::test]
async fn dropped_future_loses_no_page() {
    let setup = setup();
    setup.respond([
        page(&["a"], Some("1")).with_delay(seconds(5)),
        page(&["b"], None),
    ]);
    let mut items = setup.client.list().items();
    // Polled once and dropped, as a timeout or a select does.
    let polled = std::future::poll_fn(|context| {
        let next = std::pin::pin!(items.next());
        std::task::Poll::Ready(next.poll(context).is_ready())
    });
    assert!(!polled.await);
    let mut ids = Vec::new();
    while let Some(item) = items.next().await {
        ids.extend(item.unwrap().id);
    }
    assert_eq!(ids, ["a", "b"]);
    assert_eq!(setup.server.request_count(), 2);
}

#[tokio::test]
async fn list_of_many_pages_is_read_to_its_end() {
    let setup = setup();
    let tokens: Vec<_> = (1..2000).map(|number| number.to_string()).collect();
    setup.respond(
        tokens
            .iter()
            .map(|token| page(&["a"], Some(token)))
            .chain([page(&["z"], None)]),
    );
    let mut items = setup.client.list().items();
    let mut count = 0;
    while let Some(item) = items.next().await {
        item.unwrap();
        count += 1;
    }
    assert_eq!(count, 2000);
}
