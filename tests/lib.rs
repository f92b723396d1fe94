//! What several tests share.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::too_many_lines,
    missing_docs,
    unreachable_pub,
    reason = "a test fails by panicking, and is read from top to bottom"
)]

pub mod fixtures;
pub mod large;
pub mod payloads;
pub mod random;
pub mod tree;
