//! A transport for tests: it gives the answers of a script and remembers what it was asked.

mod answer;
mod request;

use std::collections::VecDeque;
use std::fmt;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

pub use self::answer::FakeResponse;
pub use self::request::FakeRequest;
use super::{HttpRequest, HttpResponse, Transport, TransportError};
use crate::{BoxFuture, Clock, TestClock};

/// A transport for tests: it gives the answers of a script, in order, and remembers what it was
/// asked.
///
/// A request without an answer fails, and so does a call that made it; [`assert_finished`] fails a
/// test in which one of the two is left over. Clones share the script.
///
/// ```
/// use discovery_runtime::transport::{FakeResponse, FakeTransport};
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
/// server.respond(FakeResponse::status(503));
/// server.respond(FakeResponse::json(200, r#"{"albums": [{"id": "a"}, {"id": "b"}]}"#));
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
    answers: VecDeque<FakeResponse>,
    repeated: Option<FakeResponse>,
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
    pub fn respond(&self, response: FakeResponse) {
        self.lock().answers.push_back(response);
    }

    /// The answer of all requests from the end of the script on.
    pub fn respond_always(&self, answer: FakeResponse) {
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
        assert!(
            unasked == 0,
            "{unasked} answers of the script were not asked for"
        );
        assert!(
            unanswered == 0,
            "{unanswered} requests had no answer in the script"
        );
    }

    fn lock(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn next_response(&self, request: FakeRequest) -> Option<FakeResponse> {
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
            let answer = self.next_response(request);
            let Some(answer) = answer else {
                return Err(TransportError::invalid_request(
                    "the script has no answer for it",
                ));
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
        formatter
            .debug_struct("FakeTransport")
            .finish_non_exhaustive()
    }
}
