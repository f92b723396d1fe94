//! Versions of emitted crates: an API that changes incompatibly takes one that says so.

use std::fs;
use std::path::Path;

use discovery_generator::changes::{Changes, Step};
use discovery_generator::{File, Release, output};

use crate::Failure;
use crate::workspace::{CHANGELOG, CRATE, Document};

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
        "{file} says {version} and has to say {needed}; `cargo xtask codegen --raise-version` raises \
         it and adds to the changelog"
    ));
    lines
}

/// Raises the version as far as the changes of the API need, and says in the changelog what has
/// changed. Does nothing if the version is high enough.
pub(crate) fn raise(document: &Document, listing: &Listing) -> Result<(), Failure> {
    let Some(baseline) = &document.release.baseline else {
        return Ok(());
    };
    let needed = listing.changes.step().after(baseline);
    if document.release.version() >= needed {
        return Ok(());
    }
    let heading = format!("## {needed}");
    let mut release = document.release.clone();
    release.version = Some(needed);
    write_release(document, &release)?;
    let Some(changelog) = &document.changelog else {
        return Ok(());
    };
    let section = format!("{heading}\n\n{}\n", listing.changes.markdown());
    let at = match changelog.find("\n## ") {
        Some(at) => at + 1,
        None => changelog.len(),
    };
    let (before, after) = changelog.split_at(at);
    let path = document.root.join(document.companion(CHANGELOG));
    output::write_file(&path, &format!("{before}{section}{after}")).map_err(Failure::failed)?;
    Ok(())
}

/// Writes what is said about the crate of a document.
pub(crate) fn write_release(document: &Document, release: &Release) -> Result<(), Failure> {
    let path = document.root.join(document.companion(CRATE));
    output::write_file(&path, &release.text()).map_err(Failure::failed)?;
    Ok(())
}
