//! Files that become items at an emulator of the service.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "the helpers of tests are tests"
)]

mod batches;
mod journal;
mod outcomes;
mod quotas;
mod support;
