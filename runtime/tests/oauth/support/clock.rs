//! A clock that a test moves by hand, for tests with real connections: it never jumps by itself.
//! Only moments, such as those between two tries of a lock, pass as they do.

use std::future::poll_fn;
use std::sync::{Arc, Mutex};
use std::task::{Poll, Waker};
use std::time::{Duration, SystemTime, UNIX_EPOCH};

use discovery_runtime::{BoxFuture, Clock};

#[derive(Clone)]
pub struct ManualClock(Arc<Mutex<State>>);

struct State {
    now: Duration,
    calendar: SystemTime,
    sleepers: Vec<(Duration, Waker)>,
    /// The ends of all sleeps that anybody began.
    begun: Vec<Duration>,
}

const MOMENT: Duration = Duration::from_millis(50);

impl ManualClock {
    pub fn new() -> Self {
        Self(Arc::new(Mutex::new(State {
            now: Duration::ZERO,
            calendar: UNIX_EPOCH + Duration::from_secs(1_800_000_000),
            sleepers: Vec::new(),
            begun: Vec::new(),
        })))
    }

    /// Lets time pass.
    pub fn advance(&self, time: Duration) {
        let mut state = self.0.lock().unwrap();
        state.now += time;
        state.calendar += time;
        let sleepers = std::mem::take(&mut state.sleepers);
        drop(state);
        for (_, waker) in sleepers {
            waker.wake();
        }
    }

    /// Sets the calendar alone.
    pub fn set_calendar(&self, date: SystemTime) {
        self.0.lock().unwrap().calendar = date;
    }

    /// Waits until somebody sleeps for this long.
    pub async fn sleeper(&self, time: Duration) {
        let end = self.now() + time;
        wait_until("somebody sleeps", || {
            self.0.lock().unwrap().begun.contains(&end)
        })
        .await;
    }
}

/// Waits for what other tasks and threads do, in real time.
pub async fn wait_until(what: &str, condition: impl Fn() -> bool) {
    for _ in 0..20_000 {
        if condition() {
            return;
        }
        tokio::time::sleep(Duration::from_millis(1)).await;
    }
    panic!("waited in vain until {what}");
}

impl Clock for ManualClock {
    fn now(&self) -> Duration {
        self.0.lock().unwrap().now
    }

    fn sleep(&self, time: Duration) -> BoxFuture<'static, ()> {
        if time <= MOMENT {
            return Box::pin(tokio::time::sleep(time));
        }
        let state = self.0.clone();
        let end = self.now().saturating_add(time);
        state.lock().unwrap().begun.push(end);
        Box::pin(poll_fn(move |context| {
            let mut state = state.lock().unwrap();
            if state.now >= end {
                return Poll::Ready(());
            }
            state.sleepers.push((end, context.waker().clone()));
            Poll::Pending
        }))
    }

    fn system_time(&self) -> SystemTime {
        self.0.lock().unwrap().calendar
    }
}
