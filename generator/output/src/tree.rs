//! The files of a crate below an open folder: found, read and removed by their paths.

use std::collections::BTreeSet;

use crate::content::Content;
use crate::dir::Dir;
use crate::error::Error;
use crate::name::FilePath;

/// Opens the folder that holds `path`; `None` where a folder on the way is missing.
pub(crate) fn parent(root: &Dir, path: &FilePath) -> Result<Option<Dir>, Error> {
    match path.folders().next_back() {
        Some(folder) => open(root, folder),
        None => root.reopen().map(Some),
    }
}

/// Opens the folder that holds `path`, and makes what is missing of it.
pub(crate) fn create_parent(root: &Dir, path: &FilePath) -> Result<Dir, Error> {
    let mut dir = root.reopen()?;
    for folder in path.folders() {
        dir = dir.open_or_create(last(folder))?;
    }
    Ok(dir)
}

/// Opens the folder at `path`; `None` where it is missing.
fn open(root: &Dir, path: &str) -> Result<Option<Dir>, Error> {
    let mut dir = root.reopen()?;
    for name in path.split('/') {
        match dir.open(name)? {
            Some(next) => dir = next,
            None => return Ok(None),
        }
    }
    Ok(Some(dir))
}

/// Reads the file at `path`; `None` where there is none.
pub(crate) fn read(root: &Dir, path: &FilePath) -> Result<Option<Content>, Error> {
    match parent(root, path)? {
        Some(dir) => dir.read(path.name()),
        None => Ok(None),
    }
}

/// Calls `visit` for each existing folder on the way to one of `paths`, the innermost first and
/// `root` last, each once and with its path.
pub(crate) fn each_folder<'a>(
    root: &Dir,
    paths: impl Iterator<Item = &'a FilePath>,
    mut visit: impl FnMut(&Dir, &str) -> Result<(), Error>,
) -> Result<(), Error> {
    let folders: BTreeSet<&str> = paths.flat_map(FilePath::folders).collect();
    for folder in folders.into_iter().rev() {
        if let Some(dir) = open(root, folder)? {
            visit(&dir, folder)?;
        }
    }
    visit(root, "")
}

/// Has the disk keep the names in all folders of `paths`.
pub(crate) fn sync<'a>(root: &Dir, paths: impl Iterator<Item = &'a FilePath>) -> Result<(), Error> {
    each_folder(root, paths, |dir, _| dir.sync())
}

/// Removes the file at `path` and the folders that are empty without it.
pub(crate) fn remove(root: &Dir, path: &FilePath) -> Result<(), Error> {
    if let Some(dir) = parent(root, path)? {
        dir.remove_file(path.name())?;
    }
    for folder in path.folders().rev() {
        let above = match folder.rsplit_once('/') {
            Some((above, _)) => open(root, above)?,
            None => Some(root.reopen()?),
        };
        if let Some(above) = above
            && !above.remove_empty(last(folder))?
        {
            break;
        }
    }
    Ok(())
}

fn last(path: &str) -> &str {
    path.rsplit('/').next().unwrap_or(path)
}
