//! A download under way: requests, their answers, and what follows from them.

use std::time::Duration;

use tracing::debug;

use super::address::{MAX_REDIRECTS, redirected, trust};
use super::origin::{Origin, Target};
use super::position::{Head, Position};
use super::settings::Settings;
use crate::client::Answer;
use crate::client::media::{Link, NoRepeat, Pulse};
use crate::error::{BodyProblem, ErrorKind, TransferProblem};
use crate::retry::judge;
use crate::transport::{Headers, HttpResponse, ResponseBody, TransportError};
use crate::upload::is_accepted;
use crate::wire::Bytes;
use crate::{Error, Result, Secret};

/// A download under way.
pub(super) struct Fetch {
    link: Link,
    target: Target,
    settings: Settings,
    position: Position,
    response: Option<Response>,
    content_type: Option<String>,
    /// The failures since the last byte that was new.
    failures: u32,
    /// The bytes that the reader has.
    delivered: u64,
    /// The most bytes that were ever here.
    high: u64,
    refreshed: bool,
    renewed: bool,
    ended: bool,
    pace: Pace,
}

/// A response whose body is being read.
struct Response {
    body: ResponseBody,
    pulse: Pulse,
    /// The bytes that are here already.
    skip: u64,
    /// Where the download is after it, if that is known.
    end: Option<u64>,
}

/// What comes next.
pub(super) enum Event {
    Bytes(Bytes),
    /// Everything before is to be forgotten.
    Restart,
    End,
}

/// How an attempt to get a response ended.
enum Opened {
    Response,
    Complete,
    /// Ask again at once.
    Again,
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
        let (link, target) = origin.open(&settings)?;
        Ok(Self {
            position: Position::new(settings.expected),
            link,
            target,
            settings,
            response: None,
            content_type: None,
            failures: 0,
            delivered: 0,
            high: 0,
            refreshed: false,
            renewed: false,
            ended: false,
            pace: Pace::default(),
        })
    }

    /// The length of the whole, if it is known.
    pub(super) fn total(&self) -> Option<u64> {
        self.position.total
    }

    pub(super) fn content_type(&self) -> Option<&str> {
        self.content_type.as_deref()
    }

    /// Goes on after a failure as if there had been none, from a byte up to which everything is safe.
    pub(super) fn revive(&mut self, received: u64) {
        if received != self.position.received || self.response.is_none() {
            self.response = None;
            self.position.received = self.position.received.min(received);
            self.ended = false;
        }
        self.delivered = received;
        self.failures = 0;
        self.refreshed = false;
        self.link.restart_clock();
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
            let Some(response) = &mut self.response else { continue };
            let began = self.link.clock().now();
            response.pulse.beat_after(self.pace.waited);
            let piece = self.link.next_piece(&mut response.body, &response.pulse).await;
            self.pace.waited += self.link.clock().now().saturating_sub(began);
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
        let Some(response) = &mut self.response else { return Ok(None) };
        self.pace.moved += piece.len();
        if self.pace.moved >= MOVEMENT {
            self.pace = Pace::default();
        }
        let skipped = usize::try_from(response.skip).unwrap_or(usize::MAX).min(piece.len());
        response.skip -= skipped as u64;
        piece = Bytes(piece.0.slice(skipped..));
        let received = self.position.received + piece.len() as u64;
        if let Some(end) = response.end.or(self.position.total).filter(|&end| received > end) {
            self.response = None;
            return Err(self.fatal(TransferProblem::WrongLength { expected: end, received }.into()));
        }
        if let Some(limit) = self.settings.max_size.filter(|&limit| received > limit) {
            self.response = None;
            return Err(self.fatal(Error::new(ErrorKind::Body(BodyProblem::TooLarge(limit)))));
        }
        self.position.received = received;
        self.delivered = received;
        if received > self.high {
            self.high = received;
            self.failures = 0;
            self.refreshed = false;
            self.link.progress();
        }
        Ok(Some(piece).filter(|piece| !piece.is_empty()))
    }

    /// The body is at its end: is the download?
    async fn finish_response(&mut self) -> Result<()> {
        let Some(response) = self.response.take() else { return Ok(()) };
        let Position { received, total, .. } = self.position;
        let cut = match total {
            Some(total) => received < total || response.skip > 0,
            None => response.end.is_some_and(|end| received < end) || response.skip > 0,
        };
        if cut {
            let whole_part = response.end == Some(received) && response.skip == 0;
            if whole_part {
                // A server may answer with less than was asked for; the next part follows.
                return Ok(());
            }
            let error = TransportError::body_cut("the body ended before its end");
            return self.failed(Error::new(ErrorKind::Transport(error))).await;
        }
        if total.is_none() && !response.body.has_marked_end() {
            return Err(self.fatal(TransferProblem::LengthUnknown.into()));
        }
        if received == 0 && !self.settings.accept_empty && self.settings.expected != Some(0) {
            return Err(self.fatal(TransferProblem::Protocol("it answered with nothing").into()));
        }
        self.ended = true;
        self.link.succeed();
        Ok(())
    }

    /// Gets a response.
    async fn open(&mut self) -> Result<()> {
        loop {
            match self.attempt().await {
                Ok(Opened::Response) => return Ok(()),
                Ok(Opened::Complete) => {
                    self.ended = true;
                    return Ok(());
                }
                Ok(Opened::Again) => {}
                Err(error) => self.failed(error).await?,
            }
        }
    }

    async fn attempt(&mut self) -> Result<Opened> {
        let asked = self.position.resumes_at().filter(|_| self.target.has_parts());
        if asked.is_none() && self.position.received > 0 {
            self.position.restart();
            return Ok(Opened::Again);
        }
        let pulse = self.link.pulse();
        let response = self.request(asked, &pulse).await?;
        let HttpResponse { status, headers, body } = response;
        match status {
            200 | 203 | 204 | 206 | 416 if status != 416 || asked.is_some() => {}
            _ => return self.refused(status, headers, body, &pulse).await,
        }
        let head = self.position.read(status, &headers, asked).and_then(|head| self.check(head, &headers));
        let (skip, end) = match head {
            Ok(Head::Continues { end }) => (0, end),
            Ok(Head::Whole { skip }) => (skip, None),
            Ok(Head::Complete) => return Ok(Opened::Complete),
            Ok(Head::Again) => {
                self.position.restart();
                return Err(Error::new(ErrorKind::Transport(TransportError::body_cut("the rest is not there"))));
            }
            Err(kind) => {
                let answer = Answer { status, headers, body: Bytes::new() };
                return Err(self.link.error_of(kind, &answer));
            }
        };
        self.content_type = headers.get("content-type").map(str::to_owned).or(self.content_type.take());
        self.response = Some(Response { body, pulse, skip, end });
        Ok(Opened::Response)
    }

    /// Checks what the head says about the content.
    fn check(&self, head: Head, headers: &Headers) -> Result<Head, ErrorKind> {
        if !matches!(head, Head::Continues { .. } | Head::Whole { .. }) {
            return Ok(head);
        }
        let accept: Vec<_> = self.settings.accept.iter().map(String::as_str).collect();
        let content_type = headers.get("content-type").unwrap_or_default();
        if !accept.is_empty() && !is_accepted(content_type, &accept) {
            let what = "it answered with another type of content than media";
            return Err(ErrorKind::Transfer(TransferProblem::Protocol(what)));
        }
        match (self.settings.max_size, self.position.total) {
            (Some(limit), Some(total)) if total > limit => Err(ErrorKind::Body(BodyProblem::TooLarge(limit))),
            _ => Ok(head),
        }
    }

    /// Sends a request and follows redirects as far as they may be followed.
    async fn request(&mut self, asked: Option<u64>, pulse: &Pulse) -> Result<HttpResponse> {
        let mut redirect: Option<Secret> = None;
        for _ in 0..=MAX_REDIRECTS {
            let headers = asked.map(|offset| self.position.range(offset)).unwrap_or_default();
            let outgoing = self.target.request(headers, redirect.as_ref(), pulse.clone());
            let response = self.link.open(outgoing).await?;
            let location = response.headers.get("location");
            let (301 | 302 | 303 | 307 | 308, Some(location), Some(url)) = (response.status, location, self.target.url()) else {
                return Ok(response);
            };
            let from = redirect.as_ref().unwrap_or(url);
            let to = redirected(from.expose(), location);
            redirect = Some(trust(&to, self.link.endpoint(), &self.settings.hosts)?);
        }
        Err(TransferProblem::Protocol("it redirects again and again").into())
    }

    /// What follows from a response that is no success.
    async fn refused(&mut self, status: u16, headers: Headers, mut body: ResponseBody, pulse: &Pulse) -> Result<Opened> {
        let bytes = self.link.collect_error(&mut body, pulse).await;
        let content_type = headers.get("content-type").unwrap_or_default();
        let media = is_accepted(content_type, &["image/*", "video/*", "audio/*"]);
        // Nobody reads pictures of errors.
        let body = if media { Bytes::new() } else { bytes };
        let answer = Answer { status, headers, body };
        let error = self.link.failure(&answer);
        match status {
            403 | 404 | 410 if self.target.url().is_some() && !error.is_quota_exceeded() => {
                self.renew(self.link.error_of(ErrorKind::Transfer(TransferProblem::Expired), &answer)).await
            }
            401 if self.target.url().is_none() && !std::mem::replace(&mut self.refreshed, true) => {
                self.link.record(&error);
                if self.link.refresh().await? { Ok(Opened::Again) } else { Err(error) }
            }
            _ => Err(error),
        }
    }

    /// Asks once for a new address.
    async fn renew(&mut self, expired: Error) -> Result<Opened> {
        let Some(renew) = self.settings.renew.0.clone().filter(|_| !self.renewed) else {
            return Err(expired);
        };
        self.renewed = true;
        debug!("the address of a download has expired; a new one is asked for");
        let url = renew().await?;
        self.target = Target::Url(trust(&url, self.link.endpoint(), &self.settings.hosts)?);
        Ok(Opened::Again)
    }

    /// Decides after a failure: waits, or hands it on.
    async fn failed(&mut self, error: Error) -> Result<()> {
        self.link.record(&error);
        self.failures += 1;
        self.pace = Pace::default();
        let judgement = judge(&error);
        let repeatable = judgement.is_transient() && judgement.is_safe(self.link.repeat());
        if !repeatable || self.failures >= self.link.max_attempts() {
            return Err(self.link.finish(error));
        }
        match self.link.pause(Some(&error), self.failures).await {
            Ok(()) => Ok(()),
            Err(NoRepeat::TooLong) => Err(self.link.finish(error)),
            Err(NoRepeat::BudgetSpent) => Err(self.link.finish(error.with_budget_spent())),
        }
    }

    /// An error about the download.
    pub(super) fn error(&self, problem: TransferProblem) -> Error {
        self.link.finish(problem.into())
    }

    fn fatal(&mut self, error: Error) -> Error {
        self.link.record(&error);
        self.link.finish(error)
    }
}
