//! Writes emitted crates to disk, whole or not at all.
