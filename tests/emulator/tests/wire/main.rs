//! The emulator against what was recorded of the service, over raw HTTP.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::similar_names,
    reason = "a test fails by panicking, and its helpers are test code as well"
)]

mod albums;
mod base_urls;
mod batch_create;
mod client;
mod compat;
mod errors;
mod faults;
mod faults_uploads;
mod libraries;
mod media;
mod media_items;
mod oauth;
mod paging;
mod partial;
mod picker;
mod program;
mod quotas;
mod resumable;
mod scopes;
mod search;
mod session;
mod sharing;
mod sign_in;
mod uploads;
