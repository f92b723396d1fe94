//! Waiting for an operation: polling it, less and less often, until it is done.

use std::time::Duration;

use super::{Operation, failed};
use crate::codegen::{Call, FromBody, LongRunning, send, send_request};
use crate::error::{ErrorKind, Limit, Phase};
use crate::{Error, Result};

/// The wait after the first response.
const FIRST_DELAY: Duration = Duration::from_secs(1);
/// The longest wait between two polls.
const LONGEST_DELAY: Duration = Duration::from_secs(30);

/// A call that is to be waited for until its operation is done.
///
/// The service is polled after one second, then after waits that grow to half a minute.
#[derive(Clone, Debug)]
#[must_use = "nothing is sent until it is waited for"]
pub struct Wait<C> {
    call: C,
    first: Duration,
    longest: Duration,
    deadline: Option<Duration>,
    cancels: bool,
}

impl<C: LongRunning> Wait<C>
where
    C::Response: Operation + FromBody,
{
    /// Waits for the operation that `call` starts, or gets.
    #[doc(hidden)]
    pub fn new(call: C) -> Self {
        Self {
            call,
            first: FIRST_DELAY,
            longest: LONGEST_DELAY,
            deadline: None,
            cancels: false,
        }
    }

    /// The wait after the first response, and the longest one.
    pub fn with_delays(mut self, first: Duration, longest: Duration) -> Self {
        self.first = first;
        self.longest = longest.max(first);
        self
    }

    /// How long to wait in all. Without it there is no limit: some operations take days.
    ///
    /// The error at the end of it is a [timeout](Error::is_timeout). The operation goes on, unless
    /// it is to be [cancelled](Self::cancel_at_deadline). To go on waiting later, keep its name:
    /// [`done_with`](Self::done_with) shows it.
    pub fn with_deadline(mut self, deadline: Duration) -> Self {
        self.deadline = Some(deadline);
        self
    }

    /// Asks the service to cancel the operation when the deadline is reached, where it can.
    pub fn cancel_at_deadline(mut self) -> Self {
        self.cancels = true;
        self
    }

    /// Sends the call and waits until the operation is done.
    ///
    /// # Errors
    ///
    /// Those of the call and of polling the operation, an operation that
    /// [failed](Error::is_operation_failed), and the deadline.
    pub async fn done(self) -> Result<C::Response> {
        self.done_with(|_| {}).await
    }

    /// The same, and shows the operation to `progress` after each response of the service.
    ///
    /// # Errors
    ///
    /// As for [`done`](Self::done).
    pub async fn done_with(
        self,
        mut progress: impl FnMut(&C::Response) + Send,
    ) -> Result<C::Response> {
        let clock = self.call.context().client.clock().clone();
        let started = clock.now();
        let mut delay = self.first;
        let mut operation = send(&self.call).await?;
        loop {
            progress(&operation);
            if let Some(status) = operation.failure() {
                return Err(failed(status, C::METHOD.id));
            }
            if operation.is_done() {
                return Ok(operation);
            }
            let passed = clock.now().saturating_sub(started);
            if self
                .deadline
                .is_some_and(|deadline| passed.saturating_add(delay) > deadline)
            {
                return Err(self.give_up(&operation).await);
            }
            clock.sleep(delay).await;
            delay = delay.saturating_mul(2).min(self.longest);
            operation = send_request(self.call.context(), self.call.poll(&operation)).await?;
        }
    }

    async fn give_up(&self, operation: &C::Response) -> Error {
        if self.cancels
            && let Some(request) = self.call.cancel(operation)
        {
            // What matters to the caller is the deadline; the operation may be done by now.
            let _ = send_request::<()>(self.call.context(), request).await;
        }
        let kind = ErrorKind::TimedOut {
            limit: Limit::Total,
            phase: Phase::Operation,
        };
        Error::new(kind).with_method(<C as Call>::METHOD.id, &[])
    }
}

/// Adds `wait` to a call: `long_running!(Create);`
#[doc(hidden)]
#[macro_export]
macro_rules! __long_running {
    ($call:ident) => {
        impl $call {
            /// Sends the call and waits until its operation is done; see
            /// [`Wait`](discovery_runtime::operation::Wait).
            pub fn wait(self) -> $crate::operation::Wait<Self> {
                $crate::operation::Wait::new(self)
            }
        }
    };
}
