//! What is sent: address, query, headers and body, and what is refused before anything is.

mod support;

use discovery_runtime::codegen::{Call, Context, InContext, Method, Request, UpdateMask, send};
use discovery_runtime::transport::FakeAnswer;
use discovery_runtime::{CallOptions, Client, Credentials, FieldMask, HttpMethod, Value};
use proptest::prelude::*;
use support::*;

/// A call that is whatever a test makes of it.
struct Any<F> {
    context: Context,
    request: F,
}

impl<F> InContext for Any<F> {
    fn context(&self) -> &Context {
        &self.context
    }
}

impl<F: Fn() -> Request + Send + Sync> Call for Any<F> {
    type Response = Value;

    const METHOD: Method = SHARE;

    fn request(&self) -> Request {
        (self.request)()
    }
}

/// Sends a request; the result is the address and the body that came, or the error's text.
async fn sent(request: impl Fn() -> Request + Send + Sync) -> Result<(String, Value), String> {
    let setup = setup();
    setup.server.answer_always(FakeAnswer::json(200, "{}"));
    let call = Any { context: Context::new(&setup.client.core), request };
    match send(&call).await {
        Ok(_) => {
            let requests = setup.server.requests();
            assert_eq!(requests.len(), 1);
            Ok((requests[0].url.clone(), requests[0].json()))
        }
        Err(error) => {
            assert!(error.is_invalid_argument(), "{error}");
            assert_eq!(setup.server.request_count(), 0, "{error}");
            assert_eq!(error.attempts(), []);
            Err(error.to_string())
        }
    }
}

const SHARE: Method = Method::new("photos.share", HttpMethod::Post, "v1/users/@me/{+id}:share");
const NAMED: Method = Method::new("photos.named", HttpMethod::Get, "v1/{+name}/$export").keep_reserved();
const PATCH: Method = Method::new("photos.patch", HttpMethod::Patch, "v1/albums").alt("json");

const ORIGIN: &str = "https://photos.example.com";

#[tokio::test]
async fn paths_and_queries_are_escaped() {
    let request = || {
        Request::new(&SHARE)
            .path("id", "a/b:c d")
            .query("q", "x&y=z+1 ü")
            .query("filter", &vec!["a", "b"])
            .query("none", &None::<i32>)
            .query("size", &Some(50))
            .query("on", &true)
    };
    let (url, _) = sent(request).await.unwrap();
    let query = "q=x%26y%3Dz%2B1%20%C3%BC&filter=a&filter=b&size=50&on=true";
    assert_eq!(url, format!("{ORIGIN}/v1/users/@me/a%2Fb%3Ac%20d:share?{query}"));

    let (url, _) = sent(|| Request::new(&NAMED).path("name", "projects/p/topics/t")).await.unwrap();
    assert_eq!(url, format!("{ORIGIN}/v1/projects/p/topics/t/$export"));
}

#[tokio::test]
async fn values_that_lead_elsewhere_are_refused() {
    for id in ["", ".", "..", "%2e%2E", "a/../b", r"a\..\b", "a\t..\n"] {
        let error = sent(|| Request::new(&SHARE).path("id", id)).await.unwrap_err();
        assert!(error.starts_with("photos.share: invalid argument: id "), "{error}");
        sent(|| Request::new(&NAMED).path("name", id)).await.unwrap_err();
    }
    sent(|| Request::new(&SHARE)).await.unwrap_err();
    let long = "x".repeat(70_000);
    let error = sent(|| Request::new(&SHARE).path("id", &long)).await.unwrap_err();
    assert!(error.contains("bytes"), "{error}");
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(2_000))]

    #[test]
    fn no_text_changes_host_or_route(id in ".*", value in ".*", kept in ".*") {
        let runtime = tokio::runtime::Builder::new_current_thread().build().unwrap();
        let request = || Request::new(&SHARE).path("id", &id).query("q", &value).query("r", "1");
        if let Ok((url, _)) = runtime.block_on(sent(request)) {
            let rest = url.strip_prefix(ORIGIN).expect("the origin stays");
            let (path, query) = rest.split_once('?').expect("the query stays");
            let inner = path.strip_prefix("/v1/users/@me/").and_then(|path| path.strip_suffix(":share"));
            prop_assert_eq!(decoded(inner.expect("the route stays")), id.as_bytes());
            prop_assert!(!inner.unwrap_or_default().contains(['/', '\\', '?', '#', ':', '@', ';']));
            let pairs: Vec<_> = query.split('&').map(|pair| pair.split_once('=').unwrap()).collect();
            prop_assert_eq!(pairs.len(), 2);
            prop_assert_eq!((pairs[0].0, decoded(pairs[0].1)), ("q", value.into_bytes()));
            prop_assert_eq!(pairs[1], ("r", "1"));
        }
        if let Ok((url, _)) = runtime.block_on(sent(|| Request::new(&NAMED).path("name", &kept))) {
            let path = url.strip_prefix("https://photos.example.com/v1/").expect("the route stays");
            let name = path.strip_suffix("/$export").expect("the route stays");
            prop_assert_eq!(decoded(name), kept.as_bytes());
            prop_assert_eq!(name.split('/').count(), kept.split('/').count());
            prop_assert!(name.split('/').all(|part| !["", ".", ".."].contains(&part)));
        }
    }
}

/// A decoder apart from the one under test.
fn decoded(text: &str) -> Vec<u8> {
    let mut bytes = Vec::new();
    let mut rest = text.bytes();
    while let Some(byte) = rest.next() {
        if byte == b'%' {
            let digits = [rest.next().unwrap(), rest.next().unwrap()];
            bytes.push(u8::from_str_radix(std::str::from_utf8(&digits).unwrap(), 16).unwrap());
        } else {
            bytes.push(byte);
        }
    }
    bytes
}

#[tokio::test]
async fn lists_have_limits() {
    let with = |len| move || Request::new(&PATCH).limit("newMediaItems", len, 1, 50).query("len", &1);
    assert!(sent(with(1)).await.is_ok());
    assert!(sent(with(50)).await.is_ok());
    let cases = [(0, "newMediaItems has 0 entries; 1 to 50 are accepted"), (51, "newMediaItems has 51 entries; 1 to 50 are accepted")];
    for (len, message) in cases {
        assert_eq!(sent(with(len)).await.unwrap_err(), format!("photos.patch: invalid argument: {message}"));
    }
    let one = sent(|| Request::new(&PATCH).limit("dates", 2, 1, 1)).await.unwrap_err();
    assert!(one.ends_with("dates has 2 entries; 1 is accepted"), "{one}");
}

#[tokio::test]
async fn the_first_error_is_the_one_that_is_told() {
    let request = || Request::new(&PATCH).limit("first", 0, 1, 1).limit("second", 0, 1, 1);
    assert!(sent(request).await.unwrap_err().contains("first"));
}

fn patch(mask: &UpdateMask, title: Option<&str>, allowed: &'static [&'static str]) -> Request {
    let album = Album { id: Some("a".into()), title: title.map(Into::into) };
    Request::new(&PATCH).masked_body(&album, "updateMask", mask, allowed)
}

fn mask(change: impl FnOnce(&mut UpdateMask)) -> UpdateMask {
    let mut mask = UpdateMask::default();
    change(&mut mask);
    mask
}

#[tokio::test]
async fn a_mask_is_made_of_what_is_set() {
    let computed = mask(|_| {});
    let (url, body) = sent(|| patch(&computed, Some("Iceland"), &["title"])).await.unwrap();
    assert_eq!(url, format!("{ORIGIN}/v1/albums?updateMask=title&alt=json"));
    // What only the server sets is in neither.
    assert_eq!(body, serde_json::json!({ "title": "Iceland" }));

    let cleared = mask(|mask| mask.clear("title".into()));
    for title in [None, Some("Iceland")] {
        let (url, body) = sent(|| patch(&cleared, title, &["title"])).await.unwrap();
        assert!(url.contains("updateMask=title&"), "{url}");
        assert_eq!(body, serde_json::json!({}));
    }

    let given = mask(|mask| mask.set(FieldMask::from("title,coverPhotoMediaItemId")));
    let (url, _) = sent(|| patch(&given, Some("Iceland"), &[])).await.unwrap();
    assert!(url.contains("updateMask=title%2CcoverPhotoMediaItemId"), "{url}");
}

#[tokio::test]
async fn a_mask_that_can_not_be_is_refused() {
    let cases: [(UpdateMask, Option<&str>, &'static [&'static str], &str); 5] = [
        (mask(|_| {}), None, &[], "nothing is to be changed"),
        (mask(|mask| mask.clear("id".into())), None, &[], "only the server sets it"),
        (mask(|mask| mask.clear("colour".into())), None, &[], "no such field"),
        (mask(|mask| mask.set("cover".into())), Some("x"), &["title", "description"], "title and description can"),
        (mask(|mask| mask.set("".into())), Some("x"), &[], "nothing is to be changed"),
    ];
    for (mask, title, allowed, message) in cases {
        let error = sent(|| patch(&mask, title, allowed)).await.unwrap_err();
        assert!(error.contains(message), "{error}");
    }
}

#[tokio::test]
async fn options_are_sent_once_and_escaped() {
    let setup = setup();
    setup.server.answer_always(album());
    let options = CallOptions::default()
        .with_fields("id,title")
        .with_quota_user("anna & co")
        .with_pretty_print(false)
        .with_user_project("project-1")
        .with_header("X-Trace", "abc")
        .with_query("new", "a b");
    setup.client.get("a").options(options).send().await.unwrap();
    let request = &setup.server.requests()[0];
    assert_eq!(request.query(), "fields=id%2Ctitle&quotaUser=anna%20%26%20co&prettyPrint=false&new=a%20b");
    assert_eq!(request.headers.get("x-goog-user-project"), Some("project-1"));
    assert_eq!(request.headers.get("x-trace"), Some("abc"));

    let error = setup.client.get("a").options(CallOptions::default().with_header("Host", "evil")).send().await;
    assert!(error.unwrap_err().is_invalid_argument());
    assert_eq!(setup.server.request_count(), 1);
}

#[tokio::test]
async fn a_client_introduces_itself() {
    let setup = setup_with(|builder| builder.user_agent("gallery/1.2"));
    setup.server.answer_always(album());
    setup.client.create().send().await.unwrap();
    let request = &setup.server.requests()[0];
    let version = env!("CARGO_PKG_VERSION");
    let agent = format!("gallery/1.2 google-photos-v1/0.1.0 discovery-runtime/{version} (gzip)");
    assert_eq!(request.headers.get("user-agent"), Some(agent.as_str()));
    assert_eq!(request.headers.get("content-type"), Some("application/json"));
    assert_eq!(request.headers.get("accept"), Some("application/json"));
    assert_eq!(request.headers.get("authorization"), Some("Bearer token"));
}

#[tokio::test]
async fn any_request_can_be_made() {
    let setup = setup();
    setup.answer([
        FakeAnswer::error(503, "UNAVAILABLE", "Busy."),
        FakeAnswer::body(200, "text/plain", "token").with_header("x-new", "1"),
        album(),
        reset(),
        FakeAnswer::error(404, "NOT_FOUND", "Nothing."),
    ]);
    let core = &setup.client.core;
    let response = core.request(HttpMethod::Get, "v1/new/a%2Fb").query("x", "&").send().await.unwrap();
    assert_eq!((response.status(), &response.body()[..]), (200, &b"token"[..]));
    assert_eq!(response.headers().get("x-new"), Some("1"));
    assert!(response.json::<Value>().unwrap_err().is_decode());

    let body = serde_json::json!({ "a": [1] });
    let response = core.request(HttpMethod::Post, "/v1/new").json(&body).send().await.unwrap();
    assert_eq!(response.json::<Value>().unwrap()["id"], "a");

    let error = core.request(HttpMethod::Post, "v1/new").body("image/png", "x").send().await.unwrap_err();
    assert!(error.is_outcome_unknown());
    let error = core.request(HttpMethod::Delete, "v1/new").send().await.unwrap_err();
    assert!(error.is_not_found() && error.method().is_none());
    assert_eq!(error.to_string(), "404 NOT_FOUND: Nothing.");

    let requests = setup.server.requests();
    assert_eq!(requests[1].url, format!("{ORIGIN}/v1/new/a%2Fb?x=%26"));
    assert_eq!(requests[2].json(), body);
    assert_eq!(requests[3].headers.get("content-type"), Some("image/png"));
    assert!(requests.iter().all(|request| request.headers.get("authorization") == Some("Bearer token")));
    setup.server.assert_finished();

    for path in ["", "v1/../v2", "https://evil.example/", "//evil.example", "v1?x=1", "v1/a b"] {
        let error = core.request(HttpMethod::Get, path).send().await.unwrap_err();
        assert!(error.is_invalid_argument(), "{path}: {error}");
    }
    assert_eq!(setup.server.request_count(), 5);
}

#[tokio::test]
async fn a_client_that_can_not_be_is_not_built() {
    let cases = [
        ("no endpoint", Client::builder().credentials(Credentials::anonymous())),
        ("no credentials", Client::builder().endpoint("https://a.example")),
        ("must start with https", Client::builder().endpoint("http://a.example").credentials(Credentials::anonymous())),
        ("not on this machine", Client::builder().endpoint_on_loopback("http://a.example").credentials(Credentials::anonymous())),
        ("user agent", Client::builder().endpoint("https://a.example").credentials(Credentials::anonymous()).user_agent("a\nb")),
        ("belongs to the client", Client::builder().endpoint("https://a.example").credentials(Credentials::anonymous())
            .call_options(CallOptions::default().with_query("alt", "media"))),
    ];
    for (message, builder) in cases {
        let error = builder.build().expect_err(message);
        assert!(error.is_configuration() && error.to_string().contains(message), "{error}");
    }
}

#[tokio::test]
async fn another_endpoint_gets_all_requests() {
    for endpoint in ["https://other.example:8443/base", "https://other.example:8443/base/"] {
        let setup = setup_with(|builder| builder.endpoint(endpoint));
        setup.server.answer_always(album());
        setup.client.get("a").send().await.unwrap();
        assert_eq!(setup.server.requests()[0].url, "https://other.example:8443/base/v1/albums/a");
    }
}

#[tokio::test]
async fn limits_of_size_can_be_set() {
    let setup = setup_with(|builder| builder.max_response_size(10).max_error_size(60));
    setup.answer([
        FakeAnswer::json(200, r#"{"id":"abc"}"#),
        FakeAnswer::error(404, "NOT_FOUND", &"x".repeat(100)),
        FakeAnswer::json(200, r#"{"id":"a"}"#),
    ]);
    assert!(setup.client.get("a").send().await.unwrap_err().is_too_large());
    let error = setup.client.get("a").send().await.unwrap_err();
    assert!(error.is_not_found() && error.body().is_some_and(|body| body.len() == 60));
    assert!(setup.client.get("a").send().await.is_ok());
}
