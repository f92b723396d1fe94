//! `google-photos download`: a file for each item, whatever it is called.

use std::fs;
use std::time::{Duration, UNIX_EPOCH};

use photos_emulator::{Cut, Fault, NewItem, Timestamp, sample_photo, sample_video};
use serde_json::json;

use crate::support::{User, contents, line_with, wait};

#[tokio::test(flavor = "multi_thread")]
async fn two_photos_of_one_name_are_two_files() {
    let user = User::new().await;
    user.photos("one", &["IMG_1.png"], 1);
    user.photos("two", &["IMG_1.png"], 2);
    user.run(&["upload", "one", "two", "--album", "Both"])
        .await
        .expect(0);
    let download = ["download", "Both", "--into", "back", "--json"];
    let summary = user.run(&download).await.expect(0).summary();
    assert_eq!(summary["downloaded"], 2);
    let back = contents(&user.path("back"));
    let mut bytes: Vec<_> = back.values().cloned().collect();
    let mut expected = vec![
        sample_photo(40, 30, 1).to_vec(),
        sample_photo(40, 30, 2).to_vec(),
    ];
    bytes.sort();
    expected.sort();
    assert!(bytes == expected);

    // Another run finds both, and one that is gone comes back under its name.
    let summary = user.run(&download).await.expect(0).summary();
    assert_eq!(summary["alreadyThere"], 2);
    fs::remove_file(back.keys().next().unwrap()).unwrap();
    let summary = user.run(&download).await.expect(0).summary();
    assert_eq!(
        (&summary["downloaded"], &summary["alreadyThere"]),
        (&json!(1), &json!(1))
    );
    assert!(contents(&user.path("back")) == back);
}

#[tokio::test(flavor = "multi_thread")]
async fn albums_of_similar_titles_have_folders_of_their_own() {
    let user = User::new().await;
    for (seed, title) in (1..).zip(["2019/Beach", "2020/Beach", "2020_Beach", "../Beach"]) {
        user.photos(&seed.to_string(), &["a.png"], seed);
        let arguments = ["upload", &seed.to_string(), "--album", title];
        user.run(&arguments).await.expect(0);
    }
    let titles = ["2019/Beach", "2020/Beach", "2020_Beach", "../Beach"];
    let arguments = [&["download", "--into", "back"], &titles[..]].concat();
    let ended = user.run(&arguments).await.expect(0);
    let note = "Google leaves out where photos were taken";
    assert_eq!(ended.stderr.matches(note).count(), 1, "{ended:?}");
    let folders = fs::read_dir(user.path("back")).unwrap();
    assert_eq!(folders.count(), 4);
    assert_eq!(contents(&user.path("back")).len(), 4);
}

#[tokio::test(flavor = "multi_thread")]
async fn file_has_the_time_at_which_the_photo_was_taken() {
    let user = User::new().await;
    let add = |name: &str, seed, taken| {
        let photo = NewItem::new(name, sample_photo(8, 8, seed));
        let taken = Timestamp::from_second(taken).unwrap();
        user.emulator.add_item(photo.captured(taken)).unwrap()
    };
    let (new, old) = (add("new.png", 1, 1_500_000_000), add("old.png", 2, -86_400));
    user.run(&["download", &new, &old, "--into", "back"])
        .await
        .expect(0);
    for path in contents(&user.path("back")).into_keys() {
        let time = fs::metadata(&path).unwrap().modified().unwrap();
        if path.to_string_lossy().contains("new-") {
            assert_eq!(time, UNIX_EPOCH + Duration::from_secs(1_500_000_000));
        } else {
            assert_eq!(time, UNIX_EPOCH - Duration::from_secs(86_400));
        }
    }
}

/// There are no bytes of a video before the service has prepared it.
#[tokio::test(flavor = "multi_thread")]
async fn video_that_is_not_ready_is_said_and_comes_later() {
    let user = User::new().await;
    user.emulator
        .configure(|config| config.video_processing_reads = 4);
    let id = user
        .emulator
        .add_item(NewItem::new("film.mp4", sample_video(9000, 1)))
        .unwrap();
    let download = ["download", &id, "--into", "back", "--video-wait", "0"];
    let ended = user.run(&download).await.expect(3);
    assert!(ended.stdout.contains("not ready"), "{ended:?}");
    assert_eq!(contents(&user.path("back")).len(), 0);
    user.emulator
        .configure(|config| config.video_processing_reads = 0);
    let ended = user
        .run(&[&download[..4], &["--video-wait", "30"]].concat())
        .await;
    ended.expect(0);
    assert_eq!(contents(&user.path("back")).len(), 1);
}

#[cfg(unix)]
#[tokio::test(flavor = "multi_thread")]
async fn interrupted_download_leaves_no_half_file() {
    let user = User::new().await;
    user.photos("many", &["a.png", "b.png", "c.png"], 1);
    user.run(&["upload", "many", "--album", "Many"])
        .await
        .expect(0);
    user.emulator
        .plan("baseUrl", Fault::cut_reply(20, Cut::Stall));
    let download = [
        "download",
        "Many",
        "--into",
        "back",
        "--json",
        "--parallel",
        "1",
    ];
    let mut child = user.command(&download).spawn().unwrap();
    while user.emulator.calls("baseUrl") == 0 {
        tokio::time::sleep(Duration::from_millis(5)).await;
    }
    crate::support::signal(&child, "-INT");
    let told = tokio::task::spawn_blocking(move || {
        line_with(&mut child, "stopping");
        child
    });
    let summary = wait(told.await.unwrap()).await.expect(130).summary();
    assert_eq!(summary["stopped"], true);
    assert!(summary["left"].as_u64() >= Some(1), "{summary}");
    assert_eq!(contents(&user.path("back")).len(), 0);
    let summary = user.run(&download).await.expect(0).summary();
    assert_eq!(summary["downloaded"], 3);
}

/// A kill leaves no file under the name of an item that is not whole, and another run brings all.
#[cfg(unix)]
#[tokio::test(flavor = "multi_thread")]
async fn killed_download_goes_on() {
    let user = User::new().await;
    let film = sample_video(3_000_000, 1);
    user.emulator
        .configure(|config| config.video_processing_reads = 0);
    let id = user
        .emulator
        .add_item(NewItem::new("film.mp4", film.clone()))
        .unwrap();
    user.emulator
        .plan("baseUrl", Fault::cut_reply(2_000_000, Cut::Stall));
    let download = ["download", &id, "--into", "back"];
    let child = user.command(&download).spawn().unwrap();
    let has_begun =
        || fs::read_dir(user.path("back")).is_ok_and(|mut found| found.next().is_some());
    while !has_begun() || user.emulator.calls("baseUrl") == 0 {
        tokio::time::sleep(Duration::from_millis(5)).await;
    }
    crate::support::signal(&child, "-KILL");
    wait(child).await;
    let names = contents(&user.path("back"));
    assert!(
        !names
            .keys()
            .any(|path| path.extension().is_some_and(|it| it == "mp4"))
    );

    user.run(&download).await.expect(0);
    let back = contents(&user.path("back"));
    assert!(back.values().eq([&film.to_vec()]), "{:?}", back.keys());
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_neither_album_nor_item_is_named() {
    let user = User::new().await;
    let ended = user.run(&["download", "Nowhere", "--into", "back"]).await;
    let ended = ended.expect(1);
    assert!(ended.stderr.contains("\"Nowhere\""), "{ended:?}");
    assert!(!user.path("back").exists());
}
