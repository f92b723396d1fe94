//! Waits between calls: after the service said that they come too fast, and while there is no way to
//! it. How long they are is a matter of the client's [`RetryPolicy`].

use std::time::Duration;

use discovery_runtime::{Error, RetryPolicy};

use super::shared::Shared;
use super::stop::is_not_sent;
use super::{UploadEvent, WaitReason};
use crate::limits::RATE_LIMIT_DELAY;

/// The longest backoff after a rate limit, in addition to what the service asks for.
const LONGEST_BACKOFF: Duration = Duration::from_secs(300);

/// The shortest wait before something that was not sent is tried once more.
const NOT_SENT_DELAY: Duration = Duration::from_secs(1);

/// The most of an outage that passes between two attempts. What is longer was a standby, in which
/// nobody waited.
const LONGEST_ROUND: Duration = Duration::from_secs(120);

/// The waits of one call, or of the upload of one file.
#[derive(Default)]
pub(super) struct Waits {
    rate_limited: u32,
    not_sent: u32,
    /// How long nothing could be sent, and when that was seen last.
    outage: Duration,
    seen: Option<Duration>,
}

impl Waits {
    /// Waits if that can help; `false` if it can't, or the run is to end.
    pub(super) async fn wait(&mut self, shared: &Shared, error: &Error) -> bool {
        let policy = shared.photos.client().core().retry_policy();
        let (delay, reason) = if error.is_rate_limited() {
            (self.after_rate_limit(policy, error), WaitReason::RateLimit)
        } else if is_not_sent(error) {
            (self.in_outage(policy, shared), WaitReason::Outage)
        } else {
            return false;
        };
        let Some(delay) = delay else { return false };
        shared.tell(UploadEvent::Waiting { delay, reason });
        pause(shared, delay).await
    }

    fn after_rate_limit(&mut self, policy: &RetryPolicy, error: &Error) -> Option<Duration> {
        self.rate_limited += 1;
        if self.rate_limited >= policy.max_attempts {
            return None;
        }
        // The least that the documentation of the service asks for is in it.
        let server_delay = error.retry_after().unwrap_or_default();
        let policy = policy
            .clone()
            .with_base_delay(RATE_LIMIT_DELAY)
            .with_max_delay(LONGEST_BACKOFF);
        policy.delay(self.rate_limited, server_delay, Duration::MAX)
    }

    fn in_outage(&mut self, policy: &RetryPolicy, shared: &Shared) -> Option<Duration> {
        let now = shared.photos.clock().now();
        let seen = self.seen.replace(now).unwrap_or(now);
        self.outage += now.saturating_sub(seen).min(LONGEST_ROUND);
        self.not_sent = self.not_sent.saturating_add(1);
        let remaining = shared.settings.outage.saturating_sub(self.outage);
        policy.delay(self.not_sent, NOT_SENT_DELAY, remaining)
    }
}

/// Waits; `false` if the run is to end.
pub(super) async fn pause(shared: &Shared, delay: Duration) -> bool {
    let mut stopping = shared.stopping.subscribe();
    tokio::select! {
        biased;
        _ = stopping.wait_for(|stopping| *stopping) => false,
        () = shared.photos.clock().sleep(delay) => true,
    }
}
