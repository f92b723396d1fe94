//! Retries: when a failed attempt is followed by another one, and when not.
//!
//! `classify` says what a failure means, the policy how often and when, the budget how much of it a
//! client may do, `server_delay` what the server asks for. `retry_loop` brings them together: every
//! call, upload and download has one.

mod budget;
mod classify;
mod jitter;
mod policy;
mod retry_loop;
mod server_delay;
#[cfg(all(test, feature = "test-util"))]
mod tests;

pub use self::budget::RetryBudget;
pub(crate) use self::classify::{Classification, RequestOutcome, Transience, classify};
pub use self::jitter::Jitter;
pub use self::policy::RetryPolicy;
pub(crate) use self::retry_loop::{NoRetry, RetryLoop, RetryTerms};
pub(crate) use self::server_delay::server_delay;
