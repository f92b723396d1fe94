//! What there is in folders, one thing after the other: nothing is held but the names of the folders
//! on the way.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use walkdir::{DirEntry, WalkDir};

use super::{left_out, media};

/// Something that is there.
pub(super) enum Found {
    /// A photo or a video.
    File { path: PathBuf, kind: String },
    /// A file, a link, or a folder with all that is in it, that is left out.
    Skipped { path: PathBuf, reason: String },
    /// A file that can't be read.
    Unreadable { path: PathBuf, error: io::Error },
    /// A path that is not there, or a folder of which not all can be read.
    Hole { path: PathBuf, error: String },
}

/// What there is at some paths, in the order of the names in each folder.
pub(super) fn walk(paths: Vec<PathBuf>, follow: bool) -> impl Iterator<Item = Found> {
    paths.into_iter().flat_map(move |path| Walk {
        entries: WalkDir::new(&path)
            .follow_links(follow)
            .sort_by_file_name()
            .into_iter(),
        path,
    })
}

struct Walk {
    path: PathBuf,
    entries: walkdir::IntoIter,
}

impl Iterator for Walk {
    type Item = Found;

    fn next(&mut self) -> Option<Found> {
        loop {
            let found = match self.entries.next()? {
                Ok(entry) => self.look(entry),
                Err(error) => Some(self.problem(&error)),
            };
            if found.is_some() {
                return found;
            }
        }
    }
}

impl Walk {
    /// What an entry is; `None` for a folder, whose content comes next.
    fn look(&mut self, entry: DirEntry) -> Option<Found> {
        let name = entry.file_name().to_string_lossy();
        // A path that the user gave may be a link, and a hidden folder such as `.`.
        let is_given = entry.depth() == 0;
        let kind = if is_given {
            match fs::metadata(entry.path()) {
                Ok(metadata) => metadata.file_type(),
                Err(error) => {
                    return Some(Found::Hole {
                        path: entry.into_path(),
                        error: error.to_string(),
                    });
                }
            }
        } else {
            entry.file_type()
        };
        let reason = if kind.is_dir() {
            let reason = if is_given {
                None
            } else {
                left_out::folder(&name)
            };
            reason?;
            self.entries.skip_current_dir();
            reason
        } else if kind.is_symlink() {
            Some("a link; --links follow takes what it leads to")
        } else if kind.is_file() {
            left_out::file(&name)
        } else {
            Some("no regular file")
        };
        let path = entry.into_path();
        Some(match reason {
            Some(reason) => Found::Skipped {
                path,
                reason: reason.to_owned(),
            },
            None => file(path),
        })
    }

    fn problem(&self, error: &walkdir::Error) -> Found {
        let path = error.path().unwrap_or(&self.path).to_owned();
        if let Some(ancestor) = error.loop_ancestor() {
            return Found::Skipped {
                path,
                reason: format!("a link back to {}", ancestor.display()),
            };
        }
        let is_link = |path: &Path| {
            path.symlink_metadata()
                .is_ok_and(|found| found.is_symlink())
        };
        if error.depth() > 0 && is_link(&path) && !path.exists() {
            return Found::Skipped {
                path,
                reason: "a link that leads nowhere".to_owned(),
            };
        }
        let error = error
            .io_error()
            .map_or_else(|| error.to_string(), ToString::to_string);
        Found::Hole { path, error }
    }
}

fn file(path: PathBuf) -> Found {
    match media::kind(&path) {
        Ok(Ok(kind)) => Found::File { path, kind },
        Ok(Err(other)) => Found::Skipped {
            path,
            reason: format!("no photo or video: {other}"),
        },
        Err(error) => Found::Unreadable { path, error },
    }
}
