//! What a user picks, from the session to the files.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "the helpers of tests are tests"
)]

mod addresses;
mod folder;
mod session;
mod support;
