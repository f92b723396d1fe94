//! What becomes of a file whose upload goes in steps when the server says something else about its
//! session than was sent, and when the run is dropped in the middle of it.

use std::time::Duration;

use google_photos::UploadFiles;
use photos_emulator::{Cut, Fault, Gate, sample_video};

use crate::support::{Scene, soon, words};

const UNIT: u64 = 256 * 1024;
const RECEIVED: &str = "x-goog-upload-size-received";
const GRANULARITY: &str = "x-goog-upload-chunk-granularity";

/// Three chunks.
fn upload(scene: &Scene, path: &std::path::Path) -> UploadFiles {
    let photos = scene.photos_with_short_waits();
    let upload = photos.upload_files([path]).album(&scene.album);
    let upload = upload.journal(scene.journal());
    upload.resumable_above(0).chunk_size(UNIT)
}

/// Faults of one kind by the requests that have them, the outcome of their run, and the requests of its
/// uploads.
type Row = (
    &'static str,
    Vec<(&'static str, Fault)>,
    &'static str,
    &'static str,
);

fn rows() -> Vec<Row> {
    let nudge = || {
        let fault = Fault::lose_reply(Cut::Reset);
        ("uploads.upload", fault.skip(1))
    };
    let says = |name: &'static str, value: &'static str| Fault::alter().header(name, value);
    let start = |fault: Fault| vec![("uploads.start", fault)];
    vec![
        (
            "final response lost",
            vec![("uploads.finalize", Fault::lose_reply(Cut::Reset))],
            "created",
            "start upload upload finalize query start upload upload finalize",
        ),
        (
            "offset regression",
            vec![nudge(), ("uploads.query", says(RECEIVED, "0"))],
            "created",
            "start upload upload query start upload upload finalize",
        ),
        (
            "offset ahead",
            vec![nudge(), ("uploads.query", says(RECEIVED, "599999"))],
            "failed",
            "start upload upload query cancel",
        ),
        (
            "part of a chunk taken",
            vec![("uploads.upload", Fault::cut_request(100_000, Cut::Reset))],
            "created",
            "start upload query upload upload finalize",
        ),
        (
            "granularity missing",
            start(Fault::alter().without_header(GRANULARITY)),
            "failed",
            "start",
        ),
        (
            "granularity of zero",
            start(says(GRANULARITY, "0")),
            "failed",
            "start",
        ),
        (
            "granularity doubled",
            start(says(GRANULARITY, "524288")),
            "created",
            "start upload finalize",
        ),
    ]
}

#[tokio::test]
async fn faults_of_sessions_make_one_item_or_none() {
    for (name, faults, expected, steps) in rows() {
        let scene = Scene::new().await;
        let path = scene.file("film.mp4", &sample_video(600_000, 1));
        for (target, fault) in faults {
            scene.emulator.plan(target, fault);
        }
        let report = upload(&scene, &path).send().await.unwrap();
        scene.emulator.assert_faults_consumed();
        assert_eq!(words(&report), [expected], "{name}: {report:?}");
        let requests = scene.emulator.requests();
        let sent = requests
            .iter()
            .filter_map(|request| request.method_id.strip_prefix("uploads."));
        assert_eq!(sent.collect::<Vec<_>>().join(" "), steps, "{name}");
        assert_eq!(
            report.left().count(),
            usize::from(expected != "created"),
            "{name}"
        );
        // What is left, the next run makes, and nothing twice.
        let report = upload(&scene, &path).send().await.unwrap();
        assert!(report.is_complete(), "{name}: {report:?}");
        scene.assert_album_has(std::slice::from_ref(&path));
        assert_eq!(scene.emulator.items().len(), 1, "{name}");
    }
}

/// Whatever a dropped run was doing, the next one makes an item of the file. One whose creation was
/// under way can be there already, which is looked for.
#[tokio::test]
async fn dropped_run_is_continued_by_the_next() {
    for target in [
        "uploads.start",
        "uploads.upload",
        "uploads.finalize",
        "mediaItems.batchCreate",
    ] {
        let scene = Scene::new().await;
        let path = scene.file("film.mp4", &sample_video(600_000, 1));
        let gate = Gate::new();
        scene.emulator.plan(target, Fault::hold(&gate));
        let emulator = scene.emulator.clone();
        let held = async {
            gate.arrived(1).await;
        };
        tokio::select! {
            report = upload(&scene, &path).send() => panic!("{target}: {report:?}"),
            () = held => {}
        }
        gate.open();
        // What was under way at the server comes to its end.
        tokio::time::sleep(Duration::from_millis(50)).await;
        soon(|| emulator.faults_left().is_empty()).await;
        let report = upload(&scene, &path).send().await.unwrap();
        let report = if report.is_complete() {
            report
        } else {
            upload(&scene, &path).send().await.unwrap()
        };
        assert!(report.is_complete(), "{target}: {report:?}");
        assert_eq!(scene.emulator.items().len(), 1, "{target}");
    }
}
