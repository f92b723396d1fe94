//! A successful response with all that it says beside its body.

use std::fmt;

use crate::transport::Headers;

/// A successful response: the body, and what stands beside it.
///
/// `Debug` shows the body, and of the headers those that are harmless.
#[derive(Clone)]
#[non_exhaustive]
pub struct Response<T> {
    /// What the body decodes to: the result of the call.
    pub body: T,
    /// The status code, such as 200.
    pub status: u16,
    /// The header fields, with names in lower case.
    pub headers: Headers,
}

impl<T> Response<T> {
    pub(crate) fn new(body: T, status: u16, headers: Headers) -> Self {
        Self {
            body,
            status,
            headers,
        }
    }

    /// The first value of a header field; `name` in lower case, such as `x-ratelimit-remaining`.
    pub fn header(&self, name: &str) -> Option<&str> {
        self.headers.get(name)
    }

    /// The version of what came, with its quotes, for `If-Match` and `If-None-Match`: the field `ETag`.
    pub fn etag(&self) -> Option<&str> {
        self.headers.get("etag")
    }

    /// The identifier of the request at the service, if it gives one, to be named in questions to its
    /// support.
    pub fn request_id(&self) -> Option<&str> {
        self.headers.request_id()
    }
}

impl<T: fmt::Debug> fmt::Debug for Response<T> {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter
            .debug_struct("Response")
            .field("status", &self.status)
            .field("headers", &self.headers)
            .field("body", &self.body)
            .finish()
    }
}
