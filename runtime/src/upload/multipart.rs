//! `multipart/related`: what is said about the bytes, and the bytes, in one body (RFC 2387).

use std::collections::hash_map::RandomState;
use std::hash::{BuildHasher as _, Hasher as _};

use crate::wire::Bytes;

/// A body of two parts, without the second one.
pub(super) struct Envelope {
    /// The type of the whole.
    pub(super) content_type: String,
    /// What stands before the bytes.
    pub(super) before: Bytes,
    /// What stands after them.
    pub(super) after: Bytes,
}

impl Envelope {
    pub(super) fn new(metadata: &[u8], content_type: &str) -> Self {
        Self::with_boundary(metadata, content_type, &boundary())
    }

    fn with_boundary(metadata: &[u8], content_type: &str, boundary: &str) -> Self {
        let mut before =
            format!("--{boundary}\r\nContent-Type: application/json; charset=UTF-8\r\n\r\n")
                .into_bytes();
        before.extend_from_slice(metadata);
        let head = format!("\r\n--{boundary}\r\nContent-Type: {content_type}\r\n\r\n");
        before.extend_from_slice(head.as_bytes());
        Self {
            content_type: format!("multipart/related; boundary={boundary}"),
            before: before.into(),
            after: format!("\r\n--{boundary}--\r\n").into(),
        }
    }
}

/// A line that is in no file, as nobody knows it: 128 random bits.
fn boundary() -> String {
    // The standard library seeds its hash maps with what the system has for randomness.
    let random = || RandomState::new().build_hasher().finish();
    format!("part-{:016x}{:016x}", random(), random())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn two_parts() {
        let envelope = Envelope::with_boundary(b"{\"a\":1}", "image/png", "x");
        let whole = [&envelope.before[..], b"PNG", &envelope.after[..]].concat();
        let expected = "--x\r\nContent-Type: application/json; charset=UTF-8\r\n\r\n{\"a\":1}\r\n--x\r\n\
                        Content-Type: image/png\r\n\r\nPNG\r\n--x--\r\n";
        assert_eq!(String::from_utf8(whole).unwrap(), expected);
        assert_eq!(envelope.content_type, "multipart/related; boundary=x");
    }

    #[test]
    fn each_has_its_own_boundary() {
        let boundaries: std::collections::BTreeSet<_> = (0..100).map(|_| boundary()).collect();
        assert_eq!(boundaries.len(), 100);
        assert!(boundaries.iter().all(|boundary| boundary.len() <= 70));
    }
}
