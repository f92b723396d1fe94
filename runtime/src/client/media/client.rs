//! What all requests of one upload or download share.

use std::sync::Arc;
use std::time::{Duration, SystemTime};

use super::IdleTimer;
use crate::client::prepare::{Expects, Parts, Prepared};
use crate::client::{Client, Decoding, Payload};
use crate::codegen::{Method, RetrySafety};
use crate::retry::RetryLoop;
use crate::transport::Headers;
use crate::url::{Endpoint, Query, expand};
use crate::{CallOptions, Clock, Error, HttpMethod, Result, Timeouts};

/// How long a transfer may be idle, unless options say otherwise.
const IDLE_TIMEOUT: Duration = Duration::from_secs(32);

/// What all requests of one upload or download share.
pub(crate) struct TransferClient {
    pub(super) client: Client,
    pub(super) url: String,
    pub(super) headers: Headers,
    /// How the last response is decoded.
    pub(crate) decoding: Decoding,
    /// How long it may be idle; `None` for ever.
    idle_timeout: Option<Duration>,
    pub(crate) retry: RetryLoop,
}

impl Client {
    /// The most of a response that is read into memory, in bytes.
    pub(crate) fn response_limit(&self) -> u64 {
        self.core.limits.response
    }

    /// A transfer of a method: `template` is the path of its requests, filled with `values`.
    pub(crate) fn transfer_client(
        &self,
        method: &Method,
        template: &str,
        values: &[(&'static str, String)],
        query: Query,
        options: &CallOptions,
    ) -> Result<TransferClient> {
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
        Ok(TransferClient::new(self, prepared, options))
    }

    /// A transfer from any address, without what is for the service only.
    pub(crate) fn public_transfer_client(&self, options: &CallOptions) -> Result<TransferClient> {
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
        Ok(TransferClient::new(self, prepared, options))
    }
}

impl TransferClient {
    fn new(client: &Client, prepared: Prepared, options: &CallOptions) -> Self {
        // The limits of calls are for small messages: only those that were set by hand count here.
        let own = Timeouts::default()
            .with_attempt(IDLE_TIMEOUT)
            .with_total(None);
        let timeouts = options.or(&client.core.options).timeouts(own);
        Self {
            client: client.clone(),
            retry: client.core.retry_loop(&prepared, timeouts.total),
            url: prepared.url,
            headers: prepared.headers,
            idle_timeout: timeouts.attempt,
            decoding: client.decoding(options),
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
        self.retry.terms().id
    }

    /// Whether doing everything twice is the same as doing it once.
    pub(crate) fn is_idempotent(&self) -> bool {
        self.retry.terms().safety == RetrySafety::Idempotent
    }

    /// The most of a response that is read into memory, in bytes.
    pub(crate) fn response_limit(&self) -> u64 {
        self.client.response_limit()
    }

    pub(crate) fn system_time(&self) -> SystemTime {
        self.clock().system_time()
    }

    pub(crate) fn idle_timer(&self) -> IdleTimer {
        IdleTimer::new(self.clock().clone(), self.idle_timeout)
    }
}
