//! Why a run stopped before its end.

use std::error::Error as StdError;
use std::fmt::{self, Display, Formatter};
use std::sync::Arc;

use discovery_runtime::{AttemptOutcome, Error, QuotaKind};

/// Why a run stopped before its end.
#[derive(Clone)]
pub struct Stop {
    reason: StopReason,
    source: Option<Arc<dyn StdError + Send + Sync>>,
}

/// Why a run stopped before its end, for programs.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum StopReason {
    /// The requests of the project for the day are used up. Run again after midnight, Pacific time.
    DailyQuota,
    /// The service said for a long time that calls come too fast. Run again later.
    RateLimited,
    /// The storage of the user is full.
    StorageFull,
    /// The album does not exist, or this app did not create it.
    Album,
    /// The user has to sign in again, or did not allow it.
    Access,
    /// The journal can't be written. What was done since is not known to the next run.
    Journal,
    /// The caller requested it.
    Requested,
    /// The service or the way to it fails, again and again.
    Failing,
}

impl Stop {
    pub(super) fn new(reason: StopReason) -> Self {
        Self {
            reason,
            source: None,
        }
    }

    pub(super) fn because(
        reason: StopReason,
        source: impl StdError + Send + Sync + 'static,
    ) -> Self {
        Self {
            reason,
            source: Some(Arc::new(source)),
        }
    }

    /// What an error says about all files, whichever it happened to.
    pub(super) fn of(error: &Error) -> Option<StopReason> {
        let rejected =
            error.is_unauthenticated() || error.is_permission_denied() || error.is_credentials();
        match error.quota_kind() {
            None if is_not_sent(error) => Some(StopReason::Failing),
            Some(QuotaKind::PerDay) => Some(StopReason::DailyQuota),
            Some(_) => Some(StopReason::RateLimited),
            None if rejected => Some(StopReason::Access),
            None if error.is_connect() || error.is_configuration() || error.is_redirect() => {
                Some(StopReason::Failing)
            }
            None => None,
        }
    }

    /// The reason, for programs.
    pub fn reason(&self) -> StopReason {
        self.reason
    }
}

/// Whether nothing got to the service in the end, for a reason that passes: no network, a name that
/// is not found, a server that takes no connection.
pub(super) fn is_not_sent(error: &Error) -> bool {
    let last = error.attempts().last();
    error.is_retryable() && last.is_some_and(|last| last.outcome == AttemptOutcome::NotSent)
}

impl Display for Stop {
    fn fmt(&self, formatter: &mut Formatter<'_>) -> fmt::Result {
        formatter.write_str(match self.reason {
            StopReason::DailyQuota => "the requests of the project for today are used up",
            StopReason::RateLimited => "the service takes no more calls for now",
            StopReason::StorageFull => "the storage of the user is full",
            StopReason::Album => "the album can't be used",
            StopReason::Access => "the service does not allow it",
            StopReason::Journal => "the journal can't be written",
            StopReason::Requested => "the run was stopped",
            StopReason::Failing => "the service can't be reached or fails",
        })
    }
}

impl fmt::Debug for Stop {
    fn fmt(&self, formatter: &mut Formatter<'_>) -> fmt::Result {
        formatter
            .debug_struct("Stop")
            .field("reason", &self.reason)
            .field("source", &self.source)
            .finish()
    }
}

impl StdError for Stop {
    fn source(&self) -> Option<&(dyn StdError + 'static)> {
        self.source
            .as_deref()
            .map(|source| source as &(dyn StdError + 'static))
    }
}
