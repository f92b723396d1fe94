//! Reads what stands in a crate's folder: our files, what is in their place, and whether there is more.

use std::collections::{BTreeMap, BTreeSet};

use crate::content::Content;
use crate::dir::{Dir, Entry};
use crate::error::{Error, ErrorKind};
use crate::files::CrateFiles;
use crate::manifest::{MANIFEST, Manifest};
use crate::name::FilePath;
use crate::options::Options;
use crate::out::refuse;
use crate::tree;

/// What stands at one path.
#[derive(Debug)]
pub(crate) enum Present {
    Missing,
    File(Content),
    /// Something that is no regular file, at the path or on the way to it.
    InTheWay(Error),
}

/// A crate's folder as it is before a run.
#[derive(Debug)]
pub(crate) struct Survey {
    /// `None` where there is no folder.
    pub(crate) folder: Option<Dir>,
    /// What the previous run has made; empty where there was none.
    pub(crate) previous: Manifest,
    /// What stands at each path that the previous run or this one has.
    pub(crate) present: BTreeMap<FilePath, Present>,
    /// Whether the folder holds anything that the previous run has not made.
    pub(crate) foreign: bool,
}

/// Surveys the crate's folder in `out`.
pub(crate) fn survey(out: &Dir, files: &CrateFiles, options: &Options) -> Result<Survey, Error> {
    let Some(folder) = out.open(files.folder())? else {
        let manifest = FilePath::manifest();
        let paths = files.iter().map(|(path, _)| path).chain([&manifest]);
        return Ok(Survey {
            folder: None,
            previous: Manifest::default(),
            present: paths.map(|path| (path.clone(), Present::Missing)).collect(),
            foreign: false,
        });
    };
    let previous = previous(&folder, options)?;
    let paths: BTreeSet<FilePath> = files
        .iter()
        .map(|(path, _)| path)
        .chain(previous.iter().flat_map(Manifest::paths))
        .cloned()
        .chain([FilePath::manifest()])
        .collect();
    let mut present = BTreeMap::new();
    for path in paths {
        present.insert(path.clone(), look(&folder, &path)?);
    }
    if previous.is_none() {
        check_unclaimed(&folder, present.get(&FilePath::manifest()))?;
    }
    let previous = previous.unwrap_or_default();
    let foreign = has_foreign(&folder, "", &previous)?;
    Ok(Survey {
        folder: Some(folder),
        previous,
        present,
        foreign,
    })
}

fn look(folder: &Dir, path: &FilePath) -> Result<Present, Error> {
    match tree::read(folder, path) {
        Ok(Some(content)) => Ok(Present::File(content)),
        Ok(None) => Ok(Present::Missing),
        Err(error) if error.kind() == ErrorKind::InTheWay => Ok(Present::InTheWay(error)),
        Err(error) => Err(error),
    }
}

/// The previous run's manifest. One that cannot be read is none, if the caller insists.
fn previous(folder: &Dir, options: &Options) -> Result<Option<Manifest>, Error> {
    let Some(content) = folder.read(MANIFEST)? else {
        return Ok(None);
    };
    match Manifest::parse(&content.bytes) {
        Ok(manifest) => Ok(Some(manifest)),
        Err(_) if options.force => Ok(None),
        Err(fault) => Err(Error::new(
            ErrorKind::Edited,
            format!(
                "`{}` is not a manifest: {fault}",
                folder.path().join(MANIFEST).display()
            ),
            "restore it from version control, or overwrite it and the files of the crate (`--force`)",
        )),
    }
}

/// Refuses a folder that no run has made and that is somebody's whole project.
fn check_unclaimed(folder: &Dir, manifest: Option<&Present>) -> Result<(), Error> {
    const HELP: &str = "choose another output folder";
    if matches!(manifest, Some(Present::File(_))) {
        return Ok(());
    }
    if folder.entry(".git")?.is_some() {
        let reason = "is the root of a git repository, and no run has made it";
        return Err(refuse(folder.path(), reason, HELP));
    }
    let cargo = match folder.entry("Cargo.toml")? {
        Some(Entry::File) => folder.read("Cargo.toml")?,
        _ => None,
    };
    if cargo.is_some_and(|cargo| is_workspace(&cargo.bytes)) {
        let reason = "is the root of a cargo workspace, and no run has made it";
        return Err(refuse(folder.path(), reason, HELP));
    }
    Ok(())
}

fn is_workspace(manifest: &[u8]) -> bool {
    String::from_utf8_lossy(manifest).lines().any(|line| {
        let line: String = line.chars().filter(|c| !c.is_whitespace()).collect();
        ["[workspace]", "[workspace.", "workspace=", "workspace."]
            .iter()
            .any(|start| line.starts_with(start))
    })
}

/// Whether the folder holds anything that is not in the manifest. It does not look into folders
/// that are foreign as a whole, such as `target`.
fn has_foreign(dir: &Dir, at: &str, previous: &Manifest) -> Result<bool, Error> {
    for name in dir.names()? {
        let path = if at.is_empty() {
            name.clone()
        } else {
            format!("{at}/{name}")
        };
        let known = match dir.entry(&name)? {
            Some(Entry::File) => previous.lists_file(&path),
            Some(Entry::Folder) => {
                previous.lists_folder(&path)
                    && match dir.open(&name)? {
                        Some(inner) => !has_foreign(&inner, &path, previous)?,
                        None => true,
                    }
            }
            Some(Entry::Other(_)) => false,
            None => true,
        };
        if !known {
            return Ok(true);
        }
    }
    Ok(false)
}
