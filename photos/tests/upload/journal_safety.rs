//! What is planted in the place of a journal, such as in a folder out of a stranger's archive.

use std::fs;
use std::os::unix::fs::symlink;
use std::path::Path;
use std::process::Command;
use std::time::{Duration, Instant};

use google_photos::StopReason;
use photos_emulator::{Fault, Gate};

use crate::support::Scene;

/// Checks that a run fails before anything is sent, and soon.
async fn rejected(scene: &Scene, journal: &Path, reason: &str) {
    let started = Instant::now();
    let files = scene.photos(1);
    let run = scene.photos.upload_files(&files).journal(journal).send();
    let error = run.await.unwrap_err();
    let shown = error.to_string();
    assert!(shown.contains(reason) && !error.is_in_use(), "{shown}");
    assert!(started.elapsed() < Duration::from_secs(2), "{shown}");
    assert_eq!(scene.emulator.requests().len(), 0);
}

#[tokio::test]
async fn links_to_other_files_are_not_followed() {
    let scene = Scene::new().await;
    let outside = tempfile::tempdir().unwrap();
    let victim = outside.path().join("victim");
    // What a file of settings would be: empty, or a journal by its looks.
    for content in ["", "precious", "{\"google-photos-upload-journal\":1}\n"] {
        fs::write(&victim, content).unwrap();
        symlink(&victim, scene.journal()).unwrap();
        rejected(&scene, &scene.journal(), "it is a link").await;
        fs::remove_file(scene.journal()).unwrap();
        assert_eq!(fs::read_to_string(&victim).unwrap(), content);
    }
    // One that leads nowhere is no way to make a file there.
    let nowhere = outside.path().join("nowhere");
    symlink(&nowhere, scene.journal()).unwrap();
    rejected(&scene, &scene.journal(), "it is a link").await;
    assert!(!nowhere.exists());
}

#[tokio::test]
async fn links_in_place_of_helper_files_are_not_followed() {
    let scene = Scene::new().await;
    let outside = tempfile::tempdir().unwrap();
    let victim = outside.path().join("victim");
    fs::write(&victim, "precious").unwrap();
    for name in [
        ".upload.journal.tmp",
        "upload.journal.new",
        "upload.journal.tmp",
    ] {
        symlink(&victim, scene.folder.path().join(name)).unwrap();
    }
    let files = scene.photos(2);
    // The journal is made, written, made shorter and written again.
    assert!(scene.run(&files).await.is_complete());
    assert!(scene.run(&files).await.is_complete());
    assert_eq!(fs::read_to_string(&victim).unwrap(), "precious");
    let lock = scene.folder.path().join(".upload.journal.lock");
    fs::remove_file(&lock).unwrap();
    symlink(&victim, &lock).unwrap();
    assert!(scene.upload(&files).send().await.is_err());
    assert_eq!(fs::read_to_string(&victim).unwrap(), "precious");
}

#[tokio::test]
async fn pipes_and_devices_are_an_error_at_once() {
    let scene = Scene::new().await;
    let made = Command::new("mkfifo").arg(scene.journal()).status();
    assert!(made.unwrap().success());
    rejected(&scene, &scene.journal(), "no regular file").await;
    fs::remove_file(scene.journal()).unwrap();
    fs::create_dir(scene.journal()).unwrap();
    rejected(&scene, &scene.journal(), "no regular file").await;
    for device in ["/dev/zero", "/dev/null"] {
        rejected(&scene, Path::new(device), "no regular file").await;
        assert!(!Path::new("/dev/.zero.lock").exists());
    }
}

#[tokio::test]
async fn a_run_keeps_its_journal_even_if_it_is_removed() {
    let scene = Scene::new().await;
    let files = scene.photos(1);
    let gate = Gate::new();
    scene.emulator.plan("uploads.raw", Fault::hold(&gate));
    let first = tokio::spawn(scene.upload(&files).send());
    while scene.emulator.calls("uploads.raw") == 0 {
        tokio::time::sleep(Duration::from_millis(1)).await;
    }
    fs::remove_file(scene.journal()).unwrap();
    assert!(scene.upload(&files).send().await.unwrap_err().is_in_use());
    gate.open();
    // What it would note is lost for the next run, and it says so.
    let report = first.await.unwrap().unwrap();
    assert_eq!(report.stopped().unwrap().reason(), StopReason::Journal);
    assert!(scene.run(&files).await.is_complete());
    assert_eq!(scene.emulator.items().len(), 1);
}
