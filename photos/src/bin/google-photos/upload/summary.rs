//! What became of each file, and how often each of it happened: the numbers add up.

use std::error::Error as _;
use std::io;
use std::path::Path;

use google_photos::{Outcome, Report, Stop};
use serde_json::{Value, json};

use super::walk::Found;
use crate::end::{End, causes};
use crate::output::{Output, shown};

/// How many things there are of each kind. `found` is the sum of the others but `holes`.
#[derive(Default)]
struct Counts {
    found: u64,
    skipped: u64,
    uploaded: u64,
    already_there: u64,
    rejected: u64,
    left: u64,
    /// Of a dry run.
    would_upload: u64,
    /// Paths and folders of which nobody knows what is in them.
    holes: u64,
}

pub(super) struct Summary {
    output: Output,
    counts: Counts,
}

impl Summary {
    pub(super) fn new(output: Output) -> Self {
        Self {
            output,
            counts: Counts::default(),
        }
    }

    /// Notes what was found, and says what is not uploaded.
    pub(super) fn note(&mut self, found: &Found) -> io::Result<()> {
        match found {
            Found::File { .. } => {
                self.counts.found += 1;
                Ok(())
            }
            Found::Skipped { path, reason } => {
                self.counts.found += 1;
                self.counts.skipped += 1;
                self.line("skipped", path, Some(reason))
            }
            Found::Unreadable { path, error } => {
                self.counts.found += 1;
                self.counts.left += 1;
                self.line("left", path, Some(&format!("can't be read: {error}")))
            }
            Found::Hole { path, error } => {
                self.counts.holes += 1;
                self.line("unreadable", path, Some(error))
            }
        }
    }

    pub(super) fn would_upload(&mut self, path: &Path, kind: &str) -> io::Result<()> {
        self.counts.would_upload += 1;
        self.line("would upload", path, Some(kind))
    }

    /// Counts and says what became of the files of one run.
    pub(super) fn take(&mut self, report: &Report) -> io::Result<()> {
        for file in report.files() {
            let outcome = file.outcome();
            let (count, what) = match outcome {
                Outcome::Created { .. } if !file.is_from_earlier_run() => {
                    (&mut self.counts.uploaded, "uploaded")
                }
                Outcome::Created { .. } | Outcome::AlreadyThere { .. } => {
                    (&mut self.counts.already_there, "already there")
                }
                other if other.is_open() => (&mut self.counts.left, "left"),
                _ => (&mut self.counts.rejected, "rejected"),
            };
            *count += 1;
            let reason = outcome.media_item().is_none().then(|| reason(outcome));
            self.line(what, file.path(), reason.as_deref())?;
        }
        Ok(())
    }

    /// Files that were found, and not more.
    pub(super) fn not_attempted(&mut self, files: usize) {
        self.counts.left += files as u64;
    }

    /// Says the numbers. `stop` is how it ended if that was before the end.
    pub(super) fn end(&self, stop: Option<End>) -> anyhow::Result<End> {
        let counts = &self.counts;
        let mut text = format!("{} found:", counts.found);
        if counts.would_upload > 0 {
            text.push_str(&format!(" {} would be uploaded,", counts.would_upload));
        }
        text.push_str(&format!(
            " {} uploaded, {} already there, {} skipped, {} rejected, {} left",
            counts.uploaded, counts.already_there, counts.skipped, counts.rejected, counts.left
        ));
        if counts.holes > 0 {
            let paths = if counts.holes == 1 { "path" } else { "paths" };
            text.push_str(&format!("; {} {paths} can't be read", counts.holes));
        }
        if stop.is_some() {
            text.push_str(
                "\nstopped before the end, perhaps with more in folders that were not looked at; run \
                 it again for what is left",
            );
        }
        self.output
            .print(&text, &json!({"summary": self.json(stop)}))?;
        let is_whole = counts.left + counts.rejected + counts.holes == 0;
        Ok(stop.unwrap_or(if is_whole { End::Done } else { End::Partly }))
    }

    fn json(&self, stop: Option<End>) -> Value {
        let counts = &self.counts;
        json!({
            "found": counts.found,
            "wouldUpload": counts.would_upload,
            "uploaded": counts.uploaded,
            "alreadyThere": counts.already_there,
            "skipped": counts.skipped,
            "rejected": counts.rejected,
            "left": counts.left,
            "unreadablePaths": counts.holes,
            "stopped": stop.is_some(),
        })
    }

    fn line(&self, what: &str, path: &Path, reason: Option<&str>) -> io::Result<()> {
        let shown_reason = reason.map(|reason| format!(": {}", discovery_runtime::OneLine(reason)));
        let text = format!(
            "{what:13} {}{}",
            shown(path),
            shown_reason.unwrap_or_default()
        );
        let json = json!({"path": path.to_string_lossy(), "outcome": what, "reason": reason});
        self.output.print(&text, &json)
    }
}

/// What an outcome says beside its kind, which has a word already.
fn reason(outcome: &Outcome) -> String {
    match outcome {
        Outcome::Rejected(rejection) => rejection.to_string(),
        other => other.to_string(),
    }
}

/// Why a run stopped, with all causes.
pub(super) fn why(stop: &Stop) -> String {
    let source = stop.source().map(|source| format!(": {}", causes(source)));
    format!("stopped: {stop}{}", source.unwrap_or_default())
}
