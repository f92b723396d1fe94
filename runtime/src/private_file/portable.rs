//! Private files elsewhere, such as on Windows, where the profile of a user is closed to others.

use std::ffi::OsString;
use std::fs::{self, File, OpenOptions};
use std::io::{self, Read as _};
use std::path::{Path, PathBuf};

use zeroize::Zeroizing;

use super::{beside, rejected, split};

/// The folder of a private file.
pub struct Folder {
    folder: PathBuf,
    name: OsString,
}

/// On Windows nobody else has one for the same file, in this process or another, until it is dropped.
pub struct Lock(#[expect(dead_code, reason = "it is held, not used")] File);

impl Folder {
    /// The folder of `path`, which may be reached by a link.
    pub fn open(path: &Path) -> io::Result<Self> {
        let (parent, name) = split(path)?;
        Ok(Self {
            folder: parent.to_owned(),
            name: name.to_owned(),
        })
    }

    /// Makes the folder of `path` if it is not there. It is rejected if it is a link.
    pub fn open_private(path: &Path) -> io::Result<Self> {
        let folder = Self::open(path)?;
        fs::create_dir_all(&folder.folder)?;
        reject_link(&folder.folder)?;
        Ok(folder)
    }

    /// Takes the lock; `None` if somebody else has it. It goes with its process.
    pub fn try_lock(&self) -> io::Result<Option<Lock>> {
        let path = self.folder.join(beside(&self.name, "lock"));
        reject_link(&path)?;
        let mut options = OpenOptions::new();
        options.read(true).write(true).create(true).truncate(false);
        match unshared(&mut options).open(path) {
            Ok(file) => Ok(Some(Lock(file))),
            Err(error) if cfg!(windows) && error.raw_os_error() == Some(IN_USE) => Ok(None),
            Err(error) => Err(error),
        }
    }

    /// The content of the file, up to a byte more than `limit`; `None` if it is not there.
    pub fn read(&self, limit: usize) -> io::Result<Option<Zeroizing<Vec<u8>>>> {
        let Some(file) = self.open_regular(OpenOptions::new().read(true))? else {
            return Ok(None);
        };
        let mut content = Zeroizing::new(Vec::with_capacity(limit + 1));
        file.take(limit as u64 + 1).read_to_end(&mut content)?;
        Ok(Some(content))
    }

    /// The file, to be read from its start and written at its end; `None` if it is not there.
    pub fn open_to_append(&self) -> io::Result<Option<File>> {
        self.open_regular(OpenOptions::new().read(true).append(true))
    }

    /// Nothing has to be done.
    pub fn close_to_others(_file: &File) -> io::Result<()> {
        Ok(())
    }

    /// Whether the file was removed since it was opened, as far as that can be known.
    pub fn is_removed(_file: &File) -> io::Result<bool> {
        Ok(false)
    }

    /// Puts what `write` gives a new file in the place of the file. Whatever happens meanwhile, the
    /// file is the old one or the new one, whole.
    pub fn replace_with(
        &self,
        _lock: &Lock,
        write: impl FnOnce(&mut File) -> io::Result<()>,
    ) -> io::Result<()> {
        let temporary = self.folder.join(beside(&self.name, "tmp"));
        remove(&temporary)?;
        let mut file = OpenOptions::new()
            .write(true)
            .create_new(true)
            .open(&temporary)?;
        let written = write(&mut file).and_then(|()| file.sync_all());
        drop(file);
        let moved = written.and_then(|()| fs::rename(&temporary, self.folder.join(&self.name)));
        if moved.is_err() {
            // What is in the way of the new content must not stay; the first error counts.
            let _ = remove(&temporary);
        }
        moved
    }

    /// Removes the file. It is no error if it is not there.
    pub fn remove(&self, _lock: &Lock) -> io::Result<()> {
        remove(&self.folder.join(beside(&self.name, "tmp")))?;
        remove(&self.folder.join(&self.name))
    }

    fn open_regular(&self, options: &mut OpenOptions) -> io::Result<Option<File>> {
        let path = self.folder.join(&self.name);
        reject_link(&path)?;
        let file = match options.open(path) {
            Ok(file) => file,
            Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(None),
            Err(error) => return Err(error),
        };
        if file.metadata()?.is_file() {
            Ok(Some(file))
        } else {
            Err(rejected("it is no regular file"))
        }
    }
}

/// Somebody else has the file open: `ERROR_SHARING_VIOLATION`.
const IN_USE: i32 = 32;

#[cfg(windows)]
fn unshared(options: &mut OpenOptions) -> &OpenOptions {
    use std::os::windows::fs::OpenOptionsExt as _;
    options.share_mode(0)
}

#[cfg(not(windows))]
fn unshared(options: &mut OpenOptions) -> &OpenOptions {
    options
}

fn remove(path: &Path) -> io::Result<()> {
    match fs::remove_file(path) {
        Err(error) if error.kind() != io::ErrorKind::NotFound => Err(error),
        _ => Ok(()),
    }
}

fn reject_link(path: &Path) -> io::Result<()> {
    match fs::symlink_metadata(path) {
        Ok(metadata) if metadata.is_symlink() => {
            Err(rejected("it is a link, which is not followed"))
        }
        _ => Ok(()),
    }
}
