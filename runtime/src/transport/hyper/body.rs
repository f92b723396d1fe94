//! Bodies of requests as hyper takes them.

use std::fmt;
use std::pin::Pin;
use std::task::{Context, Poll};

use http_body::{Body, Frame, SizeHint};

use super::failure::SourceFailed;
use crate::BoxError;
use crate::transport::{ByteStream, HttpBody, TransportError};

/// The body of a request as hyper takes it: for the type of a client that
/// [`HyperTransport::from_hyper_client`](super::HyperTransport::from_hyper_client) gets.
pub struct HyperBody(Source);

enum Source {
    Whole(Option<bytes::Bytes>),
    Pieces { left: u64, stream: ByteStream },
}

impl From<HttpBody> for HyperBody {
    fn from(body: HttpBody) -> Self {
        Self(match body {
            HttpBody::Empty => Source::Whole(None),
            HttpBody::Bytes(bytes) => {
                Source::Whole(Some(bytes.0).filter(|bytes| !bytes.is_empty()))
            }
            HttpBody::Stream { length, stream } => Source::Pieces {
                left: length,
                stream,
            },
        })
    }
}

impl Body for HyperBody {
    type Data = bytes::Bytes;
    type Error = BoxError;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<bytes::Bytes>, BoxError>>> {
        let (left, stream) = match &mut self.0 {
            Source::Whole(bytes) => {
                return Poll::Ready(bytes.take().map(|bytes| Ok(Frame::data(bytes))));
            }
            Source::Pieces { left, stream } => (left, stream),
        };
        let Poll::Ready(piece) = stream.as_mut().poll_next(context) else {
            return Poll::Pending;
        };
        Poll::Ready(match piece {
            Some(Ok(piece)) => match left.checked_sub(piece.len() as u64) {
                Some(rest) => {
                    *left = rest;
                    Some(Ok(Frame::data(piece.0)))
                }
                None => Some(Err(wrong_length("the body is longer than its length says"))),
            },
            Some(Err(error)) => Some(Err(SourceFailed(error).into())),
            None if *left > 0 => Some(Err(wrong_length(
                "the body is shorter than its length says",
            ))),
            None => None,
        })
    }

    fn is_end_stream(&self) -> bool {
        match &self.0 {
            Source::Whole(bytes) => bytes.is_none(),
            Source::Pieces { left, .. } => *left == 0,
        }
    }

    fn size_hint(&self) -> SizeHint {
        SizeHint::with_exact(match &self.0 {
            Source::Whole(bytes) => bytes.as_ref().map_or(0, |bytes| bytes.len() as u64),
            Source::Pieces { left, .. } => *left,
        })
    }
}

fn wrong_length(message: &str) -> BoxError {
    SourceFailed(TransportError::request_body(message)).into()
}

impl fmt::Debug for HyperBody {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.debug_struct("HyperBody").finish_non_exhaustive()
    }
}
