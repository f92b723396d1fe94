//! What is sent besides the address: options, headers, requests by hand.

use discovery_runtime::transport::FakeResponse;
use discovery_runtime::{CallOptions, Client, Credentials, HttpMethod, Value};

use crate::any_call::ORIGIN;
use crate::support::*;

#[tokio::test]
async fn call_options_are_sent_once_and_escaped() {
    let setup = setup();
    setup.server.respond_always(album());
    let options = CallOptions::default()
        .with_fields("id,title")
        .with_quota_user("anna & co")
        .with_pretty_print(false)
        .with_user_project("project-1")
        .with_header("X-Trace", "abc")
        .with_query("new", "a b");
    setup.client.get("a").options(options).send().await.unwrap();
    let request = &setup.server.requests()[0];
    assert_eq!(
        request.query(),
        "fields=id%2Ctitle&quotaUser=anna%20%26%20co&prettyPrint=false&new=a%20b"
    );
    assert_eq!(
        request.headers.get("x-goog-user-project"),
        Some("project-1")
    );
    assert_eq!(request.headers.get("x-trace"), Some("abc"));

    let error = setup
        .client
        .get("a")
        .options(CallOptions::default().with_header("Host", "evil"))
        .send()
        .await;
    assert!(error.unwrap_err().is_invalid_argument());
    assert_eq!(setup.server.request_count(), 1);
}

#[tokio::test]
async fn user_agent_names_client_and_application() {
    let setup = setup_with(|builder| builder.user_agent("gallery/1.2"));
    setup.server.respond_always(album());
    setup.client.create().send().await.unwrap();
    let request = &setup.server.requests()[0];
    let version = env!("CARGO_PKG_VERSION");
    let agent = format!("gallery/1.2 google-photos-v1/0.1.0 discovery-runtime/{version} (gzip)");
    assert_eq!(request.headers.get("user-agent"), Some(agent.as_str()));
    assert_eq!(
        request.headers.get("content-type"),
        Some("application/json")
    );
    assert_eq!(request.headers.get("accept"), Some("application/json"));
    assert_eq!(request.headers.get("authorization"), Some("Bearer token"));
}

#[tokio::test]
async fn request_by_hand_takes_any_method_and_path() {
    let setup = setup();
    setup.respond([
        FakeResponse::error(503, "UNAVAILABLE", "Busy."),
        FakeResponse::body(200, "text/plain", "token").with_header("x-new", "1"),
        album(),
        reset(),
        FakeResponse::error(404, "NOT_FOUND", "Nothing."),
    ]);
    let core = &setup.client.core;
    let response = core
        .request(HttpMethod::Get, "v1/new/a%2Fb")
        .query("x", "&")
        .send()
        .await
        .unwrap();
    assert_eq!(
        (response.status(), &response.body()[..]),
        (200, &b"token"[..])
    );
    assert_eq!(response.headers().get("x-new"), Some("1"));
    assert!(response.json::<Value>().unwrap_err().is_decode());

    let body = serde_json::json!({ "a": [1] });
    let response = core
        .request(HttpMethod::Post, "/v1/new")
        .json(&body)
        .send()
        .await
        .unwrap();
    assert_eq!(response.json::<Value>().unwrap()["id"], "a");

    let error = core
        .request(HttpMethod::Post, "v1/new")
        .body("image/png", "x")
        .send()
        .await
        .unwrap_err();
    assert!(error.is_outcome_unknown());
    let error = core
        .request(HttpMethod::Delete, "v1/new")
        .send()
        .await
        .unwrap_err();
    assert!(error.is_not_found() && error.method().is_none());
    assert_eq!(error.to_string(), "404 NOT_FOUND: Nothing.");

    let requests = setup.server.requests();
    assert_eq!(requests[1].url, format!("{ORIGIN}/v1/new/a%2Fb?x=%26"));
    assert_eq!(requests[2].json(), body);
    assert_eq!(requests[3].headers.get("content-type"), Some("image/png"));
    assert!(
        requests
            .iter()
            .all(|request| request.headers.get("authorization") == Some("Bearer token"))
    );
    setup.server.assert_finished();

    for path in [
        "",
        "v1/../v2",
        "https://evil.example/",
        "//evil.example",
        "v1?x=1",
        "v1/a b",
    ] {
        let error = core
            .request(HttpMethod::Get, path)
            .send()
            .await
            .unwrap_err();
        assert!(error.is_invalid_argument(), "{path}: {error}");
    }
    assert_eq!(setup.server.request_count(), 5);
}

#[tokio::test]
async fn invalid_client_options_are_rejected() {
    let cases = [
        (
            "no endpoint",
            Client::builder().credentials(Credentials::anonymous()),
        ),
        (
            "no credentials",
            Client::builder().endpoint("https://a.example"),
        ),
        (
            "must start with https",
            Client::builder()
                .endpoint("http://a.example")
                .credentials(Credentials::anonymous()),
        ),
        (
            "not on this machine",
            Client::builder()
                .endpoint_on_loopback("http://a.example")
                .credentials(Credentials::anonymous()),
        ),
        (
            "user agent",
            Client::builder()
                .endpoint("https://a.example")
                .credentials(Credentials::anonymous())
                .user_agent("a\nb"),
        ),
        (
            "belongs to the client",
            Client::builder()
                .endpoint("https://a.example")
                .credentials(Credentials::anonymous())
                .call_options(CallOptions::default().with_query("alt", "media")),
        ),
    ];
    for (message, builder) in cases {
        let error = builder.build().expect_err(message);
        assert!(
            error.is_configuration() && error.to_string().contains(message),
            "{error}"
        );
    }
}

#[tokio::test]
async fn endpoint_can_be_replaced() {
    for endpoint in [
        "https://other.example:8443/base",
        "https://other.example:8443/base/",
    ] {
        let setup = setup_with(|builder| builder.endpoint(endpoint));
        setup.server.respond_always(album());
        setup.client.get("a").send().await.unwrap();
        assert_eq!(
            setup.server.requests()[0].url,
            "https://other.example:8443/base/v1/albums/a"
        );
    }
}

#[tokio::test]
async fn response_size_limit_can_be_set() {
    let setup = setup_with(|builder| builder.max_response_size(10).max_error_size(60));
    setup.respond([
        FakeResponse::json(200, r#"{"id":"abc"}"#),
        FakeResponse::error(404, "NOT_FOUND", &"x".repeat(100)),
        FakeResponse::json(200, r#"{"id":"a"}"#),
    ]);
    assert!(
        setup
            .client
            .get("a")
            .send()
            .await
            .unwrap_err()
            .is_too_large()
    );
    let error = setup.client.get("a").send().await.unwrap_err();
    assert!(error.is_not_found() && error.body().is_some_and(|body| body.len() == 60));
    assert!(setup.client.get("a").send().await.is_ok());
}
