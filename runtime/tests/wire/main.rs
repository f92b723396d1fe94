//! The wire format: what is read, what is written, and what can never happen.
// A helper that fails is a test that fails.
#![allow(clippy::expect_used, clippy::unwrap_used)]

mod bodies;
mod conversions;
mod debug;
mod enums;
mod fixture;
mod formats;
mod hostile;
mod lenient;
mod local_times;
mod names;
mod null_values;
mod params;
mod requests;
mod round_trips;
mod times;
mod tolerance;
