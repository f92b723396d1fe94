//! What a transport sends.

use std::fmt;
use std::pin::Pin;

use futures_core::Stream;

use super::{Headers, HttpMethod, TransportError};
use crate::wire::Bytes;

/// Pieces of a body, in order.
pub type ByteStream = Pin<Box<dyn Stream<Item = Result<Bytes, TransportError>> + Send>>;

/// A request for a transport to send, once and as it is.
///
/// `Debug` shows neither path nor query, which can hold identifiers and secrets.
pub struct HttpRequest {
    /// The method.
    pub method: HttpMethod,
    /// The address: scheme, host, path and query, all of them encoded.
    pub url: String,
    /// The header fields. `Host`, `Content-Length` and what belongs to the connection are the
    /// transport's to add.
    pub headers: Headers,
    /// The body.
    pub body: HttpBody,
}

impl HttpRequest {
    /// A request without headers and body.
    pub fn new(method: HttpMethod, url: impl Into<String>) -> Self {
        Self {
            method,
            url: url.into(),
            headers: Headers::new(),
            body: HttpBody::Empty,
        }
    }

    /// Scheme, host and port of the address, without a slash at the end.
    pub fn origin(&self) -> &str {
        let authority = self.url.find("://").map_or(0, |scheme| scheme + 3);
        let rest = self.url.get(authority..).unwrap_or_default();
        let length = rest.find(['/', '?', '#']).unwrap_or(rest.len());
        self.url.get(..authority + length).unwrap_or_default()
    }
}

impl fmt::Debug for HttpRequest {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter
            .debug_struct("HttpRequest")
            .field("method", &self.method)
            .field("origin", &self.origin())
            .field("headers", &self.headers)
            .field("body", &self.body)
            .finish_non_exhaustive()
    }
}

/// The body of a request.
#[non_exhaustive]
pub enum HttpBody {
    /// No body. A `POST`, `PUT` or `PATCH` says so with `Content-Length: 0`.
    Empty,
    /// A body that is in memory.
    Bytes(Bytes),
    /// A body that comes in pieces.
    Stream {
        /// The number of bytes that all pieces have together, sent as `Content-Length`. A stream
        /// that ends before it, or has a piece that goes past it, fails the request.
        length: u64,
        /// The pieces. An error ends the request.
        stream: ByteStream,
    },
}

impl HttpBody {
    /// The number of bytes in the body.
    pub fn len(&self) -> u64 {
        match self {
            Self::Empty => 0,
            Self::Bytes(bytes) => u64::try_from(bytes.len()).unwrap_or(u64::MAX),
            Self::Stream { length, .. } => *length,
        }
    }

    /// Whether the body has no bytes.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }
}

impl fmt::Debug for HttpBody {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "HttpBody({} bytes)", self.len())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn debug_shows_the_origin_and_not_the_rest() {
        let url = "https://photoslibrary.googleapis.com/v1/albums/CANARY?pageToken=CANARY";
        let request = HttpRequest::new(HttpMethod::Get, url);
        let text = format!("{request:?}");
        assert_eq!(request.origin(), "https://photoslibrary.googleapis.com");
        assert!(
            text.contains("https://photoslibrary.googleapis.com"),
            "{text}"
        );
        assert!(!text.contains("CANARY"), "{text}");
    }
}
