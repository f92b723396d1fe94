//! A server of media with ranges, and the faults that it can have.

use std::collections::VecDeque;
use std::pin::Pin;
use std::sync::{Arc, Mutex, MutexGuard};
use std::task::{Context, Poll};
use std::time::Duration;

use discovery_runtime::transport::{
    Headers, HttpBody, HttpRequest, HttpResponse, ResponseBody, Transport, TransportError,
};
use discovery_runtime::{BoxFuture, Bytes, Clock as _, TestClock};

/// Where the service is, and where its media are.
pub(crate) const ENDPOINT: &str = "https://photos.example/";
pub(crate) const MEDIA: &str = "https://lh3.googleusercontent.com/lr/CANARY=d";

/// What goes wrong with one request.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Fault {
    /// The connection fails, before or while it is used.
    NoConnection,
    ConnectTimeout,
    NotProcessed,
    Reset,
    Tls,
    Proxy,
    /// After so many bytes of the response the connection breaks, closes as if that
    /// were the end, or stays open and silent.
    BreaksAfter(usize),
    EndsAfter(usize),
    StallsAfter(usize),
    Silence,
    /// So many bytes every ten seconds.
    Drips(usize),
    /// Only the end of the connection says that the body is at its end.
    NoLength,
    NoLengthBreaksAfter(usize),
    /// A page of somebody else instead of the server.
    Portal,
    /// An error instead of the content.
    Status(u16),
    /// 429, with seconds to wait or without.
    RateLimit {
        retry_after: Option<u64>,
    },
    /// The same until a date, 45 seconds after that of the server.
    RateLimitUntil,
    /// 429 that ends only with the day.
    DailyQuota,
    /// The address is too old.
    Expired,
    /// A picture that says that there is no picture.
    NotFoundPicture,
    /// Another part than was requested.
    IgnoresRange,
    WrongRange(&'static str),
    NotSatisfiable(&'static str),
    /// A redirect to this address.
    Redirect(&'static str),
    /// A content encoding that was not requested.
    Encoded,
    /// More bytes than were announced.
    TooLong,
    /// A status with an empty body.
    Empty(u16),
    /// It is something else from now on.
    Changes,
    ChangesLength,
    /// Another tag on a part, although only the same was requested.
    OtherTag,
    /// There is no tag any more from now on.
    NoTag,
    /// The first byte of the body is another one than is stored.
    Corrupts,
}

#[derive(Clone)]
pub(crate) struct Server {
    state: Arc<Mutex<State>>,
}

struct State {
    clock: TestClock,
    content: Vec<u8>,
    tag: Option<String>,
    content_type: &'static str,
    encoding: Option<&'static str>,
    faults: VecDeque<Fault>,
    /// Whether a token may come to the address of the media.
    takes_tokens: bool,
    log: Vec<Request>,
}

/// A request that the server got.
#[derive(Clone, Debug)]
pub(crate) struct Request {
    pub(crate) url: String,
    pub(crate) headers: Headers,
}

impl Server {
    pub(crate) fn new(clock: &TestClock, content: impl Into<Vec<u8>>) -> Self {
        let state = State {
            clock: clock.clone(),
            content: content.into(),
            tag: Some("\"1\"".to_owned()),
            content_type: "image/jpeg",
            encoding: None,
            faults: VecDeque::new(),
            takes_tokens: false,
            log: Vec::new(),
        };
        Self {
            state: Arc::new(Mutex::new(state)),
        }
    }

    pub(crate) fn plan(&self, faults: impl IntoIterator<Item = Fault>) {
        self.lock().faults.extend(faults);
    }

    pub(crate) fn planned(&self) -> usize {
        self.lock().faults.len()
    }

    pub(crate) fn content(&self) -> Vec<u8> {
        self.lock().content.clone()
    }

    pub(crate) fn set_type(&self, content_type: &'static str) {
        self.lock().content_type = content_type;
    }

    /// From now on a token may come to the address of the media.
    pub(crate) fn take_tokens(&self) {
        self.lock().takes_tokens = true;
    }

    /// From now on it says that its content is encoded.
    pub(crate) fn set_encoding(&self, encoding: &'static str) {
        self.lock().encoding = Some(encoding);
    }

    pub(crate) fn log(&self) -> Vec<Request> {
        self.lock().log.clone()
    }

    /// The header `Range` of each request.
    pub(crate) fn ranges(&self) -> Vec<Option<String>> {
        self.log()
            .iter()
            .map(|request| request.headers.get("range").map(str::to_owned))
            .collect()
    }

    fn lock(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap()
    }
}

impl Transport for Server {
    fn send(&self, request: HttpRequest) -> BoxFuture<'_, Result<HttpResponse, TransportError>> {
        Box::pin(async move {
            let own = request.url.starts_with(ENDPOINT)
                || request.url == MEDIA && self.lock().takes_tokens;
            let authorized = request.headers.get("authorization").is_some();
            assert!(own || !authorized, "a token went to a host of media");
            assert_eq!(request.headers.get("accept-encoding"), Some("identity"));
            assert!(matches!(request.body, HttpBody::Empty));
            let fault = {
                let mut state = self.lock();
                let HttpRequest { url, headers, .. } = request;
                state.log.push(Request { url, headers });
                state.faults.pop_front()
            };
            match fault {
                Some(Fault::NoConnection) => Err(TransportError::connect("no such host")),
                Some(Fault::ConnectTimeout) => Err(TransportError::connect_timeout()),
                Some(Fault::NotProcessed) => Err(TransportError::not_processed("closed")),
                Some(Fault::Reset) => Err(TransportError::interrupted("reset")),
                Some(Fault::Tls) => Err(TransportError::tls("bad certificate")),
                Some(Fault::Proxy) => Err(TransportError::proxy("407")),
                Some(Fault::Silence) => std::future::pending().await,
                fault => Ok(self.lock().respond(fault.as_ref())),
            }
        })
    }
}

impl State {
    fn respond(&mut self, fault: Option<&Fault>) -> HttpResponse {
        match fault {
            Some(Fault::Changes) => {
                self.content.reverse();
                self.tag = Some("\"2\"".to_owned());
            }
            Some(Fault::ChangesLength) => {
                self.content.push(0);
                self.tag = None;
            }
            Some(Fault::NoTag) => self.tag = None,
            _ => {}
        }
        let response = self.serve(fault);
        disturb(response, fault)
    }

    /// What a server without faults says, but for the end of the body.
    fn serve(&self, fault: Option<&Fault>) -> HttpResponse {
        let headers = &self.log.last().unwrap().headers;
        let range = headers.get("range").and_then(|range| {
            range
                .strip_prefix("bytes=")?
                .strip_suffix('-')?
                .parse::<usize>()
                .ok()
        });
        let fresh = headers
            .get("if-range")
            .is_none_or(|tag| Some(tag) == self.tag.as_deref());
        let range = range.filter(|_| fresh && fault != Some(&Fault::IgnoresRange));
        let length = self.content.len();
        match range {
            Some(start) if start >= length => {
                let mut response = text(416, "text/plain", "");
                response
                    .headers
                    .set("content-range", format!("bytes */{length}"));
                response
            }
            Some(start) => {
                let mut response = self.content_from(206, start, fault);
                response.headers.set(
                    "content-range",
                    format!("bytes {start}-{}/{length}", length - 1),
                );
                response
            }
            None => self.content_from(200, 0, fault),
        }
    }

    fn content_from(&self, status: u16, start: usize, fault: Option<&Fault>) -> HttpResponse {
        let mut bytes = self.content[start..].to_vec();
        let length = bytes.len();
        let end = match fault {
            Some(Fault::BreaksAfter(count) | Fault::NoLengthBreaksAfter(count)) => {
                bytes.truncate(*count);
                End::Broken
            }
            Some(Fault::EndsAfter(count)) => {
                bytes.truncate(*count);
                End::Quiet
            }
            Some(Fault::StallsAfter(count)) => {
                bytes.truncate(*count);
                End::Silent
            }
            Some(Fault::Drips(count)) => End::Drips(*count, self.clock.clone(), None),
            Some(Fault::TooLong) => {
                bytes.push(0);
                End::Quiet
            }
            Some(Fault::Corrupts) => {
                bytes.iter_mut().take(1).for_each(|byte| *byte ^= 1);
                End::Quiet
            }
            _ => End::Quiet,
        };
        let mut headers = Headers::from_iter([("content-type", self.content_type)]);
        headers.set("content-length", length.to_string());
        if let Some(tag) = &self.tag {
            headers.set("etag", tag.as_str());
        }
        if let Some(encoding) = self.encoding {
            headers.set("content-encoding", encoding);
        }
        let hash = Bytes::from(crc32c(&self.content).to_be_bytes().to_vec());
        let hash = serde_json::to_value(hash).unwrap();
        headers.set("x-goog-hash", format!("crc32c={}", hash.as_str().unwrap()));
        let mut body = ResponseBody::stream(Pieces { bytes, end });
        if let Some(Fault::NoLength | Fault::NoLengthBreaksAfter(_)) = fault {
            headers.remove("content-length");
            body = body.until_close();
        }
        HttpResponse {
            status,
            headers,
            body,
        }
    }
}

/// CRC-32C bit by bit: polynomial 0x1EDC6F41, reflected (RFC 3720, section 12.1).
pub(crate) fn crc32c(bytes: &[u8]) -> u32 {
    !bytes.iter().fold(u32::MAX, |crc, byte| {
        (0..8).fold(crc ^ u32::from(*byte), |crc, _| {
            (crc >> 1) ^ (0x82F6_3B78 & 0u32.wrapping_sub(crc & 1))
        })
    })
}

/// How a body ends, or goes on for ever.
enum End {
    Quiet,
    Broken,
    Silent,
    Drips(usize, TestClock, Option<BoxFuture<'static, ()>>),
}

/// A body in pieces of three bytes, or of those that drip.
struct Pieces {
    bytes: Vec<u8>,
    end: End,
}

impl futures_core::Stream for Pieces {
    type Item = Result<Bytes, TransportError>;

    fn poll_next(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        let mut size = 3;
        if let End::Drips(drip, clock, sleep) = &mut self.end {
            let waiting = sleep.get_or_insert_with(|| clock.sleep(Duration::from_secs(10)));
            if waiting.as_mut().poll(context).is_pending() {
                return Poll::Pending;
            }
            *sleep = None;
            size = *drip;
        }
        let count = self.bytes.len().min(size);
        if count > 0 {
            let piece: Vec<u8> = self.bytes.drain(..count).collect();
            return Poll::Ready(Some(Ok(piece.into())));
        }
        match self.end {
            End::Quiet | End::Drips(..) => Poll::Ready(None),
            End::Broken => Poll::Ready(Some(Err(TransportError::body_cut("cut")))),
            End::Silent => Poll::Pending,
        }
    }
}

/// Does to a response what was planned.
fn disturb(mut response: HttpResponse, fault: Option<&Fault>) -> HttpResponse {
    match fault {
        Some(Fault::Portal) => text(200, "text/html", "<html>Please sign in</html>"),
        Some(Fault::Status(status)) => failure(
            *status,
            "application/json",
            r#"{"error": {"message": "as planned"}}"#,
        ),
        Some(Fault::RateLimit { retry_after }) => {
            let mut response = failure(
                429,
                "application/json",
                r#"{"error": {"message": "too fast"}}"#,
            );
            if let Some(seconds) = retry_after {
                response.headers.set("retry-after", seconds.to_string());
            }
            response
        }
        Some(Fault::RateLimitUntil) => {
            let mut response = failure(429, "application/json", "{}");
            let dates = [
                ("date", "Wed, 21 Oct 2015 07:28:00 GMT"),
                ("retry-after", "Wed, 21 Oct 2015 07:28:45 GMT"),
            ];
            for (name, date) in dates {
                response.headers.set(name, date);
            }
            response
        }
        Some(Fault::DailyQuota) => failure(
            429,
            "application/json",
            r#"{"error": {"message": "limit 'All requests per day'"}}"#,
        ),
        Some(Fault::Expired) => failure(403, "text/html", "<html>403. That's an error.</html>"),
        Some(Fault::NotFoundPicture) => failure(404, "image/png", "\u{89}PNG BINARY"),
        Some(Fault::WrongRange(text)) => {
            response.headers.set("content-range", *text);
            response
        }
        Some(Fault::OtherTag) => {
            response.headers.set("etag", "\"other\"");
            response
        }
        Some(Fault::NotSatisfiable(range)) => {
            let mut response = text(416, "text/plain", "");
            response.headers.set("content-range", *range);
            response
        }
        Some(Fault::Redirect(location)) => {
            let mut response = text(302, "text/html", "moved");
            response.headers.set("location", *location);
            response
        }
        Some(Fault::Encoded) => {
            response.headers.set("content-encoding", "gzip");
            response
        }
        Some(Fault::Empty(status)) => text(*status, "image/jpeg", ""),
        _ => response,
    }
}

fn text(status: u16, content_type: &str, body: &str) -> HttpResponse {
    HttpResponse::new(
        status,
        Headers::from_iter([("content-type", content_type)]),
        body,
    )
}

fn failure(status: u16, content_type: &str, body: &str) -> HttpResponse {
    let mut response = text(status, content_type, body);
    if (300..400).contains(&status) {
        response
            .headers
            .set("location", "https://evil.example/?CANARY");
    }
    response
}
