//! The files that what was picked becomes.

use std::fs;
use std::time::Duration;

use google_photos::{DownloadError, PickEnd, PickEvent};
use photos_emulator::{Fault, Media, sample_photo, sample_video};

use crate::support::{add, add_video, files, pick_into, picked, start};

#[tokio::test]
async fn what_is_picked_comes_into_the_folder_and_the_session_goes() {
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
