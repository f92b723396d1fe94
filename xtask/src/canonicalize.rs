//! `cargo xtask canonicalize`: keeps the documents in the form in which a diff shows what changed.

use crate::{Failure, Workspace};

/// Rewrites each document in `discovery/` that is not in canonical form, and returns their names.
///
/// Overrides are written by hand, in the order in which they read best, and are left alone.
///
/// # Errors
///
/// Where a document is not JSON, has a key twice, or cannot be read or replaced.
pub fn run(workspace: &Workspace) -> Result<Vec<String>, Failure> {
    let mut rewritten = Vec::new();
    for document in workspace.documents()? {
        let text = discovery_generator::canonicalize(&document.source).map_err(Failure::failed)?;
        if discovery_generator::output::rewrite(&document.path, &text).map_err(Failure::failed)? {
            rewritten.push(document.source.name);
        }
    }
    Ok(rewritten)
}

/// Checks that [`run`] would rewrite nothing.
///
/// # Errors
///
/// [`Failure::Outdated`] with the names of the documents that it would rewrite.
pub fn check(workspace: &Workspace) -> Result<(), Failure> {
    let mut outdated = Vec::new();
    for document in workspace.documents()? {
        let text = discovery_generator::canonicalize(&document.source).map_err(Failure::failed)?;
        if text != document.source.text {
            outdated.push(format!("{} is not in canonical form", document.source.name));
        }
    }
    if outdated.is_empty() {
        return Ok(());
    }
    outdated.push("run `cargo xtask canonicalize`".to_owned());
    Err(Failure::Outdated(outdated))
}
