//! `cargo xtask canonicalize`: keeps the documents in the form in which a diff shows what changed.

use std::path::PathBuf;

use discovery_generator::Source;
use discovery_generator::output;

use crate::{Failure, Workspace};

/// Rewrites each document in `discovery/` that is not in canonical form, and returns their names.
///
/// A document whose texts are in a file beside it keeps its structure only: what the service's own
/// document brings along is dropped. Overrides are written by hand, in the order in which they read
/// best, and are left alone.
///
/// # Errors
///
/// Where a file is not JSON, has a key twice, or cannot be read or replaced.
pub fn run(workspace: &Workspace) -> Result<Vec<String>, Failure> {
    let outdated = outdated(workspace)?;
    for (path, _, text) in &outdated {
        output::write_file(path, text).map_err(Failure::failed)?;
    }
    Ok(outdated.into_iter().map(|(_, name, _)| name).collect())
}

/// Checks that [`run`] would rewrite nothing.
///
/// # Errors
///
/// [`Failure::Outdated`] with the names of the files that it would rewrite.
pub fn check(workspace: &Workspace) -> Result<(), Failure> {
    let outdated = outdated(workspace)?;
    if outdated.is_empty() {
        return Ok(());
    }
    let mut lines: Vec<String> = outdated
        .iter()
        .map(|(_, name, _)| format!("{name} is not in canonical form"))
        .collect();
    lines.push("run `cargo xtask canonicalize`".to_owned());
    Err(Failure::Outdated(lines))
}

/// The path, the name and the canonical text of each file that has another text.
fn outdated(workspace: &Workspace) -> Result<Vec<(PathBuf, String, String)>, Failure> {
    let mut outdated = Vec::new();
    for document in workspace.documents()? {
        let mut compare = |source: &Source, text: String| {
            if text != source.text {
                let path = document.root.join(&source.name);
                outdated.push((path, source.name.clone(), text));
            }
        };
        let input = &document.input;
        let canonical = match &input.prose {
            Some(_) => discovery_generator::structure(&input.document),
            None => discovery_generator::canonicalize(&input.document),
        };
        compare(&input.document, canonical.map_err(Failure::failed)?);
        if let Some(prose) = &input.prose {
            let text = discovery_generator::canonicalize(prose).map_err(Failure::failed)?;
            compare(prose, text);
        }
    }
    Ok(outdated)
}
