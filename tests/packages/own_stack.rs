//! Without the default transport: HTTP over a socket that blocks, and the clock of the standard
//! library. Nothing here needs tokio, and it compiles for WebAssembly.

use std::future::poll_fn;
use std::io::{Read as _, Write as _};
use std::net::TcpStream;
use std::pin::pin;
use std::task::{Context, Poll, Waker};
use std::time::{Duration, Instant};

use google_photoslibrary_v1::Result;
use google_photoslibrary_v1::runtime::transport::{
    Headers, HttpBody, HttpRequest, HttpResponse, Transport, TransportError,
};
use google_photoslibrary_v1::runtime::{BoxFuture, Clock};

#[allow(dead_code, reason = "a build with the default transport does not run it")]
pub fn run(address: &str) -> Result<()> {
    let client = super::builder(address)
        .transport(Sockets)
        .clock(Monotonic(Instant::now()))
        .build()?;
    block_on(super::list(&client))
}

/// One request a connection.
struct Sockets;

impl Transport for Sockets {
    fn send(&self, request: HttpRequest) -> BoxFuture<'_, Result<HttpResponse, TransportError>> {
        Box::pin(async move { exchange(&request) })
    }
}

fn exchange(request: &HttpRequest) -> Result<HttpResponse, TransportError> {
    let rest = request.url.strip_prefix("http://").unwrap_or(&request.url);
    let (host, path) = rest.split_once('/').unwrap_or((rest, ""));
    let mut head = format!(
        "{} /{path} HTTP/1.1\r\nhost: {host}\r\nconnection: close\r\n",
        request.method.as_str()
    );
    for (name, value) in request.headers.iter() {
        head.push_str(&format!("{name}: {value}\r\n"));
    }
    let body = match &request.body {
        HttpBody::Bytes(bytes) => bytes,
        _ => &[][..],
    };
    head.push_str(&format!("content-length: {}\r\n\r\n", body.len()));

    let mut stream = TcpStream::connect(host).map_err(TransportError::connect)?;
    stream
        .write_all(&[head.as_bytes(), body].concat())
        .map_err(TransportError::interrupted)?;
    let mut received = Vec::new();
    stream
        .read_to_end(&mut received)
        .map_err(TransportError::interrupted)?;
    parse(&received).ok_or_else(|| TransportError::invalid_head("it is no HTTP/1.1 with a length"))
}

fn parse(received: &[u8]) -> Option<HttpResponse> {
    let end = received.windows(4).position(|four| four == b"\r\n\r\n")?;
    let (head, body) = received.split_at(end + 4);
    let mut lines = std::str::from_utf8(head).ok()?.lines();
    let status = lines.next()?.split(' ').nth(1)?.parse().ok()?;
    let mut headers = Headers::new();
    for (name, value) in lines.filter_map(|line| line.split_once(':')) {
        headers.append(name.to_ascii_lowercase(), value.trim());
    }
    let length: usize = headers.get("content-length")?.parse().ok()?;
    Some(HttpResponse::new(status, headers, body.get(..length)?.to_vec()))
}

/// The clock of the standard library, from when it was made.
struct Monotonic(Instant);

impl Clock for Monotonic {
    fn now(&self) -> Duration {
        self.0.elapsed()
    }

    fn sleep(&self, duration: Duration) -> BoxFuture<'static, ()> {
        let start = Instant::now();
        Box::pin(poll_fn(move |_| {
            if start.elapsed() < duration { Poll::Pending } else { Poll::Ready(()) }
        }))
    }
}

/// Polls until it is done: nothing here wakes anybody.
fn block_on<T>(future: impl Future<Output = T>) -> T {
    let mut future = pin!(future);
    loop {
        if let Poll::Ready(done) = future.as_mut().poll(&mut Context::from_waker(Waker::noop())) {
            return done;
        }
        std::thread::sleep(Duration::from_millis(1));
    }
}
