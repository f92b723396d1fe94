//! Retries: how many, when, and when no more.

use std::task::{Context, Waker};

use discovery_runtime::transport::FakeResponse;
use discovery_runtime::{
    AttemptOutcome, CallOptions, Clock as _, Jitter, RetryBudget, RetryPolicy, Timeouts,
};

use crate::support::*;

fn unavailable() -> FakeResponse {
    FakeResponse::error(503, "UNAVAILABLE", "Try again.")
}

#[tokio::test]
async fn retry_delays_grow_and_attempts_are_limited() {
    let setup = setup();
    setup.server.respond_always(unavailable());
    let error = setup.client.get("a").send().await.unwrap_err();
    let times: Vec<_> = setup
        .server
        .requests()
        .iter()
        .map(|request| request.time.as_secs())
        .collect();
    assert_eq!(times, [0, 1, 3, 7, 15]);
    assert_eq!(statuses(error.attempts()), [Some(503); 5]);
    let waits: Vec<_> = error
        .attempts()
        .iter()
        .map(|attempt| attempt.waited.as_secs())
        .collect();
    assert_eq!(waits, [0, 1, 2, 4, 8]);
    let starts: Vec<_> = error
        .attempts()
        .iter()
        .map(|attempt| attempt.started.as_secs())
        .collect();
    assert_eq!(starts, times);
    assert!(error.is_retryable());
    assert_eq!(
        error.to_string(),
        "photos.albums.get: 503 UNAVAILABLE: Try again.; after 5 attempts"
    );
}

#[tokio::test]
async fn attempts_count_faults_of_all_kinds_together() {
    let setup = setup();
    setup.respond([
        refused(),
        reset(),
        unavailable(),
        FakeResponse::json(200, "{"),
        album(),
    ]);
    assert_eq!(
        setup.client.get("a").send().await.unwrap().id.as_deref(),
        Some("a")
    );
    assert_eq!(setup.seconds(), 1 + 2 + 4 + 8);
    setup.server.assert_finished();
}

#[tokio::test]
async fn write_is_not_retried_after_an_unknown_outcome() {
    let setup = setup();
    setup.respond([
        refused(),
        FakeResponse::error(429, "RESOURCE_EXHAUSTED", "Slow down."),
        reset(),
    ]);
    let error = setup.client.create().send().await.unwrap_err();
    assert!(error.is_outcome_unknown());
    let outcomes: Vec<_> = error
        .attempts()
        .iter()
        .map(|attempt| attempt.outcome)
        .collect();
    assert_eq!(
        outcomes,
        [
            AttemptOutcome::NotSent,
            AttemptOutcome::Failed,
            AttemptOutcome::Interrupted
        ]
    );
    setup.server.assert_finished();
}

#[tokio::test]
async fn retry_delay_never_exceeds_the_deadline() {
    let setup = setup();
    setup
        .server
        .respond_always(unavailable().with_header("retry-after", "30"));
    let options = CallOptions::default().with_total_timeout(seconds(1));
    let error = setup
        .client
        .get("a")
        .options(options)
        .send()
        .await
        .unwrap_err();
    assert_eq!(error.retry_after(), Some(seconds(30)));
    assert!(!error.is_timeout());
    assert_eq!((setup.seconds(), setup.server.request_count()), (0, 1));
}

#[tokio::test]
async fn retry_delay_that_just_fits_the_deadline_is_taken() {
    // 50 seconds fit in 60, with a second of backoff; after it there is no time for 50 more.
    let setup = setup();
    setup
        .server
        .respond_always(unavailable().with_header("retry-after", "50"));
    let error = setup.client.get("a").send().await.unwrap_err();
    assert_eq!((setup.seconds(), setup.server.request_count()), (51, 2));
    assert_eq!(error.retry_after(), Some(seconds(50)));

    // 59.5 seconds fit as well, without the backoff that would be too much.
    let setup = crate::support::setup();
    let body = r#"{"error": {"status": "UNAVAILABLE", "details": [
        {"@type": "type.googleapis.com/google.rpc.RetryInfo", "retryDelay": "59.5s"}]}}"#;
    setup.respond([FakeResponse::json(503, body), album()]);
    assert!(setup.client.get("a").send().await.is_ok());
    assert_eq!(setup.clock.now().as_millis(), 59_500);
}

#[tokio::test]
async fn retry_after_is_capped() {
    let client = || setup_with(|builder| builder.timeouts(Timeouts::default().with_total(None)));
    let setup = client();
    setup.respond([unavailable().with_header("retry-after", "300"), album()]);
    assert!(setup.client.get("a").send().await.is_ok());
    assert_eq!(setup.seconds(), 301);

    let setup = client();
    setup.respond([unavailable().with_header("retry-after", "301")]);
    let error = setup.client.get("a").send().await.unwrap_err();
    assert_eq!(
        (setup.seconds(), error.retry_after()),
        (0, Some(seconds(301)))
    );
}

#[tokio::test]
async fn deadline_ends_the_call() {
    let setup = setup();
    setup.server.respond_always(FakeResponse::silence());
    let error = setup.client.get("a").send().await.unwrap_err();
    assert!(error.is_timeout());
    assert_eq!((setup.seconds(), setup.server.request_count()), (60, 2));

    let setup = crate::support::setup();
    setup.server.respond_always(FakeResponse::silence());
    let options = CallOptions::default()
        .with_total_timeout(seconds(5))
        .with_attempt_timeout(seconds(2));
    let error = setup
        .client
        .create()
        .options(options)
        .send()
        .await
        .unwrap_err();
    assert!(error.is_timeout() && error.is_outcome_unknown());
    assert_eq!((setup.seconds(), setup.server.request_count()), (2, 1));
}

#[tokio::test]
async fn slow_response_within_the_deadline_is_accepted() {
    let setup = setup();
    setup.respond([album().with_delay(seconds(29))]);
    assert!(setup.client.get("a").send().await.is_ok());
    assert_eq!(setup.seconds(), 29);
}

#[tokio::test]
async fn retries_can_be_switched_off_and_on() {
    let setup = setup();
    setup.respond([refused()]);
    let off = CallOptions::default().with_retry(RetryPolicy::none());
    let error = setup.client.get("a").options(off).send().await.unwrap_err();
    assert!(error.is_connect() && error.is_retryable());

    setup.respond([reset(), album()]);
    let on = CallOptions::default().with_idempotent(true);
    assert!(setup.client.add().options(on).send().await.is_ok());

    setup.respond([reset()]);
    let never = CallOptions::default().with_idempotent(false);
    let error = setup
        .client
        .get("a")
        .options(never)
        .send()
        .await
        .unwrap_err();
    assert!(
        !error.is_outcome_unknown(),
        "a call that only reads has no outcome (RFC 9110, section 9.2.1)"
    );
    assert_eq!(error.attempts().len(), 1);
    setup.server.assert_finished();
}

#[tokio::test]
async fn jitter_scales_the_retry_delay() {
    let policy = RetryPolicy::default().with_jitter(Jitter::from_fn(|| 0.5));
    let setup = setup_with(|builder| builder.retry(policy));
    setup.respond([
        unavailable(),
        unavailable().with_header("retry-after", "10"),
        album(),
    ]);
    setup.client.get("a").send().await.unwrap();
    assert_eq!(setup.clock.now().as_millis(), 500 + 10_000 + 1_000);
}

#[tokio::test]
async fn retry_budget_limits_retries_in_an_outage() {
    const CALLS: usize = 10_000;
    let setup = setup();
    setup.server.respond_always(unavailable());
    for _ in 0..CALLS {
        let error = setup.client.get("a").send().await.unwrap_err();
        assert!(error.is_retryable());
    }
    let requests = setup.server.request_count();
    assert!(
        requests <= CALLS * 6 / 5,
        "{requests} requests for {CALLS} calls"
    );
    let error = setup.client.get("a").send().await.unwrap_err();
    assert!(
        error
            .to_string()
            .contains("too many calls of this client failed"),
        "{error}"
    );

    // The server is back: the first call succeeds, and retries come back with the successes.
    let now = setup.seconds();
    setup.server.respond_always(album());
    for _ in 0..10 {
        setup.client.get("a").send().await.unwrap();
    }
    assert_eq!(setup.seconds(), now);
    setup.respond([refused()]);
    setup.client.get("a").send().await.unwrap();
}

#[tokio::test]
async fn retry_budget_can_be_shared_by_clients() {
    let budget = RetryBudget::new(1);
    let first = setup_with(|builder| builder.retry_budget(budget.clone()));
    let second = setup_with(|builder| builder.retry_budget(budget));
    first.respond([refused(), refused()]);
    assert!(first.client.get("a").send().await.is_err());
    second.respond([refused()]);
    assert!(second.client.get("a").send().await.is_err());
    first.server.assert_finished();
    second.server.assert_finished();
}

#[tokio::test]
async fn dropped_call_sends_nothing_more() {
    let setup = setup();
    setup.respond([unavailable(), album()]);
    // Polled until it waits for its second attempt, and dropped there.
    let mut call = Box::pin(setup.client.get("a").send());
    let mut context = Context::from_waker(Waker::noop());
    assert!(call.as_mut().poll(&mut context).is_pending());
    drop(call);
    setup.clock.sleep(seconds(100)).await;
    assert_eq!(setup.server.request_count(), 1);
    // The client goes on.
    assert!(setup.client.get("a").send().await.is_ok());
}

#[tokio::test]
async fn fake_transport_fails_on_an_unscripted_request() {
    let setup = setup();
    let error = setup.client.get("a").send().await.unwrap_err();
    assert!(!error.is_retryable());
    assert_eq!(setup.server.request_count(), 1);
    let server = setup.server.clone();
    assert!(std::panic::catch_unwind(move || server.assert_finished()).is_err());
}
