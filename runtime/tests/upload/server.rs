//! A server that speaks the protocol of `X-Goog-Upload-*` headers and checks who speaks to it.

use std::collections::VecDeque;
use std::future::{pending, poll_fn};
use std::sync::{Arc, Mutex, MutexGuard};
use std::time::Duration;

use discovery_runtime::transport::{
    Headers, HttpBody, HttpMethod, HttpRequest, HttpResponse, ResponseBody, Transport, TransportError,
};
use discovery_runtime::{BoxFuture, Bytes, Clock as _, TestClock};

use crate::faults::{Fault, Keeps, Kind, Offset, On};
use crate::source::byte_at;

/// Where the server is.
pub(crate) const ENDPOINT: &str = "https://photos.example/";

/// A server; clones are the same one.
#[derive(Clone)]
pub(crate) struct Server {
    state: Arc<Mutex<State>>,
    clock: TestClock,
}

struct State {
    total: u64,
    granularity: u64,
    /// Where sessions are; anything after it is theirs.
    session_base: String,
    token_in_query: bool,
    faults: VecDeque<Fault>,
    sessions: Vec<Session>,
    log: Vec<Request>,
    /// Answers that were none of what was asked for.
    troubles: usize,
}

#[derive(Default)]
struct Session {
    received: u64,
    finished: bool,
    gone: bool,
    cancelled: bool,
    in_flight: bool,
    /// Whether a chunk came.
    used: bool,
    /// Whether the server said something wrong about its offset.
    lied: bool,
}

/// A request that the server got.
#[derive(Clone, Debug)]
pub(crate) struct Request {
    pub(crate) step: Step,
    pub(crate) time: Duration,
    pub(crate) headers: Headers,
    pub(crate) fault: Option<Kind>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Step {
    Raw,
    Start,
    Query,
    Send { offset: u64, length: u64, last: bool },
    Cancel,
}

impl Server {
    pub(crate) fn new(clock: &TestClock, total: u64, granularity: u64) -> Self {
        let state = State {
            total,
            granularity,
            session_base: format!("{ENDPOINT}v1/uploads?upload_id=SESSION-"),
            token_in_query: false,
            faults: VecDeque::new(),
            sessions: Vec::new(),
            log: Vec::new(),
            troubles: 0,
        };
        Self { state: Arc::new(Mutex::new(state)), clock: clock.clone() }
    }

    pub(crate) fn plan(&self, faults: impl IntoIterator<Item = Fault>) {
        self.lock().faults.extend(faults);
    }

    pub(crate) fn set_session_base(&self, base: &str) {
        base.clone_into(&mut self.lock().session_base);
    }

    pub(crate) fn give_token_in_query(&self) {
        self.lock().token_in_query = true;
    }

    pub(crate) fn log(&self) -> Vec<Request> {
        self.lock().log.clone()
    }

    pub(crate) fn steps(&self) -> Vec<Step> {
        self.lock().log.iter().map(|request| request.step).collect()
    }

    pub(crate) fn planned(&self) -> usize {
        self.lock().faults.len()
    }

    /// Whether a token stands for all bytes.
    pub(crate) fn is_complete(&self, token: &str) -> bool {
        let state = self.lock();
        let index = token.strip_prefix("TOKEN-").and_then(|index| index.parse::<usize>().ok());
        index.is_some_and(|index| state.sessions[index].finished && state.sessions[index].received == state.total)
    }

    pub(crate) fn is_cancelled(&self, index: usize) -> bool {
        self.lock().sessions[index].cancelled
    }

    /// The invariants that hold at the end of everything.
    pub(crate) fn check(&self) {
        let state = self.lock();
        let count = |step: fn(&Step) -> bool| state.log.iter().filter(|request| step(&request.step)).count();
        let queries = count(|step| matches!(step, Step::Query));
        assert!(queries <= 1 + state.troubles, "{queries} questions after {} troubles", state.troubles);
        let starts = count(|step| matches!(step, Step::Start));
        assert!(starts <= 2 + state.troubles, "{starts} sessions");
        let used = state.sessions.iter().filter(|session| session.used).count();
        assert!(used <= 2, "{used} sessions got bytes");
    }

    fn lock(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap()
    }

    async fn serve(&self, request: HttpRequest) -> Result<HttpResponse, TransportError> {
        let (step, session) = classify(&request);
        let kind = self.lock().arrive(&request, step, self.clock.now());
        let _flight = session.map(|session| Flight::new(self, session));
        match kind {
            Some(Kind::NoConnection) => return Err(TransportError::connect("no such host")),
            Some(Kind::ConnectTimeout) => return Err(TransportError::connect_timeout()),
            Some(Kind::NotProcessed) => return Err(TransportError::not_processed("closed")),
            Some(Kind::Tls) => return Err(TransportError::tls("bad certificate")),
            Some(Kind::Proxy) => return Err(TransportError::proxy("407")),
            Some(Kind::Silence) => pending().await,
            Some(Kind::Reset { after, keeps }) => {
                let part = read(request.body, after).await?;
                self.lock().keep(step, session, &part, keeps);
                return Err(TransportError::interrupted("reset"));
            }
            _ => {}
        }
        let length = request.body.len();
        let body = read(request.body, u64::MAX).await?;
        assert_eq!(body.len() as u64, length, "the body has another length than it said");
        let answer = self.lock().answer(step, session, &body, kind);
        match kind {
            Some(Kind::ResetAfterAll) => Err(TransportError::interrupted("reset")),
            Some(Kind::SilenceAfter) => pending().await,
            _ => answer,
        }
    }
}

impl Transport for Server {
    fn send(&self, request: HttpRequest) -> BoxFuture<'_, Result<HttpResponse, TransportError>> {
        Box::pin(self.serve(request))
    }
}

impl State {
    /// Notes a request and takes the fault that waits for it.
    fn arrive(&mut self, request: &HttpRequest, step: Step, time: Duration) -> Option<Kind> {
        let authorized = request.headers.get("authorization").is_some();
        let own = request.url.starts_with(ENDPOINT) || request.url.starts_with(&self.session_base);
        assert!(own || !authorized, "a token went to a foreign host");
        assert_eq!(request.method, HttpMethod::Post);
        let matches = self.faults.front().is_some_and(|fault| match fault.on {
            On::Any => true,
            On::Start => step == Step::Start,
            On::Query => step == Step::Query,
            On::Send => matches!(step, Step::Send { .. }),
            On::Last => matches!(step, Step::Send { last: true, .. } | Step::Raw),
        });
        let fault = if matches { self.faults.pop_front() } else { None };
        let kind = fault.map(|fault| fault.kind);
        self.troubles += usize::from(kind.is_some());
        self.log.push(Request { step, time, headers: request.headers.clone(), fault: kind });
        kind
    }

    fn answer(&mut self, step: Step, session: Option<usize>, body: &[u8], kind: Option<Kind>) -> Result<HttpResponse, TransportError> {
        match kind {
            Some(Kind::Portal) => return Ok(text(200, "text/html", "<html>Please sign in</html>")),
            Some(Kind::Status(status)) => return Ok(failure(status)),
            Some(Kind::RateLimit { retry_after }) => return Ok(rate_limit(retry_after)),
            Some(Kind::DailyQuota) => return Ok(daily_quota()),
            Some(Kind::Empty(status)) => return Ok(text(status, "text/plain", "")),
            Some(Kind::SessionLost(status)) => {
                self.sessions.iter_mut().for_each(|session| session.gone = true);
                return Ok(failure(status));
            }
            _ => {}
        }
        let mut response = match (step, session) {
            (Step::Raw, _) => self.raw(body),
            (Step::Start, _) => self.start(),
            (Step::Send { offset, last, .. }, Some(session)) => self.receive(session, offset, body, last, kind),
            (Step::Query, Some(session)) => self.tell(session),
            (Step::Cancel, Some(session)) => self.cancel(session),
            _ => failure(400),
        };
        match kind {
            Some(Kind::StatusAfter(status)) => response = failure(status),
            Some(Kind::BodyCut | Kind::SlowBody | Kind::HugeBody) => response.body = broken_body(kind),
            Some(Kind::NoToken) => response.body = Bytes::new().into(),
            Some(Kind::Granularity(text)) => set(&mut response, "x-goog-upload-chunk-granularity", text),
            Some(Kind::SaysStatus(text)) => set(&mut response, "x-goog-upload-status", text),
            Some(Kind::SaysOffset(offset)) => self.lie(&mut response, session, offset),
            _ => {}
        }
        Ok(response)
    }

    fn raw(&mut self, body: &[u8]) -> HttpResponse {
        assert_bytes(0, body);
        assert_eq!(body.len() as u64, self.total);
        let received = self.total;
        self.sessions.push(Session { received, finished: true, ..Session::default() });
        text(200, "text/plain; charset=utf-8", &format!("TOKEN-{}", self.sessions.len() - 1))
    }

    fn start(&mut self) -> HttpResponse {
        self.sessions.push(Session::default());
        let mut response = status("active");
        let url = format!("{}{}", self.session_base, self.sessions.len() - 1);
        set(&mut response, "x-goog-upload-url", &url);
        set(&mut response, "x-goog-upload-chunk-granularity", &self.granularity.to_string());
        response
    }

    fn receive(&mut self, index: usize, offset: u64, body: &[u8], last: bool, kind: Option<Kind>) -> HttpResponse {
        let (total, granularity) = (self.total, self.granularity);
        let session = &mut self.sessions[index];
        session.used = true;
        if session.gone || session.cancelled || session.finished || offset != session.received {
            assert!(session.gone || session.cancelled || session.finished || session.lied, "a chunk for {offset}");
            self.troubles += 1;
            return failure(400);
        }
        assert_bytes(offset, body);
        assert!(last || body.len() as u64 % granularity == 0, "a chunk of {} bytes", body.len());
        if kind == Some(Kind::TakesHalf) {
            let half = body.len() as u64 / 2 / granularity * granularity;
            session.received += half;
            let mut response = status("active");
            set(&mut response, "x-goog-upload-size-received", &session.received.to_string());
            return response;
        }
        session.received += body.len() as u64;
        assert!(session.received <= total);
        if !last {
            return status("active");
        }
        assert_eq!(session.received, total, "it was closed too early");
        assert!(!std::mem::replace(&mut session.finished, true), "it was closed twice");
        let mut response = text(200, "text/plain; charset=utf-8", &format!("TOKEN-{index}"));
        set(&mut response, "x-goog-upload-status", "final");
        response
    }

    fn tell(&mut self, index: usize) -> HttpResponse {
        let (token_in_query, granularity) = (self.token_in_query, self.granularity);
        let session = &self.sessions[index];
        if session.gone {
            self.troubles += 1;
            return failure(400);
        }
        if session.cancelled {
            return status("cancelled");
        }
        if session.finished {
            self.troubles += usize::from(!token_in_query);
            let token = if token_in_query { format!("TOKEN-{index}") } else { String::new() };
            let mut response = text(200, "text/plain", &token);
            set(&mut response, "x-goog-upload-status", "final");
            return response;
        }
        let mut response = status("active");
        set(&mut response, "x-goog-upload-size-received", &session.received.to_string());
        set(&mut response, "x-goog-upload-chunk-granularity", &granularity.to_string());
        response
    }

    fn cancel(&mut self, index: usize) -> HttpResponse {
        self.sessions[index].cancelled = true;
        status("cancelled")
    }

    /// Keeps a part of a request that broke.
    fn keep(&mut self, step: Step, session: Option<usize>, part: &[u8], keeps: Keeps) {
        let (Step::Send { offset, .. }, Some(index)) = (step, session) else { return };
        let granularity = self.granularity;
        let session = &mut self.sessions[index];
        if session.gone || session.finished || offset != session.received {
            return;
        }
        assert_bytes(offset, part);
        session.received += match keeps {
            Keeps::Nothing => 0,
            Keeps::Units => part.len() as u64 / granularity * granularity,
            Keeps::All => part.len() as u64,
        };
    }

    fn lie(&mut self, response: &mut HttpResponse, session: Option<usize>, offset: Offset) {
        let Some(session) = session.and_then(|index| self.sessions.get_mut(index)) else { return };
        session.lied = true;
        let text = match offset {
            Offset::Ahead => (self.total + 1).to_string(),
            Offset::Behind => match session.received.checked_sub(1) {
                Some(behind) if session.received > 0 => behind.to_string(),
                _ => "0".to_owned(),
            },
            Offset::Text(text) => text.to_owned(),
            Offset::Missing => {
                response.headers.remove("x-goog-upload-size-received");
                return;
            }
        };
        set(response, "x-goog-upload-size-received", &text);
    }
}

/// Marks a session as used by a request, which must be the only one.
struct Flight<'a>(&'a Server, usize);

impl<'a> Flight<'a> {
    fn new(server: &'a Server, index: usize) -> Self {
        let mut state = server.lock();
        let session = state.sessions.get_mut(index);
        let busy = session.map(|session| std::mem::replace(&mut session.in_flight, true));
        assert_ne!(busy, Some(true), "two requests of one session at the same time");
        Self(server, index)
    }
}

impl Drop for Flight<'_> {
    fn drop(&mut self) {
        // After a failed check nobody needs to know.
        if let Ok(mut state) = self.0.state.lock() {
            state.sessions.get_mut(self.1).map(|session| session.in_flight = false);
        }
    }
}

fn classify(request: &HttpRequest) -> (Step, Option<usize>) {
    let header = |name| request.headers.get(name).unwrap_or_default();
    let session = request.url.split("SESSION-").nth(1).and_then(|index| index.parse().ok());
    let offset = header("x-goog-upload-offset").parse().unwrap_or(u64::MAX);
    let length = request.body.len();
    let step = match header("x-goog-upload-command") {
        "" if header("x-goog-upload-protocol") == "raw" => Step::Raw,
        "start" => Step::Start,
        "query" => Step::Query,
        "upload" => Step::Send { offset, length, last: false },
        "upload, finalize" => Step::Send { offset, length, last: true },
        "cancel" => Step::Cancel,
        other => panic!("the command {other:?}"),
    };
    (step, session)
}

/// Reads at most so many bytes.
pub(crate) async fn read(body: HttpBody, limit: u64) -> Result<Vec<u8>, TransportError> {
    let mut bytes = Vec::new();
    match body {
        HttpBody::Empty => {}
        HttpBody::Bytes(whole) => bytes.extend_from_slice(&whole),
        HttpBody::Stream { mut stream, .. } => {
            while (bytes.len() as u64) < limit {
                match poll_fn(|context| stream.as_mut().poll_next(context)).await {
                    Some(piece) => bytes.extend_from_slice(&piece?),
                    None => break,
                }
            }
        }
        _ => panic!("a body of another sort"),
    }
    bytes.truncate(usize::try_from(limit).unwrap_or(usize::MAX));
    Ok(bytes)
}

fn assert_bytes(offset: u64, bytes: &[u8]) {
    for (index, byte) in bytes.iter().enumerate() {
        let place = offset + index as u64;
        assert_eq!(*byte, byte_at(place), "the byte at {place}");
    }
}

fn status(status: &str) -> HttpResponse {
    let mut response = text(200, "text/plain", "");
    set(&mut response, "x-goog-upload-status", status);
    response
}

fn set(response: &mut HttpResponse, name: &'static str, value: &str) {
    if value.is_empty() {
        response.headers.remove(name);
    } else {
        response.headers.set(name, value);
    }
}

pub(crate) fn text(status: u16, content_type: &str, body: &str) -> HttpResponse {
    HttpResponse::new(status, Headers::from_iter([("content-type", content_type)]), body)
}

fn failure(status: u16) -> HttpResponse {
    let body = format!(r#"{{"error": {{"code": {status}, "message": "as planned"}}}}"#);
    let mut response = text(status, "application/json", &body);
    if (300..400).contains(&status) {
        set(&mut response, "location", "https://evil.example/?CANARY");
    }
    response
}

fn rate_limit(retry_after: Option<u64>) -> HttpResponse {
    let mut response = failure(429);
    if let Some(seconds) = retry_after {
        set(&mut response, "retry-after", &seconds.to_string());
    }
    response
}

fn daily_quota() -> HttpResponse {
    let body = r#"{"error": {"code": 429, "status": "RESOURCE_EXHAUSTED",
        "message": "Quota exceeded for quota metric 'All requests' and limit 'All requests per day'"}}"#;
    text(429, "application/json", body)
}

fn broken_body(kind: Option<Kind>) -> ResponseBody {
    ResponseBody::stream(Broken { kind, begun: false })
}

/// A body that is cut off, stops, or has no end.
struct Broken {
    kind: Option<Kind>,
    begun: bool,
}

impl futures_core::Stream for Broken {
    type Item = Result<Bytes, TransportError>;

    fn poll_next(
        mut self: std::pin::Pin<&mut Self>,
        _: &mut std::task::Context<'_>,
    ) -> std::task::Poll<Option<Self::Item>> {
        use std::task::Poll;
        if !std::mem::replace(&mut self.begun, true) {
            return Poll::Ready(Some(Ok(Bytes::from("TOK"))));
        }
        match self.kind {
            Some(Kind::BodyCut) => Poll::Ready(Some(Err(TransportError::body_cut("cut")))),
            Some(Kind::HugeBody) => Poll::Ready(Some(Ok(vec![b'x'; 1 << 16].into()))),
            _ => Poll::Pending,
        }
    }
}
