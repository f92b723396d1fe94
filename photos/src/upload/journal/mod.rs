//! What a run remembers of earlier ones: one state for each file and album, on disk before anything
//! depends on it.
//!
//! Files are known by their bytes. Where they are, from the folder of the journal on, and what the
//! file system says of them only spare reading them again.

mod compact;
mod disk;
mod error;
mod header;
mod index;
mod line;
mod lines;
#[cfg(test)]
#[cfg(target_os = "linux")]
mod memory;

use std::collections::{BTreeSet, HashSet};
use std::io;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use discovery_runtime::blocking;

use self::disk::Disk;
pub use self::error::JournalError;
pub(super) use self::error::Problem;
pub(super) use self::header::Header;
use self::index::{Index, Place};
pub(super) use self::line::{Identity, Key, Line, SavedToken, State};
use super::content::Content;

/// What is known of files. Clones share it.
///
/// What earlier runs left is read from the file when it is asked for, by an index of places.
#[derive(Clone)]
pub(super) struct Journal {
    /// What earlier runs left.
    earlier: Arc<Index>,
    inner: Arc<Mutex<Inner>>,
}

/// Bytes, and the album that their item goes to.
type InAlbum = (Content, Option<String>);

#[derive(Default)]
struct Inner {
    disk: Option<Disk>,
    /// The folder of the journal, without links.
    folder: Option<PathBuf>,
    /// Whose uploads it records.
    header: Option<Header>,
    is_verified: bool,
    /// The bytes whose session or token of an earlier run is in use again: it is used once.
    taken: HashSet<InAlbum>,
}

impl Journal {
    /// Looks through a journal and makes it fit to be written; without a path it remembers nothing.
    pub(super) fn open(path: Option<&Path>, header: &Header) -> Result<Self, Problem> {
        let Some(path) = path else {
            return Ok(Self::new(Index::default(), Inner::default()));
        };
        let opened = Disk::open(path, header)?;
        let parent = path
            .parent()
            .filter(|parent| !parent.as_os_str().is_empty());
        let folder = parent.unwrap_or(Path::new(".")).canonicalize()?;
        let inner = Inner {
            disk: Some(opened.disk),
            folder: Some(folder),
            header: Some(opened.header),
            ..Inner::default()
        };
        Ok(Self::new(opened.index, inner))
    }

    fn new(earlier: Index, inner: Inner) -> Self {
        Self {
            earlier: Arc::new(earlier),
            inner: Arc::new(Mutex::new(inner)),
        }
    }

    /// The folder of the journal, without links.
    pub(super) fn folder(&self) -> Option<PathBuf> {
        self.lock().folder.clone()
    }

    /// The bytes that a file had in an earlier run when the file system said the same of it.
    pub(super) fn content(&self, file: &str, fingerprint: &str) -> io::Result<Option<Content>> {
        let inner = self.lock();
        for place in self.earlier.of_file(file) {
            let Line { key, identity, .. } = inner.read(place)?;
            if key.file == file && identity.fingerprint.as_deref() == Some(fingerprint) {
                return Ok(Some(identity.content));
            }
        }
        Ok(None)
    }

    /// Where earlier runs left a file with these bytes, whatever it was called then. A session or a
    /// token is given out once. What is new of it is noted.
    pub(super) fn find(&self, key: &Key, identity: &Identity) -> io::Result<Option<State>> {
        let mut inner = self.lock();
        let Some(line) = self.line(&inner, key, identity.content)? else {
            return Ok(None);
        };
        let state = match line.state {
            State::Created { item, .. } if line.key != *key => State::Created {
                item,
                already: true,
            },
            state => state,
        };
        let wanted = (identity.content, key.album.clone());
        if !state.is_done() && !inner.taken.insert(wanted) {
            return Ok(None);
        }
        if line.key != *key || line.identity != *identity {
            let line = Line {
                key: key.clone(),
                identity: identity.clone(),
                state: state.clone(),
            };
            inner.append(&[line])?;
        }
        Ok(Some(state))
    }

    /// What is known of bytes: of the file itself, or of another one that got further.
    fn line(&self, inner: &Inner, key: &Key, content: Content) -> io::Result<Option<Line>> {
        let mut own = None;
        for place in self.earlier.of_file(&key.file) {
            let line = inner.read(place)?;
            if line.key == *key && line.identity.content == content {
                own = Some(line);
            }
        }
        if own.as_ref().is_some_and(|line| line.state.is_done()) {
            return Ok(own);
        }
        let other = match self.earlier.of_bytes(content, key.album.as_deref()) {
            Some(place) => Some(inner.read(place)?),
            None => None,
        };
        let other = other
            .filter(|line| line.identity.content == content && line.key.album == key.album)
            .filter(|line| own.is_none() || line.state.is_done());
        Ok(other.or(own))
    }

    /// Up to so many items of earlier runs that tell whose uploads these are; none if that is known.
    /// A run for another account than the one that it names is an error.
    pub(super) fn to_verify(
        &self,
        limit: usize,
        account: Option<&str>,
    ) -> Result<Vec<String>, Problem> {
        let inner = self.lock();
        if let Some(header) = &inner.header {
            header.check_account(account)?;
            if inner.is_verified || header.names(account) {
                return Ok(Vec::new());
            }
        }
        let mut ids = BTreeSet::new();
        for place in self.earlier.some_items(limit) {
            let line = inner.read(place)?;
            ids.extend(line.state.item().and_then(|item| item.id.clone()));
        }
        Ok(ids.into_iter().collect())
    }

    /// It records the uploads of the account of this run: another run need not ask. A journal without
    /// a name takes this one.
    pub(super) fn set_verified(&self, account: Option<&str>) -> io::Result<()> {
        let mut inner = self.lock();
        inner.is_verified = true;
        let Inner { disk, header, .. } = &mut *inner;
        let named = header.as_ref().and_then(|header| header.named(account));
        if let (Some(disk), Some(named)) = (disk, named) {
            disk.set_header(&named)?;
            *header = Some(named);
        }
        Ok(())
    }

    /// Whether earlier runs had an item.
    pub(super) fn has_item(&self, id: &str) -> bool {
        self.earlier.has_item(id)
    }

    /// Notes states. A kill does not lose them when this returns, nor does a loss of power, but for tokens
    /// of small files.
    pub(super) fn note(&self, lines: &[Line]) -> io::Result<()> {
        self.lock().append(lines)
    }

    /// The same on a thread that may wait.
    pub(super) async fn record(&self, lines: Vec<Line>) -> io::Result<()> {
        let journal = self.clone();
        blocking(move || journal.note(&lines)).await
    }

    fn lock(&self) -> MutexGuard<'_, Inner> {
        self.inner.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Inner {
    fn read(&self, place: Place) -> io::Result<Line> {
        match &self.disk {
            Some(disk) => disk.read(place),
            None => Err(io::ErrorKind::NotFound.into()),
        }
    }

    fn append(&mut self, lines: &[Line]) -> io::Result<()> {
        match &mut self.disk {
            Some(disk) => disk.append(lines),
            None => Ok(()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn key(file: &str) -> Key {
        Key {
            file: file.to_owned(),
            album: None,
        }
    }

    fn identity(bytes: &[u8], fingerprint: &str) -> Identity {
        Identity {
            content: Content::of(bytes),
            fingerprint: Some(fingerprint.to_owned()),
        }
    }

    #[test]
    fn a_token_is_used_once_wherever_its_file_is_now() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("journal");
        let open = || Journal::open(Some(&path), &Header::new("https://a.example/", None)).unwrap();
        let token = SavedToken {
            token: "TOKEN".to_owned(),
            at: 1,
        };
        let line = Line {
            key: key("old.jpg"),
            identity: identity(b"a", "1"),
            state: State::Uploaded(token),
        };
        open().note(&[line]).unwrap();
        for second in ["old.jpg", "copy.jpg"] {
            let journal = open();
            let find = |file, bytes: &[u8]| {
                let found = journal.find(&key(file), &identity(bytes, "2"));
                found.unwrap().is_some()
            };
            assert!(!find("old.jpg", b"other"));
            assert!(find("new.jpg", b"a"));
            assert!(!find(second, b"a"), "{second}");
        }
        // What another file with the same bytes came to counts, and is all that is kept.
        let state = State::Rejected {
            code: 3,
            message: "no media".to_owned(),
        };
        let line = Line {
            key: key("done.jpg"),
            identity: identity(b"a", "1"),
            state,
        };
        open().note(&[line]).unwrap();
        let found = open().find(&key("old.jpg"), &identity(b"a", "2"));
        assert!(matches!(found, Ok(Some(State::Rejected { .. }))));
        assert!(!std::fs::read_to_string(&path).unwrap().contains("TOKEN"));
        let journal = open();
        let found = journal.find(&key("new.jpg"), &identity(b"a", "2"));
        assert!(matches!(found, Ok(Some(State::Rejected { .. }))));
        drop(journal);
        // What is new of a file is noted: it is not read again.
        assert_eq!(
            open().content("new.jpg", "2").unwrap(),
            Some(Content::of(b"a"))
        );
        assert_eq!(open().content("new.jpg", "3").unwrap(), None);
        assert_eq!(open().content("new", "2").unwrap(), None);
    }
}
