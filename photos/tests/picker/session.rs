//! The session: how it begins, is waited for, goes on in another process, and ends.

use std::time::Duration;

use discovery_runtime::{Clock as _, TestClock};
use google_photos::{Photos, PickEnd, PickError, PickEvent, PickedFile, PickedOutcome};
use google_photoslibrary_v1::{Client, Credentials};
use photos_emulator::{Fault, Reply, scopes};
use serde_json::json;

use crate::support::{add, files, picked, start};

#[tokio::test]
async fn a_saved_session_continues_in_another_process() {
    let (emulator, photos) = start().await;
    let ids = [add(&emulator, "a.png", 1), add(&emulator, "a.png", 2)];
    let ids = [ids[0].as_str(), ids[1].as_str()];
    let saved = picked(&emulator, &photos, &ids).await.id().to_owned();
    let folder = tempfile::tempdir().unwrap();
    // The second download fails, and the session is kept.
    emulator.plan("picker.baseUrl", Fault::status(500).skip(2));
    let session = photos.resume_pick(&saved).await.unwrap();
    let run = session.into_folder(folder.path()).clips(false).parallel(1);
    emulator.clear_faults();
    emulator.plan("picker.baseUrl", Fault::status(500).skip(1));
    let report = run.keep_unfinished(true).send().await.unwrap();
    assert_eq!(report.kept_session(), Some(saved.as_str()));
    assert_eq!(report.left().count(), 1);
    assert_eq!(files(folder.path()).len(), 1);
    let session = photos.resume_pick(&saved).await.unwrap();
    assert_eq!(
        session
            .address()
            .as_deref()
            .map(|uri| uri.ends_with("/autoclose")),
        Some(true)
    );
    let report = session.into_folder(folder.path()).send().await.unwrap();
    let finished = report.files().iter();
    let outcomes: Vec<_> = finished.map(PickedFile::outcome).collect();
    assert!(
        matches!(
            outcomes[..],
            [
                PickedOutcome::AlreadyThere,
                PickedOutcome::Downloaded { .. }
            ]
        ),
        "{outcomes:?}"
    );
    // Two photos of one name are two files.
    assert_eq!(files(folder.path()).len(), 2);
    assert!(emulator.picking_sessions().is_empty());
    let error = photos.resume_pick(&saved).await.unwrap_err();
    assert!(matches!(error, PickError::SessionEnded(_)), "{error:?}");
}

fn session(interval: &str, timeout: &str) -> Fault {
    let polling = json!({"pollInterval": interval, "timeoutIn": timeout});
    Fault::reply(Reply::json(
        200,
        json!({"id": "s", "pollingConfig": polling}),
    ))
}

/// <https://developers.google.com/photos/picker/reference/rest/v1/sessions>: `pollingConfig` may change
/// from one response to the next, and a `timeoutIn` of 0 means to stop.
#[tokio::test]
async fn polling_follows_the_newest_response() {
    let (emulator, photos) = start().await;
    let clock = TestClock::new();
    let photos = photos.with_clock(clock.clone());
    let mut picking = photos.pick().start().await.unwrap();
    for fault in [
        session("10s", "100s"),
        session("30.5s", "1799.5s"),
        session("5s", "0s"),
    ] {
        emulator.plan("picker.sessions.get", fault);
    }
    assert_eq!(picking.wait().send().await.unwrap(), PickEnd::TimedOut);
    assert_eq!(clock.now(), Duration::from_millis(40_500));
    assert_eq!(emulator.calls("picker.sessions.get"), 3);
    // The caller may be less patient than the service.
    let begin = clock.now();
    let wait = picking.wait().at_most(Duration::from_secs(12));
    assert_eq!(wait.send().await.unwrap(), PickEnd::TimedOut);
    assert_eq!(clock.now(), begin + Duration::from_secs(12));
    assert!(!emulator.picking_sessions().is_empty());
}

#[tokio::test]
async fn polling_survives_what_passes() {
    let (emulator, photos) = start().await;
    let one = add(&emulator, "a.png", 1);
    let mut session = photos.pick().start().await.unwrap();
    emulator.pick(session.id(), &[&one]);
    emulator.plan("picker.sessions.get", Fault::status(503).times(3));
    assert_eq!(session.wait().send().await.unwrap(), PickEnd::Done);
    assert_eq!(emulator.calls("picker.sessions.get"), 4);
    emulator.plan("picker.sessions.get", Fault::status(403));
    assert!(session.wait().send().await.is_err());
}

#[tokio::test]
async fn the_session_is_deleted_whatever_happened() {
    let (emulator, photos) = start().await;
    let folder = tempfile::tempdir().unwrap();
    let into = || photos.pick().into_folder(folder.path());

    emulator.configure(|config| config.picking_timeout = Duration::ZERO);
    assert_eq!(into().send().await.unwrap().end(), PickEnd::TimedOut);
    assert!(emulator.picking_sessions().is_empty());
    emulator.configure(|config| config.picking_timeout = Duration::from_secs(1800));

    let stopped = into().stop_when(async {}).send().await.unwrap();
    assert_eq!(stopped.end(), PickEnd::Stopped);
    assert!(emulator.picking_sessions().is_empty());

    emulator.plan("picker.sessions.get", Fault::status(403));
    assert!(matches!(into().send().await, Err(PickError::Call(_))));
    assert!(emulator.picking_sessions().is_empty());

    let (send, started) = tokio::sync::oneshot::channel();
    let send = std::sync::Mutex::new(Some(send));
    let pick = into().on_event(move |event| {
        if let (PickEvent::Started { .. }, Some(send)) = (event, send.lock().unwrap().take()) {
            send.send(()).unwrap();
        }
    });
    let task = tokio::spawn(pick.send());
    started.await.unwrap();
    assert_eq!(emulator.picking_sessions().len(), 1);
    task.abort();
    assert!(task.await.unwrap_err().is_cancelled());
    while !emulator.picking_sessions().is_empty() {
        tokio::time::sleep(Duration::from_millis(5)).await;
    }
}

#[tokio::test]
async fn errors_say_what_to_do() {
    let (emulator, photos) = start().await;
    let session = photos.pick().start().await.unwrap();
    let early = session.items().await.unwrap_err();
    assert!(matches!(early, PickError::NotDone(_)), "{early:?}");
    session.clone().delete().await.unwrap();
    // It is gone already.
    session.delete().await.unwrap();
    emulator.configure(|config| config.picking_sessions = 0);
    let many = photos.pick().start().await.unwrap_err();
    assert!(matches!(many, PickError::TooManySessions(_)), "{many:?}");
    emulator.configure(|config| config.photos_account = false);
    let none = photos.pick().start().await.unwrap_err();
    assert!(matches!(none, PickError::NoAccount(_)), "{none:?}");
}

/// A session is made once: without a `requestId` a request whose outcome is unknown is not sent again.
#[tokio::test]
async fn a_request_id_lets_the_start_be_retried() {
    let (emulator, _) = start().await;
    let client = Client::builder()
        .credentials(Credentials::token(emulator.token(&[scopes::PICKER])))
        .endpoint_on_loopback(&emulator.url())
        .build()
        .unwrap();
    let photos = Photos::new(client);
    let lost = || Fault::lose_reply(photos_emulator::Cut::Reset);
    emulator.plan("picker.sessions.create", lost());
    let error = photos.pick().start().await.unwrap_err();
    assert!(matches!(error, PickError::Call(error) if error.is_outcome_unknown()));
    assert_eq!(emulator.picking_sessions().len(), 1);
    emulator.plan("picker.sessions.create", lost());
    let uuid = "5c3b7a3e-5d2f-4c57-9f0c-1b8c2f5a7d11";
    let pick = photos.pick().max_items(7).request_id(uuid);
    pick.start().await.unwrap();
    let sessions = emulator.picking_sessions();
    assert_eq!(sessions.len(), 2);
    assert_eq!(sessions.iter().filter(|one| one.max_items == 7).count(), 1);
}

#[tokio::test]
async fn a_session_without_a_usable_address_is_no_session() {
    let (emulator, photos) = start().await;
    let folder = tempfile::tempdir().unwrap();
    let body = json!({"id": "s", "pickerUri": "file:///etc/passwd"});
    emulator.plan(
        "picker.sessions.create",
        Fault::reply(Reply::json(200, body)),
    );
    let pick = photos.pick().into_folder(folder.path());
    let error = pick.send().await.unwrap_err();
    assert!(
        matches!(error, PickError::Incomplete("address")),
        "{error:?}"
    );
}
