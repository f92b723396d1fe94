//! Time, so that tests need not wait for it.

mod race;
#[cfg(feature = "test-util")]
mod test_clock;
#[cfg(feature = "default-transport")]
mod tokio_clock;

use std::time::{Duration, SystemTime};

pub(crate) use self::race::race;
#[cfg(feature = "test-util")]
pub use self::test_clock::TestClock;
#[cfg(feature = "default-transport")]
pub(crate) use self::tokio_clock::TokioClock;
use crate::BoxFuture;

/// The time that a client lives by: its timeouts, its waits, the age of its tokens.
///
/// The feature `default-transport` brings one that uses tokio's timer. Without it a client is
/// built with one of yours.
pub trait Clock: Send + Sync + 'static {
    /// The time since a moment that the clock chooses. It never goes back.
    fn now(&self) -> Duration;

    /// Ends after `duration`, or later.
    fn sleep(&self, duration: Duration) -> BoxFuture<'static, ()>;

    /// The time of the calendar, which can jump. It is asked for the age of tokens that name a
    /// date, and of a server that names a date without saying what time it is.
    fn system_time(&self) -> SystemTime {
        SystemTime::now()
    }
}
