//! An access token, how long it is good, and who had it already.

use std::sync::Arc;
use std::time::{Duration, SystemTime};

use super::store::DatedToken;
use super::token_response::{LONGEST_LIFE, Lifetime, TokenResponse};
use crate::credentials::AccessToken;
use crate::{Clock, Secret};

/// A token that ends sooner is not worth handing out: whoever got it would ask again.
const WORTH: Duration = Duration::from_secs(300);

/// An access token.
///
/// Whoever asks again for the same scopes was rejected with it, or it is about to expire:
/// nobody gets it twice.
pub(super) struct Access {
    token: Secret,
    end: End,
    given: Vec<Arc<[String]>>,
}

#[derive(Clone, Copy)]
enum End {
    Unknown,
    /// By the calendar, as a file has it.
    At(SystemTime),
    /// By the clock of this process, which nobody sets.
    In {
        since: Duration,
        life: Duration,
    },
}

impl Access {
    pub(super) fn from_file(token: &DatedToken) -> Self {
        Self {
            token: token.token.clone(),
            end: End::At(token.expires_at),
            given: Vec::new(),
        }
    }

    pub(super) fn from_response(response: &TokenResponse, clock: &dyn Clock) -> Self {
        let since = clock.now();
        let end = match response.lifetime {
            Lifetime::Unknown => End::Unknown,
            Lifetime::Ended => End::In {
                since,
                life: Duration::ZERO,
            },
            Lifetime::For(life) => End::In { since, life },
        };
        Self {
            token: response.access_token.clone(),
            end,
            given: Vec::new(),
        }
    }

    /// The same for a file, if anybody can know when it ends.
    pub(super) fn dated(&self, clock: &dyn Clock) -> Option<DatedToken> {
        let expires_at = match self.end {
            End::Unknown => return None,
            End::At(date) => date,
            End::In { .. } => clock.system_time().checked_add(self.rest(clock)?)?,
        };
        Some(DatedToken {
            token: self.token.clone(),
            expires_at,
        })
    }

    /// Whether it is good for a while, as far as anybody can know.
    pub(super) fn is_good(&self, clock: &dyn Clock) -> bool {
        // No token lives longer than the longest: a clock was set.
        self.rest(clock)
            .is_none_or(|rest| rest > WORTH && rest <= LONGEST_LIFE)
    }

    /// Whether it was handed out for these scopes.
    pub(super) fn was_given(&self, scopes: &Arc<[String]>) -> bool {
        self.given.contains(scopes)
    }

    /// Hands it out.
    pub(super) fn give(&mut self, scopes: &Arc<[String]>, clock: &dyn Clock) -> AccessToken {
        self.given.push(scopes.clone());
        let token = AccessToken::new(self.token.clone());
        match self.end {
            End::Unknown => token,
            End::At(date) => token.with_expires_at(date),
            End::In { .. } => token.with_expires_in(self.rest(clock).unwrap_or_default()),
        }
    }

    /// How long it is good from now on, as far as that is known.
    fn rest(&self, clock: &dyn Clock) -> Option<Duration> {
        match self.end {
            End::Unknown => None,
            End::At(date) => Some(date.duration_since(clock.system_time()).unwrap_or_default()),
            End::In { since, life } => Some(life.saturating_sub(clock.now().saturating_sub(since))),
        }
    }
}
