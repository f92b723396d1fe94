//! What a run remembers of earlier ones: one state for each file and album, on disk before anything
//! depends on it.

mod compact;
mod disk;
mod error;
mod line;

use std::collections::{BTreeMap, BTreeSet};
use std::io;
use std::path::Path;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use discovery_runtime::blocking;

use self::disk::Disk;
pub use self::error::JournalError;
pub(super) use self::line::{Key, Line, SavedToken, State};

/// What is known of files. Clones share it.
#[derive(Clone)]
pub(super) struct Journal(Arc<Mutex<Inner>>);

struct Inner {
    disk: Option<Disk>,
    entries: BTreeMap<Key, (String, State)>,
}

impl Journal {
    /// Reads a journal and makes it fit to be written; without a path it remembers nothing.
    pub(super) fn open(path: Option<&Path>) -> io::Result<Self> {
        let (disk, lines) = match path {
            Some(path) => Disk::open(path).map(|(disk, lines)| (Some(disk), lines))?,
            None => (None, Vec::new()),
        };
        let entries = lines
            .into_iter()
            .map(|line| (line.key, (line.version, line.state)));
        Ok(Self(Arc::new(Mutex::new(Inner {
            disk,
            entries: entries.collect(),
        }))))
    }

    /// What is known of this version of a file.
    pub(super) fn state(&self, key: &Key, version: &str) -> Option<State> {
        let inner = self.lock();
        let (known, state) = inner.entries.get(key)?;
        (known == version).then(|| state.clone())
    }

    /// The items of all files, whatever version they were made of.
    pub(super) fn item_ids(&self) -> BTreeSet<String> {
        let inner = self.lock();
        let items = inner.entries.values().filter_map(|(_, state)| state.item());
        items.filter_map(|item| item.id.clone()).collect()
    }

    /// Notes states. They are on disk when this returns.
    pub(super) fn note(&self, lines: Vec<Line>) -> io::Result<()> {
        let mut inner = self.lock();
        if let Some(disk) = &mut inner.disk {
            disk.append(&lines)?;
        }
        let entries = lines
            .into_iter()
            .map(|line| (line.key, (line.version, line.state)));
        inner.entries.extend(entries);
        Ok(())
    }

    /// The same on a thread that may wait.
    pub(super) async fn record(&self, lines: Vec<Line>) -> io::Result<()> {
        let journal = self.clone();
        blocking(move || journal.note(lines)).await
    }

    fn lock(&self) -> MutexGuard<'_, Inner> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
