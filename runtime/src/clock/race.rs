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
    let mut alarm = None;
    poll_fn(|context| {
        // The work comes first: what is done when time is up is done, and what is done at once, as
        // getting an access token that is kept, needs no timer.
        if let Poll::Ready(result) = work.as_mut().poll(context) {
            return Poll::Ready(Ok(result));
        }
        let Some(limit) = limit else {
            return Poll::Pending;
        };
        let alarm = alarm.get_or_insert_with(|| clock.sleep(limit));
        alarm.as_mut().poll(context).map(|()| Err(Elapsed))
    })
    .await
}
