//! Versions of emitted crates: an API that changes incompatibly takes one that says so.

use std::collections::BTreeSet;
use std::fmt::Display;
use std::fs;
use std::path::Path;

use discovery_generator::changes::{Changes, Step};
use discovery_generator::{File, Release, output};
use semver::Version;

use crate::workspace::{CHANGELOG, CRATE, Document};
use crate::{Failure, Workspace, changelog};

/// The most changes that are shown; `cargo xtask changes` shows all.
const MOST: usize = 10;

/// How the `API.txt` that is generated differs from the one on disk.
pub(crate) struct Listing {
    /// Its path from the root of the repository.
    name: String,
    /// Nothing where there is no listing on disk, or none that can be read: `output` says what that
    /// is.
    changes: Changes,
}

impl Listing {
    /// Compares the listing among the files of a crate with the one below `generated`.
    pub(crate) fn compare(generated: &Path, files: &[File]) -> Self {
        let listing = files.iter().find(|file| file.path.ends_with("/API.txt"));
        let changes = listing.and_then(|listing| {
            let on_disk = fs::read_to_string(generated.join(&listing.path)).ok()?;
            Some(Changes::between_listings(&on_disk, &listing.text)?.1)
        });
        Self {
            name: listing.map_or_else(String::new, |listing| format!("generated/{}", listing.path)),
            changes: changes.unwrap_or_default(),
        }
    }
}

/// What is incompatible with the version that users have, if the version does not say so, and what
/// to do.
pub(crate) fn unsaid(document: &Document, listing: &Listing) -> Vec<String> {
    let Some(baseline) = &document.release.baseline else {
        return Vec::new();
    };
    let (version, needed) = (document.release.version(), Step::Major.after(baseline));
    if listing.changes.step() < Step::Major || version >= needed {
        return Vec::new();
    }
    let mut lines = vec![format!(
        "{}: incompatible with {baseline}, which users have",
        listing.name
    )];
    let changes = listing.changes.incompatible();
    lines.extend(changes.take(MOST).map(|change| format!("  {change}")));
    let rest = listing.changes.incompatible().count().saturating_sub(MOST);
    if rest > 0 {
        lines.push(format!("  … and {rest} more"));
    }
    let file = document.companion(CRATE);
    lines.push(format!(
        "{file} says {version} and has to say {needed}; {}",
        remedy(document)
    ));
    lines
}

/// Raises the version as far as what has changed needs, and says in the changelog what that is:
/// `changes` of the document, and what the generator makes differently. Only the changelog takes what a
/// version that is raised already covers.
pub(crate) fn raise(
    workspace: &Workspace,
    document: &Document,
    listing: &Listing,
    mut changes: Changes,
) -> Result<(), Failure> {
    let Some(baseline) = &document.release.baseline else {
        return Ok(());
    };
    let items = changes.changes.iter().map(|change| change.item.clone());
    let known: BTreeSet<String> = items.collect();
    let unknown = listing.changes.changes.iter().cloned();
    changes
        .changes
        .extend(unknown.filter(|change| !known.contains(&change.item)));
    let before = document.release.version();
    let version = changes.step().after(baseline).max(before.clone());
    if version == *baseline || changes.step() == Step::None {
        return Ok(());
    }
    if version != before {
        let mut release = document.release.clone();
        release.version = Some(version.clone());
        write_release(document, &release)?;
        depend_on(workspace, listing, &version)?;
    }
    let Some(changelog) = &document.changelog else {
        return Ok(());
    };
    let pending = (before > *baseline).then_some(&before);
    let text = changelog::add(changelog, pending, &version, &changes.markdown());
    let path = document.root.join(document.companion(CHANGELOG));
    output::write_file(&path, &text).map_err(Failure::failed)?;
    Ok(())
}

/// Has the workspace depend on the new version of a crate: cargo refuses a workspace, and with it this
/// command, whose path leads to another version than its manifest says.
fn depend_on(workspace: &Workspace, listing: &Listing, version: &Version) -> Result<(), Failure> {
    let path = workspace.root().join("Cargo.toml");
    if !path.exists() {
        return Ok(());
    }
    let cannot = |error: &dyn Display| {
        Failure::failed(format!(
            "`{}` cannot be changed: {error}; write {version} into it for the crate of {}",
            path.display(),
            listing.name
        ))
    };
    let text = fs::read_to_string(&path).map_err(|error| cannot(&error))?;
    let mut manifest: toml_edit::DocumentMut = text.parse().map_err(|error| cannot(&error))?;
    let dependencies = manifest
        .get_mut("workspace")
        .and_then(|workspace| workspace.get_mut("dependencies"))
        .and_then(toml_edit::Item::as_table_like_mut);
    let folder = listing.name.trim_end_matches("/API.txt");
    for (_, dependency) in dependencies.into_iter().flat_map(|table| table.iter_mut()) {
        let leads_there = dependency.get("path").and_then(toml_edit::Item::as_str) == Some(folder);
        if leads_there && let Some(says) = dependency.get_mut("version") {
            *says = toml_edit::value(version.to_string());
        }
    }
    output::write_file(&path, &manifest.to_string()).map_err(Failure::failed)?;
    Ok(())
}

/// How to get the version that is needed.
pub(crate) fn remedy(document: &Document) -> String {
    let also = match document.changelog {
        Some(_) => " and adds to the changelog",
        None => "",
    };
    format!("`cargo xtask codegen --raise-version` raises it{also}")
}

/// Writes what is said about the crate of a document.
pub(crate) fn write_release(document: &Document, release: &Release) -> Result<(), Failure> {
    let path = document.root.join(document.companion(CRATE));
    output::write_file(&path, &release.text()).map_err(Failure::failed)?;
    Ok(())
}
