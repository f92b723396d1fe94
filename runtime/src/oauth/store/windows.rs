//! The files of a token store on Windows, where the profile of a user is closed to others.

use std::ffi::OsString;
use std::fs::{self, File, OpenOptions};
use std::io::{self, Read as _, Write as _};
use std::os::windows::fs::OpenOptionsExt as _;
use std::path::PathBuf;

use zeroize::Zeroizing;

use super::{SIZE_LIMIT, beside, split};

/// The folder of a token file.
pub(super) struct Folder {
    folder: PathBuf,
    name: OsString,
}

/// Nobody else has one for the same file, in this process or another, until it is dropped.
pub(super) struct Lock(#[expect(dead_code, reason = "it is held, not used")] File);

/// Somebody else has the file open: `ERROR_SHARING_VIOLATION`.
const IN_USE: i32 = 32;

impl Folder {
    /// Makes the folder of `path` if it is not there.
    pub(super) fn open(path: &std::path::Path) -> io::Result<Self> {
        let (parent, name) = split(path)?;
        fs::create_dir_all(parent)?;
        reject_link(parent)?;
        Ok(Self {
            folder: parent.to_owned(),
            name: name.to_owned(),
        })
    }

    /// Takes the lock; `None` if somebody else has it. It goes with its process.
    pub(super) fn try_lock(&self) -> io::Result<Option<Lock>> {
        let path = self.folder.join(beside(&self.name, "lock"));
        reject_link(&path)?;
        let mut options = OpenOptions::new();
        options.read(true).write(true).create(true).truncate(false);
        match options.share_mode(0).open(path) {
            Ok(file) => Ok(Some(Lock(file))),
            Err(error) if error.raw_os_error() == Some(IN_USE) => Ok(None),
            Err(error) => Err(error),
        }
    }

    /// The content of the file; `None` if it is not there.
    pub(super) fn read(&self) -> io::Result<Option<Zeroizing<Vec<u8>>>> {
        let path = self.folder.join(&self.name);
        reject_link(&path)?;
        let file = match File::open(path) {
            Ok(file) => file,
            Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(None),
            Err(error) => return Err(error),
        };
        let mut content = Zeroizing::new(Vec::with_capacity(SIZE_LIMIT + 1));
        file.take(SIZE_LIMIT as u64 + 1).read_to_end(&mut content)?;
        Ok(Some(content))
    }

    /// Puts `content` in the place of the file. Whatever happens meanwhile, the file is the old
    /// one or the new one, whole.
    pub(super) fn replace(&self, content: &[u8], _lock: &Lock) -> io::Result<()> {
        let temporary = self.folder.join(beside(&self.name, "tmp"));
        remove(&temporary)?;
        let mut file = OpenOptions::new()
            .write(true)
            .create_new(true)
            .open(&temporary)?;
        let written = file.write_all(content).and_then(|()| file.sync_all());
        drop(file);
        let moved = written.and_then(|()| fs::rename(&temporary, self.folder.join(&self.name)));
        if moved.is_err() {
            // What is in the way of the new content must not stay; the first error counts.
            let _ = remove(&temporary);
        }
        moved
    }

    /// Removes the file. It is no error if it is not there.
    pub(super) fn remove(&self, _lock: &Lock) -> io::Result<()> {
        remove(&self.folder.join(beside(&self.name, "tmp")))?;
        remove(&self.folder.join(&self.name))
    }
}

fn remove(path: &std::path::Path) -> io::Result<()> {
    match fs::remove_file(path) {
        Err(error) if error.kind() != io::ErrorKind::NotFound => Err(error),
        _ => Ok(()),
    }
}

fn reject_link(path: &std::path::Path) -> io::Result<()> {
    match fs::symlink_metadata(path) {
        Ok(metadata) if metadata.is_symlink() => {
            let message = "it is a link, which is not followed";
            Err(io::Error::new(io::ErrorKind::PermissionDenied, message))
        }
        _ => Ok(()),
    }
}
