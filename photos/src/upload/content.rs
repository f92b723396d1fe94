//! The bytes of a file, as they are known by.

use std::fmt::{self, Write as _};
use std::fs::File;
use std::io::{self, Read as _};
use std::path::PathBuf;

use discovery_runtime::blocking;
use serde::{Deserialize, Deserializer, Serialize, Serializer};
use sha1::{Digest as _, Sha1};

/// How much of a file is read at once, in bytes. Whoever stops waiting stops the reading there.
const PIECE: usize = 1 << 20;

/// The bytes of a file, known by their number and their SHA-1, which the service checks as well.
///
/// Files with the same SHA-1 can be made on purpose. Whoever gives two of them to a user makes the
/// second one look like a copy of the first, and nothing more.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(super) struct Content {
    /// In bytes.
    pub(super) size: u64,
    pub(super) sha1: [u8; 20],
}

impl Content {
    /// Reads a whole file.
    pub(super) async fn read(path: PathBuf) -> io::Result<Self> {
        let mut file = blocking(move || File::open(path)).await?;
        let (mut size, mut hash, mut piece) = (0, Sha1::new(), Vec::with_capacity(PIECE));
        loop {
            let read = blocking(move || {
                piece.clear();
                file.by_ref().take(PIECE as u64).read_to_end(&mut piece)?;
                hash.update(&piece);
                Ok((file, hash, piece))
            });
            (file, hash, piece) = read.await?;
            size += piece.len() as u64;
            if piece.is_empty() {
                let sha1 = hash.finalize().into();
                return Ok(Self { size, sha1 });
            }
        }
    }

    pub(super) fn of(bytes: &[u8]) -> Self {
        Self {
            size: bytes.len() as u64,
            sha1: Sha1::digest(bytes).into(),
        }
    }

    fn parse(text: &str) -> Option<Self> {
        let (size, hex) = text.split_once(":sha1:")?;
        let mut sha1 = [0; 20];
        if hex.len() != 2 * sha1.len() {
            return None;
        }
        for (index, byte) in sha1.iter_mut().enumerate() {
            *byte = u8::from_str_radix(hex.get(2 * index..2 * index + 2)?, 16).ok()?;
        }
        let size = size.parse().ok()?;
        Some(Self { size, sha1 })
    }
}

/// As the journal keeps it: `5:sha1:` and 40 digits.
impl fmt::Display for Content {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "{}:sha1:", self.size)?;
        self.sha1
            .iter()
            .try_for_each(|byte| write!(formatter, "{byte:02x}"))
    }
}

impl Serialize for Content {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut text = String::new();
        write!(text, "{self}").map_err(serde::ser::Error::custom)?;
        serializer.serialize_str(&text)
    }
}

impl<'de> Deserialize<'de> for Content {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        Self::parse(&text).ok_or_else(|| serde::de::Error::custom("no size and SHA-1"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn content_is_the_sha1_of_the_bytes() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("a");
        std::fs::write(&path, "abc").unwrap();
        let content = Content::read(path).await.unwrap();
        // FIPS 180-1, appendix A.
        let text = "3:sha1:a9993e364706816aba3e25717850c26c9cd0d89d";
        assert_eq!(content.to_string(), text);
        assert_eq!(Content::parse(text), Some(content));
        assert_eq!(content, Content::of(b"abc"));
        for bad in [
            "3:sha1:a9",
            "x:sha1:a9993e364706816aba3e25717850c26c9cd0d89d",
            "3",
        ] {
            assert_eq!(Content::parse(bad), None, "{bad}");
        }
    }
}
