//! What the next run knows.

use std::fs;
use std::time::{Duration, SystemTime};

use google_photos::Outcome;
use photos_emulator::{sample_photo, sample_video};

use crate::support::{Scene, names, words};

#[tokio::test]
async fn finished_files_are_not_sent_again() {
    let scene = Scene::new().await;
    let mut files = scene.photos(5);
    files.push(scene.file("junk.jpg", b"plainly no picture"));
    assert_eq!(scene.run(&files).await.done().count(), 5);
    scene.emulator.forget_requests();
    files.push(scene.file("new.png", &sample_photo(4, 4, 77)));
    let report = scene.run(&files).await;
    assert_eq!(words(&report)[5..], ["rejected", "created"]);
    let earlier: Vec<_> = report
        .files()
        .iter()
        .map(google_photos::FileReport::is_from_earlier_run)
        .collect();
    assert_eq!(earlier, [true, true, true, true, true, true, false]);
    assert_eq!(
        (scene.emulator.calls("uploads"), scene.batches()),
        (1, vec![1])
    );
    let item = report.files()[0].outcome().media_item().unwrap();
    assert_eq!(item.filename.as_deref(), Some("000.png"));
}

#[tokio::test]
async fn a_changed_file_is_a_new_one() {
    let scene = Scene::new().await;
    let files = scene.photos(3);
    assert!(scene.run(&files).await.is_complete());
    scene.emulator.forget_requests();
    fs::write(&files[1], sample_photo(5, 5, 99)).unwrap();
    // Touched, and still the same bytes.
    let file = fs::File::options().write(true).open(&files[2]).unwrap();
    file.set_modified(SystemTime::now() + Duration::from_secs(5))
        .unwrap();
    let report = scene.run(&files).await;
    assert_eq!(words(&report), ["created"; 3]);
    assert!(report.files()[2].is_from_earlier_run());
    assert_eq!(scene.emulator.calls("uploads"), 1);
    assert_eq!(scene.emulator.items().len(), 4);
}

#[tokio::test]
async fn journal_entries_are_kept_per_album() {
    let scene = Scene::new().await;
    let files = scene.photos(2);
    assert!(scene.run(&files).await.is_complete());
    let other = scene.emulator.add_album(
        photos_emulator::DEFAULT_USER,
        Some(photos_emulator::DEFAULT_CLIENT),
        "Other",
    );
    let run = scene
        .photos
        .upload_files(&files)
        .album(&other)
        .journal(scene.journal());
    assert_eq!(words(&run.send().await.unwrap()), ["already"; 2]);
    assert_eq!(scene.emulator.album(&other).unwrap().entries.len(), 2);
}

#[tokio::test]
async fn expired_tokens_are_not_used() {
    let scene = Scene::new().await;
    let files = scene.photos(3);
    scene
        .emulator
        .configure(|config| config.quotas.requests_per_day = Some(3));
    assert_eq!(words(&scene.run(&files).await), ["left"; 3]);
    scene.emulator.forget_requests();
    scene.emulator.advance(Duration::from_secs(24 * 3600 - 60));
    scene
        .emulator
        .configure(|config| config.quotas.requests_per_day = None);
    assert!(scene.run(&files).await.is_complete());
    assert_eq!(
        (scene.emulator.calls("uploads"), scene.batches()),
        (3, vec![3])
    );
    scene.assert_album_has(&files);
}

#[tokio::test]
async fn a_session_resumes_where_it_stopped() {
    let scene = Scene::new().await;
    let video = scene.file("film.mp4", &sample_video(1_000_000, 5));
    // The second chunk ends the run: an access token without rights is no matter of one file.
    scene.emulator.plan(
        "uploads.upload",
        photos_emulator::Fault::status(403).skip(1),
    );
    let upload = |scene: &Scene| {
        scene
            .upload(std::slice::from_ref(&video))
            .resumable_above(1000)
            .chunk_size(262_144)
    };
    let report = upload(&scene).send().await.unwrap();
    assert_eq!(words(&report), ["left"], "{report:?}");
    scene.emulator.assert_faults_consumed();
    scene.emulator.forget_requests();
    assert!(upload(&scene).send().await.unwrap().is_complete());
    assert_eq!(scene.emulator.calls("uploads.start"), 0);
    let sent: usize = scene
        .emulator
        .requests()
        .iter()
        .filter(|request| request.path.contains("uploads"))
        .map(|request| request.body.len())
        .sum();
    assert_eq!(sent, 1_000_000 - 262_144);
    scene.assert_album_has(&[video]);
}

#[tokio::test]
async fn a_truncated_journal_is_usable() {
    let scene = Scene::new().await;
    let files = scene.photos(2);
    assert!(scene.run(&files).await.is_complete());
    let whole = fs::read(scene.journal()).unwrap();
    assert!(whole.len() > 1000);
    // Reading is tried with each byte elsewhere; here each line loses its end and its beginning.
    let near_an_end = |at: &usize| {
        (at.saturating_sub(2)..at + 2).any(|at| whole.get(at).is_none_or(|&byte| byte == b'\n'))
    };
    for length in (0..=whole.len()).filter(|at| at % 20 == 0 || near_an_end(at)) {
        fs::write(scene.journal(), &whole[..length]).unwrap();
        let report = scene.run(&files).await;
        assert!(report.is_complete(), "{length} bytes: {report:?}");
    }
    assert_eq!(scene.emulator.items().len(), 2);
    scene.assert_album_has(&files);
}

/// Tools that edit tags keep the time if they are told so, and the length where there is room.
#[cfg(unix)]
#[tokio::test]
async fn a_file_that_keeps_length_and_time_is_a_new_one() {
    let scene = Scene::new().await;
    let file = scene.file("a.png", &sample_photo(4, 4, 1));
    assert!(scene.run(std::slice::from_ref(&file)).await.is_complete());
    let before = fs::metadata(&file).unwrap();
    let other = sample_photo(4, 4, 2);
    assert_eq!(other.len() as u64, before.len());
    fs::write(&file, &other).unwrap();
    let opened = fs::File::options().write(true).open(&file).unwrap();
    opened.set_modified(before.modified().unwrap()).unwrap();
    let report = scene.run(&[file]).await;
    assert!(report.is_complete() && !report.files()[0].is_from_earlier_run());
    assert!(scene.in_album().contains(&other.to_vec()));
}

#[tokio::test]
async fn a_journal_of_another_format_is_left_alone() {
    let scene = Scene::new().await;
    let files = scene.photos(1);
    for version in [1, 3] {
        let text = format!("{{\"google-photos-upload-journal\":{version}}}\n{{\"file\":1}}\n");
        fs::write(scene.journal(), &text).unwrap();
        let error = scene.upload(&files).send().await.unwrap_err();
        let expected = format!("format {version}");
        assert!(error.to_string().contains(&expected), "{error}");
        assert_eq!(fs::read_to_string(scene.journal()).unwrap(), text);
    }
    assert_eq!(scene.emulator.requests().len(), 0);
}

#[tokio::test]
async fn a_file_that_is_no_journal_is_not_written() {
    let scene = Scene::new().await;
    let files = scene.photos(1);
    let picture = fs::read(&files[0]).unwrap();
    let error = scene
        .photos
        .upload_files(&files)
        .journal(&files[0])
        .send()
        .await
        .unwrap_err();
    assert!(error.to_string().contains("no journal"), "{error}");
    // Rust prints the `Debug` of an error that `main` returns.
    assert_eq!(format!("{error:?}"), error.to_string());
    assert_eq!(fs::read(&files[0]).unwrap(), picture);
    assert_eq!(fs::read_dir(scene.folder.path()).unwrap().count(), 1);
    assert_eq!(scene.emulator.requests().len(), 0);
}

#[cfg(unix)]
#[tokio::test]
async fn the_journal_is_private_and_locked() {
    use std::os::unix::fs::PermissionsExt as _;

    let scene = Scene::new().await;
    let files = scene.photos(1);
    fs::write(scene.journal(), "").unwrap();
    fs::set_permissions(scene.journal(), fs::Permissions::from_mode(0o644)).unwrap();
    let gate = photos_emulator::Gate::new();
    scene
        .emulator
        .plan("uploads.raw", photos_emulator::Fault::hold(&gate));
    let first = tokio::spawn(scene.upload(&files).send());
    while scene.emulator.calls("uploads.raw") == 0 {
        tokio::time::sleep(Duration::from_millis(1)).await;
    }
    assert!(scene.upload(&files).send().await.unwrap_err().is_in_use());
    gate.open();
    assert!(first.await.unwrap().unwrap().is_complete());
    let mode = fs::metadata(scene.journal()).unwrap().permissions().mode();
    assert_eq!(mode & 0o777, 0o600);
    // What is done needs no token any more.
    assert!(scene.run(&files).await.is_complete());
    let text = fs::read_to_string(scene.journal()).unwrap();
    assert!(
        text.contains("created") && !text.contains("token"),
        "{text}"
    );
    assert_eq!(names(&files), ["000.png"]);
}

#[tokio::test]
async fn a_stopped_run_reports_what_is_left() {
    let scene = Scene::new().await;
    let files = scene.photos(3);
    let report = scene
        .upload(&files)
        .stop_when(std::future::ready(()))
        .send()
        .await
        .unwrap();
    assert_eq!(words(&report), ["left"; 3]);
    assert!(
        report
            .files()
            .iter()
            .all(|file| matches!(file.outcome(), Outcome::NotAttempted(_)))
    );
    assert!(scene.run(&files).await.is_complete());
}
