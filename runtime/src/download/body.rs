//! The content of a download, piece by piece.

use std::fmt;

use super::fetch::{Event, Fetch};
use crate::Result;
use crate::error::TransferProblem;
use crate::wire::Bytes;

/// The content of a download, piece by piece.
///
/// Whoever reads it decides how fast it comes: a slow reader is no failure.
pub struct Body {
    fetch: Fetch,
    received: u64,
    /// Whether what was handed on does not belong to what would follow.
    spoiled: bool,
}

impl Body {
    pub(super) fn new(fetch: Fetch) -> Self {
        Self {
            fetch,
            received: 0,
            spoiled: false,
        }
    }

    /// The next piece; `None` at the end, when everything is there.
    ///
    /// A connection that breaks is replaced, and the content goes on at the byte where it broke. After
    /// an error that may pass, the next call tries again. If what is downloaded changed in the
    /// meantime, this fails with [`is_changed`](crate::Error::is_changed). A dropped future loses nothing.
    pub async fn next_chunk(&mut self) -> Option<Result<Bytes>> {
        if self.spoiled {
            return Some(Err(self.fetch.error(TransferProblem::Changed)));
        }
        match Box::pin(self.fetch.next()).await {
            Ok(Event::Bytes(bytes)) => {
                self.received += bytes.len() as u64;
                Some(Ok(bytes))
            }
            // What was handed on can't be taken back.
            Ok(Event::Restart) => {
                self.spoiled = true;
                Some(Err(self.fetch.error(TransferProblem::Changed)))
            }
            Ok(Event::End) => None,
            Err(error) => {
                self.fetch.revive(self.received);
                Some(Err(error))
            }
        }
    }

    /// How many bytes the whole has, if that is known.
    pub fn len(&self) -> Option<u64> {
        self.fetch.total()
    }

    /// Whether the whole is known to have no bytes.
    pub fn is_empty(&self) -> bool {
        self.len() == Some(0)
    }

    /// The type of the content, as the server calls it.
    pub fn content_type(&self) -> Option<&str> {
        self.fetch.content_type()
    }
}

impl fmt::Debug for Body {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter
            .debug_struct("Body")
            .field("len", &self.len())
            .field("received", &self.received)
            .finish_non_exhaustive()
    }
}
