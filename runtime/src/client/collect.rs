//! Bodies read into memory, up to a limit.

use std::ops::Deref;

use crate::transport::{Headers, ResponseBody, TransportError};
use crate::wire::Bytes;

/// How reading a body ended.
pub(crate) enum Collected {
    Whole,
    /// There is more than the limit.
    TooLarge,
    Broken(TransportError),
}

/// Reads `body` into `bytes`, which hold what was read even if the future is dropped.
pub(crate) async fn collect(
    body: &mut ResponseBody,
    limit: u64,
    bytes: &mut impl Buffer,
) -> Collected {
    let limit = usize::try_from(limit).unwrap_or(usize::MAX);
    let mut room = limit;
    while let Some(chunk) = body.next_chunk().await {
        match chunk {
            Ok(chunk) if chunk.len() > room => {
                bytes.push(Bytes(chunk.0.slice(..room)));
                return Collected::TooLarge;
            }
            Ok(chunk) => {
                room -= chunk.len();
                bytes.push(chunk);
            }
            Err(error) => return Collected::Broken(error),
        }
    }
    Collected::Whole
}

/// Where the pieces of a body go.
pub(crate) trait Buffer {
    fn push(&mut self, piece: Bytes);
}

impl Buffer for Vec<u8> {
    fn push(&mut self, piece: Bytes) {
        self.extend_from_slice(&piece);
    }
}

/// What was read of a body. A body that comes in one piece, as short ones do, is not copied.
#[derive(Default)]
pub(crate) struct Pieces {
    /// The only piece.
    one: Bytes,
    /// All pieces, if there are several.
    all: Vec<u8>,
    /// How long all of them are, as far as somebody said so.
    announced: usize,
}

impl Pieces {
    /// Nothing yet of a body whose head is known.
    pub(crate) fn new(headers: &Headers) -> Self {
        // The most that is reserved before it is there.
        const MOST: usize = 1 << 20;
        let length = headers.get("content-length");
        let length = length.and_then(|length| length.parse().ok());
        Self {
            announced: length.unwrap_or(0).min(MOST),
            ..Self::default()
        }
    }

    /// Everything that was read, which leaves nothing.
    pub(crate) fn take(&mut self) -> Bytes {
        let Self { one, all, .. } = std::mem::take(self);
        if all.is_empty() { one } else { all.into() }
    }
}

impl Buffer for Pieces {
    fn push(&mut self, piece: Bytes) {
        if self.is_empty() {
            self.one = piece;
            return;
        }
        if self.all.is_empty() {
            self.all.reserve(self.announced);
            self.all.extend_from_slice(&std::mem::take(&mut self.one));
        }
        self.all.extend_from_slice(&piece);
    }
}

impl Deref for Pieces {
    type Target = [u8];

    fn deref(&self) -> &[u8] {
        if self.all.is_empty() {
            &self.one
        } else {
            &self.all
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_piece_is_kept_as_it_is_and_several_in_one_buffer() {
        let mut headers = Headers::new();
        headers.set("content-length", "11");
        let mut pieces = Pieces::new(&headers);
        assert!(pieces.is_empty());
        let hello = Bytes::from("hello");
        let start = hello.as_ptr();
        pieces.push(hello);
        assert_eq!(pieces.as_ptr(), start);
        pieces.push(Bytes::from(" "));
        let buffer = pieces.as_ptr();
        pieces.push(Bytes::from("world"));
        assert_eq!(&*pieces, b"hello world");
        assert_eq!(pieces.as_ptr(), buffer);
        assert_eq!(pieces.take().as_ref(), b"hello world");
        assert!(pieces.is_empty());
    }

    #[test]
    fn announced_length_is_reserved_up_to_a_limit() {
        for (length, announced) in [("12", 12), ("4000000000", 1 << 20), ("-1", 0)] {
            let mut headers = Headers::new();
            headers.set("content-length", length);
            assert_eq!(Pieces::new(&headers).announced, announced);
        }
    }
}
