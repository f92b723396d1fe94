//! One piece of work for all who need it at the same time, without a task of its own.
//!
//! Whoever waits drives the work. If that one goes away, another takes over; if all go away, the
//! work is dropped with them.

use std::future::Future;
use std::pin::Pin;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError, Weak};
use std::task::{Context, Poll, Wake, Waker};

use crate::BoxFuture;

/// A place where at most one flight is under way.
pub(super) struct SingleFlight<T> {
    current: Mutex<Weak<Flight<T>>>,
}

struct Flight<T> {
    state: Mutex<State<T>>,
}

struct State<T> {
    progress: Progress<T>,
    waiting: Vec<(u64, Waker)>,
    next_id: u64,
}

enum Progress<T> {
    Idle(BoxFuture<'static, T>),
    /// Somebody polls the work right now.
    Polled,
    Done(T),
    /// The work panicked.
    Lost,
}

impl<T: Clone + Send + 'static> SingleFlight<T> {
    pub(super) fn new() -> Self {
        Self {
            current: Mutex::new(Weak::new()),
        }
    }

    /// Joins the flight that is under way, or begins one with the work that `start` makes.
    ///
    /// The result is `None` if the work panicked in the task of somebody else.
    pub(super) fn join(&self, start: impl FnOnce() -> BoxFuture<'static, T>) -> Join<T> {
        let mut current = lock(&self.current);
        let running = current.upgrade().filter(|flight| !flight.has_landed());
        let flight = running.unwrap_or_else(|| Arc::new(Flight::new(start())));
        *current = Arc::downgrade(&flight);
        drop(current);
        Join {
            id: flight.next_id(),
            flight,
        }
    }
}

impl<T> Flight<T> {
    fn new(work: BoxFuture<'static, T>) -> Self {
        let state = State {
            progress: Progress::Idle(work),
            waiting: Vec::new(),
            next_id: 0,
        };
        Self {
            state: Mutex::new(state),
        }
    }

    fn has_landed(&self) -> bool {
        let state = lock(&self.state);
        matches!(state.progress, Progress::Done(_) | Progress::Lost)
    }

    fn next_id(&self) -> u64 {
        let mut state = lock(&self.state);
        state.next_id += 1;
        state.next_id
    }

    fn wake_all(&self) {
        let waiting = std::mem::take(&mut lock(&self.state).waiting);
        for (_, waker) in waiting {
            waker.wake();
        }
    }

    fn set(&self, progress: Progress<T>) {
        // What was there may be the work: it is dropped when the lock is open again.
        let before = std::mem::replace(&mut lock(&self.state).progress, progress);
        drop(before);
    }
}

/// Wakes everybody who waits: any of them can drive the work.
struct WakeAll<T>(Weak<Flight<T>>);

impl<T: Send + 'static> Wake for WakeAll<T> {
    fn wake(self: Arc<Self>) {
        if let Some(flight) = self.0.upgrade() {
            flight.wake_all();
        }
    }
}

/// A wait for the result of a flight.
pub(super) struct Join<T> {
    flight: Arc<Flight<T>>,
    id: u64,
}

impl<T: Clone + Send + 'static> Future for Join<T> {
    type Output = Option<T>;

    fn poll(self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<T>> {
        let mut state = lock(&self.flight.state);
        match &state.progress {
            Progress::Done(result) => return Poll::Ready(Some(result.clone())),
            Progress::Lost => return Poll::Ready(None),
            Progress::Idle(_) | Progress::Polled => {}
        }
        state.waiting.retain(|(id, _)| *id != self.id);
        state.waiting.push((self.id, context.waker().clone()));
        match std::mem::replace(&mut state.progress, Progress::Polled) {
            Progress::Idle(work) => {
                drop(state);
                drive(&self.flight, work)
            }
            _ => Poll::Pending,
        }
    }
}

impl<T> Drop for Join<T> {
    fn drop(&mut self) {
        lock(&self.flight.state)
            .waiting
            .retain(|(id, _)| *id != self.id);
        // The one that goes may be the one that was woken to drive the work.
        self.flight.wake_all();
    }
}

/// Polls the work for everybody.
fn drive<T: Clone + Send + 'static>(
    flight: &Arc<Flight<T>>,
    mut work: BoxFuture<'static, T>,
) -> Poll<Option<T>> {
    let guard = LostOnPanic(flight);
    let waker = Waker::from(Arc::new(WakeAll(Arc::downgrade(flight))));
    let polled = work.as_mut().poll(&mut Context::from_waker(&waker));
    std::mem::forget(guard);
    match polled {
        Poll::Ready(result) => {
            flight.set(Progress::Done(result.clone()));
            flight.wake_all();
            Poll::Ready(Some(result))
        }
        Poll::Pending => {
            flight.set(Progress::Idle(work));
            Poll::Pending
        }
    }
}

struct LostOnPanic<'a, T>(&'a Flight<T>);

impl<T> Drop for LostOnPanic<'_, T> {
    fn drop(&mut self) {
        self.0.set(Progress::Lost);
        self.0.wake_all();
    }
}

fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

#[cfg(test)]
mod tests {
    use std::sync::atomic::{AtomicUsize, Ordering};
    use std::time::Duration;

    use super::*;

    type Shared = Arc<SingleFlight<usize>>;

    fn counted(starts: &Arc<AtomicUsize>) -> BoxFuture<'static, usize> {
        let starts = starts.clone();
        Box::pin(async move {
            let number = starts.fetch_add(1, Ordering::SeqCst) + 1;
            for _ in 0..3 {
                tokio::task::yield_now().await;
            }
            number
        })
    }

    #[tokio::test(flavor = "multi_thread", worker_threads = 4)]
    async fn concurrent_waiters_share_one_flight() {
        for _ in 0..50 {
            let flights: Shared = Arc::new(SingleFlight::new());
            let starts = Arc::new(AtomicUsize::new(0));
            let gate = Arc::new(tokio::sync::Barrier::new(40));
            let tasks: Vec<_> = (0..40)
                .map(|_| {
                    let (flights, starts, gate) = (flights.clone(), starts.clone(), gate.clone());
                    tokio::spawn(async move {
                        let join = flights.join(|| counted(&starts));
                        gate.wait().await;
                        join.await
                    })
                })
                .collect();
            for task in tasks {
                assert_eq!(task.await.unwrap(), Some(1));
            }
            assert_eq!(starts.load(Ordering::SeqCst), 1);
            assert_eq!(flights.join(|| counted(&starts)).await, Some(2));
        }
    }

    #[tokio::test(flavor = "multi_thread", worker_threads = 4)]
    async fn a_remaining_waiter_takes_over() {
        for round in 0..200 {
            let flights: Shared = Arc::new(SingleFlight::new());
            let starts = Arc::new(AtomicUsize::new(0));
            let first = flights.join(|| counted(&starts));
            let second = flights.join(|| counted(&starts));
            let first = tokio::spawn(first);
            let second = tokio::spawn(second);
            if round % 2 == 0 {
                tokio::task::yield_now().await;
            }
            first.abort();
            let result = tokio::time::timeout(Duration::from_secs(10), second).await;
            assert_eq!(
                result.expect("the second one waits forever").unwrap(),
                Some(1)
            );
        }
    }

    #[tokio::test]
    async fn a_flight_without_waiters_is_dropped() {
        let flights: Shared = Arc::new(SingleFlight::new());
        let alive = Arc::new(());
        let held = alive.clone();
        let join = flights.join(move || {
            Box::pin(async move {
                std::future::pending::<()>().await;
                Arc::strong_count(&held)
            })
        });
        assert!(
            tokio::time::timeout(Duration::from_millis(1), join)
                .await
                .is_err()
        );
        assert_eq!(Arc::strong_count(&alive), 1);
        assert_eq!(
            flights.join(|| Box::pin(std::future::ready(7))).await,
            Some(7)
        );
    }

    #[tokio::test]
    async fn a_panic_of_a_flight_stays_in_it() {
        let flights: Shared = Arc::new(SingleFlight::new());
        let first = flights.join(|| Box::pin(async { panic!("the source panics") }));
        let second = flights.join(|| Box::pin(std::future::ready(0)));
        assert!(tokio::spawn(first).await.is_err());
        assert_eq!(second.await, None);
        assert_eq!(
            flights.join(|| Box::pin(std::future::ready(7))).await,
            Some(7)
        );
    }
}
