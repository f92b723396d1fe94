//! Calls, from outside, against a script: no network, and hours in no time.
#![allow(clippy::unwrap_used, reason = "a test may panic, its helpers too")]

mod addresses;
mod any_call;
mod bounds;
mod credentials;
mod fault_matrix;
#[allow(dead_code, reason = "each test file uses a part of it")]
#[path = "../support/log.rs"]
mod log;
mod masking;
mod masks;
mod page_errors;
mod page_fields;
mod paging;
mod patches;
mod requests;
mod responses;
mod retries;
mod statuses;
mod streams;
#[path = "../support/mod.rs"]
mod support;
mod unreadable_values;
