//! Bodies of requests, and responses as they go out.

use std::future::poll_fn;

use discovery_runtime::Bytes;
use discovery_runtime::transport::{Headers, HttpBody, HttpResponse, ResponseBody, TransportError};

use crate::faults::Kind;
use crate::source::byte_at;

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

pub(super) fn assert_bytes(offset: u64, bytes: &[u8]) {
    for (index, byte) in bytes.iter().enumerate() {
        let place = offset + index as u64;
        assert_eq!(*byte, byte_at(place), "the byte at {place}");
    }
}

pub(super) fn status(status: &str) -> HttpResponse {
    let mut response = text(200, "text/plain", "");
    set(&mut response, "x-goog-upload-status", status);
    response
}

pub(super) fn set(response: &mut HttpResponse, name: &'static str, value: &str) {
    if value.is_empty() {
        response.headers.remove(name);
    } else {
        response.headers.set(name, value);
    }
}

pub(crate) fn text(status: u16, content_type: &str, body: &str) -> HttpResponse {
    HttpResponse::new(
        status,
        Headers::from_iter([("content-type", content_type)]),
        body,
    )
}

pub(super) fn failure(status: u16) -> HttpResponse {
    let name = if status == 409 { "ABORTED" } else { "" };
    let body = format!(
        r#"{{"error": {{"code": {status}, "status": "{name}", "message": "as planned"}}}}"#
    );
    let mut response = text(status, "application/json", &body);
    if (300..400).contains(&status) {
        set(&mut response, "location", "https://evil.example/?CANARY");
    }
    response
}

pub(super) fn rate_limit(retry_after: Option<u64>) -> HttpResponse {
    let mut response = failure(429);
    if let Some(seconds) = retry_after {
        set(&mut response, "retry-after", &seconds.to_string());
    }
    response
}

/// The date of the server is another one than that of the client.
pub(super) fn rate_limit_until() -> HttpResponse {
    let mut response = failure(429);
    set(&mut response, "date", "Wed, 21 Oct 2015 07:28:00 GMT");
    set(
        &mut response,
        "retry-after",
        "Wed, 21 Oct 2015 07:28:45 GMT",
    );
    response
}

pub(super) fn daily_quota() -> HttpResponse {
    let body = r#"{"error": {"code": 429, "status": "RESOURCE_EXHAUSTED",
        "message": "Quota exceeded for quota metric 'All requests' and limit 'All requests per day'"}}"#;
    text(429, "application/json", body)
}

pub(super) fn broken_body(kind: Option<Kind>) -> ResponseBody {
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
            Some(Kind::BodyCutUnnoticed) => Poll::Ready(None),
            Some(Kind::HugeBody) => Poll::Ready(Some(Ok(vec![b'x'; 1 << 16].into()))),
            _ => Poll::Pending,
        }
    }
}
