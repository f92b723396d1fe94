//! Classifies failures: was the request processed, and is the failure transient?

use crate::HttpMethod;
use crate::codegen::RetrySafety;
use crate::error::{BodyProblem, Error, ErrorKind, Phase, QuotaKind};
use crate::rpc::Code;
use crate::transport::TransportReason;

/// What a failure means for a retry.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Classification {
    pub(crate) outcome: RequestOutcome,
    pub(crate) transience: Transience,
}

/// What became of the request on the server.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum RequestOutcome {
    /// It did not get to the server.
    NotSent,
    /// The server rejected it before doing anything.
    Rejected,
    /// The server may have processed it.
    Unknown,
    /// The server processed it, and its response is the result.
    Responded,
}

/// Whether another attempt can go better.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Transience {
    Permanent,
    Transient,
    /// It can, but only once: a response is seldom malformed or truncated by chance a second time.
    RetriedOnce,
}

impl Classification {
    pub(crate) fn is_transient(self) -> bool {
        self.transience != Transience::Permanent
    }

    /// Whether a retry is safe for a method with this retry safety: it does nothing twice.
    pub(crate) fn is_safe(self, retry: RetrySafety) -> bool {
        match self.outcome {
            RequestOutcome::NotSent => true,
            RequestOutcome::Rejected => retry != RetrySafety::IfNotSent,
            RequestOutcome::Unknown => retry == RetrySafety::Idempotent,
            RequestOutcome::Responded => false,
        }
    }

    /// Whether the server surely did not do what the request asks for, or was sent nothing.
    pub(crate) fn is_rejected(self) -> bool {
        self.outcome != RequestOutcome::Unknown
    }

    /// Whether the caller can't know what the call did. A call that only reads does nothing,
    /// whatever was said about retrying it.
    pub(crate) fn is_outcome_unknown(self, retry: RetrySafety, http: HttpMethod) -> bool {
        self.outcome == RequestOutcome::Unknown
            && retry != RetrySafety::Idempotent
            && !http.is_safe()
    }
}

/// Classifies the failure of one attempt.
#[allow(
    clippy::match_same_arms,
    reason = "it is a table: each case has its line"
)]
pub(crate) fn classify(error: &Error) -> Classification {
    use RequestOutcome::{NotSent, Rejected, Responded, Unknown};
    use Transience::{Permanent, RetriedOnce, Transient};

    let (outcome, transience) = match error.kind() {
        ErrorKind::Transport(error) => {
            let outcome = if error.may_be_processed() {
                Unknown
            } else {
                NotSent
            };
            let transience = match error.reason {
                TransportReason::RequestBody => Permanent,
                _ if error.is_transient() => Transient,
                _ => Permanent,
            };
            (outcome, transience)
        }
        ErrorKind::Credentials(error) if error.is_transient() => (NotSent, Transient),
        ErrorKind::TimedOut { phase, .. } => match phase {
            Phase::Credentials => (NotSent, Transient),
            Phase::Request => (Unknown, Transient),
            Phase::Body => (Unknown, RetriedOnce),
            // The call had its response; its operation goes on.
            Phase::Operation => (Responded, Permanent),
        },
        ErrorKind::Api { status, quota, .. } => {
            match (quota, error.http_status().unwrap_or_default()) {
                (Some(QuotaKind::PerDay), _) => (Responded, Permanent),
                // Of the 403 only those that name a rate are transient.
                (Some(QuotaKind::Other), 403) => (Responded, Permanent),
                (Some(_), _) => (Rejected, Transient),
                (None, 408) => (Unknown, Transient),
                (None, 409)
                    if status
                        .as_ref()
                        .is_some_and(|status| status.code == Some(Code::Aborted)) =>
                {
                    (Unknown, Permanent)
                }
                // Not implemented, and not in this version of HTTP.
                (None, 501 | 505) => (Responded, Permanent),
                (None, 500..) => (Unknown, Transient),
                (None, _) => (Responded, Permanent),
            }
        }
        ErrorKind::Body(BodyProblem::Truncated) => (Unknown, RetriedOnce),
        ErrorKind::OperationFailed(_) => (Responded, Permanent),
        ErrorKind::Body(_) | ErrorKind::NoResponse => (Unknown, Permanent),
        ErrorKind::InvalidArgument(_)
        | ErrorKind::Configuration { .. }
        | ErrorKind::Credentials(_)
        | ErrorKind::RepeatedPageToken => (NotSent, Permanent),
        ErrorKind::Redirected { .. } | ErrorKind::Transfer(_) => (Responded, Permanent),
    };
    Classification {
        outcome,
        transience,
    }
}
