//! `cargo xtask changes`: what a new revision of a document, of its texts or its overrides changes for
//! users, before anything is released.

use std::path::{Path, PathBuf};
use std::process::Command;

use discovery_generator::changes::{Changes, Step};
use discovery_generator::{Input, Source};

use crate::workspace::{self, Document};
use crate::{Failure, Workspace, version};

/// The most texts and overrides that do not fit yet that are named; `codegen` names all.
const MOST_STALE: usize = 5;

/// What to compare, and how to show it.
#[derive(Clone, Debug, Default)]
pub struct Options {
    /// Two documents, each with the files beside it that belong to it; without them each document
    /// in `discovery/` as it is committed is compared with what it is now.
    pub documents: Option<(PathBuf, PathBuf)>,
    /// Markdown for a pull request and the changelog, not text for a terminal.
    pub markdown: bool,
}

/// Compares, and returns the report.
///
/// # Errors
///
/// A document is refused by the generator, or cannot be read; git cannot be run.
pub fn run(workspace: &Workspace, options: &Options) -> Result<Vec<String>, Failure> {
    if let Some((old, new)) = &options.documents {
        let (old, new) = (workspace::input_at(old)?, workspace::input_at(new)?);
        let (_, report) = compare(&old, &new, options.markdown)?;
        return Ok(vec![report]);
    }
    let mut lines = Vec::new();
    let documents = workspace.documents()?;
    for document in &documents {
        let name = &document.input.document.name;
        let committed = committed(document).map_err(|failure| or_name_two(&failure))?;
        let Some(committed) = committed else {
            lines.push(format!("{name} is not committed yet: its crate is new"));
            continue;
        };
        let (changes, report) = compare(&committed, &document.input, options.markdown)?;
        lines.push(report);
        lines.extend(version(document, changes.step(), options.markdown));
    }
    Ok(lines)
}

/// What has changed for users since the commit that is checked out; nothing where that has no such
/// document.
pub(crate) fn since_commit(document: &Document) -> Result<Changes, Failure> {
    match committed(document)? {
        Some(committed) => {
            discovery_generator::compare(&committed, &document.input).map_err(Failure::failed)
        }
        None => Ok(Changes::default()),
    }
}

/// The other way to compare, where git cannot be asked.
fn or_name_two(failure: &Failure) -> Failure {
    Failure::failed(format!("{failure}; or name two documents"))
}

/// Compares two revisions, and reports.
fn compare(old: &Input, new: &Input, markdown: bool) -> Result<(Changes, String), Failure> {
    let changes = discovery_generator::compare(old, new).map_err(Failure::failed)?;
    let mut text = if markdown {
        format!("## {}\n\n{}", changes.title, changes.markdown())
    } else {
        changes.to_string()
    };
    if !changes.stale.is_empty() && !markdown {
        text.push_str("\n\nWithout what does not fit yet:");
        for message in changes.stale.iter().take(MOST_STALE) {
            text.push_str(&format!("\n{message}"));
        }
        let rest = changes.stale.len().saturating_sub(MOST_STALE);
        if rest > 0 {
            text.push_str(&format!("\n… and {rest} more"));
        }
    }
    Ok((changes, text))
}

/// What the version of the crate should be.
fn version(document: &Document, step: Step, markdown: bool) -> Option<String> {
    let baseline = document.release.baseline.as_ref()?;
    let (needed, version) = (step.after(baseline), document.release.version());
    let file = document.companion(workspace::CRATE);
    let text = if version < needed {
        format!(
            "version: users have {baseline}, this needs {needed}, and {file} says {version}; {}",
            version::remedy(document)
        )
    } else if step == Step::None {
        return None;
    } else {
        format!("version: users have {baseline}, and {version} in {file} is enough for this")
    };
    Some(if markdown {
        format!("{text}\n")
    } else {
        format!("\n{text}")
    })
}

/// What is committed of a document and the files that belong to it; `None` if it is not committed.
fn committed(document: &Document) -> Result<Option<Input>, Failure> {
    let root = &document.root;
    let Some(committed) = show(root, &document.input.document.name)? else {
        return Ok(None);
    };
    let beside = |ending: &str| show(root, &document.companion(ending));
    Ok(Some(Input {
        document: committed,
        prose: beside(workspace::PROSE)?,
        overrides: beside(workspace::OVERRIDES)?,
    }))
}

/// A file as it is in the commit that is checked out; `None` if it is not in it.
fn show(root: &Path, name: &str) -> Result<Option<Source>, Failure> {
    let git = |arguments: &[&str]| {
        let output = Command::new("git")
            .arg("-C")
            .arg(root)
            .args(arguments)
            .output();
        output.map_err(|error| Failure::failed(format!("git cannot be run: {error}; install it")))
    };
    // The paths that git prints are relative to the folder it is called in.
    let listed = git(&["ls-tree", "--name-only", "HEAD", "--", name])?;
    if !listed.status.success() {
        return Err(Failure::failed(format!(
            "git cannot list `{name}` in HEAD: {}; commit first",
            String::from_utf8_lossy(&listed.stderr).trim()
        )));
    }
    if listed.stdout.is_empty() {
        return Ok(None);
    }
    let shown = git(&["show", &format!("HEAD:./{name}")])?;
    if !shown.status.success() {
        return Err(Failure::failed(format!(
            "git cannot show `{name}` in HEAD: {}",
            String::from_utf8_lossy(&shown.stderr).trim()
        )));
    }
    let text = String::from_utf8(shown.stdout)
        .map_err(|error| Failure::failed(format!("`{name}` in HEAD is not UTF-8: {error}")))?;
    Ok(Some(Source {
        name: format!("HEAD:{name}"),
        text,
    }))
}
