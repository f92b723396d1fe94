//! What tells one version of a source from another.

use serde::{Deserialize, Serialize};

/// What tells one version of a source from another, such as the version of an object or the time at
/// which a file was changed. It is kept with saved sessions.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Fingerprint(String);

impl Fingerprint {
    /// A fingerprint with this text, which is stored and compared and nothing else.
    pub fn new(text: impl Into<String>) -> Self {
        Self(text.into())
    }

    /// The fingerprint of bytes that are in memory. It detects changes, not forgeries.
    pub(super) fn of(bytes: &[u8]) -> Self {
        const FACTOR: u64 = 0x9e37_79b9_7f4a_7c15;
        let mix = |hash: u64, word: u64| (hash.rotate_left(23) ^ word).wrapping_mul(FACTOR);
        let mut words = bytes.chunks_exact(8);
        let hash = words.by_ref().fold(FACTOR, |hash, word| {
            mix(hash, word.try_into().map_or(0, u64::from_le_bytes))
        });
        let hash = words
            .remainder()
            .iter()
            .fold(hash, |hash, &byte| mix(hash, u64::from(byte)));
        let hash = hash ^ (hash >> 32);
        Self(format!("memory:{}:{hash:016x}", bytes.len()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_bit_counts() {
        let bytes: Vec<u8> = (0..100).collect();
        let whole = Fingerprint::of(&bytes);
        assert_eq!(whole, Fingerprint::of(&bytes.clone()));
        for index in 0..bytes.len() {
            for bit in 0..8 {
                let mut other = bytes.clone();
                other[index] ^= 1 << bit;
                assert_ne!(whole, Fingerprint::of(&other), "byte {index}, bit {bit}");
            }
            assert_ne!(whole, Fingerprint::of(&bytes[..index]));
        }
    }

    #[test]
    fn it_is_the_same_in_every_process() {
        assert_eq!(Fingerprint::of(b"").0, "memory:0:9e3779b9e17d05ac");
    }
}
