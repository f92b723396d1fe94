//! All methods of the emitted Photos client, and their failures, against the emulator.

mod albums;
mod errors;
mod media_items;
mod paging;
mod session;
mod shared_albums;
mod sign_in;
