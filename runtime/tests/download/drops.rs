//! Downloads that are dropped, killed or repeated: nothing that is not complete stays behind.

use std::fs;
use std::path::{Path, PathBuf};
use std::pin::pin;
use std::process::{Command, Stdio};
use std::task::Poll;
use std::time::{Duration, Instant};

use discovery_runtime::download::Download;

use crate::server::Fault;
use crate::world::World;

fn names(folder: &Path) -> Vec<String> {
    let entries = fs::read_dir(folder).unwrap();
    let mut names: Vec<_> = entries
        .map(|entry| entry.unwrap().file_name().into_string().unwrap())
        .collect();
    names.sort();
    names
}

/// Lets threads do what they began.
fn pause(time: Duration) {
    let start = Instant::now();
    while start.elapsed() < time {
        std::hint::spin_loop();
    }
}

/// Polls a download so often; true if it ended before.
async fn poll(download: &mut Download, path: &Path, mut polls: usize) -> bool {
    let mut writing = pin!(download.to_file(path));
    std::future::poll_fn(|context| {
        if polls == 0 {
            return Poll::Ready(false);
        }
        polls -= 1;
        writing.as_mut().poll(context).map(|outcome| {
            outcome.unwrap();
            true
        })
    })
    .await
}

#[tokio::test(flavor = "multi_thread", worker_threads = 1)]
async fn dropped_download_leaves_nothing() {
    drop_downloads(500).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 1)]
#[ignore = "it takes minutes"]
async fn ten_thousand_dropped_downloads_leave_nothing() {
    drop_downloads(10_000).await;
}

/// A drop of the whole download, at every await and while work of it is under way on a thread,
/// leaves nothing, neither at once nor later. A file that is there is whole.
async fn drop_downloads(count: usize) {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("lake.jpg");
    let content: Vec<u8> = (0..300_000_u32)
        .map(|index| index.to_le_bytes()[0])
        .collect();
    let small = World::new([]);
    let large = World::with_content(content, []);
    let mut dropped = 0;
    for round in 0.. {
        let world = if round % 8 == 0 { &large } else { &small };
        let mut download = world.download();
        // What comes after the third poll ends on the disk, which takes its time.
        let polls = match round % 50 {
            0 => 4 + round / 50 % 4,
            _ => round % 4,
        };
        let ended = poll(&mut download, &path, polls).await;
        pause(Duration::from_micros(
            u64::try_from(round % 13 * 5).unwrap(),
        ));
        drop(download);
        match &names(folder.path())[..] {
            [] => {}
            [name] if name == "lake.jpg" => {
                assert!(fs::read(&path).unwrap() == world.content());
                fs::remove_file(&path).unwrap();
            }
            names => panic!("after {round}: {names:?}"),
        }
        dropped += usize::from(!ended);
        if dropped == count {
            break;
        }
    }
    tokio::time::sleep(Duration::from_millis(50)).await;
    assert!(names(folder.path()).is_empty());
}

/// The file came to its place after nobody waited for that any more: this is no failure.
#[tokio::test]
async fn published_file_is_complete_for_the_next_call() {
    for overwrite in [false, true] {
        // The future can be ready in the moment in which the file is there: then it is no such case.
        let mut cases = 0;
        for _ in 0..50 {
            cases += usize::from(drop_when_published(overwrite).await);
            if cases == 1 {
                break;
            }
        }
        assert_eq!(cases, 1, "the future is never dropped in time");
    }
}

/// Drops a download when its file is there, and asks for it once more; false if it was done by then.
async fn drop_when_published(overwrite: bool) -> bool {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("lake.jpg");
    let world = World::new([]);
    let mut download = world.download().overwrite(overwrite);
    {
        let mut writing = pin!(download.to_file(&path));
        let is_done = std::future::poll_fn(|context| {
            if writing.as_mut().poll(context).is_ready() {
                return Poll::Ready(true);
            }
            std::thread::sleep(Duration::from_millis(20));
            if path.exists() {
                Poll::Ready(false)
            } else {
                Poll::Pending
            }
        });
        if is_done.await {
            return false;
        }
    }
    let requests = world.server.log().len();
    let written = download.to_file(&path).await.unwrap();
    assert_eq!(written, world.content().len() as u64);
    assert_eq!(world.server.log().len(), requests);
    assert_eq!(fs::read(&path).unwrap(), world.content());
    assert_eq!(names(folder.path()), ["lake.jpg"]);
    true
}

/// Where the process that is killed writes.
const TARGET: &str = "KILLED_DOWNLOAD_TARGET";

/// The process that is killed.
#[tokio::test]
#[ignore = "`part_of_a_killed_process_is_removed` runs it in a process of its own"]
async fn download_until_killed() {
    let Some(path) = std::env::var_os(TARGET) else {
        return;
    };
    let world = World::new([Fault::StallsAfter(6)]);
    let mut download = world.download();
    let mut writing = pin!(download.to_file(&path));
    std::future::poll_fn(|context| {
        assert!(writing.as_mut().poll(context).is_pending());
        if world.server.log().is_empty() {
            Poll::Pending
        } else {
            Poll::Ready(())
        }
    })
    .await;
    std::thread::sleep(Duration::from_mins(1));
}

fn wait_for_part(folder: &Path) -> PathBuf {
    let start = Instant::now();
    while start.elapsed() < Duration::from_secs(30) {
        if let Some(name) = names(folder).pop() {
            return folder.join(name);
        }
        std::thread::sleep(Duration::from_millis(10));
    }
    panic!("the other process made no file");
}

#[cfg(unix)]
#[tokio::test]
async fn part_of_a_killed_process_is_removed() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("lake.jpg");
    let mut child = Command::new(std::env::current_exe().unwrap())
        .args(["--ignored", "--exact", "drops::download_until_killed"])
        .env(TARGET, &path)
        .stdout(Stdio::null())
        .spawn()
        .unwrap();
    let part = wait_for_part(folder.path());
    // While the process lives, its file is its own.
    World::new([]).download().to_file(&path).await.unwrap();
    assert!(part.exists());
    child.kill().unwrap();
    child.wait().unwrap();
    let mut download = World::new([]).download().overwrite(true);
    download.to_file(&path).await.unwrap();
    assert_eq!(names(folder.path()), ["lake.jpg"]);
}

/// Whatever has the name of a part and is none of ours stays as it is.
#[cfg(unix)]
#[tokio::test]
async fn planted_parts_are_left_alone() {
    let folder = tempfile::tempdir().unwrap();
    let at = |name: &str| folder.path().join(name);
    fs::write(at("secret"), "secret").unwrap();
    let planted = |number: u32| at(&format!("lake.jpg.download-{number}.part"));
    std::os::unix::fs::symlink(at("secret"), planted(0)).unwrap();
    fs::create_dir(planted(1)).unwrap();
    let made = Command::new("mkfifo").arg(planted(2)).status().unwrap();
    assert!(made.success());
    for number in 3..8 {
        fs::create_dir(planted(number)).unwrap();
    }
    let world = World::new([]);
    let path = at("lake.jpg");
    world.download().to_file(&path).await.unwrap();
    assert_eq!(fs::read(&path).unwrap(), world.content());
    assert_eq!(fs::read(at("secret")).unwrap(), b"secret");
    assert_eq!(names(folder.path()).len(), 10);
}

#[tokio::test]
async fn kept_part_is_not_removed_by_the_next_download() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("lake.jpg");
    let world = World::new([Fault::BreaksAfter(6), Fault::Portal]);
    let mut download = world.download().keep_partial(true);
    assert!(download.to_file(&path).await.is_err());
    drop(download);
    World::new([]).download().to_file(&path).await.unwrap();
    assert_eq!(names(folder.path()).len(), 2);
}
