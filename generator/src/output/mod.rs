//! Writes an emitted crate to disk, or says how the disk differs from it. The only part of the
//! generator that touches a disk.
//!
//! A run compares the crate's folder with the crate, and refuses before anything is written if it
//! would cost somebody their work. Then it writes all new files beside that folder, renames them
//! into place, deletes what is stale, and last replaces the manifest, which tells our files from
//! everybody else's. A run that is killed in between is completed by the next one; version control
//! shows the rest, such as a folder `.NAME.PROCESS.new`.
//!
//! What never happens: a link in the output folder is followed; a file that was edited, or that no
//! run has made, is overwritten without [`Options::force`]; such a file is deleted; a file that
//! needs no change is touched; a file that the emitted crate has no use for, such as `build.rs`, is
//! written ([`Crate::new`] refuses its name).

mod difference;
mod disk;
mod files;
mod manifest;
mod name;
mod plan;

use std::path::Path;
use std::{fmt, io};

use fs_err as fs;

pub use self::difference::{Difference, DifferenceKind};
use self::disk::Found;
pub use self::disk::write_file;
pub use self::files::Crate;
pub use self::manifest::NAME as MANIFEST;

/// What the caller of a run may choose; the default is the careful choice.
#[derive(Clone, Copy, Debug, Default)]
pub struct Options {
    /// Overwrite files that were edited, and files of others where a generated file belongs.
    pub force: bool,
    /// Accept an output folder that is reached through links.
    pub follow_symlinks: bool,
}

/// Makes the crate's folder in `out` hold exactly the files of the crate, beside what others keep
/// there, and returns what differed; `out` is created where it does not exist.
///
/// # Errors
///
/// `out` cannot be used; a file was edited, or is in the way; the disk said no. Unless it was the
/// disk, nothing was written.
pub fn write(out: &Path, files: &Crate, options: Options) -> Result<Vec<Difference>, Error> {
    disk::check_out(out, options.follow_symlinks)?;
    let plan = plan::make(out, files, options.force)?;
    plan::permit(out, &plan, options.force)?;
    let mut changes = Vec::new();
    for change in &plan {
        changes.push((out.join(&change.path), change.after.as_deref()));
    }
    disk::replace(&out.join(files.folder()), &changes)?;
    Ok(without_manifest(plan))
}

/// Says how the crate's folder in `out` differs from the crate; writes nothing. An empty list means
/// that [`write()`] would write nothing either.
///
/// # Errors
///
/// `out` or a file in it cannot be read.
pub fn compare(out: &Path, files: &Crate, options: Options) -> Result<Vec<Difference>, Error> {
    disk::check_out(out, options.follow_symlinks)?;
    plan::make(out, files, options.force).map(without_manifest)
}

/// The manifest changes with every file, and says nothing that their own differences don't.
fn without_manifest(mut plan: Vec<Difference>) -> Vec<Difference> {
    if plan.len() > 1 {
        plan.retain(|difference| !difference.is_of_manifest());
    }
    plan
}

/// The names of the folders in `out` that hold a manifest, sorted: the crates that runs have made.
///
/// # Errors
///
/// `out` cannot be read.
pub fn made_crates(out: &Path) -> Result<Vec<String>, Error> {
    let mut made = Vec::new();
    for entry in disk::unless_absent(fs::read_dir(out))?
        .into_iter()
        .flatten()
    {
        let name = entry?.file_name().to_string_lossy().into_owned();
        if matches!(
            disk::look(out, &format!("{name}/{MANIFEST}"))?,
            Found::File(_)
        ) {
            made.push(name);
        }
    }
    made.sort();
    Ok(made)
}

/// Why a folder could not be written or compared: the path, what is wrong, and what to do.
#[derive(Debug)]
pub struct Error {
    message: String,
    help: &'static str,
}

impl Error {
    fn new(message: String, help: &'static str) -> Self {
        Self { message, help }
    }
}

/// What `fs_err` reports names the path.
impl From<io::Error> for Error {
    fn from(error: io::Error) -> Self {
        let message = crate::text::printable(&error.to_string(), usize::MAX);
        let help = "make room, or make it accessible to you, then run again";
        Self::new(message, help)
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}\n  help: {}", self.message, self.help)
    }
}

impl std::error::Error for Error {}
