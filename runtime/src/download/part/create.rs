//! Making the file of a download, in the place of one whose process was killed.
//!
//! A file has one of a few names that follow from its target, and is locked by its process. The
//! lock goes with the process; so a file under such a name that nobody holds is left over, and the
//! next download to the same target removes it. A file that stays by the wish of its user has a
//! name with a random number instead, and is never removed by another download.

use std::fs::{File, OpenOptions};
use std::io;
use std::path::{Path, PathBuf};

use self::lock::{hold, remove_left_over};

/// How many downloads to one target at the same time have names that are found again.
const NAMES: usize = 8;

/// Makes a file under a name that is found again. What has such a name and is in use, or is no
/// file, is left alone.
pub(super) fn create_own(target: &Path) -> io::Result<(PathBuf, File)> {
    for number in 0..NAMES {
        let path = beside(target, &format!("download-{number}"));
        match create(&path) {
            Err(error) if is_taken(&error) && remove_left_over(&path).is_ok() => {}
            Err(error) if is_taken(&error) => continue,
            outcome => return outcome.map(|file| (path, file)),
        }
        match create(&path) {
            Err(error) if is_taken(&error) => {}
            outcome => return outcome.map(|file| (path, file)),
        }
    }
    create_kept(target)
}

/// Makes a file under a name that nobody can know before.
pub(super) fn create_kept(target: &Path) -> io::Result<(PathBuf, File)> {
    use std::hash::{BuildHasher as _, Hasher as _};
    let mut tries = 0;
    loop {
        // The standard library seeds its hash maps with what the system has for randomness.
        let random = std::collections::hash_map::RandomState::new()
            .build_hasher()
            .finish();
        let path = beside(target, &format!("{random:016x}"));
        match create(&path) {
            Err(error) if is_taken(&error) && tries < NAMES => {
                tries += 1;
            }
            outcome => return outcome.map(|file| (path, file)),
        }
    }
}

fn create(path: &Path) -> io::Result<File> {
    let file = OpenOptions::new().write(true).create_new(true).open(path)?;
    if hold(&file) {
        Ok(file)
    } else {
        Err(io::ErrorKind::AlreadyExists.into())
    }
}

fn is_taken(error: &io::Error) -> bool {
    error.kind() == io::ErrorKind::AlreadyExists
}

/// A name in the folder of a file.
fn beside(target: &Path, what: &str) -> PathBuf {
    let name = target.file_name().unwrap_or_default().to_string_lossy();
    // A name may have 255 bytes.
    let mut length = name.len().min(200);
    while !name.is_char_boundary(length) {
        length -= 1;
    }
    let name = name.get(..length).unwrap_or_default();
    target.with_file_name(format!("{name}.{what}.part"))
}

#[cfg(unix)]
mod lock {
    use std::fs::{self, File, OpenOptions, TryLockError};
    use std::io;
    use std::os::unix::fs::{MetadataExt as _, OpenOptionsExt as _};
    use std::path::Path;

    /// Locks a new file, where the disk has locks; false if it was taken for a left over one in
    /// the meantime.
    pub(super) fn hold(file: &File) -> bool {
        match file.try_lock() {
            Err(TryLockError::WouldBlock) => false,
            _ => file.metadata().is_ok_and(|metadata| metadata.nlink() > 0),
        }
    }

    /// Removes a file that nobody holds; it fails with whatever is something else.
    pub(super) fn remove_left_over(path: &Path) -> io::Result<()> {
        // Neither a link nor a pipe in its place is opened, or waited for.
        let file = OpenOptions::new()
            .read(true)
            .custom_flags(libc::O_NOFOLLOW | libc::O_NONBLOCK)
            .open(path)?;
        file.try_lock()?;
        // Who holds the lock is the only one to remove the file, if it still has this name.
        let (held, there) = (file.metadata()?, fs::symlink_metadata(path)?);
        if !held.is_file() || (held.dev(), held.ino()) != (there.dev(), there.ino()) {
            return Err(io::ErrorKind::AlreadyExists.into());
        }
        fs::remove_file(path)
    }
}

#[cfg(not(unix))]
mod lock {
    use std::fs::File;
    use std::io;
    use std::path::Path;

    pub(super) fn hold(_: &File) -> bool {
        true
    }

    /// Removes nothing: that a file is in use can't be told.
    pub(super) fn remove_left_over(_: &Path) -> io::Result<()> {
        Err(io::ErrorKind::Unsupported.into())
    }
}
