//! What became of a pick.

use std::fmt::{self, Display, Formatter};
use std::path::{Path, PathBuf};

use discovery_runtime::Error;

use super::PickEnd;
use crate::DownloadError;

/// What became of a pick: a file for each item, in the order of the service.
#[derive(Debug)]
#[must_use = "downloads that failed are only reported here"]
pub struct PickReport {
    pub(super) end: PickEnd,
    pub(super) files: Vec<PickedFile>,
    pub(super) kept: Option<String>,
    pub(super) deleted: Result<(), Error>,
}

/// What became of one item.
#[derive(Debug)]
pub struct PickedFile {
    pub(super) id: String,
    pub(super) path: PathBuf,
    pub(super) clip: Option<PathBuf>,
    pub(super) outcome: PickedOutcome,
}

/// What became of the bytes of one item.
#[derive(Debug)]
#[non_exhaustive]
pub enum PickedOutcome {
    /// The file is there now.
    Downloaded {
        /// The length of the file.
        bytes: u64,
    },
    /// A file of this name and time was there before: an earlier run made it.
    AlreadyThere,
    /// There is no file, or the clip of the photo is missing.
    Failed(DownloadError),
    /// The pick was stopped before.
    NotAttempted,
}

impl PickReport {
    /// How waiting for the user ended, or that the caller stopped since.
    pub fn end(&self) -> PickEnd {
        self.end
    }

    /// What became of each item, in the order of the service.
    pub fn files(&self) -> &[PickedFile] {
        &self.files
    }

    /// The items of which there is no complete file.
    pub fn left(&self) -> impl Iterator<Item = &PickedFile> {
        self.files.iter().filter(|file| {
            matches!(
                file.outcome,
                PickedOutcome::Failed(_) | PickedOutcome::NotAttempted
            )
        })
    }

    /// The identifier of the session if it was [kept](super::PickIntoFolder::keep_unfinished).
    pub fn kept_session(&self) -> Option<&str> {
        self.kept.as_deref()
    }

    /// Why the session could not be deleted, if so. It expires by itself; until then it counts.
    pub fn delete_error(&self) -> Option<&Error> {
        self.deleted.as_ref().err()
    }
}

impl PickedFile {
    /// The identifier of the item.
    pub fn id(&self) -> &str {
        &self.id
    }

    /// Where the file is, or would be.
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// Where the moving part of a motion photo is, if it was downloaded.
    pub fn clip(&self) -> Option<&Path> {
        self.clip.as_deref()
    }

    /// What became of it.
    pub fn outcome(&self) -> &PickedOutcome {
        &self.outcome
    }
}

impl Display for PickedOutcome {
    fn fmt(&self, formatter: &mut Formatter<'_>) -> fmt::Result {
        match self {
            Self::Downloaded { bytes } => write!(formatter, "downloaded, {bytes} bytes"),
            Self::AlreadyThere => formatter.write_str("already there"),
            Self::Failed(DownloadError::Call(error)) => write!(formatter, "failed: {error}"),
            Self::Failed(error) => write!(formatter, "failed: {error}"),
            Self::NotAttempted => formatter.write_str("not attempted"),
        }
    }
}
