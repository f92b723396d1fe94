//! Private files on Unix.
//!
//! Everything happens relative to an open folder, and no last part of a path is ever a link that is
//! followed.

use std::ffi::{OsStr, OsString};
use std::fs::{DirBuilder, File};
use std::io::{self, Read as _};
use std::os::fd::OwnedFd;
use std::os::unix::fs::DirBuilderExt as _;
use std::path::Path;

use rustix::fs::{AtFlags, FileType, FlockOperation, Mode, OFlags};
use rustix::io::Errno;
use zeroize::Zeroizing;

use super::{beside, crash_point, rejected, split};

/// The folder of a private file, open.
pub struct Folder {
    folder: OwnedFd,
    name: OsString,
}

/// Nobody else has one for the same file, in this process or another, until it is dropped.
pub struct Lock(#[expect(dead_code, reason = "it is held, not used")] OwnedFd);

/// For the owner to read and to write.
const PRIVATE: Mode = Mode::RUSR.union(Mode::WUSR);

/// The bits of everybody but the owner.
const OTHERS: Mode = Mode::RWXG.union(Mode::RWXO);

/// The bits that let others than the owner write.
const OTHERS_WRITE: Mode = Mode::WGRP.union(Mode::WOTH);

impl Folder {
    /// Opens the folder of `path`, which may be one that others write to, and may be reached by a
    /// link.
    pub fn open(path: &Path) -> io::Result<Self> {
        let (parent, name) = split(path)?;
        let folder = rustix::fs::open(parent, FOLDER, Mode::empty())?;
        let name = name.to_owned();
        Ok(Self { folder, name })
    }

    /// Opens the folder of `path`; makes it, for nobody else to enter, if it is not there. It is
    /// rejected if it is a link, or if others own it or write to it.
    pub fn open_private(path: &Path) -> io::Result<Self> {
        let (parent, name) = split(path)?;
        DirBuilder::new()
            .recursive(true)
            .mode(0o700)
            .create(parent)?;
        let flags = FOLDER | OFlags::NOFOLLOW;
        let folder =
            rustix::fs::open(parent, flags, Mode::empty()).map_err(|error| match error {
                Errno::LOOP | Errno::NOTDIR => {
                    rejected("its folder is a link: give the folder itself")
                }
                error => error.into(),
            })?;
        let stat = rustix::fs::fstat(&folder)?;
        check_owner_of_folder(stat.st_uid, rustix::process::geteuid().as_raw())?;
        if Mode::from_raw_mode(stat.st_mode).intersects(OTHERS_WRITE) {
            let message = "others can write in its folder: choose a folder that is not there yet, \
                           or forbid it (chmod 700)";
            return Err(rejected(message));
        }
        let name = name.to_owned();
        Ok(Self { folder, name })
    }

    /// Takes the lock; `None` if somebody else has it. It goes with its process.
    pub fn try_lock(&self) -> io::Result<Option<Lock>> {
        // The file of the lock stays: whoever removed it would part those who wait for it.
        let file = self.create(&beside(&self.name, "lock"), OFlags::NONBLOCK)?;
        match rustix::fs::flock(&file, FlockOperation::NonBlockingLockExclusive) {
            Ok(()) => Ok(Some(Lock(file))),
            Err(Errno::WOULDBLOCK) => Ok(None),
            Err(error) => Err(error.into()),
        }
    }

    /// The content of the file, up to a byte more than `limit`; `None` if it is not there. What
    /// others could read is closed to them first.
    pub fn read(&self, limit: usize) -> io::Result<Option<Zeroizing<Vec<u8>>>> {
        let Some(file) = self.open_regular(OFlags::RDONLY)? else {
            return Ok(None);
        };
        Self::close_to_others(&file)?;
        let mut content = Zeroizing::new(Vec::with_capacity(limit + 1));
        file.take(limit as u64 + 1).read_to_end(&mut content)?;
        Ok(Some(content))
    }

    /// The file, to be read from its start and written at its end; `None` if it is not there. Its
    /// mode is what it was.
    pub fn open_to_append(&self) -> io::Result<Option<File>> {
        self.open_regular(OFlags::RDWR | OFlags::APPEND)
    }

    /// Takes the right to read a file from all but its owner.
    pub fn close_to_others(file: &File) -> io::Result<()> {
        let mode = Mode::from_raw_mode(rustix::fs::fstat(file)?.st_mode);
        if mode.intersects(OTHERS) {
            rustix::fs::fchmod(file, PRIVATE)?;
        }
        Ok(())
    }

    /// Whether the file was removed, or another one was put in its place, since it was opened.
    pub fn is_removed(file: &File) -> io::Result<bool> {
        Ok(rustix::fs::fstat(file)?.st_nlink == 0)
    }

    /// Puts what `write` gives a new file in the place of the file. Whatever happens meanwhile, the
    /// file is the old one or the new one, whole.
    pub fn replace_with(
        &self,
        _lock: &Lock,
        write: impl FnOnce(&mut File) -> io::Result<()>,
    ) -> io::Result<()> {
        let temporary = beside(&self.name, "tmp");
        // One that a process left behind when it was killed. Nobody else writes it: see the lock.
        self.unlink(&temporary)?;
        crash_point("before");
        let written = self.write(&temporary, write).and_then(|()| {
            rustix::fs::renameat(&self.folder, &temporary, &self.folder, &self.name)?;
            crash_point("renamed");
            // The new name survives a loss of power from here on.
            Ok(rustix::fs::fsync(&self.folder)?)
        });
        if written.is_err() {
            // What is in the way of the new content must not stay; the first error counts.
            let _ = self.unlink(&temporary);
        }
        written
    }

    /// Removes the file. It is no error if it is not there.
    pub fn remove(&self, _lock: &Lock) -> io::Result<()> {
        self.unlink(&beside(&self.name, "tmp"))?;
        self.unlink(&self.name)?;
        Ok(rustix::fs::fsync(&self.folder)?)
    }

    fn open_regular(&self, access: OFlags) -> io::Result<Option<File>> {
        // Opening a pipe must not wait for a writer.
        let flags = access | OFlags::NOFOLLOW | OFlags::NONBLOCK | OFlags::NOCTTY | OFlags::CLOEXEC;
        let file = match rustix::fs::openat(&self.folder, &self.name, flags, Mode::empty()) {
            Ok(file) => file,
            Err(Errno::NOENT) => return Ok(None),
            Err(Errno::LOOP) => return Err(rejected("it is a link, which is not followed")),
            Err(Errno::ISDIR | Errno::NXIO) => return Err(rejected(IRREGULAR)),
            Err(error) => return Err(error.into()),
        };
        let stat = rustix::fs::fstat(&file)?;
        if FileType::from_raw_mode(stat.st_mode) != FileType::RegularFile {
            return Err(rejected(IRREGULAR));
        }
        if stat.st_uid != rustix::process::geteuid().as_raw() {
            return Err(rejected("it belongs to another user"));
        }
        Ok(Some(File::from(file)))
    }

    fn write(
        &self,
        name: &OsStr,
        write: impl FnOnce(&mut File) -> io::Result<()>,
    ) -> io::Result<()> {
        let file = self.create(name, OFlags::EXCL)?;
        crash_point("created");
        // What the umask took away comes back, so that the file can be read again.
        rustix::fs::fchmod(&file, PRIVATE)?;
        let mut file = File::from(file);
        write(&mut file)?;
        crash_point("written");
        file.sync_all()?;
        crash_point("synced");
        Ok(())
    }

    fn create(&self, name: &OsStr, flags: OFlags) -> io::Result<OwnedFd> {
        let flags = OFlags::RDWR | OFlags::CREATE | OFlags::NOFOLLOW | OFlags::CLOEXEC | flags;
        Ok(rustix::fs::openat(&self.folder, name, flags, PRIVATE)?)
    }

    fn unlink(&self, name: &OsStr) -> io::Result<()> {
        match rustix::fs::unlinkat(&self.folder, name, AtFlags::empty()) {
            Ok(()) | Err(Errno::NOENT) => Ok(()),
            Err(error) => Err(error.into()),
        }
    }
}

const FOLDER: OFlags = OFlags::RDONLY
    .union(OFlags::DIRECTORY)
    .union(OFlags::CLOEXEC);

const IRREGULAR: &str = "it is no regular file";

/// Checks the owner of a folder, who could replace what is in it. Root can in any case.
fn check_owner_of_folder(owner: u32, own: u32) -> io::Result<()> {
    if owner != own && owner != 0 {
        return Err(rejected("its folder belongs to another user"));
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use std::os::unix::fs::chown;

    use super::*;

    /// Root gives a file away; everybody else takes one of root's, in a folder of root's.
    #[test]
    fn a_file_of_another_user_is_rejected() {
        let folder = tempfile::tempdir().unwrap();
        let given = folder.path().join("google.json");
        std::fs::write(&given, "{}").unwrap();
        let other = rustix::process::geteuid().as_raw() + 1;
        let path = if chown(&given, Some(other), None).is_ok() {
            given
        } else {
            "/etc/passwd".into()
        };
        let error = Folder::open(&path).unwrap().read(100).unwrap_err();
        assert_eq!(error.to_string(), "it belongs to another user");
    }

    /// Only root could make such a folder.
    #[test]
    fn a_folder_of_another_user_is_rejected() {
        for (owner, own) in [(1000, 1000), (0, 1000), (0, 0)] {
            check_owner_of_folder(owner, own).unwrap();
        }
        for (owner, own) in [(1001, 1000), (65_534, 1000), (1000, 0)] {
            let error = check_owner_of_folder(owner, own).unwrap_err();
            assert_eq!(error.to_string(), "its folder belongs to another user");
        }
    }
}
