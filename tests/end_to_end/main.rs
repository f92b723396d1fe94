//! All methods of the emitted Photos client, and their failures, against the emulator.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::too_many_lines,
    missing_docs,
    unreachable_pub,
    reason = "a test fails by panicking, and is read from top to bottom"
)]

mod albums;
mod errors;
mod media_items;
mod paging;
mod session;
mod shared_albums;
