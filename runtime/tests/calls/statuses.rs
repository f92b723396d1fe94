//! Status codes with a meaning of their own, and what they are in the codes of `google.rpc`.

use discovery_runtime::rpc::Code;
use discovery_runtime::transport::FakeResponse;
use discovery_runtime::{CallOptions, Error};

use crate::support::*;

async fn error_of(response: FakeResponse) -> Error {
    let setup = setup();
    setup.respond([response]);
    let error = setup.client.get("a").send().await.unwrap_err();
    assert_eq!(setup.server.request_count(), 1, "{error}");
    error
}

/// RFC 9110, section 15.4.5: the response to `If-None-Match` when nothing changed. It has no body,
/// and no address that it would lead to.
#[tokio::test]
async fn status_304_is_not_a_redirect() {
    let setup = setup();
    setup.respond([FakeResponse::status(304)]);
    let options = CallOptions::default().with_header("if-none-match", "\"etag\"");
    let error = setup
        .client
        .get("a")
        .options(options)
        .send()
        .await
        .unwrap_err();
    assert!(error.is_not_modified() && !error.is_redirect(), "{error:?}");
    assert!(
        !error.is_retryable() && !error.is_outcome_unknown(),
        "{error:?}"
    );
    assert_eq!(error.http_status(), Some(304));
    assert_eq!(error.to_string(), "photos.albums.get: 304: not modified");

    let moved = FakeResponse::status(302).with_header("location", "https://other.example/");
    let error = error_of(moved).await;
    assert!(error.is_redirect() && !error.is_not_modified(), "{error:?}");
}

/// RFC 9110, section 15.5.13, and how the JSON API of Cloud Storage says that an entity tag or a
/// generation is another one (`conditionNotMet`).
#[tokio::test]
async fn status_412_has_its_predicate() {
    let body = r#"{"error": {"code": 412, "message": "At least one of the pre-conditions you specified did not hold.",
        "errors": [{"domain": "global", "reason": "conditionNotMet"}]}}"#;
    for response in [FakeResponse::status(412), FakeResponse::json(412, body)] {
        let error = error_of(response).await;
        assert!(error.is_precondition_failed(), "{error:?}");
        assert!(
            !error.is_conflict() && !error.is_invalid_argument(),
            "{error:?}"
        );
        assert!(
            !error.is_outcome_unknown() && !error.is_retryable(),
            "{error:?}"
        );
    }
}

/// The mapping of `google/rpc/code.proto`: one status stands for several codes.
#[tokio::test]
async fn error_predicates_follow_google_rpc_codes() {
    type Is = fn(&Error) -> bool;
    let cases: [(u16, &str, Is, Is); 7] = [
        (
            400,
            "INVALID_ARGUMENT",
            Error::is_invalid_argument,
            Error::is_precondition_failed,
        ),
        (
            400,
            "FAILED_PRECONDITION",
            Error::is_precondition_failed,
            Error::is_invalid_argument,
        ),
        (
            400,
            "OUT_OF_RANGE",
            Error::is_out_of_range,
            Error::is_precondition_failed,
        ),
        (
            409,
            "ALREADY_EXISTS",
            Error::is_conflict,
            Error::is_precondition_failed,
        ),
        (
            409,
            "ABORTED",
            Error::is_conflict,
            Error::is_precondition_failed,
        ),
        (
            412,
            "FAILED_PRECONDITION",
            Error::is_precondition_failed,
            Error::is_conflict,
        ),
        (
            416,
            "OUT_OF_RANGE",
            Error::is_out_of_range,
            Error::is_invalid_argument,
        ),
    ];
    for (status, code, is, is_not) in cases {
        let error = error_of(FakeResponse::error(status, code, "Why.")).await;
        assert!(is(&error) && !is_not(&error), "{status} {code}: {error:?}");
        assert_eq!(
            error.rpc_status().unwrap().code.as_ref().map(Code::as_str),
            Some(code)
        );
    }
}
