//! The bytes of one file, on their way to the service.

use std::io;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use discovery_runtime::upload::{Progress, Resumable, SavedSession, UploadToken};
use discovery_runtime::{Error, blocking};

use super::content::Content;
use super::file::NewFile;
use super::journal::{Identity, Key, Line, SavedToken, State};
use super::plan::{FileUpload, Phase, UploadedBytes};
use super::shared::{Shared, seconds};
use super::stop::{Stop, StopReason};
use super::version::Version;
use super::waits::Waits;
use super::{Outcome, Rejection, RejectionReason, UploadEvent};

/// The upload of the bytes of one file.
pub(super) struct BytesUpload {
    shared: Arc<Shared>,
    index: usize,
    file: NewFile,
    key: Key,
    /// The session that can be resumed.
    session: Arc<Mutex<Option<SavedSession>>>,
}

/// Why there is no token.
pub(super) enum UploadFailure {
    /// An earlier run got to the end with the same bytes.
    Known(Box<Outcome>),
    /// No item is to be made of the file.
    Rejected(Rejection),
    /// The connection broke or time was up: it can succeed in another attempt, in the session if there
    /// is one.
    Interrupted(String, Option<Box<SavedSession>>),
    /// It can succeed in another run.
    Failed(String),
    /// It concerns all files.
    Stop(Stop),
}

impl BytesUpload {
    pub(super) fn new(
        shared: Arc<Shared>,
        index: usize,
        upload: &FileUpload,
        session: Option<SavedSession>,
    ) -> Self {
        Self {
            shared,
            index,
            file: upload.file.clone(),
            key: upload.key.clone(),
            session: Arc::new(Mutex::new(session)),
        }
    }

    /// Uploads the file and notes the token, unless an earlier run did.
    pub(super) async fn run(self) -> Result<UploadedBytes, UploadFailure> {
        // A file that is changed while it goes up gets a second chance, and not a third.
        for _ in 0..2 {
            let before = self.version().await?;
            let Some(identity) = self.identify(&before).await? else {
                continue;
            };
            let is_resumed = match self.find(&identity).await? {
                Some(Phase::Done(outcome)) => return Err(UploadFailure::Known(Box::new(outcome))),
                Some(Phase::Uploaded(bytes)) => return Ok(bytes),
                Some(Phase::Pending(Some(session))) => {
                    *self.session() = Some(session);
                    true
                }
                _ => self.session().is_some(),
            };
            let Some(token) = self.send(&identity).await? else {
                // What is there of the file belongs to the old version.
                self.session().take();
                continue;
            };
            if self.version().await? == before {
                // The session may be one that another account opened: see `UploadedBytes`.
                return self.note(&token, identity, !is_resumed).await;
            }
            self.session().take();
        }
        let message = "somebody writes to the file";
        Err(UploadFailure::Rejected(Rejection::new(
            RejectionReason::Changing,
            message,
        )))
    }

    /// What the bytes of a version are, which is read only if no earlier run did; `None` if the file
    /// is another version by now.
    async fn identify(&self, version: &Version) -> Result<Option<Identity>, UploadFailure> {
        let (journal, file) = (self.shared.journal.clone(), self.key.file.clone());
        let text = version.text().to_owned();
        let known = blocking(move || journal.content(&file, &text)).await;
        let content = match known.map_err(unwritable)? {
            Some(content) => content,
            None => Content::read(self.file.path.clone())
                .await
                .map_err(unreadable)?,
        };
        let is_same = content.size == version.size && self.version().await? == *version;
        Ok(is_same.then(|| Identity {
            content,
            fingerprint: version.fingerprint(),
        }))
    }

    /// Where an earlier run left the same bytes.
    async fn find(&self, identity: &Identity) -> Result<Option<Phase>, UploadFailure> {
        let (shared, key, wanted) = (self.shared.clone(), self.key.clone(), identity.clone());
        let state = blocking(move || shared.journal.find(&key, &wanted)).await;
        let state = state.map_err(unwritable)?;
        let phase = state.map(|state| Phase::after(state, identity.clone()));
        let retry_rejected = self.shared.settings.retry_rejected;
        Ok(phase.filter(|phase| !phase.is_tried_again(retry_rejected)))
    }

    async fn version(&self) -> Result<Version, UploadFailure> {
        let path = self.file.path.clone();
        let version = blocking(move || Version::of(&path)).await;
        version.map_err(unreadable)
    }

    /// Uploads one version; `None` if the file is another one by now.
    async fn send(&self, version: &Identity) -> Result<Option<UploadToken>, UploadFailure> {
        let mut waits = Waits::default();
        loop {
            let session = self.session().take();
            let resumed = session.is_some();
            let error = match self.attempt(version, session).await {
                Ok(token) => return Ok(Some(token)),
                Err(error) => error,
            };
            // The client waits for rate limits of uploads by itself.
            if !error.is_rate_limited() && waits.wait(&self.shared, &error).await {
                continue;
            }
            if error.is_source_changed() || is_checksum_mismatch(&error) {
                return Ok(None);
            }
            // A session that can't be resumed is left alone: one of another server, and one that was
            // cancelled or has other bytes than were sent, of which nothing will ever be made.
            let useless = error.is_untrusted_url()
                || error.is_protocol()
                || error.is_data_loss()
                || (error.is_invalid_argument() && error.http_status().is_none());
            if !(resumed && useless) {
                let session = self.session().take();
                return Err(classify(error, session));
            }
        }
    }

    async fn attempt(
        &self,
        version: &Identity,
        session: Option<SavedSession>,
    ) -> Result<UploadToken, Error> {
        let settings = &self.shared.settings;
        let upload = self
            .shared
            .photos
            .client()
            .media_items()
            .upload(self.file.path.clone());
        let mut upload = upload
            .sha1(version.content.sha1)
            .on_session(self.note_session(version))
            .on_progress(self.tell_progress());
        if let Some(content_type) = &self.file.content_type {
            upload = upload.content_type(content_type);
        }
        if let Some(bytes) = settings.resumable_above {
            upload = upload.resumable(Resumable::Above(bytes));
        }
        if let Some(bytes) = settings.chunk_size {
            upload = upload.chunk_size(bytes);
        }
        match session {
            None => upload.send().await,
            Some(saved) => {
                let mut session = upload.resume(&saved).await?;
                let sent = session.send().await;
                *self.session() = session.save();
                sent
            }
        }
    }

    /// Notes a session before bytes go there.
    fn note_session(&self, version: &Identity) -> impl Fn(&SavedSession) + Send + Sync + 'static {
        let (shared, key, identity) = (self.shared.clone(), self.key.clone(), version.clone());
        let current = self.session.clone();
        move |session| {
            *current.lock().unwrap_or_else(PoisonError::into_inner) = Some(session.clone());
            let state = State::Session(session.clone());
            // If it can't be written, the token can't either, and that ends the run.
            let _ = shared.journal.note(&[Line {
                key: key.clone(),
                identity: identity.clone(),
                state,
            }]);
        }
    }

    fn tell_progress(&self) -> impl Fn(Progress) + Send + Sync + 'static {
        let (shared, index, path) = (self.shared.clone(), self.index, self.file.path.clone());
        move |progress| {
            let (acknowledged, total) = (progress.acknowledged, progress.total);
            shared.tell(UploadEvent::Uploading {
                index,
                path: &path,
                acknowledged,
                total,
            });
        }
    }

    async fn note(
        &self,
        token: &UploadToken,
        version: Identity,
        is_fresh: bool,
    ) -> Result<UploadedBytes, UploadFailure> {
        let token = SavedToken {
            token: token.as_str().to_owned(),
            // The age of tokens goes by one clock, and that of the client may be another.
            at: seconds(self.shared.photos.clock().system_time()),
        };
        let bytes = UploadedBytes {
            token: token.clone(),
            version: version.clone(),
            is_fresh,
        };
        let line = Line {
            key: self.key.clone(),
            identity: version,
            state: State::Uploaded(token),
        };
        let noted = self.shared.journal.record(vec![line]).await;
        noted.map_err(unwritable)?;
        Ok(bytes)
    }

    fn session(&self) -> MutexGuard<'_, Option<SavedSession>> {
        self.session.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

#[expect(clippy::needless_pass_by_value, reason = "it is handed to `map_err`")]
fn unreadable(error: io::Error) -> UploadFailure {
    UploadFailure::Rejected(Rejection::new(
        RejectionReason::Unreadable,
        error.to_string(),
    ))
}

fn unwritable(error: io::Error) -> UploadFailure {
    UploadFailure::Stop(Stop::because(StopReason::Journal, error))
}

/// Whether the service got other bytes than the checksum says, as it puts it: "Checksum from header
/// does not match received payload content." or the same of a "User-provided checksum".
fn is_checksum_mismatch(error: &Error) -> bool {
    let message = error.rpc_status().map(|status| status.message.as_str());
    error.http_status() == Some(400)
        && message.is_some_and(|message| message.to_ascii_lowercase().contains("checksum"))
}

/// What a failure means for the file and for the others.
fn classify(error: Error, session: Option<SavedSession>) -> UploadFailure {
    let rejected =
        |reason, error: &Error| UploadFailure::Rejected(Rejection::new(reason, text(error)));
    if error.is_source() {
        rejected(RejectionReason::Unreadable, &error)
    } else if error.is_invalid_argument() && error.http_status().is_none() {
        rejected(RejectionReason::UnsupportedType, &error)
    } else if let Some(reason) = Stop::of(&error) {
        UploadFailure::Stop(Stop::because(reason, error))
    } else if error.is_retryable() && error.http_status().is_none() {
        UploadFailure::Interrupted(text(&error), session.map(Box::new))
    } else {
        UploadFailure::Failed(text(&error))
    }
}

/// An error and what is below it.
fn text(error: &Error) -> String {
    let mut text = error.to_string();
    let mut source = std::error::Error::source(error);
    while let Some(error) = source {
        text.push_str(&format!(": {error}"));
        source = error.source();
    }
    text
}
