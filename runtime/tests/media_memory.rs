//! However large a file is, the memory that its upload or download takes stays the same.
//!
//! It has a process of its own: what it measures is the memory of all of it.

#![cfg(target_os = "linux")]
#![allow(clippy::unwrap_used, reason = "a test may panic")]

use std::future::poll_fn;
use std::io;
use std::pin::Pin;
use std::sync::Mutex;
use std::task::{Context, Poll};

use discovery_runtime::codegen::{Context as CallContext, Method, RetrySafety, UploadMethod};
use discovery_runtime::download::Download;
use discovery_runtime::transport::{
    Headers, HttpBody, HttpRequest, HttpResponse, ResponseBody, Transport, TransportError,
};
use discovery_runtime::upload::{Fingerprint, Source, SourceStream, Upload, UploadSource};
use discovery_runtime::{BoxFuture, Bytes, Client, Credentials, HttpMethod, TestClock};
use futures_core::Stream;

/// Ten gigabytes.
const TOTAL: u64 = 10 << 30;

/// How much more memory may be used in between, in bytes.
const CAP: u64 = 24 << 20;

/// The memory of this process, in bytes.
fn resident() -> u64 {
    let status = std::fs::read_to_string("/proc/self/status").unwrap();
    let line = status
        .lines()
        .find(|line| line.starts_with("VmRSS:"))
        .unwrap();
    line.split_whitespace()
        .nth(1)
        .unwrap()
        .parse::<u64>()
        .unwrap()
        * 1024
}

/// Fresh pieces of a megabyte, as a file would give them.
struct Zeros(u64);

impl Stream for Zeros {
    type Item = io::Result<Bytes>;

    fn poll_next(mut self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        let size = self.0.min(1 << 20);
        self.0 -= size;
        let piece = vec![1; usize::try_from(size).unwrap()];
        Poll::Ready(Some(Ok(Bytes::from(piece))).filter(|_| size > 0))
    }
}

struct Huge;

impl UploadSource for Huge {
    fn len(&self) -> BoxFuture<'_, io::Result<u64>> {
        Box::pin(async { Ok(TOTAL) })
    }

    fn open(&self, offset: u64) -> BoxFuture<'_, io::Result<SourceStream>> {
        let stream: SourceStream = Box::pin(Zeros(TOTAL - offset));
        Box::pin(async { Ok(stream) })
    }

    fn fingerprint(&self) -> BoxFuture<'_, io::Result<Fingerprint>> {
        Box::pin(async { Ok(Fingerprint::new("huge")) })
    }
}

/// Counts bytes and drops them.
#[derive(Default)]
struct Sink {
    received: Mutex<u64>,
    peak: Mutex<u64>,
}

impl Transport for Sink {
    fn send(&self, request: HttpRequest) -> BoxFuture<'_, Result<HttpResponse, TransportError>> {
        Box::pin(async move {
            if request.method == HttpMethod::Get {
                return Ok(Self::content());
            }
            let command = request
                .headers
                .get("x-goog-upload-command")
                .unwrap_or_default()
                .to_owned();
            if let HttpBody::Stream { mut stream, .. } = request.body {
                while let Some(piece) = poll_fn(|context| stream.as_mut().poll_next(context)).await
                {
                    let received = &mut *self.received.lock().unwrap();
                    *received += piece?.len() as u64;
                    if received.is_multiple_of(64 << 20) {
                        let mut peak = self.peak.lock().unwrap();
                        *peak = resident().max(*peak);
                    }
                }
            }
            let mut headers = Headers::new();
            headers.set(
                "x-goog-upload-status",
                if command.ends_with("finalize") {
                    "final"
                } else {
                    "active"
                },
            );
            headers.set("x-goog-upload-url", "https://photos.example/session");
            headers.set("x-goog-upload-chunk-granularity", "262144");
            Ok(HttpResponse::new(200, headers, "TOKEN"))
        })
    }
}

impl Sink {
    fn content() -> HttpResponse {
        let mut headers = Headers::new();
        headers.set("content-type", "video/mp4");
        headers.set("content-length", TOTAL.to_string());
        let body = ResponseBody::stream(Pieces(Zeros(TOTAL)));
        HttpResponse {
            status: 200,
            headers,
            body,
        }
    }
}

struct Pieces(Zeros);

impl Stream for Pieces {
    type Item = Result<Bytes, TransportError>;

    fn poll_next(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        Pin::new(&mut self.0)
            .poll_next(context)
            .map_err(TransportError::body_cut)
    }
}

#[tokio::test]
async fn ten_gigabytes_use_constant_memory() {
    static METHOD: Method = Method {
        id: "upload",
        http: HttpMethod::Post,
        path: "v1/uploads",
        retry: RetrySafety::Idempotent,
        ..Method::DEFAULT
    };
    static UPLOAD: UploadMethod = UploadMethod::x_goog("v1/uploads");
    let sink = std::sync::Arc::new(Sink::default());
    let client = Client::builder()
        .endpoint("https://photos.example/")
        .credentials(Credentials::anonymous())
        .transport(sink.clone())
        .clock(TestClock::new())
        .build()
        .unwrap();
    let sources = [Source::from(Huge), Source::once(TOTAL, Zeros(TOTAL))];
    for source in sources {
        *sink.received.lock().unwrap() = 0;
        let before = resident();
        let upload = Upload::bare(CallContext::new(&client), &METHOD, &UPLOAD, source);
        upload.send().await.unwrap();
        assert_eq!(*sink.received.lock().unwrap(), TOTAL);
        let grown = sink.peak.lock().unwrap().saturating_sub(before);
        // The bytes of a chunk are kept if they can't be read again.
        assert!(
            *sink.peak.lock().unwrap() > 0 && grown < CAP + (16 << 20),
            "it took {grown} bytes"
        );
    }
    let before = resident();
    let mut body = Download::from_url(&client, "https://lh3.googleusercontent.com/x=dv")
        .send()
        .await
        .unwrap();
    let mut received = 0;
    let mut peak = 0;
    while let Some(piece) = body.next_chunk().await {
        received += piece.unwrap().len() as u64;
        if received.is_multiple_of(64 << 20) {
            peak = resident().max(peak);
        }
    }
    assert_eq!(received, TOTAL);
    assert!(
        peak > 0 && peak.saturating_sub(before) < CAP,
        "it took {} bytes",
        peak - before
    );
}
