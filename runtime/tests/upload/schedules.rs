//! Faults one by one, in all pairs, and in random order.

use std::time::Duration;

use discovery_runtime::Clock as _;
use proptest::prelude::*;

use crate::client::World;
use crate::faults::{Class, Fault, Kind, On, catalogue};

const TOTAL: u64 = 10;
const UNIT: u64 = 2;
const CHUNK: u64 = 4;

fn block_on<T>(work: impl Future<Output = T>) -> T {
    tokio::runtime::Builder::new_current_thread()
        .build()
        .unwrap()
        .block_on(work)
}

fn everything() -> Vec<Fault> {
    [On::Start, On::Send, On::Last, On::Query]
        .into_iter()
        .flat_map(catalogue)
        .collect()
}

/// A fault that makes the upload ask, for faults that wait for a question.
const NUDGE: Fault = Fault::new(On::Send, Kind::ResetAfterAll);

#[test]
fn resumable_upload_survives_each_fault() {
    block_on(async {
        for fault in everything() {
            let nudge = (fault.on == On::Query).then_some(NUDGE);
            let world = World::with_faults(TOTAL, UNIT, nudge.into_iter().chain([fault]));
            let result = world.run(TOTAL, CHUNK).await;
            assert_eq!(world.server.planned(), 0, "{fault:?} was not used");
            if fault.class() == Class::Depends {
                continue;
            }
            let passes = fault.class() != Class::Ends;
            assert_eq!(result.is_ok(), passes, "{fault:?}: {result:?}");
        }
    });
}

#[test]
fn resumable_upload_survives_each_pair_of_faults() {
    block_on(async {
        let faults = everything();
        let mut passed = 0;
        for first in &faults {
            for second in &faults {
                let world = World::with_faults(TOTAL, UNIT, [*first, *second]);
                let result = world.run(TOTAL, CHUNK).await;
                let used = world.server.planned() == 0;
                let classes = [first.class(), second.class()];
                let restarts = classes
                    .iter()
                    .filter(|class| **class == Class::Restarts)
                    .count();
                let refreshes = classes
                    .iter()
                    .filter(|class| **class == Class::Refreshes)
                    .count();
                if classes
                    .iter()
                    .all(|class| !matches!(class, Class::Ends | Class::Depends))
                    && restarts < 2
                    && refreshes < 2
                    && !(first.loses_result() && second.loses_result())
                {
                    assert!(result.is_ok(), "{first:?}, then {second:?}: {result:?}");
                    passed += 1;
                }
                // Only a fault that ends the upload, or waits for what never comes, is left over.
                assert!(
                    used || result.is_err()
                        || [first.on, second.on].contains(&On::Query)
                        || first.on != second.on
                        || second.on == On::Start
                        || second.on == On::Last,
                    "{first:?}, then {second:?} was not used"
                );
            }
        }
        assert!(passed > 1000, "only {passed} pairs were to pass");
    });
}

fn faults() -> impl Strategy<Value = Vec<Fault>> {
    let on = prop_oneof![
        Just(On::Start),
        Just(On::Send),
        Just(On::Last),
        Just(On::Query),
        Just(On::Any)
    ];
    let fault = on.prop_flat_map(|on| prop::sample::select(catalogue(on)));
    prop::collection::vec(fault, 0..8)
}

proptest! {
    #![proptest_config(ProptestConfig { cases: ProptestConfig::default().cases.max(3000), failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn resumable_upload_survives_random_faults(faults in faults(), total in 1_u64..40, unit in 1_u64..5, chunk in 1_u64..12) {
        let world = World::with_faults(total, unit, faults.clone());
        let result = block_on(world.run(total, chunk));
        let lost = faults.iter().filter(|fault| fault.loses_result()).count();
        if faults.iter().all(|fault| fault.class() == Class::Passes) && faults.len() < 5 && lost < 2 {
            prop_assert!(result.is_ok(), "{:?}", result);
        }
        prop_assert!(world.clock.now() < Duration::from_secs(3600));
    }
}
