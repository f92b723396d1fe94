//! What a failure says about the request: was it executed, and can it pass?

use crate::HttpMethod;
use crate::codegen::RetrySafety;
use crate::error::{BodyProblem, Error, ErrorKind, Phase, QuotaKind};
use crate::rpc::Code;
use crate::transport::TransportReason;

/// What a failure means for retrying the call.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Classification {
    pub(crate) fate: RequestFate,
    pub(crate) transience: Transience,
}

/// What became of the request.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum RequestFate {
    /// It did not get to the server.
    NotSent,
    /// The server turned it down before doing anything.
    Rejected,
    /// The server may have carried it out.
    Unknown,
    /// The server answered, and that is the answer.
    Responded,
}

/// Whether another attempt can go better.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Transience {
    Permanent,
    Transient,
    /// It can, but not twice: the second time it is no accident.
    RetriedOnce,
}

impl Classification {
    pub(crate) fn is_transient(self) -> bool {
        self.transience != Transience::Permanent
    }

    /// Whether a call that may be retryed like this can be made again without doing it twice.
    pub(crate) fn is_safe(self, retry: RetrySafety) -> bool {
        match self.fate {
            RequestFate::NotSent => true,
            RequestFate::Rejected => retry != RetrySafety::IfNotSent,
            RequestFate::Unknown => retry == RetrySafety::Idempotent,
            RequestFate::Responded => false,
        }
    }

    /// Whether the server surely did not carry out what it was sent, or was sent nothing.
    pub(crate) fn is_rejected(self) -> bool {
        matches!(
            self.fate,
            RequestFate::NotSent | RequestFate::Rejected | RequestFate::Responded
        )
    }

    /// Whether the caller can't know what the call did. A call that only reads does nothing,
    /// whatever was said about retrying it.
    pub(crate) fn is_outcome_unknown(self, retry: RetrySafety, http: HttpMethod) -> bool {
        self.fate == RequestFate::Unknown && retry != RetrySafety::Idempotent && !http.is_safe()
    }
}

/// Classifies the failure of one attempt.
#[allow(
    clippy::match_same_arms,
    reason = "it is a table: each case has its line"
)]
pub(crate) fn classify(error: &Error) -> Classification {
    use RequestFate::{NotSent, Rejected, Responded, Unknown};
    use Transience::{Permanent, RetriedOnce, Transient};

    let (fate, transience) = match error.kind() {
        ErrorKind::Transport(error) => {
            let fate = if error.may_be_processed() {
                Unknown
            } else {
                NotSent
            };
            let transience = match error.reason {
                TransportReason::RequestBody => Permanent,
                _ if error.is_transient() => Transient,
                _ => Permanent,
            };
            (fate, transience)
        }
        ErrorKind::Credentials(error) if error.is_transient() => (NotSent, Transient),
        ErrorKind::TimedOut { phase, .. } => match phase {
            Phase::Credentials => (NotSent, Transient),
            Phase::Request => (Unknown, Transient),
            Phase::Body => (Unknown, RetriedOnce),
            // The call was answered; its operation goes on.
            Phase::Operation => (Responded, Permanent),
        },
        ErrorKind::Api { status, quota, .. } => {
            match (quota, error.http_status().unwrap_or_default()) {
                (Some(QuotaKind::PerDay), _) => (Responded, Permanent),
                // Of the refusals only those that name a rate pass by themselves.
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
    Classification { fate, transience }
}
