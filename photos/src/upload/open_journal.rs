//! A journal that is open, for one run or several.

use std::fmt;
use std::path::PathBuf;

use discovery_runtime::blocking;

use super::JournalError;
use super::journal::{Header, Journal};
use crate::Photos;

/// A journal that is open, for several runs one after the other: it is read once, however many files
/// there are in all.
///
/// What [`UploadFiles::journal`](super::UploadFiles::journal) says of journals holds for it. It knows
/// what runs before it was opened did: give each file to one run. Nobody else can use the journal until
/// all clones are dropped.
#[derive(Clone)]
pub struct OpenJournal {
    pub(super) journal: Journal,
    pub(super) path: Option<PathBuf>,
}

impl Photos {
    /// Opens a journal, or makes it if there is none. It reads all of it.
    ///
    /// # Errors
    ///
    /// Those of a run with a journal, but for another account, which a run finds out.
    pub async fn open_journal(
        &self,
        path: impl Into<PathBuf>,
    ) -> Result<OpenJournal, JournalError> {
        OpenJournal::open(self, Some(path.into()), None).await
    }
}

impl OpenJournal {
    /// Without a path it remembers nothing.
    pub(super) async fn open(
        photos: &Photos,
        path: Option<PathBuf>,
        account: Option<&str>,
    ) -> Result<Self, JournalError> {
        let header = Header::new(photos.client().core().endpoint(), account);
        let at = path.clone();
        let opened = blocking(move || Ok(Journal::open(at.as_deref(), &header))).await;
        match opened.map_err(Into::into).and_then(|journal| journal) {
            Ok(journal) => Ok(Self { journal, path }),
            Err(problem) => Err(JournalError::new(path, problem)),
        }
    }
}

impl fmt::Debug for OpenJournal {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter
            .debug_struct("OpenJournal")
            .field("path", &self.path)
            .finish_non_exhaustive()
    }
}
