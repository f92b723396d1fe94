//! An upload in steps: the machine says what to do, and this does it.

use std::time::{Duration, SystemTime};

use tracing::{Instrument as _, debug_span, warn};

use super::body::{Body, Trouble, check};
use super::dialect::{Message, Protocol, Terms, cancel, classify, has_token};
use super::engine::{Chunk, Engine, Signal, Step, Why};
use super::examine::Plan;
use super::session_url::SessionUrl;
use super::settings::{CHUNK_SIZE, Settings};
use super::{Fingerprint, SavedSession, Source};
use crate::client::Answer;
use crate::client::media::{Link, NoRepeat, Outgoing, Reply, To};
use crate::codegen::UploadMethod;
use crate::error::TransferProblem;
use crate::transport::HttpBody;
use crate::wire::Bytes;
use crate::{Error, Result};

/// How long the server may take to make something of all bytes.
const PATIENCE: Duration = Duration::from_secs(300);

/// An upload in steps.
pub(super) struct Transfer {
    link: Link,
    terms: Terms,
    source: Source,
    fingerprint: Fingerprint,
    settings: Settings,
    method: &'static UploadMethod,
    engine: Engine,
    url: Option<SessionUrl>,
    opened_at: SystemTime,
    trouble: Trouble,
    last_error: Option<Error>,
    /// What looks like a result in an answer that does not say so.
    candidate: Option<Answer>,
    result: Option<Answer>,
    /// Whether it was left in the middle of something.
    dirty: bool,
}

/// How far to go.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Until {
    /// Until it is known where the bytes go on.
    Ready,
    Done,
}

impl Transfer {
    pub(super) fn new(plan: Plan) -> Self {
        let Plan { link, terms, source, fingerprint, settings, method, .. } = plan;
        let repeatable = terms.protocol == Protocol::XGoog || link.is_repeatable();
        let chunk_size = settings.chunk_size.unwrap_or(CHUNK_SIZE);
        Self {
            engine: Engine::new(terms.total, chunk_size, link.max_attempts(), repeatable),
            opened_at: link.system_time(),
            link,
            terms,
            source,
            fingerprint,
            settings,
            method,
            url: None,
            trouble: Trouble::default(),
            last_error: None,
            candidate: None,
            result: None,
            dirty: false,
        }
    }

    /// The same with a session that was opened before.
    pub(super) fn resume(mut self, saved: &SavedSession) -> Result<Self> {
        if saved.method != self.link.method() {
            return Err(Error::invalid_argument("the saved session belongs to another method"));
        }
        if (saved.length, &saved.fingerprint) != (self.terms.total, &self.fingerprint) {
            return Err(TransferProblem::SourceChanged.into());
        }
        self.url = Some(self.trust(&saved.url)?);
        self.opened_at = saved.opened_at();
        self.engine = self.engine.resume(saved.granularity);
        Ok(self)
    }

    pub(super) fn save(&self) -> Option<SavedSession> {
        let url = self.url.as_ref()?;
        let source = (self.terms.total, &self.fingerprint);
        let granularity = self.engine.granularity();
        Some(SavedSession::new(self.link.method(), url.expose(), granularity, source, self.opened_at))
    }

    pub(super) fn acknowledged(&self) -> u64 {
        self.engine.acknowledged()
    }

    pub(super) fn total(&self) -> u64 {
        self.terms.total
    }

    /// The answer that has the result, when it is done.
    pub(super) fn result(&self) -> Option<&Answer> {
        self.result.as_ref()
    }

    pub(super) fn link(&self) -> &Link {
        &self.link
    }

    /// Goes on until a point or a failure. It can go on from there, and if the future is dropped.
    pub(super) async fn run(&mut self, until: Until) -> Result<()> {
        if std::mem::replace(&mut self.dirty, true) {
            self.engine.revive();
        }
        self.link.restart_clock();
        let span = debug_span!("google_api_upload", method = self.link.method(), bytes = self.terms.total);
        let result = self.go(until).instrument(span).await;
        self.dirty = result.is_err();
        result
    }

    async fn go(&mut self, until: Until) -> Result<()> {
        loop {
            let signal = match self.engine.step() {
                Step::Done => return Ok(()),
                Step::Send(_) if until == Until::Ready => return Ok(()),
                Step::Fail(why) => return Err(self.give_up(why).await),
                Step::Wait { failures } => {
                    let paused = self.link.pause(self.last_error.as_ref(), failures).await;
                    match paused {
                        Ok(()) => Signal::Waited,
                        Err(reason) => return Err(self.cannot_wait(reason)),
                    }
                }
                Step::Start => self.start().await,
                Step::Query => self.query().await,
                Step::Send(chunk) => self.send(chunk).await,
            };
            self.take_in(signal);
        }
    }

    /// Hands a signal to the machine and tells whoever wants to know what changed.
    fn take_in(&mut self, signal: Signal) {
        let before = (self.engine.acknowledged(), self.engine.restarts());
        self.engine.on(signal);
        if self.engine.restarts() != before.1 {
            warn!("the server lost the upload; it begins again");
            self.url = None;
            self.candidate = None;
        }
        let acknowledged = self.engine.acknowledged();
        if acknowledged != before.0 {
            self.settings.progress.tell(acknowledged, self.terms.total);
        }
        if acknowledged > before.0 {
            self.source.inner().acknowledged(acknowledged);
            self.link.progress();
        }
        if let Step::Done = self.engine.step() {
            self.link.succeed();
        }
        if let (Signal::Started { .. }, Some(saved)) = (signal, self.save()) {
            self.settings.opened.tell(&saved);
        }
    }

    async fn start(&mut self) -> Signal {
        if let Err(problem) = check(&self.source, &self.fingerprint).await {
            return self.fatal(problem.into());
        }
        let message = self.terms.start();
        let reply = match self.exchange(message, To::Service).await {
            Ok(reply) => reply,
            Err(error) => return self.failed(error, None).await,
        };
        if !(200..300).contains(&reply.answer.status) {
            return self.refused(&reply.answer).await;
        }
        let opened = match self.terms.read_start(&reply.answer) {
            Ok(opened) => opened,
            Err(what) => return Signal::Garbled(what),
        };
        match self.trust(&opened.url) {
            Ok(url) => {
                self.url = Some(url);
                self.opened_at = self.link.system_time();
                Signal::Started { granularity: opened.granularity }
            }
            Err(error) => self.fatal(error),
        }
    }

    async fn query(&mut self) -> Signal {
        let message = self.terms.query();
        let signal = self.ask(message).await;
        match signal {
            // The answer before it had the result, only without saying so.
            Signal::Final { result: false, received } if self.candidate.is_some() => {
                self.result = self.candidate.take();
                Signal::Final { result: true, received }
            }
            signal => signal,
        }
    }

    async fn send(&mut self, chunk: Chunk) -> Signal {
        if let Err(problem) = check(&self.source, &self.fingerprint).await {
            return self.fatal(problem.into());
        }
        let mut message = self.terms.chunk(chunk);
        let pulse = self.link.pulse();
        let body = Body {
            source: self.source.clone(),
            fingerprint: self.fingerprint.clone(),
            offset: chunk.offset,
            length: chunk.length,
            before: Bytes::new(),
            after: Bytes::new(),
            pulse: pulse.clone(),
            trouble: self.trouble.clone(),
            patience: if chunk.last { PATIENCE } else { Duration::ZERO },
        };
        message.body = body.stream();
        let to = self.session();
        let outgoing = outgoing(message, to, pulse);
        let limit = self.terms.answer_limit(self.link.response_limit());
        let reply = self.link.exchange(outgoing, limit).await;
        if let Some(problem) = self.trouble.take() {
            return self.fatal(problem.into());
        }
        let signal = self.read(reply).await;
        if let (true, Signal::Garbled(_), Some(answer)) = (chunk.last, signal, self.candidate.take()) {
            self.candidate = Some(answer);
        }
        signal
    }

    /// Asks the session something without a body.
    async fn ask(&mut self, message: Message) -> Signal {
        let to = self.session();
        let reply = self.exchange(message, to).await;
        self.read(reply).await
    }

    async fn exchange(&mut self, message: Message, to: To) -> Result<Reply> {
        let limit = self.terms.answer_limit(self.link.response_limit());
        let outgoing = outgoing(message, to, self.link.pulse());
        self.link.exchange(outgoing, limit).await
    }

    /// What the answer of a session means.
    async fn read(&mut self, reply: Result<Reply>) -> Signal {
        let Reply { answer, broken } = match reply {
            Ok(reply) => reply,
            Err(error) => return self.failed(error, None).await,
        };
        let Some(signal) = self.terms.read(&answer, broken.as_ref()) else {
            return self.refused(&answer).await;
        };
        match signal {
            Signal::Final { result: true, .. } => self.result = Some(answer),
            Signal::Garbled(_) if self.terms.protocol == Protocol::XGoog && has_token(&answer, false) => {
                self.candidate = Some(answer);
            }
            Signal::Failed => {
                if let Some(error) = broken {
                    return self.failed(error, None).await;
                }
            }
            _ => {}
        }
        signal
    }

    /// What an answer means that is no success.
    async fn refused(&mut self, answer: &Answer) -> Signal {
        let error = self.link.failure(answer);
        let open = self.terms.is_open(&answer.headers);
        self.failed(error, open).await
    }

    async fn failed(&mut self, error: Error, open: Option<bool>) -> Signal {
        self.link.record(&error);
        let signal = classify(&error, open);
        self.last_error = Some(error);
        if signal != Signal::Unauthorized || self.engine.is_refreshed() {
            return signal;
        }
        match self.link.refresh().await {
            Ok(true) => Signal::Unauthorized,
            Ok(false) => Signal::Fatal,
            Err(error) => {
                let signal = classify(&error, None);
                self.last_error = Some(error);
                signal
            }
        }
    }

    fn fatal(&mut self, error: Error) -> Signal {
        self.last_error = Some(error);
        Signal::Fatal
    }

    fn trust(&self, url: &str) -> Result<SessionUrl> {
        let known = self.method.session_hosts.iter().map(|&host| host.to_owned());
        let hosts: Vec<_> = known.chain(self.settings.hosts.iter().cloned()).collect();
        SessionUrl::trust(url, self.link.endpoint(), &hosts)
    }

    fn session(&self) -> To {
        To::Session {
            url: self.url.as_ref().map(|url| url.expose().to_owned()).unwrap_or_default(),
            authorize: !self.method.open_session,
        }
    }

    async fn give_up(&mut self, why: Why) -> Error {
        let error = match (why, self.last_error.take()) {
            (Why::LastError | Why::OutcomeUnknown, Some(error)) => error,
            (Why::LastError | Why::OutcomeUnknown, None) => {
                TransferProblem::Protocol("the server lost the upload").into()
            }
            (Why::Protocol(what), _) => TransferProblem::Protocol(what).into(),
            (Why::DataLoss(what), _) => TransferProblem::DataLoss(what).into(),
        };
        if error.is_source() || error.is_data_loss() {
            // What is there will never become something; the server need not keep it.
            let _ = self.cancel().await;
        }
        self.finish(error)
    }

    fn cannot_wait(&mut self, reason: NoRepeat) -> Error {
        let error = self.last_error.take();
        let error = error.unwrap_or_else(|| TransferProblem::Protocol("the server takes no more bytes").into());
        self.finish(if reason == NoRepeat::BudgetSpent { error.with_budget_spent() } else { error })
    }

    fn finish(&self, error: Error) -> Error {
        self.link.finish(error).with_outcome_unknown(self.engine.is_outcome_unknown())
    }

    /// Tells the server that the session is not needed any more.
    pub(super) async fn cancel(&mut self) -> Result<()> {
        if self.url.is_none() {
            return Ok(());
        }
        let to = self.session();
        self.url = None;
        let reply = self.exchange(cancel(self.terms.protocol), to).await;
        let answer = reply.map_err(|error| self.link.finish(error))?.answer;
        match answer.status {
            // 499 is how some servers call what the client closed; the others say that it is gone.
            200..=299 | 404 | 410 | 499 => Ok(()),
            _ => Err(self.link.finish(self.link.failure(&answer))),
        }
    }
}

fn outgoing(message: Message, to: To, pulse: crate::client::media::Pulse) -> Outgoing {
    let Message { method, headers, body } = message;
    let body = match body {
        HttpBody::Empty => HttpBody::Empty,
        body => body,
    };
    Outgoing { method, to, headers, body, pulse }
}
