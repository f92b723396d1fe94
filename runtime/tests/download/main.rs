//! Downloads from a server that breaks what it is told to break. Time is virtual.

#![allow(
    clippy::panic,
    clippy::unwrap_used,
    reason = "a test may panic, its helpers too"
)]

mod calls;
mod checksums;
mod drops;
mod encodings;
mod files;
mod matrix;
mod ranges;
mod schedules;
#[path = "../transport/server.rs"]
#[allow(dead_code, reason = "other tests use the rest of it")]
mod script;
mod server;
mod sockets;
mod storage;
mod streams;
mod urls;
mod world;
