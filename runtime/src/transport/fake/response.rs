//! The responses that a test gives.

use std::fmt;
use std::future::pending;
use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll};
use std::time::Duration;

use futures_core::Stream;

use crate::transport::{Headers, HttpResponse, ResponseBody, TransportError};
use crate::wire::{Bytes, Value};

/// What a [`FakeTransport`](super::FakeTransport) gives to a request.
#[derive(Clone)]
pub struct FakeResponse {
    pub(super) delay: Duration,
    outcome: Outcome,
}

#[derive(Clone)]
enum Outcome {
    Response {
        status: u16,
        headers: Headers,
        body: Bytes,
        end: End,
    },
    Failure(Arc<dyn Fn() -> TransportError + Send + Sync>),
    Silence,
}

/// What comes after the body of a response.
#[derive(Clone, Copy)]
enum End {
    Whole,
    Cut,
    Stalled,
}

impl FakeResponse {
    /// A status and no body.
    pub fn status(status: u16) -> Self {
        Self::body(status, "text/plain", "").without_header("content-type")
    }

    /// A status and a body in JSON, as text.
    pub fn json(status: u16, body: impl Into<Bytes>) -> Self {
        Self::body(status, "application/json; charset=UTF-8", body)
    }

    /// An error as Google's servers send it.
    pub fn error(status: u16, code: &str, message: &str) -> Self {
        let error = serde_json::json!({
            "error": { "code": status, "status": code, "message": message }
        });
        Self::json(status, Value::to_string(&error))
    }

    /// A status and any body.
    pub fn body(status: u16, content_type: &str, body: impl Into<Bytes>) -> Self {
        let outcome = Outcome::Response {
            status,
            headers: Headers::from_iter([("content-type", content_type)]),
            body: body.into(),
            end: End::Whole,
        };
        Self {
            delay: Duration::ZERO,
            outcome,
        }
    }

    /// No response, for a reason that `error` makes.
    pub fn failure(error: impl Fn() -> TransportError + Send + Sync + 'static) -> Self {
        Self {
            delay: Duration::ZERO,
            outcome: Outcome::Failure(Arc::new(error)),
        }
    }

    /// No response and no error, ever: what a timeout is for.
    pub fn silence() -> Self {
        Self {
            delay: Duration::ZERO,
            outcome: Outcome::Silence,
        }
    }

    /// The same with a header; `name` in lower case.
    #[must_use]
    pub fn with_header(mut self, name: &'static str, value: &str) -> Self {
        if let Outcome::Response { headers, .. } = &mut self.outcome {
            headers.append(name, value);
        }
        self
    }

    /// The same without a header; `name` in lower case.
    #[must_use]
    pub fn without_header(mut self, name: &str) -> Self {
        if let Outcome::Response { headers, .. } = &mut self.outcome {
            headers.remove(name);
        }
        self
    }

    /// The same after a time.
    #[must_use]
    pub fn with_delay(mut self, delay: Duration) -> Self {
        self.delay = delay;
        self
    }

    /// The same with a connection that breaks after the body.
    #[must_use]
    pub fn cut_off(self) -> Self {
        self.with_end(End::Cut)
    }

    /// The same with a connection that stays open and silent after the body.
    #[must_use]
    pub fn stalled(self) -> Self {
        self.with_end(End::Stalled)
    }

    fn with_end(mut self, new: End) -> Self {
        if let Outcome::Response { end, .. } = &mut self.outcome {
            *end = new;
        }
        self
    }

    pub(super) async fn give(self) -> Result<HttpResponse, TransportError> {
        match self.outcome {
            Outcome::Response {
                status,
                headers,
                body,
                end,
            } => Ok(HttpResponse {
                status,
                headers,
                body: ResponseBody::stream(Pieces {
                    body: Some(body),
                    end,
                }),
            }),
            Outcome::Failure(error) => Err(error()),
            Outcome::Silence => pending().await,
        }
    }
}

impl fmt::Debug for FakeResponse {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter
            .debug_struct("FakeResponse")
            .finish_non_exhaustive()
    }
}

struct Pieces {
    body: Option<Bytes>,
    end: End,
}

impl Stream for Pieces {
    type Item = Result<Bytes, TransportError>;

    fn poll_next(mut self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        if let Some(body) = self.body.take() {
            return Poll::Ready(Some(Ok(body)));
        }
        match self.end {
            End::Whole => Poll::Ready(None),
            End::Cut => Poll::Ready(Some(Err(TransportError::body_cut("as the script says")))),
            End::Stalled => Poll::Pending,
        }
    }
}
