//! The clock of a handle that was not given another one.

use std::time::Duration;

use discovery_runtime::{BoxFuture, Clock};
use tokio::time::Instant;

/// Tokio's timer, as the default clock of clients has it.
pub(crate) struct TokioClock(Instant);

impl TokioClock {
    pub(crate) fn new() -> Self {
        Self(Instant::now())
    }
}

impl Clock for TokioClock {
    fn now(&self) -> Duration {
        self.0.elapsed()
    }

    fn sleep(&self, duration: Duration) -> BoxFuture<'static, ()> {
        Box::pin(tokio::time::sleep(duration))
    }
}
