//! Changes a folder file by file, with a journal by which a run that stops halfway is taken back.
//!
//! The journal lists each file with what it was and what it will be, and the staging folder holds a
//! copy of each old text. As long as the journal exists the folder counts as unchanged: this run,
//! if something fails, or the next, if this one is killed, restores every file. Removing the journal
//! is the moment at which the folder is the new one.

use serde::{Deserialize, Serialize};

use crate::digest::sha256_hex;
use crate::dir::Dir;
use crate::error::{Error, ErrorKind, shown};
use crate::name::FilePath;
use crate::plan::{Change, Plan};
use crate::stage::{DRAFT, JOURNAL, OLD, TREE};
use crate::tree;

/// One file: the SHA-256 of its text before and after, `None` where it does not exist.
#[derive(Deserialize, Serialize)]
struct Entry {
    path: String,
    before: Option<String>,
    after: Option<String>,
}

/// Carries out `plan` in `folder`; the new texts are staged below `tree`.
pub(crate) fn apply(stage: &Dir, folder: &Dir, plan: &Plan<'_>) -> Result<(), Error> {
    let entries: Vec<Entry> = plan.changes.iter().map(entry).collect();
    begin(stage, plan, &entries)?;
    let tree = stage.open_or_create(TREE)?;
    let applied = plan
        .changes
        .iter()
        .zip(&entries)
        .try_for_each(|(change, entry)| step(&tree, folder, change.path, entry))
        .and_then(|()| tree::sync(folder, plan.changes.iter().map(|change| change.path)));
    match applied {
        Ok(()) => end(stage),
        Err(error) => Err(match undo(stage, folder, false) {
            Ok(()) => error,
            Err(_) => error.and_help("the next run then restores the folder"),
        }),
    }
}

/// Restores `folder` if a journal is in force. A file that somebody has edited since then is an
/// error, or lost if `force` is set.
pub(crate) fn undo(stage: &Dir, folder: &Dir, force: bool) -> Result<(), Error> {
    let Some(entries) = read(stage)? else {
        return Ok(());
    };
    let mut restore = Vec::new();
    for (number, (path, entry)) in entries.iter().enumerate() {
        let present = digest(folder, path)?;
        // A file that was to be added may have got no further than its folder, which goes as well.
        if present == entry.before && present.is_some() {
            continue;
        }
        if present != entry.before && present != entry.after && !force {
            return Err(Error::new(
                ErrorKind::Leftover,
                format!(
                    "`{}` was edited after a run had stopped halfway",
                    at(folder, path)
                ),
                "copy the edit to another place, then run again and overwrite it (`--force`)",
            ));
        }
        restore.push((number, path, entry));
    }
    let old = stage.open_or_create(OLD)?;
    for (number, path, entry) in restore.into_iter().rev() {
        if entry.before.is_some() {
            let parent = tree::create_parent(folder, path)?;
            old.rename(&number.to_string(), &parent, path.name())?;
        } else {
            tree::remove(folder, path)?;
        }
    }
    tree::sync(folder, entries.iter().map(|(path, _)| path))?;
    end(stage)
}

fn entry(change: &Change<'_>) -> Entry {
    Entry {
        path: change.path.as_str().to_owned(),
        before: change.before.map(|content| sha256_hex(&content.bytes)),
        after: change
            .after
            .as_ref()
            .map(|text| sha256_hex(text.as_bytes())),
    }
}

/// Copies the old texts and puts the journal in force.
fn begin(stage: &Dir, plan: &Plan<'_>, entries: &[Entry]) -> Result<(), Error> {
    let old = stage.open_or_create(OLD)?;
    for (number, change) in plan.changes.iter().enumerate() {
        if let Some(content) = change.before {
            old.write_new(
                &number.to_string(),
                &content.bytes,
                Some(content.attributes),
            )?;
        }
    }
    old.sync()?;
    // Strings always serialize.
    let text = serde_json::to_string_pretty(entries).unwrap_or_default();
    stage.write_new(DRAFT, text.as_bytes(), None)?;
    stage.rename(DRAFT, stage, JOURNAL)?;
    stage.sync()
}

fn end(stage: &Dir) -> Result<(), Error> {
    stage.remove_file(JOURNAL)?;
    stage.sync()
}

/// Changes one file in one step, if it still is what the plan was made for.
fn step(tree: &Dir, folder: &Dir, path: &FilePath, entry: &Entry) -> Result<(), Error> {
    if digest(folder, path)? != entry.before {
        return Err(Error::new(
            ErrorKind::Edited,
            format!("`{}` was edited while the run went on", at(folder, path)),
            "nothing was changed; run again",
        ));
    }
    if entry.after.is_none() {
        return tree::remove(folder, path);
    }
    let from = tree::create_parent(tree, path)?;
    let to = tree::create_parent(folder, path)?;
    from.rename(path.name(), &to, path.name())
}

fn digest(folder: &Dir, path: &FilePath) -> Result<Option<String>, Error> {
    Ok(tree::read(folder, path)?.map(|content| sha256_hex(&content.bytes)))
}

fn read(stage: &Dir) -> Result<Option<Vec<(FilePath, Entry)>>, Error> {
    let Some(content) = stage.read(JOURNAL)? else {
        return Ok(None);
    };
    let unreadable = |fault: String| {
        Error::new(
            ErrorKind::Leftover,
            format!(
                "`{}` cannot be read: {fault}",
                shown(&stage.path().join(JOURNAL))
            ),
            "restore the crate's folder from version control, then remove the staging folder",
        )
    };
    let entries: Vec<Entry> =
        serde_json::from_slice(&content.bytes).map_err(|error| unreadable(error.to_string()))?;
    entries
        .into_iter()
        .map(|entry| match FilePath::parse_or_manifest(&entry.path) {
            Ok(path) => Ok((path, entry)),
            Err(error) => Err(unreadable(error.message().to_owned())),
        })
        .collect::<Result<_, _>>()
        .map(Some)
}

fn at(folder: &Dir, path: &FilePath) -> String {
    shown(&folder.path().join(path.as_str()))
}
