//! The file of a journal: locked, readable by its owner only, whole lines at any moment.

use std::fs::{self, File, OpenOptions};
use std::io::{self, Read as _, Seek as _, Write as _};
use std::path::Path;

use super::compact::compact;
use super::line::{self, HEADER, Line};

/// A journal that is open for this process alone.
pub(super) struct Disk {
    file: File,
    /// In bytes.
    length: u64,
}

impl Disk {
    /// Opens a journal, or makes one, and repairs what a kill left behind. The lines are in the
    /// order in which they were written.
    pub(super) fn open(path: &Path) -> io::Result<(Self, Vec<Line>)> {
        let mut file = loop {
            let file = open_private(
                OpenOptions::new().read(true).append(true).create(true),
                path,
            )?;
            lock(&file)?;
            // Another run may have put a shorter journal in its place in between.
            if is_at(&file, path)? {
                break file;
            }
        };
        let mut bytes = Vec::new();
        file.read_to_end(&mut bytes)?;
        let Some(found) = line::read(&bytes) else {
            return Err(io::Error::new(
                io::ErrorKind::InvalidData,
                "it is no journal of uploads",
            ));
        };
        make_private(&file)?;
        let mut disk = Self { file, length: 0 };
        if let Some(lines) = compact(&found.lines) {
            disk.file = replace(path, &lines)?;
            disk.length = disk.file.metadata()?.len();
            return Ok((disk, lines));
        }
        disk.file.set_len(found.whole as u64)?;
        if found.whole == 0 {
            disk.file.write_all(HEADER.as_bytes())?;
        }
        disk.file.sync_all()?;
        sync_folder_of(path)?;
        disk.length = disk.file.metadata()?.len();
        Ok((disk, found.lines))
    }

    /// Appends lines; they are on disk when this returns. If it fails, none of them is there.
    pub(super) fn append(&mut self, lines: &[Line]) -> io::Result<()> {
        let text = line::write(lines)?;
        let written = self
            .file
            .write_all(text.as_bytes())
            .and_then(|()| self.file.sync_data());
        match written {
            Ok(()) => {
                self.length += text.len() as u64;
                Ok(())
            }
            Err(error) => {
                // Half a line would spoil the next one. If this fails as well, reading copes.
                let _ = self.file.set_len(self.length);
                Err(error)
            }
        }
    }
}

/// Puts a journal with these lines in the place of another one, in one step.
fn replace(path: &Path, lines: &[Line]) -> io::Result<File> {
    let mut name = path.file_name().unwrap_or_default().to_owned();
    name.push(".new");
    let new = path.with_file_name(name);
    let mut file = open_private(
        OpenOptions::new().read(true).append(true).create(true),
        &new,
    )?;
    lock(&file)?;
    file.set_len(0)?;
    make_private(&file)?;
    file.write_all(HEADER.as_bytes())?;
    file.write_all(line::write(lines)?.as_bytes())?;
    file.sync_all()?;
    fs::rename(&new, path)?;
    sync_folder_of(path)?;
    file.seek(io::SeekFrom::End(0))?;
    Ok(file)
}

#[cfg(unix)]
fn open_private(options: &mut OpenOptions, path: &Path) -> io::Result<File> {
    use std::os::unix::fs::OpenOptionsExt as _;
    options.mode(0o600).open(path)
}

#[cfg(not(unix))]
fn open_private(options: &mut OpenOptions, path: &Path) -> io::Result<File> {
    options.open(path)
}

/// Takes the right to read it from others, if the file was there before with another mode.
#[cfg(unix)]
fn make_private(file: &File) -> io::Result<()> {
    use std::os::unix::fs::PermissionsExt as _;
    file.set_permissions(fs::Permissions::from_mode(0o600))
}

#[cfg(not(unix))]
fn make_private(_: &File) -> io::Result<()> {
    Ok(())
}

#[cfg(unix)]
fn lock(file: &File) -> io::Result<()> {
    use rustix::fs::{FlockOperation, flock};
    use rustix::io::Errno;
    // A run that has just ended may still write its last line on a thread of its own.
    for _ in 0..GRACE {
        match flock(file, FlockOperation::NonBlockingLockExclusive) {
            Err(Errno::WOULDBLOCK) => std::thread::sleep(PAUSE),
            outcome => return outcome.map_err(Into::into),
        }
    }
    Err(io::Error::new(
        io::ErrorKind::WouldBlock,
        "another run uses it",
    ))
}

/// How often a lock is tried, and the pause between: two seconds in all.
#[cfg(unix)]
const GRACE: u32 = 40;
#[cfg(unix)]
const PAUSE: std::time::Duration = std::time::Duration::from_millis(50);

#[cfg(not(unix))]
fn lock(_: &File) -> io::Result<()> {
    Ok(())
}

/// Whether the path leads to this file, and not to one that took its place.
#[cfg(unix)]
fn is_at(file: &File, path: &Path) -> io::Result<bool> {
    use std::os::unix::fs::MetadataExt as _;
    let identity = |metadata: fs::Metadata| (metadata.dev(), metadata.ino());
    match fs::metadata(path) {
        Ok(there) => Ok(identity(there) == identity(file.metadata()?)),
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(false),
        Err(error) => Err(error),
    }
}

#[cfg(not(unix))]
fn is_at(_: &File, _: &Path) -> io::Result<bool> {
    Ok(true)
}

/// A name is on disk when its folder is.
#[cfg(unix)]
fn sync_folder_of(path: &Path) -> io::Result<()> {
    let folder = path
        .parent()
        .filter(|folder| !folder.as_os_str().is_empty());
    File::open(folder.unwrap_or(Path::new(".")))?.sync_all()
}

#[cfg(not(unix))]
fn sync_folder_of(_: &Path) -> io::Result<()> {
    Ok(())
}
