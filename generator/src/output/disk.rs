//! Files and folders on disk, with `std` alone: read whole, replaced by rename, never through a link.

use std::fs::{self, Metadata, OpenOptions};
use std::io::{self, Write as _};
use std::path::{Component, Path, PathBuf};

use super::{Error, Options, printable};

/// Refuses an output folder that is more likely a mistake than a wish.
pub(super) fn check_out(out: &Path, options: Options) -> Result<(), Error> {
    let refuse = |why: &str, help: &str| Err(Error::new(format!("{} {why}", shown(out)), help));
    let mut way = PathBuf::new();
    let mut depth = 0_usize;
    for component in out.components() {
        way.push(component);
        depth = match component {
            Component::Normal(_) => depth + 1,
            Component::ParentDir => depth.saturating_sub(1),
            _ => depth,
        };
        match metadata(&way)? {
            Some(metadata) if metadata.is_symlink() && !options.follow_symlinks => {
                let target = fs::read_link(&way).unwrap_or_default();
                let link = format!("{} is a symbolic link to {}", shown(&way), shown(&target));
                return Err(Error::new(
                    link,
                    "name the folder that it leads to, or allow links with `--follow-symlinks`",
                ));
            }
            Some(metadata) if metadata.is_file() => {
                return refuse("is a file, or leads through one", "name a folder");
            }
            _ => {}
        }
    }
    if out.is_absolute() && depth == 0 {
        return refuse(
            "is the root of the file system",
            "choose a folder for crates",
        );
    }
    if metadata(&out.join(".git"))?.is_some() {
        return refuse(
            "is the root of a git repository",
            "choose a folder in it for crates, such as `generated`",
        );
    }
    Ok(())
}

/// What is at a path itself: a link is not followed. `None` where there is nothing.
pub(super) fn metadata(path: &Path) -> Result<Option<Metadata>, Error> {
    // The metadata of the empty path, the current folder, cannot be asked for.
    let path = if path == Path::new("") {
        Path::new(".")
    } else {
        path
    };
    match fs::symlink_metadata(path) {
        Ok(metadata) => Ok(Some(metadata)),
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(None),
        Err(error) if error.kind() == io::ErrorKind::NotADirectory => Ok(None),
        Err(error) => Err(failed("read", path, &error)),
    }
}

/// Reads a regular file; `None` where there is nothing, or something else.
pub(super) fn read(path: &Path) -> Result<Option<Vec<u8>>, Error> {
    match metadata(path)? {
        Some(metadata) if metadata.is_file() => fs::read(path)
            .map(Some)
            .map_err(|error| failed("read", path, &error)),
        _ => Ok(None),
    }
}

/// The names in a folder, sorted; none where there is no folder.
pub(super) fn names(folder: &Path) -> Result<Vec<String>, Error> {
    if !metadata(folder)?.is_some_and(|metadata| metadata.is_dir() || metadata.is_symlink()) {
        return Ok(Vec::new());
    }
    let read = |error| failed("read", folder, &error);
    let mut names = Vec::new();
    for entry in fs::read_dir(folder).map_err(read)? {
        names.push(
            entry
                .map_err(read)?
                .file_name()
                .to_string_lossy()
                .into_owned(),
        );
    }
    names.sort();
    Ok(names)
}

/// Where the new text of a file waits for its place.
pub(super) fn draft(path: &Path) -> PathBuf {
    let name = path.file_name().unwrap_or_default().to_string_lossy();
    path.with_file_name(format!(".{name}.new"))
}

/// Whether a name in a folder is that of a draft.
pub(super) fn is_draft(name: &str) -> bool {
    name.strip_prefix('.')
        .is_some_and(|name| name.strip_suffix(".new").is_some())
}

/// Writes a draft, and makes the folders that lead to it.
pub(super) fn write_draft(path: &Path, text: &str) -> Result<(), Error> {
    let draft = draft(path);
    if let Some(folder) = path.parent() {
        fs::create_dir_all(folder).map_err(|error| failed("make", folder, &error))?;
    }
    // A run that was killed may have left one; a link that stands there is removed, not followed.
    remove(&draft)?;
    let written = OpenOptions::new()
        .write(true)
        .create_new(true)
        .open(&draft)
        .and_then(|mut file| file.write_all(text.as_bytes()));
    written.map_err(|error| failed("write", &draft, &error))
}

/// Puts a draft in its place.
pub(super) fn place_draft(path: &Path) -> Result<(), Error> {
    fs::rename(draft(path), path).map_err(|error| failed("replace", path, &error))
}

/// Removes a file, if it is there.
pub(super) fn remove(path: &Path) -> Result<(), Error> {
    match fs::remove_file(path) {
        Err(error) if error.kind() != io::ErrorKind::NotFound => {
            Err(failed("remove", path, &error))
        }
        _ => Ok(()),
    }
}

/// Replaces the text of a file of the user, whole, and keeps its permissions; says whether there
/// was anything to do. A link is followed: the user has named it.
///
/// # Errors
///
/// The file cannot be read or replaced.
pub fn rewrite(path: &Path, text: &str) -> Result<bool, Error> {
    let read = |error| failed("read", path, &error);
    let target = path.canonicalize().map_err(read)?;
    if fs::read(&target).map_err(read)? == text.as_bytes() {
        return Ok(false);
    }
    let permissions = fs::metadata(&target).map_err(read)?.permissions();
    write_draft(&target, text)
        .and_then(|()| {
            fs::set_permissions(draft(&target), permissions)
                .map_err(|error| failed("write", &target, &error))
        })
        .and_then(|()| place_draft(&target))
        .inspect_err(|_| {
            let _ = fs::remove_file(draft(&target));
        })?;
    Ok(true)
}

/// Writes a file of the user that may not be there yet, as [`rewrite`] does.
///
/// # Errors
///
/// The file cannot be read, made or replaced.
pub fn write_file(path: &Path, text: &str) -> Result<bool, Error> {
    if metadata(path)?.is_some() {
        return rewrite(path, text);
    }
    write_draft(path, text)?;
    place_draft(path).map(|()| true)
}

pub(super) fn failed(operation: &str, path: &Path, error: &io::Error) -> Error {
    let help = match error.kind() {
        io::ErrorKind::PermissionDenied | io::ErrorKind::ReadOnlyFilesystem => {
            "make it accessible to you, or choose another output folder"
        }
        io::ErrorKind::StorageFull | io::ErrorKind::QuotaExceeded | io::ErrorKind::FileTooLarge => {
            "make room, then run again"
        }
        _ => "solve this, then run again",
    };
    Error::new(format!("cannot {operation} {}: {error}", shown(path)), help)
}

pub(super) fn shown(path: &Path) -> String {
    format!("`{}`", printable(&path.to_string_lossy()))
}
