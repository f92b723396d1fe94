//! gzip, decoded piece by piece: never more in memory than one piece and what it makes at once.

use std::io::Write as _;
use std::pin::Pin;
use std::task::{Context, Poll, ready};

use flate2::write::MultiGzDecoder;
use futures_core::Stream;

use crate::transport::{ByteStream, TransportError};
use crate::wire::Bytes;

/// How much is collected before it is handed on, in bytes. One step of the decoder adds at most
/// 32 KiB to it, however well the data is compressed.
const PIECE: usize = 64 * 1024;

/// The decoded pieces of a body.
pub(super) struct Gzip {
    encoded: ByteStream,
    /// What of the last encoded piece is not decoded yet.
    piece: Bytes,
    position: usize,
    decoder: MultiGzDecoder<Vec<u8>>,
    begun: bool,
    ended: bool,
}

impl Gzip {
    pub(super) fn new(encoded: ByteStream) -> Self {
        Self {
            encoded,
            piece: Bytes::new(),
            position: 0,
            decoder: MultiGzDecoder::new(Vec::new()),
            begun: false,
            ended: false,
        }
    }

    /// Decodes the last encoded piece until enough is there or nothing is left of it.
    fn decode(&mut self) -> Result<(), TransportError> {
        while let Some(rest @ [_, ..]) = self.piece.get(self.position..) {
            self.begun = true;
            let read = self.decoder.write(rest).map_err(TransportError::encoding)?;
            if read == 0 {
                return Err(TransportError::encoding("the decoder takes no more"));
            }
            self.position += read;
            if self.decoder.get_ref().len() >= PIECE {
                break;
            }
        }
        Ok(())
    }

    /// Checks that the data ends where the body does.
    fn finish(&mut self) -> Result<(), TransportError> {
        self.ended = true;
        if self.begun {
            self.decoder.try_finish().map_err(TransportError::body_cut)
        } else {
            // A body without a byte, as after HEAD, is no gzip and needs none.
            Ok(())
        }
    }

    fn take_decoded(&mut self) -> Option<Bytes> {
        let decoded = std::mem::take(self.decoder.get_mut());
        (!decoded.is_empty()).then(|| decoded.into())
    }

    fn poll_piece(
        &mut self,
        context: &mut Context<'_>,
    ) -> Poll<Option<Result<Bytes, TransportError>>> {
        loop {
            if let Err(error) = self.decode() {
                self.ended = true;
                return Poll::Ready(Some(Err(error)));
            }
            if let Some(decoded) = self.take_decoded() {
                return Poll::Ready(Some(Ok(decoded)));
            }
            if self.ended {
                return Poll::Ready(None);
            }
            match ready!(self.encoded.as_mut().poll_next(context)) {
                Some(Ok(piece)) => (self.piece, self.position) = (piece, 0),
                Some(Err(error)) => {
                    self.ended = true;
                    return Poll::Ready(Some(Err(error)));
                }
                None => {
                    if let Err(error) = self.finish() {
                        return Poll::Ready(Some(Err(error)));
                    }
                }
            }
        }
    }
}

impl Stream for Gzip {
    type Item = Result<Bytes, TransportError>;

    fn poll_next(self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        self.get_mut().poll_piece(context)
    }
}
