//! Every run ends, and no file goes up more than twice, however long uploads take, whenever the network
//! goes and whatever the calendar says.

use std::fs;
use std::path::PathBuf;
use std::time::Duration;

use discovery_runtime::Clock as _;
use google_photos::{Report, StopReason, UploadEvent, WaitReason};
use proptest::prelude::*;
use tempfile::TempDir;

use crate::model::{Model, Span, World, contents};
use crate::support::words;

const MINUTE: u64 = 60;
const HOUR: u64 = 60 * MINUTE;
const DAY: u64 = 24 * HOUR;

/// Files that are their numbers.
pub(crate) fn files(count: usize) -> (TempDir, Vec<PathBuf>) {
    let folder = tempfile::tempdir().unwrap();
    let file = |number: usize| {
        let path = folder.path().join(format!("{number:03}.jpg"));
        fs::write(&path, contents(number)).unwrap();
        path
    };
    let files = (0..count).map(file).collect();
    (folder, files)
}

/// Runs with tokio's time paused, in which a year passes at once.
pub(crate) fn paused<T>(run: impl Future<Output = T>) -> T {
    let mut builder = tokio::runtime::Builder::new_current_thread();
    let runtime = builder.enable_time().start_paused(true).build().unwrap();
    let year = Duration::from_secs(365 * DAY);
    runtime.block_on(async {
        tokio::time::timeout(year, run)
            .await
            .expect("it never ends")
    })
}

/// One run of so many files.
fn run(world: World, count: usize, parallel: usize) -> (Model, Report) {
    let (_folder, files) = files(count);
    paused(async {
        let model = Model::new(world);
        let photos = model.photos();
        let report = photos.upload_files(&files).parallel(parallel).send();
        (model.clone(), report.await.unwrap())
    })
}

fn assert_at_most_two_uploads(model: &Model) {
    let uploads = model.uploads();
    assert!(uploads.values().all(|count| *count <= 2), "{uploads:?}");
}

#[test]
fn slow_uploads_become_items() {
    // One after another, 50 of them take longer than a token lives.
    let world = World {
        durations: vec![30 * MINUTE],
        ..World::default()
    };
    let (model, report) = run(world, 120, 1);
    assert!(report.is_complete(), "{:?}", words(&report));
    assert!(model.uploads().values().all(|count| *count == 1));
    let expected: Vec<_> = (0..120).map(contents).collect();
    assert_eq!(model.state().items, expected);
}

#[test]
fn a_stuck_upload_holds_nobody_back() {
    let world = World {
        durations: vec![20 * HOUR, 1],
        ..World::default()
    };
    let (_folder, files) = files(60);
    paused(async {
        let model = Model::new(world);
        let photos = model.photos();
        let run = tokio::spawn(photos.upload_files(&files).send());
        tokio::time::sleep(Duration::from_secs(15 * MINUTE)).await;
        assert_eq!(model.state().items.len(), 59);
        assert_eq!(model.state().batches, [50, 9], "as full as can be");
        assert!(run.await.unwrap().unwrap().is_complete());
    });
}

#[test]
fn a_short_wait_keeps_the_order() {
    let world = World {
        durations: vec![9 * MINUTE, 1],
        ..World::default()
    };
    let (model, report) = run(world, 120, 4);
    assert!(report.is_complete());
    assert_eq!(model.state().batches, [50, 50, 20]);
    assert!(model.state().items.is_sorted());
}

#[test]
fn a_stop_creates_what_is_uploaded() {
    let world = World {
        durations: vec![20 * HOUR, 1],
        ..World::default()
    };
    let (_folder, files) = files(60);
    paused(async {
        let model = Model::new(world);
        let signal = tokio::time::sleep(Duration::from_secs(5 * MINUTE));
        let photos = model.photos();
        let report = photos.upload_files(&files).stop_when(signal).send();
        let report = report.await.unwrap();
        assert_eq!(report.stopped().unwrap().reason(), StopReason::Requested);
        assert_eq!((report.done().count(), report.left().count()), (59, 1));
        assert_eq!(
            model.now().as_secs(),
            5 * MINUTE + 2,
            "two calls of a second"
        );
    });
}

#[test]
fn a_short_outage_is_waited_for() {
    let world = World {
        durations: vec![7],
        outages: vec![(100, 100 + 14 * MINUTE)],
        ..World::default()
    };
    let (_folder, files) = files(400);
    paused(async {
        let model = Model::new(world);
        let waits = std::sync::Arc::new(std::sync::Mutex::new(Vec::new()));
        let told = waits.clone();
        let photos = model.photos();
        let run = photos.upload_files(&files).on_event(move |event| {
            if let UploadEvent::Waiting { reason, .. } = event {
                told.lock().unwrap().push(reason);
            }
        });
        let report = run.send().await.unwrap();
        assert!(report.is_complete(), "{:?}", report.stopped());
        let waits = waits.lock().unwrap();
        assert!(!waits.is_empty());
        assert!(waits.iter().all(|reason| *reason == WaitReason::Outage));
        assert_at_most_two_uploads(&model);
    });
}

#[test]
fn the_wait_for_a_connection_is_bounded() {
    for (limit, most) in [
        (Some(0), 40),
        (Some(MINUTE), 2 * MINUTE),
        (None, 18 * MINUTE),
    ] {
        let world = World {
            outages: vec![(0, 365 * DAY)],
            ..World::default()
        };
        let (_folder, files) = files(20);
        paused(async {
            let model = Model::new(world);
            let mut run = model.photos().upload_files(&files);
            if let Some(limit) = limit {
                run = run.max_outage(Duration::from_secs(limit));
            }
            let report = run.send().await.unwrap();
            assert_eq!(report.stopped().unwrap().reason(), StopReason::Failing);
            assert_eq!(report.left().count(), 20);
            let passed = model.now().as_secs();
            let least = limit.unwrap_or(13 * MINUTE).saturating_sub(61);
            assert!((least..most).contains(&passed), "{limit:?}: {passed} s");
            assert!(model.requests("") < 4 * 5 * 60, "{limit:?}");
        });
    }
}

#[test]
fn a_run_goes_on_after_a_standby() {
    let world = World {
        durations: vec![7],
        standby: Some((3 * MINUTE, 9 * HOUR)),
        // It was off before, and comes back a while after.
        outages: vec![(100, 9 * HOUR + 5 * MINUTE)],
        ..World::default()
    };
    let (model, report) = run(world, 100, 4);
    assert!(report.is_complete(), "{:?}", report.stopped());
    assert_at_most_two_uploads(&model);
}

#[test]
fn a_calendar_that_jumps_at_each_look_ends() {
    for by in [
        i64::try_from(DAY).unwrap(),
        i64::try_from(HOUR).unwrap(),
        -3600,
    ] {
        let world = World {
            jump_at_each_look: by,
            ..World::default()
        };
        let (model, report) = run(world, 60, 4);
        assert_eq!(report.left().count(), 0, "{by}: {:?}", words(&report));
        assert_at_most_two_uploads(&model);
    }
}

#[test]
fn a_jump_of_the_calendar_costs_one_more_upload_at_most() {
    let world = World {
        durations: vec![2 * MINUTE],
        jumps: vec![
            (5 * MINUTE, 400 * 24 * 3600),
            (15 * MINUTE, -800 * 24 * 3600),
        ],
        ..World::default()
    };
    let (model, report) = run(world, 30, 1);
    assert!(report.is_complete(), "{:?}", words(&report));
    assert_at_most_two_uploads(&model);
}

fn world() -> impl Strategy<Value = World> {
    let seconds = prop_oneof![4 => 0..MINUTE, 2 => 0..HOUR, 1 => 0..30 * HOUR];
    let durations = prop::collection::vec(seconds, 1..60);
    let outage = (0..3 * DAY, prop_oneof![0..20 * MINUTE, 0..2 * DAY]);
    let outages = prop::collection::vec(outage, 0..6).prop_map(|outages| -> Vec<Span> {
        let span = |(from, length)| (from, from + length);
        outages.into_iter().map(span).collect()
    });
    let days = i64::try_from(3 * DAY).unwrap();
    let jumps = prop::collection::vec((0..3 * DAY, -days..days), 0..6);
    let at_each_look = prop_oneof![4 => Just(0), 1 => 0..days];
    (durations, outages, jumps, at_each_look).prop_map(
        |(durations, outages, jumps, jump_at_each_look)| World {
            durations,
            outages,
            jumps,
            jump_at_each_look,
            standby: None,
        },
    )
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]

    #[test]
    fn every_run_ends(world in world(), count in 1_usize..80, parallel in 1_usize..6) {
        let calm = world.outages.is_empty();
        let (model, report) = run(world, count, parallel);
        assert_at_most_two_uploads(&model);
        let items = model.state().items.len();
        prop_assert_eq!(report.files().len(), count);
        prop_assert!(report.done().count() <= items, "what is reported is there");
        prop_assert!(!words(&report).contains(&"rejected"), "no file is at fault");
        if calm {
            prop_assert!(report.is_complete(), "{:?}", words(&report));
        }
    }
}
