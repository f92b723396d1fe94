//! Signs of life: how long a transfer may go on without any.

use std::future::Future;
use std::pin::pin;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::time::Duration;

use crate::Clock;
use crate::clock::race;

/// When a transfer counts as stalled. Whoever moves bytes puts that off.
///
/// Clones are the same pulse.
#[derive(Clone)]
pub(crate) struct Pulse(Arc<State>);

struct State {
    clock: Arc<dyn Clock>,
    /// How long it may take until the next sign of life; `None` for ever.
    limit: Option<Duration>,
    /// When it is a stall, in milliseconds of the clock.
    stalled_at: AtomicU64,
    /// Whether the wait is for somebody on this side, who is not to blame.
    held: AtomicBool,
}

/// Nothing moved for too long.
pub(crate) struct Stalled;

impl Pulse {
    pub(crate) fn new(clock: Arc<dyn Clock>, limit: Option<Duration>) -> Self {
        let pulse = Self(Arc::new(State {
            clock,
            limit,
            stalled_at: AtomicU64::new(0),
            held: AtomicBool::new(false),
        }));
        pulse.beat();
        pulse
    }

    /// Something moved.
    pub(crate) fn beat(&self) {
        self.allow(self.0.limit.unwrap_or(Duration::MAX));
    }

    /// The wait goes on that took so long before.
    pub(crate) fn beat_after(&self, waited: Duration) {
        let left = self
            .0
            .limit
            .map_or(Duration::MAX, |limit| limit.saturating_sub(waited));
        let at = self.0.clock.now().saturating_add(left);
        self.0.stalled_at.store(millis(at), Ordering::Relaxed);
    }

    /// Something moved, and from now on more time than usual is in order.
    pub(crate) fn allow(&self, time: Duration) {
        let time = self.0.limit.map_or(Duration::MAX, |limit| time.max(limit));
        let at = self.0.clock.now().saturating_add(time);
        self.0.stalled_at.store(millis(at), Ordering::Relaxed);
    }

    /// Whether the time runs that somebody on this side takes.
    pub(crate) fn hold(&self, held: bool) {
        self.0.held.store(held, Ordering::Relaxed);
        self.beat();
    }

    /// Runs `work` to its end or to a stall.
    pub(crate) async fn watch<T>(&self, work: impl Future<Output = T>) -> Result<T, Stalled> {
        let mut work = pin!(work);
        loop {
            let now = millis(self.0.clock.now());
            let left = self
                .0
                .stalled_at
                .load(Ordering::Relaxed)
                .saturating_sub(now);
            if left == 0 {
                if !self.0.held.load(Ordering::Relaxed) {
                    return Err(Stalled);
                }
                self.beat();
                continue;
            }
            let left = self.0.limit.map(|_| Duration::from_millis(left));
            if let Ok(result) = race(self.0.clock.as_ref(), left, work.as_mut()).await {
                return Ok(result);
            }
        }
    }
}

fn millis(time: Duration) -> u64 {
    u64::try_from(time.as_millis()).unwrap_or(u64::MAX)
}

#[cfg(all(test, feature = "test-util"))]
mod tests {
    use super::*;
    use crate::TestClock;

    const SECOND: Duration = Duration::from_secs(1);

    fn pulse(clock: &TestClock) -> Pulse {
        Pulse::new(Arc::new(clock.clone()), Some(SECOND * 10))
    }

    #[tokio::test]
    async fn each_beat_puts_the_end_off() {
        let clock = TestClock::new();
        let pulse = pulse(&clock);
        let work = async {
            for _ in 0..5 {
                clock.sleep(SECOND * 9).await;
                pulse.beat();
            }
            std::future::pending::<()>().await;
        };
        assert!(pulse.watch(work).await.is_err());
        assert_eq!(clock.now(), SECOND * 55);
    }

    #[tokio::test]
    async fn more_time_is_given_and_nobody_here_is_blamed() {
        let clock = TestClock::new();
        let pulse = pulse(&clock);
        let work = async {
            pulse.hold(true);
            clock.sleep(SECOND * 100).await;
            pulse.hold(false);
            pulse.allow(SECOND * 60);
            clock.sleep(SECOND * 59).await;
            7
        };
        assert_eq!(pulse.watch(work).await.ok(), Some(7));
        let pulse = Pulse::new(Arc::new(clock.clone()), None);
        assert!(pulse.watch(clock.sleep(SECOND * 1_000_000)).await.is_ok());
    }
}
