//! What a user picks, from the session to the files.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "the helpers of tests are tests"
)]

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;
use std::sync::Arc;
use std::time::Duration;

use discovery_runtime::{Clock as _, RetryPolicy, TestClock};
use google_photos::{
    DownloadError, Photos, PickEnd, PickError, PickEvent, PickReport, PickSession, PickedFile,
    PickedOutcome,
};
use google_photoslibrary_v1::{Client, Credentials};
use photos_emulator::{Emulator, Fault, Media, NewItem, Reply, sample_photo, sample_video, scopes};
use serde_json::json;

async fn start() -> (Arc<Emulator>, Photos) {
    let emulator = Emulator::start_with(|config| {
        config.access_token_lifetime = Duration::from_secs(24 * 3600);
        config.video_host = Some("localhost".to_owned());
    });
    let emulator = emulator.await.unwrap();
    let granted = [&scopes::LIVE[..], &[scopes::PICKER]].concat();
    let client = Client::builder()
        .credentials(Credentials::token(emulator.token(&granted)))
        .endpoint_on_loopback(&emulator.url())
        .retry(RetryPolicy::default().with_max_attempts(1))
        .build()
        .unwrap();
    let photos = Photos::new(client).with_clock(TestClock::new());
    (Arc::new(emulator), photos)
}

/// A photo that another app or device brought.
fn add(emulator: &Emulator, name: &str, seed: u32) -> String {
    let taken = emulator.ago(Duration::from_secs(u64::from(seed) * 3600));
    let photo = NewItem::new(name, sample_photo(64, 48, seed)).client(None);
    emulator.add_item(photo.captured(taken)).unwrap()
}

fn add_video(emulator: &Emulator, name: &str) -> String {
    let video = NewItem::new(name, sample_video(5000, 1)).client(None);
    emulator.add_item(video).unwrap()
}

/// A session in which everything is picked.
async fn picked(emulator: &Emulator, photos: &Photos, ids: &[&str]) -> PickSession {
    let mut session = photos.pick().start().await.unwrap();
    assert!(emulator.pick(session.id(), ids));
    assert_eq!(session.wait().send().await.unwrap(), PickEnd::Done);
    session
}

/// Picks everything as soon as the session is there.
async fn pick_into(
    emulator: &Arc<Emulator>,
    photos: &Photos,
    ids: &[&str],
    folder: &Path,
) -> PickReport {
    let ids: Vec<String> = ids.iter().map(|&id| id.to_owned()).collect();
    let user = emulator.clone();
    let pick = photos.pick().into_folder(folder).on_event(move |event| {
        if let PickEvent::Started { id, address } = event {
            assert!(address.ends_with("/autoclose"), "{address}");
            let ids: Vec<&str> = ids.iter().map(String::as_str).collect();
            assert!(user.pick(id, &ids));
        }
    });
    pick.send().await.unwrap()
}

fn files(folder: &Path) -> BTreeSet<String> {
    let entries = fs::read_dir(folder).unwrap();
    let names = entries.map(|entry| entry.unwrap().file_name().into_string().unwrap());
    names.collect()
}

#[tokio::test]
async fn what_is_picked_comes_into_the_folder_and_the_pickinggoes() {
    let (emulator, photos) = start().await;
    emulator.configure(|config| config.video_processing_reads = 0);
    let (one, film) = (add(&emulator, "a.png", 1), add_video(&emulator, "film.mp4"));
    let motion = add(&emulator, "m.MP.png", 2);
    emulator.edit_item(&motion, |item| item.motion = Some(sample_video(700, 2)));
    add(&emulator, "not picked.png", 3);
    let folder = tempfile::tempdir().unwrap();
    let into = folder.path().join("new/folder");
    let report = pick_into(&emulator, &photos, &[&one, &film, &motion], &into).await;
    assert_eq!(report.end(), PickEnd::Done);
    assert_eq!(report.left().count(), 0, "{report:?}");
    let names = ["a.png", "film.mp4", "m.MP.clip.mp4", "m.MP.png"];
    assert_eq!(files(&into), names.map(str::to_owned).into());
    assert_eq!(
        fs::read(into.join("a.png")).unwrap(),
        sample_photo(64, 48, 1)
    );
    assert_eq!(
        fs::read(into.join("film.mp4")).unwrap(),
        sample_video(5000, 1)
    );
    assert_eq!(
        fs::read(into.join("m.MP.clip.mp4")).unwrap(),
        sample_video(700, 2)
    );
    let taken = emulator.item(&one).unwrap().creation_time;
    let modified = fs::metadata(into.join("a.png"))
        .unwrap()
        .modified()
        .unwrap();
    let modified = modified.duration_since(std::time::UNIX_EPOCH).unwrap();
    assert_eq!(
        i128::try_from(modified.as_nanos()).unwrap(),
        taken.as_nanosecond()
    );
    assert!(report.delete_error().is_none() && emulator.picking_sessions().is_empty());
}

/// <https://developers.google.com/photos/picker/guides/media-items>: base URLs of the Picker need the
/// token; a video redirects to another host, which must not get it.
#[tokio::test]
async fn the_token_goes_to_the_address_and_not_along_a_redirect() {
    let (emulator, photos) = start().await;
    emulator.configure(|config| config.video_processing_reads = 0);
    let film = add_video(&emulator, "film.mp4");
    let folder = tempfile::tempdir().unwrap();
    let report = pick_into(&emulator, &photos, &[&film], folder.path()).await;
    assert_eq!(report.left().count(), 0);
    let tokens = |target: &str| -> Vec<bool> {
        let requests = emulator.requests_of(target);
        let has_token = |header: Option<&str>| header.is_some();
        let all = requests
            .iter()
            .map(|one| has_token(one.header("authorization")));
        all.collect()
    };
    assert_eq!(tokens("picker.baseUrl"), [true]);
    assert_eq!(tokens("baseUrl.video"), [false]);
}

#[tokio::test]
async fn addresses_that_expired_are_listed_anew_once_for_all() {
    let (emulator, photos) = start().await;
    let ids: Vec<String> = (0..120)
        .map(|seed| add(&emulator, "same.png", seed))
        .collect();
    let ids: Vec<&str> = ids.iter().map(String::as_str).collect();
    let session = picked(&emulator, &photos, &ids).await;
    let items = session.items().await.unwrap();
    assert_eq!(items.len(), 120);
    assert_eq!(emulator.calls("picker.mediaItems.list"), 2);
    emulator.advance(Duration::from_secs(61 * 60));
    let folder = tempfile::tempdir().unwrap();
    let mut tasks = tokio::task::JoinSet::new();
    for (index, item) in items.iter().take(8).enumerate() {
        let download = session.download(item);
        tasks.spawn(download.to_file(folder.path().join(format!("{index}.png"))));
    }
    for length in tasks.join_all().await {
        assert!(length.is_ok(), "{length:?}");
    }
    assert_eq!(emulator.calls("picker.mediaItems.list"), 4);
}

#[tokio::test]
async fn a_saved_pickingcontinues_in_another_process() {
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

#[tokio::test]
async fn a_file_of_somebody_else_stays() {
    let (emulator, photos) = start().await;
    let one = add(&emulator, "a.png", 1);
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("a.png"), "mine").unwrap();
    for _ in 0..2 {
        let report = pick_into(&emulator, &photos, &[&one], folder.path()).await;
        assert_eq!(report.left().count(), 0);
        assert_eq!(files(folder.path()).len(), 2);
        assert_eq!(fs::read(folder.path().join("a.png")).unwrap(), b"mine");
    }
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
async fn the_pickingis_deleted_whatever_happened() {
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
async fn a_stop_leaves_no_half_files_and_says_what_is_left() {
    let (emulator, photos) = start().await;
    let ids: Vec<String> = (0..6)
        .map(|seed| add(&emulator, "same.png", seed))
        .collect();
    let ids: Vec<&str> = ids.iter().map(String::as_str).collect();
    let session = picked(&emulator, &photos, &ids).await;
    let gate = photos_emulator::Gate::default();
    emulator.plan("picker.baseUrl", Fault::hold(&gate).skip(2).times(9));
    let (stop, stopped) = tokio::sync::oneshot::channel::<()>();
    let stop = std::sync::Mutex::new((Some(stop), 0));
    let folder = tempfile::tempdir().unwrap();
    let run = session.into_folder(folder.path()).clips(false).parallel(2);
    let run = run.on_event(move |event| {
        let mut stop = stop.lock().unwrap();
        if let PickEvent::Finished { .. } = event {
            stop.1 += 1;
            if stop.1 == 2 {
                stop.0.take().unwrap().send(()).unwrap();
            }
        }
    });
    let run = run.stop_when(async move {
        let _ = stopped.await;
    });
    let report = run.send().await.unwrap();
    assert_eq!(report.end(), PickEnd::Stopped);
    assert_eq!(
        (report.files().len(), report.left().count()),
        (6, 4),
        "{report:?}"
    );
    assert_eq!(files(folder.path()).len(), 2, "{:?}", files(folder.path()));
    assert!(emulator.picking_sessions().is_empty());
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
async fn a_video_is_waited_for() {
    let (emulator, photos) = start().await;
    emulator.configure(|config| config.video_processing_reads = 3);
    let film = add_video(&emulator, "film.mp4");
    let session = picked(&emulator, &photos, &[&film]).await;
    let items = session.items().await.unwrap();
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("film.mp4");
    let error = session
        .download(&items[0])
        .to_file(&path)
        .await
        .unwrap_err();
    assert!(matches!(error, DownloadError::NotReady), "{error:?}");
    let patient = session
        .download(&items[0])
        .wait_for_video(Duration::from_secs(600));
    assert_eq!(patient.to_file(&path).await.unwrap(), 5000);
    emulator.edit_item(&film, |item| {
        if let Media::Video(video) = &mut item.media {
            video.status = "FAILED".to_owned();
        }
    });
    session.items().await.unwrap();
    let error = session
        .download(&items[0])
        .to_file(&path)
        .await
        .unwrap_err();
    assert!(
        matches!(error, DownloadError::ProcessingFailed),
        "{error:?}"
    );
}

#[tokio::test]
async fn nothing_shows_an_address() {
    let (emulator, photos) = start().await;
    let one = add(&emulator, "a.png", 1);
    let session = picked(&emulator, &photos, &[&one]).await;
    let items: Vec<_> = session.items().await.unwrap();
    let shown = format!(
        "{session:?} {:?} {:?}",
        session.download(&items[0]),
        PickEvent::Started {
            id: "x",
            address: &session.address().unwrap()
        }
    );
    assert!(!shown.contains("http"), "{shown}");
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
