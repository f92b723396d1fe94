//! The writer on a real disk: what it writes, keeps, refuses and reports.

#![allow(clippy::unwrap_used, reason = "a test may panic, its helpers too")]
#![cfg(unix)]

mod compare;
mod hostile;
mod write;

use std::collections::BTreeMap;
use std::fs;
use std::os::unix::fs::{FileTypeExt, MetadataExt};
use std::path::{Path, PathBuf};

use discovery_generator::File;
use discovery_generator::output::{self, Crate, Difference, Error, Options};
use tempfile::TempDir;

/// The crate's folder of all tests.
const CRATE: &str = "photoslibrary-v1";

/// A temporary folder with an output folder in it, and a canary beside that.
struct Place {
    _keep: TempDir,
    root: PathBuf,
}

impl Place {
    fn new() -> Self {
        let keep = tempfile::tempdir().unwrap();
        let root = keep.path().canonicalize().unwrap();
        fs::write(root.join("canary"), "outside").unwrap();
        Self { _keep: keep, root }
    }

    /// The folder around the output folder.
    fn root(&self) -> &Path {
        &self.root
    }

    fn out(&self) -> PathBuf {
        self.root.join("out")
    }

    /// A path in the crate's folder.
    fn at(&self, path: &str) -> PathBuf {
        self.out().join(CRATE).join(path)
    }

    /// Puts a file of somebody else into the crate's folder.
    fn put(&self, path: &str, text: &str) {
        let path = self.at(path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    }

    fn read(&self, path: &str) -> String {
        fs::read_to_string(self.at(path)).unwrap()
    }

    fn write(&self, files: &Crate) -> Result<Vec<Difference>, Error> {
        output::write(&self.out(), files, Options::default())
    }

    fn force(&self, files: &Crate) -> Result<Vec<Difference>, Error> {
        let options = Options {
            force: true,
            ..Options::default()
        };
        output::write(&self.out(), files, options)
    }

    /// Everything in the crate's folder, by path.
    fn picture(&self) -> BTreeMap<String, String> {
        picture(&self.out().join(CRATE))
    }

    /// Everything around and in the output folder, by path.
    fn whole_picture(&self) -> BTreeMap<String, String> {
        picture(&self.root)
    }

    /// The names in the output folder.
    fn names(&self) -> Vec<String> {
        let mut names: Vec<String> = fs::read_dir(self.out())
            .into_iter()
            .flatten()
            .map(|entry| entry.unwrap().file_name().into_string().unwrap())
            .collect();
        names.sort();
        names
    }

    /// Inode and time of last change of a file in the crate's folder.
    fn identity(&self, path: &str) -> (u64, i64, i64) {
        let metadata = fs::symlink_metadata(self.at(path)).unwrap();
        (metadata.ino(), metadata.mtime(), metadata.mtime_nsec())
    }
}

/// The paths in the crate's folder that a run has `added`, `changed` or `removed`.
fn paths<'a>(written: &'a [Difference], action: &str) -> Vec<&'a str> {
    let done = written.iter().filter(|file| file.action() == action);
    done.map(|file| &file.path[CRATE.len() + 1..]).collect()
}

/// Everything below `root`: text of files, targets of links, kinds of the rest.
fn picture(root: &Path) -> BTreeMap<String, String> {
    let mut found = BTreeMap::new();
    collect(root, "", &mut found);
    found
}

fn collect(dir: &Path, at: &str, found: &mut BTreeMap<String, String>) {
    let Ok(entries) = fs::read_dir(dir) else {
        return;
    };
    for entry in entries {
        let entry = entry.unwrap();
        let path = format!("{at}{}", entry.file_name().to_string_lossy());
        let kind = entry.file_type().unwrap();
        if kind.is_symlink() {
            let target = fs::read_link(entry.path()).unwrap();
            found.insert(path, format!("-> {}", target.display()));
        } else if kind.is_dir() {
            found.insert(format!("{path}/"), String::new());
            collect(&entry.path(), &format!("{path}/"), found);
        } else if kind.is_fifo() {
            found.insert(path, "pipe".to_owned());
        } else {
            found.insert(path, fs::read_to_string(entry.path()).unwrap());
        }
    }
}

/// A crate of these files.
fn files(list: &[(&str, &str)]) -> Crate {
    let file = |(path, text): &(&str, &str)| File {
        path: format!("{CRATE}/{path}"),
        text: (*text).to_owned(),
    };
    Crate::new(list.iter().map(file).collect()).unwrap()
}

/// The crate before a change of the document.
fn old_files() -> Crate {
    files(&[
        ("Cargo.toml", "[package] # old\n"),
        ("README.md", "same\n"),
        ("src/albums.rs", "// same\n"),
        ("src/gone/deep.rs", "// old\n"),
        ("src/lib.rs", "// old\n"),
    ])
}

/// The crate after it: files added, changed, removed and kept.
fn new_files() -> Crate {
    files(&[
        ("Cargo.toml", "[package] # new\n"),
        ("README.md", "same\n"),
        ("src/albums.rs", "// same\n"),
        ("src/lib.rs", "// new\n"),
        ("src/media_items/list.rs", "// new\n"),
    ])
}
