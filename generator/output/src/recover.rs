//! Repairs what a killed run left beside a crate's folder, before anything else is looked at.

use crate::dir::Dir;
use crate::error::Error;
use crate::options::Options;
use crate::{journal, stage};

/// Makes the crate's folder entirely old or entirely new, and removes the staging folder.
///
/// A journal in force means that files of the folder may have been changed: they are restored.
/// Without one the folder is whole, and what is staged is either not in use yet or not in use any
/// more.
pub(crate) fn repair(out: &Dir, folder: &str, options: &Options) -> Result<(), Error> {
    let Some(stage) = out.open(&stage::name(folder))? else {
        return Ok(());
    };
    match out.open(folder)? {
        Some(folder) => journal::undo(&stage, &folder, options.force)?,
        // Somebody has removed the folder since: there is nothing to restore.
        None => stage.remove_file(stage::JOURNAL)?,
    }
    stage::remove(out, folder)
}

/// Whether a killed run has left something to repair.
pub(crate) fn is_needed(out: &Dir, folder: &str) -> Result<bool, Error> {
    Ok(out.entry(&stage::name(folder))?.is_some())
}
