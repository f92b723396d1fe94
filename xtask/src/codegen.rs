//! `cargo xtask codegen`: makes `generated/` from `discovery/`, or checks that it is what it makes.

use discovery_generator::output::{self, Crate, Difference, Written};
use discovery_generator::{Options, RuntimeDependency};

use crate::workspace::Document;
use crate::{Failure, Workspace};

/// What the emitted files name as their origin, and what a failed check recommends.
const COMMAND: &str = "cargo xtask codegen";
/// The runtime as a crate in `generated/` sees it.
const RUNTIME: &str = "../../runtime";

/// Makes the crate of each document, and returns the folders with what was done to them. Files that
/// were edited by hand are overwritten only with `force`.
///
/// # Errors
///
/// What is wrong with a document or with what is in its crate's folder. Crates of documents that
/// come before it are written.
pub fn run(workspace: &Workspace, force: bool) -> Result<Vec<(String, Written)>, Failure> {
    let options = output::Options {
        force,
        ..output::Options::default()
    };
    let mut done = Vec::new();
    for files in crates(workspace)? {
        let written =
            output::write(&workspace.generated(), &files, options).map_err(Failure::failed)?;
        done.push((files.folder().to_owned(), written));
    }
    let folders: Vec<&str> = done.iter().map(|(folder, _)| folder.as_str()).collect();
    let orphans = orphans(workspace, &folders)?;
    if orphans.is_empty() {
        Ok(done)
    } else {
        Err(Failure::Failed(orphans))
    }
}

/// Checks that [`run`] would change nothing; writes nothing itself.
///
/// # Errors
///
/// [`Failure::Outdated`] with each difference, and [`Failure::Failed`] as for [`run`].
pub fn check(workspace: &Workspace) -> Result<(), Failure> {
    let crates = crates(workspace)?;
    let mut differences = Vec::new();
    for files in &crates {
        let found = output::compare(&workspace.generated(), files, output::Options::default());
        differences.extend(found.map_err(Failure::failed)?);
    }
    let mut outdated: Vec<String> = differences
        .iter()
        .map(|difference| format!("generated/{difference}"))
        .collect();
    outdated.extend(advice(&differences));
    let folders: Vec<&str> = crates.iter().map(Crate::folder).collect();
    outdated.extend(orphans(workspace, &folders)?);
    if outdated.is_empty() {
        Ok(())
    } else {
        Err(Failure::Outdated(outdated))
    }
}

/// What to do about differences; [`run`] refuses those that somebody has to decide on first.
fn advice(differences: &[Difference]) -> Option<String> {
    let decides = |difference: &Difference| difference.kind.needs_a_decision();
    if differences.is_empty() {
        None
    } else if differences.iter().any(decides) {
        Some(format!(
            "what is edited belongs into the generator or the overrides: move it there, then run \
             `{COMMAND} --force`; move away what is not generated"
        ))
    } else {
        Some(format!("run `{COMMAND}`"))
    }
}

/// The crates of all documents.
fn crates(workspace: &Workspace) -> Result<Vec<Crate>, Failure> {
    let mut crates: Vec<Crate> = Vec::new();
    for document in workspace.documents()? {
        let files = generate(&document)?;
        if crates.iter().any(|other| other.folder() == files.folder()) {
            let (name, folder) = (&document.input.document.name, files.folder());
            return Err(Failure::failed(format!(
                "{name}: another document makes {folder}"
            )));
        }
        crates.push(files);
    }
    Ok(crates)
}

fn generate(document: &Document) -> Result<Crate, Failure> {
    let mut options = Options::new(RuntimeDependency::Path(RUNTIME.to_owned()), COMMAND);
    options.version = document.release.version();
    options.changelog.clone_from(&document.changelog);
    let files =
        discovery_generator::generate(&document.input, &options).map_err(Failure::failed)?;
    let mut files = Crate::new(files).map_err(Failure::failed)?;
    files.record(&document.input);
    Ok(files)
}

/// Crates in `generated/` whose document is gone. They are reported, not removed: whoever removes a
/// document knows whether the crate is still wanted elsewhere.
fn orphans(workspace: &Workspace, folders: &[&str]) -> Result<Vec<String>, Failure> {
    let made = output::made_crates(&workspace.generated()).map_err(Failure::failed)?;
    let orphans = made.iter().filter(|made| !folders.contains(&made.as_str()));
    Ok(orphans
        .map(|folder| {
            format!(
                "generated/{folder} has no document in discovery/; remove one or restore the other"
            )
        })
        .collect())
}
