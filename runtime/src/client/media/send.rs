//! One request of a transfer: sent once, with the time limits that hold for it.

use super::{IdleTimer, TransferClient};
use crate::client::FullResponse;
use crate::client::collect::{Collected, Pieces, collect};
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
    pub(crate) idle: IdleTimer,
}

/// Where a request goes, which decides what it carries.
pub(crate) enum To {
    /// To the method: with credentials and the headers of the options.
    Service,
    /// To an address that the service gave and that is trusted.
    Session { url: String, authorize: bool },
    /// To an address of media: nothing but what the request itself says, and credentials if they are
    /// wanted there.
    Media { url: String, authorize: bool },
}

/// A response, read to its end or as far as it came.
pub(crate) struct TransferResponse {
    pub(crate) response: FullResponse,
    /// Why the body is not whole.
    pub(crate) broken: Option<Error>,
}

impl TransferClient {
    /// Sends a request; the body of the response is still to be read.
    pub(crate) async fn open(&mut self, outgoing: Outgoing) -> Result<HttpResponse> {
        self.retry.begin();
        let Outgoing {
            method,
            to,
            headers,
            body,
            idle,
        } = outgoing;
        let (url, authorize, own) = match to {
            To::Service => (self.url.clone(), true, true),
            To::Session { url, authorize } => (url, authorize, true),
            To::Media { url, authorize } => (url, authorize, false),
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
        if authorize {
            self.retry.authorize().await?;
        } else {
            self.retry.authorize_nothing();
        }
        if let Some(used) = self.retry.authorization() {
            request.headers.set_secret(used.header, used.value.clone());
        }
        idle.reset();
        let sending = self.client.core.transport.send(request);
        self.limited(&idle, Phase::Request, sending)
            .await?
            .map_err(|error| Error::new(ErrorKind::Transport(error)))
    }

    /// Sends a request and reads the response, of a success not more than `limit` bytes.
    pub(crate) async fn exchange(
        &mut self,
        outgoing: Outgoing,
        limit: u64,
    ) -> Result<TransferResponse> {
        let idle = outgoing.idle.clone();
        let HttpResponse {
            status,
            headers,
            mut body,
        } = self.open(outgoing).await?;
        idle.reset();
        let success = (200..300).contains(&status);
        let limit = if success {
            limit
        } else {
            self.client.core.limits.error
        };
        let mut bytes = Pieces::new(&headers);
        let reading = collect(&mut body, limit, &mut bytes);
        let broken = match self.limited(&idle, Phase::Body, reading).await {
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
        let response = FullResponse {
            status,
            headers,
            body: bytes.take(),
        };
        let broken = broken.map(|kind| self.error_of(kind, &response));
        Ok(TransferResponse { response, broken })
    }

    /// The next piece of a body that is read as it comes.
    pub(crate) async fn next_piece(
        &self,
        body: &mut ResponseBody,
        idle: &IdleTimer,
    ) -> Result<Option<Bytes>> {
        let piece = self.limited(idle, Phase::Body, body.next_chunk()).await?;
        piece
            .transpose()
            .map_err(|error| Error::new(ErrorKind::Transport(error)))
    }

    /// What there is of the body of a response that is a failure.
    pub(crate) async fn collect_error(&self, body: &mut ResponseBody, idle: &IdleTimer) -> Bytes {
        let mut bytes = Pieces::default();
        let reading = collect(body, self.client.core.limits.error, &mut bytes);
        // Whatever became of it: the status says enough.
        let _ = self.limited(idle, Phase::Body, reading).await;
        bytes.take()
    }

    /// An error about a response.
    pub(crate) fn error_of(&self, kind: ErrorKind, response: &FullResponse) -> Error {
        let sent = self.retry.secret();
        let received = Received::new(
            response.status,
            response.headers.clone(),
            &response.body,
            sent,
        );
        Error::new(kind).with_received(received)
    }

    /// The error of a response that is none of success.
    pub(crate) fn failure(&self, response: &FullResponse) -> Error {
        let sent = self.retry.secret();
        self.client.core.failure(
            response.status,
            response.headers.clone(),
            &response.body,
            sent,
        )
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
        idle: &IdleTimer,
        phase: Phase,
        work: impl Future<Output = T>,
    ) -> Result<T, TimedOut> {
        let watched = race(
            self.clock().as_ref(),
            self.retry.remaining(),
            idle.watch(work),
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
