//! Signing in, from outside: against an authorization server on loopback that is as strict as the
//! specifications are, with a browser, a clock and a log of the tests' own.
#![allow(unreachable_pub, reason = "what the tests share is for the tests")]
#![allow(
    clippy::expect_used,
    clippy::panic,
    clippy::unwrap_used,
    reason = "tests may panic"
)]

mod app;
mod consent;
mod dependencies;
mod files;
mod hostile_browser;
mod processes;
mod refresh;
mod refresh_failures;
mod remote;
mod sign_out;
mod store;
mod support;
