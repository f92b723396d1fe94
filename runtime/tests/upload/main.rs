//! Uploads against a server that keeps state, breaks what it is told to break, and checks after each
//! request that no byte is lost, doubled or mixed. Time is virtual.

#![allow(
    clippy::panic,
    clippy::unwrap_used,
    reason = "a test may panic, its helpers too"
)]

mod checksum;
mod client;
mod content_types;
mod faults;
mod google;
mod google_server;
mod loopback;
mod matrix;
mod raw;
mod rejections;
mod schedules;
mod secrets;
mod server;
mod sessions;
mod sizes;
mod source;
mod urls;
