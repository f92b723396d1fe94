//! A source of any size that is nowhere: each byte follows from where it stands.

use std::io;
use std::pin::Pin;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::task::{Context, Poll};

use discovery_runtime::upload::{Fingerprint, SourceStream, UploadSource};
use discovery_runtime::{BoxFuture, Bytes, Clock as _, TestClock};

/// The byte at a place of every source in these tests.
pub(crate) fn byte_at(offset: u64) -> u8 {
    let mixed = offset.wrapping_mul(0x9e37_79b9_7f4a_7c15);
    u8::try_from(mixed >> 56).unwrap()
}

/// The bytes of a source of this length.
pub(crate) fn bytes(length: u64) -> Vec<u8> {
    (0..length).map(byte_at).collect()
}

/// A source that can break.
#[derive(Clone, Default)]
pub(crate) struct Pattern(Arc<State>);

#[derive(Default)]
struct State {
    length: AtomicU64,
    /// Reading fails here.
    broken_at: Option<u64>,
    /// It changes when this was read.
    changes_at: Option<u64>,
    changed: AtomicU64,
    /// It is one byte longer when this was read, and has the same fingerprint.
    grows_at: Option<u64>,
    /// How large its pieces are.
    piece: u64,
    longest_read: AtomicU64,
}

impl Pattern {
    pub(crate) fn new(length: u64) -> Self {
        Self::with(length, None, None, 7)
    }

    pub(crate) fn in_pieces(length: u64, piece: u64) -> Self {
        Self::with(length, None, None, piece)
    }

    pub(crate) fn broken_at(length: u64, offset: u64) -> Self {
        Self::with(length, Some(offset), None, 1)
    }

    pub(crate) fn changing_at(length: u64, offset: u64) -> Self {
        Self::with(length, None, Some(offset), 1)
    }

    pub(crate) fn growing_at(length: u64, offset: u64) -> Self {
        Self(Arc::new(State {
            length: AtomicU64::new(length),
            grows_at: Some(offset),
            piece: 1,
            ..State::default()
        }))
    }

    fn with(length: u64, broken_at: Option<u64>, changes_at: Option<u64>, piece: u64) -> Self {
        let length = AtomicU64::new(length);
        Self(Arc::new(State {
            length,
            broken_at,
            changes_at,
            piece,
            ..State::default()
        }))
    }

    /// It has another length, and a fingerprint that does not tell.
    pub(crate) fn resize(&self, length: u64) {
        self.0.length.store(length, Ordering::SeqCst);
    }

    /// Somebody writes to it.
    pub(crate) fn change(&self) {
        self.0.changed.fetch_add(1, Ordering::SeqCst);
    }
}

impl UploadSource for Pattern {
    fn len(&self) -> BoxFuture<'_, io::Result<u64>> {
        Box::pin(async { Ok(self.0.length.load(Ordering::SeqCst)) })
    }

    fn open(&self, offset: u64) -> BoxFuture<'_, io::Result<SourceStream>> {
        let stream: SourceStream = Box::pin(Reader {
            state: self.0.clone(),
            offset,
        });
        Box::pin(async { Ok(stream) })
    }

    fn fingerprint(&self) -> BoxFuture<'_, io::Result<Fingerprint>> {
        let changed = self.0.changed.load(Ordering::SeqCst);
        Box::pin(async move { Ok(Fingerprint::new(format!("pattern:{changed}"))) })
    }
}

struct Reader {
    state: Arc<State>,
    offset: u64,
}

impl futures_core::Stream for Reader {
    type Item = io::Result<Bytes>;

    fn poll_next(mut self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        let left = self
            .state
            .length
            .load(Ordering::SeqCst)
            .saturating_sub(self.offset);
        if left == 0 {
            return Poll::Ready(None);
        }
        if self
            .state
            .broken_at
            .is_some_and(|broken| self.offset >= broken)
        {
            return Poll::Ready(Some(Err(io::Error::other("the disk is broken"))));
        }
        let piece: Vec<u8> = (self.offset..self.offset + left.min(self.state.piece))
            .map(byte_at)
            .collect();
        self.offset += piece.len() as u64;
        self.state
            .longest_read
            .fetch_max(piece.len() as u64, Ordering::SeqCst);
        if self.state.changes_at.is_some_and(|at| self.offset >= at) {
            self.state.changed.store(1, Ordering::SeqCst);
        }
        if self.state.grows_at == Some(self.offset) {
            self.state.length.fetch_add(1, Ordering::SeqCst);
        }
        Poll::Ready(Some(Ok(piece.into())))
    }
}

/// A source that takes its time for each byte.
pub(crate) struct Slow(pub(crate) TestClock, pub(crate) u64);

impl UploadSource for Slow {
    fn len(&self) -> BoxFuture<'_, io::Result<u64>> {
        Box::pin(async { Ok(self.1) })
    }

    fn open(&self, offset: u64) -> BoxFuture<'_, io::Result<SourceStream>> {
        let stream: SourceStream = Box::pin(Sleeper {
            clock: self.0.clone(),
            left: offset..self.1,
            sleep: None,
        });
        Box::pin(async { Ok(stream) })
    }

    fn fingerprint(&self) -> BoxFuture<'_, io::Result<Fingerprint>> {
        Box::pin(async { Ok(Fingerprint::new("slow")) })
    }
}

struct Sleeper {
    clock: TestClock,
    left: std::ops::Range<u64>,
    sleep: Option<BoxFuture<'static, ()>>,
}

impl futures_core::Stream for Sleeper {
    type Item = io::Result<Bytes>;

    fn poll_next(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        let this = &mut *self;
        let sleep = this
            .sleep
            .get_or_insert_with(|| this.clock.sleep(std::time::Duration::from_secs(100)));
        if sleep.as_mut().poll(context).is_pending() {
            return Poll::Pending;
        }
        this.sleep = None;
        Poll::Ready(
            this.left
                .next()
                .map(|place| Ok(vec![byte_at(place)].into())),
        )
    }
}
