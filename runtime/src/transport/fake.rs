//! A transport for tests: it gives the answers of a script and remembers what it was asked.

use std::collections::VecDeque;
use std::fmt;
use std::future::pending;
use std::pin::Pin;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::task::{Context, Poll};
use std::time::Duration;

use futures_core::Stream;

use super::{
    Headers, HttpBody, HttpMethod, HttpRequest, HttpResponse, ResponseBody, Transport,
    TransportError,
};
use crate::wire::{Bytes, Value};
use crate::{BoxFuture, Clock, TestClock};

/// A transport for tests: it gives the answers of a script, in order, and remembers what it was
/// asked.
///
/// A request without an answer fails, and so does a call that made it; [`assert_finished`] fails a
/// test in which one of the two is left over. Clones share the script.
///
/// ```
/// use discovery_runtime::transport::{FakeAnswer, FakeTransport};
/// use discovery_runtime::{Client, Credentials, HttpMethod, TestClock};
///
/// /// The application: it counts albums.
/// async fn count_albums(client: &Client) -> discovery_runtime::Result<usize> {
///     let response = client.request(HttpMethod::Get, "v1/albums").send().await?;
///     let page: serde_json::Value = response.json()?;
///     Ok(page["albums"].as_array().map_or(0, Vec::len))
/// }
///
/// # #[tokio::main(flavor = "current_thread")]
/// # async fn main() -> discovery_runtime::Result<()> {
/// let clock = TestClock::new();
/// let server = FakeTransport::new(&clock);
/// let client = Client::builder()
///     .endpoint("https://photoslibrary.example.com/")
///     .credentials(Credentials::token("secret"))
///     .transport(server.clone())
///     .clock(clock)
///     .build()?;
///
/// server.answer(FakeAnswer::status(503));
/// server.answer(FakeAnswer::json(200, r#"{"albums": [{"id": "a"}, {"id": "b"}]}"#));
///
/// assert_eq!(count_albums(&client).await?, 2);
/// let requests = server.requests();
/// assert_eq!(requests[1].path(), "/v1/albums");
/// assert_eq!(requests[1].headers.get("authorization"), Some("Bearer secret"));
/// server.assert_finished();
/// # Ok(())
/// # }
/// ```
///
/// [`assert_finished`]: Self::assert_finished
#[derive(Clone)]
pub struct FakeTransport {
    state: Arc<Mutex<State>>,
    clock: TestClock,
}

#[derive(Default)]
struct State {
    answers: VecDeque<FakeAnswer>,
    repeated: Option<FakeAnswer>,
    requests: Vec<FakeRequest>,
    unanswered: usize,
}

impl FakeTransport {
    /// A transport without answers. Delays pass on `clock`, which the client gets as well.
    pub fn new(clock: &TestClock) -> Self {
        Self {
            state: Arc::default(),
            clock: clock.clone(),
        }
    }

    /// Adds an answer to the end of the script.
    pub fn answer(&self, answer: FakeAnswer) {
        self.lock().answers.push_back(answer);
    }

    /// The answer of all requests from the end of the script on.
    pub fn answer_always(&self, answer: FakeAnswer) {
        self.lock().repeated = Some(answer);
    }

    /// The requests so far, in order.
    pub fn requests(&self) -> Vec<FakeRequest> {
        self.lock().requests.clone()
    }

    /// The number of requests so far.
    pub fn request_count(&self) -> usize {
        self.lock().requests.len()
    }

    /// Checks that each request had an answer and each answer a request.
    ///
    /// # Panics
    ///
    /// If one of them is left over.
    pub fn assert_finished(&self) {
        let state = self.lock();
        let (unasked, unanswered) = (state.answers.len(), state.unanswered);
        assert!(unasked == 0, "{unasked} answers of the script were not asked for");
        assert!(unanswered == 0, "{unanswered} requests had no answer in the script");
    }

    fn lock(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn next_answer(&self, request: FakeRequest) -> Option<FakeAnswer> {
        let mut state = self.lock();
        state.requests.push(request);
        let answer = state.answers.pop_front().or_else(|| state.repeated.clone());
        state.unanswered += usize::from(answer.is_none());
        answer
    }
}

impl Transport for FakeTransport {
    fn send(&self, request: HttpRequest) -> BoxFuture<'_, Result<HttpResponse, TransportError>> {
        Box::pin(async move {
            let request = FakeRequest::read(request, self.clock.now()).await?;
            let answer = self.next_answer(request);
            let Some(answer) = answer else {
                return Err(TransportError::invalid_request("the script has no answer for it"));
            };
            if !answer.delay.is_zero() {
                self.clock.sleep(answer.delay).await;
            }
            answer.give().await
        })
    }
}

impl fmt::Debug for FakeTransport {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.debug_struct("FakeTransport").finish_non_exhaustive()
    }
}

/// What a [`FakeTransport`] answers to a request.
#[derive(Clone)]
pub struct FakeAnswer {
    delay: Duration,
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

/// What comes after the body that an answer has.
#[derive(Clone, Copy)]
enum End {
    Whole,
    Cut,
    Stalled,
}

impl FakeAnswer {
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

    async fn give(self) -> Result<HttpResponse, TransportError> {
        match self.outcome {
            Outcome::Response { status, headers, body, end } => Ok(HttpResponse {
                status,
                headers,
                body: ResponseBody::stream(Pieces { body: Some(body), end }),
            }),
            Outcome::Failure(error) => Err(error()),
            Outcome::Silence => pending().await,
        }
    }
}

impl fmt::Debug for FakeAnswer {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.debug_struct("FakeAnswer").finish_non_exhaustive()
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

/// A request that a [`FakeTransport`] got.
#[derive(Clone)]
#[non_exhaustive]
pub struct FakeRequest {
    /// The method.
    pub method: HttpMethod,
    /// The address.
    pub url: String,
    /// The header fields.
    pub headers: Headers,
    /// The body.
    pub body: Bytes,
    /// When it came, on the clock of the transport.
    pub time: Duration,
}

impl FakeRequest {
    /// The path of the address, escaped as it was sent.
    pub fn path(&self) -> &str {
        let start = self.url.split("://").nth(1).and_then(|rest| rest.find('/').map(|at| rest.split_at(at).1));
        start.unwrap_or_default().split('?').next().unwrap_or_default()
    }

    /// The query of the address, escaped as it was sent; empty if there is none.
    pub fn query(&self) -> &str {
        self.url.split_once('?').map_or("", |(_, query)| query)
    }

    /// The body as JSON; `null` if it is none.
    pub fn json(&self) -> Value {
        serde_json::from_slice(&self.body).unwrap_or_default()
    }

    async fn read(request: HttpRequest, time: Duration) -> Result<Self, TransportError> {
        let HttpRequest { method, url, headers, body } = request;
        let body = match body {
            HttpBody::Empty => Bytes::new(),
            HttpBody::Bytes(bytes) => bytes,
            HttpBody::Stream { stream, .. } => {
                let mut pieces = ResponseBody::stream(stream);
                let mut body = Vec::new();
                while let Some(piece) = pieces.next_chunk().await {
                    body.extend_from_slice(&piece?);
                }
                body.into()
            }
        };
        Ok(Self { method, url, headers, body, time })
    }
}

impl fmt::Debug for FakeRequest {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter
            .debug_struct("FakeRequest")
            .field("method", &self.method)
            .field("path", &self.path())
            .field("headers", &self.headers)
            .field("body", &self.body)
            .field("time", &self.time)
            .finish_non_exhaustive()
    }
}
