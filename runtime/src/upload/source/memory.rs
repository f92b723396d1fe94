//! Bytes that are in memory already.

use std::future::ready;
use std::io;
use std::pin::Pin;
use std::sync::OnceLock;
use std::task::{Context, Poll};

use futures_core::Stream;

use super::{Fingerprint, SourceStream, UploadSource};
use crate::BoxFuture;
use crate::wire::Bytes;

/// Bytes in memory.
pub(super) struct Memory {
    bytes: Bytes,
    fingerprint: OnceLock<Fingerprint>,
}

impl Memory {
    pub(super) fn new(bytes: Bytes) -> Self {
        let fingerprint = OnceLock::new();
        Self { bytes, fingerprint }
    }
}

impl UploadSource for Memory {
    fn len(&self) -> BoxFuture<'_, io::Result<u64>> {
        Box::pin(ready(Ok(self.bytes.len() as u64)))
    }

    fn open(&self, offset: u64) -> BoxFuture<'_, io::Result<SourceStream>> {
        let start =
            usize::try_from(offset).map_or(self.bytes.len(), |offset| offset.min(self.bytes.len()));
        let rest = Bytes(self.bytes.0.slice(start..));
        let stream: SourceStream = Box::pin(SingleRequest(Some(rest)));
        Box::pin(ready(Ok(stream)))
    }

    fn fingerprint(&self) -> BoxFuture<'_, io::Result<Fingerprint>> {
        // Nobody can change them: one look is enough.
        let fingerprint = self
            .fingerprint
            .get_or_init(|| Fingerprint::of(&self.bytes));
        Box::pin(ready(Ok(fingerprint.clone())))
    }
}

struct SingleRequest(Option<Bytes>);

impl Stream for SingleRequest {
    type Item = io::Result<Bytes>;

    fn poll_next(mut self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        Poll::Ready(self.0.take().map(Ok))
    }
}
