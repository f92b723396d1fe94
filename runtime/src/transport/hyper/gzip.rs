//! Bodies that are encoded with gzip, as streams of what they decode to.

use std::pin::Pin;
use std::task::{Context, Poll, ready};

use futures_core::Stream;

use crate::gzip::Decoder;
use crate::transport::{ByteStream, TransportError};
use crate::wire::Bytes;

/// The decoded pieces of a body.
pub(super) struct Gzip {
    encoded: ByteStream,
    decoder: Decoder,
    ended: bool,
}

impl Gzip {
    pub(super) fn new(encoded: ByteStream) -> Self {
        Self {
            encoded,
            decoder: Decoder::default(),
            ended: false,
        }
    }

    fn poll_piece(
        &mut self,
        context: &mut Context<'_>,
    ) -> Poll<Option<Result<Bytes, TransportError>>> {
        loop {
            if self.ended {
                return Poll::Ready(None);
            }
            match self.decoder.read() {
                Ok(Some(decoded)) => return Poll::Ready(Some(Ok(decoded))),
                Ok(None) => {}
                Err(error) => return self.fail(TransportError::encoding(error)),
            }
            match ready!(self.encoded.as_mut().poll_next(context)) {
                Some(Ok(piece)) => self.decoder.give(piece),
                Some(Err(error)) => return self.fail(error),
                None => {
                    self.ended = true;
                    return match self.decoder.finish() {
                        Ok(rest) => Poll::Ready(rest.map(Ok)),
                        Err(error) => self.fail(TransportError::body_cut(error)),
                    };
                }
            }
        }
    }

    fn fail(&mut self, error: TransportError) -> Poll<Option<Result<Bytes, TransportError>>> {
        self.ended = true;
        Poll::Ready(Some(Err(error)))
    }
}

impl Stream for Gzip {
    type Item = Result<Bytes, TransportError>;

    fn poll_next(self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        self.get_mut().poll_piece(context)
    }
}
