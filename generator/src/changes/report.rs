//! Changes as text: for a terminal, and as Markdown for a pull request or a changelog.

use std::fmt;

use super::{Change, ChangeKind, Changes, Step};

/// The most changes of a group that are shown.
const MOST: usize = 100;
/// The most characters of a value that are shown.
const LONGEST: usize = 160;

/// A heading with the changes that belong under it.
type Group<'a> = (&'static str, Vec<&'a Change>);

impl Changes {
    /// The changes by what they mean, the worst first; groups without one are left out.
    fn groups(&self) -> Vec<Group<'_>> {
        let group = |change: &Change| match (change.step, &change.kind) {
            (Step::Major, _) => 0,
            (_, ChangeKind::Deprecated { .. } | ChangeKind::Undeprecated) => 2,
            (_, ChangeKind::Behavior { .. }) => 3,
            (_, ChangeKind::Documentation | ChangeKind::Signature { .. }) => 4,
            _ => 1,
        };
        let headings = [
            "Incompatible",
            "Added",
            "Deprecated",
            "Behavior",
            "Documentation",
        ];
        let groups = headings.into_iter().enumerate().map(|(index, heading)| {
            let changes = self.changes.iter().filter(|change| group(change) == index);
            (heading, changes.collect())
        });
        groups
            .filter(|(_, changes): &Group<'_>| !changes.is_empty())
            .collect()
    }

    /// What has changed as Markdown, with a heading of the third level for each group, as in
    /// a changelog.
    pub fn markdown(&self) -> String {
        let mut text = String::new();
        for (heading, changes) in self.groups() {
            text.push_str(&format!("### {heading}\n\n"));
            for line in lines(&changes, &|change| {
                format!("* {}: {}", code(&change.item), sentence(change, &code))
            }) {
                text.push_str(&line);
                text.push('\n');
            }
            text.push('\n');
        }
        text.truncate(text.trim_end().len());
        text.push('\n');
        text
    }
}

/// One line, for a terminal.
impl fmt::Display for Change {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}", shown(&self.item), sentence(self, &shown))
    }
}

/// For a terminal.
impl fmt::Display for Changes {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let verdict = match self.step() {
            Step::None => "nothing has changed for users",
            Step::Patch => "users' code compiles as before",
            Step::Minor => "users' code compiles as before; there is more to use, or a warning",
            Step::Major => "incompatible: users' code may not compile, or mean something else",
        };
        write!(f, "{}: {verdict}", shown(&self.title))?;
        for (heading, changes) in self.groups() {
            write!(f, "\n\n{heading}")?;
            for line in lines(&changes, &|change| format!("  {change}")) {
                write!(f, "\n{line}")?;
            }
        }
        Ok(())
    }
}

/// The lines of a group; a long one is cut. Texts that have changed are named on one line.
fn lines(changes: &[&Change], line: &dyn Fn(&Change) -> String) -> Vec<String> {
    let mut lines: Vec<String> = changes
        .iter()
        .take(MOST)
        .map(|change| line(change))
        .collect();
    if let Some(rest) = changes.len().checked_sub(MOST)
        && rest > 0
    {
        lines.push(format!("  … and {rest} more"));
    }
    lines
}

/// What has happened to an item; `value` writes what comes from a document.
fn sentence(change: &Change, value: &dyn Fn(&str) -> String) -> String {
    let with = |members: &usize| match members {
        0 => String::new(),
        1 => ", with 1 member".to_owned(),
        several => format!(", with {several} members"),
    };
    let said = |text: &str| match text {
        "" => "nothing".to_owned(),
        text => value(text),
    };
    match &change.kind {
        ChangeKind::Removed { signature, members } => {
            format!("removed{}; it was {}", with(members), value(signature))
        }
        ChangeKind::Added { signature, members } => {
            format!("new{}, {}", with(members), value(signature))
        }
        ChangeKind::Signature {
            before,
            after,
            effect,
        } => format!("{} is now {}; {effect}", value(before), value(after)),
        ChangeKind::Lost(ability) => format!("{} is gone", value(ability)),
        ChangeKind::Gained(ability) => format!("{} is new", value(ability)),
        ChangeKind::Deprecated { note } if note.is_empty() => {
            "deprecated; users get a warning".to_owned()
        }
        ChangeKind::Deprecated { note } => {
            format!("deprecated: {}; users get a warning", value(note))
        }
        ChangeKind::Undeprecated => "no longer deprecated".to_owned(),
        ChangeKind::Behavior {
            fact,
            before,
            after,
        } => format!("{fact}: {}, before {}", said(after), said(before)),
        ChangeKind::Documentation => "the text has changed".to_owned(),
    }
}

/// Text of a document as a report shows it.
fn shown(text: &str) -> String {
    crate::text::printable(text, LONGEST)
}

/// The same as Markdown code, in which nothing but a backtick has a meaning.
fn code(text: &str) -> String {
    format!("`{}`", shown(text).replace('`', "'"))
}
