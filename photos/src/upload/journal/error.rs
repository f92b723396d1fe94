//! Why a journal can't be used.

use std::error::Error as StdError;
use std::fmt::{self, Display, Formatter};
use std::io;
use std::path::{Path, PathBuf};

/// A journal can't be opened: it can't be read or written, another run uses it, or the file is
/// something else. Nothing was sent, and the file is as it was.
#[derive(Debug)]
pub struct JournalError {
    path: PathBuf,
    source: io::Error,
}

impl JournalError {
    pub(in crate::upload) fn new(path: Option<PathBuf>, source: io::Error) -> Self {
        Self {
            path: path.unwrap_or_default(),
            source,
        }
    }

    /// Where the journal is.
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// Whether another run uses it.
    pub fn is_in_use(&self) -> bool {
        self.source.kind() == io::ErrorKind::WouldBlock
    }
}

impl Display for JournalError {
    fn fmt(&self, formatter: &mut Formatter<'_>) -> fmt::Result {
        write!(
            formatter,
            "the journal {} can't be used: {}",
            self.path.display(),
            self.source
        )
    }
}

impl StdError for JournalError {
    fn source(&self) -> Option<&(dyn StdError + 'static)> {
        Some(&self.source)
    }
}
