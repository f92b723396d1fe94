//! A journal belongs to one account at one endpoint.

use std::path::PathBuf;
use std::time::Duration;

use google_photos::{FileReport, JournalError, Photos, Report, StopReason};
use google_photoslibrary_v1::{Client, Credentials};
use photos_emulator::{DEFAULT_CLIENT, DEFAULT_USER, Emulator, Fault, Gate, scopes};

use crate::support::{Scene, words};

fn photos(emulator: &Emulator, user: &str, scopes: &[&str]) -> Photos {
    let token = emulator.token_for(user, DEFAULT_CLIENT, scopes);
    let client = Client::builder()
        .credentials(Credentials::token(token))
        .endpoint_on_loopback(&emulator.url())
        .build()
        .unwrap();
    Photos::new(client)
}

async fn run(
    photos: &Photos,
    scene: &Scene,
    files: &[PathBuf],
    account: Option<&str>,
) -> Result<Report, JournalError> {
    let upload = photos.upload_files(files).journal(scene.journal());
    match account {
        Some(name) => upload.account(name).send().await,
        None => upload.send().await,
    }
}

#[tokio::test]
async fn a_journal_of_another_account_is_an_error() {
    let scene = Scene::new().await;
    let files = scene.photos(3);
    let own = photos(&scene.emulator, DEFAULT_USER, &scopes::LIVE);
    let other = photos(&scene.emulator, "other@example.com", &scopes::LIVE);
    assert!(run(&own, &scene, &files, None).await.unwrap().is_complete());
    scene.emulator.forget_requests();
    let error = run(&other, &scene, &files, None).await.unwrap_err();
    assert!(error.is_other_account(), "{error}");
    assert!(error.to_string().contains("another account"), "{error}");
    let calls = |id| scene.emulator.calls(id);
    assert_eq!((calls("mediaItems.batchGet"), calls("uploads")), (1, 0));
    // It is still the one of its account.
    let report = run(&own, &scene, &files, None).await.unwrap();
    assert!(report.is_complete() && report.files()[0].is_from_earlier_run());
}

#[tokio::test]
async fn named_accounts_are_compared_without_a_request() {
    let scene = Scene::new().await;
    let files = scene.photos(2);
    // A token that may only add items can't look for them.
    let own = photos(&scene.emulator, DEFAULT_USER, &[scopes::APPENDONLY]);
    for name in [Some("me"), Some("me")] {
        assert!(run(&own, &scene, &files, name).await.unwrap().is_complete());
    }
    assert_eq!(scene.emulator.calls("mediaItems.batchGet"), 0);
    scene.emulator.forget_requests();
    let error = run(&own, &scene, &files, Some("you")).await.unwrap_err();
    assert!(error.is_other_account(), "{error}");
    assert_eq!(scene.emulator.requests().len(), 0);
    let error = run(&own, &scene, &files, None).await.unwrap_err();
    let text = error.to_string();
    assert!(text.contains("readonly.appcreateddata"), "{text}");
    assert!(!error.is_other_account());
}

#[tokio::test]
async fn a_journal_of_another_endpoint_is_an_error() {
    let scene = Scene::new().await;
    let files = scene.photos(2);
    let own = photos(&scene.emulator, DEFAULT_USER, &scopes::LIVE);
    assert!(run(&own, &scene, &files, None).await.unwrap().is_complete());
    let other = Emulator::start_with(|config| config.seed = 7)
        .await
        .unwrap();
    let at_other = photos(&other, DEFAULT_USER, &scopes::LIVE);
    let real = Client::builder().credentials(Credentials::token("x"));
    let at_service = Photos::new(real.build().unwrap());
    for photos in [at_other, at_service] {
        let error = run(&photos, &scene, &files, None).await.unwrap_err();
        assert!(error.is_other_endpoint(), "{error}");
        assert!(error.to_string().contains(&scene.emulator.url()), "{error}");
    }
    assert_eq!(other.requests().len(), 0);
}

#[tokio::test]
async fn items_that_were_deleted_are_no_other_account() {
    let scene = Scene::new().await;
    let files = scene.photos(3);
    let report = scene.run(&files).await;
    delete(&scene, &report.files()[1..]);
    assert!(scene.run(&files).await.is_complete());
}

#[tokio::test]
async fn nothing_is_said_of_a_journal_that_cannot_be_checked() {
    let scene = Scene::new().await;
    let files = scene.photos(2);
    assert!(scene.run(&files).await.is_complete());
    scene
        .emulator
        .configure(|config| config.quotas.requests_per_day = Some(0));
    let report = scene.run(&files).await;
    assert_eq!(report.stopped().unwrap().reason(), StopReason::DailyQuota);
    assert_eq!(words(&report), ["left"; 2]);
}

#[tokio::test]
async fn a_stop_ends_the_check() {
    let scene = Scene::new().await;
    let files = scene.photos(2);
    assert!(scene.run(&files).await.is_complete());
    let gate = Gate::new();
    scene
        .emulator
        .plan("mediaItems.batchGet", Fault::hold(&gate));
    let emulator = scene.emulator.clone();
    let called = async move {
        while emulator.calls("mediaItems.batchGet") == 0 {
            tokio::time::sleep(Duration::from_millis(1)).await;
        }
    };
    let run = scene.upload(&files).stop_when(called).send();
    let report = run.await.unwrap();
    assert_eq!(report.stopped().unwrap().reason(), StopReason::Requested);
    assert_eq!(words(&report), ["left"; 2]);
    gate.open();
}

/// A program that uploads in several runs asks once whose journal it is, and keeps others out.
#[tokio::test]
async fn open_journal_serves_several_runs() {
    let scene = Scene::new().await;
    let files = scene.photos(6);
    let own = photos(&scene.emulator, DEFAULT_USER, &scopes::LIVE);
    let first = run(&own, &scene, &files[..2], None).await.unwrap();
    assert!(first.is_complete());

    let journal = own.open_journal(scene.journal()).await.unwrap();
    assert!(run(&own, &scene, &files, None).await.is_err());
    for part in files.chunks(3) {
        let upload = own.upload_files(part).open_journal(&journal);
        assert!(upload.send().await.unwrap().is_complete());
    }
    assert_eq!(scene.emulator.calls("mediaItems.batchGet"), 1);
    drop(journal);

    let uploads = scene.emulator.calls("uploads");
    let report = run(&own, &scene, &files, None).await.unwrap();
    assert!(report.files().iter().all(FileReport::is_from_earlier_run));
    assert_eq!((scene.emulator.calls("uploads"), uploads), (6, 6));
    // Another account is told apart at the first run.
    let other = photos(&scene.emulator, "other@example.com", &scopes::LIVE);
    let journal = other.open_journal(scene.journal()).await.unwrap();
    let upload = other.upload_files(&files).open_journal(&journal);
    assert!(upload.send().await.unwrap_err().is_other_account());
}

fn delete(scene: &Scene, files: &[FileReport]) {
    for file in files {
        let id = file.outcome().media_item().unwrap().id.clone().unwrap();
        let deleted = scene
            .emulator
            .edit_item(&id, |item| item.user = String::from("nobody"));
        assert!(deleted);
    }
}

#[tokio::test]
async fn account_is_named_later() {
    let scene = Scene::new().await;
    let files = scene.photos(2);
    let own = photos(&scene.emulator, DEFAULT_USER, &scopes::LIVE);
    let other = photos(&scene.emulator, "other@example.com", &scopes::LIVE);
    // The second one leaves out what the first one's lines replaced.
    for _ in 0..2 {
        assert!(run(&own, &scene, &files, None).await.unwrap().is_complete());
    }
    let unnamed = std::fs::read_to_string(scene.journal()).unwrap();
    // A name of whoever the items do not belong to is not kept.
    let error = run(&other, &scene, &files, Some("you")).await.unwrap_err();
    assert!(error.is_other_account(), "{error}");
    assert_eq!(std::fs::read_to_string(scene.journal()).unwrap(), unnamed);
    for requests in [1, 0] {
        scene.emulator.forget_requests();
        let report = run(&own, &scene, &files, Some("me")).await.unwrap();
        assert!(report.files().iter().all(FileReport::is_from_earlier_run));
        assert_eq!(scene.emulator.requests().len(), requests);
    }
    let named = std::fs::read_to_string(scene.journal()).unwrap();
    let lines = |text: &str| text.split_once('\n').unwrap().1.to_owned();
    assert_eq!(lines(&named), lines(&unnamed));
    let error = run(&own, &scene, &files, Some("you")).await.unwrap_err();
    assert!(error.is_other_account(), "{error}");
    assert_eq!(scene.emulator.requests().len(), 0);
    // The same for one that is open already.
    let journal = own.open_journal(scene.journal()).await.unwrap();
    for (name, is_own) in [("you", false), ("me", true)] {
        let upload = own.upload_files(&files).open_journal(&journal);
        assert_eq!(upload.account(name).send().await.is_ok(), is_own, "{name}");
    }
    assert_eq!(scene.emulator.requests().len(), 0);
}

#[tokio::test]
async fn new_lines_follow_a_name_that_was_added() {
    let scene = Scene::new().await;
    let files = scene.photos(4);
    let own = photos(&scene.emulator, DEFAULT_USER, &scopes::LIVE);
    assert!(run(&own, &scene, &files[..2], None).await.is_ok());
    let report = run(&own, &scene, &files, Some("me")).await.unwrap();
    assert_eq!(words(&report), ["created"; 4]);
    scene.emulator.forget_requests();
    let report = run(&own, &scene, &files, Some("me")).await.unwrap();
    assert!(report.files().iter().all(FileReport::is_from_earlier_run));
    assert_eq!(scene.emulator.requests().len(), 0);
}

/// A user who moved all photos elsewhere and deleted them here goes on with the same journal.
#[tokio::test]
async fn journal_of_deleted_items_is_adopted() {
    let scene = Scene::new().await;
    let mut files = scene.photos(3);
    let own = photos(&scene.emulator, DEFAULT_USER, &scopes::LIVE);
    let report = run(&own, &scene, &files, None).await.unwrap();
    delete(&scene, report.files());
    for name in [None, Some("me")] {
        let error = run(&own, &scene, &files, name).await.unwrap_err();
        let text = error.to_string();
        for way_out in ["another journal", "`adopt_journal`", "`--adopt-journal`"] {
            assert!(text.contains(way_out), "{text}");
        }
    }
    files.push(scene.file("new.png", &photos_emulator::sample_photo(4, 4, 77)));
    scene.emulator.forget_requests();
    let upload = own.upload_files(&files).journal(scene.journal());
    let report = upload.account("me").adopt_journal().send().await.unwrap();
    assert!(report.is_complete(), "{report:?}");
    assert_eq!(scene.emulator.calls("uploads"), 1);
    // From then on the name is enough.
    assert!(run(&own, &scene, &files, Some("me")).await.is_ok());
    let error = run(&own, &scene, &files, Some("you")).await.unwrap_err();
    assert!(error.is_other_account(), "{error}");
    assert_eq!(scene.emulator.calls("mediaItems.batchGet"), 0);
    let upload = own.upload_files(&files).journal(scene.journal());
    let error = upload.account("you").adopt_journal().send().await;
    assert!(error.unwrap_err().is_other_account());
}

/// A user who deletes the photos of a year has those of other years.
#[tokio::test]
async fn items_from_all_of_the_journal_are_looked_for() {
    let scene = Scene::new().await;
    let files = scene.photos(130);
    let own = photos(&scene.emulator, DEFAULT_USER, &scopes::LIVE);
    let report = run(&own, &scene, &files, None).await.unwrap();
    delete(&scene, &report.files()[60..]);
    assert!(run(&own, &scene, &files, None).await.is_ok());
    delete(&scene, &report.files()[..60]);
    assert!(run(&own, &scene, &files, None).await.is_err());
}
