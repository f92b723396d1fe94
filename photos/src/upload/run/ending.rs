//! What is told of the files that need nothing, and of all files in the end.

use super::Run;
use crate::upload::plan::{FileUpload, Phase};
use crate::upload::{FileReport, Outcome, Report, UploadEvent};

impl Run {
    /// Tells what became of the files with which nothing is to be done.
    pub(super) fn tell_what_is_done(&self) {
        for (index, upload) in self.uploads.iter().enumerate() {
            if let Phase::Done(outcome) = &upload.phase {
                self.shared.tell(UploadEvent::Finished {
                    index,
                    path: &upload.file.path,
                    outcome,
                });
            }
        }
    }

    pub(super) fn report(self) -> Report {
        let stop = self.stop;
        let left = || match &stop {
            Some(stop) => Outcome::NotAttempted(stop.clone()),
            None => Outcome::Failed {
                message: "the upload ended without a result".to_owned(),
                code: None,
            },
        };
        let mut files: Vec<FileReport> = Vec::with_capacity(self.uploads.len());
        for FileUpload {
            file,
            phase,
            from_earlier_run,
            ..
        } in self.uploads
        {
            let outcome = match phase {
                Phase::Done(outcome) => outcome,
                Phase::Duplicate(first) => of_duplicate(files.get(first)).unwrap_or_else(left),
                Phase::Pending(_) | Phase::InProgress | Phase::Uploaded(_) => left(),
            };
            files.push(FileReport {
                path: file.path,
                outcome,
                from_earlier_run,
            });
        }
        Report { files, stop }
    }
}

/// The outcome of a file that was given before.
fn of_duplicate(first: Option<&FileReport>) -> Option<Outcome> {
    Some(match first?.outcome.clone() {
        Outcome::Created { media_item } => Outcome::AlreadyThere { media_item },
        outcome => outcome,
    })
}
