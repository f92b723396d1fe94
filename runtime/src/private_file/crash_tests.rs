//! Processes that die at a chosen step of writing a private file.

use std::os::unix::fs::{MetadataExt as _, PermissionsExt as _};
use std::os::unix::process::ExitStatusExt as _;
use std::path::Path;
use std::process::Command;
use std::{env, fs};

use super::Folder;

/// The steps, in order, and whether the file is the new one from then on.
const POINTS: [(&str, bool); 5] = [
    ("before", false),
    ("created", false),
    ("written", false),
    ("synced", false),
    ("renamed", true),
];

const POINT: &str = "PRIVATE_FILE_TEST_CRASH_AT";
const FILE: &str = "PRIVATE_FILE_TEST_CRASH_FILE";

/// Dies where the process was told to.
pub(super) fn crash_at(name: &str) {
    if env::var_os(POINT).is_some_and(|point| point == name) {
        std::process::abort();
    }
}

fn save(path: &Path, content: &str) {
    let folder = Folder::open_private(path).unwrap();
    let lock = folder
        .try_lock()
        .unwrap()
        .expect("the lock of a dead process is held");
    folder.replace(content.as_bytes(), &lock).unwrap();
}

fn saved(path: &Path) -> Option<String> {
    let text = Folder::open_private(path).unwrap().read(10).unwrap()?;
    Some(String::from_utf8(text.to_vec()).unwrap())
}

/// What a process of the test below does; nothing in a run of all tests.
#[test]
fn child() {
    if let Some(path) = env::var_os(FILE) {
        save(Path::new(&path), "new");
        std::process::exit(0);
    }
}

fn run_child(path: &Path, point: &str) -> std::process::ExitStatus {
    Command::new(env::current_exe().unwrap())
        .args([
            "--exact",
            "private_file::crash_tests::child",
            "--test-threads=1",
        ])
        .env(FILE, path)
        .env(POINT, point)
        .output()
        .unwrap()
        .status
}

#[test]
fn a_file_is_old_or_new_whenever_its_writer_dies() {
    for before in [None, Some("old")] {
        for (point, is_new) in POINTS {
            let folder = tempfile::tempdir().unwrap();
            let path = folder.path().join("google.json");
            if let Some(before) = before {
                save(&path, before);
            }
            let status = run_child(&path, point);
            assert_eq!(status.signal(), Some(6), "{point} was not reached");
            let expected = if is_new { Some("new") } else { before };
            assert_eq!(saved(&path).as_deref(), expected, "{point}");
            for file in fs::read_dir(folder.path()).unwrap() {
                let mode = file.unwrap().metadata().unwrap().mode() & 0o777;
                assert_eq!(mode, 0o600, "{point}");
            }
            // What is left over is in nobody's way.
            assert!(run_child(&path, "").success(), "{point}");
            assert_eq!(saved(&path).as_deref(), Some("new"));
            let names = fs::read_dir(folder.path()).unwrap().count();
            assert_eq!(names, 2, "the file and its lock after {point}");
        }
    }
}

#[test]
fn a_new_file_is_private_whatever_the_old_one_was() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("google.json");
    fs::write(&path, "{}").unwrap();
    fs::set_permissions(&path, fs::Permissions::from_mode(0o644)).unwrap();
    save(&path, "new");
    assert_eq!(fs::metadata(&path).unwrap().mode() & 0o777, 0o600);
}
