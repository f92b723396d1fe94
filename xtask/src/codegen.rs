//! `cargo xtask codegen`: makes `generated/` from `discovery/`, or checks that it is what it makes.

use discovery_generator::output::{self, Crate, Difference};
use discovery_generator::{self as generator, RuntimeDependency};

use crate::version::{self, Listing};
use crate::workspace::Document;
use crate::{Failure, Workspace, changes};

/// What the emitted files name as their origin, and what a failed check recommends.
const COMMAND: &str = "cargo xtask codegen";
/// The runtime as a crate in `generated/` sees it.
const RUNTIME: &str = "../../runtime";

/// What a run may do beyond what is safe.
#[derive(Clone, Copy, Debug, Default)]
pub struct Options {
    /// Overwrite files that were edited by hand.
    pub force: bool,
    /// Raise the version of a crate whose API has changed, and say so in its changelog.
    pub raise_version: bool,
}

/// Makes the crate of each document, and returns the folders with what differed in them.
///
/// # Errors
///
/// What is wrong with a document or with what is in its crate's folder; an API that has changed
/// incompatibly under a version that does not say so. Of crates, only those whose names come before
/// that of a folder which is refused are written.
pub fn run(
    workspace: &Workspace,
    options: Options,
) -> Result<Vec<(String, Vec<Difference>)>, Failure> {
    if options.raise_version {
        for made in crates(workspace)? {
            let changes = changes::since_commit(&made.document)?;
            version::raise(workspace, &made.document, &made.listing, changes)?;
        }
    }
    let crates = crates(workspace)?;
    let unsaid = unsaid(&crates);
    if !unsaid.is_empty() {
        return Err(Failure::Failed(unsaid));
    }
    let options = output::Options {
        force: options.force,
        ..output::Options::default()
    };
    let mut done = Vec::new();
    for Made { files, .. } in crates {
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
    for Made { files, .. } in &crates {
        let found = output::compare(&workspace.generated(), files, output::Options::default());
        differences.extend(found.map_err(Failure::failed)?);
    }
    let mut outdated: Vec<String> = differences
        .iter()
        .map(|difference| format!("generated/{difference}"))
        .collect();
    let unsaid = unsaid(&crates);
    // What has to be done first stands last, where a terminal shows it.
    if unsaid.is_empty() {
        outdated.extend(advice(&differences));
    }
    outdated.extend(unsaid);
    let folders: Vec<&str> = crates.iter().map(|made| made.files.folder()).collect();
    outdated.extend(orphans(workspace, &folders)?);
    if outdated.is_empty() {
        Ok(())
    } else {
        Err(Failure::Outdated(outdated))
    }
}

/// What to do about differences; [`run`] refuses those that somebody has to decide on first.
fn advice(differences: &[Difference]) -> Option<String> {
    if differences.is_empty() {
        None
    } else if differences.iter().any(|found| found.is_refused(false)) {
        Some(format!(
            "what is edited belongs into the generator or the overrides: move it there, then run \
             `{COMMAND} --force`; move away what is not generated"
        ))
    } else {
        Some(format!("run `{COMMAND}`"))
    }
}

/// A document with the crate that it makes.
struct Made {
    document: Document,
    files: Crate,
    /// How the public items differ from those on disk.
    listing: Listing,
}

/// The crates of all documents.
fn crates(workspace: &Workspace) -> Result<Vec<Made>, Failure> {
    let mut crates: Vec<Made> = Vec::new();
    for document in workspace.documents()? {
        let made = generate(workspace, document)?;
        let folder = made.files.folder();
        if crates.iter().any(|other| other.files.folder() == folder) {
            let name = &made.document.input.document.name;
            return Err(Failure::failed(format!(
                "{name}: another document makes {folder}"
            )));
        }
        crates.push(made);
    }
    Ok(crates)
}

/// What is incompatible, and not said by a version.
fn unsaid(crates: &[Made]) -> Vec<String> {
    crates
        .iter()
        .flat_map(|made| version::unsaid(&made.document, &made.listing))
        .collect()
}

fn generate(workspace: &Workspace, document: Document) -> Result<Made, Failure> {
    let mut options = generator::Options::new(RuntimeDependency::Path(RUNTIME.to_owned()), COMMAND);
    options.version = document.release.version();
    options.changelog.clone_from(&document.changelog);
    let files = generator::generate(&document.input, &options).map_err(Failure::failed)?;
    let listing = Listing::compare(&workspace.generated(), &files);
    let mut files = Crate::new(files).map_err(Failure::failed)?;
    files.record(&document.input);
    Ok(Made {
        document,
        files,
        listing,
    })
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
