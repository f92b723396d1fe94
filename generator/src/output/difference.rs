//! How a file differs from what belongs there, as a line for people and a unified diff.

use std::fmt;
use std::sync::Arc;
use std::time::Duration;

use similar::TextDiff;

use super::manifest;
use crate::text::printable;

/// How long a diff may take to become as short as it can; it is correct at any time.
const PATIENCE: Duration = Duration::from_secs(2);
/// The most lines of one diff that are shown.
const MOST_LINES: usize = 80;
/// The most characters of one line that are shown.
const LONGEST_LINE: usize = 200;

/// One difference; shown as a line, followed by a unified diff where both texts exist. A long diff is
/// cut, and characters that a terminal would act on are escaped.
#[derive(Clone, Debug)]
pub struct Difference {
    /// The path in the output folder, `/`-separated, crate's folder included.
    pub path: String,
    /// What is different.
    pub kind: DifferenceKind,
    pub(super) before: Option<Vec<u8>>,
    /// `None` for a file to be removed, or to be left alone.
    pub(super) after: Option<Arc<str>>,
}

/// The ways in which a file can differ.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DifferenceKind {
    /// The file is not there.
    Missing,
    /// The file is as an earlier run made it, and would be made differently now.
    Changed,
    /// An earlier run has made the file, and this one would not.
    Stale,
    /// The file was edited since an earlier run made it.
    Edited,
    /// No run has made the file, and it stands where one belongs or among those of the crate.
    NotGenerated,
    /// Something that is no regular file is there, or no folder on the way to it.
    InTheWay,
}

impl Difference {
    /// What a run does to the file: `added`, `changed` or `removed`.
    pub fn action(&self) -> &'static str {
        match (&self.before, &self.after) {
            (_, None) => "removed",
            (None, Some(_)) => "added",
            (Some(_), Some(_)) => "changed",
        }
    }

    /// Whether the file is the manifest, which changes with every other file.
    pub fn is_of_manifest(&self) -> bool {
        let inside = self.path.split_once('/').map(|(_, inside)| inside);
        inside == Some(manifest::NAME)
    }

    /// Whether a run does not touch the file, so that somebody has to decide first. To overwrite with
    /// force, there must be a file of ours to overwrite it with.
    pub fn is_refused(&self, force: bool) -> bool {
        match self.kind {
            DifferenceKind::Missing | DifferenceKind::Changed | DifferenceKind::Stale => false,
            DifferenceKind::Edited => !force,
            DifferenceKind::NotGenerated => !force || self.after.is_none(),
            DifferenceKind::InTheWay => true,
        }
    }

    /// The path and the kind.
    pub(super) fn line(&self) -> String {
        format!("{}: {}", printable(&self.path, usize::MAX), self.kind)
    }
}

impl fmt::Display for DifferenceKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Missing => "missing",
            Self::Changed => "changed",
            Self::Stale => "stale: it is not generated any more",
            Self::Edited => "edited by hand",
            Self::NotGenerated => "not generated",
            Self::InTheWay => "not a regular file, or not reached through regular folders",
        })
    }
}

impl fmt::Display for Difference {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.line())?;
        let (Some(before), Some(after)) = (&self.before, &self.after) else {
            return Ok(());
        };
        let diff = unified(&String::from_utf8_lossy(before), after);
        for line in diff.lines().take(MOST_LINES) {
            write!(f, "\n{}", printable(line, LONGEST_LINE))?;
        }
        match diff.lines().skip(MOST_LINES).count() {
            0 => Ok(()),
            rest => write!(f, "\n… {rest} more lines"),
        }
    }
}

fn unified(before: &str, after: &str) -> String {
    TextDiff::configure()
        .timeout(PATIENCE)
        .diff_lines(before, after)
        .unified_diff()
        .context_radius(2)
        .header("there", "generated")
        .to_string()
}
