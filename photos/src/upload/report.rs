//! What became of all files.

use std::path::{Path, PathBuf};

use super::{NewFile, Outcome, Stop};

/// What became of all files, in the order in which they were given.
#[derive(Clone, Debug)]
#[must_use = "the report says which files were rejected or not attempted"]
pub struct Report {
    pub(super) files: Vec<FileReport>,
    pub(super) stop: Option<Stop>,
}

impl Report {
    /// That of a run that stopped before it looked at a file.
    pub(super) fn of_none(files: &[NewFile], stop: Stop) -> Self {
        let files = files.iter().map(|file| FileReport {
            path: file.path.clone(),
            outcome: Outcome::NotAttempted(stop.clone()),
            from_earlier_run: false,
        });
        Self {
            files: files.collect(),
            stop: Some(stop),
        }
    }

    /// One entry for each file, in the order in which they were given.
    pub fn files(&self) -> &[FileReport] {
        &self.files
    }

    /// Why the run stopped before its end, if it did. What is left is
    /// [not attempted](Outcome::NotAttempted).
    pub fn stopped(&self) -> Option<&Stop> {
        self.stop.as_ref()
    }

    /// The files for which there is an item now.
    pub fn done(&self) -> impl Iterator<Item = &FileReport> {
        self.files
            .iter()
            .filter(|file| file.outcome.media_item().is_some())
    }

    /// The files that another run would try again.
    pub fn left(&self) -> impl Iterator<Item = &FileReport> {
        self.files.iter().filter(|file| file.outcome.is_open())
    }

    /// Whether there is an item for each file.
    pub fn is_complete(&self) -> bool {
        self.files
            .iter()
            .all(|file| file.outcome.media_item().is_some())
    }
}

/// What became of one file.
#[derive(Clone, Debug)]
pub struct FileReport {
    pub(super) path: PathBuf,
    pub(super) outcome: Outcome,
    pub(super) from_earlier_run: bool,
}

impl FileReport {
    /// Where the file is, as it was given.
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// What became of it.
    pub fn outcome(&self) -> &Outcome {
        &self.outcome
    }

    /// Whether that is from an earlier run, by the journal: nothing was sent this time.
    pub fn is_from_earlier_run(&self) -> bool {
        self.from_earlier_run
    }
}
