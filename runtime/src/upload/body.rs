//! The bytes of one request, streamed from the source as the connection takes them.

use std::future::poll_fn;
use std::io;
use std::sync::{Arc, Mutex, PoisonError};

use super::source::{Fingerprint, Source, SourceStream};
use super::verify::Verifier;
use crate::client::media::IdleTimer;
use crate::error::TransferProblem;
use crate::stream::{Turn, unfold};
use crate::transport::{HttpBody, TransportError};
use crate::wire::Bytes;

/// The most that is handed on at once, in bytes: small enough to see that something moves.
const PIECE: usize = 64 * 1024;

/// Bytes of a source, with what stands before and after them in a request.
pub(super) struct Body {
    pub(super) source: Source,
    /// What the source was when the upload began.
    pub(super) fingerprint: Fingerprint,
    /// It is at `offset`.
    pub(super) verifier: Verifier,
    pub(super) offset: u64,
    pub(super) length: u64,
    /// The length of the whole source when the upload began, in bytes.
    pub(super) total: u64,
    pub(super) before: Bytes,
    pub(super) after: Bytes,
    pub(super) idle: IdleTimer,
    pub(super) source_failure: SourceFailure,
    /// How long the server may take to respond when it has everything.
    pub(super) response_timeout: std::time::Duration,
}

/// What went wrong with the source; it is told here, as the transport can't carry it.
#[derive(Clone, Default)]
pub(super) struct SourceFailure(Arc<Mutex<Option<TransferProblem>>>);

impl SourceFailure {
    pub(super) fn take(&self) -> Option<TransferProblem> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).take()
    }

    fn set(&self, problem: TransferProblem) {
        *self.0.lock().unwrap_or_else(PoisonError::into_inner) = Some(problem);
    }
}

impl Body {
    /// The body of a request; the source is opened when the first byte is wanted.
    pub(super) fn stream(self) -> HttpBody {
        let length = self.length + (self.before.len() + self.after.len()) as u64;
        if length == 0 {
            self.idle.allow(self.response_timeout);
            return HttpBody::Empty;
        }
        let reader = Reader {
            left: self.length,
            body: self,
            stream: None,
            rest: Bytes::new(),
            place: Place::Before,
        };
        let stream = unfold(reader, |reader| Box::pin(reader.next()));
        HttpBody::Stream {
            length,
            stream: Box::pin(stream),
        }
    }
}

/// A body that is being read.
struct Reader {
    body: Body,
    stream: Option<SourceStream>,
    /// What was read and not handed on.
    rest: Bytes,
    /// The bytes of the source that are still to be handed on.
    left: u64,
    place: Place,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Place {
    Before,
    Source,
    After,
    End,
}

impl Reader {
    async fn next(mut self) -> Turn<Self, Result<Bytes, TransportError>> {
        loop {
            let piece = match self.place {
                Place::Before => {
                    self.place = Place::Source;
                    self.body.before.clone()
                }
                Place::Source if self.left == 0 => {
                    self.place = Place::After;
                    continue;
                }
                Place::Source => {
                    self.body.idle.hold(true);
                    let piece = self.read().await;
                    self.body.idle.hold(false);
                    match piece {
                        Ok(piece) => piece,
                        Err(problem) => {
                            self.body.source_failure.set(problem);
                            let error = TransportError::request_body("the source failed");
                            return Some((Err(error), None));
                        }
                    }
                }
                Place::After => {
                    self.place = Place::End;
                    self.body.after.clone()
                }
                Place::End => return None,
            };
            if self.left == 0 {
                self.body.idle.allow(self.body.response_timeout);
            }
            if !piece.is_empty() {
                return Some((Ok(piece), Some(self)));
            }
        }
    }

    /// The next piece of the source. The last one is handed on only if the source is still the same
    /// and the bytes are those of the checksum: without it the server has an incomplete request, and nothing is made of that.
    async fn read(&mut self) -> Result<Bytes, TransferProblem> {
        while self.rest.is_empty() {
            self.rest = self.fill().await?;
        }
        let size = self
            .rest
            .len()
            .min(PIECE)
            .min(usize::try_from(self.left).unwrap_or(usize::MAX));
        let piece = Bytes(self.rest.0.split_to(size));
        self.left -= size as u64;
        self.body.verifier.update(&piece);
        if self.left == 0 {
            let body = &self.body;
            body.verifier.check()?;
            if body.offset.saturating_add(body.length) == body.total {
                check_size(&body.source, body.total).await?;
            }
            check(&body.source, &body.fingerprint).await?;
        }
        Ok(piece)
    }

    async fn fill(&mut self) -> Result<Bytes, TransferProblem> {
        let failed = |error: io::Error| TransferProblem::Source(error.into());
        let stream = if let Some(stream) = &mut self.stream {
            stream
        } else {
            let opened = self.body.source.inner().open(self.body.offset).await;
            self.stream.insert(opened.map_err(failed)?)
        };
        match poll_fn(|context| stream.as_mut().poll_next(context)).await {
            Some(piece) => piece.map_err(failed),
            None => Err(TransferProblem::SourceChanged),
        }
    }
}

/// Checks that a source is as long as when the upload began. A fingerprint need not tell: requests
/// say the length of the beginning, so a source that grew would be cut off there.
pub(super) async fn check_size(source: &Source, total: u64) -> Result<(), TransferProblem> {
    match source.inner().len().await {
        Ok(now) if now == total => Ok(()),
        Ok(_) => Err(TransferProblem::SourceChanged),
        Err(error) => Err(TransferProblem::Source(error.into())),
    }
}

/// Checks that a source is what it was.
pub(super) async fn check(
    source: &Source,
    fingerprint: &Fingerprint,
) -> Result<(), TransferProblem> {
    match source.inner().fingerprint().await {
        Ok(now) if now == *fingerprint => Ok(()),
        Ok(_) => Err(TransferProblem::SourceChanged),
        Err(error) => Err(TransferProblem::Source(error.into())),
    }
}
