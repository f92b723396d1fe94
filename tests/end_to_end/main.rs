//! All methods of the emitted Photos client, and their failures, against the emulator.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "a test fails by panicking"
)]

mod albums;
mod errors;
mod media_items;
mod paging;
mod session;
mod shared_albums;
