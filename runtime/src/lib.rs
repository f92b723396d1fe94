//! The runtime that every client generated from a Google API Discovery document depends on.

#[doc(hidden)]
pub mod codegen;
pub mod wire;
