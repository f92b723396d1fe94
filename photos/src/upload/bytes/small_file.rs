//! A small file that is read once: the bytes that it is known by are the bytes that are sent.

use std::fs;
use std::future::ready;
use std::io::{self, Read as _};
use std::path::Path;
use std::pin::Pin;
use std::task::{Context, Poll};

use discovery_runtime::upload::{Fingerprint, SourceStream, UploadSource};
use discovery_runtime::{BoxFuture, Bytes};
use futures_core::Stream;

use crate::upload::content::Content;

/// A small file in memory. Whatever becomes of it on the disk, what goes up is what was read.
pub(super) struct SmallFile {
    name: Option<String>,
    bytes: Bytes,
    content: Content,
}

impl SmallFile {
    /// The most bytes that a small file has.
    pub(super) const LIMIT: u64 = 1 << 20;

    /// Reads a file of about `size` bytes; `None` if it is not small, any more.
    pub(super) fn read(path: &Path, size: u64) -> io::Result<Option<Self>> {
        // Its end is looked for in one byte more than it has.
        let size = usize::try_from(size.min(Self::LIMIT)).unwrap_or_default();
        let mut bytes = Vec::with_capacity(size + 1);
        fs::File::open(path)?
            .take(Self::LIMIT + 1)
            .read_to_end(&mut bytes)?;
        let is_small = bytes.len() as u64 <= Self::LIMIT;
        Ok(is_small.then(|| Self {
            name: path
                .file_name()
                .map(|name| name.to_string_lossy().into_owned()),
            content: Content::of(&bytes),
            bytes: Bytes::from(bytes),
        }))
    }

    pub(super) fn bytes(&self) -> &[u8] {
        &self.bytes
    }

    pub(super) fn content(&self) -> Content {
        self.content
    }
}

impl UploadSource for SmallFile {
    fn len(&self) -> BoxFuture<'_, io::Result<u64>> {
        Box::pin(ready(Ok(self.content.size)))
    }

    fn open(&self, offset: u64) -> BoxFuture<'_, io::Result<SourceStream>> {
        let rest = match usize::try_from(offset) {
            Ok(0) => self.bytes.clone(),
            Ok(offset) => self.bytes.get(offset..).unwrap_or_default().into(),
            Err(_) => Bytes::new(),
        };
        let stream: SourceStream = Box::pin(Once(Some(rest)));
        Box::pin(ready(Ok(stream)))
    }

    fn fingerprint(&self) -> BoxFuture<'_, io::Result<Fingerprint>> {
        Box::pin(ready(Ok(Fingerprint::new(self.content.to_string()))))
    }

    fn name(&self) -> Option<String> {
        self.name.clone()
    }

    fn sha1(&self) -> Option<[u8; 20]> {
        Some(self.content.sha1)
    }
}

struct Once(Option<Bytes>);

impl Stream for Once {
    type Item = io::Result<Bytes>;

    fn poll_next(mut self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        Poll::Ready(self.0.take().map(Ok))
    }
}
