//! Access tokens: how long they are kept, who fetches them, what happens when one is rejected.

use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};
use std::time::{Duration, SystemTime};

use discovery_runtime::transport::FakeResponse;
use discovery_runtime::{AccessToken, Clock as _, Credentials, CredentialsError, TestClock};

use crate::support::*;

type Fetched = Result<AccessToken, CredentialsError>;

/// A source that counts, and says what `token` says of the number of a fetch.
fn counted(
    token: impl Fn(usize) -> Fetched + Send + Sync + 'static,
) -> (Credentials, Arc<AtomicUsize>) {
    let fetches = Arc::new(AtomicUsize::new(0));
    let counter = fetches.clone();
    let credentials = Credentials::from_fn(move |_| {
        let outcome = token(counter.fetch_add(1, Ordering::SeqCst) + 1);
        async move {
            // Others get a chance to ask for the same.
            tokio::task::yield_now().await;
            outcome
        }
    });
    (credentials, fetches)
}

#[allow(
    clippy::unnecessary_wraps,
    reason = "it is one of several results of a source"
)]
fn numbered(number: usize) -> Fetched {
    Ok(AccessToken::new(format!("token-{number}")).with_expires_in(seconds(3600)))
}

fn setup_for(credentials: Credentials) -> Setup {
    let setup = setup_with(|builder| builder.credentials(credentials));
    setup.server.respond_always(album());
    setup
}

fn tokens_sent(setup: &Setup) -> Vec<String> {
    let requests = setup.server.requests();
    let headers = requests.iter().map(|request| {
        request
            .headers
            .get("authorization")
            .unwrap_or("none")
            .to_owned()
    });
    headers.collect()
}

fn unauthorized() -> FakeResponse {
    FakeResponse::error(401, "UNAUTHENTICATED", "Invalid credentials.")
}

#[tokio::test]
async fn token_is_cached_until_shortly_before_its_expiry() {
    let (credentials, fetches) = counted(numbered);
    let setup = setup_for(credentials);
    let get = async || setup.client.get("a").send().await.unwrap();
    get().await;
    setup.clock.advance(seconds(3600 - 241));
    get().await;
    assert_eq!(fetches.load(Ordering::SeqCst), 1);
    setup.clock.advance(seconds(2));
    get().await;
    assert_eq!(
        tokens_sent(&setup),
        ["Bearer token-1", "Bearer token-1", "Bearer token-2"]
    );
}

/// How many such tokens are fetched for a call at once and one after `passed`, while the machine was
/// awake or asleep.
async fn fetches(token: AccessToken, passed: Duration, awake: bool) -> usize {
    let (credentials, fetches) = counted(move |_| Ok(token.clone()));
    let setup = setup_for(credentials);
    setup.client.get("a").send().await.unwrap();
    if awake {
        setup.clock.advance(passed);
    } else {
        let date = setup.clock.system_time() + passed;
        setup.clock.set_system_time(date);
    }
    setup.client.get("a").send().await.unwrap();
    fetches.load(Ordering::SeqCst)
}

#[tokio::test]
async fn token_is_replaced_four_minutes_or_a_quarter_of_its_life_before_its_expiry() {
    let start = TestClock::new().system_time();
    for (minutes, margin) in [
        (60, 240),
        (17, 240),
        (16, 240),
        (11, 165),
        (9, 135),
        (1, 15),
    ] {
        let life = seconds(60 * minutes);
        let good = 60 * minutes - margin;
        for token in [
            AccessToken::new("t").with_expires_in(life),
            AccessToken::new("t").with_expires_at(start + life),
        ] {
            for awake in [true, false] {
                let early = fetches(token.clone(), seconds(good - 1), awake).await;
                let late = fetches(token.clone(), seconds(good), awake).await;
                assert_eq!((early, late), (1, 2), "{minutes} minutes, awake: {awake}");
            }
        }
    }
}

#[tokio::test]
async fn token_expiry_follows_the_calendar_after_sleep() {
    let (credentials, fetches) = counted(numbered);
    let setup = setup_for(credentials);
    setup.client.get("a").send().await.unwrap();
    // Asleep, the clock that never jumps stood still; the calendar did not.
    setup
        .clock
        .set_system_time(setup.clock.system_time() + seconds(7200));
    setup.client.get("a").send().await.unwrap();
    assert_eq!(fetches.load(Ordering::SeqCst), 2);
    // A calendar that goes back changes nothing.
    setup.clock.set_system_time(SystemTime::UNIX_EPOCH);
    setup.client.get("a").send().await.unwrap();
    assert_eq!(fetches.load(Ordering::SeqCst), 2);
}

#[tokio::test]
async fn token_lifetimes_out_of_range_are_clamped() {
    let start = TestClock::new().system_time();
    let lifetimes: [(AccessToken, usize); 4] = [
        // What has expired is used once.
        (AccessToken::new("t").with_expires_in(Duration::ZERO), 2),
        (
            AccessToken::new("t").with_expires_at(start - seconds(60)),
            2,
        ),
        (AccessToken::new("t").with_expires_in(Duration::MAX), 1),
        (AccessToken::new("t"), 1),
    ];
    for (token, expected) in lifetimes {
        let name = format!("{token:?}");
        let (credentials, fetches) = counted(move |_| Ok(token.clone()));
        let setup = setup_for(credentials);
        for _ in 0..2 {
            setup.client.get("a").send().await.unwrap();
        }
        assert_eq!(fetches.load(Ordering::SeqCst), expected, "{name}");
        assert!(!name.contains('"'), "{name} shows the token");
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn concurrent_calls_share_one_token_fetch() {
    let (credentials, fetches) = counted(numbered);
    let setup = setup_for(credentials);
    for round in 1..=3 {
        let calls: Vec<_> = (0..1000)
            .map(|_| tokio::spawn(setup.client.get("a").send()))
            .collect();
        for call in calls {
            call.await.unwrap().unwrap();
        }
        assert_eq!(fetches.load(Ordering::SeqCst), round);
        setup.clock.advance(seconds(3600));
    }
}

#[tokio::test]
async fn rejected_token_is_refreshed_once() {
    let (credentials, fetches) = counted(numbered);
    let setup = setup_for(credentials);
    setup.respond([unauthorized()]);
    // A write as well: what was rejected was not carried out.
    setup.client.add().send().await.unwrap();
    assert_eq!(tokens_sent(&setup), ["Bearer token-1", "Bearer token-2"]);
    assert_eq!((fetches.load(Ordering::SeqCst), setup.seconds()), (2, 0));
}

#[tokio::test]
async fn second_401_is_the_error() {
    let (credentials, fetches) = counted(numbered);
    let setup = setup_for(credentials);
    setup.server.respond_always(unauthorized());
    let error = setup.client.get("a").send().await.unwrap_err();
    assert!(error.is_unauthenticated() && !error.is_retryable() && !error.is_outcome_unknown());
    assert_eq!(statuses(error.attempts()), [Some(401), Some(401)]);
    assert_eq!(
        (setup.server.request_count(), fetches.load(Ordering::SeqCst)),
        (2, 2)
    );
}

#[tokio::test]
async fn token_refresh_uses_no_attempt() {
    let (credentials, _) = counted(numbered);
    let setup = setup_for(credentials);
    let busy = || FakeResponse::error(503, "UNAVAILABLE", "Busy.");
    setup.respond([busy(), unauthorized(), busy(), busy(), busy(), album()]);
    assert!(setup.client.get("a").send().await.is_ok());
    setup.server.assert_finished();
}

#[tokio::test]
async fn fixed_token_is_not_sent_twice() {
    let setup = setup_for(Credentials::token("fixed"));
    setup.server.respond_always(unauthorized());
    let error = setup.client.get("a").send().await.unwrap_err();
    assert!(error.is_unauthenticated());
    assert_eq!(
        (setup.server.request_count(), error.attempts().len()),
        (1, 1)
    );
}

#[tokio::test]
async fn concurrent_calls_share_one_token_refresh() {
    let (credentials, fetches) = counted(numbered);
    let setup = setup_for(credentials);
    setup.client.get("a").send().await.unwrap();
    for _ in 0..100 {
        setup.server.respond(unauthorized().with_delay(seconds(1)));
    }
    let calls: Vec<_> = (0..100)
        .map(|_| tokio::spawn(setup.client.get("a").send()))
        .collect();
    for call in calls {
        call.await.unwrap().unwrap();
    }
    assert_eq!(fetches.load(Ordering::SeqCst), 2);
    assert_eq!(setup.server.request_count(), 1 + 200);
}

#[tokio::test]
async fn sign_in_required_fails_at_once() {
    let (credentials, fetches) = counted(|_| Err(CredentialsError::sign_in("invalid_grant")));
    let setup = setup_for(credentials);
    let error = setup.client.get("a").send().await.unwrap_err();
    assert!(error.needs_sign_in() && error.is_credentials() && !error.is_retryable());
    assert_eq!(
        error.to_string(),
        "photos.albums.get: no access token: the user must sign in"
    );
    assert_eq!(
        std::error::Error::source(&error).unwrap().to_string(),
        "invalid_grant"
    );
    assert_eq!(
        (fetches.load(Ordering::SeqCst), setup.server.request_count()),
        (1, 0)
    );
}

#[tokio::test]
async fn revoked_grant_ends_the_call() {
    let (credentials, fetches) = counted(|number| match number {
        1 => numbered(1),
        _ => Err(CredentialsError::sign_in("invalid_grant")),
    });
    let setup = setup_for(credentials);
    setup.respond([unauthorized()]);
    let error = setup.client.get("a").send().await.unwrap_err();
    assert!(error.needs_sign_in());
    assert_eq!(
        (fetches.load(Ordering::SeqCst), setup.server.request_count()),
        (2, 1)
    );
}

#[tokio::test]
async fn transient_token_source_error_is_retried() {
    let (credentials, fetches) = counted(|number| match number {
        1 | 2 => Err(CredentialsError::transient("timeout")),
        _ => numbered(number),
    });
    let setup = setup_for(credentials);
    setup.client.add().send().await.unwrap();
    assert_eq!(
        (fetches.load(Ordering::SeqCst), setup.seconds()),
        (3, 1 + 2)
    );
}

#[tokio::test]
async fn valid_token_survives_an_error_of_its_source() {
    let (credentials, fetches) = counted(|number| match number {
        1 => numbered(1),
        _ => Err(CredentialsError::transient("timeout")),
    });
    let setup = setup_for(credentials);
    let get = async || setup.client.get("a").send().await;
    get().await.unwrap();
    setup.clock.advance(seconds(3600 - 120));
    get().await.unwrap();
    get().await.unwrap();
    // The source is left alone for a while, then tried again.
    assert_eq!(fetches.load(Ordering::SeqCst), 2);
    setup.clock.advance(seconds(11));
    get().await.unwrap();
    assert_eq!(fetches.load(Ordering::SeqCst), 3);
    setup.clock.advance(seconds(120));
    assert!(get().await.unwrap_err().is_credentials());
}

#[tokio::test]
async fn malformed_token_never_becomes_a_header() {
    for token in ["", "a\r\nx-evil: 1", "a b", "a\0", "é", &"x".repeat(20_000)] {
        let setup = setup_for(Credentials::token(token));
        let error = setup.client.get("a").send().await.unwrap_err();
        assert!(error.is_credentials() && !error.needs_sign_in() && !error.is_retryable());
        assert_eq!(setup.server.request_count(), 0);
    }
}

#[tokio::test]
async fn token_source_receives_the_scopes_of_its_client() {
    let requested = Arc::new(Mutex::new(Vec::new()));
    let log = requested.clone();
    let credentials = Credentials::from_fn(move |request| {
        log.lock().unwrap().push(request.scopes.to_vec());
        async { numbered(1) }
    });
    let plain = setup_for(credentials.clone());
    let scoped = setup_with(|builder| builder.credentials(credentials).scopes(["a", "b"]));
    scoped.server.respond_always(album());
    for setup in [&plain, &scoped, &plain] {
        setup.client.get("a").send().await.unwrap();
    }
    // Each has a token of its own: one with other scopes would be rejected.
    assert_eq!(
        *requested.lock().unwrap(),
        [vec![], vec!["a".to_owned(), "b".to_owned()]]
    );
}

#[tokio::test]
async fn call_deadline_bounds_the_token_source() {
    let credentials = Credentials::from_fn(|_| std::future::pending());
    let setup = setup_for(credentials);
    let error = setup.client.add().send().await.unwrap_err();
    assert!(error.is_timeout() && !error.is_outcome_unknown());
    assert_eq!((setup.seconds(), setup.server.request_count()), (60, 0));
}

#[tokio::test]
async fn anonymous_and_api_key_need_no_token() {
    let setup = setup_for(Credentials::anonymous());
    setup.client.get("a").send().await.unwrap();
    assert_eq!(tokens_sent(&setup), ["none"]);
    let setup = setup_for(Credentials::api_key("key"));
    setup.client.get("a").send().await.unwrap();
    let requests = setup.server.requests();
    assert_eq!(requests[0].headers.get("x-goog-api-key"), Some("key"));
    assert!(!requests[0].url.contains("key"));
}

/// A second service.
struct Picker {
    core: discovery_runtime::Client,
}

impl discovery_runtime::codegen::ApiClient for Picker {
    const SERVICE: discovery_runtime::codegen::Service =
        discovery_runtime::codegen::Service::new("picker", "v1", "https://picker.example.com/");

    fn from_core(core: discovery_runtime::Client) -> Self {
        Self { core }
    }
}

#[tokio::test]
async fn a_client_of_another_api_shares_the_credentials() {
    let (credentials, fetches) = counted(numbered);
    let setup = setup_with(|builder| builder.credentials(credentials).user_agent("gallery/1.2"));
    setup.server.respond_always(album());
    setup.client.get("a").send().await.unwrap();
    let picker: Picker = setup.client.core.for_api().unwrap();
    let request = picker
        .core
        .request(discovery_runtime::HttpMethod::Get, "v1/sessions/s");
    request.send().await.unwrap();
    assert_eq!(fetches.load(Ordering::SeqCst), 1);
    let requests = setup.server.requests();
    assert_eq!(requests[1].url, "https://picker.example.com/v1/sessions/s");
    let agent = requests[1].headers.get("user-agent").unwrap();
    assert!(agent.starts_with("gallery/1.2 "), "{agent}");
}

#[test]
fn a_client_of_another_api_stays_on_an_emulator() {
    let emulated = Photos::builder()
        .credentials(Credentials::anonymous())
        .endpoint_on_loopback("http://127.0.0.1:8085")
        .build()
        .unwrap();
    let picker: Picker = emulated.core.for_api().unwrap();
    assert!(format!("{:?}", picker.core).contains("http://127.0.0.1:8085/"));
    let elsewhere = Photos::builder()
        .credentials(Credentials::anonymous())
        .endpoint("https://photos.mirror.example")
        .build()
        .unwrap();
    let picker: Picker = elsewhere.core.for_api().unwrap();
    assert!(format!("{:?}", picker.core).contains("https://picker.example.com/"));
}
