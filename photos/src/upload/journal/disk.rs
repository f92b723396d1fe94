//! The file of a journal: locked, readable by its owner only, whole lines at any moment.

use std::fs::File;
use std::io::{self, Read as _, Write as _};
use std::path::Path;
use std::time::Duration;

use discovery_runtime::private_file::{Folder, Lock};

use super::compact::compact;
use super::error::Problem;
use super::header::{HEADER_LIMIT, Header, read_header};
use super::line::{self, Line};

/// The most bytes that a journal has: those of some 800,000 items.
const LIMIT: u64 = 1 << 30;

/// A journal that is open for this process alone.
pub(super) struct Disk {
    file: File,
    /// In bytes.
    length: u64,
    /// It is beside the journal, so that it is held even if somebody removes that.
    _lock: Lock,
}

/// A journal as it was found.
pub(super) struct Opened {
    pub(super) disk: Disk,
    pub(super) header: Header,
    /// In the order in which they were written.
    pub(super) lines: Vec<Line>,
}

impl Disk {
    /// Opens a journal, or makes one with this header, and repairs what a kill left behind.
    pub(super) fn open(path: &Path, new: &Header) -> Result<Opened, Problem> {
        let folder = Folder::open(path)?;
        // A file that is something else gets no lock beside it.
        look(&folder, new)?;
        let lock = lock(&folder)?;
        let (file, header, lines) = match look(&folder, new)? {
            Some((file, header, start)) => repair(&folder, &lock, file, header, start)?,
            None => (put(&folder, &lock, new, &[])?, new.clone(), Vec::new()),
        };
        let length = file.metadata()?.len();
        let disk = Self {
            file,
            length,
            _lock: lock,
        };
        Ok(Opened {
            disk,
            header,
            lines,
        })
    }

    /// Appends lines; they are on disk when this returns. If it fails, none of them is there.
    pub(super) fn append(&mut self, lines: &[Line]) -> io::Result<()> {
        if Folder::is_removed(&self.file)? {
            let message = "somebody removed it, or put another file in its place";
            return Err(io::Error::new(io::ErrorKind::NotFound, message));
        }
        let text = line::write(lines)?;
        if self.length + text.len() as u64 > LIMIT {
            let message = "it is full; the next run makes it shorter";
            return Err(io::Error::new(io::ErrorKind::FileTooLarge, message));
        }
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

/// Opens a journal and reads its header, with the first bytes; `None` if nothing is in it. A file that
/// is something else, or the journal of other uploads, is an error.
fn look(folder: &Folder, new: &Header) -> Result<Option<(File, Header, Vec<u8>)>, Problem> {
    let Some(mut file) = folder.open_to_append()? else {
        return Ok(None);
    };
    let mut bytes = Vec::new();
    let start = &mut file;
    start.take(HEADER_LIMIT).read_to_end(&mut bytes)?;
    let Some(header) = read_header(&bytes)? else {
        return Ok(None);
    };
    new.check(&header)?;
    Ok(Some((file, header, bytes)))
}

/// Reads the rest of a journal, leaves out what was replaced or torn, and closes it to others.
fn repair(
    folder: &Folder,
    lock: &Lock,
    mut file: File,
    header: Header,
    mut bytes: Vec<u8>,
) -> Result<(File, Header, Vec<Line>), Problem> {
    let length = file.metadata()?.len();
    if length > LIMIT {
        return Err(Problem::TooLarge(length));
    }
    let rest = &mut file;
    rest.take(LIMIT).read_to_end(&mut bytes)?;
    let found = line::read(&bytes);
    if let Some(lines) = compact(&found.lines) {
        let file = put(folder, lock, &header, &lines)?;
        return Ok((file, header, lines));
    }
    Folder::close_to_others(&file)?;
    file.set_len(found.whole as u64)?;
    file.sync_all()?;
    Ok((file, header, found.lines))
}

/// Puts a journal with these lines in the place of what is there, in one step.
fn put(folder: &Folder, lock: &Lock, header: &Header, lines: &[Line]) -> io::Result<File> {
    let mut text = header.text()?;
    text.push_str(&line::write(lines)?);
    folder.replace(text.as_bytes(), lock)?;
    let file = folder.open_to_append()?;
    file.ok_or_else(|| io::ErrorKind::NotFound.into())
}

fn lock(folder: &Folder) -> Result<Lock, Problem> {
    // A run that has just ended may still write its last line on a thread of its own.
    for _ in 0..GRACE {
        match folder.try_lock()? {
            Some(lock) => return Ok(lock),
            None => std::thread::sleep(PAUSE),
        }
    }
    Err(Problem::InUse)
}

/// How often a lock is tried, and the pause between: two seconds in all.
const GRACE: u32 = 40;
const PAUSE: Duration = Duration::from_millis(50);

#[cfg(test)]
#[cfg(unix)]
mod tests {
    use std::env;
    use std::fs;
    use std::process::Command;

    use super::super::line::{Identity, Key, State};
    use super::*;
    use crate::upload::content::Content;

    const PATH: &str = "JOURNAL_TEST_PATH";

    fn header() -> Header {
        Header::new("https://photoslibrary.googleapis.com/", None)
    }

    fn line(file: &str) -> Line {
        Line {
            key: Key {
                file: file.to_owned(),
                album: None,
            },
            identity: Identity {
                content: Content::of(file.as_bytes()),
                fingerprint: None,
            },
            state: State::Rejected {
                code: 3,
                message: "no media".to_owned(),
            },
        }
    }

    /// What a process of the test below does; nothing in a run of all tests.
    #[test]
    fn child() {
        if let Some(path) = env::var_os(PATH) {
            let opened = Disk::open(Path::new(&path), &header());
            let is_full = matches!(opened, Err(Problem::Io(error)) if error.kind() == io::ErrorKind::FileTooLarge);
            std::process::exit(if is_full { 42 } else { 1 });
        }
    }

    /// A limit of no bytes for files fails each write, as a full disk does.
    #[test]
    fn a_full_disk_leaves_nothing_behind() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("upload.journal");
        let names = || {
            let names = fs::read_dir(folder.path()).unwrap();
            let mut names: Vec<_> = names.map(|entry| entry.unwrap().file_name()).collect();
            names.sort();
            names
        };
        let open_without_space = || {
            let name = "upload::journal::disk::tests::child";
            let script = format!("trap '' XFSZ; ulimit -f 0; exec \"$0\" --exact {name}");
            let output = Command::new("sh")
                .args(["-c", &script])
                .arg(env::current_exe().unwrap())
                .env(PATH, &path)
                .output()
                .unwrap();
            assert_eq!(output.status.code(), Some(42), "{output:?}");
        };
        open_without_space();
        assert_eq!(names(), [".upload.journal.lock"]);
        let mut opened = Disk::open(&path, &header()).unwrap();
        opened
            .disk
            .append(&[line("a"), line("b"), line("a")])
            .unwrap();
        drop(opened);
        // It is made shorter when it is opened, for which there is no space.
        let before = fs::read(&path).unwrap();
        open_without_space();
        assert_eq!(names(), [".upload.journal.lock", "upload.journal"]);
        assert_eq!(fs::read(&path).unwrap(), before);
        assert_eq!(Disk::open(&path, &header()).unwrap().lines.len(), 2);
    }

    #[test]
    fn names_as_long_as_the_file_system_takes_work() {
        let folder = tempfile::tempdir().unwrap();
        for length in [1, 99, 100, 101, 240, 250, 251, 255] {
            let path = folder.path().join("x".repeat(length));
            for lines in [0, 1, 1] {
                let mut opened = Disk::open(&path, &header()).unwrap();
                assert_eq!(opened.lines.len(), lines, "{length}");
                opened.disk.append(&[line("a"), line("a")]).unwrap();
            }
        }
    }

    #[test]
    fn a_file_that_is_too_large_is_not_read() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("upload.journal");
        drop(Disk::open(&path, &header()).unwrap());
        let file = fs::File::options().write(true).open(&path).unwrap();
        // The rest of it takes no place on the disk.
        file.set_len(LIMIT + 1).unwrap();
        let error = Disk::open(&path, &header()).err().unwrap();
        assert!(matches!(error, Problem::TooLarge(length) if length == LIMIT + 1));
    }

    #[test]
    fn a_journal_that_was_removed_is_not_written() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("upload.journal");
        let mut opened = Disk::open(&path, &header()).unwrap();
        fs::remove_file(&path).unwrap();
        // Nobody begins another one meanwhile.
        let error = Disk::open(&path, &header()).err().unwrap();
        assert!(matches!(error, Problem::InUse));
        let error = opened.disk.append(&[line("a")]).unwrap_err();
        assert!(error.to_string().contains("removed"), "{error}");
        drop(opened);
        assert!(Disk::open(&path, &header()).is_ok());
    }
}
