//! What several tests share.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "a test fails by panicking"
)]

pub mod fixtures;
pub mod payloads;
pub mod random;
pub mod tree;
