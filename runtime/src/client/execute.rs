//! A call from its start to its result: attempts, waits, and the decision between them.

use std::time::Duration;

use tracing::{Instrument as _, Span, debug, debug_span, field};

use super::prepare::Prepared;
use super::{Client, Core, Decode};
use crate::codegen::Request;
use crate::credentials::Authorization;
use crate::error::{Attempt, AttemptOutcome};
use crate::retry::{Classification, Transience, classify};
use crate::{BoxFuture, CallOptions, Error, Result};

impl Client {
    /// Makes the call of a generated method and hands its answer to `decode`.
    pub(crate) fn execute<'a>(
        &'a self,
        request: Request,
        options: &'a CallOptions,
        decode: &'a mut Decode<'_>,
    ) -> BoxFuture<'a, Result<()>> {
        match self.prepare(request, options) {
            Ok(call) => self.run(call, decode),
            Err(error) => Box::pin(std::future::ready(Err(error))),
        }
    }

    /// Makes a call that is prepared.
    pub(super) fn run<'a>(
        &'a self,
        call: Prepared,
        decode: &'a mut Decode<'_>,
    ) -> BoxFuture<'a, Result<()>> {
        // The template, not the path: what users call their things is not for logs.
        let span = debug_span!(
            "google_api_call",
            method = call.id,
            http_method = call.http.as_str(),
            template = call.template,
            attempts = field::Empty,
            status = field::Empty,
        );
        let run = Run::new(&self.core, call);
        Box::pin(run.finish(decode).instrument(span))
    }
}

/// A call under way.
struct Run<'a> {
    core: &'a Core,
    call: Prepared,
    started: Duration,
    attempts: Vec<Attempt>,
    /// When the attempt that is under way began, and the wait before it.
    began: Duration,
    waited: Duration,
    /// The attempts that failed; one with an old access token does not count.
    failed: u32,
    /// Whether the accident happened that counts as one only once.
    had_malformed_response: bool,
    /// Whether a token was turned down and replaced.
    refreshed: bool,
}

/// What to do after a failure.
enum Plan {
    Wait(Duration),
    Stop,
    BudgetSpent,
}

impl<'a> Run<'a> {
    fn new(core: &'a Core, call: Prepared) -> Self {
        Self {
            core,
            call,
            started: core.clock.now(),
            attempts: Vec::new(),
            began: Duration::ZERO,
            waited: Duration::ZERO,
            failed: 0,
            had_malformed_response: false,
            refreshed: false,
        }
    }

    async fn finish(mut self, decode: &mut Decode<'_>) -> Result<()> {
        let result = self.repeat(decode).await;
        let attempts = self.attempts.len() + usize::from(result.is_ok());
        let status = result
            .as_ref()
            .map_or_else(Error::http_status, |status| Some(*status));
        Span::current()
            .record("attempts", attempts)
            .record("status", status);
        match result {
            Ok(_) => {
                self.core.budget.succeed(self.failed > 0);
                Ok(())
            }
            Err(error) => Err(error
                .with_method(self.call.id, self.call.scopes)
                .with_attempts(self.attempts)),
        }
    }

    async fn repeat(&mut self, decode: &mut Decode<'_>) -> Result<u16> {
        loop {
            let error = match self.attempt(decode).await {
                Ok(status) => return Ok(status),
                Err(error) => error,
            };
            self.record(&error);
            self.failed = self.failed.saturating_add(1);
            let classification = classify(&error);
            let unknown = classification.is_outcome_unknown(self.call.safety, self.call.http);
            match self.plan(classification, &error) {
                Plan::Wait(delay) => {
                    let delay_ms = delay.as_secs_f64() * 1e3;
                    debug!(delay_ms, "the call is made again after a wait");
                    self.core.clock.sleep(delay).await;
                    self.waited = delay;
                }
                Plan::Stop => return Err(error.with_outcome_unknown(unknown)),
                Plan::BudgetSpent => {
                    return Err(error.with_outcome_unknown(unknown).with_budget_spent());
                }
            }
        }
    }

    /// Makes one attempt; once in a call a second one, if the server turned the token down and
    /// there is a fresh one.
    async fn attempt(&mut self, decode: &mut Decode<'_>) -> Result<u16> {
        self.began = self.elapsed();
        let old = self.core.authorize(self.remaining()).await?;
        let error = match self.send(old.as_ref(), decode).await {
            Err(error) if error.is_unauthenticated() && !self.refreshed => error,
            result => return result,
        };
        let Some(Authorization {
            generation: Some(generation),
            secret,
            ..
        }) = old
        else {
            return Err(error);
        };
        self.refreshed = true;
        self.core.credentials.invalidate(generation);
        let fresh = self.core.authorize(self.remaining()).await;
        if matches!(&fresh, Ok(Some(fresh)) if fresh.secret.same_as(&secret)) {
            // The source has no other token; the answer would be the same.
            return Err(error);
        }
        self.record(&error);
        self.waited = Duration::ZERO;
        self.began = self.elapsed();
        self.send(fresh?.as_ref(), decode).await
    }

    async fn send(
        &self,
        authorization: Option<&Authorization>,
        decode: &mut Decode<'_>,
    ) -> Result<u16> {
        let remaining = self.remaining();
        self.core
            .attempt(&self.call, authorization, remaining, decode)
            .await
    }

    fn plan(&mut self, classification: Classification, error: &Error) -> Plan {
        let Prepared { safety, retry, .. } = &self.call;
        let safe = classification.is_transient() && classification.is_safe(*safety);
        if !safe || self.failed >= retry.max_attempts {
            return Plan::Stop;
        }
        let accident = classification.transience == Transience::RetriedOnce;
        if accident && std::mem::replace(&mut self.had_malformed_response, true) {
            return Plan::Stop;
        }
        // Those who are asked to wait equally long still come back one after another.
        let asked = error.retry_after().unwrap_or_default();
        let delay = asked.saturating_add(retry.backoff(self.failed));
        let remaining = self.remaining().unwrap_or(Duration::MAX);
        let delay = if delay >= remaining && !asked.is_zero() {
            asked
        } else {
            delay
        };
        if asked > retry.max_server_delay || delay >= remaining {
            Plan::Stop
        } else if self.core.budget.take() {
            Plan::Wait(delay)
        } else {
            Plan::BudgetSpent
        }
    }

    fn record(&mut self, error: &Error) {
        let outcome = AttemptOutcome::of(error);
        let status = error.http_status();
        self.attempts.push(Attempt {
            started: self.began,
            waited: self.waited,
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

    fn elapsed(&self) -> Duration {
        self.core.clock.now().saturating_sub(self.started)
    }

    /// The time that is left for the call; `None` if it has no limit.
    fn remaining(&self) -> Option<Duration> {
        let total = self.call.timeouts.total?;
        Some(total.saturating_sub(self.elapsed()))
    }
}
