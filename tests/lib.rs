//! What several tests share.

pub mod builds;
pub mod fixtures;
pub mod large;
pub mod payloads;
pub mod random;
pub mod tree;
pub mod view;
