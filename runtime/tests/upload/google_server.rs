//! A server that speaks the protocol of `uploadType`.

use std::collections::VecDeque;
use std::sync::{Arc, Mutex, MutexGuard};

use discovery_runtime::BoxFuture;
use discovery_runtime::transport::{
    HttpMethod, HttpRequest, HttpResponse, ResponseBody, Transport, TransportError,
};

use crate::server::{ENDPOINT, read, text};
use crate::source::byte_at;

/// The unit of chunks that is part of the protocol.
pub(crate) const UNIT: u64 = 256 * 1024;

/// What goes wrong with one request.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Fault {
    /// Nothing.
    None,
    NoConnection,
    /// The connection breaks after so many bytes, of which the server keeps this many.
    Reset {
        after: u64,
        keeps: u64,
    },
    /// It breaks when everything is done.
    ResetAfterAll,
    /// Everything is done, and the head of the response can't be read.
    InvalidHead,
    Status(u16),
    /// All sessions are forgotten.
    Lost(u16),
    /// The range in an response is this, or none.
    Range(&'static str),
    /// 308 is written as a 200 with a header beside it.
    Hidden308,
    Portal,
    /// The body of the response is cut off.
    BodyCut,
    /// The body of the response is this, whole as far as its length tells.
    Body(&'static str),
    /// Without an address.
    NoLocation,
    Location(&'static str),
    /// The result says that so many bytes are stored.
    Stored(&'static str),
}

#[derive(Clone)]
pub(crate) struct GoogleServer(Arc<Mutex<State>>);

struct State {
    total: u64,
    faults: VecDeque<Fault>,
    sessions: Vec<Session>,
    log: Vec<Logged>,
    /// The files that were made.
    files: usize,
}

#[derive(Default)]
struct Session {
    received: u64,
    finished: bool,
    gone: bool,
    /// Whether the server said something wrong about its offset.
    lied: bool,
}

/// A request that the server got.
#[derive(Clone, Debug)]
pub(crate) struct Logged {
    pub(crate) method: HttpMethod,
    pub(crate) url: String,
    pub(crate) headers: discovery_runtime::transport::Headers,
    pub(crate) body: Vec<u8>,
}

impl GoogleServer {
    pub(crate) fn new(total: u64) -> Self {
        let state = State {
            total,
            faults: VecDeque::new(),
            sessions: Vec::new(),
            log: Vec::new(),
            files: 0,
        };
        Self(Arc::new(Mutex::new(state)))
    }

    pub(crate) fn plan(&self, faults: impl IntoIterator<Item = Fault>) {
        self.lock().faults.extend(faults);
    }

    pub(crate) fn log(&self) -> Vec<Logged> {
        self.lock().log.clone()
    }

    pub(crate) fn files(&self) -> usize {
        self.lock().files
    }

    pub(crate) fn planned(&self) -> usize {
        self.lock().faults.len()
    }

    /// The method and the range of each request.
    pub(crate) fn steps(&self) -> Vec<String> {
        let log = self.log();
        let step = |request: &Logged| match request.headers.get("content-range") {
            Some(range) => range.to_owned(),
            None => request.method.to_string(),
        };
        log.iter().map(step).collect()
    }

    fn lock(&self) -> MutexGuard<'_, State> {
        self.0.lock().unwrap()
    }
}

impl Transport for GoogleServer {
    fn send(&self, request: HttpRequest) -> BoxFuture<'_, Result<HttpResponse, TransportError>> {
        Box::pin(async move {
            let fault = self.lock().faults.pop_front().unwrap_or(Fault::None);
            let HttpRequest {
                method,
                url,
                headers,
                body,
            } = request;
            assert!(url.starts_with(ENDPOINT) || headers.get("authorization").is_none());
            let mut logged = Logged {
                method,
                url,
                headers,
                body: Vec::new(),
            };
            if fault == Fault::NoConnection {
                self.lock().log.push(logged);
                return Err(TransportError::connect("no such host"));
            }
            if let Fault::Reset { after, keeps } = fault {
                let part = read(body, after).await?;
                let mut state = self.lock();
                state.keep(&logged, &part, keeps);
                state.log.push(logged);
                return Err(TransportError::interrupted("reset"));
            }
            let length = body.len();
            logged.body = read(body, u64::MAX).await?;
            assert_eq!(logged.body.len() as u64, length);
            let mut state = self.lock();
            state.log.push(logged.clone());
            let response = state.respond(&logged, fault);
            match fault {
                Fault::ResetAfterAll => Err(TransportError::interrupted("reset")),
                Fault::InvalidHead => Err(TransportError::invalid_head("too many fields")),
                _ => Ok(response),
            }
        })
    }
}

impl State {
    fn respond(&mut self, request: &Logged, fault: Fault) -> HttpResponse {
        match fault {
            Fault::Status(status) => return failure(status),
            Fault::Lost(status) => {
                self.sessions
                    .iter_mut()
                    .for_each(|session| session.gone = true);
                return failure(status);
            }
            Fault::Portal => return text(200, "text/html", "<html>Please sign in</html>"),
            _ => {}
        }
        let session = request
            .url
            .split("SESSION-")
            .nth(1)
            .and_then(|index| index.parse::<usize>().ok());
        if let (Fault::Range(_), Some(index)) = (fault, session) {
            self.sessions[index].lied = true;
        }
        let mut response = match (request.method, session) {
            (HttpMethod::Delete, Some(_)) => failure(499),
            (_, Some(index)) => self.put(index, request),
            (_, None) if request.url.contains("uploadType=resumable") => self.start(),
            (_, None) => self.finish(),
        };
        match fault {
            Fault::Range("") => response.headers.remove("range"),
            Fault::Range(range) => response.headers.set("range", range),
            Fault::Hidden308 if response.status == 308 => {
                response.status = 200;
                response.headers.set("x-http-status-code-override", "308");
            }
            Fault::BodyCut => response.body = ResponseBody::stream(Cut),
            Fault::Body(text) => response.body = discovery_runtime::Bytes::from(text).into(),
            Fault::NoLocation => response.headers.remove("location"),
            Fault::Stored(length) => response.headers.set("x-goog-stored-content-length", length),
            Fault::Location(url) => response.headers.set("location", url),
            _ => {}
        }
        response
    }

    fn start(&mut self) -> HttpResponse {
        self.sessions.push(Session::default());
        let mut response = text(200, "text/plain", "");
        let index = self.sessions.len() - 1;
        response.headers.set(
            "location",
            format!("{ENDPOINT}upload?upload_id=SESSION-{index}"),
        );
        response
    }

    fn put(&mut self, index: usize, request: &Logged) -> HttpResponse {
        let total = self.total;
        let session = &mut self.sessions[index];
        if session.gone {
            return failure(404);
        }
        if session.finished {
            return text(200, "application/json", r#"{"id": "file"}"#);
        }
        let (first, length) = range(request, total);
        if length > 0 {
            if first != session.received && session.lied {
                return failure(400);
            }
            assert_eq!(first, session.received, "another chunk than the next");
            assert_bytes(first, &request.body);
            let end = first + length;
            assert!(
                end == total || length.is_multiple_of(UNIT),
                "a chunk of {length} bytes"
            );
            session.received = end;
        }
        if session.received == total && (length > 0 || total == 0) {
            session.finished = true;
            return self.finish();
        }
        incomplete(session.received)
    }

    fn finish(&mut self) -> HttpResponse {
        self.files += 1;
        text(200, "application/json; charset=UTF-8", r#"{"id": "file"}"#)
    }

    fn keep(&mut self, request: &Logged, part: &[u8], keeps: u64) {
        let session = request
            .url
            .split("SESSION-")
            .nth(1)
            .and_then(|index| index.parse::<usize>().ok());
        let Some(index) = session.filter(|_| request.headers.get("content-range").is_some()) else {
            return;
        };
        let (first, _) = range(request, self.total);
        assert_bytes(first, part);
        if self.sessions[index].gone
            || self.sessions[index].finished
            || first != self.sessions[index].received
        {
            return;
        }
        self.sessions[index].received = first + keeps.min(part.len() as u64);
    }
}

/// The first byte and the number of bytes in a request.
fn range(request: &Logged, total: u64) -> (u64, u64) {
    let range = request
        .headers
        .get("content-range")
        .unwrap()
        .strip_prefix("bytes ")
        .unwrap();
    let (part, whole) = range.split_once('/').unwrap();
    assert_eq!(whole.parse(), Ok(total));
    if part == "*" {
        return (0, 0);
    }
    let (first, last) = part.split_once('-').unwrap();
    let (first, last): (u64, u64) = (first.parse().unwrap(), last.parse().unwrap());
    (first, last - first + 1)
}

fn assert_bytes(first: u64, bytes: &[u8]) {
    assert!(
        bytes
            .iter()
            .zip(first..)
            .all(|(byte, place)| *byte == byte_at(place)),
        "other bytes at {first}"
    );
}

fn incomplete(received: u64) -> HttpResponse {
    let mut response = text(308, "text/plain", "");
    if let Some(last) = received.checked_sub(1) {
        response.headers.set("range", format!("bytes=0-{last}"));
    }
    response
}

fn failure(status: u16) -> HttpResponse {
    text(
        status,
        "application/json",
        r#"{"error": {"message": "as planned"}}"#,
    )
}

struct Cut;

impl futures_core::Stream for Cut {
    type Item = Result<discovery_runtime::Bytes, TransportError>;

    fn poll_next(
        self: std::pin::Pin<&mut Self>,
        _: &mut std::task::Context<'_>,
    ) -> std::task::Poll<Option<Self::Item>> {
        std::task::Poll::Ready(Some(Err(TransportError::body_cut("cut"))))
    }
}
