//! Whether what is sent has the checksum that the caller gave.

use std::future::poll_fn;
use std::io;
use std::sync::{Arc, Mutex, PoisonError};

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use sha1::{Digest as _, Sha1};

use super::source::{Fingerprint, Source};
use crate::error::TransferProblem;

/// Compares all bytes of an upload with a SHA-1 while they are sent, if there is one that does not come
/// from the source itself.
///
/// What the server has of a session is hashed as it was sent; what it lost or never took is hashed
/// again. A session that another process began is hashed from the source up to where it continues.
#[derive(Clone, Default)]
pub(super) struct Verifier {
    sha1: Option<[u8; 20]>,
    check: Option<Arc<Check>>,
}

struct Check {
    sha1: [u8; 20],
    total: u64,
    hashed: Mutex<Hashed>,
}

/// What was hashed when the request under way began, and by now.
#[derive(Clone, Default)]
struct Hashed {
    start: Prefix,
    now: Prefix,
}

#[derive(Clone, Default)]
struct Prefix {
    length: u64,
    hash: Sha1,
}

impl Verifier {
    /// For a source of `total` bytes; `wanted` is what the caller says of them.
    pub(super) fn new(wanted: Option<[u8; 20]>, source: &Source, total: u64) -> Self {
        let own = source.inner().sha1();
        let check = |sha1| {
            Arc::new(Check {
                sha1,
                total,
                hashed: Mutex::default(),
            })
        };
        Self {
            sha1: wanted.or(own),
            check: wanted.filter(|_| wanted != own).map(check),
        }
    }

    /// The checksum as `X-Goog-Hash` carries it.
    pub(super) fn header(&self) -> Option<String> {
        let sha1 = self.sha1?;
        Some(format!("sha1={}", STANDARD.encode(sha1)))
    }

    /// What is the same as long as the checksum is, wherever the bytes are.
    pub(super) fn fingerprint(&self) -> Option<Fingerprint> {
        self.header().map(Fingerprint::new)
    }

    /// Begins a request with the bytes from `offset` on. What is before it is read again if it was not
    /// hashed yet.
    pub(super) async fn seek(&self, source: &Source, offset: u64) -> Result<(), TransferProblem> {
        let Some(check) = &self.check else {
            return Ok(());
        };
        let failed = |error: io::Error| TransferProblem::Source(error.into());
        let mut prefix = check.before(offset);
        if prefix.length < offset {
            let opened = source.inner().open(prefix.length).await;
            let mut stream = opened.map_err(failed)?;
            while prefix.length < offset {
                let piece = poll_fn(|context| stream.as_mut().poll_next(context)).await;
                let piece = piece.ok_or(TransferProblem::SourceChanged)?;
                prefix.take(&piece.map_err(failed)?, offset);
            }
        }
        check.set(&prefix);
        Ok(())
    }

    /// Takes the next bytes that are sent.
    pub(super) fn update(&self, bytes: &[u8]) {
        if let Some(check) = &self.check {
            check.with(|hashed| hashed.now.take(bytes, u64::MAX));
        }
    }

    /// Fails if all bytes were hashed and they are others.
    pub(super) fn check(&self) -> Result<(), TransferProblem> {
        let Some(check) = &self.check else {
            return Ok(());
        };
        let now = check.with(|hashed| hashed.now.clone());
        if now.length < check.total || now.hash.finalize().as_slice() == check.sha1 {
            Ok(())
        } else {
            Err(TransferProblem::SourceChanged)
        }
    }
}

impl Check {
    /// The longest prefix that is hashed and ends at `offset` or before.
    fn before(&self, offset: u64) -> Prefix {
        let hashed = self.with(|hashed| hashed.clone());
        let mut known = [hashed.now, hashed.start].into_iter();
        known
            .find(|prefix| prefix.length <= offset)
            .unwrap_or_default()
    }

    fn set(&self, prefix: &Prefix) {
        self.with(|hashed| {
            hashed.start.clone_from(prefix);
            hashed.now.clone_from(prefix);
        });
    }

    fn with<T>(&self, work: impl FnOnce(&mut Hashed) -> T) -> T {
        work(&mut self.hashed.lock().unwrap_or_else(PoisonError::into_inner))
    }
}

impl Prefix {
    /// Takes the next bytes, as far as they are before `end`.
    fn take(&mut self, bytes: &[u8], end: u64) {
        let left = usize::try_from(end - self.length).unwrap_or(usize::MAX);
        let bytes = bytes.get(..left).unwrap_or(bytes);
        self.hash.update(bytes);
        self.length += bytes.len() as u64;
    }
}
