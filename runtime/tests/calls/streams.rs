//! Methods that stream: a JSON array as the response, and errors in the midst of it.

use discovery_runtime::codegen::{Call, Context, Method, Request, RetrySafety};
use discovery_runtime::transport::FakeResponse;
use discovery_runtime::{HttpMethod, QuotaKind};

use crate::support::*;

/// A read that streams, as `google.spanner.v1.Spanner.StreamingRead` does.
#[derive(Clone, Debug)]
struct Read {
    context: Context,
}

discovery_runtime::codegen::call! { Read -> Vec<Album> }

impl Call for Read {
    type Response = Vec<Album>;

    const METHOD: Method = Method {
        id: "photos.albums.read",
        http: HttpMethod::Post,
        path: "v1/albums:read",
        retry: RetrySafety::Idempotent,
        streams: true,
        ..Method::DEFAULT
    };

    fn request(&self) -> Request {
        Request::new(&Self::METHOD)
    }
}

fn read(setup: &Setup) -> Read {
    Read {
        context: Context::new(&setup.client.core),
    }
}

fn ok(body: &str) -> FakeResponse {
    FakeResponse::json(200, body)
}

#[tokio::test]
async fn streamed_array_becomes_a_list() {
    let setup = setup();
    setup.respond([
        ok(r#"[{"id": "a"}, {"id": "b"}]"#),
        ok("[]"),
        ok(r#"{"id": "a"}"#),
    ]);
    let mut counts = Vec::new();
    for _ in 0..3 {
        counts.push(read(&setup).send().await.unwrap().len());
    }
    assert_eq!(counts, [2, 0, 1]);
}

#[tokio::test]
async fn error_after_streamed_values_is_an_error() {
    let setup = setup();
    setup.respond([ok(
        r#"[{"id": "a"}, {"error": {"code": 404, "message": "Gone.", "status": "NOT_FOUND"}}]"#,
    )]);
    let error = read(&setup).send().await.unwrap_err();
    assert!(error.is_not_found());
    assert_eq!(error.http_status(), Some(404));
    assert_eq!(error.rpc_status().unwrap().message, "Gone.");
    assert_eq!(error.method(), Some("photos.albums.read"));
}

#[tokio::test]
async fn transient_error_after_streamed_values_is_retried() {
    let setup = setup();
    setup.respond([
        ok(r#"[{"id": "a"}, {"error": {"code": 503, "status": "UNAVAILABLE"}}]"#),
        ok(r#"[{"id": "a"}, {"id""#),
        ok(r#"[{"id": "a"}, {"id": "b"}]"#),
    ]);
    assert_eq!(read(&setup).send().await.unwrap().len(), 2);
    setup.server.assert_finished();
}

#[tokio::test]
async fn quota_error_in_a_stream_is_classified() {
    let setup = setup();
    let quota = r#"[{"error": {"code": 429, "status": "RESOURCE_EXHAUSTED", "details": [
        {"@type": "type.googleapis.com/google.rpc.ErrorInfo", "reason": "RATE_LIMIT_EXCEEDED",
         "metadata": {"quota_limit": "ReadsPerDayPerProject"}}]}}]"#;
    setup.respond([ok(quota), FakeResponse::json(429, quota)]);
    for _ in 0..2 {
        let error = read(&setup).send().await.unwrap_err();
        assert_eq!(error.quota_kind(), Some(QuotaKind::PerDay));
    }
    assert_eq!(setup.server.request_count(), 2);
}

#[tokio::test]
async fn malformed_stream_element_is_named() {
    let setup = setup();
    setup.respond([ok(r#"[{"id": "a"}, "b"]"#)]);
    let error = read(&setup).send().await.unwrap_err().to_string();
    assert!(error.contains("[1]: "), "{error}");
}
