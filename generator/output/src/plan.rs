//! What has to change in a crate's folder, and what stands against it.

use crate::Written;
use crate::content::Content;
use crate::digest::sha256_hex;
use crate::error::{Error, ErrorKind, shown};
use crate::files::CrateFiles;
use crate::name::FilePath;
use crate::options::Options;
use crate::survey::{Present, Survey};

/// One file that is to be added, replaced or removed.
#[derive(Debug)]
pub(crate) struct Change<'a> {
    pub(crate) path: &'a FilePath,
    /// What is there; `None` for a file to be added.
    pub(crate) before: Option<&'a Content>,
    /// What is to be there; `None` for a file to be removed.
    pub(crate) after: Option<String>,
    /// Whether somebody else's text would be lost.
    pub(crate) hand: Option<Hand>,
}

/// Why a file is not ours to overwrite.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Hand {
    /// A run has made it, and somebody has edited it.
    Edited,
    /// No run has made it.
    Unknown,
}

/// All changes of a run, in the order in which they are made: new texts first, `Cargo.toml` after
/// the files that it may name, then removals, and the manifest last.
#[derive(Debug)]
pub(crate) struct Plan<'a> {
    pub(crate) changes: Vec<Change<'a>>,
    pub(crate) in_the_way: Vec<(&'a FilePath, &'a Error)>,
}

/// Compares what is there with what is wanted.
pub(crate) fn plan<'a>(survey: &'a Survey, files: &CrateFiles) -> Plan<'a> {
    let mut plan = Plan {
        changes: Vec::new(),
        in_the_way: Vec::new(),
    };
    let manifest = files.manifest().text();
    for (path, present) in &survey.present {
        let wanted = if path.is_manifest() {
            Some(manifest.as_str())
        } else {
            files.get(path)
        };
        let before = match present {
            Present::Missing => None,
            Present::File(content) => Some(content),
            Present::InTheWay(error) => {
                plan.in_the_way.push((path, error));
                continue;
            }
        };
        if before.map(|content| content.bytes.as_slice()) != wanted.map(str::as_bytes) {
            let hand = before.and_then(|content| hand(survey, path, content));
            let after = wanted.map(str::to_owned);
            plan.changes.push(Change {
                path,
                before,
                after,
                hand,
            });
        }
    }
    plan.changes.sort_by_key(|change| {
        let rank = match &change.after {
            _ if change.path.is_manifest() => 3,
            None => 2,
            Some(_) if change.path.as_str() == "Cargo.toml" => 1,
            Some(_) => 0,
        };
        (rank, change.path)
    });
    plan
}

/// Whose text stands at `path`, if it is not the previous run's.
fn hand(survey: &Survey, path: &FilePath, content: &Content) -> Option<Hand> {
    if path.is_manifest() {
        return None;
    }
    match survey.previous.digest(path) {
        None => Some(Hand::Unknown),
        Some(digest) if digest != sha256_hex(&content.bytes) => Some(Hand::Edited),
        Some(_) => None,
    }
}

impl Plan<'_> {
    /// Whether nothing has to be done, so that nothing may be touched.
    pub(crate) fn is_empty(&self) -> bool {
        self.changes.is_empty()
    }

    /// An error where the plan would cost somebody their work, or cannot be carried out.
    pub(crate) fn permit(&self, survey: &Survey, options: &Options) -> Result<(), Error> {
        let Some(folder) = &survey.folder else {
            return Ok(());
        };
        let list = |lines: Vec<String>| lines.concat();
        if !self.in_the_way.is_empty() {
            let lines = self
                .in_the_way
                .iter()
                .map(|(_, error)| format!("\n  {}", error.message()));
            return Err(Error::new(
                ErrorKind::InTheWay,
                format!(
                    "`{}` cannot be written:{}",
                    shown(folder.path()),
                    list(lines.collect())
                ),
                "nothing was touched; move what is in the way, then run again",
            ));
        }
        let protected: Vec<String> = self.changes.iter().filter_map(Change::loss).collect();
        if !options.force && !protected.is_empty() {
            return Err(Error::new(
                ErrorKind::Edited,
                format!(
                    "`{}` holds other people's work:{}",
                    shown(folder.path()),
                    list(protected)
                ),
                "nothing was touched; move the edits to the generator, its overrides or a file of \
                 another name, or overwrite them (`--force`)",
            ));
        }
        Ok(())
    }

    /// What the run will have done.
    pub(crate) fn summary(&self) -> Written {
        let mut written = Written::default();
        for change in &self.changes {
            if change.path.is_manifest() {
                written.manifest = true;
                continue;
            }
            let list = match (change.before, &change.after) {
                (None, _) => &mut written.added,
                (Some(_), Some(_)) => &mut written.changed,
                (Some(_), None) => &mut written.removed,
            };
            list.push(change.path.as_str().to_owned());
        }
        written.added.sort();
        written.changed.sort();
        written.removed.sort();
        written
    }
}

impl Change<'_> {
    /// A line about the work that this change would destroy.
    fn loss(&self) -> Option<String> {
        let path = self.path.as_str();
        Some(match self.hand? {
            Hand::Edited => format!("\n  {path} was edited since it was generated"),
            Hand::Unknown => format!("\n  {path} is there, and no run has made it"),
        })
    }
}
