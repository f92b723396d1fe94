//! The idle timeout of a transfer: how long it may go on without a byte that moves.

use std::future::Future;
use std::pin::pin;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::time::Duration;

use crate::Clock;
use crate::clock::race;

/// When a transfer counts as stalled. Whoever moves bytes resets it.
///
/// Clones are the same timer.
#[derive(Clone)]
pub(crate) struct IdleTimer(Arc<State>);

struct State {
    clock: Arc<dyn Clock>,
    /// How long it may be idle; `None` for ever.
    limit: Option<Duration>,
    /// When it is a stall, in milliseconds of the clock.
    stalled_at: AtomicU64,
    /// Whether the wait is for somebody on this side, who is not to blame.
    held: AtomicBool,
}

/// Nothing moved for too long.
pub(crate) struct Stalled;

impl IdleTimer {
    pub(crate) fn new(clock: Arc<dyn Clock>, limit: Option<Duration>) -> Self {
        let idle_timer = Self(Arc::new(State {
            clock,
            limit,
            stalled_at: AtomicU64::new(0),
            held: AtomicBool::new(false),
        }));
        idle_timer.reset();
        idle_timer
    }

    /// Something moved.
    pub(crate) fn reset(&self) {
        self.allow(self.0.limit.unwrap_or(Duration::MAX));
    }

    /// The wait goes on that took so long before.
    pub(crate) fn reset_after(&self, waited: Duration) {
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
        self.reset();
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
                self.reset();
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

    fn idle_timer(clock: &TestClock) -> IdleTimer {
        IdleTimer::new(Arc::new(clock.clone()), Some(SECOND * 10))
    }

    #[tokio::test]
    async fn a_reset_starts_the_idle_timeout_again() {
        let clock = TestClock::new();
        let idle_timer = idle_timer(&clock);
        let work = async {
            for _ in 0..5 {
                clock.sleep(SECOND * 9).await;
                idle_timer.reset();
            }
            std::future::pending::<()>().await;
        };
        assert!(idle_timer.watch(work).await.is_err());
        assert_eq!(clock.now(), SECOND * 55);
    }

    #[tokio::test]
    async fn the_idle_timeout_is_extended_and_held() {
        let clock = TestClock::new();
        let idle_timer = idle_timer(&clock);
        let work = async {
            idle_timer.hold(true);
            clock.sleep(SECOND * 100).await;
            idle_timer.hold(false);
            idle_timer.allow(SECOND * 60);
            clock.sleep(SECOND * 59).await;
            7
        };
        assert_eq!(idle_timer.watch(work).await.ok(), Some(7));
        let idle_timer = IdleTimer::new(Arc::new(clock.clone()), None);
        assert!(
            idle_timer
                .watch(clock.sleep(SECOND * 1_000_000))
                .await
                .is_ok()
        );
    }
}
