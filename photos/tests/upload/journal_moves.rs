//! Files are known by what they are, wherever they are.

use std::fs;
use std::os::unix::fs::symlink;
use std::path::{Path, PathBuf};

use google_photos::{FileReport, Report};

use crate::support::{Scene, words};

fn files_in(folder: &Path) -> Vec<PathBuf> {
    let mut files: Vec<_> = fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .filter(|path| path.extension().is_some_and(|kind| kind == "png"))
        .collect();
    files.sort();
    files
}

async fn run(scene: &Scene, folder: &Path, journal: &Path) -> Report {
    let files = files_in(folder);
    let upload = scene.photos.upload_files(&files).album(&scene.album);
    upload.journal(journal).send().await.unwrap()
}

fn is_known(report: &Report) -> bool {
    report.is_complete() && report.files().iter().all(FileReport::is_from_earlier_run)
}

#[tokio::test]
async fn a_folder_that_moved_with_its_journal_is_known() {
    let scene = Scene::new().await;
    let base = scene.folder.path().join("base");
    fs::create_dir_all(base.join("card")).unwrap();
    fs::create_dir_all(base.join("other")).unwrap();
    for file in scene.photos(4) {
        fs::rename(&file, base.join("card").join(file.file_name().unwrap())).unwrap();
    }
    let card = base.join("card");
    assert!(
        run(&scene, &card, &card.join(".journal"))
            .await
            .is_complete()
    );
    scene.emulator.forget_requests();

    // Named with `..`, through a link, moved, and copied to another disk.
    let dots = base.join("other/../card");
    symlink(&card, base.join("link")).unwrap();
    let moved = base.join("moved");
    let copied = base.join("copied");
    for folder in [dots, base.join("link"), moved.clone(), copied.clone()] {
        if folder == moved {
            fs::rename(&card, &moved).unwrap();
        }
        if folder == copied {
            fs::create_dir(&copied).unwrap();
            for entry in fs::read_dir(&moved).unwrap() {
                let path = entry.unwrap().path();
                fs::copy(&path, copied.join(path.file_name().unwrap())).unwrap();
            }
        }
        let report = run(&scene, &folder, &folder.join(".journal")).await;
        assert!(is_known(&report), "{folder:?}: {report:?}");
        assert_eq!(words(&report), ["created"; 4]);
    }
    assert_eq!(scene.emulator.calls("uploads"), 0);
    assert_eq!(scene.emulator.calls("mediaItems.batchCreate"), 0);
}

/// The folder of a camera can be read-only, and comes up at another place each time.
#[tokio::test]
async fn files_are_known_to_a_journal_elsewhere() {
    let scene = Scene::new().await;
    let camera = scene.folder.path().join("camera");
    fs::create_dir(&camera).unwrap();
    for file in scene.photos(3) {
        fs::rename(&file, camera.join(file.file_name().unwrap())).unwrap();
    }
    let journal = scene.journal();
    assert!(run(&scene, &camera, &journal).await.is_complete());
    scene.emulator.forget_requests();
    let elsewhere = scene.folder.path().join("camera1");
    fs::rename(&camera, &elsewhere).unwrap();
    assert!(is_known(&run(&scene, &elsewhere, &journal).await));
    // Only the names of the files are new.
    for (index, file) in files_in(&elsewhere).iter().enumerate() {
        fs::rename(file, elsewhere.join(format!("IMG_{index}.png"))).unwrap();
    }
    assert!(is_known(&run(&scene, &elsewhere, &journal).await));
    assert_eq!(scene.emulator.calls("uploads"), 0);
    // A copy beside it is known as well.
    fs::copy(elsewhere.join("IMG_0.png"), elsewhere.join("copy.png")).unwrap();
    let report = run(&scene, &elsewhere, &journal).await;
    assert_eq!(report.files()[3].path(), elsewhere.join("copy.png"));
    assert_eq!(words(&report)[3], "already");
    assert_eq!(scene.emulator.items().len(), 3);
}
