//! A transport for tests: it gives the responses of a script and records the requests.

mod request;
mod response;

use std::collections::VecDeque;
use std::fmt;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

pub use self::request::FakeRequest;
pub use self::response::FakeResponse;
use super::{HttpRequest, HttpResponse, Transport, TransportError};
use crate::{BoxFuture, Clock, TestClock};

/// A transport for tests: it gives the responses of a script, in order, and records the requests.
///
/// A request without a response fails, and so does a call that made it; [`assert_finished`] fails a
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
    responses: VecDeque<FakeResponse>,
    always: Option<FakeResponse>,
    requests: Vec<FakeRequest>,
    unexpected: usize,
}

impl FakeTransport {
    /// A transport without responses. Delays pass on `clock`, which the client gets as well.
    pub fn new(clock: &TestClock) -> Self {
        Self {
            state: Arc::default(),
            clock: clock.clone(),
        }
    }

    /// Adds a response to the end of the script.
    pub fn respond(&self, response: FakeResponse) {
        self.lock().responses.push_back(response);
    }

    /// The response to all requests from the end of the script on.
    pub fn respond_always(&self, response: FakeResponse) {
        self.lock().always = Some(response);
    }

    /// The requests so far, in order.
    pub fn requests(&self) -> Vec<FakeRequest> {
        self.lock().requests.clone()
    }

    /// The number of requests so far.
    pub fn request_count(&self) -> usize {
        self.lock().requests.len()
    }

    /// Checks that each request had a response and each response a request.
    ///
    /// # Panics
    ///
    /// If one of them is left over.
    pub fn assert_finished(&self) {
        let state = self.lock();
        let (unused, unexpected) = (state.responses.len(), state.unexpected);
        assert!(
            unused == 0,
            "{unused} responses of the script were not requested"
        );
        assert!(
            unexpected == 0,
            "{unexpected} requests had no response in the script"
        );
    }

    fn lock(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn next_response(&self, request: FakeRequest) -> Option<FakeResponse> {
        let mut state = self.lock();
        state.requests.push(request);
        let response = state.responses.pop_front().or_else(|| state.always.clone());
        state.unexpected += usize::from(response.is_none());
        response
    }
}

impl Transport for FakeTransport {
    fn send(&self, request: HttpRequest) -> BoxFuture<'_, Result<HttpResponse, TransportError>> {
        Box::pin(async move {
            let request = FakeRequest::read(request, self.clock.now()).await?;
            let response = self.next_response(request);
            let Some(response) = response else {
                return Err(TransportError::invalid_request(
                    "the script has no response for it",
                ));
            };
            if !response.delay.is_zero() {
                self.clock.sleep(response.delay).await;
            }
            response.give().await
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
