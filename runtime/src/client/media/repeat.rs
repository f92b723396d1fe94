//! Waiting before a repeat, or not repeating.

use std::time::Duration;

use tracing::debug;

use super::Link;
use crate::Error;
use crate::error::{Attempt, AttemptOutcome};

/// Why there is no repeat.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum NoRetry {
    /// The wait would be too long.
    TooLong,
    /// The client may not repeat any more.
    BudgetSpent,
}

impl Link {
    /// Remembers an attempt that failed.
    pub(crate) fn record(&mut self, error: &Error) {
        let outcome = AttemptOutcome::of(error);
        let status = error.http_status();
        self.attempts.push(Attempt {
            started: self.began,
            waited: self.waited,
            outcome,
            status,
        });
        self.waited = Duration::ZERO;
        debug!(
            attempt = self.attempts.len(),
            outcome = outcome.as_str(),
            status,
            "a request of a transfer failed"
        );
    }

    /// Forgets what failed before: there was progress since.
    pub(crate) fn progress(&mut self) {
        if !self.attempts.is_empty() {
            self.attempts.clear();
            self.client.core.budget.succeed(true);
        }
    }

    /// The transfer is complete.
    pub(crate) fn succeed(&self) {
        self.client.core.budget.succeed(!self.attempts.is_empty());
    }

    /// Waits as long as `failures` in a row and the server, in its last error, ask for.
    pub(crate) async fn pause(
        &mut self,
        error: Option<&Error>,
        failures: u32,
    ) -> Result<(), NoRetry> {
        // Those who are asked to wait equally long still come back one after another.
        let asked = error.and_then(Error::retry_after).unwrap_or_default();
        let delay = asked.saturating_add(self.retry.backoff(failures));
        let remaining = self.remaining().unwrap_or(Duration::MAX);
        let delay = if delay >= remaining && !asked.is_zero() {
            asked
        } else {
            delay
        };
        if asked > self.retry.max_server_delay || delay >= remaining {
            return Err(NoRetry::TooLong);
        }
        if !self.client.core.budget.take() {
            return Err(NoRetry::BudgetSpent);
        }
        let delay_ms = delay.as_secs_f64() * 1e3;
        debug!(delay_ms, "the transfer goes on after a wait");
        self.clock().sleep(delay).await;
        self.waited = delay;
        Ok(())
    }
}
