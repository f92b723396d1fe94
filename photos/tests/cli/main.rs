//! The command `google-photos`, as people run it: the binary itself against an emulator.

#![allow(
    clippy::unwrap_used,
    clippy::panic,
    reason = "the helpers of tests are tests"
)]

mod download;
mod login;
mod pick;
mod readme;
mod support;
mod upload;
