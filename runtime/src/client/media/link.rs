//! What all requests of one upload or download share, and how one of them is sent.

use std::sync::Arc;
use std::time::{Duration, SystemTime};

use super::Pulse;
use crate::client::prepare::{Expects, Parts, Prepared};
use crate::client::{Client, Decoding, Payload};
use crate::codegen::{Method, RetrySafety};
use crate::credentials::Authorization;
use crate::error::Attempt;
use crate::transport::Headers;
use crate::url::{Endpoint, Query, expand};
use crate::{CallOptions, Clock, Error, HttpMethod, Result, RetryPolicy, Timeouts};

/// How long a transfer may go on without a sign of life, unless options say otherwise.
const STALL: Duration = Duration::from_secs(32);

/// What all requests of one upload or download share.
pub(crate) struct Link {
    pub(super) client: Client,
    id: &'static str,
    scopes: &'static [&'static str],
    pub(super) url: String,
    pub(super) headers: Headers,
    safety: RetrySafety,
    http: HttpMethod,
    pub(super) retry: RetryPolicy,
    /// How the last response is decoded.
    pub(crate) decoding: Decoding,
    pub(super) timeouts: Timeouts,
    pub(super) started: Duration,
    /// What the last request was authorised with.
    pub(super) used: Option<Authorization>,
    /// The failures since the last progress.
    pub(super) attempts: Vec<Attempt>,
    pub(super) began: Duration,
    pub(super) waited: Duration,
}

impl Client {
    /// The most of an answer that is read into memory, in bytes.
    pub(crate) fn response_limit(&self) -> u64 {
        self.core.limits.response
    }

    /// A transfer of a method: `template` is the path of its requests, filled with `values`.
    pub(crate) fn link(
        &self,
        method: &Method,
        template: &str,
        values: &[(&'static str, String)],
        query: Query,
        options: &CallOptions,
    ) -> Result<Link> {
        let prepared = expand(template, values)
            .map_err(Error::invalid_argument)
            .and_then(|path| {
                let parts = Parts {
                    method,
                    path: &path,
                    query,
                    body: Payload::Empty,
                    expects: Expects::Anything,
                };
                self.core.prepare(parts, options)
            })
            .map_err(|error| error.with_method(method.id, method.scopes))?;
        Ok(Link::new(self, prepared, options))
    }

    /// A transfer from any address, without what is for the service only.
    pub(crate) fn public_link(&self, options: &CallOptions) -> Result<Link> {
        let method = Method {
            http: HttpMethod::Get,
            retry: RetrySafety::Idempotent,
            ..Method::DEFAULT
        };
        let parts = Parts {
            method: &method,
            path: "",
            query: Query::default(),
            body: Payload::Empty,
            expects: Expects::Anything,
        };
        let prepared = self.core.prepare(parts, options)?;
        Ok(Link::new(self, prepared, options))
    }
}

impl Link {
    fn new(client: &Client, prepared: Prepared, options: &CallOptions) -> Self {
        // The limits of calls are for small messages: only those that were set by hand count here.
        let own = Timeouts::default().with_attempt(STALL).with_total(None);
        Self {
            client: client.clone(),
            id: prepared.id,
            scopes: prepared.scopes,
            url: prepared.url,
            headers: prepared.headers,
            safety: prepared.safety,
            http: prepared.http,
            retry: prepared.retry,
            timeouts: options.or(&client.core.options).timeouts(own),
            decoding: client.decoding(options),
            started: client.core.clock.now(),
            used: None,
            attempts: Vec::new(),
            began: Duration::ZERO,
            waited: Duration::ZERO,
        }
    }

    pub(crate) fn clock(&self) -> &Arc<dyn Clock> {
        &self.client.core.clock
    }

    pub(crate) fn endpoint(&self) -> &Endpoint {
        &self.client.core.endpoint
    }

    /// The first of some headers that options have set for all requests; names in lower case.
    pub(crate) fn has_header<'a>(&self, names: &[&'a str]) -> Option<&'a str> {
        let mut names = names.iter().copied();
        names.find(|name| self.headers.get(name).is_some())
    }

    pub(crate) fn method(&self) -> &'static str {
        self.id
    }

    pub(crate) fn retry_safety(&self) -> RetrySafety {
        self.safety
    }

    pub(crate) fn http(&self) -> HttpMethod {
        self.http
    }

    /// Whether doing everything twice is the same as doing it once.
    pub(crate) fn is_idempotent(&self) -> bool {
        self.safety == RetrySafety::Idempotent
    }

    /// The most of an answer that is read into memory, in bytes.
    pub(crate) fn response_limit(&self) -> u64 {
        self.client.response_limit()
    }

    /// The attempts without progress between them that end the transfer.
    pub(crate) fn max_attempts(&self) -> u32 {
        self.retry.max_attempts.max(1)
    }

    pub(crate) fn system_time(&self) -> SystemTime {
        self.clock().system_time()
    }

    pub(crate) fn pulse(&self) -> Pulse {
        Pulse::new(self.clock().clone(), self.timeouts.attempt)
    }

    /// Lets the time of the transfer begin again.
    pub(crate) fn restart_clock(&mut self) {
        self.started = self.clock().now();
        self.attempts.clear();
    }

    /// Whether there is another access token than the one that was turned down.
    pub(crate) async fn refresh(&mut self) -> Result<bool> {
        let Some(Authorization {
            generation: Some(generation),
            secret,
            ..
        }) = self.used.take()
        else {
            return Ok(false);
        };
        self.client.core.credentials.invalidate(generation);
        let fresh = self.client.core.authorize(self.remaining()).await?;
        Ok(fresh.is_some_and(|fresh| !fresh.secret.same_as(&secret)))
    }

    /// What the caller gets to see of an error.
    pub(crate) fn finish(&self, error: Error) -> Error {
        error
            .with_method(self.id, self.scopes)
            .with_attempts(self.attempts.clone())
    }

    pub(super) fn elapsed(&self) -> Duration {
        self.clock().now().saturating_sub(self.started)
    }

    /// The time that is left; `None` if there is no limit.
    pub(super) fn remaining(&self) -> Option<Duration> {
        let total = self.timeouts.total?;
        Some(total.saturating_sub(self.elapsed()))
    }
}
