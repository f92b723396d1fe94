//! Responses that ask to wait.

use discovery_runtime::Error;
use discovery_runtime::transport::FakeResponse;

use super::After::{Fail, Retry, Unknown};
use super::{Fault, api_error};
use crate::support::*;

pub(super) fn faults() -> Vec<Fault> {
    let too_many = || api_error(429, "RESOURCE_EXHAUSTED");
    let reason = |status: u16, reason: &str| {
        FakeResponse::json(
            status,
            format!(r#"{{"error": {{"code": {status}, "errors": [{{"reason": "{reason}"}}]}}}}"#),
        )
    };
    let rated = |error: &Error| error.is_quota_exceeded() && error.is_rate_limited();
    vec![
        Fault::new(
            "too many",
            too_many(),
            [Retry(30 + 1), Retry(30 + 1), Fail],
            |error| error.retry_after() == Some(seconds(30)),
        ),
        Fault::new(
            "too many, for seconds",
            too_many().with_header("retry-after", "40"),
            [Retry(40 + 1), Retry(40 + 1), Fail],
            |error| error.retry_after() == Some(seconds(40)),
        ),
        Fault::new(
            "too many, for less than the service asks for",
            too_many().with_header("retry-after", "1"),
            [Retry(30 + 1), Retry(30 + 1), Fail],
            rated,
        ),
        Fault::new(
            "too many, until a date of another clock",
            too_many()
                .with_header("date", "Sun, 06 Nov 1994 08:49:37 GMT")
                .with_header("retry-after", "Sun, 06 Nov 1994 08:50:12 GMT"),
            [Retry(35 + 1), Retry(35 + 1), Fail],
            rated,
        ),
        Fault::new(
            "too many, for a day",
            too_many().with_header("retry-after", "86400"),
            [Fail, Fail, Fail],
            |error| error.retry_after() == Some(seconds(86_400)),
        ),
        Fault::new(
            "unavailable, for a day",
            api_error(503, "UNAVAILABLE").with_header("retry-after", "86400"),
            [Fail, Unknown, Unknown],
            |error| error.retry_after() == Some(seconds(86_400)),
        ),
        Fault::new(
            "unavailable, for seconds",
            api_error(503, "UNAVAILABLE").with_header("retry-after", "7"),
            [Retry(7 + 1), Unknown, Unknown],
            Error::is_server_error,
        ),
        Fault::new(
            "the day is over",
            FakeResponse::error(
                429,
                "RESOURCE_EXHAUSTED",
                "Quota exceeded: limit 'All requests per day'.",
            ),
            [Fail, Fail, Fail],
            |error| error.is_quota_exceeded() && !error.is_rate_limited() && !error.is_retryable(),
        ),
        Fault::new(
            "403 for a rate",
            reason(403, "userRateLimitExceeded"),
            [Retry(30 + 1), Retry(30 + 1), Fail],
            rated,
        ),
        Fault::new(
            "403 for a day",
            reason(403, "dailyLimitExceeded"),
            [Fail, Fail, Fail],
            |error| error.is_quota_exceeded() && !error.is_permission_denied(),
        ),
    ]
}
