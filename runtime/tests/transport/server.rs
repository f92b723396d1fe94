//! A server on loopback that does what a script says, byte by byte: whatever a network can do.

use std::sync::{Arc, Mutex};
use std::time::Duration;

use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::{TcpListener, TcpStream};
use tokio::task::JoinHandle;

/// What the server does next with a connection.
#[derive(Clone)]
pub(crate) enum Step {
    /// Reads a request, body included.
    Read,
    /// Reads so many bytes.
    ReadBytes(usize),
    /// Sends bytes.
    Send(Vec<u8>),
    /// Sends bytes for as long as they are taken.
    Flood(Vec<u8>),
    /// Breaks the connection off.
    Reset,
    /// Does nothing for good.
    Stall,
}

/// A server with a script for each connection, in the order in which they come.
pub(crate) struct Server {
    pub port: u16,
    seen: Arc<Mutex<Vec<Vec<u8>>>>,
    connections: Arc<Mutex<usize>>,
    accepting: JoinHandle<()>,
}

impl Server {
    pub(crate) async fn start(scripts: impl IntoIterator<Item = Vec<Step>>) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let port = listener.local_addr().unwrap().port();
        let seen = Arc::<Mutex<Vec<_>>>::default();
        let connections = Arc::<Mutex<usize>>::default();
        let scripts: Vec<_> = scripts.into_iter().collect();
        let (log, counter) = (seen.clone(), connections.clone());
        let accepting = tokio::spawn(async move {
            let mut scripts = scripts.into_iter();
            while let Ok((stream, _)) = listener.accept().await {
                *counter.lock().unwrap() += 1;
                let script = scripts.next().unwrap_or_default();
                tokio::spawn(play(stream, script, log.clone()));
            }
        });
        Self {
            port,
            seen,
            connections,
            accepting,
        }
    }

    pub(crate) fn address(&self) -> String {
        format!("http://127.0.0.1:{}/", self.port)
    }

    /// What came in for each step that reads, as text.
    pub(crate) fn seen(&self) -> Vec<String> {
        let seen = self.seen.lock().unwrap();
        seen.iter()
            .map(|bytes| String::from_utf8_lossy(bytes).into_owned())
            .collect()
    }

    pub(crate) fn connections(&self) -> usize {
        *self.connections.lock().unwrap()
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        self.accepting.abort();
    }
}

async fn play(mut stream: TcpStream, script: Vec<Step>, seen: Arc<Mutex<Vec<Vec<u8>>>>) {
    for step in script {
        match step {
            Step::Read => {
                let request = read_request(&mut stream).await;
                seen.lock().unwrap().push(request);
            }
            Step::ReadBytes(count) => {
                let mut bytes = vec![0; count];
                if stream.read_exact(&mut bytes).await.is_ok() {
                    seen.lock().unwrap().push(bytes);
                }
            }
            Step::Send(bytes) => {
                let _ = stream.write_all(&bytes).await;
            }
            Step::Flood(bytes) => while stream.write_all(&bytes).await.is_ok() {},
            Step::Reset => {
                stream.set_zero_linger().unwrap();
                return;
            }
            Step::Stall => tokio::time::sleep(Duration::from_secs(3600)).await,
        }
    }
    let _ = stream.shutdown().await;
}

async fn read_request(stream: &mut TcpStream) -> Vec<u8> {
    let mut request = Vec::new();
    let mut chunk = [0; 4096];
    loop {
        if let Some(end) = find(&request, b"\r\n\r\n") {
            let head = String::from_utf8_lossy(&request[..end]).to_ascii_lowercase();
            let length = head
                .lines()
                .find_map(|line| line.strip_prefix("content-length: "));
            let length: usize = length.map_or(0, |length| length.trim().parse().unwrap());
            if request.len() >= end + 4 + length {
                return request;
            }
        }
        match stream.read(&mut chunk).await {
            Ok(0) | Err(_) => return request,
            Ok(read) => request.extend_from_slice(&chunk[..read]),
        }
    }
}

fn find(bytes: &[u8], pattern: &[u8]) -> Option<usize> {
    bytes
        .windows(pattern.len())
        .position(|window| window == pattern)
}

/// A response with a length; `headers` are lines that end with a line break.
pub(crate) fn response(status: &str, headers: &str, body: impl AsRef<[u8]>) -> Vec<u8> {
    let body = body.as_ref();
    let length = body.len();
    let head = format!(
        "HTTP/1.1 {status}\r\ncontent-type: application/json\r\ncontent-length: {length}\r\n{headers}\r\n"
    );
    [head.as_bytes(), body].concat()
}

/// A response whose body is what follows until the connection closes, or in chunks.
pub(crate) fn open_response(headers: &str, body: impl AsRef<[u8]>) -> Vec<u8> {
    let head = format!("HTTP/1.1 200 OK\r\ncontent-type: application/json\r\n{headers}\r\n");
    [head.as_bytes(), body.as_ref()].concat()
}
