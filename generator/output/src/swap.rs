//! Puts a new crate in the place of the old one.
//!
//! A folder that holds nothing but what runs have made is exchanged as a whole in one system call,
//! so that at every moment it is entirely old or entirely new: no reader ever sees a mixture, and
//! `Cargo.toml`, without which cargo would refuse the whole workspace, is never missing.
//!
//! A folder that also holds other people's files (`.git`, `target`, a module written by hand) is
//! changed in place, file by file, under a journal. Exchanging it would mean to copy or move those
//! files while their owners use them: a commit made in between would be lost, and a kill in between
//! would leave a repository outside of its folder. In place they are not touched at all. The price
//! is that a kill in the middle shows a mixture until the next run takes it back.
//!
//! The journal also serves where the file system cannot exchange.

use std::collections::BTreeMap;

use crate::content::Attributes;
use crate::dir::Dir;
use crate::error::{Error, ErrorKind, shown};
use crate::files::CrateFiles;
use crate::name::FilePath;
use crate::plan::Plan;
use crate::stage::{self, Staged, TREE};
use crate::survey::{Present, Survey};
use crate::{journal, tree};

/// Carries out `plan`. After an error the folder is as it was, unless the error says otherwise.
pub(crate) fn put_in_place(
    out: &Dir,
    files: &CrateFiles,
    survey: &Survey,
    plan: &Plan<'_>,
) -> Result<(), Error> {
    out.check_writable()?;
    if let Some(folder) = &survey.folder {
        // A folder that forbids changes is better found now than halfway.
        tree::each_folder(folder, survey.present.keys(), |dir, _| dir.check_writable())?;
    }
    let stage = stage::create(out, files.folder())?;
    let swapped = match &survey.folder {
        None => place(out, &stage, files, survey),
        Some(folder) if survey.foreign => change(&stage, folder, files, survey, plan),
        Some(folder) => exchange(out, &stage, folder, files, survey, plan),
    };
    match swapped {
        Ok(()) => stage::remove(out, files.folder())
            .map_err(|error| error.and_help("the new files are in place all the same")),
        Err(error) => {
            // With a journal in force the staging folder is needed; the next run sees to it.
            if matches!(stage.entry(stage::JOURNAL), Ok(None)) {
                let _ = stage::remove(out, files.folder());
            }
            Err(error)
        }
    }
}

/// Moves a folder to where there was none.
fn place(out: &Dir, stage: &Dir, files: &CrateFiles, survey: &Survey) -> Result<(), Error> {
    stage_files(stage, files, survey, |_| true)?;
    stage.rename(TREE, out, files.folder())?;
    out.sync()
}

/// Swaps the folder with its successor in one step, or file by file where that cannot be done.
fn exchange(
    out: &Dir,
    stage: &Dir,
    folder: &Dir,
    files: &CrateFiles,
    survey: &Survey,
    plan: &Plan<'_>,
) -> Result<(), Error> {
    let tree = stage_files(stage, files, survey, |_| true)?;
    let permissions: BTreeMap<String, Dir> = folders(folder, survey)?;
    tree::each_folder(&tree, survey.present.keys(), |dir, path| {
        permissions
            .get(path)
            .map_or(Ok(()), |old| dir.permit_like(old))
    })?;
    if !stage.exchange(TREE, out, files.folder())? {
        return journal::apply(stage, folder, plan);
    }
    if !stage.is(TREE, folder)? {
        stage.exchange(TREE, out, files.folder())?;
        return Err(Error::new(
            ErrorKind::InTheWay,
            format!(
                "`{}` was replaced while the run went on",
                shown(folder.path())
            ),
            "nothing was changed; run again",
        ));
    }
    out.sync()?;
    stage.sync()
}

/// Changes the folder in place.
fn change(
    stage: &Dir,
    folder: &Dir,
    files: &CrateFiles,
    survey: &Survey,
    plan: &Plan<'_>,
) -> Result<(), Error> {
    let changed = |path: &FilePath| plan.changes.iter().any(|change| change.path == path);
    stage_files(stage, files, survey, changed)?;
    journal::apply(stage, folder, plan)
}

/// Stages the files that `which` chooses. A file whose text stays keeps its time, so that nothing
/// is built again because of it; every file that was there keeps its permissions.
fn stage_files(
    stage: &Dir,
    files: &CrateFiles,
    survey: &Survey,
    which: impl Fn(&FilePath) -> bool,
) -> Result<Dir, Error> {
    let manifest = (FilePath::manifest(), files.manifest().text());
    let all = files.iter().chain([(&manifest.0, manifest.1.as_str())]);
    let staged: Vec<Staged<'_>> = all
        .filter(|(path, _)| which(path))
        .map(|(path, text)| Staged {
            path,
            text,
            attributes: attributes(survey, path, text),
        })
        .collect();
    stage::write_tree(stage, &manifest.1, &staged)
}

fn attributes(survey: &Survey, path: &FilePath, text: &str) -> Option<Attributes> {
    let Some(Present::File(content)) = survey.present.get(path) else {
        return None;
    };
    let same = content.bytes == text.as_bytes();
    let modified = content.attributes.modified.filter(|_| same);
    Some(Attributes {
        mode: content.attributes.mode,
        modified,
    })
}

fn folders(folder: &Dir, survey: &Survey) -> Result<BTreeMap<String, Dir>, Error> {
    let mut found = BTreeMap::new();
    tree::each_folder(folder, survey.present.keys(), |dir, path| {
        found.insert(path.to_owned(), dir.reopen()?);
        Ok(())
    })?;
    Ok(found)
}
