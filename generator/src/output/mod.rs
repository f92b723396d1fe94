//! Writes an emitted crate to disk, or says how the disk differs from it. The only part of the
//! generator that touches a disk.
//!
//! A run reads the crate's folder, plans, and refuses before anything is written if the plan would
//! cost somebody their work. Then it writes all new files beside their targets, renames them into
//! place, deletes what is stale, and writes the manifest, which tells our files from everybody
//! else's. A run that is killed in between is completed by the next one; version control shows the
//! rest.
//!
//! What never happens: a link in the output folder is followed; a file that was edited, or that no
//! run has made, is overwritten without [`Options::force`]; such a file is deleted; a file that
//! needs no change is touched; a file that the emitted crate has no use for, such as `build.rs`, is
//! written ([`Crate::new`] refuses its name).

mod difference;
mod disk;
mod manifest;
mod name;
mod plan;

use std::collections::BTreeMap;
use std::fmt;
use std::path::Path;

pub use self::difference::{Difference, DifferenceKind};
pub use self::disk::{rewrite, write_file};
use self::manifest::Manifest;
pub use self::manifest::NAME as MANIFEST;
use self::plan::Plan;
use crate::{File, Input, Source};

/// The files of one crate, with names that an emitted crate may have.
#[derive(Clone, Debug)]
pub struct Crate {
    folder: String,
    files: BTreeMap<String, String>,
    made_from: BTreeMap<String, String>,
}

impl Crate {
    /// The crate that [`generate`](crate::generate) has emitted.
    ///
    /// # Errors
    ///
    /// A path is not one that emitted crates have, differs from another only in case, or is in
    /// another folder than the first.
    pub fn new(files: Vec<File>) -> Result<Self, Error> {
        let folder = files.first().and_then(|file| file.path.split('/').next());
        let folder = folder.unwrap_or_default().to_owned();
        name::check_folder(&folder)?;
        let mut checked = BTreeMap::new();
        let mut spellings = BTreeMap::new();
        for File { path, text } in files {
            let inside = path
                .strip_prefix(&folder)
                .and_then(|rest| rest.strip_prefix('/'));
            let inside = inside.unwrap_or(&path).to_owned();
            name::check_file(&inside)?;
            if let Some(other) = spellings.insert(inside.to_ascii_lowercase(), inside.clone()) {
                return Err(Error::new(
                    format!("`{other}` and `{inside}` are one file where case does not count"),
                    "rename one of the two in the document or its overrides",
                ));
            }
            checked.insert(inside, text);
        }
        Ok(Self {
            folder,
            files: checked,
            made_from: BTreeMap::new(),
        })
    }

    /// Has the manifest name what the crate was made from, each with the SHA-256 of its canonical
    /// form: the order of keys has no influence on what is emitted.
    pub fn record(&mut self, input: &Input) {
        self.record_one("document", &input.document);
        for (what, source) in [("prose", &input.prose), ("overrides", &input.overrides)] {
            if let Some(source) = source {
                self.record_one(what, source);
            }
        }
    }

    fn record_one(&mut self, what: &str, source: &Source) {
        let name = Path::new(&source.name).file_name().unwrap_or_default();
        self.made_from
            .insert(what.to_owned(), name.to_string_lossy().into_owned());
        if let Ok(text) = crate::canonicalize(source) {
            self.made_from
                .insert(format!("{what}_sha256"), crate::sha256(text.as_bytes()));
        }
    }

    /// The name of its folder in the output folder, such as `photoslibrary-v1`.
    pub fn folder(&self) -> &str {
        &self.folder
    }

    /// The number of its files.
    pub fn file_count(&self) -> usize {
        self.files.len()
    }

    fn manifest(&self) -> Manifest {
        Manifest::new(&self.made_from, &self.files)
    }
}

/// What the caller of a run may choose; the default is the careful choice.
#[derive(Clone, Copy, Debug, Default)]
pub struct Options {
    /// Overwrite files that were edited, and files of others where a generated file belongs.
    pub force: bool,
    /// Accept an output folder that is reached through links.
    pub follow_symlinks: bool,
}

/// What a run did; paths are relative to the crate's folder, and sorted.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
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
        *self == Self::default()
    }
}

/// Makes the crate's folder in `out` hold exactly the files of the crate, beside what others keep
/// there; `out` is created where it does not exist.
///
/// # Errors
///
/// `out` cannot be used; a file was edited, or is in the way; the disk said no. Unless it was the
/// disk, nothing was written.
pub fn write(out: &Path, files: &Crate, options: Options) -> Result<Written, Error> {
    disk::check_out(out, options)?;
    let plan = Plan::new(out, files, options)?;
    plan.permit(options)?;
    plan.carry_out()
}

/// Says how the crate's folder in `out` differs from the crate; writes nothing. An empty list means
/// that [`write()`] would write nothing either.
///
/// # Errors
///
/// `out` or a file in it cannot be read.
pub fn compare(out: &Path, files: &Crate, options: Options) -> Result<Vec<Difference>, Error> {
    disk::check_out(out, options)?;
    Ok(Plan::new(out, files, options)?.differences())
}

/// The names of the folders in `out` that hold a manifest, sorted: the crates that runs have made.
///
/// # Errors
///
/// `out` cannot be read.
pub fn made_crates(out: &Path) -> Result<Vec<String>, Error> {
    let mut made = Vec::new();
    for name in disk::names(out)? {
        if disk::read(&out.join(&name).join(MANIFEST))?.is_some() {
            made.push(name);
        }
    }
    Ok(made)
}

/// Why a folder could not be written or compared: the path, what is wrong, and what to do.
#[derive(Debug)]
pub struct Error {
    message: String,
    help: String,
}

impl Error {
    fn new(message: impl Into<String>, help: impl Into<String>) -> Self {
        Self {
            message: message.into(),
            help: help.into(),
        }
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}\n  help: {}", self.message, self.help)
    }
}

impl std::error::Error for Error {}

/// Text for a terminal, whatever characters others have put into it.
fn printable(text: &str) -> String {
    let shown = |c: char| {
        if c.is_control() && c != '\t' {
            '\u{fffd}'
        } else {
            c
        }
    };
    text.chars().map(shown).collect()
}
