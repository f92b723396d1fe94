//! Bytes that can be read only once, with what is needed of them kept.

use std::collections::VecDeque;
use std::future::ready;
use std::io;
use std::pin::Pin;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::task::{Context, Poll};

use futures_core::Stream;

use super::{Fingerprint, SourceStream, UploadSource};
use crate::BoxFuture;
use crate::wire::Bytes;

/// How much is kept of what the server does not have yet, in bytes.
const KEPT: u64 = 64 << 20;

/// Bytes that can be read only once.
pub(super) struct Once {
    length: u64,
    tape: Arc<Mutex<Tape>>,
}

/// What was read and is kept, and the rest.
struct Tape {
    rest: SourceStream,
    ended: bool,
    kept: VecDeque<Bytes>,
    /// Where what is kept starts and ends.
    start: u64,
    end: u64,
}

impl Once {
    pub(super) fn new(length: u64, stream: SourceStream) -> Self {
        let tape = Tape {
            rest: stream,
            ended: false,
            kept: VecDeque::new(),
            start: 0,
            end: 0,
        };
        Self {
            length,
            tape: Arc::new(Mutex::new(tape)),
        }
    }
}

impl UploadSource for Once {
    fn len(&self) -> BoxFuture<'_, io::Result<u64>> {
        Box::pin(ready(Ok(self.length)))
    }

    fn open(&self, offset: u64) -> BoxFuture<'_, io::Result<SourceStream>> {
        let reader = Reader {
            tape: self.tape.clone(),
            position: offset,
        };
        let stream: SourceStream = Box::pin(reader);
        Box::pin(ready(Ok(stream)))
    }

    fn fingerprint(&self) -> BoxFuture<'_, io::Result<Fingerprint>> {
        // Nothing else is the same: no other process has this stream.
        let text = format!("once:{}:{:p}", std::process::id(), Arc::as_ptr(&self.tape));
        Box::pin(ready(Ok(Fingerprint::new(text))))
    }

    fn acknowledged(&self, offset: u64) {
        lock(&self.tape).forget(offset);
    }
}

impl Tape {
    /// Drops pieces that end at `offset` or before.
    fn forget(&mut self, offset: u64) {
        while let Some(piece) = self.kept.front() {
            let end = self.start + piece.len() as u64;
            if end > offset {
                return;
            }
            self.start = end;
            self.kept.pop_front();
        }
    }

    /// What is kept from `position` on, of one piece.
    fn find(&self, position: u64) -> Option<Bytes> {
        let mut start = self.start;
        for piece in &self.kept {
            let end = start + piece.len() as u64;
            if position < end {
                let skipped = usize::try_from(position - start).ok()?;
                return Some(Bytes(piece.0.slice(skipped..)));
            }
            start = end;
        }
        None
    }

    fn poll_piece(
        &mut self,
        position: u64,
        context: &mut Context<'_>,
    ) -> Poll<Option<io::Result<Bytes>>> {
        loop {
            if position < self.start {
                let text = "bytes that can be read only once are needed again";
                return Poll::Ready(Some(Err(io::Error::other(text))));
            }
            if let Some(piece) = self.find(position) {
                return Poll::Ready(Some(Ok(piece)));
            }
            if self.ended {
                return Poll::Ready(None);
            }
            match self.rest.as_mut().poll_next(context) {
                Poll::Pending => return Poll::Pending,
                Poll::Ready(Some(Ok(piece))) => self.keep(piece),
                Poll::Ready(Some(Err(error))) => {
                    self.ended = true;
                    return Poll::Ready(Some(Err(error)));
                }
                Poll::Ready(None) => self.ended = true,
            }
        }
    }

    fn keep(&mut self, piece: Bytes) {
        if piece.is_empty() {
            return;
        }
        self.end += piece.len() as u64;
        self.kept.push_back(piece);
        while self.end - self.start > KEPT && self.kept.len() > 1 {
            let first = self.kept.front().map_or(0, |piece| piece.len() as u64);
            self.forget(self.start + first);
        }
    }
}

struct Reader {
    tape: Arc<Mutex<Tape>>,
    position: u64,
}

impl Stream for Reader {
    type Item = io::Result<Bytes>;

    fn poll_next(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        let polled = lock(&self.tape).poll_piece(self.position, context);
        if let Poll::Ready(Some(Ok(piece))) = &polled {
            self.position += piece.len() as u64;
        }
        polled
    }
}

fn lock(tape: &Mutex<Tape>) -> MutexGuard<'_, Tape> {
    tape.lock().unwrap_or_else(PoisonError::into_inner)
}

#[cfg(test)]
mod tests {
    use std::future::poll_fn;

    use super::*;
    use crate::stream::unfold;

    /// Ten pieces of three bytes.
    fn source() -> Once {
        let stream = unfold(0_u8, |index| {
            let piece = Bytes::from(vec![index; 3]);
            Box::pin(async move { (index < 10).then_some((Ok(piece), Some(index + 1))) })
        });
        Once::new(30, Box::pin(stream))
    }

    async fn read(source: &Once, offset: u64, length: usize) -> io::Result<Vec<u8>> {
        let mut stream = source.open(offset).await?;
        let mut bytes = Vec::new();
        while bytes.len() < length {
            match poll_fn(|context| stream.as_mut().poll_next(context)).await {
                Some(piece) => bytes.extend_from_slice(&piece?),
                None => break,
            }
        }
        bytes.truncate(length);
        Ok(bytes)
    }

    #[tokio::test]
    async fn what_is_not_acknowledged_can_be_read_again() {
        let source = source();
        assert_eq!(read(&source, 0, 7).await.unwrap(), [0, 0, 0, 1, 1, 1, 2]);
        assert_eq!(read(&source, 1, 4).await.unwrap(), [0, 0, 1, 1]);
        source.acknowledged(4);
        assert_eq!(read(&source, 4, 4).await.unwrap(), [1, 1, 2, 2]);
        assert_eq!(read(&source, 4, 100).await.unwrap().len(), 26);
        assert!(read(&source, 0, 1).await.is_err());
        source.acknowledged(30);
        assert!(read(&source, 30, 1).await.unwrap().is_empty());
    }

    #[tokio::test]
    async fn not_everything_is_kept() {
        let stream = unfold((), |()| {
            let piece = Bytes::from(vec![0; 1 << 20]);
            Box::pin(async move { Some((Ok(piece), Some(()))) })
        });
        let source = Once::new(u64::MAX, Box::pin(stream));
        read(&source, 0, 100 << 20).await.unwrap();
        let kept = lock(&source.tape).kept.len() as u64;
        assert_eq!(kept, KEPT >> 20);
    }
}
