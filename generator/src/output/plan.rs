//! What has to change in a crate's folder, and what stands against it.

use std::collections::{BTreeMap, BTreeSet};
use std::io;
use std::path::Path;
use std::sync::Arc;

use fs_err as fs;

use super::difference::{Difference, DifferenceKind};
use super::disk::{self, Found};
use super::manifest::{self, Manifest};
use super::{Crate, Error};

/// Compares what is there with what is wanted: all differences in the order of their paths, the
/// manifest last.
pub(super) fn make(out: &Path, files: &Crate, force: bool) -> Result<Vec<Difference>, Error> {
    let made = made_before(out, files.folder(), force)?;
    let wanted = files.with_manifest();
    let paths: BTreeSet<&String> = made.keys().chain(wanted.keys()).collect();
    let mut plan = Vec::new();
    for path in &paths {
        plan.extend(difference(out, path, made.get(*path), wanted.get(*path))?);
    }
    let sources = format!("{}/src", files.folder());
    if matches!(disk::look(out, &sources)?, Found::Folder) {
        add_strays(out, &sources, &paths, &mut plan)?;
    }
    plan.sort_by_cached_key(|change| (change.is_of_manifest(), change.path.clone()));
    Ok(plan)
}

/// The digest of each file that the last run has made. A manifest that cannot be read is none, if
/// the caller insists.
fn made_before(out: &Path, folder: &str, force: bool) -> Result<BTreeMap<String, String>, Error> {
    let path = format!("{folder}/{}", manifest::NAME);
    let Found::File(bytes) = disk::look(out, &path)? else {
        return Ok(BTreeMap::new());
    };
    let files = match Manifest::parse(&bytes) {
        Ok(manifest) => manifest.files,
        Err(_) if force => BTreeMap::new(),
        Err(fault) => {
            return Err(Error::new(
                format!(
                    "{} is not a manifest: {fault}",
                    disk::shown(&out.join(path))
                ),
                "restore it from version control, or overwrite the whole crate (`--force`)",
            ));
        }
    };
    let inside = |(path, digest)| (format!("{folder}/{path}"), digest);
    let mut made: BTreeMap<String, String> = files.into_iter().map(inside).collect();
    // The manifest is ours, whatever it says.
    made.insert(path, crate::sha256(&bytes));
    Ok(made)
}

fn difference(
    out: &Path,
    path: &str,
    made: Option<&String>,
    wanted: Option<&Arc<str>>,
) -> io::Result<Option<Difference>> {
    let (kind, before) = match (disk::look(out, path)?, wanted) {
        (Found::Folder | Found::Other, _) => (DifferenceKind::InTheWay, None),
        (Found::Nothing, None) => return Ok(None),
        (Found::Nothing, Some(_)) => (DifferenceKind::Missing, None),
        (Found::File(bytes), Some(wanted)) if bytes == wanted.as_bytes() => return Ok(None),
        (Found::File(bytes), wanted) => {
            let kind = match made {
                None => DifferenceKind::NotGenerated,
                Some(made) if *made != crate::sha256(&bytes) => DifferenceKind::Edited,
                Some(_) if wanted.is_none() => DifferenceKind::Stale,
                Some(_) => DifferenceKind::Changed,
            };
            (kind, Some(bytes))
        }
    };
    Ok(Some(Difference {
        path: path.to_owned(),
        kind,
        before,
        after: wanted.cloned(),
    }))
}

/// Files in a folder that no run has made: cargo may take them for a part of the crate.
fn add_strays(
    out: &Path,
    folder: &str,
    known: &BTreeSet<&String>,
    plan: &mut Vec<Difference>,
) -> io::Result<()> {
    for entry in fs::read_dir(out.join(folder))? {
        let entry = entry?;
        let path = format!("{folder}/{}", entry.file_name().to_string_lossy());
        if entry.file_type()?.is_dir() {
            add_strays(out, &path, known, plan)?;
        } else if !known.contains(&path) {
            plan.push(Difference {
                path,
                kind: DifferenceKind::NotGenerated,
                before: None,
                after: None,
            });
        }
    }
    Ok(())
}

/// An error where the plan would cost somebody their work, or cannot be carried out.
pub(super) fn permit(out: &Path, plan: &[Difference], force: bool) -> Result<(), Error> {
    let mut refused = String::new();
    for change in plan.iter().filter(|change| change.is_refused(force)) {
        refused.push_str(&format!("\n  {}", change.line()));
    }
    if refused.is_empty() {
        return Ok(());
    }
    Err(Error::new(
        format!("{} holds other people's work:{refused}", disk::shown(out)),
        "nothing was written; put an edit into the generator or the overrides and restore the file, \
         or overwrite it (`--force`); move away what was not generated",
    ))
}
