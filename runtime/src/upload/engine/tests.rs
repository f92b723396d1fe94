//! What the engine does with each thing that a server can say, and with anything at all.

use proptest::prelude::*;

use super::transitions::MAX_RESTARTS;
use super::*;

const FAILURES: u32 = 5;

fn engine(total: u64) -> Engine {
    Engine::new(total, 4, FAILURES, true)
}

fn started(total: u64) -> Engine {
    let mut engine = engine(total);
    engine.on(Signal::Started { granularity: 4 });
    engine
}

fn active(received: u64) -> Signal {
    Signal::Active {
        received: Some(received),
        granularity: None,
    }
}

const ACTIVE: Signal = Signal::Active {
    received: None,
    granularity: None,
};
const FINAL: Signal = Signal::Final {
    result: true,
    received: None,
};
const FINAL_EMPTY: Signal = Signal::Final {
    result: false,
    received: None,
};

fn chunk(offset: u64, length: u64, last: bool) -> Step {
    Step::Send(Chunk {
        offset,
        length,
        last,
    })
}

/// Gives the signals one by one and checks the step after each.
fn script(mut engine: Engine, steps: &[(Signal, Step)]) {
    for (index, (signal, expected)) in steps.iter().enumerate() {
        engine.on(*signal);
        assert_eq!(engine.step(), *expected, "after signal {index}: {signal:?}");
    }
}

/// `Content-Range: bytes */0` is a query, and the last request of an upload without bytes: once it
/// may have arrived, a session that is gone may be a file.
#[test]
fn a_query_may_end_an_upload_without_bytes() {
    let mut engine = Engine::new(0, 8, FAILURES, false);
    engine.on(Signal::Started { granularity: 1 });
    engine.reject();
    for signal in [
        // The empty chunk was not sent; the response to the query was cut off.
        Signal::Transient,
        Signal::Waited,
        Signal::Transient,
        Signal::Waited,
        Signal::Lost,
    ] {
        engine.on(signal);
    }
    assert_eq!(engine.step(), Step::Fail(FailureReason::OutcomeUnknown));
}

#[test]
fn without_faults_chunks_follow_each_other() {
    script(
        engine(10),
        &[
            (Signal::Started { granularity: 4 }, chunk(0, 4, false)),
            (ACTIVE, chunk(4, 4, false)),
            (active(8), chunk(8, 2, true)),
            (FINAL, Step::Done),
            (Signal::Transient, Step::Done),
        ],
    );
}

#[test]
fn after_a_failure_the_server_is_queried() {
    script(
        started(10),
        &[
            (Signal::Transient, Step::Wait { failures: 1 }),
            (Signal::Waited, Step::Query),
            (active(2), chunk(2, 4, false)),
            (Signal::Transient, Step::Wait { failures: 1 }),
            (Signal::Waited, Step::Query),
            (Signal::Transient, Step::Wait { failures: 2 }),
            (Signal::Waited, Step::Query),
            (active(6), chunk(6, 4, true)),
            (Signal::Transient, Step::Wait { failures: 1 }),
            (Signal::Waited, Step::Query),
            (FINAL, Step::Done),
        ],
    );
}

#[test]
fn failures_without_progress_end_the_upload() {
    let mut engine = started(10);
    for failures in 1..FAILURES {
        engine.on(Signal::Transient);
        assert_eq!(engine.step(), Step::Wait { failures });
        engine.on(Signal::Waited);
        if failures % 2 == 0 {
            engine.on(active(0));
        }
    }
    engine.on(Signal::Transient);
    assert_eq!(engine.step(), Step::Fail(FailureReason::LastError));
    engine.revive();
    assert_eq!((engine.step(), engine.failures), (Step::Query, 0));
}

#[test]
fn the_access_token_is_refreshed_once_between_progress() {
    script(
        engine(10),
        &[
            (Signal::Unauthorized, Step::Start),
            (Signal::Started { granularity: 4 }, chunk(0, 4, false)),
            (Signal::Unauthorized, Step::Query),
            (active(0), chunk(0, 4, false)),
            (ACTIVE, chunk(4, 4, false)),
            (Signal::Unauthorized, Step::Query),
            (Signal::Unauthorized, Step::Fail(FailureReason::LastError)),
        ],
    );
}

#[test]
fn impossible_offsets_are_data_loss() {
    let ahead = Step::Fail(FailureReason::DataLoss(
        "the server has more bytes than it was sent",
    ));
    script(started(10), &[(active(5), ahead)]);
    script(
        started(10),
        &[
            (Signal::Transient, Step::Wait { failures: 1 }),
            (Signal::Waited, Step::Query),
            (active(11), ahead),
        ],
    );
    let closed = Step::Fail(FailureReason::DataLoss(
        "the server closed the upload with other bytes than all",
    ));
    script(started(10), &[(FINAL, closed)]);
    script(
        started(3),
        &[(
            Signal::Final {
                result: true,
                received: Some(2),
            },
            closed,
        )],
    );
    let lost = Step::Fail(FailureReason::DataLoss("the server lost bytes that it had"));
    script(
        started(10),
        &[
            (ACTIVE, chunk(4, 4, false)),
            (active(3), Step::Start),
            (Signal::Started { granularity: 4 }, chunk(0, 4, false)),
            (ACTIVE, chunk(4, 4, false)),
            (active(3), lost),
        ],
    );
}

#[test]
fn a_chunk_with_a_state_mismatch_is_retried_once() {
    script(
        started(10),
        &[
            (Signal::StateMismatch, Step::Query),
            (active(0), chunk(0, 4, false)),
            (Signal::StateMismatch, Step::Fail(FailureReason::LastError)),
        ],
    );
    script(
        started(10),
        &[
            (Signal::StateMismatch, Step::Query),
            (active(4), chunk(4, 4, false)),
            (Signal::StateMismatch, Step::Query),
            (Signal::StateMismatch, Step::Start),
        ],
    );
}

#[test]
fn a_lost_session_is_replaced_once() {
    script(
        started(10),
        &[
            (ACTIVE, chunk(4, 4, false)),
            (Signal::Lost, Step::Start),
            (Signal::Started { granularity: 4 }, chunk(0, 4, false)),
            (Signal::Lost, Step::Fail(FailureReason::LastError)),
        ],
    );
}

#[test]
fn mismatches_are_counted_per_session() {
    script(
        started(10),
        &[
            (Signal::StateMismatch, Step::Query),
            (Signal::StateMismatch, Step::Start),
            (Signal::Started { granularity: 4 }, chunk(0, 4, false)),
            (Signal::StateMismatch, Step::Query),
            (active(0), chunk(0, 4, false)),
        ],
    );
}

#[test]
fn a_lost_result_is_queried_and_the_upload_made_again() {
    script(
        started(3),
        &[
            (FINAL_EMPTY, Step::Query),
            (FINAL_EMPTY, Step::Start),
            (Signal::Started { granularity: 4 }, chunk(0, 3, true)),
            (FINAL_EMPTY, Step::Query),
            (FINAL, Step::Done),
        ],
    );
    let mut once = Engine::new(3, 4, FAILURES, false);
    once.on(Signal::Started { granularity: 4 });
    script(
        once,
        &[
            (FINAL_EMPTY, Step::Query),
            (Signal::Lost, Step::Fail(FailureReason::OutcomeUnknown)),
        ],
    );
}

#[test]
fn a_malformed_response_fails_without_progress() {
    let nonsense = Signal::Malformed("nonsense");
    let failed = Step::Fail(FailureReason::Protocol("nonsense"));
    script(engine(10), &[(nonsense, failed)]);
    script(started(10), &[(nonsense, Step::Query), (active(0), failed)]);
    script(started(10), &[(nonsense, Step::Query), (nonsense, failed)]);
    script(
        started(10),
        &[(nonsense, Step::Query), (active(4), chunk(4, 4, false))],
    );
}

#[test]
fn an_open_session_with_all_bytes_is_finalized() {
    script(
        started(4),
        &[
            (active(4), chunk(4, 0, true)),
            (active(4), Step::Wait { failures: 1 }),
            (Signal::Waited, Step::Query),
            (active(4), chunk(4, 0, true)),
            (FINAL, Step::Done),
        ],
    );
}

#[test]
fn the_granularity_can_change() {
    script(
        started(20),
        &[
            (
                Signal::Active {
                    received: None,
                    granularity: Some(3),
                },
                chunk(4, 6, false),
            ),
            (ACTIVE, chunk(10, 6, false)),
        ],
    );
}

#[test]
fn a_resumed_session_is_queried_first() {
    let resumed = || Engine::new(10, 4, FAILURES, true).resume(4);
    assert_eq!(resumed().step(), Step::Query);
    script(
        resumed(),
        &[(active(8), chunk(8, 2, true)), (FINAL, Step::Done)],
    );
    script(resumed(), &[(FINAL, Step::Done)]);
    script(resumed(), &[(Signal::Lost, Step::Start)]);
    // It was heard of, so what it says later is measured by that.
    let closed = Step::Fail(FailureReason::DataLoss(
        "the server closed the upload with other bytes than all",
    ));
    script(
        resumed(),
        &[(active(4), chunk(4, 4, false)), (FINAL, closed)],
    );
    let once = Engine::new(10, 4, FAILURES, false).resume(4);
    script(
        once,
        &[(Signal::Lost, Step::Fail(FailureReason::OutcomeUnknown))],
    );
}

fn signals() -> impl Strategy<Value = Signal> {
    prop_oneof![
        (1_u64..9).prop_map(|granularity| Signal::Started { granularity }),
        (prop::option::of(0_u64..24), prop::option::of(1_u64..9)).prop_map(
            |(received, granularity)| Signal::Active {
                received,
                granularity
            }
        ),
        (any::<bool>(), prop::option::of(0_u64..24))
            .prop_map(|(result, received)| Signal::Final { result, received }),
        Just(Signal::Lost),
        Just(Signal::StateMismatch),
        Just(Signal::Unauthorized),
        Just(Signal::Transient),
        Just(Signal::Malformed("nonsense")),
        Just(Signal::Waited),
    ]
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(500))]

    #[test]
    fn any_signals_keep_the_invariants(total in 0_u64..20, size in 1_u64..9, signals in prop::collection::vec(signals(), 0..80), idempotent: bool) {
        let mut engine = Engine::new(total, size, FAILURES, idempotent);
        let mut queries = 0_u32;
        let mut failures = 0_u32;
        for signal in signals {
            let before = engine.step();
            queries += u32::from(before == Step::Query);
            let (acknowledged, restarts) = (engine.acknowledged(), engine.restarts());
            engine.on(signal);
            if before == Step::Query || matches!(before, Step::Send(_)) {
                let good = matches!(signal, Signal::Active { .. }) && engine.acknowledged() > acknowledged;
                failures += u32::from(!good);
            }
            if engine.restarts() == restarts {
                prop_assert!(engine.acknowledged() >= acknowledged, "an offset went back");
            }
            prop_assert!(engine.acknowledged() <= total);
            prop_assert!(engine.restarts() <= MAX_RESTARTS && engine.failures <= FAILURES);
            match engine.step() {
                Step::Send(chunk) => {
                    prop_assert_eq!(chunk.offset, engine.acknowledged());
                    prop_assert_eq!(chunk.last, chunk.end() == total);
                    prop_assert!(chunk.last || chunk.length.is_multiple_of(engine.granularity()));
                    prop_assert!(chunk.last || chunk.length > 0);
                }
                Step::Done => prop_assert_eq!(engine.acknowledged(), total),
                Step::Start | Step::Query | Step::Wait { .. } | Step::Fail(_) => {}
            }
        }
        prop_assert!(queries <= 1 + failures, "{} queries after {} failures", queries, failures);
    }

    /// A server that says nothing useful, in any order, is given up.
    #[test]
    fn an_upload_always_ends(choices in prop::collection::vec(0_usize..7, 200)) {
        let mut engine = engine(10);
        let useless = [Signal::Transient, Signal::Lost, Signal::StateMismatch, Signal::Unauthorized,
            Signal::Malformed("nonsense"), FINAL_EMPTY, active(0)];
        for choice in choices {
            let signal = match engine.step() {
                Step::Start if choice > 3 => Signal::Started { granularity: 4 },
                Step::Wait { .. } => Signal::Waited,
                Step::Done | Step::Fail(_) => return Ok(()),
                _ => useless[choice],
            };
            engine.on(signal);
        }
        prop_assert!(false, "it still runs");
    }
}
