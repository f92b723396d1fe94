//! `cargo xtask codegen`: makes `generated/` from `discovery/`, or checks that it is what it makes.

use std::path::Path;

use discovery_generator::{Options, RuntimeDependency, Source};
use discovery_output::{CrateFiles, Written, sha256_hex};

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
    let options = discovery_output::Options::default().force(force);
    let mut done = Vec::new();
    for files in crates(workspace)? {
        let written = discovery_output::write(&workspace.generated(), &files, &options)
            .map_err(Failure::failed)?;
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
    let options = discovery_output::Options::default();
    let crates = crates(workspace)?;
    let mut outdated = Vec::new();
    for files in &crates {
        let differences = discovery_output::compare(&workspace.generated(), files, &options)
            .map_err(Failure::failed)?;
        outdated.extend(
            differences
                .iter()
                .map(|difference| format!("generated/{difference}")),
        );
    }
    if !outdated.is_empty() {
        outdated.push(format!("run `{COMMAND}`"));
    }
    let folders: Vec<&str> = crates.iter().map(CrateFiles::folder).collect();
    outdated.extend(orphans(workspace, &folders)?);
    if outdated.is_empty() {
        Ok(())
    } else {
        Err(Failure::Outdated(outdated))
    }
}

/// The crates of all documents.
fn crates(workspace: &Workspace) -> Result<Vec<CrateFiles>, Failure> {
    let mut crates: Vec<CrateFiles> = Vec::new();
    for document in workspace.documents()? {
        for files in generate(&document)? {
            if crates.iter().any(|other| other.folder() == files.folder()) {
                let (name, folder) = (&document.source.name, files.folder());
                return Err(Failure::failed(format!(
                    "{name}: another document makes {folder}"
                )));
            }
            crates.push(files);
        }
    }
    Ok(crates)
}

fn generate(document: &Document) -> Result<Vec<CrateFiles>, Failure> {
    let options = Options::new(RuntimeDependency::Path(RUNTIME.to_owned()), COMMAND);
    let files =
        discovery_generator::generate(&document.source, document.overrides.as_ref(), &options)
            .map_err(Failure::failed)?;
    let files = files.into_iter().map(|file| (file.path, file.text));
    let mut crates = CrateFiles::group(files).map_err(Failure::failed)?;
    for files in &mut crates {
        record(files, "document", &document.source)?;
        if let Some(overrides) = &document.overrides {
            record(files, "overrides", overrides)?;
        }
    }
    Ok(crates)
}

/// Has the manifest say which text the crate was made from, whatever the order of its keys.
fn record(files: &mut CrateFiles, what: &str, source: &Source) -> Result<(), Failure> {
    let name = Path::new(&source.name)
        .file_name()
        .unwrap_or_default()
        .to_string_lossy();
    let text = discovery_generator::canonicalize(source).map_err(Failure::failed)?;
    files.record(what, name);
    files.record(format!("{what}_sha256"), sha256_hex(text.as_bytes()));
    Ok(())
}

/// Crates in `generated/` whose document is gone. They are reported, not removed: whoever removes a
/// document knows whether the crate is still wanted elsewhere.
fn orphans(workspace: &Workspace, folders: &[&str]) -> Result<Vec<String>, Failure> {
    let made = discovery_output::made_crates(
        &workspace.generated(),
        &discovery_output::Options::default(),
    )
    .map_err(Failure::failed)?;
    let orphans = made.iter().filter(|made| !folders.contains(&made.as_str()));
    Ok(orphans
        .map(|folder| {
            format!(
                "generated/{folder} has no document in discovery/; remove one or restore the other"
            )
        })
        .collect())
}
