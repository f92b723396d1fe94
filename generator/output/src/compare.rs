//! What differs between a crate's folder and the files that belong there, without touching anything.

use std::fmt;
use std::path::Path;
use std::time::Duration;

use similar::TextDiff;

use crate::error::Error;
use crate::files::CrateFiles;
use crate::options::Options;
use crate::plan::{Change, Hand, plan};
use crate::survey::survey;
use crate::{out, recover, stage};

/// How long a diff may take to become as short as it can; it is correct at any time.
const PATIENCE: Duration = Duration::from_secs(2);
/// The most lines of one diff that are shown.
const MOST_LINES: usize = 80;

/// One difference; shown as a line, followed by a unified diff where both texts exist.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct Difference {
    /// The path in the output folder, `/`-separated, crate's folder included.
    pub path: String,
    /// What is different.
    pub kind: DifferenceKind,
    /// From the text that is there to the text that belongs there; a long one is cut.
    pub diff: Option<String>,
}

/// The ways in which a file can differ.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum DifferenceKind {
    /// The file is not there.
    Missing,
    /// The file is as an earlier run made it, and would be made differently now.
    Changed,
    /// An earlier run has made the file, and this one would not.
    Stale,
    /// The file was edited by hand since an earlier run made it, or no run has made it.
    Edited,
    /// Something that is no regular file is there.
    InTheWay,
    /// A run was killed, and the next has to repair the folder.
    Leftover,
}

pub(crate) fn compare(
    out: &Path,
    files: &CrateFiles,
    options: &Options,
) -> Result<Vec<Difference>, Error> {
    let folder = files.folder();
    let missing = |path: &str| Difference {
        path: format!("{folder}/{path}"),
        kind: DifferenceKind::Missing,
        diff: None,
    };
    let Some(out) = out::open(out, options)? else {
        return Ok(files
            .iter()
            .map(|(path, _)| missing(path.as_str()))
            .collect());
    };
    let mut found = Vec::new();
    if recover::is_needed(&out, folder)? {
        let path = stage::name(folder);
        found.push(Difference {
            path,
            kind: DifferenceKind::Leftover,
            diff: None,
        });
    }
    let survey = survey(&out, files, options)?;
    let plan = plan(&survey, files);
    for (path, _) in &plan.in_the_way {
        found.push(Difference {
            kind: DifferenceKind::InTheWay,
            ..missing(path.as_str())
        });
    }
    // The manifest changes with every file, and says nothing that their own differences don't.
    let only_manifest = found.is_empty() && plan.changes.len() == 1;
    for change in &plan.changes {
        if change.path.is_manifest() && !only_manifest {
            continue;
        }
        let kind = kind(change);
        found.push(Difference {
            kind,
            diff: diff(change),
            ..missing(change.path.as_str())
        });
    }
    found.sort_by(|a, b| a.path.cmp(&b.path));
    Ok(found)
}

fn kind(change: &Change<'_>) -> DifferenceKind {
    match (change.hand, change.before, &change.after) {
        (Some(Hand::Edited | Hand::Unknown), ..) => DifferenceKind::Edited,
        (None, None, _) => DifferenceKind::Missing,
        (None, Some(_), None) => DifferenceKind::Stale,
        (None, Some(_), Some(_)) => DifferenceKind::Changed,
    }
}

fn diff(change: &Change<'_>) -> Option<String> {
    let before = String::from_utf8_lossy(&change.before?.bytes).into_owned();
    let after = change.after.as_deref()?;
    let diff = TextDiff::configure()
        .timeout(PATIENCE)
        .diff_lines(before.as_str(), after);
    let text = diff
        .unified_diff()
        .context_radius(2)
        .header("there", "generated")
        .to_string();
    let mut lines: Vec<String> = text.lines().take(MOST_LINES).map(printable).collect();
    let rest = text.lines().count().saturating_sub(MOST_LINES);
    if rest > 0 {
        lines.push(format!("… {rest} more lines"));
    }
    Some(lines.join("\n"))
}

/// A line of a file as a terminal may show it, and no longer than it is useful.
fn printable(line: &str) -> String {
    const LONGEST: usize = 200;
    let mut shown: String = line
        .chars()
        .take(LONGEST)
        .map(|c| {
            if c.is_control() && c != '\t' {
                '\u{fffd}'
            } else {
                c
            }
        })
        .collect();
    if line.chars().nth(LONGEST).is_some() {
        shown.push('…');
    }
    shown
}

impl fmt::Display for Difference {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let what = match self.kind {
            DifferenceKind::Missing => "missing",
            DifferenceKind::Changed => "changed",
            DifferenceKind::Stale => "stale: it is not generated any more",
            DifferenceKind::Edited => "edited by hand, or not made by any run",
            DifferenceKind::InTheWay => "not a regular file",
            DifferenceKind::Leftover => "left behind by a run that was killed",
        };
        write!(f, "{}: {what}", self.path)?;
        match &self.diff {
            Some(diff) => write!(f, "\n{diff}"),
            None => Ok(()),
        }
    }
}
