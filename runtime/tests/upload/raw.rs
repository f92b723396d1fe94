//! The column of raw uploads in the fault matrix, row by row.

use std::sync::atomic::Ordering;

use discovery_runtime::{Clock as _, Error};

use crate::client::{World, once};
use crate::faults::{Fault, Keeps, Kind, On};
use crate::source::Pattern;

const TOTAL: u64 = 10;

/// What comes of a fault: so many requests, and seconds or an error.
type Outcome = (usize, Result<u64, fn(&Error) -> bool>);

const ONCE: Outcome = (2, Ok(1));

#[rustfmt::skip]
fn rows() -> Vec<(&'static str, Vec<Kind>, Outcome)> {
    vec![
        ("none", vec![], (1, Ok(0))),
        ("no connection", vec![Kind::NoConnection], ONCE),
        ("never a connection", vec![Kind::NoConnection; 5], (5, Err(Error::is_connect))),
        ("connect timeout", vec![Kind::ConnectTimeout], ONCE),
        ("TLS", vec![Kind::Tls], (1, Err(Error::is_tls))),
        ("reset after all", vec![Kind::ResetAfterAll], ONCE),
        ("not processed", vec![Kind::NotProcessed], ONCE),
        ("response cut off", vec![Kind::BodyCut], ONCE),
        ("reset inside the bytes", vec![Kind::Reset { after: 5, keeps: Keeps::All }], ONCE),
        ("response cut off unnoticed", vec![Kind::BodyCutUnnoticed], ONCE),
        ("no token", vec![Kind::NoToken], ONCE),
        ("never a token", vec![Kind::NoToken; 5], (5, Err(Error::is_protocol))),
        ("204", vec![Kind::Empty(204)], ONCE),
        ("captive portal", vec![Kind::Portal], (1, Err(Error::is_protocol))),
        ("502", vec![Kind::Status(502)], ONCE),
        ("500", vec![Kind::Status(500)], ONCE),
        ("503 after all", vec![Kind::StatusAfter(503)], ONCE),
        ("503 always", vec![Kind::Status(503); 5], (5, Err(Error::is_server_error))),
        ("504 and 408", vec![Kind::Status(504), Kind::Status(408)], (3, Ok(3))),
        ("429", vec![Kind::RateLimit { retry_after: None }], (2, Ok(31))),
        ("429 with seconds", vec![Kind::RateLimit { retry_after: Some(45) }], (2, Ok(46))),
        ("429 with a date", vec![Kind::RateLimitUntil], (2, Ok(46))),
        ("429 with a day", vec![Kind::RateLimit { retry_after: Some(86_400) }], (1, Err(Error::is_rate_limited))),
        ("daily quota", vec![Kind::DailyQuota], (1, Err(Error::is_quota_exceeded))),
        ("401", vec![Kind::Status(401)], (2, Ok(0))),
        ("401 twice", vec![Kind::Status(401); 2], (2, Err(Error::is_unauthenticated))),
        ("403", vec![Kind::Status(403)], (1, Err(Error::is_permission_denied))),
        ("404", vec![Kind::Status(404)], (1, Err(Error::is_not_found))),
        ("410", vec![Kind::Status(410)], (1, Err(|error| error.http_status() == Some(410)))),
        ("409", vec![Kind::Status(409)], ONCE),
        ("400", vec![Kind::Status(400)], (1, Err(Error::is_invalid_argument))),
        ("413", vec![Kind::Status(413)], (1, Err(|error| error.http_status() == Some(413)))),
        ("silence", vec![Kind::Silence], (2, Ok(33))),
        ("slow response", vec![Kind::SlowBody], (2, Ok(33))),
        ("silence after all", vec![Kind::SilenceAfter], (2, Ok(61))),
        ("308", vec![Kind::Status(308)], (1, Err(Error::is_redirect))),
        ("redirect", vec![Kind::Status(307)], (1, Err(Error::is_redirect))),
        ("endless response", vec![Kind::HugeBody], (1, Err(Error::is_too_large))),
        ("proxy", vec![Kind::Proxy], (1, Err(Error::is_proxy))),
    ]
}

#[tokio::test]
async fn each_fault_has_its_outcome() {
    for (row, kinds, (requests, outcome)) in rows() {
        let faults = kinds.into_iter().map(|kind| Fault::new(On::Any, kind));
        let world = World::with_faults(TOTAL, 1, faults);
        let result = world
            .finish(world.upload(Pattern::new(TOTAL)).resumable(false))
            .await;
        assert_eq!(world.server.planned(), 0, "{row}: a fault was not used");
        assert_eq!(world.server.steps().len(), requests, "{row}: {result:?}");
        match (result, outcome) {
            (Ok(_), Ok(seconds)) => assert_eq!(world.clock.now().as_secs(), seconds, "{row}"),
            (Err(error), Err(is)) => assert!(is(&error), "{row}: {error:?}"),
            (result, _) => panic!("{row}: {result:?}"),
        }
    }
}

#[tokio::test]
async fn raw_request_carries_its_headers() {
    let world = World::new(TOTAL, 1);
    let upload = world
        .upload(Pattern::new(TOTAL))
        .content_type("image/png")
        .file_name("озеро \"1\"\r\nX: y.png");
    let token = world.finish(upload).await.unwrap();
    assert_eq!(token.lifetime().map(|time| time.as_secs()), Some(86_400));
    assert_eq!(token.created_at(), world.clock.system_time());
    let log = world.server.log();
    let header = |name| log[0].headers.get(name);
    assert_eq!(header("content-type"), Some("application/octet-stream"));
    assert_eq!(header("x-goog-upload-protocol"), Some("raw"));
    assert_eq!(header("x-goog-upload-content-type"), Some("image/png"));
    let name = "%D0%BE%D0%B7%D0%B5%D1%80%D0%BE%20%221%22%0D%0AX%3A%20y.png";
    assert_eq!(header("x-goog-upload-file-name"), Some(name));
    assert_eq!(header("authorization"), Some("Bearer ACCESS-0"));
    assert_eq!(header("x"), None);
}

#[tokio::test]
async fn source_error_ends_the_raw_upload() {
    for (source, changed) in [
        (Pattern::broken_at(TOTAL, 7), false),
        (Pattern::changing_at(TOTAL, 10), true),
    ] {
        let world = World::new(TOTAL, 1);
        let error = world
            .upload(source)
            .content_type("image/png")
            .resumable(false)
            .send()
            .await
            .unwrap_err();
        assert!(
            error.is_source() && error.is_source_changed() == changed,
            "{error:?}"
        );
        assert_eq!(world.server.steps().len(), 1, "it is not tried again");
        assert!(!error.is_retryable());
    }
}

/// The user has to sign in again.
#[tokio::test]
async fn raw_upload_ends_without_a_new_token() {
    let world = World::with_faults(TOTAL, 1, [Fault::new(On::Any, Kind::Status(401))]);
    let (credentials, requested) = once("ACCESS");
    let upload = world.upload_as(credentials, TOTAL).resumable(false);
    let error = upload.send().await.unwrap_err();
    assert!(error.needs_sign_in(), "{error:?}");
    assert_eq!(requested.load(Ordering::SeqCst), 2);
    assert_eq!(world.server.steps().len(), 1);
}

#[tokio::test]
async fn raw_upload_ignores_system_time_changes() {
    let world = World::with_faults(TOTAL, 1, [Fault::new(On::Any, Kind::Status(503))]);
    let clock = world.clock.clone();
    let source = Pattern::new(TOTAL);
    let upload = world.upload(source).resumable(false);
    clock.set_system_time(std::time::UNIX_EPOCH);
    world.finish(upload).await.unwrap();
    assert_eq!(world.clock.now().as_secs(), 1);
}

/// What was begun is of no consequence.
#[tokio::test]
async fn dropped_raw_upload_has_no_effect() {
    let world = World::with_faults(TOTAL, 1, [Fault::new(On::Any, Kind::Silence)]);
    let upload = || world.upload(Pattern::new(TOTAL)).resumable(false);
    {
        let mut dropped = std::pin::pin!(upload().send());
        let mut context = std::task::Context::from_waker(std::task::Waker::noop());
        assert!(dropped.as_mut().poll(&mut context).is_pending());
    }
    world.finish(upload()).await.unwrap();
    assert_eq!(world.server.steps().len(), 2);
}

/// What is transient once is transient twice, and what ends the upload ends it whenever it comes.
#[tokio::test]
async fn each_pair_of_faults_has_its_outcome() {
    let mut pairs = 0;
    for (first_row, first, (_, first_outcome)) in rows() {
        for (second_row, second, (_, second_outcome)) in rows() {
            let ([first], [second]) = (&*first, &*second) else {
                continue;
            };
            let pair = format!("{first_row}, then {second_row}");
            let faults = [first, second].map(|kind| Fault::new(On::Any, *kind));
            let world = World::with_faults(TOTAL, 1, faults);
            let upload = world.upload(Pattern::new(TOTAL)).resumable(false);
            let result = world.finish(upload).await;
            let twice = |kind: Kind| *first == kind && *second == kind;
            let requests = world.server.steps().len();
            let expected = match (&first_outcome, &second_outcome) {
                (Err(_), _) => (1, false),
                (_, Err(_)) => (2, false),
                // The second time these are not transient.
                _ if twice(Kind::Status(401)) || twice(Kind::SlowBody) => (2, false),
                _ => (3, true),
            };
            assert_eq!((requests, result.is_ok()), expected, "{pair}: {result:?}");
            if let (Err(error), Err(is), _) | (Err(error), Ok(_), Err(is)) =
                (&result, &first_outcome, &second_outcome)
            {
                assert!(is(error), "{pair}: {error:?}");
            }
            pairs += 1;
        }
    }
    assert!(pairs > 900, "only {pairs} pairs");
}
