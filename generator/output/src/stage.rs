//! The staging folder beside a crate's folder, where a run prepares everything before it swaps.
//!
//! It holds `tree`, the new files; `old`, copies of the files that a journal may have to restore;
//! and the journal itself while it is in force. A run that ends removes it. A run that was killed
//! leaves it, and the next one starts by repairing: see `recover`.

use crate::content::Attributes;
use crate::dir::Dir;
use crate::error::{Error, ErrorKind, shown};
use crate::manifest::{MANIFEST, Manifest};
use crate::name::FilePath;
use crate::tree;

/// The list of what is staged, in the form of a manifest. It is there as long as anything else is.
const LIST: &str = "staged.json";
/// The new files; after an exchange, the old ones.
pub(crate) const TREE: &str = "tree";
/// The old texts of the files that the journal lists, named by their numbers in it.
pub(crate) const OLD: &str = "old";
/// The journal, which is in force while it exists.
pub(crate) const JOURNAL: &str = "journal.json";
/// The journal before it is complete.
pub(crate) const DRAFT: &str = "journal.draft";

/// The name of the staging folder of a crate; the dot hides it from most patterns.
pub(crate) fn name(folder: &str) -> String {
    format!(".{folder}.staging")
}

/// Opens a new staging folder in `out`.
pub(crate) fn create(out: &Dir, folder: &str) -> Result<Dir, Error> {
    out.open_or_create(&name(folder))
}

/// One file to be staged.
pub(crate) struct Staged<'a> {
    pub(crate) path: &'a FilePath,
    pub(crate) text: &'a str,
    pub(crate) attributes: Option<Attributes>,
}

/// Writes `files` below `tree`; `list` is the manifest that they belong to. The list goes first, so
/// that at any moment it tells what has to be removed if the run ends here.
pub(crate) fn write_tree(stage: &Dir, list: &str, files: &[Staged<'_>]) -> Result<Dir, Error> {
    stage.write_new(LIST, list.as_bytes(), None)?;
    stage.sync()?;
    let tree = stage.open_or_create(TREE)?;
    for file in files {
        let dir = tree::create_parent(&tree, file.path)?;
        dir.write_new(file.path.name(), file.text.as_bytes(), file.attributes)?;
    }
    tree::sync(&tree, files.iter().map(|file| file.path))?;
    stage.sync()?;
    Ok(tree)
}

/// Removes the staging folder with what runs put there. What they did not put there stays, and is
/// an error: the manifests in it tell.
pub(crate) fn remove(out: &Dir, folder: &str) -> Result<(), Error> {
    let name = name(folder);
    let Some(stage) = out.open(&name)? else {
        return Ok(());
    };
    stage.remove_file(DRAFT)?;
    if let Some(old) = stage.open(OLD)? {
        let names = old.names()?;
        let numbered = |name: &&String| name.bytes().all(|b| b.is_ascii_digit());
        names
            .iter()
            .filter(numbered)
            .try_for_each(|copy| old.remove_file(copy))?;
        stage.remove_empty(OLD)?;
    }
    if let Some(tree) = stage.open(TREE)? {
        for list in [listed(&tree, MANIFEST)?, listed(&stage, LIST)?] {
            let mut paths = list.paths();
            paths.try_for_each(|path| tree::remove(&tree, path))?;
        }
        tree.remove_file(MANIFEST)?;
    }
    if stage.remove_empty(TREE)? {
        stage.remove_file(LIST)?;
    }
    if out.remove_empty(&name)? {
        return Ok(());
    }
    Err(Error::new(
        ErrorKind::Leftover,
        format!("`{}` holds files that no run has made", shown(stage.path())),
        format!(
            "they came into `{folder}` while it was replaced: move back what you need, then remove the folder"
        ),
    ))
}

/// What a manifest lists. One that was cut off by a kill lists nothing: it is complete before the
/// first of its files is there.
fn listed(dir: &Dir, name: &str) -> Result<Manifest, Error> {
    let content = dir.read(name)?;
    Ok(content
        .and_then(|content| Manifest::parse(&content.bytes).ok())
        .unwrap_or_default())
}
