//! A download under way: what came, what is missing, and what follows from failures.

#[cfg(feature = "fs")]
mod checkpoint;
mod open;

use std::time::Duration;

#[cfg(feature = "fs")]
pub(super) use self::checkpoint::Checkpoint;
use super::checksum::Running;
use super::origin::{Origin, Target};
use super::position::Position;
use super::settings::Settings;
use crate::client::media::{IdleTimer, TransferClient};
use crate::error::{BodyProblem, ErrorKind, TransferProblem};
use crate::retry::{Transience, classify};
use crate::transport::{ResponseBody, TransportError};
use crate::wire::Bytes;
use crate::{Error, Result};

/// A download under way. What it hands on are the bytes as the server sends them.
pub(super) struct Fetch {
    client: TransferClient,
    target: Target,
    settings: Settings,
    position: Position,
    /// The checksums of what is here.
    running: Running,
    response: Option<Response>,
    content_type: Option<String>,
    /// The bytes that the reader has.
    delivered: u64,
    /// The most bytes that were ever here.
    high: u64,
    renewed: bool,
    ended: bool,
    pace: Pace,
}

/// A response whose body is being read.
struct Response {
    body: ResponseBody,
    idle: IdleTimer,
    /// The bytes that are here already, or come before what is wanted.
    skip: u64,
    /// Where the download is after it, if that is known.
    end: Option<u64>,
    /// Whether more may follow that is not wanted.
    surplus: bool,
}

/// What comes next.
pub(super) enum Event {
    Bytes(Bytes),
    /// Everything before is to be forgotten.
    Restart,
    End,
}

/// How long was waited for how much.
#[derive(Default)]
struct Pace {
    waited: Duration,
    moved: usize,
}

/// How many bytes count as movement.
const MOVEMENT: usize = 16 * 1024;

impl Fetch {
    pub(super) fn new(origin: &Origin, settings: Settings) -> Result<Self> {
        let (client, target) = origin.open(&settings)?;
        Ok(Self {
            position: Position::new(settings.range.clone(), settings.expected, settings.decode),
            running: Running::default(),
            client,
            target,
            settings,
            response: None,
            content_type: None,
            delivered: 0,
            high: 0,
            renewed: false,
            ended: false,
            pace: Pace::default(),
        })
    }

    /// How many bytes come, if that is known.
    pub(super) fn length(&self) -> Option<u64> {
        self.position.length()
    }

    /// Whether what comes is gzip and the caller wants it decoded.
    pub(super) fn is_decoded(&self) -> bool {
        self.position.is_decoded()
    }

    /// The name of the encoding in which it comes, if it has one.
    pub(super) fn encoding(&self) -> Option<&str> {
        self.position.encoding().name()
    }

    pub(super) fn settings(&self) -> &Settings {
        &self.settings
    }

    pub(super) fn content_type(&self) -> Option<&str> {
        self.content_type.as_deref()
    }

    /// Begins at the start again.
    pub(super) fn restart(&mut self) {
        self.response = None;
        self.position.restart();
        self.running = Running::default();
        self.ended = false;
    }

    /// Goes on after a failure as if there had been none.
    pub(super) fn revive(&mut self) {
        self.client.retry.restart();
    }

    /// Gets the first response, so that its head is known.
    pub(super) async fn begin(&mut self) -> Result<()> {
        while self.response.is_none() && !self.ended {
            self.open().await?;
        }
        Ok(())
    }

    /// The next piece, or what else happens.
    pub(super) async fn next(&mut self) -> Result<Event> {
        loop {
            if self.ended {
                return Ok(Event::End);
            }
            if self.response.is_none() {
                self.open().await?;
            }
            if self.position.received < self.delivered {
                self.delivered = 0;
                return Ok(Event::Restart);
            }
            let Some(response) = &mut self.response else {
                continue;
            };
            let began = self.client.clock().now();
            response.idle.reset_after(self.pace.waited);
            let piece = self
                .client
                .next_piece(&mut response.body, &response.idle)
                .await;
            self.pace.waited += self.client.clock().now().saturating_sub(began);
            match piece {
                Ok(Some(piece)) => {
                    if let Some(piece) = self.accept(piece)? {
                        return Ok(Event::Bytes(piece));
                    }
                }
                Ok(None) => self.finish_response().await?,
                Err(error) => {
                    self.response = None;
                    self.failed(error).await?;
                }
            }
        }
    }

    /// Takes in a piece of the body; what of it is new.
    fn accept(&mut self, mut piece: Bytes) -> Result<Option<Bytes>> {
        let Some(response) = &mut self.response else {
            return Ok(None);
        };
        self.pace.moved += piece.len();
        if self.pace.moved >= MOVEMENT {
            self.pace = Pace::default();
        }
        let skipped = usize::try_from(response.skip)
            .unwrap_or(usize::MAX)
            .min(piece.len());
        response.skip -= skipped as u64;
        piece = Bytes(piece.0.slice(skipped..));
        let end = response.end.or(self.position.length());
        let left = end.map_or(u64::MAX, |end| end.saturating_sub(self.position.received));
        if response.surplus && piece.len() as u64 >= left {
            piece = Bytes(
                piece
                    .0
                    .slice(..usize::try_from(left).unwrap_or(piece.len())),
            );
            self.response = None;
            self.ended = true;
        }
        let received = self.position.received + piece.len() as u64;
        if let Some(end) = end.filter(|&end| received > end) {
            // Either the length was wrong or the bytes are: nothing of it is of use.
            self.restart();
            return Err(self.fatal(
                TransferProblem::WrongLength {
                    expected: end,
                    received,
                }
                .into(),
            ));
        }
        let max_size = self.settings.max_size.filter(|_| !self.is_decoded());
        if let Some(limit) = max_size.filter(|&limit| received > limit) {
            self.response = None;
            return Err(self.fatal(Error::new(ErrorKind::Body(BodyProblem::TooLarge(limit)))));
        }
        self.running.update(&piece);
        self.position.received = received;
        self.delivered = received;
        if received > self.high {
            self.high = received;
            self.client.retry.progress();
        }
        Ok(Some(piece).filter(|piece| !piece.is_empty()))
    }

    /// The body is at its end: is the download?
    async fn finish_response(&mut self) -> Result<()> {
        let Some(response) = self.response.take() else {
            return Ok(());
        };
        let received = self.position.received;
        let length = self.position.length();
        let end = length.or(response.end);
        if response.end == Some(received) && length != Some(received) {
            // A server may send less than was requested: the next part follows. If nobody
            // knows whether there is one, the server says so with 416.
            if length.is_some() || !self.position.is_at_end_of_range() {
                return Ok(());
            }
        } else if end.is_some_and(|end| received < end) || response.skip > 0 {
            let error = TransportError::body_cut("the body ended before its end");
            return self.failed(Error::new(ErrorKind::Transport(error))).await;
        }
        if end.is_none() && !response.body.has_marked_end() {
            return Err(self.fatal(TransferProblem::LengthUnknown.into()));
        }
        if received == 0 && !self.settings.accept_empty && self.settings.expected != Some(0) {
            return Err(self.fatal(TransferProblem::Protocol("the response is empty").into()));
        }
        self.complete()
    }

    /// Everything is here: is it right?
    fn complete(&mut self) -> Result<()> {
        if let Err(problem) = self.running.check() {
            // None of it is of use.
            self.restart();
            return Err(self.fatal(problem.into()));
        }
        self.ended = true;
        self.client.retry.succeed();
        Ok(())
    }

    /// Waits for the next attempt after a failure, or hands the failure on.
    async fn failed(&mut self, error: Error) -> Result<()> {
        self.pace = Pace::default();
        let classification = classify(&error);
        // A body that stalls more than once is none that is malformed: the next one goes on where
        // this one was.
        let resumable = classification.transience == Transience::RetriedOnce
            && classification.is_safe(self.client.retry.terms().safety);
        let retried = self.client.retry.retry(error, resumable).await;
        retried.map_err(|error| self.client.retry.finish(error))
    }

    /// An error about the download.
    pub(super) fn error(&self, problem: TransferProblem) -> Error {
        self.client.retry.finish(problem.into())
    }

    pub(super) fn fatal(&mut self, error: Error) -> Error {
        self.client.retry.record(&error);
        self.client.retry.finish(error)
    }
}
