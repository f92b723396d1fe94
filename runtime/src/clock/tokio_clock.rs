//! The clock of tokio.

use std::time::Duration;

use tokio::time::Instant;

use super::Clock;
use crate::BoxFuture;

/// Tokio's timer. Tests that pause tokio's time pause this clock with it.
pub(crate) struct TokioClock {
    start: Instant,
}

impl TokioClock {
    pub(crate) fn new() -> Self {
        Self {
            start: Instant::now(),
        }
    }
}

impl Clock for TokioClock {
    fn now(&self) -> Duration {
        self.start.elapsed()
    }

    fn sleep(&self, duration: Duration) -> BoxFuture<'static, ()> {
        // The timer is made when it is first polled, which is inside of a runtime.
        Box::pin(async move { tokio::time::sleep(duration).await })
    }
}
