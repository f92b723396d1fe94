//! A clock for tests: hours pass in no time.

use std::collections::BTreeMap;
use std::future::Future;
use std::pin::Pin;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::task::{Context, Poll, Waker};
use std::time::{Duration, SystemTime};

use super::Clock;
use crate::BoxFuture;

/// A clock for tests: hours pass in no time.
///
/// Time stands still until everything waits for it; then it jumps to the end of the shortest
/// sleep. It works with any executor, as long as the test does no real input and output.
///
/// ```
/// use std::time::Duration;
///
/// use discovery_runtime::{Clock as _, TestClock};
///
/// # #[tokio::main(flavor = "current_thread")]
/// # async fn main() {
/// let clock = TestClock::new();
/// clock.sleep(Duration::from_secs(3600)).await;
/// assert_eq!(clock.now(), Duration::from_secs(3600));
/// # }
/// ```
#[derive(Clone)]
pub struct TestClock {
    state: Arc<Mutex<State>>,
}

struct State {
    now: Duration,
    system_start: SystemTime,
    /// Those who sleep, by when they wake up.
    sleepers: BTreeMap<(Duration, u64), Option<Waker>>,
    next_sleeper: u64,
}

/// How often a sleep lets everything else go first before time jumps.
const PATIENCE: u32 = 3;

impl TestClock {
    /// A clock at zero, on the first day of 2026 (UTC).
    pub fn new() -> Self {
        let state = State {
            now: Duration::ZERO,
            system_start: SystemTime::UNIX_EPOCH + Duration::from_secs(1_767_225_600),
            sleepers: BTreeMap::new(),
            next_sleeper: 0,
        };
        Self {
            state: Arc::new(Mutex::new(state)),
        }
    }

    /// Lets time pass at once. Sleeps that end within it wake up.
    pub fn advance(&self, duration: Duration) {
        let now = self.now().saturating_add(duration);
        self.lock().advance_to(now);
    }

    /// Sets the calendar, as a user or the network does; [`now`](Clock::now) does not care.
    pub fn set_system_time(&self, time: SystemTime) {
        let mut state = self.lock();
        state.system_start = time.checked_sub(state.now).unwrap_or(time);
    }

    fn lock(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl State {
    fn advance_to(&mut self, time: Duration) {
        self.now = self.now.max(time);
        let awake = self.sleepers.range_mut(..=(self.now, u64::MAX));
        awake
            .filter_map(|(_, waker)| waker.take())
            .for_each(Waker::wake);
    }
}

impl Default for TestClock {
    fn default() -> Self {
        Self::new()
    }
}

impl Clock for TestClock {
    fn now(&self) -> Duration {
        self.lock().now
    }

    fn sleep(&self, duration: Duration) -> BoxFuture<'static, ()> {
        let mut state = self.lock();
        let key = (state.now.saturating_add(duration), state.next_sleeper);
        state.next_sleeper += 1;
        Box::pin(Sleep {
            clock: self.clone(),
            key,
            patience: PATIENCE,
        })
    }

    fn system_time(&self) -> SystemTime {
        let state = self.lock();
        state
            .system_start
            .checked_add(state.now)
            .unwrap_or(state.system_start)
    }
}

struct Sleep {
    clock: TestClock,
    key: (Duration, u64),
    patience: u32,
}

impl Future for Sleep {
    type Output = ();

    fn poll(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<()> {
        let this = &mut *self;
        let mut state = this.clock.lock();
        if this.key.0 <= state.now {
            return Poll::Ready(());
        }
        state
            .sleepers
            .insert(this.key, Some(context.waker().clone()));
        if state.sleepers.keys().next() != Some(&this.key) {
            return Poll::Pending;
        }
        if this.patience == 0 {
            state.advance_to(this.key.0);
            return Poll::Ready(());
        }
        this.patience -= 1;
        context.waker().wake_by_ref();
        Poll::Pending
    }
}

impl Drop for Sleep {
    fn drop(&mut self) {
        let mut state = self.clock.lock();
        state.sleepers.remove(&self.key);
        // Whoever sleeps shortest now may be the one who lets time jump.
        if let Some(waker) = state.sleepers.values_mut().next().and_then(Option::take) {
            waker.wake();
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const SECOND: Duration = Duration::from_secs(1);

    #[tokio::test]
    async fn sleeps_end_in_order() {
        let clock = TestClock::new();
        let order = Arc::new(Mutex::new(Vec::new()));
        let sleeper = |seconds: u32| {
            let (clock, order) = (clock.clone(), order.clone());
            tokio::spawn(async move {
                clock.sleep(SECOND * seconds).await;
                order.lock().unwrap().push((seconds, clock.now()));
            })
        };
        let sleepers = [sleeper(3), sleeper(1), sleeper(2)];
        for sleeper in sleepers {
            sleeper.await.unwrap();
        }
        let expected = [(1, SECOND), (2, SECOND * 2), (3, SECOND * 3)];
        assert_eq!(*order.lock().unwrap(), expected);
    }

    #[tokio::test]
    async fn a_dropped_sleep_holds_nobody_up() {
        let clock = TestClock::new();
        drop(clock.sleep(SECOND));
        clock.sleep(SECOND * 5).await;
        assert_eq!(clock.now(), SECOND * 5);
    }

    #[tokio::test]
    async fn the_calendar_goes_with_it_and_can_be_set() {
        let clock = TestClock::new();
        let start = clock.system_time();
        clock.advance(SECOND * 10);
        assert_eq!(clock.system_time(), start + SECOND * 10);
        clock.set_system_time(SystemTime::UNIX_EPOCH + SECOND * 1000);
        assert_eq!(clock.system_time(), SystemTime::UNIX_EPOCH + SECOND * 1000);
        assert_eq!(clock.now(), SECOND * 10);
    }
}
