//! What becomes of a read and of a write when something goes wrong: each fault once, with the
//! requests that it takes, the time that passes, and what the error says.

mod support;

use discovery_runtime::transport::{FakeAnswer, TransportError};
use discovery_runtime::{Error, Result};
use support::*;

/// What a call does after one fault, if the next answer is a good one.
#[derive(Debug, PartialEq)]
enum After {
    /// It is made again after so many seconds, and succeeds.
    Repeat(u64),
    /// It fails; nothing was carried out, or the answer says what was.
    Fail,
    /// It fails, and nobody knows whether it was carried out.
    Unknown,
}
use After::{Fail, Repeat, Unknown};

struct Fault {
    name: &'static str,
    answer: FakeAnswer,
    read: After,
    /// A write that may be repeated if it was refused, and one that may not.
    create: After,
    add: After,
    is: fn(&Error) -> bool,
}

fn api_error(status: u16, code: &str) -> FakeAnswer {
    FakeAnswer::error(status, code, "What happened.")
}

fn html(status: u16) -> FakeAnswer {
    FakeAnswer::body(status, "text/html", "<html><title>Sign in</title></html>")
}

fn connection_faults() -> Vec<Fault> {
    vec![
        Fault {
            name: "F01, F02: no connection",
            answer: refused(),
            read: Repeat(1),
            create: Repeat(1),
            add: Repeat(1),
            is: Error::is_connect,
        },
        Fault {
            name: "F02: no connection in time",
            answer: FakeAnswer::failure(TransportError::connect_timeout),
            read: Repeat(1),
            create: Repeat(1),
            add: Repeat(1),
            is: |error| error.is_connect() && error.is_timeout(),
        },
        Fault {
            name: "F03: no trust",
            answer: FakeAnswer::failure(|| TransportError::tls("unknown issuer")),
            read: Fail,
            create: Fail,
            add: Fail,
            is: |error| error.is_connect() && error.is_tls() && !error.is_retryable(),
        },
        Fault {
            name: "F04: reset after the request",
            answer: reset(),
            read: Repeat(1),
            create: Unknown,
            add: Unknown,
            is: |error| !error.is_connect() && error.http_status().is_none(),
        },
        Fault {
            name: "F05: reset before the request",
            answer: FakeAnswer::failure(|| TransportError::not_processed("connection closed")),
            read: Repeat(1),
            create: Repeat(1),
            add: Repeat(1),
            is: Error::is_retryable,
        },
        Fault {
            name: "F06: reset in the response",
            answer: album().cut_off(),
            read: Repeat(1),
            create: Unknown,
            add: Unknown,
            is: |error| error.http_status() == Some(200) && !error.is_decode(),
        },
        Fault {
            name: "F27, F30: no response",
            answer: FakeAnswer::silence(),
            read: Repeat(30 + 1),
            create: Unknown,
            add: Unknown,
            is: Error::is_timeout,
        },
        Fault {
            name: "F28: a response that stops",
            answer: album().stalled(),
            read: Repeat(30 + 1),
            create: Unknown,
            add: Unknown,
            is: |error| error.is_timeout() && error.http_status() == Some(200),
        },
        Fault {
            name: "F42: a proxy that refuses",
            answer: FakeAnswer::failure(|| TransportError::proxy("407")),
            read: Fail,
            create: Fail,
            add: Fail,
            is: |error| error.is_proxy() && error.is_connect(),
        },
    ]
}

fn body_faults() -> Vec<Fault> {
    vec![
        Fault {
            name: "F08: half of the JSON",
            answer: FakeAnswer::json(200, r#"{"id": "a", "tit"#),
            read: Repeat(1),
            create: Unknown,
            add: Unknown,
            is: |error| error.is_decode() && error.http_status() == Some(200),
        },
        Fault {
            name: "F10: a page instead of data",
            answer: html(200),
            read: Fail,
            create: Unknown,
            add: Unknown,
            is: |error| error.is_decode() && error.to_string().contains("text/html"),
        },
        Fault {
            name: "other JSON",
            answer: FakeAnswer::json(200, r#"{"title": ["secret"]}"#),
            read: Fail,
            create: Unknown,
            add: Unknown,
            is: |error| error.is_decode() && error.to_string().contains("title") && !error.to_string().contains("secret"),
        },
        Fault {
            name: "an encoding that nobody asked for",
            answer: album().with_header("content-encoding", "br"),
            read: Fail,
            create: Unknown,
            add: Unknown,
            is: |error| error.is_decode() && error.to_string().contains("br"),
        },
        Fault {
            name: "F38, F39: too much",
            answer: FakeAnswer::json(200, vec![b' '; (32 << 20) + 1]),
            read: Fail,
            create: Unknown,
            add: Unknown,
            is: |error| error.is_decode() && error.is_too_large(),
        },
        Fault {
            name: "F40: nothing",
            answer: FakeAnswer::json(200, ""),
            read: Fail,
            create: Unknown,
            add: Unknown,
            is: |error| error.is_decode() && error.to_string().contains("empty"),
        },
        Fault {
            name: "F40: no content",
            answer: FakeAnswer::status(204),
            read: Fail,
            create: Unknown,
            add: Unknown,
            is: |error| error.is_decode() && error.http_status() == Some(204),
        },
    ]
}

fn answers() -> Vec<Fault> {
    vec![
        Fault {
            name: "F11: a page of a gateway",
            answer: html(502),
            read: Repeat(1),
            create: Unknown,
            add: Unknown,
            is: |error| error.is_server_error() && error.body().is_some_and(|body| body.contains("Sign in")),
        },
        Fault {
            name: "F12: the server failed",
            answer: api_error(500, "INTERNAL"),
            read: Repeat(1),
            create: Unknown,
            add: Unknown,
            is: Error::is_server_error,
        },
        Fault {
            name: "F13: unavailable",
            answer: api_error(503, "UNAVAILABLE"),
            read: Repeat(1),
            create: Unknown,
            add: Unknown,
            is: Error::is_server_error,
        },
        Fault {
            name: "an error whose body breaks off",
            answer: api_error(503, "UNAVAILABLE").cut_off(),
            read: Repeat(1),
            create: Unknown,
            add: Unknown,
            is: |error| error.is_server_error() && error.rpc_status().is_some(),
        },
        Fault {
            name: "an error whose body stops",
            answer: api_error(503, "UNAVAILABLE").stalled(),
            read: Repeat(30 + 1),
            create: Unknown,
            add: Unknown,
            is: |error| error.is_server_error() && !error.is_timeout(),
        },
        Fault {
            name: "F15: the gateway gave up",
            answer: api_error(504, "DEADLINE_EXCEEDED"),
            read: Repeat(1),
            create: Unknown,
            add: Unknown,
            is: Error::is_server_error,
        },
        Fault {
            name: "F15: the request came too slowly",
            answer: FakeAnswer::status(408),
            read: Repeat(1),
            create: Unknown,
            add: Unknown,
            is: |error| error.http_status() == Some(408),
        },
        Fault {
            name: "not implemented",
            answer: api_error(501, "UNIMPLEMENTED"),
            read: Fail,
            create: Fail,
            add: Fail,
            is: |error| error.is_server_error() && !error.is_retryable(),
        },
        Fault {
            name: "F23: not allowed",
            answer: api_error(403, "PERMISSION_DENIED"),
            read: Fail,
            create: Fail,
            add: Fail,
            is: |error| error.is_permission_denied() && !error.is_quota_exceeded(),
        },
        Fault {
            name: "F24: not there",
            answer: api_error(404, "NOT_FOUND"),
            read: Fail,
            create: Fail,
            add: Fail,
            is: Error::is_not_found,
        },
        Fault {
            name: "F24: not there, in the form of a result",
            answer: FakeAnswer::json(404, r#"{"id": "a"}"#),
            read: Fail,
            create: Fail,
            add: Fail,
            is: |error| error.is_not_found() && error.rpc_status().is_none(),
        },
        Fault {
            name: "F25: aborted",
            answer: api_error(409, "ABORTED"),
            read: Fail,
            create: Unknown,
            add: Unknown,
            is: Error::is_conflict,
        },
        Fault {
            name: "it exists",
            answer: api_error(409, "ALREADY_EXISTS"),
            read: Fail,
            create: Fail,
            add: Fail,
            is: Error::is_conflict,
        },
        Fault {
            name: "F26: wrong",
            answer: api_error(400, "INVALID_ARGUMENT"),
            read: Fail,
            create: Fail,
            add: Fail,
            is: Error::is_invalid_argument,
        },
        Fault {
            name: "F35, F36: elsewhere",
            answer: FakeAnswer::status(308).with_header("location", "https://evil.example/?code=CANARY"),
            read: Fail,
            create: Fail,
            add: Fail,
            is: |error| error.is_redirect() && error.to_string().contains("evil.example") && !error.to_string().contains("CANARY"),
        },
        Fault {
            name: "F35: elsewhere, without saying where",
            answer: FakeAnswer::status(308),
            read: Fail,
            create: Fail,
            add: Fail,
            is: Error::is_redirect,
        },
    ]
}

fn quotas() -> Vec<Fault> {
    let too_many = || api_error(429, "RESOURCE_EXHAUSTED");
    let reason = |status: u16, reason: &str| {
        FakeAnswer::json(status, format!(r#"{{"error": {{"code": {status}, "errors": [{{"reason": "{reason}"}}]}}}}"#))
    };
    let rated = |error: &Error| error.is_quota_exceeded() && error.is_rate_limited();
    vec![
        Fault {
            name: "F16: too many",
            answer: too_many(),
            read: Repeat(30 + 1),
            create: Repeat(30 + 1),
            add: Fail,
            is: |error| error.retry_after() == Some(seconds(30)),
        },
        Fault {
            name: "F17: too many, for seconds",
            answer: too_many().with_header("retry-after", "40"),
            read: Repeat(40 + 1),
            create: Repeat(40 + 1),
            add: Fail,
            is: |error| error.retry_after() == Some(seconds(40)),
        },
        Fault {
            name: "F17: too many, for less than the service asks for",
            answer: too_many().with_header("retry-after", "1"),
            read: Repeat(30 + 1),
            create: Repeat(30 + 1),
            add: Fail,
            is: rated,
        },
        Fault {
            name: "F18: too many, until a date of another clock",
            answer: too_many()
                .with_header("date", "Sun, 06 Nov 1994 08:49:37 GMT")
                .with_header("retry-after", "Sun, 06 Nov 1994 08:50:12 GMT"),
            read: Repeat(35 + 1),
            create: Repeat(35 + 1),
            add: Fail,
            is: rated,
        },
        Fault {
            name: "F19: too many, for a day",
            answer: too_many().with_header("retry-after", "86400"),
            read: Fail,
            create: Fail,
            add: Fail,
            is: |error| error.retry_after() == Some(seconds(86_400)),
        },
        Fault {
            name: "F19: unavailable, for a day",
            answer: api_error(503, "UNAVAILABLE").with_header("retry-after", "86400"),
            read: Fail,
            create: Unknown,
            add: Unknown,
            is: |error| error.retry_after() == Some(seconds(86_400)),
        },
        Fault {
            name: "unavailable, for seconds",
            answer: api_error(503, "UNAVAILABLE").with_header("retry-after", "7"),
            read: Repeat(7 + 1),
            create: Unknown,
            add: Unknown,
            is: Error::is_server_error,
        },
        Fault {
            name: "F20: the day is over",
            answer: FakeAnswer::error(429, "RESOURCE_EXHAUSTED", "Quota exceeded: limit 'All requests per day'."),
            read: Fail,
            create: Fail,
            add: Fail,
            is: |error| error.is_quota_exceeded() && !error.is_rate_limited() && !error.is_retryable(),
        },
        Fault {
            name: "403 for a rate",
            answer: reason(403, "userRateLimitExceeded"),
            read: Repeat(30 + 1),
            create: Repeat(30 + 1),
            add: Fail,
            is: rated,
        },
        Fault {
            name: "403 for a day",
            answer: reason(403, "dailyLimitExceeded"),
            read: Fail,
            create: Fail,
            add: Fail,
            is: |error| error.is_quota_exceeded() && !error.is_permission_denied(),
        },
    ]
}

fn check(name: &str, setup: &Setup, expected: &After, result: Result<Album>, is: fn(&Error) -> bool) {
    let requests = setup.server.request_count();
    let actual = match &result {
        Ok(_) => Repeat(setup.seconds()),
        Err(error) if error.is_outcome_unknown() => Unknown,
        Err(_) => Fail,
    };
    assert_eq!(&actual, expected, "{name}: {result:?}");
    match result {
        Ok(_) => assert_eq!(requests, 2, "{name}"),
        Err(error) => {
            assert_eq!(requests, 1, "{name}: {error}");
            assert!(is(&error), "{name}: {error:?}");
            assert!(!error.to_string().contains('\n'), "{name}: {error}");
            assert!(!(error.is_outcome_unknown() && error.is_retryable()), "{name}: {error}");
            assert_eq!(error.attempts().len(), 1, "{name}");
            assert!(error.method().is_some(), "{name}");
        }
    }
}

#[tokio::test]
async fn one_fault_and_then_an_answer() {
    let faults = [connection_faults(), body_faults(), answers(), quotas()];
    for fault in faults.into_iter().flatten() {
        let fresh = || {
            let setup = setup();
            setup.answer([fault.answer.clone(), album()]);
            setup
        };
        let setup = fresh();
        check(fault.name, &setup, &fault.read, setup.client.get("a").send().await, fault.is);
        let setup = fresh();
        check(fault.name, &setup, &fault.create, setup.client.create().send().await, fault.is);
        let setup = fresh();
        check(fault.name, &setup, &fault.add, setup.client.add().send().await, fault.is);
    }
}

#[tokio::test]
async fn a_fault_that_stays_ends_in_its_error() {
    let faults = [connection_faults(), body_faults(), answers(), quotas()];
    for fault in faults.into_iter().flatten() {
        let setup = setup();
        setup.server.answer_always(fault.answer.clone());
        let error = setup.client.get("a").send().await.expect_err(fault.name);
        assert!((fault.is)(&error), "{}: {error:?}", fault.name);
        assert!(!error.is_outcome_unknown(), "{}: a read has no outcome", fault.name);
        assert_eq!(error.attempts().len(), setup.server.request_count(), "{}", fault.name);
        assert!(setup.seconds() <= 60, "{}: {} s", fault.name, setup.seconds());
        assert!(error.attempts().len() <= 5, "{}", fault.name);
    }
}

#[tokio::test]
async fn the_accident_of_a_cut_off_body_happens_once() {
    let setup = setup();
    setup.server.answer_always(FakeAnswer::json(200, "{"));
    let error = setup.client.get("a").send().await.unwrap_err();
    assert!(error.is_decode());
    assert_eq!(setup.server.request_count(), 2);

    let setup = setup_with(|builder| builder.timeouts(discovery_runtime::Timeouts::default().with_total(None)));
    setup.server.answer_always(album().stalled());
    let error = setup.client.get("a").send().await.unwrap_err();
    assert!(error.is_timeout());
    assert_eq!(setup.server.request_count(), 2);
}
