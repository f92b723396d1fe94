//! What the tests of this crate share: a folder to write to, and exact pictures of it.

#![allow(dead_code, reason = "each test binary uses its own part")]
#![allow(clippy::unwrap_used, reason = "a test may panic, its helpers too")]

use std::collections::BTreeMap;
use std::fs;
use std::os::unix::fs::{FileTypeExt, MetadataExt};
use std::path::{Path, PathBuf};

use discovery_output::{CrateFiles, Error, Options, Written};
use tempfile::TempDir;

/// The crate's folder of all tests.
pub(crate) const CRATE: &str = "photoslibrary-v1";

/// A temporary folder with an output folder in it, and a canary beside that.
pub(crate) struct Place {
    keep: TempDir,
    root: PathBuf,
}

impl Place {
    pub(crate) fn new() -> Self {
        // Most of the time of these tests is waiting for a disk to sync, unless there is none.
        let memory = Path::new("/dev/shm");
        let folder = if memory.is_dir() {
            memory.to_owned()
        } else {
            std::env::temp_dir()
        };
        let keep = tempfile::tempdir_in(folder).unwrap();
        let root = keep.path().canonicalize().unwrap();
        fs::write(root.join("canary"), "outside").unwrap();
        Self { keep, root }
    }

    /// The folder around the output folder.
    pub(crate) fn root(&self) -> &Path {
        &self.root
    }

    pub(crate) fn out(&self) -> PathBuf {
        self.root.join("out")
    }

    /// A path in the crate's folder.
    pub(crate) fn at(&self, path: &str) -> PathBuf {
        self.out().join(CRATE).join(path)
    }

    /// Puts a file of somebody else into the crate's folder.
    pub(crate) fn put(&self, path: &str, text: &str) {
        let path = self.at(path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    }

    pub(crate) fn read(&self, path: &str) -> String {
        fs::read_to_string(self.at(path)).unwrap()
    }

    pub(crate) fn write(&self, files: &CrateFiles) -> Result<Written, Error> {
        self.write_with(files, &Options::default())
    }

    pub(crate) fn write_with(
        &self,
        files: &CrateFiles,
        options: &Options,
    ) -> Result<Written, Error> {
        discovery_output::write(&self.out(), files, options)
    }

    /// Everything in the crate's folder, by path.
    pub(crate) fn picture(&self) -> BTreeMap<String, String> {
        picture(&self.out().join(CRATE))
    }

    /// Everything around and in the output folder, by path.
    pub(crate) fn whole_picture(&self) -> BTreeMap<String, String> {
        picture(&self.root)
    }

    /// The names in the output folder.
    pub(crate) fn names(&self) -> Vec<String> {
        let mut names: Vec<String> = fs::read_dir(self.out())
            .into_iter()
            .flatten()
            .map(|entry| entry.unwrap().file_name().into_string().unwrap())
            .collect();
        names.sort();
        names
    }

    /// Inode and time of last change of a file in the crate's folder.
    pub(crate) fn identity(&self, path: &str) -> (u64, i64, i64) {
        let metadata = fs::symlink_metadata(self.at(path)).unwrap();
        (metadata.ino(), metadata.mtime(), metadata.mtime_nsec())
    }
}

/// Everything below `root`: text of files, targets of links, kinds of the rest.
pub(crate) fn picture(root: &Path) -> BTreeMap<String, String> {
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
pub(crate) fn files(list: &[(&str, &str)]) -> CrateFiles {
    let mut files = CrateFiles::new(CRATE).unwrap();
    for (path, text) in list {
        files.add(path, *text).unwrap();
    }
    files.record("document", "photoslibrary-v1.json");
    files
}

/// The crate before a change of the document.
pub(crate) fn old_files() -> CrateFiles {
    files(&[
        ("Cargo.toml", "[package] # old\n"),
        ("README.md", "same\n"),
        ("src/albums.rs", "// same\n"),
        ("src/gone/deep.rs", "// old\n"),
        ("src/lib.rs", "// old\n"),
    ])
}

/// The crate after it: files added, changed, removed and kept.
pub(crate) fn new_files() -> CrateFiles {
    files(&[
        ("Cargo.toml", "[package] # new\n"),
        ("README.md", "same\n"),
        ("src/albums.rs", "// same\n"),
        ("src/lib.rs", "// new\n"),
        ("src/media_items/list.rs", "// new\n"),
    ])
}
