//! Hostile input for everything that reads bytes of others. A target takes bytes and panics if what
//! must hold does not hold; inputs are mutations of the files in `corpus/TARGET/`.
//!
//! `cargo xtask soak` runs them for minutes, `tests/short.rs` for seconds with each test run. An
//! input that failed is kept; put into the corpus it is a regression test.

mod mutate;
pub mod run;
mod schedules;
pub mod table;
pub mod targets;

pub use mutate::mutated;
pub use schedules::{SCHEDULES, Schedules, build, schedules};
pub use targets::{TARGETS, Target};
