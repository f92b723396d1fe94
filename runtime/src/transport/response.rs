//! What a transport got back.

use std::fmt;
use std::future::poll_fn;
use std::pin::Pin;
use std::task::{Context, Poll};

use futures_core::Stream;

use super::{ByteStream, Headers, TransportError};
use crate::wire::Bytes;

/// The head of a response, and its body still to be read.
pub struct HttpResponse {
    /// The status code, such as 200.
    pub status: u16,
    /// The header fields.
    pub headers: Headers,
    /// The body, content encodings removed.
    pub body: ResponseBody,
}

impl HttpResponse {
    /// A response whose body is in memory.
    pub fn new(status: u16, headers: Headers, body: impl Into<Bytes>) -> Self {
        let body = ResponseBody::from(body.into());
        Self {
            status,
            headers,
            body,
        }
    }
}

impl fmt::Debug for HttpResponse {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter
            .debug_struct("HttpResponse")
            .field("status", &self.status)
            .field("headers", &self.headers)
            .finish_non_exhaustive()
    }
}

/// The body of a response, read piece by piece.
///
/// Dropping it before the end closes the connection or gives the stream of it up.
pub struct ResponseBody(Source, End);

/// What says that a body is at its end.
#[derive(Clone, Copy, PartialEq, Eq)]
enum End {
    /// A length, or a mark in the stream.
    Marked,
    /// The end of the connection, which may as well have broken.
    Connection,
}

enum Source {
    Whole(Option<Bytes>),
    Pieces(ByteStream),
}

impl ResponseBody {
    /// A body that comes in pieces. An error ends it; a body that was cut short ends in an error,
    /// never like a whole one.
    pub fn stream(
        pieces: impl Stream<Item = Result<Bytes, TransportError>> + Send + 'static,
    ) -> Self {
        Self(Source::Pieces(Box::pin(pieces)), End::Marked)
    }

    /// The same body, of which only the end of the connection says that it is at its end: HTTP/1
    /// without a length. Whoever needs all of it has to know how long it is.
    #[must_use]
    pub fn until_close(mut self) -> Self {
        self.1 = End::Connection;
        self
    }

    /// Whether the end of the body can be told from a connection that broke.
    pub(crate) fn has_marked_end(&self) -> bool {
        self.1 == End::Marked
    }

    /// The next piece; `None` at the end. A dropped future loses nothing.
    pub async fn next_chunk(&mut self) -> Option<Result<Bytes, TransportError>> {
        poll_fn(|context| self.poll_chunk(context)).await
    }

    fn poll_chunk(
        &mut self,
        context: &mut Context<'_>,
    ) -> Poll<Option<Result<Bytes, TransportError>>> {
        match &mut self.0 {
            Source::Whole(bytes) => Poll::Ready(bytes.take().map(Ok)),
            Source::Pieces(pieces) => pieces.as_mut().poll_next(context),
        }
    }
}

impl Stream for ResponseBody {
    type Item = Result<Bytes, TransportError>;

    fn poll_next(self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        self.get_mut().poll_chunk(context)
    }
}

impl From<Bytes> for ResponseBody {
    fn from(bytes: Bytes) -> Self {
        let bytes = Some(bytes).filter(|bytes| !bytes.is_empty());
        Self(Source::Whole(bytes), End::Marked)
    }
}

impl fmt::Debug for ResponseBody {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter
            .debug_struct("ResponseBody")
            .finish_non_exhaustive()
    }
}
