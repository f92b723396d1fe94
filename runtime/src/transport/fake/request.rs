//! The requests that a test got.

use std::fmt;
use std::time::Duration;

use crate::transport::{Headers, HttpBody, HttpMethod, HttpRequest, ResponseBody, TransportError};
use crate::wire::{Bytes, Value};

/// A request that a [`FakeTransport`](super::FakeTransport) got.
#[derive(Clone)]
#[non_exhaustive]
pub struct FakeRequest {
    /// The method.
    pub method: HttpMethod,
    /// The address.
    pub url: String,
    /// The header fields.
    pub headers: Headers,
    /// The body.
    pub body: Bytes,
    /// When it came, on the clock of the transport.
    pub time: Duration,
}

impl FakeRequest {
    /// The path of the address, escaped as it was sent.
    pub fn path(&self) -> &str {
        let start = self
            .url
            .split("://")
            .nth(1)
            .and_then(|rest| rest.find('/').map(|at| rest.split_at(at).1));
        start
            .unwrap_or_default()
            .split('?')
            .next()
            .unwrap_or_default()
    }

    /// The query of the address, escaped as it was sent; empty if there is none.
    pub fn query(&self) -> &str {
        self.url.split_once('?').map_or("", |(_, query)| query)
    }

    /// The body as JSON; `null` if it is none.
    pub fn json(&self) -> Value {
        serde_json::from_slice(&self.body).unwrap_or_default()
    }

    pub(super) async fn read(request: HttpRequest, time: Duration) -> Result<Self, TransportError> {
        let HttpRequest {
            method,
            url,
            headers,
            body,
        } = request;
        let body = match body {
            HttpBody::Empty => Bytes::new(),
            HttpBody::Bytes(bytes) => bytes,
            HttpBody::Stream { stream, .. } => {
                let mut pieces = ResponseBody::stream(stream);
                let mut body = Vec::new();
                while let Some(piece) = pieces.next_chunk().await {
                    body.extend_from_slice(&piece?);
                }
                body.into()
            }
        };
        Ok(Self {
            method,
            url,
            headers,
            body,
            time,
        })
    }
}

impl fmt::Debug for FakeRequest {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter
            .debug_struct("FakeRequest")
            .field("method", &self.method)
            .field("path", &self.path())
            .field("headers", &self.headers)
            .field("body", &self.body)
            .field("time", &self.time)
            .finish_non_exhaustive()
    }
}
