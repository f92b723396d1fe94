//! Files and folders on disk: read whole, replaced by rename, never through a link.

use std::io;
use std::path::{Path, PathBuf};

use fs_err as fs;

use super::Error;
use crate::text::printable;

/// Refuses an output folder that is more likely a mistake than a wish.
pub(super) fn check_out(out: &Path, follow_symlinks: bool) -> Result<(), Error> {
    let refuse = |path, what: &str, help| Err(Error::new(format!("{} {what}", shown(path)), help));
    for path in out.ancestors() {
        match unless_absent(fs::symlink_metadata(path))? {
            Some(found) if found.is_symlink() && !follow_symlinks => {
                let what = format!("is a symbolic link to {}", shown(&fs::read_link(path)?));
                let help =
                    "name the folder that it leads to, or allow links with `--follow-symlinks`";
                return refuse(path, &what, help);
            }
            Some(found) if found.is_file() => {
                return refuse(path, "is a file, or leads through one", "name a folder");
            }
            _ => {}
        }
    }
    if fs::canonicalize(out).is_ok_and(|out| out.parent().is_none()) {
        let help = "choose a folder for crates";
        return refuse(out, "is the root of the file system", help);
    }
    if unless_absent(fs::symlink_metadata(out.join(".git")))?.is_some() {
        let help = "choose a folder in it for crates, such as `generated`";
        return refuse(out, "is the root of a git repository", help);
    }
    Ok(())
}

/// What is at a path.
pub(super) enum Found {
    Nothing,
    /// A regular file, with its bytes.
    File(Vec<u8>),
    Folder,
    /// A link, a pipe or a device, or something that is no folder on the way.
    Other,
}

/// What is at the `/`-separated `path` in the output folder; no link is followed on the way.
pub(super) fn look(out: &Path, path: &str) -> io::Result<Found> {
    let mut at = out.to_owned();
    let mut parts = path.split('/').peekable();
    while let Some(part) = parts.next() {
        at.push(part);
        let is_last = parts.peek().is_none();
        match unless_absent(fs::symlink_metadata(&at))? {
            None => return Ok(Found::Nothing),
            Some(found) if found.is_dir() => {}
            Some(found) if found.is_file() && is_last => {
                let bytes = unless_absent(fs::read(&at))?;
                return Ok(bytes.map_or(Found::Nothing, Found::File));
            }
            Some(_) => return Ok(Found::Other),
        }
    }
    Ok(Found::Folder)
}

/// `None` where there is nothing.
pub(super) fn unless_absent<T>(result: io::Result<T>) -> io::Result<Option<T>> {
    use io::ErrorKind::{NotADirectory, NotFound};
    match result {
        Ok(found) => Ok(Some(found)),
        Err(error) if matches!(error.kind(), NotFound | NotADirectory) => Ok(None),
        Err(error) => Err(error),
    }
}

/// Gives files their new texts, or removes those that get none, in this order.
///
/// All texts are written into a folder beside `place` first, so that a full disk is noticed before
/// anything has changed, and runs at the same time do not disturb each other.
pub(super) fn replace(place: &Path, changes: &[(PathBuf, Option<&str>)]) -> io::Result<()> {
    let name = place.file_name().unwrap_or_default().to_string_lossy();
    let drafts = place.with_file_name(format!(".{name}.{}.new", std::process::id()));
    // A run that was killed may have left one.
    let _ = fs::remove_dir_all(&drafts);
    let done = replace_through(&drafts, changes);
    let _ = fs::remove_dir_all(&drafts);
    done
}

fn replace_through(drafts: &Path, changes: &[(PathBuf, Option<&str>)]) -> io::Result<()> {
    fs::create_dir_all(drafts.parent().unwrap_or(drafts))?;
    // Fails where something is, so that nobody has planted a link in it.
    fs::create_dir(drafts)?;
    let draft = |number: usize| drafts.join(number.to_string());
    for (number, (path, text)) in changes.iter().enumerate() {
        let Some(text) = text else { continue };
        fs::create_dir_all(path.parent().unwrap_or(path))?;
        fs::write(draft(number), text)?;
        if let Some(found) = unless_absent(fs::metadata(path))? {
            fs::set_permissions(draft(number), found.permissions())?;
        }
    }
    for (number, (path, text)) in changes.iter().enumerate() {
        match text {
            Some(_) => fs::rename(draft(number), path)?,
            None => remove(path)?,
        }
    }
    Ok(())
}

/// Removes a file, if it is there, and the folders that are empty without it.
fn remove(path: &Path) -> io::Result<()> {
    unless_absent(fs::remove_file(path))?;
    for folder in path.ancestors().skip(1) {
        if fs::remove_dir(folder).is_err() {
            break;
        }
    }
    Ok(())
}

/// Writes a file of the user, whole, and says whether there was anything to do. A file that is there
/// keeps its permissions. A link is followed: the user has named it.
///
/// # Errors
///
/// The file cannot be read, made or replaced.
pub fn write_file(path: &Path, text: &str) -> Result<bool, Error> {
    let place = unless_absent(fs::canonicalize(path))?.unwrap_or_else(|| path.to_owned());
    let before = unless_absent(fs::read(&place))?;
    let is_changed = before.as_deref() != Some(text.as_bytes());
    if is_changed {
        replace(&place, &[(place.clone(), Some(text))])?;
    }
    Ok(is_changed)
}

/// A path as a message shows it.
pub(super) fn shown(path: &Path) -> String {
    format!("`{}`", printable(&path.to_string_lossy(), usize::MAX))
}
