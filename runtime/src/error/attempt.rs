//! The attempts of a call that failed.

use std::time::Duration;

use super::{Error, ErrorKind};
use crate::retry::{RequestOutcome, classify};

/// One attempt of a call that failed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Attempt {
    /// When it began, from the start of the call.
    pub started: Duration,
    /// The wait before it.
    pub waited: Duration,
    /// How it ended.
    pub outcome: AttemptOutcome,
    /// The status code of the response, if there was one.
    pub status: Option<u16>,
}

/// How an attempt ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum AttemptOutcome {
    /// Nothing was sent: no access token, no connection.
    NotSent,
    /// The connection broke.
    Interrupted,
    /// It took too long.
    TimedOut,
    /// The server responded with an error.
    Failed,
    /// The server responded with success, and the body is unusable.
    Unusable,
}

impl AttemptOutcome {
    /// How the attempt ended that failed with `error`.
    pub(crate) fn of(error: &Error) -> Self {
        match error.kind() {
            _ if classify(error).outcome == RequestOutcome::NotSent => Self::NotSent,
            ErrorKind::TimedOut { .. } => Self::TimedOut,
            ErrorKind::Transport(_) => Self::Interrupted,
            ErrorKind::Body(_) | ErrorKind::NoResponse | ErrorKind::OperationFailed(_) => {
                Self::Unusable
            }
            _ => Self::Failed,
        }
    }

    /// The name for logs.
    pub(crate) fn as_str(self) -> &'static str {
        match self {
            Self::NotSent => "not sent",
            Self::Interrupted => "interrupted",
            Self::TimedOut => "timed out",
            Self::Failed => "failed",
            Self::Unusable => "unusable",
        }
    }
}
