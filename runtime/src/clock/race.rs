//! Limits of time on anything.

use std::future::{Future, poll_fn};
use std::pin::pin;
use std::task::Poll;
use std::time::Duration;

use super::Clock;

/// Time was up.
pub(crate) struct Elapsed;

/// Runs `work` for at most `limit`; without one, to its end.
pub(crate) async fn race<T>(
    clock: &dyn Clock,
    limit: Option<Duration>,
    work: impl Future<Output = T>,
) -> Result<T, Elapsed> {
    let mut work = pin!(work);
    let mut alarm = limit.map(|limit| clock.sleep(limit));
    poll_fn(|context| {
        // The work comes first: what is done when time is up is done.
        if let Poll::Ready(result) = work.as_mut().poll(context) {
            return Poll::Ready(Ok(result));
        }
        match &mut alarm {
            Some(alarm) => alarm.as_mut().poll(context).map(|()| Err(Elapsed)),
            None => Poll::Pending,
        }
    })
    .await
}
