//! What is final and what is left: by codes of items, and by what else is said of them.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use discovery_runtime::transport::FakeResponse;
use google_photos::StopReason;
use serde_json::json;

use super::table::{error, html};
use super::{CREATE, UPLOAD, run};
use crate::endings::{files, paused};
use crate::model::{Model, World};
use crate::support::words;

/// What becomes of the item of a file, by its code in `google.rpc.Code`.
#[test]
fn only_invalid_argument_is_final() {
    for code in 1..=17 {
        let (folder, files) = files(1);
        let journal = folder.path().join("journal");
        paused(async {
            let model = Model::new(World::default());
            model.plan(CREATE, item_error(code, "What happened."));
            let (report, _) = run(&model, &journal, &files).await;
            let expected = match code {
                1 | 4 | 8 | 10 | 13 | 14 => ("created", 2),
                3 => ("rejected", 1),
                _ => ("failed", 1),
            };
            let actual = (words(&report)[0], model.requests(CREATE));
            assert_eq!(actual, expected, "{code}: {report:?}");
            let (uploads, creates) = (model.requests(UPLOAD), model.requests(CREATE));
            let (report, _) = run(&model, &journal, &files).await;
            assert_eq!(report.is_complete(), code != 3, "{code}: {report:?}");
            let sent = (
                model.requests(UPLOAD) - uploads,
                model.requests(CREATE) - creates,
            );
            assert_eq!(
                sent,
                if expected.0 == "failed" {
                    (0, 1)
                } else {
                    (0, 0)
                },
                "{code}"
            );
        });
    }
}

#[test]
fn a_rejected_file_can_be_tried_again() {
    let (folder, files) = files(1);
    let journal = folder.path().join("journal");
    paused(async {
        let model = Model::new(World::default());
        model.plan(CREATE, item_error(3, "Failed."));
        let (report, _) = run(&model, &journal, &files).await;
        assert_eq!(words(&report), ["rejected"]);
        let again = model.photos().upload_files(&files).journal(&journal);
        let report = again.retry_rejected().send().await.unwrap();
        assert!(report.is_complete());
        assert_eq!(model.requests(UPLOAD), 2);
    });
}

/// An earlier version noted every code as final.
#[test]
fn a_rejection_that_was_not_about_the_file_is_tried_again() {
    let (folder, files) = files(1);
    let journal = folder.path().join("journal");
    paused(async {
        let model = Model::new(World::default());
        model.plan(CREATE, item_error(3, "Failed."));
        let (report, _) = run(&model, &journal, &files).await;
        assert_eq!(words(&report), ["rejected"]);
        let noted = std::fs::read_to_string(&journal).unwrap();
        let older = noted.replace(r#""code":3"#, r#""code":7"#);
        assert_ne!(older, noted);
        std::fs::write(&journal, older).unwrap();
        let (report, _) = run(&model, &journal, &files).await;
        assert!(report.is_complete(), "{report:?}");
        assert!(!report.files()[0].is_from_earlier_run());
    });
}

/// Each call is rejected with other words, such as a number of the request.
#[test]
fn rejected_calls_condemn_no_file() {
    let (folder, files) = files(60);
    let journal = folder.path().join("journal");
    paused(async {
        let model = Model::new(World::default());
        for number in 0..100 {
            let message = format!("Request {number} contains an invalid argument.");
            model.plan(CREATE, error(400, "INVALID_ARGUMENT", &message));
        }
        let (report, _) = run(&model, &journal, &files).await;
        assert_eq!(report.stopped().unwrap().reason(), StopReason::Failing);
        assert_eq!(report.left().count(), 60);
        assert!(model.requests(CREATE) < 12);
        model.state().forget_plans();
        let (report, _) = run(&model, &journal, &files).await;
        assert!(report.is_complete(), "{report:?}");
    });
}

#[test]
fn text_of_the_service_says_nothing_to_a_terminal() {
    let (folder, files) = files(1);
    let journal = folder.path().join("journal");
    let text = "\u{1b}[2Jgone\u{9b}1m\r\n\u{202e}";
    for response in [
        item_error(3, text),
        item_error(9, text),
        error(400, "INVALID_ARGUMENT", text),
        error(503, text, text),
        html(403).with_header("content-type", text),
    ] {
        paused(async {
            let model = Model::new(World::default());
            model.plan(CREATE, response);
            let (report, _) = run(&model, &journal, &files).await;
            let _ = std::fs::remove_file(&journal);
            let mut shown = report.files()[0].outcome().to_string();
            let mut source = report.stopped().map(|stop| stop as &dyn std::error::Error);
            while let Some(error) = source {
                shown.push_str(&error.to_string());
                source = error.source();
            }
            let is_bad = |c: char| c.is_control() || c == '\u{202e}';
            assert!(!shown.contains(is_bad), "{shown:?}");
        });
    }
}

#[test]
fn a_listener_that_panics_fails_no_file() {
    let (_folder, files) = files(60);
    let calls = Arc::new(AtomicUsize::new(0));
    let counter = calls.clone();
    paused(async {
        let model = Model::new(World::default());
        let run = model.photos().upload_files(&files).on_event(move |_| {
            counter.fetch_add(1, Ordering::SeqCst);
            panic!("a mistake in the progress bar");
        });
        assert!(run.send().await.unwrap().is_complete());
    });
    assert_eq!(calls.load(Ordering::SeqCst), 1, "it is not called again");
}

fn item_error(code: i32, message: &str) -> FakeResponse {
    let status = json!({ "code": code, "message": message });
    let results = json!({ "newMediaItemResults": [{ "status": status }] });
    FakeResponse::json(200, results.to_string())
}
