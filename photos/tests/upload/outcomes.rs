//! An outcome for each file, whatever happens to the others.

use google_photos::{NewFile, Outcome, RejectionReason, StopReason};
use photos_emulator::{Cut, Fault, Reply, sample_photo, sample_video};

use crate::support::{Scene, soon, word, words};

#[tokio::test]
async fn equal_bytes_are_one_item() {
    let scene = Scene::new().await;
    let mut files = scene.photos(2);
    files.push(scene.file("copy.png", &sample_photo(4, 4, 0)));
    files.push(files[1].clone());
    let report = scene.run(&files).await;
    assert_eq!(words(&report), ["created", "created", "already", "already"]);
    let id = |index: usize| {
        report.files()[index]
            .outcome()
            .media_item()
            .unwrap()
            .id
            .clone()
            .unwrap()
    };
    assert_eq!((id(2), id(3)), (id(0), id(1)));
    assert_eq!(scene.emulator.items().len(), 2);
    assert_eq!(
        scene.emulator.calls("uploads"),
        3,
        "a file that is given twice goes up once"
    );
}

#[tokio::test]
async fn rejected_files_do_not_affect_the_others() {
    let scene = Scene::new().await;
    let good = scene.photos(2);
    let files = vec![
        NewFile::from(&good[0]),
        NewFile::from(&scene.file("empty.jpg", b"")),
        NewFile::from(&scene.file("junk.jpg", b"plainly no picture")),
        NewFile::from(&scene.file("long.png", &sample_photo(4, 4, 9))).name("ü".repeat(256)),
        NewFile::from(&scene.file("wordy.png", &sample_photo(4, 4, 8)))
            .description("x".repeat(1001)),
        NewFile::new(scene.folder.path().join("missing.jpg")),
        NewFile::from(&good[1])
            .name("湖.png")
            .description("At the lake"),
    ];
    let report = scene
        .photos
        .upload_files(files)
        .album(&scene.album)
        .send()
        .await
        .unwrap();
    assert_eq!(
        words(&report),
        [
            "created", "rejected", "rejected", "rejected", "rejected", "rejected", "created"
        ]
    );
    let reasons = report
        .files()
        .iter()
        .filter_map(|file| match file.outcome() {
            Outcome::Rejected(rejection) => Some((rejection.reason(), rejection.code())),
            _ => None,
        });
    let reasons: Vec<_> = reasons.collect();
    assert_eq!(reasons[0], (RejectionReason::Empty, None));
    assert_eq!(reasons[1], (RejectionReason::Service, Some(3)));
    assert_eq!(reasons[2], (RejectionReason::NameTooLong, None));
    assert_eq!(reasons[3], (RejectionReason::DescriptionTooLong, None));
    assert_eq!(reasons[4], (RejectionReason::Unreadable, None));
    let items = scene.emulator.items();
    let item = items
        .iter()
        .find(|item| item.file_name == "湖.png")
        .unwrap();
    assert_eq!(item.description, "At the lake");
    scene.assert_album_has(&good);
}

#[tokio::test]
async fn an_unsupported_content_type_is_not_sent() {
    let scene = Scene::new().await;
    let notes = NewFile::from(&scene.file("notes", b"no picture")).content_type("text/plain");
    let report = scene.photos.upload_files([notes]).send().await.unwrap();
    let Outcome::Rejected(rejection) = report.files()[0].outcome() else {
        panic!("{report:?}")
    };
    assert_eq!(rejection.reason(), RejectionReason::UnsupportedType);
    assert_eq!(scene.emulator.requests().len(), 0);
}

#[tokio::test]
async fn a_transient_item_error_is_retried_once() {
    let scene = Scene::new().await;
    let files = scene.photos(3);
    let internal = |times| {
        let body = r#"{"newMediaItemResults": [
            {"status": {"code": 13, "message": "Internal error"}},
            {"status": {"code": 13, "message": "Internal error"}},
            {"status": {"code": 13, "message": "Internal error"}}]}"#;
        Fault::reply(
            Reply::new(200)
                .header("content-type", "application/json")
                .body(body),
        )
        .times(times)
    };
    scene.emulator.plan("mediaItems.batchCreate", internal(1));
    assert!(scene.run(&files).await.is_complete());
    assert_eq!(scene.emulator.calls("mediaItems.batchCreate"), 2);
    scene.assert_album_has(&files);

    let scene = Scene::new().await;
    let files = scene.photos(3);
    scene.emulator.plan("mediaItems.batchCreate", internal(2));
    let report = scene.run(&files).await;
    assert_eq!(words(&report), ["failed"; 3]);
    assert_eq!(report.left().count(), 3);
    scene.emulator.assert_faults_consumed();
    // The files were not rejected: the next run creates the items, of the bytes that are there.
    scene.emulator.forget_requests();
    assert!(scene.run(&files).await.is_complete());
    assert_eq!(scene.emulator.calls("uploads"), 0);
    scene.assert_album_has(&files);
}

#[tokio::test]
async fn a_rejected_batch_is_bisected() {
    let scene = Scene::new().await;
    let files = scene.photos(9);
    // The service rejects calls of 9, 4, 2 and 1 items: all that have the first item.
    scene
        .emulator
        .plan("mediaItems.batchCreate", Fault::status(400).times(4));
    let report = scene.run(&files).await;
    let expected: Vec<_> = (0..9)
        .map(|index| if index == 0 { "failed" } else { "created" })
        .collect();
    assert_eq!(words(&report), expected);
    assert_eq!(scene.batches(), [9, 4, 2, 1, 1, 2, 5]);
    // The service rejected the call, not the file: it is left, and the next run tries it again.
    assert_eq!(report.left().count(), 1);
    scene.assert_album_has(&files[1..]);
    scene.emulator.assert_faults_consumed();
    assert!(scene.run(&files).await.is_complete());
}

#[tokio::test]
async fn a_rejection_of_every_item_stops_the_run() {
    let scene = Scene::new().await;
    let files = scene.photos(60);
    scene
        .emulator
        .plan("mediaItems.batchCreate", Fault::status(400).times(100));
    let report = scene.run(&files).await;
    assert_eq!(report.stopped().unwrap().reason(), StopReason::Failing);
    assert!(scene.emulator.calls("mediaItems.batchCreate") < 12);
    assert_eq!(report.done().count(), 0);
}

#[tokio::test]
async fn an_album_that_is_gone_stops_the_run() {
    let scene = Scene::new().await;
    let files = scene.photos(3);
    scene.emulator.delete_album(&scene.album);
    let report = scene.run(&files).await;
    assert_eq!(words(&report), ["left"; 3]);
    assert_eq!(report.stopped().unwrap().reason(), StopReason::Album);
    assert_eq!(scene.emulator.calls("mediaItems.batchCreate"), 1);
}

#[tokio::test]
async fn a_full_storage_stops_the_run() {
    let scene = Scene::new().await;
    scene
        .emulator
        .set_storage_limit(photos_emulator::DEFAULT_USER, Some(10));
    let report = scene.run(&scene.photos(3)).await;
    assert_eq!(words(&report), ["left"; 3]);
    assert_eq!(report.stopped().unwrap().reason(), StopReason::StorageFull);
}

#[tokio::test]
async fn a_lost_response_is_resolved_by_the_next_run() {
    let scene = Scene::new().await;
    let files = scene.photos(3);
    scene
        .emulator
        .plan("mediaItems.batchCreate", Fault::lose_reply(Cut::Reset));
    let report = scene.run(&files).await;
    assert_eq!(words(&report), ["unknown"; 3]);
    scene.emulator.assert_faults_consumed();
    assert_eq!(
        scene.emulator.calls("mediaItems.batchCreate"),
        1,
        "it is not repeated blindly"
    );
    scene.emulator.forget_requests();
    let report = scene.run(&files).await;
    assert_eq!(words(&report), ["created"; 3]);
    assert_eq!(scene.emulator.calls("uploads"), 0);
    assert_eq!(scene.emulator.items().len(), 3);
    scene.assert_album_has(&files);
}

#[tokio::test]
async fn a_single_use_token_is_replaced() {
    let scene = Scene::new().await;
    let files = scene.photos(2);
    scene
        .emulator
        .plan("mediaItems.batchCreate", Fault::lose_reply(Cut::Reset));
    assert_eq!(words(&scene.run(&files).await), ["unknown"; 2]);
    // It is not known whether the service takes a token twice.
    let used = r#"{"newMediaItemResults": [{"status": {"code": 3, "message": "used"}},
        {"status": {"code": 6, "message": "used"}}]}"#;
    let reply = Reply::new(200)
        .header("content-type", "application/json")
        .body(used);
    scene
        .emulator
        .plan("mediaItems.batchCreate", Fault::reply(reply));
    scene.emulator.forget_requests();
    assert_eq!(words(&scene.run(&files).await), ["created"; 2]);
    assert_eq!(scene.emulator.calls("uploads"), 2);
    scene.emulator.assert_faults_consumed();
    scene.assert_album_has(&files);
}

#[tokio::test]
async fn a_failed_upload_is_left_for_the_next_run() {
    let scene = Scene::new().await;
    let files = scene.photos(3);
    let rejection = Reply::new(413)
        .header("content-type", "text/plain")
        .body("no");
    scene.emulator.plan("uploads.raw", Fault::reply(rejection));
    let report = scene.upload(&files).parallel(1).send().await.unwrap();
    assert_eq!(words(&report), ["failed", "created", "created"]);
    assert_eq!(report.left().map(word).collect::<Vec<_>>(), ["failed"]);
    assert!(scene.run(&files).await.is_complete());
}

#[tokio::test]
async fn repeated_failures_stop_the_run() {
    let scene = Scene::new().await;
    let files = scene.photos(170);
    scene
        .emulator
        .plan("mediaItems.batchCreate", Fault::status(503).times(3));
    let report = scene.run(&files).await;
    scene.emulator.assert_faults_consumed();
    assert_eq!(report.stopped().unwrap().reason(), StopReason::Failing);
    let count = |wanted| {
        words(&report)
            .iter()
            .filter(|word| **word == wanted)
            .count()
    };
    assert_eq!((count("unknown"), count("left")), (150, 20));
    assert!(scene.run(&files).await.is_complete());
    scene.assert_album_has(&files);
}

#[tokio::test]
async fn a_dropped_run_can_be_resumed() {
    let scene = Scene::new().await;
    let files = scene.photos(8);
    let gate = photos_emulator::Gate::new();
    scene
        .emulator
        .plan("mediaItems.batchCreate", Fault::hold(&gate));
    let run = scene.upload(&files).send();
    let reached = async {
        soon(|| scene.emulator.calls("mediaItems.batchCreate") == 1).await;
    };
    tokio::select! {
        _ = run => panic!("nothing opens the gate"),
        () = reached => {}
    }
    gate.open();
    scene.emulator.forget_requests();
    assert!(scene.run(&files).await.is_complete());
    assert_eq!(scene.emulator.calls("uploads"), 0);
    scene.assert_album_has(&files);
}

#[tokio::test]
async fn an_interrupted_session_is_resumed_in_the_same_run() {
    let scene = Scene::new().await;
    let files = [scene.file("film.mp4", &sample_video(600_000, 5))];
    // The way to the service is lost for more than the client retries.
    let cut = Fault::lose_reply(Cut::Reset);
    scene.emulator.plan("uploads.upload", cut);
    let photos = scene.photos_without_retries();
    let run = photos.upload_files(&files).album(&scene.album);
    let run = run.resumable_above(1000).chunk_size(262_144);
    let report = run.send().await.unwrap();
    assert_eq!(words(&report), ["created"], "{report:?}");
    scene.emulator.assert_faults_consumed();
    assert_eq!(scene.emulator.calls("uploads.start"), 1, "one session");
    scene.assert_album_has(&files);
}
