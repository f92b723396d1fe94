//! What tells one version of a file from another without reading it.

use std::fs::{self, Metadata};
use std::io;
use std::path::Path;
use std::time::{Duration, SystemTime, UNIX_EPOCH};

/// How long after a change another one can look the same: file systems keep times in steps, of two
/// seconds at most (FAT).
const STEP: Duration = Duration::from_secs(2);

/// What the file system says of a version of a file.
#[derive(Clone, Debug)]
pub(super) struct Version {
    /// In bytes.
    pub(super) size: u64,
    /// The size, when its bytes were changed, and on Unix when anything of it was changed, which no
    /// tool sets back, and the number of the file. The device is not in it: its number is another one
    /// whenever a disk is mounted.
    text: String,
    /// Whether a later change shows in the text.
    is_settled: bool,
}

/// Whether it is settled is a matter of when somebody looked, and not of the file.
impl PartialEq for Version {
    fn eq(&self, other: &Self) -> bool {
        self.size == other.size && self.text == other.text
    }
}

impl Version {
    pub(super) fn of(path: &Path) -> io::Result<Self> {
        let metadata = fs::metadata(path)?;
        if !metadata.is_file() {
            return Err(io::Error::other("it is no file"));
        }
        let modified = metadata.modified()?;
        let (text, changed) = system(&metadata, modified);
        let age = changed.and_then(|changed| SystemTime::now().duration_since(changed).ok());
        Ok(Self {
            size: metadata.len(),
            text: format!("{}:{}{text}", metadata.len(), nanoseconds(modified)),
            is_settled: age.is_some_and(|age| age > STEP),
        })
    }

    /// What the journal keeps of it; `None` if it was changed a moment before, so that another change
    /// could look the same.
    pub(super) fn fingerprint(&self) -> Option<String> {
        self.is_settled.then(|| self.text.clone())
    }

    pub(super) fn text(&self) -> &str {
        &self.text
    }
}

/// In nanoseconds since 1970; negative before.
fn nanoseconds(time: SystemTime) -> i128 {
    let nanoseconds = |time: Duration| i128::try_from(time.as_nanos()).unwrap_or(i128::MAX);
    match time.duration_since(UNIX_EPOCH) {
        Ok(since) => nanoseconds(since),
        Err(before) => -nanoseconds(before.duration()),
    }
}

/// More that tells versions apart, and when the file was changed.
#[cfg(unix)]
fn system(metadata: &Metadata, _modified: SystemTime) -> (String, Option<SystemTime>) {
    use std::os::unix::fs::MetadataExt as _;
    let (seconds, nanos) = (metadata.ctime(), metadata.ctime_nsec());
    let text = format!(":{seconds}.{nanos:09}:{}", metadata.ino());
    let since = u64::try_from(seconds).ok().map(Duration::from_secs);
    (text, since.and_then(|since| UNIX_EPOCH.checked_add(since)))
}

#[cfg(not(unix))]
fn system(_: &Metadata, modified: SystemTime) -> (String, Option<SystemTime>) {
    (String::new(), Some(modified))
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
        file.set_modified(UNIX_EPOCH + Duration::from_nanos(1))
            .unwrap();
        assert_ne!(Version::of(&path).unwrap(), one);
        file.set_modified(UNIX_EPOCH - Duration::from_secs(1))
            .unwrap();
        let text = Version::of(&path).unwrap().text().to_owned();
        assert!(text.starts_with("3:-1000000000"), "{text}");
    }

    /// The upload of a file that was made a moment before takes longer than that moment.
    #[test]
    fn a_file_that_settles_is_the_same_version() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("a.jpg");
        fs::write(&path, "one").unwrap();
        let before = Version::of(&path).unwrap();
        let after = Version {
            is_settled: !before.is_settled,
            ..before.clone()
        };
        assert_eq!(before, after);
    }

    /// `touch -r`, rsync and tools that edit tags set the time of the last change back.
    #[cfg(unix)]
    #[test]
    fn a_time_that_is_set_back_does_not_hide_a_change() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("a.jpg");
        fs::write(&path, "one").unwrap();
        let time = fs::metadata(&path).unwrap().modified().unwrap();
        let one = Version::of(&path).unwrap();
        assert_eq!(one.fingerprint(), None, "it was changed just now");
        std::thread::sleep(Duration::from_millis(50));
        fs::write(&path, "two").unwrap();
        let file = fs::File::options().write(true).open(&path).unwrap();
        file.set_modified(time).unwrap();
        assert_ne!(Version::of(&path).unwrap().text(), one.text());
    }
}
