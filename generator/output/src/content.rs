//! Files in an open folder: read whole, written whole, never through a link.

use std::fs::{File, FileTimes, Permissions};
use std::io::{self, Read, Write};
use std::os::unix::fs::PermissionsExt;
use std::time::SystemTime;

use rustix::fs::{Mode, OFlags, openat};
use rustix::io::Errno;
use rustix::process::{Resource, getrlimit};

use crate::dir::{Dir, Entry};
use crate::error::Error;
use crate::files::LARGEST_FILE;

/// The properties of a file that a rewrite keeps.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Attributes {
    /// The permission bits.
    pub(crate) mode: u32,
    /// The time of the last change; `None` has the disk choose.
    pub(crate) modified: Option<SystemTime>,
}

/// A regular file that was read.
#[derive(Clone, Debug)]
pub(crate) struct Content {
    pub(crate) bytes: Vec<u8>,
    pub(crate) attributes: Attributes,
}

impl Dir {
    /// Reads a regular file; `None` where there is nothing. A link, a pipe or a device is in the
    /// way, as is a file larger than any emitted one; none of them is followed or waited for.
    pub(crate) fn read(&self, name: &str) -> Result<Option<Content>, Error> {
        match self.entry(name)? {
            None => return Ok(None),
            Some(Entry::File) => {}
            Some(_) => return Err(self.in_the_way(name, "a file")),
        }
        // Without NONBLOCK a pipe that takes the file's place just now would never open.
        let flags = OFlags::RDONLY | OFlags::NOFOLLOW | OFlags::NONBLOCK | OFlags::CLOEXEC;
        let file = match openat(&self.fd, name, flags, Mode::empty()) {
            Ok(fd) => File::from(fd),
            Err(Errno::NOENT) => return Ok(None),
            Err(Errno::LOOP) => return Err(self.in_the_way(name, "a file")),
            Err(errno) => return Err(self.error("read", name, errno)),
        };
        let failed = |error| Error::io("read", &self.path().join(name), error);
        let metadata = file.metadata().map_err(failed)?;
        if !metadata.is_file() {
            return Err(self.in_the_way(name, "a file"));
        }
        let attributes = Attributes {
            mode: metadata.permissions().mode() & 0o777,
            modified: metadata.modified().ok(),
        };
        let mut bytes = Vec::new();
        file.take(LARGEST_FILE as u64 + 1)
            .read_to_end(&mut bytes)
            .map_err(failed)?;
        if bytes.len() > LARGEST_FILE {
            return Err(self.in_the_way(name, "a file of at most 64 MiB"));
        }
        Ok(Some(Content { bytes, attributes }))
    }

    /// Writes a file that must not be there yet, and has the disk keep it.
    pub(crate) fn write_new(
        &self,
        name: &str,
        bytes: &[u8],
        attributes: Option<Attributes>,
    ) -> Result<(), Error> {
        self.before("create", name)?;
        let failed = |error: io::Error| Error::io("write", &self.path().join(name), error);
        // Without this check the signal that comes with the limit would end the process silently.
        let limit = getrlimit(Resource::Fsize).current;
        if limit.is_some_and(|limit| bytes.len() as u64 > limit) {
            return Err(failed(Errno::FBIG.into()));
        }
        let flags =
            OFlags::WRONLY | OFlags::CREATE | OFlags::EXCL | OFlags::NOFOLLOW | OFlags::CLOEXEC;
        let fd = openat(&self.fd, name, flags, Mode::from_raw_mode(0o666))
            .map_err(|errno| failed(errno.into()))?;
        let mut file = File::from(fd);
        self.before("write", name)?;
        file.write_all(bytes).map_err(failed)?;
        if let Some(attributes) = attributes {
            keep(&file, attributes).map_err(failed)?;
        }
        self.before("sync", name)?;
        file.sync_all().map_err(failed)
    }
}

fn keep(file: &File, attributes: Attributes) -> io::Result<()> {
    file.set_permissions(Permissions::from_mode(attributes.mode))?;
    match attributes.modified {
        Some(modified) => file.set_times(FileTimes::new().set_modified(modified)),
        None => Ok(()),
    }
}
