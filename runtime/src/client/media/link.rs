//! What all requests of one upload or download share, and how one of them is sent.

use std::sync::Arc;
use std::time::{Duration, SystemTime};

use super::Pulse;
use crate::client::collect::{Collected, collect};
use crate::client::prepare::{Expects, Parts, Prepared};
use crate::client::{Answer, Client, Payload};
use crate::clock::race;
use crate::codegen::{Method, Repeat};
use crate::credentials::Authorization;
use crate::error::{Attempt, ErrorKind, Limit, Phase, Received};
use crate::transport::{Headers, HttpBody, HttpRequest, HttpResponse, ResponseBody};
use crate::url::{Endpoint, Query, expand};
use crate::{CallOptions, Clock, Error, HttpMethod, Result, RetryPolicy, Timeouts};

/// How long a transfer may go on without a sign of life, unless options say otherwise.
const STALL: Duration = Duration::from_secs(32);

/// What all requests of one upload or download share.
pub(crate) struct Link {
    pub(super) client: Client,
    id: &'static str,
    scopes: &'static [&'static str],
    url: String,
    headers: Headers,
    repeat: Repeat,
    pub(super) retry: RetryPolicy,
    pub(super) timeouts: Timeouts,
    pub(super) started: Duration,
    /// What the last request was authorised with.
    used: Option<Authorization>,
    /// The failures since the last progress.
    pub(super) attempts: Vec<Attempt>,
    pub(super) began: Duration,
    pub(super) waited: Duration,
}

/// A request of a transfer.
pub(crate) struct Outgoing {
    pub(crate) method: HttpMethod,
    pub(crate) to: To,
    /// The header fields beside those of all requests.
    pub(crate) headers: Headers,
    pub(crate) body: HttpBody,
    pub(crate) pulse: Pulse,
}

/// Where a request goes, which decides what it carries.
pub(crate) enum To {
    /// To the method: with credentials and the headers of the options.
    Service,
    /// To an address that the service gave and that is trusted.
    Session { url: String, authorize: bool },
    /// To anybody: nothing but what the request itself says.
    Public(String),
}

/// A response, read to its end or as far as it came.
pub(crate) struct Reply {
    pub(crate) answer: Answer,
    /// Why the body is not whole.
    pub(crate) broken: Option<Error>,
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
        let prepared = expand(template, values, method.keeps_slashes)
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
        let method = Method::new("", HttpMethod::Get, "").repeat(Repeat::Safe);
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
            repeat: prepared.repeat,
            retry: prepared.retry,
            timeouts: options.or(&client.core.options).timeouts(own),
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

    pub(crate) fn method(&self) -> &'static str {
        self.id
    }

    pub(crate) fn repeat(&self) -> Repeat {
        self.repeat
    }

    /// Whether doing everything twice is the same as doing it once.
    pub(crate) fn is_repeatable(&self) -> bool {
        self.repeat == Repeat::Safe
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

    /// Sends a request; the body of the response is still to be read.
    pub(crate) async fn open(&mut self, outgoing: Outgoing) -> Result<HttpResponse> {
        self.began = self.elapsed();
        let Outgoing { method, to, headers, body, pulse } = outgoing;
        let (url, authorize, own) = match to {
            To::Service => (self.url.clone(), true, true),
            To::Session { url, authorize } => (url, authorize, true),
            To::Public(url) => (url, false, false),
        };
        let mut request = HttpRequest::new(method, url);
        request.body = body;
        request.headers = if own { self.headers.clone() } else { self.public_headers() };
        for (name, value) in headers.iter() {
            request.headers.set(name.to_owned(), value);
        }
        self.used = if authorize { self.client.core.authorize(self.remaining()).await? } else { None };
        if let Some(used) = &self.used {
            request.headers.set_secret(used.header, used.value.clone());
        }
        pulse.beat();
        let sending = self.client.core.transport.send(request);
        self.limited(&pulse, Phase::Request, sending).await?.map_err(|error| Error::new(ErrorKind::Transport(error)))
    }

    /// Sends a request and reads the response, of a success not more than `limit` bytes.
    pub(crate) async fn exchange(&mut self, outgoing: Outgoing, limit: u64) -> Result<Reply> {
        let pulse = outgoing.pulse.clone();
        let HttpResponse { status, headers, mut body } = self.open(outgoing).await?;
        pulse.beat();
        let success = (200..300).contains(&status);
        let limit = if success { limit } else { self.client.core.limits.error };
        let mut bytes = Vec::new();
        let reading = collect(&mut body, limit, &mut bytes);
        let broken = match self.limited(&pulse, Phase::Body, reading).await {
            Ok(Collected::Whole) => None,
            Ok(Collected::TooLarge) => Some(ErrorKind::Body(crate::error::BodyProblem::TooLarge(limit))),
            Ok(Collected::Broken(error)) => Some(ErrorKind::Transport(error)),
            Err(error) => Some(ErrorKind::TimedOut { limit: error.1, phase: Phase::Body }),
        };
        let answer = Answer { status, headers, body: bytes.into() };
        let broken = broken.map(|kind| self.error_of(kind, &answer));
        Ok(Reply { answer, broken })
    }

    /// The next piece of a body that is read as it comes.
    pub(crate) async fn next_piece(&self, body: &mut ResponseBody, pulse: &Pulse) -> Result<Option<crate::wire::Bytes>> {
        let piece = self.limited(pulse, Phase::Body, body.next_chunk()).await?;
        piece.transpose().map_err(|error| Error::new(ErrorKind::Transport(error)))
    }

    /// What there is of the body of an answer that is a failure.
    pub(crate) async fn collect_error(&self, body: &mut ResponseBody, pulse: &Pulse) -> crate::wire::Bytes {
        let mut bytes = Vec::new();
        let reading = collect(body, self.client.core.limits.error, &mut bytes);
        // Whatever became of it: the status is the answer.
        let _ = self.limited(pulse, Phase::Body, reading).await;
        bytes.into()
    }

    /// An error about an answer.
    pub(crate) fn error_of(&self, kind: ErrorKind, answer: &Answer) -> Error {
        let sent = self.used.as_ref().map(|used| &used.secret);
        let received = Received::new(answer.status, answer.headers.clone(), &answer.body, sent);
        Error::new(kind).with_received(received)
    }

    /// The error of an answer that is none of success.
    pub(crate) fn failure(&self, answer: &Answer) -> Error {
        let sent = self.used.as_ref().map(|used| &used.secret);
        self.client.core.failure(answer.status, answer.headers.clone(), &answer.body, sent)
    }

    /// Whether there is another access token than the one that was turned down.
    pub(crate) async fn refresh(&mut self) -> Result<bool> {
        let Some(Authorization { generation: Some(generation), secret, .. }) = self.used.take() else {
            return Ok(false);
        };
        self.client.core.credentials.invalidate(generation);
        let fresh = self.client.core.authorize(self.remaining()).await?;
        Ok(fresh.is_some_and(|fresh| !fresh.secret.same_as(&secret)))
    }

    /// What the caller gets to see of an error.
    pub(crate) fn finish(&self, error: Error) -> Error {
        error.with_method(self.id, self.scopes).with_attempts(self.attempts.clone())
    }

    pub(super) fn elapsed(&self) -> Duration {
        self.clock().now().saturating_sub(self.started)
    }

    /// The time that is left; `None` if there is no limit.
    pub(super) fn remaining(&self) -> Option<Duration> {
        let total = self.timeouts.total?;
        Some(total.saturating_sub(self.elapsed()))
    }

    fn public_headers(&self) -> Headers {
        let agent = self.headers.get("user-agent").map(|agent| ("user-agent", agent));
        agent.into_iter().chain([("accept", "*/*")]).collect()
    }

    async fn limited<T>(&self, pulse: &Pulse, phase: Phase, work: impl Future<Output = T>) -> Result<T, TimedOut> {
        let watched = race(self.clock().as_ref(), self.remaining(), pulse.watch(work)).await;
        match watched {
            Ok(Ok(result)) => Ok(result),
            Ok(Err(_)) => Err(TimedOut(phase, Limit::Attempt)),
            Err(_) => Err(TimedOut(phase, Limit::Total)),
        }
    }
}

/// A limit of time was reached.
struct TimedOut(Phase, Limit);

impl From<TimedOut> for Error {
    fn from(TimedOut(phase, limit): TimedOut) -> Self {
        Self::new(ErrorKind::TimedOut { limit, phase })
    }
}
