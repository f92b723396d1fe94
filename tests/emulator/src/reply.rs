//! One HTTP reply before it goes on the wire; tests build their own with it.

use std::io::{self, Read as _};

use bytes::Bytes;
use flate2::Compression;
use flate2::write::GzEncoder;
use serde_json::Value;

/// A status, headers and a body. JSON bodies stay values until they are sent, so that `prettyPrint` can apply.
#[derive(Clone, Debug)]
pub struct Reply {
    pub(crate) status: u16,
    pub(crate) headers: Vec<(String, String)>,
    pub(crate) body: Body,
    pub(crate) note: Option<String>,
}

#[derive(Clone, Debug)]
pub(crate) enum Body {
    Json(Value),
    Bytes(Bytes),
}

impl Reply {
    /// A reply without headers and body.
    pub fn new(status: u16) -> Self {
        Self {
            status,
            headers: Vec::new(),
            body: Body::Bytes(Bytes::new()),
            note: None,
        }
    }

    /// A JSON reply with the content type that the service sends.
    pub fn json(status: u16, value: Value) -> Self {
        let mut reply = Self::new(status).header("content-type", "application/json; charset=UTF-8");
        reply.body = Body::Json(value);
        reply
    }

    /// A plain text reply.
    pub fn text(status: u16, text: impl Into<String>) -> Self {
        Self::new(status)
            .header("content-type", "text/plain; charset=utf-8")
            .body(text.into())
    }

    /// An HTML reply.
    pub fn html(status: u16, text: impl Into<String>) -> Self {
        Self::new(status)
            .header("content-type", "text/html; charset=UTF-8")
            .body(text.into())
    }

    /// Replaces the body.
    #[must_use]
    pub fn body(mut self, body: impl Into<Bytes>) -> Self {
        self.body = Body::Bytes(body.into());
        self
    }

    /// Adds a header; a repeated name gives two headers.
    #[must_use]
    pub fn header(mut self, name: impl Into<String>, value: impl Into<String>) -> Self {
        self.headers.push((name.into(), value.into()));
        self
    }

    /// A gzip body that unpacks to this many bytes of white space: small on the wire, large in memory.
    pub fn inflating(status: u16, bytes: u64) -> Self {
        let mut encoder = GzEncoder::new(Vec::new(), Compression::best());
        // Copying from an endless source into memory cannot fail.
        let _ = io::copy(&mut io::repeat(b' ').take(bytes), &mut encoder);
        let body = encoder.finish().unwrap_or_default();
        let json = ("content-type", "application/json; charset=UTF-8");
        Self::new(status)
            .header(json.0, json.1)
            .header("content-encoding", "gzip")
            .body(body)
    }

    /// Says in the log why this reply was given.
    #[must_use]
    pub(crate) fn note(mut self, note: impl Into<String>) -> Self {
        self.note = Some(note.into());
        self
    }

    pub(crate) fn into_bytes(self, pretty: bool) -> Bytes {
        match self.body {
            Body::Bytes(bytes) => bytes,
            Body::Json(value) if pretty => format!("{value:#}\n").into(),
            Body::Json(value) => value.to_string().into(),
        }
    }
}
