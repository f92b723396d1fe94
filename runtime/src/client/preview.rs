//! What a call would send, to look at it.

use std::fmt;

use super::prepare::Prepared;
use super::{Client, Payload};
use crate::codegen::Request;
use crate::transport::Headers;
use crate::wire::Bytes;
use crate::{CallOptions, HttpMethod, Result};

/// What a call would send; nothing is sent, and no access token is fetched.
///
/// `Display` shows the method, the address, the headers and a body of text, as in
///
/// ```text
/// POST https://photoslibrary.googleapis.com/v1/albums
/// user-agent: google-photoslibrary-v1/0.1.0 discovery-runtime/0.1.0 (gzip)
/// accept: application/json
/// content-type: application/json
///
/// {"album":{"title":"Iceland"}}
/// ```
///
/// There the values of headers are masked unless they are known to be harmless; [`headers`](Self::headers)
/// has them as they are. Keys and access tokens are never in the address, which shows whole.
#[derive(Clone)]
pub struct RequestPreview {
    method: HttpMethod,
    url: String,
    headers: Headers,
    body: Bytes,
}

impl Client {
    /// What a call of a generated method would send.
    pub(crate) fn preview(
        &self,
        request: Request,
        options: &CallOptions,
    ) -> Result<RequestPreview> {
        let Prepared {
            http,
            url,
            headers,
            body,
            ..
        } = self.prepare(request, options)?;
        let body = match body {
            Payload::Empty => Bytes::default(),
            Payload::Bytes { bytes, .. } => bytes,
        };
        Ok(RequestPreview {
            method: http,
            url,
            headers,
            body,
        })
    }
}

impl RequestPreview {
    /// The method of HTTP.
    pub fn method(&self) -> HttpMethod {
        self.method
    }

    /// The address with its query, encoded.
    pub fn url(&self) -> &str {
        &self.url
    }

    /// The header fields without that of the credentials.
    pub fn headers(&self) -> &Headers {
        &self.headers
    }

    /// The body; empty if there is none.
    pub fn body(&self) -> &Bytes {
        &self.body
    }
}

impl fmt::Display for RequestPreview {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(formatter, "{} {}", self.method.as_str(), self.url)?;
        for (name, value) in self.headers.iter_shown() {
            writeln!(formatter, "{name}: {value}")?;
        }
        match std::str::from_utf8(&self.body) {
            Ok("") => Ok(()),
            Ok(text) => write!(formatter, "\n{text}"),
            Err(_) => write!(formatter, "\n({} bytes)", self.body.len()),
        }
    }
}

/// As all that is logged: no query, no body.
impl fmt::Debug for RequestPreview {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter
            .debug_struct("RequestPreview")
            .field("method", &self.method)
            .field("headers", &self.headers)
            .field("body_length", &self.body.len())
            .finish_non_exhaustive()
    }
}
