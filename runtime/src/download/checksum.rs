//! Checksums that a server says (`x-goog-hash`), and those of what came.
//!
//! Cloud Storage gives `crc32c`, the big-endian bytes in base64, for each object, and `md5` for all
//! but composite ones: <https://cloud.google.com/storage/docs/xml-api/reference-headers#xgooghash>.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use md5::{Digest as _, Md5};

use crate::error::{ErrorKind, TransferProblem};
use crate::transport::Headers;

/// The checksums of a whole as the server says them.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Expected {
    crc32c: Option<u32>,
    md5: Option<[u8; 16]>,
}

impl Expected {
    /// Reads all headers `x-goog-hash`, each with one checksum or several. Kinds that are not known
    /// are left out.
    pub(super) fn read(headers: &Headers) -> Result<Self, ErrorKind> {
        let mut expected = Self::default();
        let values = headers.get_all("x-goog-hash");
        for entry in values.flat_map(|value| value.split(',')) {
            let Some((kind, value)) = entry.trim().split_once('=') else {
                continue;
            };
            if value.is_empty() {
                continue;
            }
            let read = match kind.to_ascii_lowercase().as_str() {
                "crc32c" => put(&mut expected.crc32c, bytes(value).map(u32::from_be_bytes)),
                "md5" => put(&mut expected.md5, bytes(value)),
                _ => true,
            };
            if !read {
                let what = "its x-goog-hash can't be read";
                return Err(ErrorKind::Transfer(TransferProblem::Protocol(what)));
            }
        }
        Ok(expected)
    }
}

/// Remembers a checksum; `false` if it is none, or another one than before.
fn put<T: PartialEq>(place: &mut Option<T>, new: Option<T>) -> bool {
    match (&place, new) {
        (_, None) => false,
        (Some(old), Some(new)) => *old == new,
        (None, new) => {
            *place = new;
            true
        }
    }
}

fn bytes<const N: usize>(text: &str) -> Option<[u8; N]> {
    STANDARD.decode(text).ok()?.try_into().ok()
}

/// The checksums of what came so far. A clone is what it was at that point.
#[derive(Clone, Default)]
pub(super) struct Running {
    expected: Expected,
    crc32c: u32,
    md5: Md5,
}

impl Running {
    /// Computes what is needed to compare with `expected`, and nothing else.
    pub(super) fn new(expected: Expected) -> Self {
        Self {
            expected,
            ..Self::default()
        }
    }

    /// Takes the next bytes of the whole.
    pub(super) fn update(&mut self, bytes: &[u8]) {
        if self.expected.crc32c.is_some() {
            self.crc32c = crc32c::crc32c_append(self.crc32c, bytes);
        }
        if self.expected.md5.is_some() {
            self.md5.update(bytes);
        }
    }

    /// Compares all that came with what the server said.
    pub(super) fn check(&self) -> Result<(), TransferProblem> {
        if self.expected.crc32c.is_some_and(|crc| crc != self.crc32c) {
            return Err(TransferProblem::DataLoss(
                "what came has another crc32c than the server says",
            ));
        }
        let came: [u8; 16] = self.md5.clone().finalize().into();
        if self.expected.md5.is_some_and(|md5| md5 != came) {
            return Err(TransferProblem::DataLoss(
                "what came has another md5 than the server says",
            ));
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Of `123456789`, the input of the check value 0xE3069283 of CRC-32C.
    const CRC32C: &str = "crc32c=4waSgw==";
    const MD5: &str = "md5=JfnnlDI7RTiF9RgfG2JNCw==";

    fn check(values: &[&str], bytes: &[u8]) -> Option<bool> {
        let headers = values.iter().map(|value| ("x-goog-hash", *value)).collect();
        let mut running = Running::new(Expected::read(&headers).ok()?);
        running.update(bytes);
        Some(running.check().is_ok())
    }

    #[test]
    fn checksums_in_one_header_or_several() {
        let both = format!("{CRC32C}, {MD5}");
        for values in [
            &[CRC32C, MD5][..],
            &[MD5, CRC32C],
            &[&both],
            &[CRC32C],
            &[MD5],
        ] {
            assert_eq!(check(values, b"123456789"), Some(true), "{values:?}");
            assert_eq!(check(values, b"12345678"), Some(false), "{values:?}");
        }
        assert_eq!(check(&["sha999=x", "", "crc32c="], b"anything"), Some(true));
    }

    #[test]
    fn checksums_that_are_none() {
        for value in [
            "crc32c=x",
            "crc32c=4waS",
            "md5=4waSgw==",
            "crc32c=AAAAAA==,crc32c=4waSgw==",
        ] {
            assert_eq!(check(&[value], b""), None, "{value}");
        }
    }
}
