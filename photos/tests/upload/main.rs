//! Files that become items at an emulator of the service.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "the helpers of tests are tests"
)]

mod batches;
mod endings;
mod faults;
mod journal;
mod model;
mod outcomes;
mod quotas;
mod support;
