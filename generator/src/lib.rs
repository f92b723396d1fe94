//! Discovery documents in, Rust client crates out.
