//! Files that become items at an emulator of the service.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "the helpers of tests are tests"
)]

mod batches;
#[cfg(unix)]
mod edits;
mod endings;
mod faults;
mod journal;
mod journal_account;
#[cfg(unix)]
mod journal_moves;
#[cfg(unix)]
mod journal_safety;
mod model;
mod outcomes;
mod quotas;
mod support;
