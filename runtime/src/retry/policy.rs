//! How often and when calls are retried.

use std::time::Duration;

use super::Jitter;

/// How often and when a call is retried.
///
/// Which failures are retried is not a matter of the policy: transient ones, and only if the retry
/// can't do the work of the call twice. Without a choice of yours there are up to five attempts; before each there is a
/// wait of a random part of 1, 2, 4 and 8 seconds. What the server asks for is waited in full,
/// however long, if the call's [total timeout](crate::Timeouts::total) has room for it.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct RetryPolicy {
    /// The attempts of a call, the first one included. One more with a fresh access token is not
    /// counted.
    pub max_attempts: u32,
    /// The longest wait before the second attempt; it doubles from one to the next.
    pub base_delay: Duration,
    /// Where it stops doubling.
    pub max_delay: Duration,
    /// The longest wait that a server can ask for. A call that was asked for more fails at once,
    /// and its error says [how long](crate::Error::retry_after).
    pub max_server_delay: Duration,
    /// Which part of a wait is waited.
    pub jitter: Jitter,
}

impl RetryPolicy {
    /// No retries, except one with a fresh access token after a status 401.
    pub fn none() -> Self {
        Self::default().with_max_attempts(1)
    }

    /// The same with another number of attempts; 0 is taken for 1.
    #[must_use]
    pub fn with_max_attempts(mut self, attempts: u32) -> Self {
        self.max_attempts = attempts;
        self
    }

    /// The same with another wait before the second attempt.
    #[must_use]
    pub fn with_base_delay(mut self, delay: Duration) -> Self {
        self.base_delay = delay;
        self
    }

    /// The same with another longest wait.
    #[must_use]
    pub fn with_max_delay(mut self, delay: Duration) -> Self {
        self.max_delay = delay;
        self
    }

    /// The same with another longest wait that a server can ask for.
    #[must_use]
    pub fn with_max_server_delay(mut self, delay: Duration) -> Self {
        self.max_server_delay = delay;
        self
    }

    /// The same with another jitter.
    #[must_use]
    pub fn with_jitter(mut self, jitter: Jitter) -> Self {
        self.jitter = jitter;
        self
    }

    /// The wait before the next attempt after `failed` attempts have failed, for who repeats something
    /// that takes several calls: what the server asks for in the last error, `server_delay`, and the
    /// backoff on top of it. `None` if that is more than a server can ask for, or all the time that
    /// remains. It does not look at [`max_attempts`](Self::max_attempts).
    #[must_use]
    pub fn delay(
        &self,
        failed: u32,
        server_delay: Duration,
        remaining: Duration,
    ) -> Option<Duration> {
        // Those who are asked to wait equally long still come back one after another.
        let mut delay = server_delay.saturating_add(self.backoff(failed));
        if delay >= remaining && !server_delay.is_zero() {
            delay = server_delay;
        }
        (server_delay <= self.max_server_delay && delay < remaining).then_some(delay)
    }

    /// The wait after `failed` attempts have failed, if the server does not ask for one.
    fn backoff(&self, failed: u32) -> Duration {
        let factor = 1_u32
            .checked_shl(failed.saturating_sub(1))
            .unwrap_or(u32::MAX);
        let delay = self.base_delay.saturating_mul(factor).min(self.max_delay);
        self.jitter.part_of(delay)
    }
}

impl Default for RetryPolicy {
    fn default() -> Self {
        Self {
            max_attempts: 5,
            base_delay: Duration::from_secs(1),
            max_delay: Duration::from_secs(60),
            max_server_delay: Duration::from_secs(300),
            jitter: Jitter::full(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn waits_double_up_to_a_limit() {
        let policy = RetryPolicy::default().with_jitter(Jitter::none());
        let waits: Vec<_> = (1..=8)
            .map(|failed| policy.backoff(failed).as_secs())
            .collect();
        assert_eq!(waits, [1, 2, 4, 8, 16, 32, 60, 60]);
    }

    #[test]
    fn the_delay_of_a_server_is_capped() {
        let second = Duration::from_secs(1);
        let policy = RetryPolicy::default().with_jitter(Jitter::none());
        let delay =
            |server: u32, remaining: u32| policy.delay(1, second * server, second * remaining);
        assert_eq!(delay(0, 60), Some(second));
        assert_eq!(delay(30, 60), Some(second * 31));
        // There is time for what the server asks for, and for no more.
        assert_eq!(delay(30, 31), Some(second * 30));
        assert_eq!(delay(30, 30), None);
        assert_eq!(delay(0, 1), None);
        assert_eq!(delay(300, 1000), Some(second * 301));
        assert_eq!(delay(301, 1000), None);
    }

    #[test]
    fn delays_saturate() {
        let exact = RetryPolicy::default().with_jitter(Jitter::none());
        let endless = exact.clone().with_max_delay(Duration::MAX);
        let seconds = |failed: u32| endless.backoff(failed).as_secs();
        assert_eq!([0, 1, 32].map(seconds), [1, 1, 1 << 31]);
        // No factor is larger, and none begins again at one.
        assert_eq!([33, u32::MAX].map(seconds), [u64::from(u32::MAX); 2]);

        let longest = endless.clone().with_base_delay(Duration::MAX);
        for failed in [0, 1, 31, 32, 33, u32::MAX] {
            assert_eq!(longest.backoff(failed), Duration::MAX);
        }
        let patient = longest.with_max_server_delay(Duration::MAX);
        assert_eq!(patient.delay(1, Duration::MAX, Duration::MAX), None);
        let almost = Duration::MAX.saturating_sub(Duration::from_secs(1));
        assert_eq!(patient.delay(1, almost, Duration::MAX), Some(almost));
        assert_eq!(exact.backoff(u32::MAX), Duration::from_secs(60));
    }
}
