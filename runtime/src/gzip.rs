//! gzip, decoded piece by piece: never more in memory than one piece and what it makes at once.

use std::io::{self, Write as _};

use flate2::write::MultiGzDecoder;

use crate::wire::Bytes;

/// How much is collected before it is handed on, in bytes. One step of the decoder adds at most
/// 32 KiB to it, however well the data is compressed.
const PIECE: usize = 64 * 1024;

/// A decoder that is given encoded pieces and gives decoded ones.
pub(crate) struct Decoder {
    /// What of the last encoded piece is not decoded yet.
    piece: Bytes,
    position: usize,
    decoder: MultiGzDecoder<Vec<u8>>,
    begun: bool,
}

impl Default for Decoder {
    fn default() -> Self {
        Self {
            piece: Bytes::new(),
            position: 0,
            decoder: MultiGzDecoder::new(Vec::new()),
            begun: false,
        }
    }
}

impl Decoder {
    /// Takes the next encoded piece. The one before must have been [read](Self::read) to its end.
    pub(crate) fn give(&mut self, piece: Bytes) {
        (self.piece, self.position) = (piece, 0);
    }

    /// The next decoded piece; `None` if that needs another encoded one.
    pub(crate) fn read(&mut self) -> io::Result<Option<Bytes>> {
        while let Some(rest @ [_, ..]) = self.piece.get(self.position..) {
            self.begun = true;
            let read = self.decoder.write(rest)?;
            if read == 0 {
                return Err(io::Error::other("the decoder takes no more"));
            }
            self.position += read;
            if self.decoder.get_ref().len() >= PIECE {
                break;
            }
        }
        Ok(self.take())
    }

    /// Checks that the data ends where the last encoded piece did; what was left to decode.
    pub(crate) fn finish(&mut self) -> io::Result<Option<Bytes>> {
        // A body without a byte, as after HEAD, is no gzip and needs none.
        if self.begun {
            self.decoder.try_finish()?;
        }
        Ok(self.take())
    }

    fn take(&mut self) -> Option<Bytes> {
        let decoded = std::mem::take(self.decoder.get_mut());
        (!decoded.is_empty()).then(|| decoded.into())
    }
}

/// The most that is decoded of what is only shown, in bytes.
const SHOWN: usize = 1 << 20;

/// What a body in gzip begins with, as far as it can be decoded.
pub(crate) fn decode_start(encoded: Bytes) -> Bytes {
    let mut decoder = Decoder::default();
    decoder.give(encoded);
    let mut shown = Vec::new();
    while shown.len() < SHOWN
        && let Ok(Some(piece)) = decoder.read()
    {
        shown.extend_from_slice(&piece);
    }
    if let Ok(Some(rest)) = decoder.finish() {
        shown.extend_from_slice(&rest);
    }
    shown.into()
}
