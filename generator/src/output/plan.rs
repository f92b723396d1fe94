//! What has to change in a crate's folder, and what stands against it.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use super::difference::{Difference, DifferenceKind};
use super::disk;
use super::manifest::{self, Manifest};
use super::{Crate, Error, Options, Written};

/// One file that is not as it should be.
#[derive(Debug)]
struct Change {
    /// Relative to the crate's folder.
    path: String,
    kind: DifferenceKind,
    before: Option<Vec<u8>>,
    /// `None` for a file to be removed, or to be left alone.
    after: Option<String>,
}

/// All changes of a run, in the order of their paths, the manifest last.
#[derive(Debug)]
pub(super) struct Plan {
    folder: PathBuf,
    name: String,
    changes: Vec<Change>,
}

impl Plan {
    /// Compares what is there with what is wanted.
    pub(super) fn new(out: &Path, files: &Crate, options: Options) -> Result<Self, Error> {
        let mut plan = Self {
            folder: out.join(&files.folder),
            name: files.folder.clone(),
            changes: Vec::new(),
        };
        let previous = plan.previous(options)?;
        let digest = |path: &str| previous.as_ref()?.files.get(path);
        let mut paths: BTreeSet<&String> = files.files.keys().collect();
        paths.extend(previous.iter().flat_map(|previous| previous.files.keys()));
        for path in &paths {
            plan.add(path, digest(path), files.files.get(*path))?;
        }
        plan.add_strangers("src", &paths)?;
        plan.add_manifest(files.manifest().text())?;
        Ok(plan)
    }

    /// The manifest of the last run. One that cannot be read is none, if the caller insists.
    fn previous(&self, options: Options) -> Result<Option<Manifest>, Error> {
        let path = self.folder.join(manifest::NAME);
        if self.is_blocked(manifest::NAME)? {
            return Ok(None);
        }
        match disk::read(&path)?.as_deref().map(Manifest::parse) {
            None => Ok(None),
            Some(Ok(manifest)) => Ok(Some(manifest)),
            Some(Err(_)) if options.force => Ok(None),
            Some(Err(fault)) => Err(Error::new(
                format!("{} is not a manifest: {fault}", disk::shown(&path)),
                "restore it from version control, or overwrite the whole crate (`--force`)",
            )),
        }
    }

    fn add(
        &mut self,
        path: &str,
        digest: Option<&String>,
        wanted: Option<&String>,
    ) -> Result<(), Error> {
        let mut change = Change {
            path: path.to_owned(),
            kind: DifferenceKind::InTheWay,
            before: None,
            after: wanted.cloned(),
        };
        if !self.is_blocked(path)? {
            change.before = disk::read(&self.folder.join(path))?;
            change.kind = match (&change.before, wanted) {
                (None, None) => return Ok(()),
                (None, Some(_)) => DifferenceKind::Missing,
                (Some(before), Some(wanted)) if before == wanted.as_bytes() => return Ok(()),
                (Some(before), _) => match digest {
                    None => DifferenceKind::NotGenerated,
                    Some(digest) if *digest != crate::sha256(before) => DifferenceKind::Edited,
                    Some(_) if wanted.is_none() => DifferenceKind::Stale,
                    Some(_) => DifferenceKind::Changed,
                },
            };
        }
        self.changes.push(change);
        Ok(())
    }

    fn add_manifest(&mut self, text: String) -> Result<(), Error> {
        let mut change = Change {
            path: manifest::NAME.to_owned(),
            kind: DifferenceKind::InTheWay,
            before: None,
            after: Some(text),
        };
        if !self.is_blocked(manifest::NAME)? {
            change.before = disk::read(&self.folder.join(manifest::NAME))?;
            change.kind = DifferenceKind::Changed;
        }
        if change.before.as_deref() != change.after.as_deref().map(str::as_bytes) {
            self.changes.push(change);
        }
        Ok(())
    }

    /// Whether something that is no regular file is at `path`, or something that is no folder on
    /// the way to it, the crate's folder included.
    fn is_blocked(&self, path: &str) -> Result<bool, Error> {
        let parts: Vec<&str> = path.split('/').collect();
        let mut at = self.folder.clone();
        for (index, part) in std::iter::once(&"").chain(&parts).enumerate() {
            if index > 0 {
                at.push(part);
            }
            match disk::metadata(&at)? {
                None => return Ok(false),
                Some(found) if index == parts.len() => return Ok(!found.is_file()),
                Some(found) if !found.is_dir() => return Ok(true),
                Some(_) => {}
            }
        }
        Ok(false)
    }

    /// Files below `src` that no run has made: cargo may take them for a part of the crate.
    fn add_strangers(&mut self, at: &str, known: &BTreeSet<&String>) -> Result<(), Error> {
        if self.is_blocked(&format!("{at}/x"))? {
            return Ok(());
        }
        for name in disk::names(&self.folder.join(at))? {
            let path = format!("{at}/{name}");
            let is_folder =
                disk::metadata(&self.folder.join(&path))?.is_some_and(|metadata| metadata.is_dir());
            if is_folder {
                self.add_strangers(&path, known)?;
            } else if !known.contains(&path) && !disk::is_draft(&name) {
                self.changes.push(Change {
                    path,
                    kind: DifferenceKind::NotGenerated,
                    before: None,
                    after: None,
                });
            }
        }
        Ok(())
    }

    /// The changes for people. The manifest changes with every file, and says nothing that their
    /// own differences don't.
    pub(super) fn differences(&self) -> Vec<Difference> {
        let is_only = self.changes.len() == 1;
        let changes = self
            .changes
            .iter()
            .filter(|change| is_only || change.path != manifest::NAME);
        changes
            .map(|change| {
                Difference::new(
                    format!("{}/{}", self.name, change.path),
                    change.kind,
                    change.before.as_deref(),
                    change.after.as_deref(),
                )
            })
            .collect()
    }

    /// An error where the plan would cost somebody their work, or cannot be carried out.
    pub(super) fn permit(&self, options: Options) -> Result<(), Error> {
        let refused: Vec<String> = self
            .changes
            .iter()
            .filter(|change| match change.kind {
                DifferenceKind::InTheWay => true,
                DifferenceKind::NotGenerated if change.after.is_none() => true,
                DifferenceKind::Edited | DifferenceKind::NotGenerated => !options.force,
                _ => false,
            })
            .map(|change| format!("\n  {}: {}", change.path, change.kind))
            .collect();
        if refused.is_empty() {
            return Ok(());
        }
        Err(Error::new(
            format!(
                "{} holds other people's work:{}",
                disk::shown(&self.folder),
                refused.concat()
            ),
            "nothing was written; put an edit into the generator or the overrides and restore the \
             file, or overwrite it (`--force`); move away what was not generated",
        ))
    }

    /// Writes all drafts, puts them in place, removes what is stale.
    pub(super) fn carry_out(&self) -> Result<Written, Error> {
        let mut written = Written::default();
        for change in &self.changes {
            let drafted = match &change.after {
                Some(text) => disk::write_draft(&self.folder.join(&change.path), text),
                None => Ok(()),
            };
            if let Err(error) = drafted {
                self.drop_drafts();
                return Err(error);
            }
        }
        for change in &self.changes {
            let path = self.folder.join(&change.path);
            if change.after.is_some() {
                disk::place_draft(&path).inspect_err(|_| self.drop_drafts())?;
            } else {
                disk::remove(&path)?;
                self.remove_empty_folders(&path);
            }
            let list = match (&change.before, &change.after) {
                _ if change.path == manifest::NAME => {
                    written.manifest = true;
                    continue;
                }
                (None, _) => &mut written.added,
                (Some(_), Some(_)) => &mut written.changed,
                (Some(_), None) => &mut written.removed,
            };
            list.push(change.path.clone());
        }
        Ok(written)
    }

    /// The way of an error: what cannot be removed either is left to the next run.
    fn drop_drafts(&self) {
        for change in &self.changes {
            let path = self.folder.join(&change.path);
            let _ = disk::remove(&disk::draft(&path));
            self.remove_empty_folders(&path);
        }
    }

    fn remove_empty_folders(&self, path: &Path) {
        let inside = |folder: &&Path| folder.starts_with(&self.folder);
        for folder in path.ancestors().skip(1).take_while(inside) {
            if std::fs::remove_dir(folder).is_err() {
                return;
            }
        }
    }
}
