//! What is told of the files that need nothing, and of all files in the end.

use super::Run;
use crate::upload::plan::{Job, Phase};
use crate::upload::{FileReport, Outcome, Report, UploadEvent};

impl Run {
    /// Tells what became of the files with which nothing is to be done.
    pub(super) fn tell_what_is_done(&self) {
        for (index, job) in self.jobs.iter().enumerate() {
            if let Phase::Done(outcome) = &job.phase {
                self.shared.settings.on_event.call(UploadEvent::Finished {
                    index,
                    path: &job.file.path,
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
        let mut files: Vec<FileReport> = Vec::with_capacity(self.jobs.len());
        for Job {
            file,
            phase,
            earlier,
            ..
        } in self.jobs
        {
            let outcome = match phase {
                Phase::Done(outcome) => outcome,
                Phase::Repeated(first) => repeated(files.get(first)).unwrap_or_else(left),
                Phase::Waiting(_) | Phase::Busy | Phase::Ready(_) => left(),
            };
            files.push(FileReport {
                path: file.path,
                outcome,
                earlier,
            });
        }
        Report { files, stop }
    }
}

/// The outcome of a file that was given before.
fn repeated(first: Option<&FileReport>) -> Option<Outcome> {
    Some(match first?.outcome.clone() {
        Outcome::Created { media_item } => Outcome::AlreadyThere { media_item },
        outcome => outcome,
    })
}
