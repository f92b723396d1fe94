//! What a program asks an error, each with what to do about it: one file for each group.

mod access;
mod request;
mod response;
mod transfer;

use super::{Error, ErrorKind, Remedy, TransferProblem};
use crate::retry::{RequestOutcome, classify};
use crate::rpc::Code;
use crate::transport::TransportReason;

/// # What to do next
impl Error {
    /// The same call may succeed later, and making it again does nothing twice.
    ///
    /// The client retried it as far as its policy, budget and time allowed. Wait before making it
    /// again, longer each time and at least [`retry_after`](Self::retry_after).
    pub fn is_retryable(&self) -> bool {
        let classification = classify(self);
        classification.is_transient()
            && classification.outcome != RequestOutcome::Responded
            && !self.0.outcome_unknown
    }

    /// It is not known whether the server carried the call out, and making it again could do it
    /// twice.
    ///
    /// Look at the state on the server before making the call again. Such a call is never
    /// retried by itself, unless [`CallOptions`](crate::CallOptions) say that it may be.
    ///
    /// It is `false` if the server definitely rejected the call, as with most of 4xx, also after the
    /// last byte of an upload, and for calls that only read (`GET`): those have no outcome.
    pub fn is_outcome_unknown(&self) -> bool {
        self.0.outcome_unknown
    }
}

impl Error {
    pub(super) fn is_api(&self) -> bool {
        matches!(self.kind(), ErrorKind::Api { .. })
    }

    /// Whether the server responded with this status, or an operation ended with one of the codes.
    fn is_failure(&self, status: u16, codes: &[Code]) -> bool {
        match self.kind() {
            ErrorKind::Api { .. } => self.http_status() == Some(status),
            ErrorKind::OperationFailed(_) => codes.iter().any(|code| self.has_code(code)),
            _ => false,
        }
    }

    fn has_remedy(&self, remedy: Remedy) -> bool {
        match self.kind() {
            ErrorKind::Api { remedy: own, .. } => *own == Some(remedy),
            ErrorKind::OperationFailed(status) => Remedy::of(status) == Some(remedy),
            _ => false,
        }
    }

    fn has_code(&self, code: &Code) -> bool {
        self.rpc_status()
            .is_some_and(|status| status.code.as_ref() == Some(code))
    }

    fn is_transport(&self, reason: TransportReason) -> bool {
        matches!(self.kind(), ErrorKind::Transport(error) if error.reason == reason)
    }

    pub(super) fn transfer(&self) -> Option<&TransferProblem> {
        match self.kind() {
            ErrorKind::Transfer(problem) => Some(problem),
            _ => None,
        }
    }
}

impl From<TransferProblem> for Error {
    fn from(problem: TransferProblem) -> Self {
        Self::new(ErrorKind::Transfer(problem))
    }
}
