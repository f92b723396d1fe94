//! Downloads into files: they are there and whole, or not there.

use std::fs;
use std::path::{Path, PathBuf};
use std::task::Poll;

use discovery_runtime::download::{Download, file_name};

use crate::server::Fault;
use crate::world::World;

struct Folder(tempfile::TempDir);

impl Folder {
    fn new() -> Self {
        Self(tempfile::tempdir().unwrap())
    }

    fn path(&self, name: &str) -> PathBuf {
        self.0.path().join(name)
    }

    fn names(&self) -> Vec<String> {
        let mut names: Vec<_> = fs::read_dir(self.0.path())
            .unwrap()
            .map(|entry| entry.unwrap().file_name().into_string().unwrap())
            .collect();
        names.sort();
        names
    }
}

#[tokio::test]
async fn file_appears_when_it_is_complete() {
    for faults in [
        vec![],
        vec![Fault::BreaksAfter(6)],
        vec![Fault::BreaksAfter(6), Fault::IgnoresRange],
        vec![Fault::BreaksAfter(6), Fault::Changes],
        vec![Fault::BreaksAfter(6), Fault::ChangesLength],
        vec![Fault::BreaksAfter(6), Fault::NotSatisfiable("bytes */1")],
    ] {
        let folder = Folder::new();
        let world = World::new(faults.clone());
        let path = folder.path("lake.jpg");
        let written = world.download().to_file(&path).await.unwrap();
        assert_eq!(fs::read(&path).unwrap(), world.content(), "{faults:?}");
        assert_eq!(written, world.content().len() as u64);
        assert_eq!(folder.names(), ["lake.jpg"]);
    }
}

#[tokio::test]
async fn large_file_is_written_in_pieces() {
    let folder = Folder::new();
    let content: Vec<u8> = (0..1_000_000_u32)
        .map(|index| index.to_le_bytes()[1])
        .collect();
    let world = World::with_content(
        content,
        [Fault::BreaksAfter(600_000), Fault::BreaksAfter(300_000)],
    );
    let path = folder.path("clip.mp4");
    world.download().to_file(&path).await.unwrap();
    assert!(fs::read(&path).unwrap() == world.content());
}

#[tokio::test]
async fn failed_file_download_leaves_no_file_and_can_be_resumed() {
    let folder = Folder::new();
    let mut faults = vec![Fault::BreaksAfter(6)];
    faults.extend(vec![Fault::Status(503); 4]);
    let world = World::new(faults);
    let path = folder.path("lake.jpg");
    let mut download = world.download();
    let error = download.to_file(&path).await.unwrap_err();
    assert!(error.is_server_error());
    assert!(!path.exists());
    let names = folder.names();
    let extension = names.first().and_then(|name| Path::new(name).extension());
    assert_eq!((names.len(), extension), (1, Some("part".as_ref())));
    download.to_file(&path).await.unwrap();
    assert_eq!(fs::read(&path).unwrap(), world.content());
    assert_eq!(
        world.server.ranges().last().unwrap().as_deref(),
        Some("bytes=6-")
    );
    assert_eq!(folder.names(), ["lake.jpg"]);
}

/// What was written is of no use if the address has something else now.
#[tokio::test]
async fn resumed_file_does_not_mix_changed_content() {
    let folder = Folder::new();
    let mut faults = vec![Fault::BreaksAfter(6), Fault::NotSatisfiable("bytes */3")];
    faults.extend(vec![Fault::Status(503); 3]);
    faults.push(Fault::Changes);
    let world = World::new(faults);
    let path = folder.path("lake.jpg");
    let mut download = world.download();
    assert!(download.to_file(&path).await.is_err());
    download.to_file(&path).await.unwrap();
    assert_eq!(fs::read(&path).unwrap(), world.content());
    assert_eq!(world.server.planned(), 0);
}

/// Lets a download run until the server was asked, and everything that came was read.
async fn begin(world: &World, download: &mut Download, path: &Path) {
    let mut writing = std::pin::pin!(download.to_file(path));
    std::future::poll_fn(|context| {
        assert!(writing.as_mut().poll(context).is_pending());
        if world.server.log().is_empty() {
            Poll::Pending
        } else {
            Poll::Ready(())
        }
    })
    .await;
}

#[tokio::test]
async fn dropped_file_download_leaves_no_file() {
    let folder = Folder::new();
    let world = World::new([Fault::StallsAfter(6)]);
    let path = folder.path("lake.jpg");
    let mut download = world.download();
    begin(&world, &mut download, &path).await;
    assert!(!path.exists());
    drop(download);
    assert_eq!(folder.names(), Vec::<String>::new());
}

/// What was read and not written is fetched again.
#[tokio::test]
async fn dropped_file_download_can_be_resumed() {
    for stalls_after in [6, 100_000, 300_000] {
        let folder = Folder::new();
        let content: Vec<u8> = (0..400_000_u32)
            .map(|index| index.to_le_bytes()[0])
            .collect();
        let world = World::with_content(content, [Fault::StallsAfter(stalls_after)]);
        let path = folder.path("clip.mp4");
        let mut download = world.download();
        begin(&world, &mut download, &path).await;
        download.to_file(&path).await.unwrap();
        assert!(
            fs::read(&path).unwrap() == world.content(),
            "{stalls_after}"
        );
        assert_eq!(folder.names(), ["clip.mp4"]);
    }
}

#[tokio::test]
async fn partial_file_is_removed_unless_kept() {
    for keep in [false, true] {
        let folder = Folder::new();
        let world = World::new([Fault::BreaksAfter(6), Fault::Portal]);
        let mut download = world.download().keep_partial(keep);
        assert!(download.to_file(folder.path("lake.jpg")).await.is_err());
        drop(download);
        assert_eq!(folder.names().len(), usize::from(keep));
        if let [name] = &folder.names()[..] {
            assert_eq!(fs::read(folder.path(name)).unwrap(), world.content()[..6]);
        }
    }
}

#[tokio::test]
async fn existing_files_and_links_are_kept() {
    let folder = Folder::new();
    fs::write(folder.path("there"), "old").unwrap();
    fs::create_dir(folder.path("folder")).unwrap();
    fs::write(folder.path("secret"), "secret").unwrap();
    let mut taken = vec!["there", "folder", "folder/.."];
    if cfg!(unix) {
        link(&folder.path("secret"), &folder.path("link"));
        link(&folder.path("nowhere"), &folder.path("dangling"));
        taken.extend(["link", "dangling"]);
    }
    for name in taken {
        let world = World::new([]);
        let error = world
            .download()
            .to_file(folder.path(name))
            .await
            .unwrap_err();
        assert!(error.is_file(), "{name}: {error:?}");
        assert_eq!(world.server.log().len(), 0, "{name}");
    }
    assert_eq!(fs::read(folder.path("there")).unwrap(), b"old");
    assert_eq!(fs::read(folder.path("secret")).unwrap(), b"secret");
    assert!(!folder.path("nowhere").exists());
    // Even if it appears in the meantime.
    let world = World::new([Fault::BreaksAfter(6)]);
    let path = folder.path("late");
    let mut download = world.download();
    let (result, ()) = tokio::join!(download.to_file(&path), async {
        fs::write(&path, "other").unwrap();
    });
    assert!(result.unwrap_err().is_file());
    assert_eq!(fs::read(&path).unwrap(), b"other");
}

#[tokio::test]
async fn existing_file_can_be_replaced() {
    let folder = Folder::new();
    fs::write(folder.path("there"), "old").unwrap();
    fs::write(folder.path("secret"), "secret").unwrap();
    let mut names = vec!["there"];
    if cfg!(unix) {
        link(&folder.path("secret"), &folder.path("link"));
        names.push("link");
    }
    for name in names {
        let world = World::new([]);
        world
            .download()
            .overwrite(true)
            .to_file(folder.path(name))
            .await
            .unwrap();
        assert_eq!(fs::read(folder.path(name)).unwrap(), world.content());
    }
    assert_eq!(fs::read(folder.path("secret")).unwrap(), b"secret");
}

#[tokio::test]
async fn missing_folder_is_an_error() {
    let folder = Folder::new();
    let world = World::new([]);
    let error = world
        .download()
        .to_file(folder.path("no/lake.jpg"))
        .await
        .unwrap_err();
    assert!(
        error.is_file() && std::error::Error::source(&error).is_some(),
        "{error:?}"
    );
    assert_eq!(world.server.log().len(), 0);
}

/// The message has the path and the reason, and the source is what the system said.
#[tokio::test]
async fn file_creation_error_says_why() {
    let folder = Folder::new();
    fs::write(folder.path("there"), "old").unwrap();
    fs::create_dir(folder.path("folder")).unwrap();
    let mut cases = vec![
        ("no/lake.jpg", "folder does not exist"),
        ("folder", "a folder is there"),
        ("there", "something is there already"),
        ("there/lake.jpg", "is no folder"),
        ("..", "no file name"),
    ];
    if cfg!(unix) {
        fs::create_dir(folder.path("closed")).unwrap();
        let mut permissions = fs::metadata(folder.path("closed")).unwrap().permissions();
        permissions.set_readonly(true);
        fs::set_permissions(folder.path("closed"), permissions).unwrap();
        // Root may write anywhere.
        if fs::write(folder.path("closed/probe"), "").is_err() {
            cases.push(("closed/lake.jpg", "no permission"));
        }
    }
    for (name, reason) in cases {
        let world = World::new([]);
        let path = folder.path(name);
        let error = world.download().to_file(&path).await.unwrap_err();
        let text = error.to_string();
        assert!(error.is_file() && text.contains(reason), "{text}");
        assert!(text.contains(path.to_str().unwrap()), "{text}");
        assert!(std::error::Error::source(&error).is_some(), "{error:?}");
        assert_eq!(world.server.log().len(), 0, "{name}");
    }
}

#[tokio::test]
async fn hostile_file_names_stay_in_the_folder() {
    let folder = Folder::new();
    for name in ["../../x", "CON", "a\0b", &"n".repeat(300)] {
        let world = World::new([]);
        let path = folder.path(&file_name(name));
        world.download().to_file(&path).await.unwrap();
        assert_eq!(path.parent(), Some(folder.0.path()));
    }
    assert_eq!(folder.names().len(), 4);
}

#[cfg(unix)]
fn link(to: &Path, at: &Path) {
    std::os::unix::fs::symlink(to, at).unwrap();
}

#[cfg(not(unix))]
fn link(_: &Path, _: &Path) {}
