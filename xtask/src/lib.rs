//! What maintainers do, as functions: the binary runs them as verbs, tests call them directly.
//!
//! Each verb is a module with the functions `run` and, where there is something to check, `check`.

pub mod bench;
pub mod canonicalize;
mod changelog;
pub mod changes;
pub mod codegen;
pub mod corpus;
mod failure;
pub mod fetch;
pub mod promises;
pub mod soak;
mod version;
mod workspace;

pub use failure::Failure;
pub use workspace::Workspace;
