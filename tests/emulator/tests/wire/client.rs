//! A hand-written HTTP client: what the emulator is tested with must not come from the library it serves with.

use std::io;

use serde_json::Value;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;

/// One reply, read to the end of the connection.
#[derive(Clone, Debug)]
pub(crate) struct Response {
    pub(crate) status: u16,
    pub(crate) headers: Vec<(String, String)>,
    /// The body without its framing, as far as it arrived.
    pub(crate) body: Vec<u8>,
    /// How the connection ended.
    pub(crate) end: End,
}

/// How the end of a reply was told.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum End {
    /// By the framing: the body is complete.
    Framed,
    /// By the end of the connection, where the framing promised nothing.
    Closed,
    /// By the end of the connection, before the framing's end.
    Short,
    /// By a reset.
    Reset,
}

impl Response {
    pub(crate) fn header(&self, name: &str) -> Option<&str> {
        let mut found = self.headers.iter().filter(|(key, _)| key == name);
        let (_, value) = found.next()?;
        assert!(found.next().is_none(), "header {name} is repeated");
        Some(value)
    }

    #[track_caller]
    pub(crate) fn json(&self) -> Value {
        let text = self.text();
        serde_json::from_str(&text)
            .unwrap_or_else(|error| panic!("{error} in {} {text}", self.status))
    }

    pub(crate) fn text(&self) -> String {
        String::from_utf8_lossy(&self.body).into_owned()
    }

    /// The JSON body of a reply that must have this status.
    #[track_caller]
    pub(crate) fn expect(&self, status: u16) -> Value {
        assert_eq!(self.status, status, "{}", self.text());
        self.json()
    }

    /// The message of an error reply with this status.
    #[track_caller]
    pub(crate) fn message(&self, status: u16) -> String {
        self.expect(status)["error"]["message"]
            .as_str()
            .unwrap()
            .to_owned()
    }
}

/// A GET under another name than that of the address.
pub(crate) async fn send_as(
    host: &str,
    address: &str,
    target: &str,
    headers: &[(&str, &str)],
) -> io::Result<Response> {
    exchange(address, host, "GET", target, headers, b"").await
}

/// Sends one request and reads to the end of the connection. An error means that no reply head came.
pub(crate) async fn send(
    address: &str,
    method: &str,
    target: &str,
    headers: &[(&str, &str)],
    body: &[u8],
) -> io::Result<Response> {
    exchange(address, address, method, target, headers, body).await
}

async fn exchange(
    address: &str,
    host: &str,
    method: &str,
    target: &str,
    headers: &[(&str, &str)],
    body: &[u8],
) -> io::Result<Response> {
    let length = body.len().to_string();
    let own = [
        ("Host", host),
        ("Connection", "close"),
        ("Content-Length", &length),
    ];
    // A GET has no body and says nothing about it.
    let own = if body.is_empty() && method != "POST" {
        &own[..2]
    } else {
        &own
    };
    let lines = own
        .iter()
        .chain(headers)
        .map(|(name, value)| [name, ": ", value, "\r\n"].concat());
    let request = format!(
        "{method} {target} HTTP/1.1\r\n{}\r\n",
        lines.collect::<String>()
    );
    let mut stream = TcpStream::connect(address).await?;
    stream.write_all(request.as_bytes()).await?;
    // A server that refuses early may stop reading; its reply counts all the same.
    let _ = stream.write_all(body).await;
    let mut bytes = Vec::new();
    let mut piece = vec![0; 65_536];
    let reset = loop {
        match stream.read(&mut piece).await {
            Ok(0) => break false,
            Ok(count) => bytes.extend(&piece[..count]),
            Err(_) => break true,
        }
    };
    parse(&bytes, reset, method == "HEAD")
}

fn parse(bytes: &[u8], reset: bool, head_only: bool) -> io::Result<Response> {
    let none = |what: &str| {
        io::Error::new(
            if reset {
                io::ErrorKind::ConnectionReset
            } else {
                io::ErrorKind::UnexpectedEof
            },
            what,
        )
    };
    let head_end = bytes
        .windows(4)
        .position(|four| four == b"\r\n\r\n")
        .ok_or_else(|| none("no reply head"))?;
    let head = String::from_utf8_lossy(&bytes[..head_end]).into_owned();
    let mut lines = head.split("\r\n");
    let status = lines
        .next()
        .and_then(|line| line.split(' ').nth(1))
        .and_then(|status| status.parse().ok());
    let headers: Vec<(String, String)> = lines
        .map(|line| {
            line.split_once(':')
                .map(|(name, value)| (name.to_ascii_lowercase(), value.trim().to_owned()))
        })
        .collect::<Option<_>>()
        .ok_or_else(|| none("a header without a colon"))?;
    let find = |name: &str| {
        headers
            .iter()
            .find(|(key, _)| key == name)
            .map(|(_, value)| value.as_str())
    };
    let rest = &bytes[head_end + 4..];
    let cut = if reset { End::Reset } else { End::Short };
    let (body, end) = if head_only {
        (rest.to_vec(), End::Framed)
    } else if find("transfer-encoding") == Some("chunked") {
        let (body, complete) = unchunk(rest);
        (body, if complete { End::Framed } else { cut })
    } else if let Some(length) =
        find("content-length").and_then(|length| length.parse::<usize>().ok())
    {
        (
            rest.to_vec(),
            if rest.len() == length {
                End::Framed
            } else {
                cut
            },
        )
    } else {
        (rest.to_vec(), if reset { End::Reset } else { End::Closed })
    };
    Ok(Response {
        status: status.ok_or_else(|| none("no status"))?,
        headers,
        body,
        end,
    })
}

fn unchunk(mut rest: &[u8]) -> (Vec<u8>, bool) {
    let mut body = Vec::new();
    loop {
        let Some(line_end) = rest.windows(2).position(|two| two == b"\r\n") else {
            return (body, false);
        };
        let size = usize::from_str_radix(&String::from_utf8_lossy(&rest[..line_end]), 16).unwrap();
        rest = &rest[line_end + 2..];
        if size == 0 {
            return (body, true);
        }
        if rest.len() < size + 2 {
            body.extend(&rest[..rest.len().min(size)]);
            return (body, false);
        }
        body.extend(&rest[..size]);
        rest = &rest[size + 2..];
    }
}
