//! What becomes of a file when something goes wrong: each fault once while its bytes go up and once
//! while its item is created, with the requests that it takes, the time that passes and the outcome.
//!
//! What has an effect on one request only is in the tests of the runtime, such as offsets of sessions.

mod access;
mod inflating;
mod rejections;
mod sessions;
mod table;

use discovery_runtime::Clock as _;
use discovery_runtime::transport::FakeResponse;
use google_photos::Report;
use proptest::prelude::*;

use self::table::After::{self, File, Retry, Stop};
use self::table::faults;
use crate::endings::{files, paused};
use crate::model::{Model, World};
use crate::support::words;

const UPLOAD: &str = "/v1/uploads";
const CREATE: &str = "/v1/mediaItems:batchCreate";

/// A run of one file, and how long it took, without the second of each of its two requests.
async fn run(model: &Model, path: &std::path::Path, files: &[std::path::PathBuf]) -> (Report, u64) {
    let begun = model.now();
    let photos = model.photos_with(|builder| builder.max_response_size(1 << 20));
    let report = photos
        .upload_files(files)
        .journal(path)
        .send()
        .await
        .unwrap();
    (report, model.now().saturating_sub(begun).as_secs())
}

/// What is wrong, if something is.
fn check(
    name: &str,
    path: &'static str,
    response: FakeResponse,
    expected: After,
) -> Option<String> {
    let (folder, files) = files(1);
    let journal = folder.path().join("journal");
    paused(async {
        let model = Model::new(World::default());
        model.plan(path, response);
        let (report, seconds) = run(&model, &journal, &files).await;
        let actual = match (words(&report)[0], report.stopped()) {
            ("created", None) => Retry(seconds.saturating_sub(2)),
            (word, None) => File(word),
            ("left", Some(stop)) => Stop(stop.reason()),
            (word, Some(stop)) => panic!("{name}: {word} {stop}"),
        };
        let requests = model.requests(path);
        let few = requests == if matches!(expected, Retry(_)) { 2 } else { 1 };
        let right = few && is_as_expected(actual, expected);
        let wrong = format!("{name} at {path}: {actual:?}, {requests} requests: {report:?}");
        // Nothing was final: the file is left, and the next run makes the item.
        assert_eq!(report.is_complete(), report.left().count() == 0, "{name}");
        let (report, _) = run(&model, &journal, &files).await;
        assert!(report.is_complete(), "{name} at {path}: {report:?}");
        assert_eq!(model.state().items.len(), 1, "{name} at {path}");
        (!right).then_some(wrong)
    })
}

/// Two seconds don't matter.
fn is_as_expected(actual: After, expected: After) -> bool {
    match (actual, expected) {
        (Retry(actual), Retry(expected)) => actual.abs_diff(expected) <= 2,
        (actual, expected) => actual == expected,
    }
}

#[test]
fn each_fault_once_then_success() {
    let mut wrong = Vec::new();
    for (name, response, upload, create) in faults() {
        wrong.extend(check(name, UPLOAD, response.clone(), upload));
        wrong.extend(check(name, CREATE, response, create));
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// Runs while faults last and once more after them.
fn outlast(plan: impl Fn(&Model), name: &str) {
    let (folder, files) = files(3);
    let journal = folder.path().join("journal");
    paused(async {
        let model = Model::new(World::default());
        plan(&model);
        let (report, seconds) = run(&model, &journal, &files).await;
        // The longest: 15 minutes without a connection, or four waits for a rate limit.
        assert!(seconds <= 20 * 60, "{name}: {seconds} s");
        assert!(
            model.requests("") <= 400,
            "{name}: {} requests",
            model.requests("")
        );
        let (done, left) = (report.done().count(), report.left().count());
        assert_eq!(done + left, files.len(), "{name}: {report:?}");
        model.state().forget_plans();
        let (report, _) = run(&model, &journal, &files).await;
        assert!(report.is_complete(), "{name}: {report:?}");
        assert_eq!(model.state().items.len(), files.len(), "{name}");
    });
}

#[test]
fn each_fault_that_stays_is_left_for_the_next_run() {
    for (name, response, ..) in faults() {
        for path in [UPLOAD, CREATE] {
            let plan = |model: &Model| model.plan_always(path, response.clone());
            outlast(plan, &format!("{name} at {path}"));
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(128))]

    #[test]
    fn several_faults_are_left_for_the_next_run(
        picked in prop::collection::vec((any::<bool>(), any::<prop::sample::Index>()), 2..5),
    ) {
        let faults = faults();
        let picked: Vec<_> = picked
            .into_iter()
            .map(|(upload, index)| (if upload { UPLOAD } else { CREATE }, index.get(&faults)))
            .collect();
        let plan = |model: &Model| {
            for (path, (_, response, ..)) in &picked {
                model.plan(path, response.clone());
            }
        };
        let names: Vec<_> = picked.iter().map(|(path, (name, ..))| (*name, *path)).collect();
        outlast(plan, &format!("{names:?}"));
    }
}
