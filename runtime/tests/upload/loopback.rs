//! Uploads over real connections that break, with the default transport.

use std::sync::{Arc, Mutex};
use std::time::Duration;

use discovery_runtime::codegen::Context;
use discovery_runtime::upload::{Source, Upload};
use discovery_runtime::{Client, Credentials, RetryPolicy};
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::{TcpListener, TcpStream};

use crate::client::{METHOD, UPLOAD};
use crate::source::bytes;

const UNIT: usize = 262_144;
const TOTAL: usize = 600_000;

/// A server that breaks the connection in the middle of the next chunk.
#[derive(Default)]
struct State {
    received: Vec<u8>,
    finished: bool,
    /// Where in the bodies of the next chunks the connection breaks.
    breaks: Vec<usize>,
    /// How often the connection broke.
    broken: usize,
    requests: usize,
}

type Shared = Arc<Mutex<State>>;

async fn serve(state: Shared) -> u16 {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let port = listener.local_addr().unwrap().port();
    tokio::spawn(async move {
        while let Ok((stream, _)) = listener.accept().await {
            let state = state.clone();
            tokio::spawn(async move {
                // A connection that breaks is what this is about.
                let _ = talk(stream, port, &state).await;
            });
        }
    });
    port
}

async fn talk(mut stream: TcpStream, port: u16, state: &Shared) -> std::io::Result<()> {
    let mut buffer = Vec::new();
    loop {
        while !contains(&buffer, b"\r\n\r\n") {
            if stream.read_buf(&mut buffer).await? == 0 {
                return Ok(());
            }
        }
        let end = buffer
            .windows(4)
            .position(|window| window == b"\r\n\r\n")
            .unwrap()
            + 4;
        let head = String::from_utf8_lossy(&buffer[..end]).to_ascii_lowercase();
        buffer.drain(..end);
        let field = |name: &str| {
            let line = head.lines().find_map(|line| {
                line.strip_prefix(name)?
                    .strip_prefix(": ")
                    .map(str::to_owned)
            });
            line.unwrap_or_default()
        };
        let length: usize = field("content-length").parse().unwrap_or(0);
        let command = field("x-goog-upload-command");
        let breaks = {
            let mut state = state.lock().unwrap();
            state.requests += 1;
            if command.starts_with("upload") {
                state.breaks.pop()
            } else {
                None
            }
        };
        let wanted = breaks.unwrap_or(length).min(length);
        while buffer.len() < wanted {
            if stream.read_buf(&mut buffer).await? == 0 {
                return Ok(());
            }
        }
        let body: Vec<u8> = buffer.drain(..wanted).collect();
        if command.starts_with("upload") {
            let mut state = state.lock().unwrap();
            let offset: usize = field("x-goog-upload-offset").parse().unwrap();
            assert_eq!(offset, state.received.len());
            state.received.extend_from_slice(&body);
            state.finished |= command.ends_with("finalize") && wanted == length && breaks.is_none();
        }
        if breaks.is_some() {
            state.lock().unwrap().broken += 1;
            // What is not read makes a reset of the end of the connection.
            stream.set_zero_linger()?;
            return Ok(());
        }
        let response = respond(&command, port, &state.lock().unwrap());
        stream.write_all(response.as_bytes()).await?;
    }
}

fn respond(command: &str, port: u16, state: &State) -> String {
    let (headers, body) = match command {
        "start" => {
            let url = format!("x-goog-upload-url: http://127.0.0.1:{port}/session?upload_id=1\r\n");
            (
                format!(
                    "x-goog-upload-status: active\r\nx-goog-upload-chunk-granularity: {UNIT}\r\n{url}"
                ),
                "",
            )
        }
        _ if state.finished => ("x-goog-upload-status: final\r\n".to_owned(), "TOKEN"),
        "query" => {
            let received = state.received.len();
            (
                format!(
                    "x-goog-upload-status: active\r\nx-goog-upload-size-received: {received}\r\n"
                ),
                "",
            )
        }
        _ => ("x-goog-upload-status: active\r\n".to_owned(), ""),
    };
    format!(
        "HTTP/1.1 200 OK\r\n{headers}content-length: {}\r\n\r\n{body}",
        body.len()
    )
}

fn contains(bytes: &[u8], part: &[u8]) -> bool {
    bytes.windows(part.len()).any(|window| window == part)
}

fn client(port: u16) -> Client {
    Client::builder()
        .endpoint_on_loopback(&format!("http://127.0.0.1:{port}/"))
        .credentials(Credentials::token("ACCESS"))
        .retry(RetryPolicy::default().with_base_delay(Duration::from_millis(1)))
        .build()
        .unwrap()
}

#[tokio::test]
async fn upload_survives_a_connection_that_breaks_at_any_byte() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("clip.mp4");
    std::fs::write(&path, bytes(TOTAL as u64)).unwrap();
    for at in [0, 1, 65_535, 65_536, 65_537, UNIT - 1, UNIT] {
        for source in [
            Source::from(bytes(TOTAL as u64)),
            Source::from(path.clone()),
        ] {
            let state = Shared::default();
            state.lock().unwrap().breaks = vec![at, at];
            let client = client(serve(state.clone()).await);
            let upload = Upload::bare(Context::new(&client), &METHOD, &UPLOAD, source)
                .resumable(true)
                .chunk_size(1);
            let token = upload
                .send()
                .await
                .unwrap_or_else(|error| panic!("broken at {at}: {error:?}"));
            assert_eq!(token.as_str(), "TOKEN");
            let state = state.lock().unwrap();
            assert!(state.received == bytes(TOTAL as u64), "broken at {at}");
            assert_eq!((state.broken, state.finished), (2, true), "broken at {at}");
        }
    }
}

#[tokio::test]
async fn raw_upload_starts_over() {
    let state = Shared::default();
    let client = client(serve(state.clone()).await);
    let upload = Upload::bare(Context::new(&client), &METHOD, &UPLOAD, bytes(10)).resumable(false);
    // This server knows nothing of raw uploads, and responds without a token.
    assert!(upload.send().await.unwrap_err().is_protocol());
    assert_eq!(state.lock().unwrap().requests, 5);
}
