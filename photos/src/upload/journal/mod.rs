//! What a run remembers of earlier ones: one state for each file and album, on disk before anything
//! depends on it.
//!
//! Files are known by their bytes. Where they are, from the folder of the journal on, and what the
//! file system says of them only spare reading them again.

mod compact;
mod disk;
mod error;
mod header;
mod line;

use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};
use std::io;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use discovery_runtime::blocking;

use self::disk::{Disk, Opened};
pub use self::error::JournalError;
pub(super) use self::error::Problem;
pub(super) use self::header::Header;
pub(super) use self::line::{Identity, Key, Line, SavedToken, State};
use super::content::Content;

/// What is known of files. Clones share it.
#[derive(Clone)]
pub(super) struct Journal(Arc<Mutex<Inner>>);

/// Bytes, and the album that their item goes to.
type InAlbum = (Content, Option<String>);

#[derive(Default)]
struct Inner {
    disk: Option<Disk>,
    /// The folder of the journal, without links.
    folder: Option<PathBuf>,
    is_verified: bool,
    /// What earlier runs left.
    earlier: BTreeMap<Key, Line>,
    by_content: HashMap<InAlbum, Key>,
    /// The bytes whose session or token of an earlier run is in use again: it is used once.
    taken: HashSet<InAlbum>,
}

impl Journal {
    /// Reads a journal and makes it fit to be written; without a path it remembers nothing.
    pub(super) fn open(path: Option<&Path>, header: &Header) -> Result<Self, Problem> {
        let Some(path) = path else {
            return Ok(Self(Arc::default()));
        };
        let Opened {
            disk,
            header: found,
            lines,
        } = Disk::open(path, header)?;
        let parent = path
            .parent()
            .filter(|parent| !parent.as_os_str().is_empty());
        let folder = parent.unwrap_or(Path::new(".")).canonicalize()?;
        let mut by_content = HashMap::new();
        for line in &lines {
            let content = (line.identity.content, line.key.album.clone());
            if line.state.is_done() || !by_content.contains_key(&content) {
                by_content.insert(content, line.key.clone());
            }
        }
        Ok(Self(Arc::new(Mutex::new(Inner {
            disk: Some(disk),
            folder: Some(folder),
            is_verified: header.names_same_account(&found),
            earlier: lines
                .into_iter()
                .map(|line| (line.key.clone(), line))
                .collect(),
            by_content,
            taken: HashSet::new(),
        }))))
    }

    /// The folder of the journal, without links.
    pub(super) fn folder(&self) -> Option<PathBuf> {
        self.lock().folder.clone()
    }

    /// The bytes that a file had in an earlier run when the file system said the same of it.
    pub(super) fn content(&self, file: &str, fingerprint: &str) -> Option<Content> {
        let inner = self.lock();
        let first = Key {
            file: file.to_owned(),
            album: None,
        };
        let lines = inner.earlier.range(first..);
        let identities = lines
            .take_while(|(key, _)| key.file == file)
            .map(|(_, line)| &line.identity);
        let mut same = identities.filter(|known| known.fingerprint.as_deref() == Some(fingerprint));
        same.next().map(|known| known.content)
    }

    /// Where earlier runs left a file with these bytes, whatever it was called then. A session or a
    /// token is given out once. What is new of it is noted.
    pub(super) fn find(&self, key: &Key, identity: &Identity) -> io::Result<Option<State>> {
        let mut inner = self.lock();
        let Some(line) = inner.line(key, identity.content).cloned() else {
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

    /// Up to so many items of earlier runs, unless both they and this run name the same account.
    pub(super) fn to_verify(&self, limit: usize) -> Vec<String> {
        let inner = self.lock();
        if inner.is_verified {
            return Vec::new();
        }
        let ids: BTreeSet<String> = inner.items().take(limit).collect();
        ids.into_iter().collect()
    }

    /// It records the uploads of the account of this run: another run need not ask.
    pub(super) fn set_verified(&self) {
        self.lock().is_verified = true;
    }

    /// The items of all files.
    pub(super) fn item_ids(&self) -> BTreeSet<String> {
        self.lock().items().collect()
    }

    /// Notes states. They are on disk when this returns.
    pub(super) fn note(&self, lines: &[Line]) -> io::Result<()> {
        self.lock().append(lines)
    }

    /// The same on a thread that may wait.
    pub(super) async fn record(&self, lines: Vec<Line>) -> io::Result<()> {
        let journal = self.clone();
        blocking(move || journal.note(&lines)).await
    }

    fn lock(&self) -> MutexGuard<'_, Inner> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Inner {
    /// What is known of bytes: of the file itself, or of another one that got further.
    fn line(&self, key: &Key, content: Content) -> Option<&Line> {
        let own = self.earlier.get(key);
        let own = own.filter(|line| line.identity.content == content);
        let other = self.by_content.get(&(content, key.album.clone()));
        let other = other.and_then(|key| self.earlier.get(key));
        let known = [other, own].into_iter().flatten();
        known.max_by_key(|line| line.state.is_done())
    }

    /// The last ones first, as names of photos follow time.
    fn items(&self) -> impl Iterator<Item = String> {
        let items = self.earlier.values().rev();
        items.filter_map(|line| line.state.item()?.id.clone())
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
        assert_eq!(open().content("new.jpg", "2"), Some(Content::of(b"a")));
        assert_eq!(open().content("new.jpg", "3"), None);
        assert_eq!(open().content("new", "2"), None);
    }
}
