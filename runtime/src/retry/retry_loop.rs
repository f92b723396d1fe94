//! The retry loop: one place that decides, for calls, uploads and downloads alike, whether a failed
//! attempt is followed by another one, when, and with which access token.

use std::sync::Arc;
use std::time::Duration;

use tracing::debug;

use super::{Classification, RetryBudget, RetryPolicy, Transience, classify};
use crate::clock::race;
use crate::codegen::RetrySafety;
use crate::credentials::Authorization;
use crate::error::{Attempt, AttemptOutcome, ErrorKind, Limit, Phase};
use crate::{Clock, Credentials, Error, HttpMethod, Result, Secret};

/// What a retry loop has to know; it stays the same for all attempts.
pub(crate) struct RetryTerms {
    /// The identifier of the method; empty if there is none.
    pub(crate) id: &'static str,
    pub(crate) scopes: &'static [&'static str],
    pub(crate) http: HttpMethod,
    pub(crate) safety: RetrySafety,
    pub(crate) policy: RetryPolicy,
    /// The time for all attempts and the waits between them; `None` for no limit.
    pub(crate) total: Option<Duration>,
    pub(crate) budget: RetryBudget,
    pub(crate) clock: Arc<dyn Clock>,
    pub(crate) credentials: Credentials,
}

/// The attempts of one call, upload or download.
///
/// Each attempt starts with [`begin`](Self::begin) and [`authorize`](Self::authorize); its error goes
/// to [`retry`](Self::retry), which returns when the next attempt is due. What makes progress, as
/// downloads do, says so with [`progress`](Self::progress), and the count begins again.
pub(crate) struct RetryLoop {
    terms: RetryTerms,
    started: Duration,
    /// The attempts that failed since the last progress.
    attempts: Vec<Attempt>,
    /// When the attempt that is under way began, and the wait before it.
    began: Duration,
    waited: Duration,
    /// How many of the attempts count; one with a rejected access token does not.
    failed: u32,
    had_malformed_response: bool,
    /// Whether the budget paid for a retry since the last progress.
    paid: bool,
    /// What the attempt under way is authorized with.
    authorization: Option<Authorization>,
    /// What the next attempt is to be authorized with, if it was fetched already.
    fresh: Option<Authorization>,
    /// Whether an access token was rejected and replaced since the last progress.
    refreshed: bool,
}

/// Why no retry follows although the failure is one for it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum NoRetry {
    /// The wait would be too long.
    TooLong,
    /// The budget of the client is spent.
    BudgetSpent,
}

impl RetryLoop {
    pub(crate) fn new(terms: RetryTerms) -> Self {
        Self {
            started: terms.clock.now(),
            terms,
            attempts: Vec::new(),
            began: Duration::ZERO,
            waited: Duration::ZERO,
            failed: 0,
            had_malformed_response: false,
            paid: false,
            authorization: None,
            fresh: None,
            refreshed: false,
        }
    }

    /// An attempt begins.
    pub(crate) fn begin(&mut self) {
        self.began = self.elapsed();
    }

    /// Gets what the attempt is authorized with, unless the time is up before it is there.
    pub(crate) async fn authorize(&mut self) -> Result<()> {
        self.authorization = match self.fresh.take() {
            Some(fresh) => Some(fresh),
            None => self.fetch_authorization().await?,
        };
        Ok(())
    }

    /// The attempt goes to somebody who gets no credentials.
    pub(crate) fn authorize_nothing(&mut self) {
        self.authorization = None;
    }

    /// Decides what follows from a failed attempt: returns when the next one is due, or the error
    /// that ends the call. `harmless` is whether another attempt is known to be safe and useful,
    /// whatever the classification says.
    pub(crate) async fn retry(&mut self, error: Error, harmless: bool) -> Result<()> {
        self.record(&error);
        let error = match self.refresh_once(&error).await {
            Ok(true) => return Ok(()),
            Ok(false) => error,
            Err(failure) => {
                self.begin();
                self.record(&failure);
                failure
            }
        };
        self.failed = self.failed.saturating_add(1);
        let classification = classify(&error);
        let RetryTerms { safety, http, .. } = self.terms;
        let error = error.with_outcome_unknown(classification.is_outcome_unknown(safety, http));
        let useful = self.is_useful(classification) || harmless;
        if !useful || self.failed >= self.max_attempts() {
            return Err(error);
        }
        match self.wait(Some(&error), self.failed).await {
            Ok(()) => Ok(()),
            Err(reason) => Err(reason.add_to(error)),
        }
    }

    /// Remembers an attempt that failed.
    pub(crate) fn record(&mut self, error: &Error) {
        let outcome = AttemptOutcome::of(error);
        let status = error.http_status();
        self.attempts.push(Attempt {
            started: self.began,
            waited: std::mem::take(&mut self.waited),
            outcome,
            status,
        });
        debug!(
            attempt = self.attempts.len(),
            outcome = outcome.as_str(),
            status,
            "an attempt failed"
        );
    }

    /// Waits as long as `failed` attempts in a row and the server, in its last error, ask for.
    pub(crate) async fn wait(&mut self, error: Option<&Error>, failed: u32) -> Result<(), NoRetry> {
        let server_delay = error.and_then(Error::retry_after).unwrap_or_default();
        let remaining = self.remaining().unwrap_or(Duration::MAX);
        let delay = self.terms.policy.delay(failed, server_delay, remaining);
        let delay = delay.ok_or(NoRetry::TooLong)?;
        if !self.terms.budget.take() {
            return Err(NoRetry::BudgetSpent);
        }
        self.paid = true;
        let delay_ms = delay.as_secs_f64() * 1e3;
        debug!(delay_ms, "the next attempt follows after a wait");
        self.terms.clock.sleep(delay).await;
        self.waited = delay;
        Ok(())
    }

    /// Replaces the access token that was rejected; `false` if there is no other one.
    pub(crate) async fn refresh(&mut self) -> Result<bool> {
        let Some(Authorization {
            generation: Some(generation),
            secret,
            ..
        }) = self.authorization.take()
        else {
            return Ok(false);
        };
        self.refreshed = true;
        self.terms.credentials.invalidate(generation);
        let fresh = self.fetch_authorization().await?;
        self.fresh = fresh.filter(|fresh| !fresh.secret.same_as(&secret));
        Ok(self.fresh.is_some())
    }

    /// Forgets what failed before: there was progress since.
    pub(crate) fn progress(&mut self) {
        self.attempts.clear();
        self.failed = 0;
        self.refreshed = false;
        if std::mem::take(&mut self.paid) {
            self.terms.budget.succeed(true);
        }
    }

    /// The last attempt succeeded.
    pub(crate) fn succeed(&self) {
        self.terms.budget.succeed(self.paid);
    }

    /// Begins again after an error that went to the caller, with the whole time.
    pub(crate) fn restart(&mut self) {
        self.started = self.terms.clock.now();
        self.attempts.clear();
        self.failed = 0;
        self.refreshed = false;
    }

    /// What the caller gets to see of an error.
    pub(crate) fn finish(&self, error: Error) -> Error {
        error
            .with_method(self.terms.id, self.terms.scopes)
            .with_attempts(self.attempts.clone())
    }

    pub(crate) fn terms(&self) -> &RetryTerms {
        &self.terms
    }

    /// The attempts without progress between them that end the call.
    pub(crate) fn max_attempts(&self) -> u32 {
        self.terms.policy.max_attempts.max(1)
    }

    /// How many attempts failed since the last progress.
    pub(crate) fn recorded(&self) -> usize {
        self.attempts.len()
    }

    pub(crate) fn authorization(&self) -> Option<&Authorization> {
        self.authorization.as_ref()
    }

    /// What was sent and must not be seen in an error.
    pub(crate) fn secret(&self) -> Option<&Secret> {
        let authorization = self.authorization.as_ref();
        authorization.map(|authorization| &authorization.secret)
    }

    /// The time that is left; `None` if there is no limit.
    pub(crate) fn remaining(&self) -> Option<Duration> {
        let total = self.terms.total?;
        Some(total.saturating_sub(self.elapsed()))
    }

    fn elapsed(&self) -> Duration {
        self.terms.clock.now().saturating_sub(self.started)
    }

    /// Whether another attempt can go better and does nothing twice.
    fn is_useful(&mut self, classification: Classification) -> bool {
        let malformed = classification.transience == Transience::RetriedOnce;
        let again = malformed && std::mem::replace(&mut self.had_malformed_response, true);
        classification.is_transient() && classification.is_safe(self.terms.safety) && !again
    }

    async fn refresh_once(&mut self, error: &Error) -> Result<bool> {
        if error.is_unauthenticated() && !self.refreshed {
            self.refresh().await
        } else {
            Ok(false)
        }
    }

    async fn fetch_authorization(&self) -> Result<Option<Authorization>> {
        let RetryTerms {
            clock, credentials, ..
        } = &self.terms;
        let fetch = credentials.authorization(clock);
        match race(clock.as_ref(), self.remaining(), fetch).await {
            Ok(result) => result.map_err(|error| Error::new(ErrorKind::Credentials(error))),
            Err(_) => Err(Error::new(ErrorKind::TimedOut {
                limit: Limit::Total,
                phase: Phase::Credentials,
            })),
        }
    }
}

impl NoRetry {
    /// The error that ends the call, with the reason for which it was not retried.
    pub(crate) fn add_to(self, error: Error) -> Error {
        match self {
            Self::TooLong => error,
            Self::BudgetSpent => error.with_budget_spent(),
        }
    }
}
