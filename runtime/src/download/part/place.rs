//! Moving a complete file to its place.

use std::fs::{self, OpenOptions};
use std::io;
use std::path::Path;

/// Moves a file to where nothing is. `link` gives it a second name, where the disk has that.
pub(super) fn move_to_new(
    path: &Path,
    target: &Path,
    link: impl FnOnce(&Path, &Path) -> io::Result<()>,
) -> io::Result<()> {
    match link(path, target) {
        Ok(()) => fs::remove_file(path),
        Err(error) if error.kind() == io::ErrorKind::AlreadyExists => Err(error),
        // Not every file system has links: an empty file takes the place first.
        Err(_) => {
            OpenOptions::new()
                .write(true)
                .create_new(true)
                .open(target)?;
            fs::rename(path, target).inspect_err(|_| {
                let _ = fs::remove_file(target);
            })
        }
    }
}

/// Writes the entry of a file in its folder to the disk, where systems have that.
pub(super) fn sync_folder(target: &Path) -> io::Result<()> {
    if cfg!(unix) {
        let folder = target
            .parent()
            .filter(|folder| !folder.as_os_str().is_empty());
        fs::File::open(folder.unwrap_or(Path::new(".")))?.sync_all()?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    /// FAT and exFAT, the file systems of cards and sticks, have no hard links: Linux says `EPERM`
    /// (link(2)).
    fn no_links(_: &Path, _: &Path) -> io::Result<()> {
        Err(io::ErrorKind::PermissionDenied.into())
    }

    #[test]
    fn file_is_moved_without_hard_links() {
        let folder = tempfile::tempdir().unwrap();
        let (part, target) = (folder.path().join("part"), folder.path().join("lake.jpg"));
        fs::write(&part, "new").unwrap();
        move_to_new(&part, &target, no_links).unwrap();
        assert_eq!(fs::read(&target).unwrap(), b"new");
        assert!(!part.exists());
    }

    #[test]
    fn existing_file_is_kept_without_hard_links() {
        let folder = tempfile::tempdir().unwrap();
        let (part, target) = (folder.path().join("part"), folder.path().join("lake.jpg"));
        fs::write(&part, "new").unwrap();
        fs::write(&target, "old").unwrap();
        let error = move_to_new(&part, &target, no_links).unwrap_err();
        assert_eq!(error.kind(), io::ErrorKind::AlreadyExists);
        assert_eq!(fs::read(&target).unwrap(), b"old");
        assert!(part.exists());
    }

    #[test]
    fn failed_move_leaves_no_empty_file() {
        let folder = tempfile::tempdir().unwrap();
        let (part, target) = (folder.path().join("gone"), folder.path().join("lake.jpg"));
        assert!(move_to_new(&part, &target, no_links).is_err());
        assert!(!target.exists());
    }
}
