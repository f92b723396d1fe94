//! A resumable upload: the engine says which step is next, and this makes its request.

mod ending;
mod requests;

use std::time::SystemTime;

use tracing::{Instrument as _, debug_span, warn};

use super::body::SourceFailure;
use super::engine::{Engine, Signal, Step};
use super::method::Protocol;
use super::plan::Plan;
use super::protocol::Terms;
use super::session_url::SessionUrl;
use super::settings::{CHUNK_SIZE, Settings};
use super::verify::Verifier;
use super::{Fingerprint, Progress, SavedSession, Source, UploadMethod};
use crate::client::FullResponse;
use crate::client::media::TransferClient;
use crate::error::TransferProblem;
use crate::{Error, Result};

/// A resumable upload.
pub(super) struct Transfer {
    client: TransferClient,
    terms: Terms,
    source: Source,
    fingerprint: Fingerprint,
    verifier: Verifier,
    settings: Settings,
    method: &'static UploadMethod,
    engine: Engine,
    url: Option<SessionUrl>,
    opened_at: SystemTime,
    source_failure: SourceFailure,
    last_error: Option<Error>,
    /// What looks like a result in a response that does not say so.
    candidate: Option<FullResponse>,
    result: Option<FullResponse>,
    /// Whether it was left in the middle of something.
    dirty: bool,
}

/// How far to go.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Until {
    /// Until it is known where the bytes continue.
    Ready,
    Done,
}

impl Transfer {
    pub(super) fn new(plan: Plan) -> Self {
        let Plan {
            client,
            terms,
            source,
            fingerprint,
            verifier,
            settings,
            method,
            ..
        } = plan;
        let idempotent = terms.protocol == Protocol::XGoog || client.is_idempotent();
        let chunk_size = settings.chunk_size.unwrap_or(CHUNK_SIZE);
        Self {
            engine: Engine::new(
                terms.total,
                chunk_size,
                client.retry.max_attempts(),
                idempotent,
            ),
            opened_at: client.system_time(),
            client,
            terms,
            source,
            fingerprint,
            verifier,
            settings,
            method,
            url: None,
            source_failure: SourceFailure::default(),
            last_error: None,
            candidate: None,
            result: None,
            dirty: false,
        }
    }

    /// The same with a session that was opened before.
    pub(super) fn resume(mut self, saved: &SavedSession) -> Result<Self> {
        if saved.method != self.client.method() {
            return Err(Error::invalid_argument(
                "the saved session belongs to another method",
            ));
        }
        if (saved.length, &saved.fingerprint) != (self.terms.total, &self.identity()) {
            return Err(TransferProblem::SourceChanged.into());
        }
        self.url = Some(self.trust(&saved.url)?);
        self.opened_at = saved.opened_at();
        self.engine = self.engine.resume(saved.granularity);
        Ok(self)
    }

    pub(super) fn save(&self) -> Option<SavedSession> {
        let url = self.url.as_ref()?;
        let identity = self.identity();
        let source = (self.terms.total, &identity);
        let granularity = self.engine.granularity();
        Some(SavedSession::new(
            self.client.method(),
            url.expose(),
            granularity,
            source,
            self.opened_at,
        ))
    }

    /// What another process must have to continue: the same bytes if their checksum is known, else the
    /// same source.
    fn identity(&self) -> Fingerprint {
        let checksum = self.verifier.fingerprint();
        checksum.unwrap_or_else(|| self.fingerprint.clone())
    }

    pub(super) fn acknowledged(&self) -> u64 {
        self.engine.acknowledged()
    }

    pub(super) fn total(&self) -> u64 {
        self.terms.total
    }

    /// The response that has the result, when it is done.
    pub(super) fn result(&self) -> Option<&FullResponse> {
        self.result.as_ref()
    }

    pub(super) fn client(&self) -> &TransferClient {
        &self.client
    }

    /// Runs to a point or a failure. It can continue from there, and if the future is dropped.
    pub(super) async fn run(&mut self, until: Until) -> Result<()> {
        if std::mem::replace(&mut self.dirty, true) {
            self.engine.revive();
        }
        self.client.retry.restart();
        let span = debug_span!(
            "google_api_upload",
            method = self.client.method(),
            bytes = self.terms.total
        );
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
                    let paused = self
                        .client
                        .retry
                        .wait(self.last_error.as_ref(), failures)
                        .await;
                    match paused {
                        Ok(()) => Signal::Waited,
                        Err(reason) => return Err(self.cannot_wait(reason)),
                    }
                }
                Step::Start => self.start().await,
                Step::Query => self.query().await,
                Step::Send(chunk) => self.send(chunk).await,
            };
            self.apply(signal);
        }
    }

    /// Hands a signal to the engine and tells whoever wants to know what changed.
    fn apply(&mut self, signal: Signal) {
        let before = (self.engine.acknowledged(), self.engine.restarts());
        self.engine.on(signal);
        if self.engine.restarts() != before.1 {
            warn!("the server lost the upload; it begins again");
            self.url = None;
            self.candidate = None;
        }
        let acknowledged = self.engine.acknowledged();
        if acknowledged != before.0 {
            let progress = Progress {
                acknowledged,
                total: self.terms.total,
            };
            self.settings.on_progress.call(&progress);
        }
        if acknowledged > before.0 {
            self.source.inner().acknowledged(acknowledged);
            self.client.retry.progress();
        }
        if let Step::Done = self.engine.step() {
            self.client.retry.succeed();
        }
        if let (Signal::Started { .. }, Some(saved)) = (signal, self.save()) {
            self.settings.on_session.call(&saved);
        }
    }
}
