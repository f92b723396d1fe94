//! Why a journal can't be used.

use std::error::Error as StdError;
use std::fmt::{self, Debug, Display, Formatter};
use std::io;
use std::path::{Path, PathBuf};

use discovery_runtime::Error;

/// A journal can't be used: it can't be read or written, another run uses it, it belongs to another
/// account or endpoint, or the file is something else. Nothing was uploaded, and what the file says is
/// what it said.
pub struct JournalError {
    path: PathBuf,
    problem: Problem,
}

/// What is wrong with a journal.
#[derive(Debug)]
pub(in crate::upload) enum Problem {
    Io(io::Error),
    InUse,
    /// The file is something else.
    NoJournal,
    /// It is larger than any journal; in bytes.
    TooLarge(u64),
    /// The version of its format.
    Version(u64),
    OtherEndpoint {
        journal: String,
        client: String,
    },
    OtherName {
        journal: String,
        run: String,
    },
    /// None of its items is in the library.
    OtherItems,
    /// The token may not read items.
    Unverified(Box<Error>),
}

impl From<io::Error> for Problem {
    fn from(error: io::Error) -> Self {
        Self::Io(error)
    }
}

impl JournalError {
    pub(in crate::upload) fn new(path: Option<PathBuf>, problem: impl Into<Problem>) -> Self {
        Self {
            path: path.unwrap_or_default(),
            problem: problem.into(),
        }
    }

    /// Where the journal is.
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// Whether another run uses it.
    pub fn is_in_use(&self) -> bool {
        matches!(self.problem, Problem::InUse)
    }

    /// Whether it records the uploads of another account, or none of its items is in the library any
    /// more. Give each account a journal of its own; for items that were deleted for good, see
    /// [`adopt_journal`](crate::UploadFiles::adopt_journal).
    pub fn is_other_account(&self) -> bool {
        matches!(
            self.problem,
            Problem::OtherName { .. } | Problem::OtherItems
        )
    }

    /// Whether it records uploads to another endpoint, such as those to an emulator.
    pub fn is_other_endpoint(&self) -> bool {
        matches!(self.problem, Problem::OtherEndpoint { .. })
    }
}

impl Display for JournalError {
    fn fmt(&self, formatter: &mut Formatter<'_>) -> fmt::Result {
        let path = self.path.display();
        write!(
            formatter,
            "the journal {path} can't be used: {}",
            self.problem
        )
    }
}

impl Display for Problem {
    fn fmt(&self, formatter: &mut Formatter<'_>) -> fmt::Result {
        match self {
            Self::Io(error) => Display::fmt(error, formatter),
            Self::InUse => formatter.write_str("another run uses it"),
            Self::NoJournal => formatter.write_str("it is no journal of uploads"),
            Self::TooLarge(bytes) => write!(
                formatter,
                "it has {bytes} bytes, which is more than a journal can have; begin another one"
            ),
            Self::Version(version) => write!(
                formatter,
                "it has format {version}, which another version of this program reads; with a new \
                 journal the files go up again, and the service gives equal bytes the same item"
            ),
            Self::OtherEndpoint { journal, client } => write!(
                formatter,
                "it records uploads to {journal:?}, and this client calls {client:?}"
            ),
            Self::OtherName { journal, run } => write!(
                formatter,
                "it belongs to the account {journal:?}, and this run is for {run:?}"
            ),
            Self::OtherItems => formatter.write_str(
                "none of the items of it that were looked for is in the library of this account. If it \
                 belongs to another account, or the items were deleted and are to go up again, use \
                 another journal. If they were deleted for good, name the account and adopt the \
                 journal (`account` and `adopt_journal`; `--account` and `--adopt-journal`)",
            ),
            Self::Unverified(_) => formatter.write_str(
                "nobody can tell whether it belongs to this account, as the token does not allow to \
                 read items: ask for photoslibrary.readonly.appcreateddata, or name the account and \
                 adopt the journal (`account` and `adopt_journal`; `--account` and \
                 `--adopt-journal`)",
            ),
        }
    }
}

/// As that of [`Error`]: text for people, and `{:#?}` has the fields.
impl Debug for JournalError {
    fn fmt(&self, formatter: &mut Formatter<'_>) -> fmt::Result {
        if !formatter.alternate() {
            return discovery_runtime::with_causes(self, formatter);
        }
        formatter
            .debug_struct("JournalError")
            .field("path", &self.path)
            .field("problem", &self.problem)
            .finish()
    }
}

impl StdError for JournalError {
    fn source(&self) -> Option<&(dyn StdError + 'static)> {
        match &self.problem {
            Problem::Io(error) => Some(error),
            Problem::Unverified(error) => Some(error.as_ref()),
            _ => None,
        }
    }
}
