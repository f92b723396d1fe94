//! The page tokens that a list had so far.

use std::collections::HashSet;
use std::collections::hash_map::RandomState;
use std::hash::BuildHasher as _;

/// The page tokens that a list had so far, as hashes: tokens can be long and pages many.
///
/// Two tokens with the same hash of 64 bits would be taken for one; in a list of a million pages
/// that has a chance of one in thirty million.
#[derive(Default)]
pub(super) struct Seen {
    hashes: HashSet<u64>,
    hasher: RandomState,
}

impl Seen {
    /// Adds a token; `false` if it was there.
    pub(super) fn insert(&mut self, token: &str) -> bool {
        self.hashes.insert(self.hasher.hash_one(token))
    }
}
