//! Responses with a value that has another form than its type: what the caller gets, what is
//! traced, and how to forbid it.

use discovery_runtime::codegen::{Call, Context, Method, Request};
use discovery_runtime::transport::FakeResponse;
use discovery_runtime::{CallOptions, HttpMethod, Map};

use crate::log;
use crate::support::*;

/// The lines of the log about values that were left out, of the test that uses `name`.
fn traced(name: &str) -> Vec<String> {
    let text = log::text();
    let lines = text.lines().filter(|line| line.contains(name));
    lines.map(str::to_owned).collect()
}

#[tokio::test]
async fn lenient_decoding_traces_the_path_of_an_unreadable_value() {
    log::install();
    let setup = setup();
    setup.respond([FakeResponse::json(
        200,
        r#"{"albums":[{"id":"a","title":{"secret":"CANARY"}},{"id":"b","title":"B"}]}"#,
    )]);
    let albums = setup.client.list().send().await.unwrap().albums;
    assert_eq!(albums[0].title, None);
    assert_eq!(albums[0].id.as_deref(), Some("a"));
    assert_eq!(albums[1].title.as_deref(), Some("B"));
    assert_eq!(setup.server.request_count(), 1, "the same bytes are read");
    let lines = traced("albums[0].title");
    assert_eq!(lines.len(), 1, "{lines:?}");
    for part in [
        "path=\"albums[0].title\"",
        "found=\"object\"",
        "expected=\"a string\"",
        "cannot be read and is left out",
    ] {
        assert!(lines[0].contains(part), "{}", lines[0]);
    }
    log::check("the log", &log::text());
}

#[tokio::test]
async fn lenient_decoding_traces_at_most_twenty_events() {
    log::install();
    let setup = setup();
    let albums = r#"{"id":"a"},"#.repeat(5000) + &r#"{"title":["x"]},"#.repeat(30_000);
    let body = format!(r#"{{"albums":[{albums}{{}}]}}"#);
    setup.respond([FakeResponse::json(200, body)]);
    let albums = setup.client.list().send().await.unwrap().albums;
    assert_eq!(albums.len(), 35_001);
    assert_eq!(traced("albums[50").len(), 20);
    assert_eq!(traced("others=29980").len(), 1);
}

#[tokio::test]
async fn strict_decoding_is_an_option_of_call_and_client() {
    let body = r#"{"id":"a","title":5}"#;
    let strict = || CallOptions::default().with_strict_decoding(true);
    let lenient = || CallOptions::default().with_strict_decoding(false);

    let setup = setup();
    setup.respond([FakeResponse::json(200, body), FakeResponse::json(200, body)]);
    let error = setup.client.get("a").options(strict()).send().await;
    let error = error.unwrap_err();
    assert!(error.is_decode(), "{error}");
    assert!(error.to_string().contains("title"), "{error}");
    let album = setup.client.get("a").send().await.unwrap();
    assert_eq!((album.id.as_deref(), album.title), (Some("a"), None));

    let setup = setup_with(|builder| builder.call_options(strict()));
    setup.respond([FakeResponse::json(200, body), FakeResponse::json(200, body)]);
    assert!(setup.client.get("a").send().await.is_err());
    let album = setup.client.get("a").options(lenient()).send().await;
    assert_eq!(album.unwrap().id.as_deref(), Some("a"));
}

#[tokio::test]
async fn page_token_and_items_decode_strictly() {
    for body in [
        r#"{"albums":[],"nextPageToken":7}"#,
        r#"{"albums":["a"],"nextPageToken":"t"}"#,
        r#"{"albums":{}}"#,
        r#"{"albums":[{"id":1}"#,
        r"[]",
    ] {
        let setup = setup_with(|builder| builder.retry(discovery_runtime::RetryPolicy::none()));
        setup.respond([FakeResponse::json(200, body)]);
        let error = setup.client.list().send().await.unwrap_err();
        assert!(error.is_decode() || error.is_retryable(), "{body}: {error}");
    }
}

/// A call of an API that wraps its bodies in an object with the one member `data`.
#[derive(Clone, Debug)]
struct Wrapped {
    context: Context,
}

discovery_runtime::codegen::call! { Wrapped -> Map<i64> }

const WRAPPED: Method = Method {
    id: "wrapped.get",
    http: HttpMethod::Get,
    path: "v1/wrapped",
    wraps_data: true,
    ..Method::DEFAULT
};

impl Call for Wrapped {
    type Response = Map<i64>;

    const METHOD: Method = WRAPPED;

    fn request(&self) -> Request {
        Request::new(&WRAPPED)
    }
}

#[tokio::test]
async fn page_wrapper_decodes_leniently() {
    let setup = setup();
    setup.respond([
        FakeResponse::json(200, r#"{"etag":1e400,"data":{"a":"1","b":"x"}}"#),
        FakeResponse::json(200, r#" {"data":{"a":"1"}, "d\u0061ta" : {"c":"3"} } "#),
        FakeResponse::json(200, r#"{"other":1}"#),
    ]);
    let call = || Wrapped {
        context: Context::new(&setup.client.core),
    };
    assert_eq!(call().send().await.unwrap(), [("a".to_owned(), 1)].into());
    assert_eq!(call().send().await.unwrap(), [("c".to_owned(), 3)].into());
    assert_eq!(call().send().await.unwrap(), Map::new());
}
