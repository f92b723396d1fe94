//! What a download hands on: the bytes that come, decoded if that is wanted.

use super::fetch::{Event, Fetch};
use super::origin::Origin;
use super::settings::Settings;
use crate::error::{BodyProblem, ErrorKind, TransferProblem};
use crate::gzip::Decoder;
use crate::wire::Bytes;
use crate::{Error, Result};

/// What a download hands on.
pub(super) struct Content {
    fetch: Fetch,
    /// There once gzip came that is to be decoded.
    decoder: Option<Decoder>,
    /// The bytes that were handed on.
    handed: u64,
}

/// How far it was at a time.
#[cfg(feature = "fs")]
#[derive(Clone, Default)]
pub(super) struct Checkpoint {
    handed: u64,
    fetch: super::fetch::Checkpoint,
}

impl Content {
    pub(super) fn new(origin: &Origin, settings: Settings) -> Result<Self> {
        Ok(Self {
            fetch: Fetch::new(origin, settings)?,
            decoder: None,
            handed: 0,
        })
    }

    /// Gets the first response, so that its head is known.
    pub(super) async fn begin(&mut self) -> Result<()> {
        self.fetch.begin().await
    }

    /// The next piece, or what else happens. A dropped future loses nothing.
    pub(super) async fn next(&mut self) -> Result<Event> {
        loop {
            if let Some(piece) = self.decoded(Decoder::read)? {
                return Ok(Event::Bytes(piece));
            }
            match self.fetch.next().await? {
                Event::Bytes(piece) if self.fetch.is_decoded() => {
                    self.decoder.get_or_insert_default().give(piece);
                }
                Event::Bytes(piece) => {
                    self.handed += piece.len() as u64;
                    return Ok(Event::Bytes(piece));
                }
                Event::Restart => {
                    self.decoder = None;
                    self.handed = 0;
                    return Ok(Event::Restart);
                }
                Event::End => return self.finish(),
            }
        }
    }

    /// What the decoder gives, if there is one.
    fn decoded(
        &mut self,
        step: fn(&mut Decoder) -> std::io::Result<Option<Bytes>>,
    ) -> Result<Option<Bytes>> {
        let Some(decoder) = &mut self.decoder else {
            return Ok(None);
        };
        let Ok(piece) = step(decoder) else {
            return Err(self.fail(ErrorKind::Body(BodyProblem::Undecodable {
                encoding: "gzip".to_owned(),
                why: "it is not what it should be",
            })));
        };
        let Some(piece) = piece else { return Ok(None) };
        let received = self.handed + piece.len() as u64;
        let settings = self.fetch.settings();
        if let Some(expected) = settings.expected.filter(|&expected| received > expected) {
            let problem = TransferProblem::WrongLength { expected, received };
            return Err(self.fail(ErrorKind::Transfer(problem)));
        }
        if let Some(limit) = settings.max_size.filter(|&limit| received > limit) {
            return Err(self.fail(ErrorKind::Body(BodyProblem::TooLarge(limit))));
        }
        self.handed = received;
        Ok(Some(piece))
    }

    /// Everything came: was that all?
    fn finish(&mut self) -> Result<Event> {
        if let Some(piece) = self.decoded(Decoder::finish)? {
            return Ok(Event::Bytes(piece));
        }
        let expected = self.fetch.settings().expected;
        let received = self.handed;
        match expected.filter(|&expected| self.fetch.is_decoded() && expected != received) {
            Some(expected) => {
                let problem = TransferProblem::WrongLength { expected, received };
                Err(self.fail(ErrorKind::Transfer(problem)))
            }
            None => Ok(Event::End),
        }
    }

    /// An error after which nothing that came is of use.
    fn fail(&mut self, kind: ErrorKind) -> Error {
        self.fetch.restart();
        self.decoder = None;
        self.fetch.fatal(Error::new(kind))
    }

    /// An error about the download.
    pub(super) fn error(&self, problem: TransferProblem) -> Error {
        self.fetch.error(problem)
    }

    /// How far it is now.
    #[cfg(feature = "fs")]
    pub(super) fn checkpoint(&self) -> Checkpoint {
        Checkpoint {
            handed: self.handed,
            fetch: self.fetch.checkpoint(),
        }
    }

    /// Forgets what came after a checkpoint.
    #[cfg(feature = "fs")]
    pub(super) fn rewind(&mut self, to: Checkpoint) {
        if !self.fetch.is_decoded() {
            self.fetch.rewind(to.fetch);
            self.handed = to.handed;
        } else if self.handed != to.handed {
            // A decoder can't go back.
            self.fetch.restart();
            self.decoder = None;
        }
    }

    /// Goes on after a failure as if there had been none.
    pub(super) fn revive(&mut self) {
        self.fetch.revive();
    }

    /// How many bytes are handed on, if that is known.
    pub(super) fn len(&self) -> Option<u64> {
        if self.fetch.is_decoded() {
            self.fetch.settings().expected
        } else {
            self.fetch.length()
        }
    }

    pub(super) fn content_type(&self) -> Option<&str> {
        self.fetch.content_type()
    }

    /// The encoding of what is handed on, if it has one.
    pub(super) fn encoding(&self) -> Option<&str> {
        self.fetch.encoding().filter(|_| !self.fetch.is_decoded())
    }
}
