//! Writes emitted crates to disk, whole or not at all, and compares what is there without touching it.
//!
//! A crate goes through these phases, each in a file of its own:
//!
//! 1. [`CrateFiles`] takes the files and refuses every name that an emitted crate has no use for.
//! 2. `out` opens the output folder without following links, and locks it.
//! 3. `recover` repairs what a killed run left behind.
//! 4. `survey` reads what is there, and `plan` says what has to change and what a hand has edited.
//! 5. `stage` writes the new files beside the crate's folder, and `swap` puts them in place.
//!
//! What never happens: a file that no earlier run has made is changed or removed; a file that was
//! edited by hand is overwritten without [`Options::force`]; anything outside the output folder is
//! touched, whatever links are planted in it; a folder that needs no change is written to.
//!
//! The crate folder's manifest, [`MANIFEST`], is what tells our files from everybody else's.

#[cfg(not(unix))]
compile_error!(
    "discovery-output works on directory handles as Unix has them; on Windows use it under WSL"
);

mod compare;
mod content;
mod digest;
mod dir;
mod error;
mod files;
mod journal;
mod manifest;
mod name;
mod options;
mod out;
mod plan;
mod recover;
mod rewrite;
mod stage;
mod survey;
mod swap;
mod tree;

use std::path::Path;

pub use compare::{Difference, DifferenceKind};
pub use digest::sha256_hex;
pub use error::{Error, ErrorKind};
pub use files::CrateFiles;
pub use manifest::MANIFEST;
pub use options::Options;
#[doc(hidden)]
pub use options::Probe;
pub use rewrite::rewrite;

/// What a run did to one crate folder; paths are relative to that folder, and sorted.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct Written {
    /// Files that were not there before.
    pub added: Vec<String>,
    /// Files whose text was replaced.
    pub changed: Vec<String>,
    /// Files that an earlier run had made and that are gone now.
    pub removed: Vec<String>,
    /// Whether the manifest, which is in none of the lists, was written.
    pub manifest: bool,
}

impl Written {
    /// Whether the folder was up to date and nothing in it was touched.
    pub fn is_unchanged(&self) -> bool {
        !self.manifest
            && self.added.is_empty()
            && self.changed.is_empty()
            && self.removed.is_empty()
    }
}

/// Makes the crate's folder in `out` hold exactly `files`, beside whatever else others keep there.
///
/// `out` is created where it does not exist. On success every file is in place and synced to disk.
/// On an error the folder is as it was, unless the error says that the next run has to repair it.
///
/// # Errors
///
/// [`Error::kind`] tells: a file was edited by hand, another run holds the folder, something that is
/// no regular file is in the way, the folder is one that nobody should generate into, or the disk
/// said no.
pub fn write(out: &Path, files: &CrateFiles, options: &Options) -> Result<Written, Error> {
    let out = out::create(out, options)?;
    recover::repair(&out, files.folder(), options)?;
    let survey = survey::survey(&out, files, options)?;
    let plan = plan::plan(&survey, files);
    plan.permit(&survey, options)?;
    if !plan.is_empty() {
        swap::put_in_place(&out, files, &survey, &plan)?;
    }
    Ok(plan.summary())
}

/// Says how the crate's folder in `out` differs from `files`; touches nothing.
///
/// An empty list means that [`write()`] would touch nothing either.
///
/// # Errors
///
/// As for [`write()`], except that edits and what is in the way are differences, not errors.
pub fn compare(
    out: &Path,
    files: &CrateFiles,
    options: &Options,
) -> Result<Vec<Difference>, Error> {
    compare::compare(out, files, options)
}

/// The names of the folders in `out` that hold a manifest, sorted: the crates that runs have made.
///
/// A folder `out` that does not exist holds none.
///
/// # Errors
///
/// Where `out` cannot be read, or is one that nobody should generate into.
pub fn made_crates(out: &Path, options: &Options) -> Result<Vec<String>, Error> {
    match out::open(out, options)? {
        Some(out) => manifest::folders_with_manifest(&out),
        None => Ok(Vec::new()),
    }
}
