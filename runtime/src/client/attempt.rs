//! One attempt of a call: an access token, a request, a response.

use std::time::Duration;

use super::collect::{Collected, Pieces, collect};
use super::prepare::{Expects, Prepared};
use super::{Core, Decode, FullResponse, stream};
use crate::clock::race;
use crate::codegen::BodyError;
use crate::credentials::Authorization;
use crate::error::{BodyProblem, Error, ErrorKind, Limit, Phase, Received};
use crate::retry::{RetryLoop, server_delay};
use crate::transport::{Headers, HttpRequest, HttpResponse, essence};
use crate::wire::memory::within;
use crate::{Result, Secret};

/// What is known of a response so far; it outlives the attempt if that is given up.
#[derive(Default)]
struct Progress {
    head: Option<(u16, Headers)>,
    body: Pieces,
}

impl Core {
    /// Sends the request once and decodes the response; the result is its status.
    pub(super) async fn attempt(
        &self,
        call: &Prepared,
        retry: &mut RetryLoop,
        decode: &mut Decode<'_>,
    ) -> Result<u16> {
        retry.begin();
        retry.authorize().await?;
        let request = self.request(call, retry.authorization())?;
        let sent = retry.secret();
        let (limit, time) = match (call.timeouts.attempt, retry.remaining()) {
            (Some(attempt), Some(total)) if total <= attempt => (Limit::Total, Some(total)),
            (Some(attempt), _) => (Limit::Attempt, Some(attempt)),
            (None, total) => (Limit::Total, total),
        };
        let mut progress = Progress::default();
        let exchange = self.exchange(request, call.expects, sent, decode, &mut progress);
        let finished = race(self.clock.as_ref(), time, exchange).await;
        finished.unwrap_or_else(|_| Err(self.timed_out(limit, progress, sent)))
    }

    fn request(
        &self,
        call: &Prepared,
        authorization: Option<&Authorization>,
    ) -> Result<HttpRequest> {
        let mut request = HttpRequest {
            method: call.http,
            url: call.url.clone(),
            headers: call.headers.clone(),
            body: call.body.open(),
        };
        if let Some(authorization) = authorization {
            // The address was made from the endpoint; nothing secret leaves on any other way.
            if !self.endpoint.covers(&call.url) {
                return Err(Error::invalid_argument(
                    "the request leads away from the endpoint",
                ));
            }
            let value = authorization.value.clone();
            request.headers.set_secret(authorization.header, value);
        }
        Ok(request)
    }

    async fn exchange(
        &self,
        request: HttpRequest,
        expects: Expects,
        sent: Option<&Secret>,
        decode: &mut Decode<'_>,
        progress: &mut Progress,
    ) -> Result<u16> {
        let response = self.transport.send(request).await;
        let HttpResponse {
            status,
            headers,
            mut body,
        } = response.map_err(|error| Error::new(ErrorKind::Transport(error)))?;
        progress.head = Some((status, headers.clone()));
        let success = (200..300).contains(&status);
        let limit = if success {
            self.limits.response
        } else {
            self.limits.error
        };
        progress.body = Pieces::new(&headers);
        let collected = collect(&mut body, limit, &mut progress.body).await;
        if !success {
            // Whatever became of the body: the status says enough.
            return Err(self.failure(status, headers, &progress.body, sent));
        }
        let kind = match collected {
            Collected::Broken(error) => Some(ErrorKind::Transport(error)),
            Collected::TooLarge => Some(ErrorKind::Body(BodyProblem::TooLarge(limit))),
            Collected::Whole => unusable(&headers, &progress.body, expects).map(ErrorKind::Body),
        };
        if let Some(kind) = kind {
            let received = Received::new(status, headers, &progress.body, sent);
            return Err(Error::new(kind).with_received(received));
        }
        if expects == Expects::JsonStream
            && let Some(error) = stream::error(&progress.body)
        {
            return Err(self.failure(error.status, headers, &error.body, sent));
        }
        let body = progress.body.take();
        let response = FullResponse {
            status,
            headers: headers.clone(),
            body: if expects == Expects::JsonStream {
                stream::as_array(&body)
            } else {
                body.clone()
            },
        };
        decode(response).map(|()| status).map_err(|error| {
            let problem = if is_cut_off(&error, &body) {
                BodyProblem::Truncated
            } else {
                BodyProblem::Decode(error)
            };
            let received = Received::new(status, headers, &body, sent);
            Error::new(ErrorKind::Body(problem)).with_received(received)
        })
    }

    /// The error of a response that is none of success, with the delay that the server asks for.
    pub(super) fn failure(
        &self,
        status: u16,
        headers: Headers,
        body: &[u8],
        sent: Option<&Secret>,
    ) -> Error {
        let head = headers.clone();
        let read = || Error::from_response(status, head, body, sent);
        // What takes too much memory tells nothing but its status.
        let error = within(self.limits.decoded, read)
            .unwrap_or_else(|_| Error::from_response(status, headers, &[], sent));
        let asked = error
            .headers()
            .and_then(|headers| server_delay(headers, error.rpc_status(), self.clock.as_ref()));
        let own = Duration::from_secs(self.service.rate_limit_delay);
        let least = Some(own).filter(|own| !own.is_zero() && error.is_rate_limited());
        error.with_retry_after(asked.max(least))
    }

    fn timed_out(&self, limit: Limit, progress: Progress, sent: Option<&Secret>) -> Error {
        let Progress { head, body } = progress;
        match head {
            None => Error::new(ErrorKind::TimedOut {
                limit,
                phase: Phase::Request,
            }),
            Some((status, headers)) if (200..300).contains(&status) => {
                let phase = Phase::Body;
                let received = Received::new(status, headers, &body, sent);
                Error::new(ErrorKind::TimedOut { limit, phase }).with_received(received)
            }
            Some((status, headers)) => self.failure(status, headers, &body, sent),
        }
    }
}

/// What is wrong with the body of a success before it is decoded.
fn unusable(headers: &Headers, body: &[u8], expects: Expects) -> Option<BodyProblem> {
    let encoding = headers.get("content-encoding").map(str::trim);
    let encoding = encoding.filter(|encoding| !encoding.eq_ignore_ascii_case("identity"));
    if let Some(encoding) = encoding {
        return Some(BodyProblem::ContentEncoding(encoding.to_owned()));
    }
    let essence = essence(headers.get("content-type")?);
    let json = ["application/json", "text/json"]
        .iter()
        .any(|json| essence.eq_ignore_ascii_case(json))
        || essence.to_ascii_lowercase().ends_with("+json");
    // Whether an empty body is right is known to who decodes it.
    let wrong = expects.is_json() && !json && !body.trim_ascii().is_empty();
    wrong.then(|| BodyProblem::ContentType(essence.to_ascii_lowercase()))
}

/// Whether a body that could not be decoded is JSON that ends too early.
pub(crate) fn is_cut_off(error: &BodyError, body: &[u8]) -> bool {
    let json = serde_json::from_slice::<serde::de::IgnoredAny>(body);
    matches!(error, BodyError::Decode { .. }) && json.is_err_and(|error| error.is_eof())
}
