//! Errors that a server responds with.

use discovery_runtime::Error;
use discovery_runtime::transport::FakeResponse;

use super::After::{Fail, Retry, Unknown};
use super::{Fault, api_error, html};

#[allow(clippy::too_many_lines, reason = "a table is as long as it is")]
pub(super) fn faults() -> Vec<Fault> {
    vec![
        Fault::new(
            "a page of a gateway",
            html(502),
            [Retry(1), Unknown, Unknown],
            |error| {
                error.is_server_error() && error.body().is_some_and(|body| body.contains("Sign in"))
            },
        ),
        Fault::new(
            "the server failed",
            api_error(500, "INTERNAL"),
            [Retry(1), Unknown, Unknown],
            Error::is_server_error,
        ),
        Fault::new(
            "unavailable",
            api_error(503, "UNAVAILABLE"),
            [Retry(1), Unknown, Unknown],
            Error::is_server_error,
        ),
        Fault::new(
            "an error whose body breaks off",
            api_error(503, "UNAVAILABLE").cut_off(),
            [Retry(1), Unknown, Unknown],
            |error| error.is_server_error() && error.rpc_status().is_some(),
        ),
        Fault::new(
            "an error whose body stops",
            api_error(503, "UNAVAILABLE").stalled(),
            [Retry(30 + 1), Unknown, Unknown],
            |error| error.is_server_error() && !error.is_timeout(),
        ),
        Fault::new(
            "the gateway gave up",
            api_error(504, "DEADLINE_EXCEEDED"),
            [Retry(1), Unknown, Unknown],
            Error::is_server_error,
        ),
        Fault::new(
            "the request came too slowly",
            FakeResponse::status(408),
            [Retry(1), Unknown, Unknown],
            |error| error.http_status() == Some(408),
        ),
        Fault::new(
            "not implemented",
            api_error(501, "UNIMPLEMENTED"),
            [Fail, Fail, Fail],
            |error| error.is_server_error() && !error.is_retryable(),
        ),
        Fault::new(
            "not allowed",
            api_error(403, "PERMISSION_DENIED"),
            [Fail, Fail, Fail],
            |error| error.is_permission_denied() && !error.is_quota_exceeded(),
        ),
        Fault::new(
            "not there",
            api_error(404, "NOT_FOUND"),
            [Fail, Fail, Fail],
            Error::is_not_found,
        ),
        Fault::new(
            "not there, in the form of a result",
            FakeResponse::json(404, r#"{"id": "a"}"#),
            [Fail, Fail, Fail],
            |error| error.is_not_found() && error.rpc_status().is_none(),
        ),
        Fault::new(
            "aborted",
            api_error(409, "ABORTED"),
            [Fail, Unknown, Unknown],
            Error::is_conflict,
        ),
        Fault::new(
            "it exists",
            api_error(409, "ALREADY_EXISTS"),
            [Fail, Fail, Fail],
            Error::is_conflict,
        ),
        Fault::new(
            "wrong",
            api_error(400, "INVALID_ARGUMENT"),
            [Fail, Fail, Fail],
            Error::is_invalid_argument,
        ),
        Fault::new(
            "elsewhere",
            FakeResponse::status(308).with_header("location", "https://evil.example/?code=CANARY"),
            [Fail, Fail, Fail],
            |error| {
                error.is_redirect()
                    && error.to_string().contains("evil.example")
                    && !error.to_string().contains("CANARY")
            },
        ),
        Fault::new(
            "elsewhere, without saying where",
            FakeResponse::status(308),
            [Fail, Fail, Fail],
            Error::is_redirect,
        ),
    ]
}
