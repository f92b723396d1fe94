//! What tells one version of a file from another.

use std::fs;
use std::io;
use std::path::Path;
use std::time::UNIX_EPOCH;

/// What tells one version of a file from another: its length and when it was changed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Version {
    /// In bytes.
    pub(super) size: u64,
    /// In nanoseconds since 1970; negative before.
    modified: i128,
}

impl Version {
    pub(super) fn of(path: &Path) -> io::Result<Self> {
        let metadata = fs::metadata(path)?;
        if !metadata.is_file() {
            return Err(io::Error::other("it is no file"));
        }
        let nanoseconds =
            |time: std::time::Duration| i128::try_from(time.as_nanos()).unwrap_or(i128::MAX);
        let modified = match metadata.modified()?.duration_since(UNIX_EPOCH) {
            Ok(since) => nanoseconds(since),
            Err(before) => -nanoseconds(before.duration()),
        };
        Ok(Self {
            size: metadata.len(),
            modified,
        })
    }

    /// As the journal keeps it.
    pub(super) fn text(&self) -> String {
        format!("{}:{}", self.size, self.modified)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_that_changes_is_another_version() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("a.jpg");
        fs::write(&path, "one").unwrap();
        let one = Version::of(&path).unwrap();
        assert_eq!(Version::of(&path).unwrap(), one);
        let file = fs::File::options().write(true).open(&path).unwrap();
        file.set_modified(UNIX_EPOCH + std::time::Duration::from_nanos(1))
            .unwrap();
        assert_ne!(Version::of(&path).unwrap(), one);
        file.set_modified(UNIX_EPOCH - std::time::Duration::from_secs(1))
            .unwrap();
        assert_eq!(Version::of(&path).unwrap().text(), "3:-1000000000");
    }
}
