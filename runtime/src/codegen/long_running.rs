//! Calls whose response is a long-running operation.

use super::{Call, Request};

/// A call that starts or gets an operation, and knows how to look at it again.
pub trait LongRunning: Call {
    /// The request that gets the operation once more.
    fn poll(&self, operation: &Self::Response) -> Request;

    /// The request that cancels it, if the service can.
    fn cancel(&self, _operation: &Self::Response) -> Option<Request> {
        None
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
