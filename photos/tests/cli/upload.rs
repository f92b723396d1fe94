//! `google-photos upload`: interrupted, killed, and in folders as people have them.

use std::fs;
use std::path::Path;
use std::process::Command;

use photos_emulator::{Fault, Gate, sample_photo};
use serde_json::{Value, json};

use crate::support::{User, line_with, run, wait};

fn holiday(user: &User, count: u32) {
    let names: Vec<String> = (0..count).map(|n| format!("IMG_{n:04}.png")).collect();
    let names: Vec<&str> = names.iter().map(String::as_str).collect();
    user.photos("Iceland", &names, 1);
}

const UPLOAD: [&str; 7] = [
    "upload",
    "Iceland",
    "--album",
    "Iceland",
    "--journal",
    "journal",
    "--json",
];

/// What was found is the sum of everything else.
fn adds_up(summary: &Value) -> bool {
    let count = |name: &str| summary[name].as_u64().unwrap();
    let parts = [
        "wouldUpload",
        "uploaded",
        "alreadyThere",
        "skipped",
        "rejected",
        "left",
    ];
    count("found") == parts.iter().map(|part| count(part)).sum::<u64>()
}

#[cfg(unix)]
#[tokio::test(flavor = "multi_thread")]
async fn killed_upload_goes_on_where_it_was() {
    let user = User::new().await;
    holiday(&user, 70);
    let gate = Gate::new();
    // The first fifty items are there; nobody hears of the others.
    user.emulator
        .plan("mediaItems.batchCreate", Fault::hold(&gate).skip(1));
    let child = user.command(&UPLOAD).spawn().unwrap();
    gate.arrived(1).await;
    crate::support::signal(&child, "-KILL");
    assert_eq!(wait(child).await.code, None);
    gate.open();

    let uploads = user.emulator.calls("uploads");
    let ended = user.run(&UPLOAD).await.expect(0);
    let summary = ended.summary();
    assert!(adds_up(&summary), "{summary}");
    assert_eq!(
        (
            &summary["found"],
            &summary["uploaded"],
            &summary["alreadyThere"]
        ),
        (&json!(70), &json!(20), &json!(50)),
    );
    // No byte goes up twice, no item and no album is made twice.
    assert_eq!(user.emulator.calls("uploads"), uploads);
    assert_eq!(user.emulator.items().len(), 70);
    assert_eq!(user.emulator.albums().len(), 1);
}

#[cfg(unix)]
#[tokio::test(flavor = "multi_thread")]
async fn interrupted_upload_says_what_is_left() {
    let user = User::new().await;
    holiday(&user, 60);
    let (gate, last) = (Gate::new(), Gate::new());
    user.emulator
        .plan("mediaItems.batchCreate", Fault::hold(&gate));
    // The last files are on their way when the signal comes.
    user.emulator
        .plan("uploads", Fault::hold(&last).skip(55).times(5));
    let mut child = user.command(&UPLOAD).spawn().unwrap();
    gate.arrived(1).await;
    crate::support::signal(&child, "-INT");
    let told = tokio::task::spawn_blocking(move || {
        line_with(&mut child, "stopping when");
        gate.open();
        child
    });
    let ended = wait(told.await.unwrap()).await.expect(130);
    let summary = ended.summary();
    assert!(adds_up(&summary) && summary["stopped"] == true, "{summary}");
    assert!(summary["left"].as_u64().unwrap() > 0, "{summary}");
    last.open();

    let summary = user.run(&UPLOAD).await.expect(0).summary();
    assert_eq!(
        (&summary["left"], &summary["found"]),
        (&json!(0), &json!(60))
    );
    assert_eq!(user.emulator.items().len(), 60);
}

/// A film as phones record it: what it is stands behind the bytes of its pictures (ISO/IEC 14496-12).
fn recording(seed: u8) -> Vec<u8> {
    let bmff = |kind: &str, content: &[u8]| {
        let length = u32::try_from(content.len() + 8).unwrap();
        [&length.to_be_bytes()[..], kind.as_bytes(), content].concat()
    };
    let handler = [&[0; 8][..], b"vide", &[0; 13]].concat();
    let track = bmff("trak", &bmff("mdia", &bmff("hdlr", &handler)));
    [
        bmff("ftyp", b"isom\0\0\0\0isommp42"),
        bmff("mdat", &vec![seed; 40_000]),
        bmff("moov", &track),
    ]
    .concat()
}

/// What phones, file servers, Takeout and other programs leave in a folder.
#[cfg(unix)]
#[tokio::test(flavor = "multi_thread")]
async fn odd_folder_is_uploaded_and_nothing_is_skipped_in_silence() {
    let user = User::new().await;
    let folder = user.path("odd");
    fs::create_dir_all(folder.join("@eaDir")).unwrap();
    fs::create_dir_all(folder.join(".thumbnails")).unwrap();
    fs::create_dir_all(folder.join("2019/Beach")).unwrap();
    let photo = |n| sample_photo(40, 30, n);
    for (number, name) in (1..).zip([
        "MVIMG_20190701_120000",
        "no ending",
        "2019/Beach/IMG_1.png",
        "IMG_1.png",
        "@eaDir/SYNOPHOTO_THUMB_XL.jpg",
        ".thumbnails/1.jpg",
        "._IMG_1.png",
        "GOPR1.THM",
        "Thumbs.db",
    ]) {
        fs::write(folder.join(name), photo(number)).unwrap();
    }
    fs::write(folder.join("PXL_1.MP"), recording(1)).unwrap();
    fs::write(folder.join("PXL_2.MP~2"), recording(2)).unwrap();
    fs::write(folder.join("IMG_1.png.json"), "{}").unwrap();
    fs::write(folder.join("IMG_1.AAE"), "<plist/>").unwrap();
    fs::write(folder.join("notes.txt"), "hello").unwrap();
    fs::write(folder.join("empty.jpg"), "").unwrap();
    fs::write(folder.join("broken.jpg"), "no picture").unwrap();
    std::os::unix::fs::symlink("IMG_1.png", folder.join("link.png")).unwrap();
    std::os::unix::fs::symlink("..", folder.join("2019/back")).unwrap();
    std::os::unix::fs::symlink("nowhere", folder.join("nowhere.png")).unwrap();

    let arguments = ["upload", "missing", "odd", "--json", "--dry-run"];
    let planned = user.run(&arguments).await.expect(3);
    let ended = user.run(&arguments[..4]).await.expect(3);
    let with = |outcome: &str| -> Vec<String> {
        let lines = ended.json().into_iter();
        let lines = lines.filter(|line| line["outcome"] == outcome);
        let mut paths: Vec<_> = lines
            .map(|line| line["path"].as_str().unwrap().to_owned())
            .collect();
        paths.sort();
        paths
    };
    let expected = [
        "odd/2019/Beach/IMG_1.png",
        "odd/IMG_1.png",
        "odd/MVIMG_20190701_120000",
        "odd/PXL_1.MP",
        "odd/PXL_2.MP~2",
        "odd/no ending",
    ];
    assert_eq!(with("uploaded"), expected);
    let expected = [
        "odd/._IMG_1.png",
        "odd/.thumbnails",
        "odd/2019/back",
        "odd/@eaDir",
        "odd/GOPR1.THM",
        "odd/IMG_1.AAE",
        "odd/IMG_1.png.json",
        "odd/Thumbs.db",
        "odd/empty.jpg",
        "odd/link.png",
        "odd/notes.txt",
        "odd/nowhere.png",
    ];
    assert_eq!(with("skipped"), expected);
    assert_eq!(with("rejected"), ["odd/broken.jpg"]);
    // A path that is not there is reported by its own name, and the rest goes on.
    assert_eq!(with("unreadable"), ["missing"]);
    let lines = ended.json();
    let skipped = lines.iter().filter(|line| line["outcome"] == "skipped");
    assert!(skipped.into_iter().all(|line| line["reason"].is_string()));
    let (summary, planned) = (ended.summary(), planned.summary());
    assert!(
        adds_up(&summary) && adds_up(&planned),
        "{summary} {planned}"
    );
    assert_eq!(
        (&planned["wouldUpload"], &planned["found"]),
        (&json!(7), &summary["found"])
    );
    assert_eq!(user.emulator.items().len(), 6);
}

#[cfg(unix)]
#[tokio::test(flavor = "multi_thread")]
async fn links_are_followed_when_asked_and_circles_end() {
    let user = User::new().await;
    user.photos("elsewhere", &["a.png"], 1);
    user.photos("own", &["b.png"], 2);
    std::os::unix::fs::symlink("../elsewhere", user.path("own/there")).unwrap();
    std::os::unix::fs::symlink("..", user.path("elsewhere/back")).unwrap();
    let arguments = ["upload", "own", "--links", "follow", "--dry-run", "--json"];
    let summary = user.run(&arguments).await.expect(0).summary();
    // The photo in the other folder, and what leads back.
    assert!(summary["wouldUpload"].as_u64() >= Some(2), "{summary}");
    assert!(summary["skipped"].as_u64() >= Some(1), "{summary}");
    assert!(adds_up(&summary));
}

/// Root reads every folder, and so the command of root becomes that of somebody else.
#[cfg(unix)]
#[tokio::test(flavor = "multi_thread")]
async fn folder_that_can_not_be_read_is_reported_and_the_rest_goes_on() {
    use std::os::unix::fs::PermissionsExt as _;
    use std::os::unix::process::CommandExt as _;
    let user = User::new().await;
    user.photos("all/closed", &["a.png"], 1);
    user.photos("all/open", &["b.png"], 2);
    let closed = user.path("all/closed");
    let set_mode =
        |path: &Path, mode| fs::set_permissions(path, fs::Permissions::from_mode(mode)).unwrap();
    set_mode(&closed, 0o000);
    let mut command = user.command(&["upload", "all"]);
    if fs::read_dir(&closed).is_ok() {
        set_mode(user.home.path(), 0o755);
        // The folder of the build may be closed to others.
        let program = user.path("program");
        fs::copy(command.get_program(), &program).unwrap();
        let mut other = Command::new(program);
        other
            .args(["upload", "all", "--server", &user.emulator.url()])
            .current_dir(user.home.path())
            .env("HOME", user.home.path())
            .uid(65_534);
        command = other;
    }
    let ended = run(command).await;
    set_mode(&closed, 0o700);
    let ended = ended.expect(3);
    assert!(
        ended.stdout.contains("unreadable    all/closed: "),
        "{ended:?}"
    );
    assert!(ended.stdout.contains("1 uploaded"), "{ended:?}");
}

/// A quota is not the fault of a file: the run ends, and says that it can be continued.
#[tokio::test(flavor = "multi_thread")]
async fn daily_quota_ends_with_its_own_exit_code() {
    let user = User::new().await;
    holiday(&user, 3);
    let exceeded = photos_emulator::replies::daily_quota_exceeded(10_000);
    user.emulator
        .plan("uploads", Fault::reply(exceeded).times(100));
    let ended = user.run(&["upload", "Iceland"]).await.expect(5);
    assert!(ended.stderr.contains("stopped: "), "{ended:?}");
    assert!(ended.stdout.contains("3 found: 0 uploaded"), "{ended:?}");
    assert!(ended.stdout.contains("3 left"), "{ended:?}");
}
