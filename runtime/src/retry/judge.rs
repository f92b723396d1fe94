//! What a failure says about the request: was it executed, and can it pass?

use crate::HttpMethod;
use crate::codegen::Repeat;
use crate::error::{BodyProblem, Error, ErrorKind, Phase, QuotaKind};
use crate::rpc::Code;
use crate::transport::TransportReason;

/// What a failure means for repeating the call.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Judgement {
    pub(crate) fate: Fate,
    pub(crate) transience: Transience,
}

/// What became of the request.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Fate {
    /// It did not get to the server.
    NotSent,
    /// The server turned it down before doing anything.
    Refused,
    /// The server may have carried it out.
    Unknown,
    /// The server answered, and that is the answer.
    Answered,
}

/// Whether another attempt can go better.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Transience {
    Permanent,
    Transient,
    /// It can, but not twice: the second time it is no accident.
    Once,
}

impl Judgement {
    pub(crate) fn is_transient(self) -> bool {
        self.transience != Transience::Permanent
    }

    /// Whether a call that may be repeated like this can be made again without doing it twice.
    pub(crate) fn is_safe(self, repeat: Repeat) -> bool {
        match self.fate {
            Fate::NotSent => true,
            Fate::Refused => repeat != Repeat::Unsent,
            Fate::Unknown => repeat == Repeat::Safe,
            Fate::Answered => false,
        }
    }

    /// Whether the server surely did not carry out what it was sent, or was sent nothing.
    pub(crate) fn is_rejected(self) -> bool {
        matches!(self.fate, Fate::NotSent | Fate::Refused | Fate::Answered)
    }

    /// Whether the caller can't know what the call did. A call that only reads does nothing,
    /// whatever was said about repeating it.
    pub(crate) fn is_outcome_unknown(self, repeat: Repeat, http: HttpMethod) -> bool {
        self.fate == Fate::Unknown && repeat != Repeat::Safe && !http.is_safe()
    }
}

/// Judges the failure of one attempt.
#[allow(
    clippy::match_same_arms,
    reason = "it is a table: each case has its line"
)]
pub(crate) fn judge(error: &Error) -> Judgement {
    use Fate::{Answered, NotSent, Refused, Unknown};
    use Transience::{Once, Permanent, Transient};

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
            Phase::Body => (Unknown, Once),
            // The call was answered; its operation goes on.
            Phase::Operation => (Answered, Permanent),
        },
        ErrorKind::Api { status, quota, .. } => {
            match (quota, error.http_status().unwrap_or_default()) {
                (Some(QuotaKind::PerDay), _) => (Answered, Permanent),
                // Of the refusals only those that name a rate pass by themselves.
                (Some(QuotaKind::Other), 403) => (Answered, Permanent),
                (Some(_), _) => (Refused, Transient),
                (None, 408) => (Unknown, Transient),
                (None, 409)
                    if status
                        .as_ref()
                        .is_some_and(|status| status.code == Some(Code::Aborted)) =>
                {
                    (Unknown, Permanent)
                }
                // Not implemented, and not in this version of HTTP.
                (None, 501 | 505) => (Answered, Permanent),
                (None, 500..) => (Unknown, Transient),
                (None, _) => (Answered, Permanent),
            }
        }
        ErrorKind::Body(BodyProblem::Truncated) => (Unknown, Once),
        ErrorKind::OperationFailed(_) => (Answered, Permanent),
        ErrorKind::Body(_) | ErrorKind::Unanswered => (Unknown, Permanent),
        ErrorKind::InvalidArgument(_)
        | ErrorKind::Configuration { .. }
        | ErrorKind::Credentials(_)
        | ErrorKind::RepeatedPageToken => (NotSent, Permanent),
        ErrorKind::Redirected { .. } | ErrorKind::Transfer(_) => (Answered, Permanent),
    };
    Judgement { fate, transience }
}
