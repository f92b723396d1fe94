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
