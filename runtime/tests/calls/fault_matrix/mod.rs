//! What becomes of a read and of a write when something goes wrong: each fault once, with the
//! requests that it takes, the time that passes, and what the error says.

mod bodies;
mod connections;
mod error_statuses;
mod paging;
mod quotas;

use crate::support::*;
use discovery_runtime::transport::FakeResponse;
use discovery_runtime::{Error, Result};

/// What a call does after one fault, if the next response is a good one.
#[derive(Debug, PartialEq)]
enum After {
    /// It is made again after so many seconds, and succeeds.
    Retry(u64),
    /// It fails; nothing was carried out, or the response says what was.
    Fail,
    /// It fails, and nobody knows whether it was carried out.
    Unknown,
}
use After::{Fail, Retry, Unknown};

/// What goes wrong, and what follows from it.
struct Fault {
    name: &'static str,
    response: FakeResponse,
    /// For a read, for a write that may be retried if it was rejected, and for one that may not.
    after: [After; 3],
    /// What the error says of itself.
    is: fn(&Error) -> bool,
}

impl Fault {
    fn new(
        name: &'static str,
        response: FakeResponse,
        after: [After; 3],
        is: fn(&Error) -> bool,
    ) -> Self {
        Self {
            name,
            response,
            after,
            is,
        }
    }
}

fn faults() -> Vec<Fault> {
    let groups = [
        connections::faults(),
        bodies::faults(),
        error_statuses::faults(),
        quotas::faults(),
    ];
    groups.into_iter().flatten().collect()
}

fn api_error(status: u16, code: &str) -> FakeResponse {
    FakeResponse::error(status, code, "What happened.")
}

fn html(status: u16) -> FakeResponse {
    FakeResponse::body(status, "text/html", "<html><title>Sign in</title></html>")
}

fn check(
    name: &str,
    setup: &Setup,
    expected: &After,
    result: Result<Album>,
    is: fn(&Error) -> bool,
) {
    let requests = setup.server.request_count();
    let actual = match &result {
        Ok(_) => Retry(setup.seconds()),
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
            assert!(
                !(error.is_outcome_unknown() && error.is_retryable()),
                "{name}: {error}"
            );
            assert_eq!(error.attempts().len(), 1, "{name}");
            assert!(error.method().is_some(), "{name}");
        }
    }
}

#[tokio::test]
async fn each_fault_once_then_success() {
    for fault in faults() {
        let [read, create, add] = &fault.after;
        let fresh = || {
            let setup = setup();
            setup.respond([fault.response.clone(), album()]);
            setup
        };
        let setup = fresh();
        check(
            fault.name,
            &setup,
            read,
            setup.client.get("a").send().await,
            fault.is,
        );
        let setup = fresh();
        check(
            fault.name,
            &setup,
            create,
            setup.client.create().send().await,
            fault.is,
        );
        let setup = fresh();
        check(
            fault.name,
            &setup,
            add,
            setup.client.add().send().await,
            fault.is,
        );
    }
}

#[tokio::test]
async fn each_fault_that_stays_ends_in_its_error() {
    for fault in faults() {
        let setup = setup();
        setup.server.respond_always(fault.response.clone());
        let error = setup.client.get("a").send().await.expect_err(fault.name);
        assert!((fault.is)(&error), "{}: {error:?}", fault.name);
        assert!(
            !error.is_outcome_unknown(),
            "{}: a read has no outcome",
            fault.name
        );
        assert_eq!(
            error.attempts().len(),
            setup.server.request_count(),
            "{}",
            fault.name
        );
        assert!(
            setup.seconds() <= 60,
            "{}: {} s",
            fault.name,
            setup.seconds()
        );
        assert!(error.attempts().len() <= 5, "{}", fault.name);
    }
}

#[tokio::test]
async fn truncated_response_is_retried_once() {
    let setup = setup();
    setup.server.respond_always(FakeResponse::json(200, "{"));
    let error = setup.client.get("a").send().await.unwrap_err();
    assert!(error.is_decode());
    assert_eq!(setup.server.request_count(), 2);

    let setup = setup_with(|builder| {
        builder.timeouts(discovery_runtime::Timeouts::default().with_total(None))
    });
    setup.server.respond_always(album().stalled());
    let error = setup.client.get("a").send().await.unwrap_err();
    assert!(error.is_timeout());
    assert_eq!(setup.server.request_count(), 2);
}
