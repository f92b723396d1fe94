//! The retry loop on a clock that tests move.

use std::sync::Arc;
use std::time::Duration;

use super::*;
use crate::codegen::RetrySafety;
use crate::error::{Error, ErrorKind};
use crate::transport::Headers;
use crate::{Clock as _, Credentials, HttpMethod, TestClock};

fn retry_loop(clock: &TestClock, budget: &RetryBudget) -> RetryLoop {
    RetryLoop::new(RetryTerms {
        id: "albums.get",
        scopes: &[],
        http: HttpMethod::Get,
        safety: RetrySafety::Idempotent,
        policy: RetryPolicy::default().with_jitter(Jitter::none()),
        total: Some(Duration::from_secs(60)),
        budget: budget.clone(),
        clock: Arc::new(clock.clone()),
        credentials: Credentials::anonymous(),
    })
}

fn error(status: u16) -> Error {
    Error::from_response(status, Headers::new(), b"", None)
}

#[tokio::test]
async fn delays_double_until_attempts_end() {
    let clock = TestClock::new();
    let mut retry = retry_loop(&clock, &RetryBudget::default());
    for failed in 1..5 {
        retry.begin();
        assert!(retry.retry(error(503), false).await.is_ok(), "{failed}");
    }
    assert_eq!(clock.now().as_secs(), 1 + 2 + 4 + 8);
    retry.begin();
    let last = retry.retry(error(503), false).await.unwrap_err();
    let waits: Vec<_> = retry
        .finish(last)
        .attempts()
        .iter()
        .map(|attempt| attempt.waited.as_secs())
        .collect();
    assert_eq!(waits, [0, 1, 2, 4, 8]);
}

#[tokio::test]
async fn progress_begins_the_count_again() {
    let clock = TestClock::new();
    let mut retry = retry_loop(&clock, &RetryBudget::new(1));
    // The budget has one retry, and gets it back with the progress that the retry made.
    for _ in 0..10 {
        assert!(retry.retry(error(503), false).await.is_ok());
        retry.progress();
        assert_eq!(retry.recorded(), 0);
    }
    assert_eq!(clock.now().as_secs(), 10);
}

#[tokio::test]
async fn a_permanent_error_is_recorded_once() {
    let clock = TestClock::new();
    for status in [400, 401, 404] {
        let mut retry = retry_loop(&clock, &RetryBudget::default());
        let end = retry.retry(error(status), false).await.unwrap_err();
        assert_eq!(retry.finish(end).attempts().len(), 1, "{status}");
    }
}

#[tokio::test]
async fn a_truncated_response_is_retried_once() {
    let clock = TestClock::new();
    let truncated = || Error::new(ErrorKind::Body(crate::error::BodyProblem::Truncated));
    let mut retry = retry_loop(&clock, &RetryBudget::default());
    assert!(retry.retry(truncated(), false).await.is_ok());
    assert!(retry.retry(truncated(), false).await.is_err());
}

#[tokio::test]
async fn an_empty_budget_ends_the_loop_and_the_error_says_so() {
    let clock = TestClock::new();
    let mut retry = retry_loop(&clock, &RetryBudget::new(0));
    let end = retry.retry(error(503), false).await.unwrap_err();
    assert!(end.to_string().contains("not retried"), "{end}");
    assert!(clock.now().is_zero());
}
