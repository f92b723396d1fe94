//! Waits after the service said that calls come too fast.

use std::time::Duration;

use discovery_runtime::{Error, Jitter, QuotaKind, RetryPolicy};

use super::UploadEvent;
use super::shared::Shared;
use crate::limits::RATE_LIMIT_DELAY;

/// How often one call is waited for: 30, 60, 120, 240 and 300 seconds, 12 minutes and a half in all,
/// and each wait up to a quarter longer. The limit for writes is one a minute; what is longer is
/// no short limit.
const WAITS: u32 = 5;

/// The longest wait that the service did not ask for in `Retry-After`.
const LONGEST: Duration = Duration::from_secs(300);

/// The waits of one call.
#[derive(Default)]
pub(super) struct RateLimitWaits(u32);

impl RateLimitWaits {
    /// Waits if that can help; `false` if it can't, or the run is to end. A server that asks for more
    /// than a client waits for is not waited for here either.
    pub(super) async fn wait(&mut self, shared: &Shared, error: &Error) -> bool {
        let is_short = error
            .quota_kind()
            .is_some_and(|kind| kind != QuotaKind::PerDay);
        let server_delay = error.retry_after().unwrap_or_default();
        let too_long = server_delay > RetryPolicy::default().max_server_delay;
        if !is_short || too_long || self.0 >= WAITS {
            return false;
        }
        let factor = 1_u32.checked_shl(self.0).unwrap_or(u32::MAX);
        self.0 += 1;
        let delay = RATE_LIMIT_DELAY.saturating_mul(factor).min(LONGEST);
        let delay = delay.max(server_delay);
        shared
            .settings
            .on_event
            .call(UploadEvent::Waiting { delay });
        pause(shared, delay).await
    }
}

/// Waits for a time and up to a quarter more, so that those who were rejected together do not come
/// back together. `false` if the run is to end.
pub(super) async fn pause(shared: &Shared, delay: Duration) -> bool {
    let delay = delay.saturating_add(Jitter::full().part_of(delay / 4));
    let mut stopping = shared.stopping.subscribe();
    tokio::select! {
        biased;
        _ = stopping.wait_for(|stopping| *stopping) => false,
        () = shared.photos.clock().sleep(delay) => true,
    }
}
