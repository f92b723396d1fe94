//! When a call is made again, and when not.
//!
//! `judge` says what a failure means, the policy how often and when, the budget how much of it a
//! client may do, `server_delay` what the server asks for.

mod budget;
mod jitter;
mod judge;
mod policy;
mod server_delay;

pub use self::budget::RetryBudget;
pub use self::jitter::Jitter;
pub(crate) use self::judge::{Fate, Judgement, Transience, judge};
pub use self::policy::RetryPolicy;
pub(crate) use self::server_delay::server_delay;
