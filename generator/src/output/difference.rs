//! How a file differs from what belongs there, as a line for people and a unified diff.

use std::fmt;
use std::time::Duration;

use similar::TextDiff;

use super::printable;

/// How long a diff may take to become as short as it can; it is correct at any time.
const PATIENCE: Duration = Duration::from_secs(2);
/// The most lines of one diff that are shown.
const MOST_LINES: usize = 80;
/// The most characters of one line that are shown.
const LONGEST_LINE: usize = 200;

/// One difference; shown as a line, followed by a unified diff where both texts exist.
#[derive(Clone, Debug)]
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

impl DifferenceKind {
    /// Whether a run refuses to change the file, so that somebody has to decide first.
    pub fn needs_a_decision(self) -> bool {
        matches!(self, Self::Edited | Self::NotGenerated | Self::InTheWay)
    }
}

impl Difference {
    pub(super) fn new(
        path: String,
        kind: DifferenceKind,
        before: Option<&[u8]>,
        after: Option<&str>,
    ) -> Self {
        let diff = before
            .zip(after)
            .map(|(before, after)| diff(&String::from_utf8_lossy(before), after));
        Self { path, kind, diff }
    }
}

fn diff(before: &str, after: &str) -> String {
    let diff = TextDiff::configure()
        .timeout(PATIENCE)
        .diff_lines(before, after);
    let text = diff
        .unified_diff()
        .context_radius(2)
        .header("there", "generated")
        .to_string();
    let cut = |line: &str| match line.char_indices().nth(LONGEST_LINE) {
        Some((end, _)) => format!("{}…", printable(line.get(..end).unwrap_or_default())),
        None => printable(line),
    };
    let mut lines: Vec<String> = text.lines().take(MOST_LINES).map(cut).collect();
    let rest = text.lines().count().saturating_sub(MOST_LINES);
    if rest > 0 {
        lines.push(format!("… {rest} more lines"));
    }
    lines.join("\n")
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
        write!(f, "{}: {}", printable(&self.path), self.kind)?;
        match &self.diff {
            Some(diff) => write!(f, "\n{diff}"),
            None => Ok(()),
        }
    }
}
