//! Why a pick failed.

use std::error::Error as StdError;
use std::fmt::{self, Debug, Display, Formatter};
use std::io;
use std::path::PathBuf;

use discovery_runtime::Error;

/// Why a pick failed.
#[non_exhaustive]
pub enum PickError {
    /// The user has no active Google Photos account (`FAILED_PRECONDITION`). They have to open Google
    /// Photos once.
    NoAccount(Error),
    /// There are too many sessions, or too many requests for them (`RESOURCE_EXHAUSTED`). Delete those
    /// that are done, or try again later.
    TooManySessions(Error),
    /// The user is not done (`FAILED_PRECONDITION`): [wait](super::PickSession::wait) first.
    NotDone(Error),
    /// The session expired or was deleted (`NOT_FOUND`). Start another one.
    SessionEnded(Error),
    /// The service left out what a session can't be used without.
    Incomplete(&'static str),
    /// The folder can't be made or read.
    Folder(PathBuf, io::Error),
    /// A call failed for another reason.
    Call(Error),
}

impl PickError {
    pub(super) fn of_start(error: Error) -> Self {
        if error.is_precondition_failed() {
            Self::NoAccount(error)
        } else if error.http_status() == Some(429) {
            Self::TooManySessions(error)
        } else {
            Self::Call(error)
        }
    }

    pub(super) fn of_session(error: Error) -> Self {
        if error.is_not_found() {
            Self::SessionEnded(error)
        } else {
            Self::Call(error)
        }
    }

    pub(super) fn of_items(error: Error) -> Self {
        if error.is_precondition_failed() {
            Self::NotDone(error)
        } else {
            Self::of_session(error)
        }
    }
}

impl From<Error> for PickError {
    fn from(error: Error) -> Self {
        Self::Call(error)
    }
}

impl Display for PickError {
    fn fmt(&self, formatter: &mut Formatter<'_>) -> fmt::Result {
        match self {
            Self::NoAccount(_) => formatter
                .write_str("the user has no active Google Photos account; open Google Photos once"),
            Self::TooManySessions(_) => formatter.write_str(
                "there are too many picking sessions; delete those that are done, or try again later",
            ),
            Self::NotDone(_) => formatter.write_str("the user is not done picking"),
            Self::SessionEnded(_) => {
                formatter.write_str("the picking session expired or was deleted; start another one")
            }
            Self::Incomplete(what) => {
                write!(formatter, "the service left out the {what} of the picking session")
            }
            Self::Folder(path, _) => {
                write!(formatter, "the folder {} can't be used", path.display())
            }
            Self::Call(_) => formatter.write_str("the call failed"),
        }
    }
}

/// As that of [`Error`]: text for people.
impl Debug for PickError {
    fn fmt(&self, formatter: &mut Formatter<'_>) -> fmt::Result {
        discovery_runtime::with_causes(self, formatter)
    }
}

impl StdError for PickError {
    fn source(&self) -> Option<&(dyn StdError + 'static)> {
        match self {
            Self::NoAccount(error)
            | Self::TooManySessions(error)
            | Self::NotDone(error)
            | Self::SessionEnded(error)
            | Self::Call(error) => Some(error),
            Self::Folder(_, error) => Some(error),
            Self::Incomplete(_) => None,
        }
    }
}
