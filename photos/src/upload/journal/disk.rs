//! The file of a journal: locked, readable by its owner only, whole lines at any moment.

use std::fs::File;
use std::io::{
    self, BufRead as _, BufReader, BufWriter, Read as _, Seek as _, SeekFrom, Write as _,
};
use std::path::Path;
use std::time::Duration;

use discovery_runtime::private_file::{Folder, Lock};

use super::compact;
use super::error::Problem;
use super::header::{HEADER_LIMIT, Header, read_header};
use super::index::{Index, Place};
use super::line::{self, Line};

/// The most bytes that a journal has: those of some 800,000 items.
const LIMIT: u64 = 1 << 30;

/// A journal that is open for this process alone.
pub(super) struct Disk {
    folder: Folder,
    /// It is beside the journal, so that it is held even if somebody removes that.
    lock: Lock,
    text: Text,
    /// In bytes.
    length: u64,
}

/// A file, and in which of its bytes the lines behind the header begin.
struct Text {
    file: File,
    start: u64,
}

/// A journal as it was found.
pub(super) struct Opened {
    pub(super) disk: Disk,
    pub(super) header: Header,
    pub(super) index: Index,
}

impl Disk {
    /// Opens a journal, or makes one with this header, and repairs what a kill left behind.
    pub(super) fn open(path: &Path, new: &Header) -> Result<Opened, Problem> {
        let folder = Folder::open(path)?;
        // A file that is something else gets no lock beside it.
        look(&folder, new)?;
        let lock = lock(&folder)?;
        let (header, text, index) = if let Some((header, text)) = look(&folder, new)? {
            let (text, index) = repair(&folder, &lock, text, &header)?;
            (header, text, index)
        } else {
            let text = put(&folder, &lock, new, |_| Ok(()))?;
            (new.clone(), text, Index::default())
        };
        let disk = Self {
            length: text.file.metadata()?.len(),
            folder,
            lock,
            text,
        };
        Ok(Opened {
            disk,
            header,
            index,
        })
    }

    /// Reads the line at a place that the index has.
    pub(super) fn read(&self, place: Place) -> io::Result<Line> {
        let rest = self.text.from(u64::from(place))?;
        let mut line = Vec::new();
        BufReader::with_capacity(LINE, rest).read_until(b'\n', &mut line)?;
        serde_json::from_slice(&line).map_err(|_| {
            let message = "somebody changed it since the run began";
            io::Error::new(io::ErrorKind::InvalidData, message)
        })
    }

    /// Puts another header in front of the lines.
    pub(super) fn set_header(&mut self, header: &Header) -> io::Result<()> {
        self.check_there()?;
        let text = put(&self.folder, &self.lock, header, |new| {
            io::copy(&mut self.text.from(0)?, new).map(drop)
        })?;
        self.length = text.file.metadata()?.len();
        self.text = text;
        Ok(())
    }

    /// Appends lines. They survive the process when this returns, and a loss of power unless all of
    /// them [can wait](Line::can_wait). If it fails, none of them is there.
    pub(super) fn append(&mut self, lines: &[Line]) -> io::Result<()> {
        self.check_there()?;
        let text = line::write(lines)?;
        if self.length + text.len() as u64 > LIMIT {
            let message = "it is full; the next run makes it shorter";
            return Err(io::Error::new(io::ErrorKind::FileTooLarge, message));
        }
        let mut file = &self.text.file;
        let written = file.write_all(text.as_bytes()).and_then(|()| {
            if lines.iter().all(Line::can_wait) {
                Ok(())
            } else {
                file.sync_data()
            }
        });
        match written {
            Ok(()) => {
                self.length += text.len() as u64;
                Ok(())
            }
            Err(error) => {
                // Half a line would spoil the next one. If this fails as well, reading copes.
                let _ = file.set_len(self.length);
                Err(error)
            }
        }
    }

    fn check_there(&self) -> io::Result<()> {
        if Folder::is_removed(&self.text.file)? {
            let message = "somebody removed it, or put another file in its place";
            return Err(io::Error::new(io::ErrorKind::NotFound, message));
        }
        Ok(())
    }
}

impl Text {
    /// What is behind so many bytes of the lines.
    fn from(&self, place: u64) -> io::Result<impl io::Read> {
        let mut file = &self.file;
        file.seek(SeekFrom::Start(self.start + place))?;
        Ok(file.take(LIMIT))
    }
}

/// Opens a journal and reads its header; `None` if nothing is in it. A file that is something else, or
/// the journal of other uploads, is an error.
fn look(folder: &Folder, new: &Header) -> Result<Option<(Header, Text)>, Problem> {
    let Some(mut file) = folder.open_to_append()? else {
        return Ok(None);
    };
    let mut bytes = Vec::new();
    let first = &mut file;
    first.take(HEADER_LIMIT).read_to_end(&mut bytes)?;
    let Some((header, start)) = read_header(&bytes)? else {
        return Ok(None);
    };
    new.check(&header)?;
    Ok(Some((header, Text { file, start })))
}

/// Finds out what is in a journal, leaves out what was replaced or torn, and closes it to others.
fn repair(
    folder: &Folder,
    lock: &Lock,
    text: Text,
    header: &Header,
) -> Result<(Text, Index), Problem> {
    let length = text.file.metadata()?.len();
    if length > LIMIT {
        return Err(Problem::TooLarge(length));
    }
    let mut found = compact::find(text.from(0)?)?;
    if found.has_more {
        let shorter = put(folder, lock, header, |new| {
            compact::copy(text.from(0)?, &mut found.kept, BufWriter::new(new))
        })?;
        return Ok((shorter, Index::new(&found.kept)));
    }
    Folder::close_to_others(&text.file)?;
    text.file.set_len(text.start + found.whole)?;
    text.file.sync_all()?;
    Ok((text, Index::new(&found.kept)))
}

/// Puts a journal with the lines that `write` gives it in the place of what is there, in one step.
fn put(
    folder: &Folder,
    lock: &Lock,
    header: &Header,
    write: impl FnOnce(&mut File) -> io::Result<()>,
) -> io::Result<Text> {
    let first = header.text()?;
    folder.replace_with(lock, |file| {
        file.write_all(first.as_bytes())?;
        write(file)
    })?;
    let file = folder.open_to_append()?;
    Ok(Text {
        file: file.ok_or(io::ErrorKind::NotFound)?,
        start: first.len() as u64,
    })
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

/// How much of a line is read at once; most of them are shorter.
const LINE: usize = 2048;

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

    /// How many of the lines of these tests there are.
    fn lines(opened: &Opened) -> usize {
        let files = ["a", "b"].iter();
        files.map(|file| opened.index.of_file(file).count()).sum()
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
        assert_eq!(lines(&Disk::open(&path, &header()).unwrap()), 2);
    }

    #[test]
    fn names_as_long_as_the_file_system_takes_work() {
        let folder = tempfile::tempdir().unwrap();
        for length in [1, 99, 100, 101, 240, 250, 251, 255] {
            let path = folder.path().join("x".repeat(length));
            for lines in [0, 1, 1] {
                let mut opened = Disk::open(&path, &header()).unwrap();
                assert_eq!(self::lines(&opened), lines, "{length}");
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
