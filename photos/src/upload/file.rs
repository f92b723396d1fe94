//! A file that is to become an item.

use std::ffi::OsStr;
use std::fs;
use std::io::{self, Read as _};
use std::path::{Path, PathBuf};

use discovery_runtime::upload::guess_content_type;

use super::outcome::{Rejection, RejectionReason};
use super::version::Version;
use crate::limits;

/// How many of the first bytes are looked at.
const LOOKED_AT: usize = 16 * 1024;

/// A file that is to become an item.
#[derive(Clone, Debug)]
pub struct NewFile {
    pub(super) path: PathBuf,
    name: Option<String>,
    pub(super) description: Option<String>,
    pub(super) content_type: Option<String>,
}

impl NewFile {
    /// A file at a path. The item gets the name of the file.
    pub fn new(path: impl Into<PathBuf>) -> Self {
        Self {
            path: path.into(),
            name: None,
            description: None,
            content_type: None,
        }
    }

    /// Another name for the item, at most [255](limits::FILE_NAME) characters.
    #[must_use]
    pub fn name(mut self, name: impl Into<String>) -> Self {
        self.name = Some(name.into());
        self
    }

    /// Text that the user wrote about it, at most [1,000](limits::DESCRIPTION) characters.
    #[must_use]
    pub fn description(mut self, text: impl Into<String>) -> Self {
        self.description = Some(text.into());
        self
    }

    /// The type of the bytes, such as `image/jpeg`. Without it the type is
    /// [guessed](discovery_runtime::upload::guess_content_type) from the first bytes and the name of
    /// the file, and a file that is neither a photo nor a video by both of them is
    /// [rejected](super::RejectionReason::UnsupportedType) before its bytes go up.
    #[must_use]
    pub fn content_type(mut self, content_type: impl Into<String>) -> Self {
        self.content_type = Some(content_type.into());
        self
    }

    /// The name that the item is to have; bytes that are no text are replaced.
    pub(super) fn item_name(&self) -> String {
        let own = || {
            self.path
                .file_name()
                .unwrap_or_default()
                .to_string_lossy()
                .into_owned()
        };
        self.name.clone().unwrap_or_else(own)
    }

    /// Finds out what would make the service reject it, and with it whatever is in the same call. The
    /// file is not read.
    pub(super) fn check(&self) -> Result<Version, Rejection> {
        let too_long = |text: &str, limit: usize| {
            let length = text.chars().count();
            (length > limit).then(|| format!("{length} characters; up to {limit} are accepted"))
        };
        if let Some(message) = too_long(&self.item_name(), limits::FILE_NAME) {
            return Err(Rejection::new(RejectionReason::NameTooLong, message));
        }
        let description = self.description.as_deref().unwrap_or_default();
        if let Some(message) = too_long(description, limits::DESCRIPTION) {
            return Err(Rejection::new(RejectionReason::DescriptionTooLong, message));
        }
        let unreadable =
            |error: io::Error| Rejection::new(RejectionReason::Unreadable, error.to_string());
        let version = Version::of(&self.path).map_err(unreadable)?;
        match version.size {
            0 => Err(Rejection::new(
                RejectionReason::Empty,
                "the file has no bytes",
            )),
            size if size > limits::VIDEO => Err(too_large(size, limits::VIDEO)),
            _ => Ok(version),
        }
    }

    /// Its type as a photo or a video. `size` and the first of its bytes tell, unless the caller did.
    pub(super) fn media_type(&self, size: u64, start: &[u8]) -> Result<String, Rejection> {
        let kind = match &self.content_type {
            Some(kind) => kind.clone(),
            None => self.detect(start)?,
        };
        if size > limits::PHOTO && has_family(&kind, "image") {
            return Err(too_large(size, limits::PHOTO));
        }
        Ok(kind)
    }

    /// It is a photo or a video if its bytes or its name say so: bytes of which nothing is known are
    /// for the service to look at.
    fn detect(&self, start: &[u8]) -> Result<String, Rejection> {
        let start = start.get(..LOOKED_AT).unwrap_or(start);
        let name = self.path.file_name().map(OsStr::to_string_lossy);
        let told = guess_content_type(name.as_deref(), start);
        let is_media = |kind: &str| has_family(kind, "image") || has_family(kind, "video");
        if is_media(&told) {
            return Ok(told);
        }
        let named = guess_content_type(name.as_deref(), &[]);
        if is_media(&named) {
            return Ok(named);
        }
        let message = format!("{told} is neither a photo nor a video");
        Err(Rejection::new(RejectionReason::UnsupportedType, message))
    }

    /// Reads the first bytes, by which its type is known.
    pub(super) fn start(&self) -> io::Result<Vec<u8>> {
        let mut start = Vec::new();
        fs::File::open(&self.path)?
            .take(LOOKED_AT as u64)
            .read_to_end(&mut start)?;
        Ok(start)
    }

    /// Where the journal says that the file is: from its folder on if the file is in there, so that
    /// both can move, else from the root. Folders are named without links and `..`.
    pub(super) fn key(&self, journal: Option<&Path>, last: &mut LastFolder) -> String {
        let path = full(&self.path, last).unwrap_or_else(|_| self.path.clone());
        let inside = journal.and_then(|folder| path.strip_prefix(folder).ok());
        let path = inside.unwrap_or(&path);
        match path.to_str() {
            Some(text) if cfg!(windows) => text.replace('\\', "/"),
            Some(text) => text.to_owned(),
            // No path has a zero in it, so that this is no other path.
            None => path
                .as_os_str()
                .as_encoded_bytes()
                .iter()
                .fold("\0".to_owned(), |key, byte| format!("{key}{byte:02x}")),
        }
    }
}

/// A folder, and its path without links and `..`. Files come folder by folder, and to ask for each of them
/// takes several requests to a disk in the network.
#[derive(Default)]
pub(super) struct LastFolder(Option<(PathBuf, PathBuf)>);

impl LastFolder {
    fn canonicalize(&mut self, folder: &Path) -> io::Result<&Path> {
        let known = self.0.take().filter(|(known, _)| known == folder);
        let entry = match known {
            Some(entry) => entry,
            None => (folder.to_path_buf(), folder.canonicalize()?),
        };
        Ok(&self.0.insert(entry).1)
    }
}

/// The full path of a file, with its folder named without links and `..`.
fn full(path: &Path, last: &mut LastFolder) -> io::Result<PathBuf> {
    let path = std::path::absolute(path)?;
    match (path.parent(), path.file_name()) {
        (Some(folder), Some(name)) => Ok(last.canonicalize(folder)?.join(name)),
        _ => Ok(path),
    }
}

/// Whether a type such as `image/png` is one of a family such as `image`.
fn has_family(content_type: &str, family: &str) -> bool {
    let (own, _) = content_type.split_once('/').unwrap_or_default();
    own.eq_ignore_ascii_case(family)
}

fn too_large(size: u64, limit: u64) -> Rejection {
    let message = format!("{size} bytes; up to {limit} are accepted");
    Rejection::new(RejectionReason::TooLarge, message)
}

impl<T: AsRef<Path> + ?Sized> From<&T> for NewFile {
    fn from(path: &T) -> Self {
        Self::new(path.as_ref())
    }
}

impl From<PathBuf> for NewFile {
    fn from(path: PathBuf) -> Self {
        Self::new(path)
    }
}

impl From<String> for NewFile {
    fn from(path: String) -> Self {
        Self::new(path)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn reason(file: &NewFile) -> Option<RejectionReason> {
        let checked = file
            .check()
            .and_then(|version| file.media_type(version.size, &file.start().unwrap()));
        checked.err().map(|rejection| rejection.reason())
    }

    #[test]
    fn what_would_spoil_a_call_is_found_before() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("a.jpg");
        fs::write(&path, "x").unwrap();
        let file = NewFile::from(&path);
        assert_eq!(reason(&file), None);
        // Characters, not bytes.
        assert_eq!(reason(&file.clone().name("ü".repeat(255))), None);
        assert_eq!(
            reason(&file.clone().name("ü".repeat(256))),
            Some(RejectionReason::NameTooLong)
        );
        assert_eq!(reason(&file.clone().description("湖".repeat(1000))), None);
        assert_eq!(
            reason(&file.description("x".repeat(1001))),
            Some(RejectionReason::DescriptionTooLong)
        );
        let empty = folder.path().join("empty.jpg");
        fs::write(&empty, "").unwrap();
        assert_eq!(reason(&NewFile::from(&empty)), Some(RejectionReason::Empty));
        assert_eq!(
            reason(&NewFile::from(folder.path())),
            Some(RejectionReason::Unreadable)
        );
        assert_eq!(
            reason(&NewFile::new(folder.path().join("none"))),
            Some(RejectionReason::Unreadable)
        );
    }

    #[test]
    fn photos_have_a_limit_of_their_own() {
        let folder = tempfile::tempdir().unwrap();
        let make = |name: &str, start: &[u8], size: u64| {
            let path = folder.path().join(name);
            fs::write(&path, start).unwrap();
            // The rest of it takes no place on the disk.
            let file = fs::File::options().write(true).open(&path).unwrap();
            file.set_len(size).unwrap();
            NewFile::from(&path)
        };
        let too_large = Some(RejectionReason::TooLarge);
        assert_eq!(reason(&make("a.jpg", b"", limits::PHOTO)), None);
        assert_eq!(reason(&make("b.jpg", b"", limits::PHOTO + 1)), too_large);
        let png = b"\x89PNG\r\n\x1a\n";
        let disguised = make("c.mp4", png, limits::PHOTO + 1);
        assert_eq!(reason(&disguised), too_large);
        assert_eq!(reason(&disguised.content_type("video/mp4")), None);
        assert_eq!(reason(&make("d.mp4", b"", limits::PHOTO + 1)), None);
    }

    /// The service takes photos and videos only, and says so when the bytes are there:
    /// <https://developers.google.com/photos/library/guides/upload-media#file-types-sizes>.
    #[test]
    fn what_is_neither_photo_nor_video_is_rejected() {
        let folder = tempfile::tempdir().unwrap();
        let make = |name: &str, bytes: &[u8]| {
            let path = folder.path().join(name);
            fs::write(&path, bytes).unwrap();
            NewFile::from(&path)
        };
        let rejected = Some(RejectionReason::UnsupportedType);
        let png: &[u8] = b"\x89PNG\r\n\x1a\n\0\0\0\x0dIHDR";
        let sound: &[u8] = b"\0\0\0\x18ftypM4A \0\0\0\0isomM4A ";
        let film: &[u8] = b"\0\0\0\x18ftypisom\0\0\0\0isommp42\0\0\x10\0mdat";
        for (name, bytes, expected) in [
            ("photo", png, None),
            ("photo.txt", png, None),
            ("clip.mp4", film, None),
            ("camera.dng", b"unknown", None),
            ("notes.txt", b"hello", rejected),
            ("data", b"hello", rejected),
            ("tone.m4a", sound, rejected),
            ("tone", sound, rejected),
            ("film", film, rejected),
            ("doc.pdf", b"%PDF-1.7", rejected),
            ("Thumbs.db", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", rejected),
        ] {
            assert_eq!(reason(&make(name, bytes)), expected, "{name}");
        }
        let said = make("raw.unknown", b"hello").content_type("image/x-own");
        assert_eq!(reason(&said), None);
    }

    #[cfg(unix)]
    #[test]
    fn paths_that_are_no_text_have_keys_of_their_own() {
        use std::ffi::OsStr;
        use std::os::unix::ffi::OsStrExt as _;

        let key = |bytes: &[u8]| {
            NewFile::new(OsStr::from_bytes(bytes)).key(None, &mut LastFolder::default())
        };
        assert_ne!(key(b"/a/\xff.jpg"), key(b"/a/\xfe.jpg"));
        assert_eq!(key(b"/a/b.jpg"), "/a/b.jpg");
    }
}
