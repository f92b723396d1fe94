//! What comes of faults of server and network, one at a time and in random schedules.

use discovery_runtime::{Clock as _, Error};
use proptest::prelude::*;

use super::world::World;
use crate::google_server::{Fault, UNIT};

/// What comes of faults: the steps after the first, or an error.
type Row = (
    &'static str,
    Vec<Fault>,
    Result<&'static [&'static str], fn(&Error) -> bool>,
);

pub(super) const FIRST: &str = "bytes 0-262143/300000";
pub(super) const SECOND: &str = "bytes 262144-299999/300000";
pub(super) const QUERY: &str = "bytes */300000";

const TRUNCATED: &str = r#"{"id": "fi"#;

#[rustfmt::skip]
fn rows() -> Vec<Row> {
    use Fault::{
        Body, BodyCut, Hidden308, Location, Lost, NoConnection, NoLocation, Portal, Range, Reset,
        ResetAfterAll, Status, Stored,
    };
    let none = Fault::None;
    vec![
        ("nothing", vec![], Ok(&["POST", FIRST, SECOND])),
        ("start", vec![NoConnection], Ok(&["POST", "POST", FIRST, SECOND])),
        ("reset", vec![none, Reset { after: 200_000, keeps: 0 }], Ok(&["POST", FIRST, QUERY, FIRST, SECOND])),
        ("one byte kept", vec![none, Reset { after: 200_000, keeps: 1 }], Ok(&["POST", FIRST, QUERY, "bytes 1-262144/300000", "bytes 262145-299999/300000"])),
        ("a part kept", vec![none, none, Reset { after: 30_000, keeps: 30_000 }], Ok(&["POST", FIRST, SECOND, QUERY, "bytes 292144-299999/300000"])),
        ("response lost", vec![none, ResetAfterAll], Ok(&["POST", FIRST, QUERY, SECOND])),
        ("last response lost", vec![none, none, ResetAfterAll], Ok(&["POST", FIRST, SECOND, QUERY])),
        ("last response cut", vec![none, none, BodyCut], Ok(&["POST", FIRST, SECOND, QUERY])),
        // A response whose length is right and whose JSON is not, as after a proxy that broke it: "If
        // you receive a 200 OK or 201 Created response, the upload is complete", and the session
        // gives the response again to a status check.
        // https://cloud.google.com/storage/docs/performing-resumable-uploads#status-check
        ("last response truncated", vec![none, none, Body(TRUNCATED)], Ok(&["POST", FIRST, SECOND, QUERY])),
        ("last response malformed", vec![none, none, Body("<html>")], Ok(&["POST", FIRST, SECOND, QUERY])),
        ("last response empty", vec![none, none, Body("")], Ok(&["POST", FIRST, SECOND, QUERY])),
        ("truncated twice", vec![none, none, Body(TRUNCATED), Body(TRUNCATED)], Ok(&["POST", FIRST, SECOND, QUERY, QUERY])),
        ("truncated after a reset", vec![none, none, ResetAfterAll, Body(TRUNCATED)], Ok(&["POST", FIRST, SECOND, QUERY, QUERY])),
        ("always truncated", vec![none, none, Body(TRUNCATED), Body(TRUNCATED), Body(TRUNCATED), Body(TRUNCATED), Body(TRUNCATED)], Err(|error| error.is_outcome_unknown() && error.http_status() == Some(200))),
        ("truncated and then gone", vec![none, none, Body(TRUNCATED), Lost(410)], Err(Error::is_outcome_unknown)),
        ("503", vec![none, Status(503), Status(503)], Ok(&["POST", FIRST, QUERY, QUERY, FIRST, SECOND])),
        ("401", vec![none, Status(401)], Ok(&["POST", FIRST, QUERY, FIRST, SECOND])),
        ("410", vec![none, none, Lost(410)], Err(Error::is_outcome_unknown)),
        ("404 before the last", vec![none, Lost(404)], Ok(&["POST", FIRST, "POST", FIRST, SECOND])),
        ("missing range", vec![none, Range("")], Ok(&["POST", FIRST, QUERY, SECOND])),
        ("range of something", vec![none, Range("x")], Ok(&["POST", FIRST, QUERY, SECOND])),
        ("ahead", vec![none, Range("bytes=0-262144")], Err(Error::is_data_loss)),
        ("hidden 308", vec![none, Hidden308], Ok(&["POST", FIRST, SECOND])),
        ("captive portal", vec![none, none, Portal], Err(Error::is_protocol)),
        ("no address", vec![NoLocation], Err(Error::is_protocol)),
        ("foreign address", vec![Location("https://evil.example/CANARY")], Err(Error::is_untrusted_url)),
        ("all is stored", vec![none, none, Stored("300000")], Ok(&["POST", FIRST, SECOND])),
        ("less is stored", vec![none, none, Stored("299999")], Err(Error::is_data_loss)),
        ("more is stored", vec![none, none, Stored("300001")], Err(Error::is_data_loss)),
        ("another length after a reset", vec![none, none, ResetAfterAll, Stored("1")], Err(Error::is_data_loss)),
        ("403", vec![none, Status(403)], Err(Error::is_permission_denied)),
        ("redirect", vec![none, Status(307)], Err(Error::is_redirect)),
        ("cancelled", vec![none, Status(499)], Err(|error| error.http_status() == Some(499))),
    ]
}

#[tokio::test]
async fn each_fault_has_its_outcome() {
    for (row, faults, expected) in rows() {
        let world = World::new(300_000, faults);
        let result = world.steps(300_000).send().await;
        match (result, expected) {
            (Ok(_), Ok(steps)) => {
                assert_eq!(world.server.steps(), steps, "{row}");
                assert_eq!(
                    (world.server.files(), world.server.planned()),
                    (1, 0),
                    "{row}"
                );
            }
            (Err(error), Err(is)) => {
                assert!(is(&error), "{row}: {error:?}");
                assert!(!format!("{error} {error:?}").contains("CANARY"), "{row}");
            }
            (result, _) => panic!("{row}: {result:?}"),
        }
        assert!(world.server.files() <= 1, "{row}");
    }
}

fn faults() -> impl Strategy<Value = Vec<Fault>> {
    let fault = prop_oneof![
        4 => Just(Fault::None),
        1 => Just(Fault::NoConnection),
        2 => (0_u64..300_000, 0_u64..300_000).prop_map(|(after, keeps)| Fault::Reset { after, keeps }),
        1 => Just(Fault::ResetAfterAll),
        1 => prop::sample::select(vec![401, 408, 429, 500, 503]).prop_map(Fault::Status),
        1 => prop::sample::select(vec![404, 410]).prop_map(Fault::Lost),
        1 => prop::sample::select(vec!["", "bytes=0-0", "x", "bytes=0-9999999"]).prop_map(Fault::Range),
        1 => Just(Fault::Hidden308),
        1 => Just(Fault::BodyCut),
        1 => prop::sample::select(vec![TRUNCATED, "{id}", ""]).prop_map(Fault::Body),
    ];
    prop::collection::vec(fault, 0..8)
}

proptest! {
    #![proptest_config(ProptestConfig { cases: ProptestConfig::default().cases.max(300), failure_persistence: None, ..ProptestConfig::default() })]

    /// Whatever happens: at most one file, and it is the right one.
    #[test]
    fn random_schedules(faults in faults(), total in prop::sample::select(vec![0, 1, UNIT, 300_000, 2 * UNIT + 5])) {
        let runtime = tokio::runtime::Builder::new_current_thread().build().unwrap();
        let world = World::new(total, faults);
        let result = runtime.block_on(world.steps(total).send());
        prop_assert!(world.server.files() <= 1, "{} files", world.server.files());
        prop_assert!(result.is_err() || world.server.files() == 1);
        prop_assert!(world.clock.now().as_secs() < 3600);
    }
}
