//! The column of resumable uploads in the fault matrix, row by row: what comes of each fault, which
//! requests it takes and how long.

use std::sync::atomic::Ordering;

use discovery_runtime::{Clock as _, Error};

use crate::client::{World, once};
use crate::faults::{Fault, Keeps, Kind, Offset, On};
use crate::server::Step;

/// Ten bytes in chunks of four: 4, 4 and 2.
const TOTAL: u64 = 10;
const UNIT: u64 = 2;
const CHUNK: u64 = 4;

/// What comes of faults.
enum Outcome {
    /// A token, with these steps and after so many seconds.
    Done(&'static str, u64),
    /// An error, after these steps.
    Fails(&'static str, fn(&Error) -> bool),
}

use Outcome::{Done, Fails};

fn start(kind: Kind) -> Fault {
    Fault::new(On::Start, kind)
}

fn send(kind: Kind) -> Fault {
    Fault::new(On::Send, kind)
}

fn last(kind: Kind) -> Fault {
    Fault::new(On::Last, kind)
}

fn query(kind: Kind) -> Fault {
    Fault::new(On::Query, kind)
}

const NUDGE: Fault = Fault::new(On::Send, Kind::ResetAfterAll);

/// Steps are written as letters: `S` start, `Q` query, `C` cancel, and for a chunk its offset.
fn written(steps: &[Step]) -> String {
    let steps: Vec<_> = steps
        .iter()
        .map(|step| match step {
            Step::Start => "S".to_owned(),
            Step::Query => "Q".to_owned(),
            Step::Cancel => "C".to_owned(),
            Step::Raw => "R".to_owned(),
            Step::Send { offset, .. } => offset.to_string(),
        })
        .collect();
    steps.join(" ")
}

/// A server that is down for longer than an upload tries.
fn storm() -> Vec<Fault> {
    let mut faults = vec![query(Kind::Status(503)); 5];
    faults[0] = send(Kind::Status(503));
    faults
}

fn asks_for_a_day(error: &Error) -> bool {
    let delay = error.retry_after().map(|delay| delay.as_secs());
    error.is_rate_limited() && delay == Some(86_400)
}

#[rustfmt::skip]
fn rows() -> Vec<(&'static str, Vec<Fault>, Outcome)> {
    vec![
        ("none", vec![], Done("S 0 4 8", 0)),
        ("no connection at the start", vec![start(Kind::NoConnection)], Done("S S 0 4 8", 1)),
        ("no connection later", vec![send(Kind::NoConnection)], Done("S 0 Q 0 4 8", 1)),
        ("never a connection", vec![start(Kind::NoConnection); 5], Fails("S S S S S", Error::is_connect)),
        ("connect timeouts", vec![start(Kind::ConnectTimeout), last(Kind::ConnectTimeout)], Done("S S 0 4 8 Q 8", 2)),
        ("TLS", vec![send(Kind::Tls)], Fails("S 0", Error::is_tls)),
        ("reset at the start", vec![start(Kind::ResetAfterAll)], Done("S S 0 4 8", 1)),
        ("reset after a chunk", vec![send(Kind::ResetAfterAll)], Done("S 0 Q 4 8", 1)),
        ("not processed", vec![start(Kind::NotProcessed), send(Kind::NotProcessed)], Done("S S 0 Q 0 4 8", 3)),
        ("response cut off", vec![send(Kind::BodyCut)], Done("S 0 4 8", 0)),
        ("last response cut off", vec![last(Kind::BodyCut)], Done("S 0 4 8 Q S 0 4 8", 0)),
        ("reset inside a chunk, nothing kept", vec![send(Kind::Reset { after: 3, keeps: Keeps::Nothing })], Done("S 0 Q 0 4 8", 1)),
        ("reset inside a chunk, units kept", vec![send(Kind::Reset { after: 3, keeps: Keeps::Units })], Done("S 0 Q 2 6", 1)),
        ("reset inside a chunk, all kept", vec![send(Kind::Reset { after: 3, keeps: Keeps::All })], Done("S 0 Q 3 7", 1)),
        ("reset inside the last chunk", vec![last(Kind::Reset { after: 2, keeps: Keeps::All })], Done("S 0 4 8 Q 10", 1)),
        ("response cut off unnoticed", vec![send(Kind::BodyCutUnnoticed)], Done("S 0 4 8", 0)),
        ("last response cut off unnoticed", vec![last(Kind::BodyCutUnnoticed)], Done("S 0 4 8 Q S 0 4 8", 0)),
        ("captive portal at the start", vec![start(Kind::Portal)], Fails("S", Error::is_protocol)),
        ("captive portal", vec![send(Kind::Portal)], Fails("S 0 Q", Error::is_protocol)),
        ("captive portal at the end", vec![last(Kind::Portal)], Fails("S 0 4 8 Q", Error::is_protocol)),
        ("502", vec![send(Kind::Status(502))], Done("S 0 Q 0 4 8", 1)),
        ("500 after the last chunk", vec![last(Kind::StatusAfter(500))], Done("S 0 4 8 Q S 0 4 8", 1)),
        ("503 at the start and on query", vec![start(Kind::Status(503)), NUDGE, query(Kind::Status(503))], Done("S S 0 Q Q 4 8", 7)),
        ("503 always", storm(), Fails("S 0 Q Q Q Q", Error::is_server_error)),
        ("504 and 408", vec![send(Kind::Status(504)), query(Kind::Status(408))], Done("S 0 Q Q 0 4 8", 3)),
        ("429", vec![send(Kind::RateLimit { retry_after: None })], Done("S 0 Q 0 4 8", 31)),
        ("429 with seconds", vec![send(Kind::RateLimit { retry_after: Some(45) })], Done("S 0 Q 0 4 8", 46)),
        ("429 with a date", vec![send(Kind::RateLimitUntil)], Done("S 0 Q 0 4 8", 46)),
        ("429 with a day", vec![send(Kind::RateLimit { retry_after: Some(86_400) })], Fails("S 0", asks_for_a_day)),
        ("daily quota", vec![send(Kind::DailyQuota)], Fails("S 0", Error::is_quota_exceeded)),
        ("401 at the start", vec![start(Kind::Status(401))], Done("S S 0 4 8", 0)),
        ("401", vec![send(Kind::Status(401))], Done("S 0 Q 0 4 8", 0)),
        ("401 twice", vec![send(Kind::Status(401)), query(Kind::Status(401))], Fails("S 0 Q", Error::is_unauthenticated)),
        ("401 twice, far apart", vec![send(Kind::Status(401)), last(Kind::Status(401))], Done("S 0 Q 0 4 8 Q 8", 0)),
        ("403", vec![send(Kind::Status(403))], Fails("S 0", Error::is_permission_denied)),
        ("404 at the start", vec![start(Kind::Status(404))], Fails("S", Error::is_not_found)),
        ("session lost", vec![last(Kind::SessionLost(404))], Done("S 0 4 8 S 0 4 8", 0)),
        ("session gone", vec![send(Kind::SessionLost(410))], Done("S 0 S 0 4 8", 0)),
        ("session unknown", vec![send(Kind::SessionLost(400))], Done("S 0 Q S 0 4 8", 0)),
        ("session lost on query", vec![NUDGE, query(Kind::SessionLost(404))], Done("S 0 Q S 0 4 8", 1)),
        ("session lost twice", vec![send(Kind::SessionLost(404)), send(Kind::SessionLost(404))], Fails("S 0 S 0", Error::is_not_found)),
        ("409", vec![send(Kind::Status(409))], Done("S 0 Q 0 4 8", 1)),
        ("400", vec![send(Kind::Status(400))], Done("S 0 Q 0 4 8", 0)),
        ("400 twice", vec![send(Kind::Status(400)), send(Kind::Status(400))], Fails("S 0 Q 0", Error::is_invalid_argument)),
        ("412", vec![send(Kind::Status(412))], Fails("S 0", |error| error.http_status() == Some(412))),
        ("412 and active", vec![send(Kind::StatusSaying(412, "active"))], Done("S 0 Q 0 4 8", 0)),
        ("413 and active twice", vec![send(Kind::StatusSaying(413, "active")), send(Kind::StatusSaying(413, "active"))], Fails("S 0 Q 0", |error| error.http_status() == Some(413))),
        ("400 and final", vec![last(Kind::StatusSaying(400, "final"))], Fails("S 0 4 8", Error::is_invalid_argument)),
        ("413 at the start", vec![start(Kind::Status(413))], Fails("S", |error| error.http_status() == Some(413))),
        ("silence at the start", vec![start(Kind::Silence)], Done("S S 0 4 8", 33)),
        ("slow response", vec![last(Kind::SlowBody)], Done("S 0 4 8 Q S 0 4 8", 32)),
        ("silence before a chunk is read", vec![send(Kind::Silence)], Done("S 0 Q 0 4 8", 33)),
        ("silence after a chunk", vec![send(Kind::SilenceAfter)], Done("S 0 Q 4 8", 33)),
        ("silence after the last chunk", vec![last(Kind::SilenceAfter)], Done("S 0 4 8 Q S 0 4 8", 301)),
        ("offset ahead", vec![send(Kind::SaysOffset(Offset::Ahead))], Fails("S 0 C", Error::is_data_loss)),
        ("offset ahead on query", vec![NUDGE, query(Kind::SaysOffset(Offset::Ahead))], Fails("S 0 Q C", Error::is_data_loss)),
        ("half taken", vec![send(Kind::TakesHalf)], Done("S 0 2 6", 0)),
        ("half of the last chunk taken", vec![last(Kind::TakesHalf)], Done("S 0 4 8 Q 8", 1)),
        ("308", vec![send(Kind::Status(308))], Fails("S 0", Error::is_redirect)),
        ("redirect at the start", vec![start(Kind::Status(307))], Fails("S", Error::is_redirect)),
        ("redirect", vec![send(Kind::Status(302))], Fails("S 0", Error::is_redirect)),
        ("endless last response", vec![last(Kind::HugeBody)], Done("S 0 4 8 Q S 0 4 8", 0)),
        ("endless response", vec![send(Kind::HugeBody)], Done("S 0 4 8", 0)),
        ("empty response", vec![send(Kind::Empty(204))], Fails("S 0 Q", Error::is_protocol)),
        ("no token", vec![last(Kind::NoToken)], Done("S 0 4 8 Q S 0 4 8", 0)),
        ("no token twice", vec![last(Kind::NoToken), last(Kind::NoToken)], Fails("S 0 4 8 Q S 0 4 8 Q", Error::is_protocol)),
        ("proxy", vec![send(Kind::Proxy)], Fails("S 0", Error::is_proxy)),
        ("granularity missing", vec![start(Kind::Granularity(""))], Fails("S", Error::is_protocol)),
        ("granularity of zero", vec![start(Kind::Granularity("0"))], Fails("S", Error::is_protocol)),
        ("granularity negative", vec![start(Kind::Granularity("-1"))], Fails("S", Error::is_protocol)),
        ("granularity huge", vec![start(Kind::Granularity("1099511627776"))], Fails("S", Error::is_protocol)),
        ("granularity larger than a chunk", vec![start(Kind::Granularity("8"))], Done("S 0 8", 0)),
        ("granularity changed", vec![send(Kind::Granularity("6"))], Done("S 0 4", 0)),
        ("granularity changed to nothing", vec![send(Kind::Granularity("0"))], Done("S 0 Q 4 8", 0)),
        ("offset missing", vec![NUDGE, query(Kind::SaysOffset(Offset::Missing))], Fails("S 0 Q", Error::is_protocol)),
        ("offset that is no number", vec![NUDGE, query(Kind::SaysOffset(Offset::Text("-1")))], Fails("S 0 Q", Error::is_protocol)),
        ("offset of 2^64", vec![NUDGE, query(Kind::SaysOffset(Offset::Text("18446744073709551616")))], Fails("S 0 Q", Error::is_protocol)),
        ("status missing, but it has the bytes", vec![send(Kind::SaysStatus(""))], Done("S 0 Q 4 8", 0)),
        ("status unknown at the start", vec![start(Kind::SaysStatus("FINAL"))], Fails("S", Error::is_protocol)),
        ("status unknown on query", vec![NUDGE, query(Kind::SaysStatus("sleeping"))], Fails("S 0 Q", Error::is_protocol)),
        ("status cancelled", vec![NUDGE, query(Kind::SaysStatus("cancelled"))], Fails("S 0 Q", Error::is_protocol)),
        ("status missing with a token", vec![last(Kind::SaysStatus(""))], Done("S 0 4 8 Q", 0)),
    ]
}

#[tokio::test]
async fn each_fault_has_its_outcome() {
    for (row, faults, outcome) in rows() {
        let planned = faults.len();
        let world = World::with_faults(TOTAL, UNIT, faults);
        let result = world.run(TOTAL, CHUNK).await;
        let steps = written(&world.server.steps());
        let used = planned - world.server.planned();
        match outcome {
            Done(expected, seconds) => {
                assert!(result.is_ok(), "{row}: {result:?}");
                assert_eq!(
                    (&*steps, world.clock.now().as_secs()),
                    (expected, seconds),
                    "{row}"
                );
                // A fault of a step that never came is a mistake of the row.
                assert!(used == planned, "{row}: {used} of {planned} faults");
            }
            Fails(expected, is) => {
                let error = result
                    .err()
                    .unwrap_or_else(|| panic!("{row}: it did not fail"));
                assert!(is(&error), "{row}: {error:?}");
                assert_eq!((&*steps, used), (expected, planned), "{row}: {error:?}");
                assert_eq!(
                    error.method(),
                    Some("photoslibrary.mediaItems.upload"),
                    "{row}"
                );
            }
        }
    }
}

/// Some servers give the result again on a query.
#[tokio::test]
async fn lost_result_can_come_from_a_query() {
    for kind in [
        Kind::BodyCut,
        Kind::ResetAfterAll,
        Kind::SilenceAfter,
        Kind::NoToken,
        Kind::StatusAfter(503),
    ] {
        let world = World::with_faults(TOTAL, UNIT, [last(kind)]);
        world.server.give_token_in_query();
        let token = world.run(TOTAL, CHUNK).await.unwrap();
        assert_eq!(token.as_str(), "TOKEN-0", "{kind:?}");
        assert_eq!(written(&world.server.steps()), "S 0 4 8 Q", "{kind:?}");
    }
}

/// An offset that goes back is a lost session, once.
#[tokio::test]
async fn offset_that_goes_back_starts_the_upload_over() {
    let behind = Fault::new(On::Query, Kind::SaysOffset(Offset::Text("3")));
    let faults = [
        Fault::new(On::Send, Kind::TakesHalf),
        Fault::new(On::Send, Kind::ResetAfterAll),
    ];
    let world = World::with_faults(TOTAL, UNIT, faults);
    world.run(TOTAL, CHUNK).await.unwrap();
    assert_eq!(written(&world.server.steps()), "S 0 2 Q 6");
    // The first chunk is acknowledged, then the server says that it has only three bytes of it.
    let second = Fault::new(
        On::Last,
        Kind::Reset {
            after: 1,
            keeps: Keeps::Nothing,
        },
    );
    let world = World::with_faults(TOTAL, UNIT, [second, behind]);
    world.run(TOTAL, CHUNK).await.unwrap();
    assert_eq!(written(&world.server.steps()), "S 0 4 8 Q S 0 4 8");
    let world = World::with_faults(TOTAL, UNIT, [second, behind, second, behind]);
    assert!(world.run(TOTAL, CHUNK).await.unwrap_err().is_data_loss());
}

/// The user has to sign in again.
#[tokio::test]
async fn upload_ends_without_a_new_token() {
    let world = World::with_faults(TOTAL, UNIT, [send(Kind::Status(401))]);
    let (credentials, requested) = once("ACCESS");
    let upload = world
        .upload_as(credentials, TOTAL)
        .resumable(true)
        .chunk_size(CHUNK);
    let error = upload.send().await.unwrap_err();
    assert!(error.needs_sign_in(), "{error:?}");
    assert_eq!(requested.load(Ordering::SeqCst), 2);
    assert_eq!(written(&world.server.steps()), "S 0");
}

/// A fixed token can't be replaced.
#[tokio::test]
async fn fixed_token_is_not_refreshed() {
    let world = World::with_faults(TOTAL, UNIT, [send(Kind::Status(401))]);
    let credentials = discovery_runtime::Credentials::token("ACCESS");
    let upload = world
        .upload_as(credentials, TOTAL)
        .resumable(true)
        .chunk_size(CHUNK);
    assert!(upload.send().await.unwrap_err().is_unauthenticated());
    assert_eq!(written(&world.server.steps()), "S 0");
}

/// The access tokens that requests carry, and how often one was fetched.
#[tokio::test]
async fn refreshed_token_is_used_from_then_on() {
    let world = World::with_faults(TOTAL, UNIT, [Fault::new(On::Send, Kind::Status(401))]);
    world.run(TOTAL, CHUNK).await.unwrap();
    let tokens: Vec<_> = world
        .server
        .log()
        .iter()
        .map(|request| request.headers.get("authorization").unwrap().to_owned())
        .collect();
    assert_eq!(tokens[..2], ["Bearer ACCESS-0", "Bearer ACCESS-0"]);
    assert!(
        tokens[2..].iter().all(|token| token == "Bearer ACCESS-1"),
        "{tokens:?}"
    );
    assert_eq!(world.refreshes(), 1);
}

/// A token that is rejected right after it was fetched is not replaced again: that would ask the
/// service of the tokens for one after the other.
#[tokio::test]
async fn second_401_in_a_row_fetches_no_token() {
    for second in [On::Query, On::Send] {
        let first = if second == On::Query {
            On::Send
        } else {
            On::Start
        };
        let faults = [first, second].map(|on| Fault::new(on, Kind::Status(401)));
        let world = World::with_faults(TOTAL, UNIT, faults);
        let result = world.run(TOTAL, CHUNK).await;
        let row = format!("{second:?}: {result:?}");
        // A session that was opened in between is a progress.
        let fresh = second == On::Send;
        assert_eq!(result.is_ok(), fresh, "{row}");
        assert_eq!(world.refreshes(), if fresh { 2 } else { 1 }, "{row}");
        assert_eq!(world.server.planned(), 0, "{row}");
    }
}

#[tokio::test]
async fn upload_ignores_system_time_changes() {
    let world = World::with_faults(TOTAL, UNIT, [NUDGE]);
    let clock = world.clock.clone();
    let upload = world
        .upload(crate::source::Pattern::new(TOTAL))
        .resumable(true)
        .chunk_size(CHUNK)
        .on_progress(move |_| clock.set_system_time(std::time::UNIX_EPOCH));
    world.finish(upload).await.unwrap();
}
