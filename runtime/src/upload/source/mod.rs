//! Where the bytes of an upload come from: anything that can be opened again at any byte.

#[cfg(feature = "fs")]
mod file;
mod fingerprint;
mod memory;
mod once;

use std::fmt;
use std::io;
use std::pin::Pin;
use std::sync::Arc;

use futures_core::Stream;

pub use self::fingerprint::Fingerprint;
use self::memory::Memory;
use self::once::Once;
use crate::BoxFuture;
use crate::wire::Bytes;

/// The bytes of a source from one of them on, in pieces of any size.
pub type SourceStream = Pin<Box<dyn Stream<Item = io::Result<Bytes>> + Send>>;

/// Bytes that can be read again, from any of them on.
///
/// An upload that is interrupted goes on where the server says that it has to, so a source is
/// opened several times. At most one stream of it is read at a time, and never more of it than what
/// is sent next: how large a source is makes no difference to the memory that an upload takes.
///
/// ```
/// use std::io;
///
/// use discovery_runtime::BoxFuture;
/// use discovery_runtime::upload::{Fingerprint, Source, SourceStream, UploadSource};
///
/// /// An object in a store of the application.
/// struct Stored {
///     key: String,
/// }
///
/// impl UploadSource for Stored {
///     fn len(&self) -> BoxFuture<'_, io::Result<u64>> {
///         Box::pin(async { Ok(0) /* ask the store */ })
///     }
///
///     fn open(&self, offset: u64) -> BoxFuture<'_, io::Result<SourceStream>> {
///         Box::pin(async move {
///             let _ = offset; // read the object from this byte on
///             Err(io::ErrorKind::Unsupported.into())
///         })
///     }
///
///     fn fingerprint(&self) -> BoxFuture<'_, io::Result<Fingerprint>> {
///         Box::pin(async { Ok(Fingerprint::new(&self.key)) /* and its version */ })
///     }
/// }
///
/// let source = Source::from(Stored { key: "2026/lake.jpg".to_owned() });
/// # drop(source);
/// ```
#[allow(
    clippy::len_without_is_empty,
    reason = "it takes time to know, and the length says it"
)]
pub trait UploadSource: Send + Sync + 'static {
    /// How many bytes there are.
    fn len(&self) -> BoxFuture<'_, io::Result<u64>>;

    /// The bytes from `offset` to the end.
    fn open(&self, offset: u64) -> BoxFuture<'_, io::Result<SourceStream>>;

    /// What is the same as long as the bytes are the same, in every process. It is read before
    /// and after each request, so that bytes of two versions are never mixed.
    fn fingerprint(&self) -> BoxFuture<'_, io::Result<Fingerprint>>;

    /// The name of a file, if the source is one. The type of its content is guessed from it; it is
    /// not sent.
    fn name(&self) -> Option<String> {
        None
    }

    /// The SHA-1 of all bytes, if it is known of bytes that cannot change. The upload takes it along
    /// as [`Upload::sha1`](super::Upload::sha1) does, and does not compute it again.
    fn sha1(&self) -> Option<[u8; 20]> {
        None
    }

    /// The server has all bytes before `offset`. They are read again only if it loses them.
    fn acknowledged(&self, _offset: u64) {}
}

/// The bytes of an upload. Clones are cheap and share them.
///
/// It is made from bytes in memory, from the path of a file (feature `fs`), from anything that
/// implements [`UploadSource`], or from a stream that [can be read only once](Self::once).
#[derive(Clone)]
pub struct Source(Arc<dyn UploadSource>);

impl Source {
    /// `length` bytes that can be read only once, such as those of a connection or a pipe.
    ///
    /// What was read is kept until the server has it, up to 64 MiB. An upload fails with
    /// [`is_source`](crate::Error::is_source) if it would need more than that again: with chunks of
    /// more than 64 MiB, without chunks, or when the server loses what it had. No other process can
    /// go on with it.
    pub fn once(
        length: u64,
        stream: impl Stream<Item = io::Result<Bytes>> + Send + 'static,
    ) -> Self {
        Self::from(Once::new(length, Box::pin(stream)))
    }

    pub(super) fn inner(&self) -> &dyn UploadSource {
        &*self.0
    }
}

impl<T: UploadSource> From<T> for Source {
    fn from(source: T) -> Self {
        Self(Arc::new(source))
    }
}

impl From<Bytes> for Source {
    fn from(bytes: Bytes) -> Self {
        Self::from(Memory::new(bytes))
    }
}

impl From<Vec<u8>> for Source {
    fn from(bytes: Vec<u8>) -> Self {
        Self::from(Bytes::from(bytes))
    }
}

impl From<&[u8]> for Source {
    fn from(bytes: &[u8]) -> Self {
        Self::from(Bytes::from(bytes))
    }
}

impl<const N: usize> From<&[u8; N]> for Source {
    fn from(bytes: &[u8; N]) -> Self {
        Self::from(bytes.as_slice())
    }
}

/// A file; it is opened when the upload begins.
#[cfg(feature = "fs")]
impl From<std::path::PathBuf> for Source {
    fn from(path: std::path::PathBuf) -> Self {
        Self::from(file::File::new(path))
    }
}

/// A file; it is opened when the upload begins.
#[cfg(feature = "fs")]
impl From<&std::path::Path> for Source {
    fn from(path: &std::path::Path) -> Self {
        Self::from(path.to_path_buf())
    }
}

impl fmt::Debug for Source {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.debug_struct("Source").finish_non_exhaustive()
    }
}
