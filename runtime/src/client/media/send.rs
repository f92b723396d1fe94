//! One request of a transfer: sent once, with the limits of time that count for it.

use super::{IdleTimer, Link};
use crate::client::Answer;
use crate::client::collect::{Collected, collect};
use crate::clock::race;
use crate::error::{BodyProblem, ErrorKind, Limit, Phase, Received};
use crate::transport::{
    Headers, HttpBody, HttpRequest, HttpResponse, ResponseBody, TransportError,
};
use crate::wire::Bytes;
use crate::{Error, HttpMethod, Result};

/// A request of a transfer.
pub(crate) struct Outgoing {
    pub(crate) method: HttpMethod,
    pub(crate) to: To,
    /// The header fields beside those of all requests.
    pub(crate) headers: Headers,
    pub(crate) body: HttpBody,
    pub(crate) idle_timer: IdleTimer,
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
    pub(crate) response: Answer,
    /// Why the body is not whole.
    pub(crate) broken: Option<Error>,
}

impl Link {
    /// Sends a request; the body of the response is still to be read.
    pub(crate) async fn open(&mut self, outgoing: Outgoing) -> Result<HttpResponse> {
        self.began = self.elapsed();
        let Outgoing {
            method,
            to,
            headers,
            body,
            idle_timer,
        } = outgoing;
        let (url, authorize, own) = match to {
            To::Service => (self.url.clone(), true, true),
            To::Session { url, authorize } => (url, authorize, true),
            To::Public(url) => (url, false, false),
        };
        let mut request = HttpRequest::new(method, url);
        request.body = body;
        request.headers = if own {
            self.headers.clone()
        } else {
            self.public_headers()
        };
        for (name, value) in headers.iter() {
            request.headers.set(name.to_owned(), value);
        }
        self.used = if authorize {
            self.client.core.authorize(self.remaining()).await?
        } else {
            None
        };
        if let Some(used) = &self.used {
            request.headers.set_secret(used.header, used.value.clone());
        }
        idle_timer.reset();
        let sending = self.client.core.transport.send(request);
        self.limited(&idle_timer, Phase::Request, sending)
            .await?
            .map_err(|error| Error::new(ErrorKind::Transport(error)))
    }

    /// Sends a request and reads the response, of a success not more than `limit` bytes.
    pub(crate) async fn exchange(&mut self, outgoing: Outgoing, limit: u64) -> Result<Reply> {
        let idle_timer = outgoing.idle_timer.clone();
        let HttpResponse {
            status,
            headers,
            mut body,
        } = self.open(outgoing).await?;
        idle_timer.reset();
        let success = (200..300).contains(&status);
        let limit = if success {
            limit
        } else {
            self.client.core.limits.error
        };
        let mut bytes = Vec::new();
        let reading = collect(&mut body, limit, &mut bytes);
        let broken = match self.limited(&idle_timer, Phase::Body, reading).await {
            Ok(Collected::Whole) if success && !body.has_marked_end() && !is_whole(&bytes) => {
                let error = TransportError::body_cut("nothing says that the body was at its end");
                Some(ErrorKind::Transport(error))
            }
            Ok(Collected::Whole) => None,
            Ok(Collected::TooLarge) => Some(ErrorKind::Body(BodyProblem::TooLarge(limit))),
            Ok(Collected::Broken(error)) => Some(ErrorKind::Transport(error)),
            Err(error) => Some(ErrorKind::TimedOut {
                limit: error.1,
                phase: Phase::Body,
            }),
        };
        let response = Answer {
            status,
            headers,
            body: bytes.into(),
        };
        let broken = broken.map(|kind| self.error_of(kind, &response));
        Ok(Reply { response, broken })
    }

    /// The next piece of a body that is read as it comes.
    pub(crate) async fn next_piece(
        &self,
        body: &mut ResponseBody,
        idle_timer: &IdleTimer,
    ) -> Result<Option<Bytes>> {
        let piece = self
            .limited(idle_timer, Phase::Body, body.next_chunk())
            .await?;
        piece
            .transpose()
            .map_err(|error| Error::new(ErrorKind::Transport(error)))
    }

    /// What there is of the body of an answer that is a failure.
    pub(crate) async fn collect_error(
        &self,
        body: &mut ResponseBody,
        idle_timer: &IdleTimer,
    ) -> Bytes {
        let mut bytes = Vec::new();
        let reading = collect(body, self.client.core.limits.error, &mut bytes);
        // Whatever became of it: the status is the answer.
        let _ = self.limited(idle_timer, Phase::Body, reading).await;
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
        self.client
            .core
            .failure(answer.status, answer.headers.clone(), &answer.body, sent)
    }

    fn public_headers(&self) -> Headers {
        let agent = self
            .headers
            .get("user-agent")
            .map(|agent| ("user-agent", agent));
        agent.into_iter().chain([("accept", "*/*")]).collect()
    }

    async fn limited<T>(
        &self,
        idle_timer: &IdleTimer,
        phase: Phase,
        work: impl Future<Output = T>,
    ) -> Result<T, TimedOut> {
        let watched = race(
            self.clock().as_ref(),
            self.remaining(),
            idle_timer.watch(work),
        )
        .await;
        match watched {
            Ok(Ok(result)) => Ok(result),
            Ok(Err(_)) => Err(TimedOut(phase, Limit::Attempt)),
            Err(_) => Err(TimedOut(phase, Limit::Total)),
        }
    }
}

/// Whether a body that ended with its connection is surely whole. JSON shows it; half a token looks
/// like a token.
fn is_whole(body: &[u8]) -> bool {
    let body = body.trim_ascii();
    body.is_empty()
        || body.starts_with(b"{") && serde_json::from_slice::<serde::de::IgnoredAny>(body).is_ok()
}

/// A limit of time was reached.
struct TimedOut(Phase, Limit);

impl From<TimedOut> for Error {
    fn from(TimedOut(phase, limit): TimedOut) -> Self {
        Self::new(ErrorKind::TimedOut { limit, phase })
    }
}
