//! A server that gives the responses of a script and keeps the requests as they arrived.

use std::io::{Read, Write};
use std::net::{TcpListener, TcpStream};
use std::sync::mpsc::{Receiver, Sender, channel};
use std::time::Duration;

use discovery_runtime::codegen::ApiClient;
use discovery_runtime::{ClientBuilder, Credentials};

/// One request as it arrived: the request line, the headers that belong to the call, the body.
pub struct Received {
    pub line: String,
    pub headers: Vec<(String, String)>,
    pub body: Vec<u8>,
}

impl Received {
    pub fn header(&self, name: &str) -> Option<&str> {
        self.headers.iter().find(|(key, _)| key == name).map(|(_, value)| value.as_str())
    }
}

/// A server that responds to each request with the next of its responses.
fn serve(listener: TcpListener, responses: Receiver<(u16, String, Vec<u8>)>, received: Sender<Received>) {
    for stream in listener.incoming() {
        let Ok(mut stream) = stream else { return };
        while let Some(request) = read(&mut stream) {
            let (status, headers, body) = responses.recv_timeout(Duration::from_secs(5)).unwrap();
            received.send(request).unwrap();
            let head = format!("HTTP/1.1 {status} X\r\ncontent-length: {}\r\n{headers}\r\n", body.len());
            stream.write_all(&[head.as_bytes(), &body].concat()).unwrap();
        }
    }
}

fn read(stream: &mut TcpStream) -> Option<Received> {
    let mut head = Vec::new();
    let mut byte = [0];
    while !head.ends_with(b"\r\n\r\n") {
        if stream.read(&mut byte).ok()? == 0 {
            return None;
        }
        head.push(byte[0]);
    }
    let head = String::from_utf8(head).unwrap();
    let mut lines = head.trim_end().split("\r\n");
    let line = lines.next().unwrap().to_owned();
    let headers: Vec<(String, String)> = lines
        .map(|line| line.split_once(':').unwrap())
        .map(|(name, value)| (name.to_lowercase(), value.trim().to_owned()))
        .collect();
    let header = |name: &str| headers.iter().find(|(key, _)| key == name).map(|(_, value)| value.as_str());
    let body = if header("transfer-encoding") == Some("chunked") {
        read_chunks(stream)
    } else {
        let mut body = vec![0; header("content-length").map_or(0, |length| length.parse().unwrap())];
        stream.read_exact(&mut body).unwrap();
        body
    };
    Some(Received { line, headers, body })
}

fn read_chunks(stream: &mut TcpStream) -> Vec<u8> {
    let mut body = Vec::new();
    loop {
        let mut size = Vec::new();
        let mut byte = [0];
        while !size.ends_with(b"\r\n") {
            stream.read_exact(&mut byte).unwrap();
            size.push(byte[0]);
        }
        let length = usize::from_str_radix(std::str::from_utf8(&size).unwrap().trim(), 16).unwrap();
        let mut chunk = vec![0; length + 2];
        stream.read_exact(&mut chunk).unwrap();
        if length == 0 {
            return body;
        }
        body.extend_from_slice(&chunk[..length]);
    }
}

/// A server, and a client of it. The server has one connection at a time, and a client keeps its own.
pub fn start<C: ApiClient>() -> (Server, C) {
    let server = Server::start();
    let builder = ClientBuilder::<C>::new().credentials(Credentials::token("token"));
    let client = builder.endpoint_on_loopback(&server.address).build().unwrap();
    (server, client)
}

/// A server on loopback, with the responses that it is to give and the requests that came.
pub struct Server {
    pub address: String,
    responses: Sender<(u16, String, Vec<u8>)>,
    pub received: Receiver<Received>,
}

impl Server {
    fn start() -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let address = format!("http://{}/", listener.local_addr().unwrap());
        let (responses, to_send) = channel();
        let (seen, received) = channel();
        std::thread::spawn(move || serve(listener, to_send, seen));
        Self { address, responses, received }
    }

    pub fn respond(&self, body: &str) {
        self.respond_with(200, "content-type: application/json\r\n", body);
    }

    pub fn respond_with(&self, status: u16, headers: &str, body: &str) {
        self.respond_bytes(status, headers, body.as_bytes());
    }

    pub fn respond_bytes(&self, status: u16, headers: &str, body: &[u8]) {
        self.responses.send((status, headers.to_owned(), body.to_owned())).unwrap();
    }

    /// The next request; its line and its body must be these.
    pub fn expect(&self, line: &str, body: &str) -> Received {
        let request = self.received.recv_timeout(Duration::from_secs(5)).unwrap();
        assert_eq!(request.line, format!("{line} HTTP/1.1"));
        assert_eq!(String::from_utf8_lossy(&request.body), body, "{line}");
        assert_eq!(request.header("authorization"), Some("Bearer token"), "{line}");
        if request.line.starts_with("POST") || request.line.starts_with("PATCH") {
            assert!(request.header("content-length").is_some() || request.header("transfer-encoding").is_some());
        }
        println!("ok: {line}");
        request
    }
}
