//! A folder held open: every operation is relative to the handle and follows no link.
//!
//! Names are single path components. Whatever is renamed, linked or removed around us while a run
//! goes on, an operation works in the folder that was opened, or fails.

use std::io;
use std::path::{Path, PathBuf};

use rustix::fd::{AsFd, OwnedFd};
use rustix::fs::{self, Access, AtFlags, FileType, FlockOperation, Mode, OFlags, Stat};
use rustix::io::Errno;

use crate::error::{Error, ErrorKind, shown};
use crate::options::Probe;

/// An open folder, with the path by which messages call it.
#[derive(Debug)]
pub(crate) struct Dir {
    pub(crate) fd: OwnedFd,
    path: PathBuf,
    probe: Probe,
}

/// What stands at a name.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Entry {
    File,
    Folder,
    /// A link, a device, a pipe or a socket, in words.
    Other(&'static str),
}

const FOLDER: OFlags = OFlags::RDONLY
    .union(OFlags::DIRECTORY)
    .union(OFlags::NOFOLLOW)
    .union(OFlags::CLOEXEC);
const PERMISSIONS: u32 = 0o7777;

impl Dir {
    /// The folder from which a path starts: `/` or the current one.
    pub(crate) fn start(path: &Path, probe: Probe) -> Result<Self, Error> {
        let fd = fs::open(path, FOLDER, Mode::empty())
            .map_err(|errno| Error::io("open", path, errno.into()))?;
        // Messages call `./generated` what the caller calls it, `generated`.
        let path = if path == Path::new(".") {
            PathBuf::new()
        } else {
            path.to_owned()
        };
        Ok(Self { fd, path, probe })
    }

    pub(crate) fn path(&self) -> &Path {
        &self.path
    }

    /// A second handle of the same folder.
    pub(crate) fn reopen(&self) -> Result<Self, Error> {
        let fd = self
            .fd
            .try_clone()
            .map_err(|error| Error::io("open", &self.path, error))?;
        Ok(Self {
            fd,
            path: self.path.clone(),
            probe: self.probe.clone(),
        })
    }

    /// Opens a folder in this one; `None` where there is nothing of that name.
    pub(crate) fn open(&self, name: &str) -> Result<Option<Self>, Error> {
        self.open_with(name, FOLDER)
    }

    /// As [`Dir::open`], through symbolic links.
    pub(crate) fn open_following(&self, name: &str) -> Result<Option<Self>, Error> {
        self.open_with(name, FOLDER.difference(OFlags::NOFOLLOW))
    }

    fn open_with(&self, name: &str, flags: OFlags) -> Result<Option<Self>, Error> {
        match fs::openat(&self.fd, name, flags, Mode::empty()) {
            Ok(fd) => Ok(Some(Self {
                fd,
                path: self.path.join(name),
                probe: self.probe.clone(),
            })),
            Err(Errno::NOENT) => Ok(None),
            Err(Errno::NOTDIR | Errno::LOOP) => Err(self.in_the_way(name, "a folder")),
            Err(errno) => Err(self.error("open", name, errno)),
        }
    }

    /// Opens a folder in this one, which is made where there is none.
    pub(crate) fn open_or_create(&self, name: &str) -> Result<Self, Error> {
        if let Some(dir) = self.open(name)? {
            return Ok(dir);
        }
        self.create(name)?;
        self.open(name)?
            .ok_or_else(|| self.error("open", name, Errno::NOENT))
    }

    /// Makes a folder; another run's folder of that name is as good.
    pub(crate) fn create(&self, name: &str) -> Result<(), Error> {
        self.before("create", name)?;
        match fs::mkdirat(&self.fd, name, Mode::from_raw_mode(0o777)) {
            Ok(()) | Err(Errno::EXIST) => Ok(()),
            Err(errno) => Err(self.error("create", name, errno)),
        }
    }

    /// What stands at `name`, links not followed.
    pub(crate) fn entry(&self, name: &str) -> Result<Option<Entry>, Error> {
        Ok(self
            .stat(name)?
            .map(|stat| match FileType::from_raw_mode(stat.st_mode) {
                FileType::RegularFile => Entry::File,
                FileType::Directory => Entry::Folder,
                FileType::Symlink => Entry::Other("a symbolic link"),
                FileType::Fifo => Entry::Other("a named pipe"),
                FileType::Socket => Entry::Other("a socket"),
                _ => Entry::Other("a device"),
            }))
    }

    pub(crate) fn is_folder(&self, name: &str) -> Result<bool, Error> {
        Ok(self.entry(name)? == Some(Entry::Folder))
    }

    fn stat(&self, name: &str) -> Result<Option<Stat>, Error> {
        match fs::statat(&self.fd, name, AtFlags::SYMLINK_NOFOLLOW) {
            Ok(stat) => Ok(Some(stat)),
            Err(Errno::NOENT) => Ok(None),
            Err(errno) => Err(self.error("look at", name, errno)),
        }
    }

    /// Whether `name` in this folder is the very folder `dir`.
    pub(crate) fn is(&self, name: &str, dir: &Self) -> Result<bool, Error> {
        let held = dir.own_stat()?;
        Ok(self.stat(name)?.is_some_and(|stat| same(&stat, &held)))
    }

    /// Whether both handles hold one folder.
    pub(crate) fn is_same(&self, other: &Self) -> Result<bool, Error> {
        Ok(same(&self.own_stat()?, &other.own_stat()?))
    }

    fn own_stat(&self) -> Result<Stat, Error> {
        fs::fstat(&self.fd).map_err(|errno| Error::io("look at", &self.path, errno.into()))
    }

    /// All names in this folder; those that are no UTF-8 are changed and match none of ours.
    pub(crate) fn names(&self) -> Result<Vec<String>, Error> {
        let failed = |errno: Errno| Error::io("list", &self.path, errno.into());
        let mut names = Vec::new();
        for entry in fs::Dir::read_from(&self.fd).map_err(failed)? {
            let entry = entry.map_err(failed)?;
            let name = entry.file_name().to_string_lossy();
            if name != "." && name != ".." {
                names.push(name.into_owned());
            }
        }
        names.sort();
        Ok(names)
    }

    /// Gives this folder the permission bits of `other`.
    pub(crate) fn permit_like(&self, other: &Self) -> Result<(), Error> {
        let mode = Mode::from_raw_mode(other.own_stat()?.st_mode & PERMISSIONS);
        fs::fchmod(&self.fd, mode)
            .map_err(|errno| Error::io("set the permissions of", &self.path, errno.into()))
    }

    /// An error where this folder does not let us add and remove files.
    pub(crate) fn check_writable(&self) -> Result<(), Error> {
        let access = Access::WRITE_OK | Access::EXEC_OK;
        fs::accessat(&self.fd, ".", access, AtFlags::empty())
            .map_err(|errno| Error::io("write to", &self.path, errno.into()))
    }

    /// Moves what stands at `name` to a name in `to`, in one step; a file there is replaced.
    pub(crate) fn rename(&self, name: &str, to: &Self, new: &str) -> Result<(), Error> {
        to.before("rename", new)?;
        fs::renameat(&self.fd, name, &to.fd, new).map_err(|errno| to.error("replace", new, errno))
    }

    /// Swaps what stands at two names, in one step; `false` where the file system cannot.
    pub(crate) fn exchange(&self, name: &str, with: &Self, other: &str) -> Result<bool, Error> {
        let cannot = [
            io::ErrorKind::Unsupported,
            io::ErrorKind::InvalidInput,
            io::ErrorKind::CrossesDevices,
            io::ErrorKind::ResourceBusy,
        ];
        let path = with.path.join(other);
        let swapped = self
            .probe
            .before("exchange", &path)
            .and_then(|()| Ok(exchange(&self.fd, name, &with.fd, other)?));
        match swapped {
            Ok(()) => Ok(true),
            Err(error) if cannot.contains(&error.kind()) => Ok(false),
            Err(error) => Err(Error::io("replace", &path, error)),
        }
    }

    /// Removes a file or a link; nothing there is as good.
    pub(crate) fn remove_file(&self, name: &str) -> Result<(), Error> {
        self.before("remove", name)?;
        match fs::unlinkat(&self.fd, name, AtFlags::empty()) {
            Ok(()) | Err(Errno::NOENT) => Ok(()),
            Err(errno) => Err(self.error("remove", name, errno)),
        }
    }

    /// Removes a folder if nothing is in it, and says whether it is gone.
    pub(crate) fn remove_empty(&self, name: &str) -> Result<bool, Error> {
        self.before("remove", name)?;
        match fs::unlinkat(&self.fd, name, AtFlags::REMOVEDIR) {
            Ok(()) | Err(Errno::NOENT) => Ok(true),
            Err(Errno::NOTEMPTY | Errno::EXIST | Errno::NOTDIR) => Ok(false),
            Err(errno) => Err(self.error("remove", name, errno)),
        }
    }

    /// Has the disk keep the names of this folder.
    pub(crate) fn sync(&self) -> Result<(), Error> {
        self.before("sync", "")?;
        match fs::fsync(&self.fd) {
            // Some file systems have nothing to sync for folders, and say so.
            Ok(()) | Err(Errno::INVAL) => Ok(()),
            Err(errno) => Err(Error::io("sync", &self.path, errno.into())),
        }
    }

    /// Locks this folder until the handle is dropped, and fails at once where somebody else has it.
    pub(crate) fn lock(&self, operation: FlockOperation) -> Result<(), Error> {
        fs::flock(&self.fd, operation).map_err(|errno| match errno {
            Errno::WOULDBLOCK => Error::new(
                ErrorKind::Locked,
                format!(
                    "`{}` is locked: another run writes to it",
                    shown(&self.path)
                ),
                "wait until the other run has ended, then run again",
            ),
            errno => Error::io("lock", &self.path, errno.into()),
        })
    }

    pub(crate) fn in_the_way(&self, name: &str, wanted: &str) -> Error {
        let found = match self.entry(name) {
            Ok(Some(Entry::File)) => "a file",
            Ok(Some(Entry::Folder)) => "a folder",
            Ok(Some(Entry::Other(what))) => what,
            _ => "something else",
        };
        Error::new(
            ErrorKind::InTheWay,
            format!(
                "`{}` is {found}, not {wanted}",
                shown(&self.path.join(name))
            ),
            "it was not touched; move it away, then run again",
        )
    }

    pub(crate) fn before(&self, operation: &'static str, name: &str) -> Result<(), Error> {
        let path = if name.is_empty() {
            self.path.clone()
        } else {
            self.path.join(name)
        };
        self.probe
            .before(operation, &path)
            .map_err(|error| Error::io(operation, &path, error))
    }

    pub(crate) fn error(&self, operation: &str, name: &str, errno: Errno) -> Error {
        Error::io(operation, &self.path.join(name), errno.into())
    }
}

fn same(a: &Stat, b: &Stat) -> bool {
    a.st_dev == b.st_dev && a.st_ino == b.st_ino
}

#[cfg(any(target_os = "linux", target_os = "android"))]
fn exchange(from: impl AsFd, name: &str, with: impl AsFd, other: &str) -> Result<(), Errno> {
    fs::renameat_with(from, name, with, other, fs::RenameFlags::EXCHANGE)
}

#[cfg(not(any(target_os = "linux", target_os = "android")))]
fn exchange(_: impl AsFd, _: &str, _: impl AsFd, _: &str) -> Result<(), Errno> {
    Err(Errno::NOSYS)
}
