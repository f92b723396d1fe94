//! The default transport against servers that do what networks do.
#![cfg(feature = "default-transport")]
#![allow(
    clippy::expect_used,
    clippy::panic,
    clippy::unwrap_used,
    reason = "a test may panic"
)]

mod bodies;
mod client;
mod connections;
mod environment;
mod heads;
mod http2;
mod proxies;
mod runtimes;
mod server;
mod streams;
#[path = "../support/mod.rs"]
mod support;
mod trust;
