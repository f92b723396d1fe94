//! Waiting until the user is done.

use std::fmt;
use std::future::pending;
use std::time::Duration;

use discovery_runtime::{BoxFuture, Error};
use google_photospicker_v1::schemas::{PickingSession, PollingConfig};

use super::{PickError, PickSession};

/// The time between two looks if the service says none, and the shortest one.
const INTERVAL: (Duration, Duration) = (Duration::from_secs(5), Duration::from_secs(1));

/// How waiting ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum PickEnd {
    /// The user is done: there are items, or none if they picked nothing.
    Done,
    /// The time was over before.
    TimedOut,
    /// The caller stopped.
    Stopped,
}

/// Polling that is not started yet.
///
/// The service says with each response how often and how long it wants to be asked
/// (`pollingConfig`), and the newest response counts. A look that fails for a reason that may pass,
/// such as a network that is away for a while, is followed by the next one.
#[must_use = "nothing is asked until it is sent"]
pub struct WaitForPick<'a> {
    poll: Poll<'a>,
    stop: Option<BoxFuture<'static, ()>>,
}

/// What is asked, and for how long at most.
struct Poll<'a> {
    session: &'a mut PickSession,
    limit: Option<Duration>,
}

impl PickSession {
    /// Polls until the user is done. Nothing happens until it is [sent](WaitForPick::send).
    pub fn wait(&mut self) -> WaitForPick<'_> {
        WaitForPick {
            poll: Poll {
                session: self,
                limit: None,
            },
            stop: None,
        }
    }
}

impl WaitForPick<'_> {
    /// How long it waits at most, if the service would wait longer.
    pub fn at_most(mut self, limit: Duration) -> Self {
        self.poll.limit = Some(limit);
        self
    }

    /// Stops when `signal` ends, such as when the user presses Ctrl-C.
    pub fn stop_when(mut self, signal: impl Future<Output = ()> + Send + 'static) -> Self {
        self.stop = Some(Box::pin(signal));
        self
    }

    /// Waits. The session stays, however it ends.
    ///
    /// # Errors
    ///
    /// [`PickError::SessionEnded`] if the session expired or was deleted, and what no later look can
    /// change.
    pub async fn send(self) -> Result<PickEnd, PickError> {
        let Self { mut poll, stop } = self;
        tokio::select! {
            end = poll.until_done() => end,
            () = stop.unwrap_or_else(|| Box::pin(pending())) => Ok(PickEnd::Stopped),
        }
    }
}

impl Poll<'_> {
    async fn until_done(&mut self) -> Result<PickEnd, PickError> {
        let start = self.now();
        let mut polling = Polling::default();
        loop {
            let failure = match self.look().await {
                Ok(session) => {
                    let done = session.media_items_set.unwrap_or_default();
                    polling.follow(self.now(), session.polling_config.as_ref());
                    self.session.update(session);
                    if done {
                        return Ok(PickEnd::Done);
                    }
                    None
                }
                Err(error) if may_pass(&error) => Some(error),
                Err(error) => return Err(PickError::of_session(error)),
            };
            let own_end = self.limit.map(|limit| start.saturating_add(limit));
            let end = [polling.end, own_end].into_iter().flatten().min();
            let left = end.map_or(Duration::MAX, |end| end.saturating_sub(self.now()));
            match failure {
                // The last look was none: the user may have been done.
                Some(error) if left.is_zero() => return Err(error.into()),
                None if left.is_zero() => return Ok(PickEnd::TimedOut),
                _ => {}
            }
            let clock = self.session.photos().clock();
            clock.sleep(polling.interval.min(left)).await;
        }
    }

    async fn look(&self) -> Result<PickingSession, Error> {
        let sessions = self.session.client().sessions();
        sessions.get(self.session.id()).send().await
    }

    fn now(&self) -> Duration {
        self.session.photos().clock().now()
    }
}

impl fmt::Debug for WaitForPick<'_> {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter
            .debug_struct("WaitForPick")
            .field("session", &self.poll.session)
            .field("limit", &self.poll.limit)
            .finish_non_exhaustive()
    }
}

/// Whether the next look can go better.
fn may_pass(error: &Error) -> bool {
    error.is_retryable() || error.is_connect() || error.is_timeout() || error.is_server_error()
}

/// What the newest response says about polling.
struct Polling {
    interval: Duration,
    /// When to stop, by the clock.
    end: Option<Duration>,
}

impl Default for Polling {
    fn default() -> Self {
        Self {
            interval: INTERVAL.0,
            end: None,
        }
    }
}

impl Polling {
    fn follow(&mut self, now: Duration, config: Option<&PollingConfig>) {
        let Some(config) = config else { return };
        let interval = config.poll_interval.as_ref().map(length);
        self.interval = interval
            .filter(|interval| !interval.is_zero())
            .map_or(INTERVAL.0, |interval| interval.max(INTERVAL.1));
        let left = config.timeout_in.as_ref().map(length);
        self.end = left.map(|left| now.saturating_add(left));
    }
}

/// A duration of the wire; nothing if it is negative.
fn length(duration: &discovery_runtime::Duration) -> Duration {
    let seconds = u64::try_from(duration.seconds());
    let nanos = u32::try_from(duration.nanos());
    match (seconds, nanos) {
        (Ok(seconds), Ok(nanos)) => Duration::new(seconds, nanos),
        _ => Duration::ZERO,
    }
}
