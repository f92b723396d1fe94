//! How access tokens renew themselves.

use std::sync::{Arc, Mutex};
use std::time::{Duration, UNIX_EPOCH};

use discovery_runtime::transport::{Headers, HttpRequest, HttpResponse, Transport, TransportError};
use discovery_runtime::{BoxFuture, Client, HttpMethod};
use serde_json::json;
use tokio::sync::Barrier;

use crate::support::clock::wait_until;
use crate::support::{Caller, HOUR, Reply, SECOND, Setup, log};

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_thousand_calls_need_one_refresh() {
    let setup = Setup::new().await;
    let caller = setup.signed_in().await;
    setup.clock.advance(HOUR);
    let tasks: Vec<_> = (0..1000)
        .map(|_| {
            let caller = caller.clone();
            tokio::spawn(async move { caller.call().await })
        })
        .collect();
    for task in tasks {
        task.await.unwrap().unwrap();
    }
    assert_eq!(setup.server.refreshes(), 1);
    assert_eq!(caller.tokens(), vec!["3"; 1000]);
    setup.finish();
}

/// An API that turns down one access token, once all calls that come at the same time are there.
struct Strict {
    rejected: &'static str,
    all_here: Barrier,
    accepted: Mutex<Vec<String>>,
}

impl Transport for Strict {
    fn send(&self, request: HttpRequest) -> BoxFuture<'_, Result<HttpResponse, TransportError>> {
        Box::pin(async move {
            let header = request.headers.get("authorization").unwrap();
            let token = header.strip_prefix("Bearer ya29.CANARY-").unwrap();
            let status = if token == self.rejected {
                self.all_here.wait().await;
                401
            } else {
                self.accepted.lock().unwrap().push(token.to_owned());
                200
            };
            Ok(HttpResponse::new(status, Headers::new(), "{}"))
        })
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_rejected_token_is_replaced_once_for_all() {
    let setup = Setup::new().await;
    let api = Arc::new(Strict {
        rejected: "2",
        all_here: Barrier::new(100),
        accepted: Mutex::default(),
    });
    let client = Client::builder()
        .endpoint("https://photos.example.com/")
        .credentials(setup.app().sign_in().await.unwrap())
        .transport(api.clone())
        .clock(setup.clock.clone())
        .build()
        .unwrap();
    let tasks: Vec<_> = (0..100)
        .map(|_| {
            let call = client.request(HttpMethod::Get, "v1/albums");
            tokio::spawn(call.send())
        })
        .collect();
    for task in tasks {
        task.await.unwrap().unwrap();
    }
    assert_eq!(setup.server.refreshes(), 1);
    assert_eq!(*api.accepted.lock().unwrap(), vec!["3"; 100]);
    setup.finish();
}

#[tokio::test]
async fn the_second_rejection_of_a_call_is_the_last() {
    let setup = Setup::new().await;
    let caller = setup.signed_in().await;
    caller.reject(2);
    let error = caller.fail().await;
    assert!(error.is_unauthenticated(), "{error}");
    assert_eq!(setup.server.refreshes(), 1);
    setup.finish();
}

#[tokio::test]
async fn a_rejected_token_of_the_file_is_replaced() {
    let setup = Setup::new().await;
    setup.signed_in().await;
    let caller = setup.signed_in().await;
    caller.reject(1);
    caller.call().await.unwrap();
    assert_eq!(caller.tokens(), ["2", "3"]);
    assert_eq!(setup.saved()["access_token"], "ya29.CANARY-3");
    setup.finish();
}

#[tokio::test]
async fn a_rotated_refresh_token_is_kept() {
    let setup = Setup::new().await;
    setup.server.rotate();
    let caller = setup.signed_in().await;
    let mut last = setup.saved()["refresh_token"].clone();
    for _ in 0..3 {
        setup.clock.advance(HOUR);
        caller.call().await.unwrap();
        let saved = setup.saved()["refresh_token"].clone();
        assert_ne!(saved, last);
        last = saved;
    }
    setup.server.set("refresh_token", json!(null));
    setup.server.reply(Reply::json(
        200,
        &json!({ "access_token": "ya29.CANARY-x" }),
    ));
    setup.clock.advance(HOUR);
    caller.call().await.unwrap();
    assert_eq!(setup.saved()["refresh_token"], last);
    assert_eq!(caller.tokens().last().unwrap(), "x");
    setup.finish();
}

#[tokio::test]
async fn programs_with_one_file_share_their_tokens() {
    let setup = Setup::new().await;
    setup.server.rotate();
    let (one, other) = (setup.signed_in().await, setup.signed_in().await);
    one.call().await.unwrap();
    other.call().await.unwrap();
    for round in 1..=5 {
        setup.clock.advance(HOUR);
        let (first, second) = if round % 2 == 0 {
            (&one, &other)
        } else {
            (&other, &one)
        };
        first.call().await.unwrap();
        second.call().await.unwrap();
        // The second one found what the first one had put into the file.
        assert_eq!(setup.server.refreshes(), round);
        assert_eq!(one.tokens(), other.tokens());
    }
    setup.finish();
}

#[tokio::test]
async fn clients_with_scopes_of_their_own_share_a_grant() {
    let setup = Setup::new().await;
    let credentials = setup.app().sign_in().await.unwrap();
    let with =
        |scopes: &[&str]| Caller::with_scopes(credentials.clone(), &setup.clock, Some(scopes));
    let (a, b, c) = (
        with(&["scope/a"]),
        with(&["scope/b", "scope/a"]),
        with(&["scope/c"]),
    );
    for caller in [&a, &b, &a, &b] {
        caller.call().await.unwrap();
    }
    setup.clock.advance(HOUR);
    for caller in [&a, &b] {
        caller.call().await.unwrap();
    }
    assert_eq!(
        (a.tokens(), b.tokens()),
        (
            vec!["2".to_owned(), "2".to_owned(), "3".to_owned()],
            vec!["2".to_owned(), "2".to_owned(), "3".to_owned()]
        )
    );
    assert_eq!(setup.server.refreshes(), 1);

    let error = c.fail().await;
    assert!(error.needs_sign_in(), "{error}");
    assert!(
        crate::support::chain(&error).contains("scope/c"),
        "{error:?}"
    );
    setup.finish();
}

#[tokio::test]
async fn a_dropped_call_loses_no_refresh() {
    let setup = Setup::new().await;
    setup.server.rotate();
    let caller = setup.signed_in().await;
    setup.clock.advance(HOUR);
    let call = {
        let caller = caller.clone();
        tokio::spawn(async move { caller.call().await })
    };
    // The server has the request, or is about to.
    setup.clock.sleeper(30 * SECOND).await;
    call.abort();
    let _ = call.await;
    wait_until("the refresh is saved", || {
        setup.saved()["access_token"] == "ya29.CANARY-3"
    })
    .await;
    caller.call().await.unwrap();
    assert_eq!(
        (setup.server.refreshes(), caller.tokens()),
        (1, vec!["3".to_owned()])
    );
    setup.finish();
}

#[tokio::test]
async fn refresh_works_if_the_file_cannot_be_written() {
    let setup = Setup::new().await;
    setup.server.rotate();
    let caller = setup.signed_in().await;
    let before = std::fs::read(setup.file()).unwrap();
    // What is in the way of the new file can't be removed, not even by root.
    let obstacle = setup.folder.path().join("gallery/.google.json.tmp");
    std::fs::create_dir_all(obstacle.join("x")).unwrap();
    for refreshes in 1..=3 {
        setup.clock.advance(HOUR);
        caller.call().await.unwrap();
        assert_eq!(setup.server.refreshes(), refreshes);
    }
    assert_eq!(std::fs::read(setup.file()).unwrap(), before);
    let path = setup.file().display().to_string();
    let warned = |line: &str| line.contains("in memory only") && line.contains(&path);
    assert!(log::text().lines().any(warned), "no warning was logged");

    // What could not be saved is saved later.
    std::fs::remove_dir_all(obstacle).unwrap();
    caller.reject(1);
    caller.call().await.unwrap();
    assert_eq!(setup.saved()["access_token"], "ya29.CANARY-6");
    setup.signed_in().await.call().await.unwrap();
    assert_eq!(setup.browser.opened().len(), 1);
    setup.finish();
}

#[tokio::test]
async fn a_wall_clock_that_jumps_breaks_no_refresh() {
    let setup = Setup::new().await;
    let day = 24 * HOUR;
    let start = UNIX_EPOCH + Duration::from_secs(1_800_000_000);
    let running = setup.signed_in().await;
    running.call().await.unwrap();
    for (calendar, refreshes) in [(start - day, 0), (start + day, 1), (start, 1)] {
        setup.clock.set_calendar(calendar);
        running.call().await.unwrap();
        assert_eq!(setup.server.refreshes(), refreshes);
    }
    // A file from a time when the calendar was wrong.
    for calendar in [start - 2 * day, start + 2 * day, UNIX_EPOCH] {
        setup.clock.set_calendar(calendar);
        let before = setup.server.refreshes();
        setup.signed_in().await.call().await.unwrap();
        assert_eq!(setup.server.refreshes(), before + 1);
    }
    setup.finish();
}

/// Google's libraries renew tokens some minutes before they end, too (google-auth for Python: 3:45).
#[tokio::test]
async fn an_access_token_of_the_file_is_used_up_to_five_minutes_before_its_end() {
    for (life, rest, refreshes) in [
        (3599, 301, 0),
        (3599, 300, 1),
        (11 * 60, 301, 0),
        (9 * 60, 300, 1),
    ] {
        let setup = Setup::new().await;
        setup.server.set("expires_in", json!(life));
        setup.signed_in().await;
        setup.clock.advance((life - rest) * SECOND);
        setup.signed_in().await.call().await.unwrap();
        assert_eq!(setup.server.refreshes(), refreshes, "{rest} of {life} s");
        setup.finish();
    }
}

#[tokio::test]
async fn any_lifetime_is_accepted() {
    // What the server says, and the refreshes that three calls need.
    let cases = [
        (json!(3600), 0),
        (json!("3600"), 0),
        (json!(1e300), 0),
        (json!(u64::MAX), 0),
        (json!(null), 0),
        (json!("soon"), 0),
    ];
    for (expires_in, refreshes) in cases {
        let setup = Setup::new().await;
        setup.server.set("expires_in", expires_in.clone());
        let caller = setup.signed_in().await;
        for _ in 0..3 {
            caller.call().await.unwrap();
        }
        assert_eq!(setup.server.refreshes(), refreshes, "{expires_in}");
        // Nobody believes in a token that lives longer than a day.
        setup.clock.advance(24 * HOUR);
        caller.call().await.unwrap();
        let expected = usize::from(!expires_in.is_null() && expires_in != "soon");
        assert_eq!(setup.server.refreshes(), expected, "{expires_in}");
        setup.finish();
    }
}

#[tokio::test]
async fn a_token_that_has_expired_on_arrival_is_used_once() {
    for expires_in in [json!(0), json!(-1), json!("-3600")] {
        let setup = Setup::new().await;
        let caller = setup.signed_in().await;
        setup.clock.advance(HOUR);
        setup.server.set("expires_in", expires_in);
        caller.call().await.unwrap();
        for _ in 0..2 {
            let before = setup.server.refreshes();
            let error = caller.fail().await;
            assert!(error.is_credentials() && !error.needs_sign_in(), "{error}");
            assert!(!error.is_retryable(), "{error}");
            assert_eq!(
                setup.server.refreshes(),
                before + 1,
                "it was tried in a loop"
            );
        }
        setup.server.set("expires_in", json!(3600));
        caller.call().await.unwrap();
        setup.finish();
    }
}
