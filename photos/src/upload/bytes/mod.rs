//! The bytes of one file, on their way to the service.

mod identify;
mod small_file;

use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use discovery_runtime::Error;
use discovery_runtime::upload::{Progress, Resumable, SavedSession, UploadToken};

use self::identify::Current;
use super::failure::{UploadFailure, classify, is_checksum_mismatch, unwritable};
use super::file::NewFile;
use super::journal::{Identity, Key, Line, SavedToken, State};
use super::plan::{FileUpload, Phase, UploadedBytes};
use super::shared::{Shared, seconds};
use super::waits::Waits;
use super::{Rejection, RejectionReason, UploadEvent};

/// The upload of the bytes of one file.
pub(super) struct BytesUpload {
    shared: Arc<Shared>,
    index: usize,
    file: NewFile,
    key: Key,
    /// The session that can be resumed.
    session: Mutex<Option<SavedSession>>,
}

impl BytesUpload {
    pub(super) fn new(
        shared: Arc<Shared>,
        index: usize,
        upload: &FileUpload,
        session: Option<SavedSession>,
    ) -> Arc<Self> {
        Arc::new(Self {
            shared,
            index,
            file: upload.file.clone(),
            key: upload.key.clone(),
            session: Mutex::new(session),
        })
    }

    /// Uploads the file and notes the token, unless an earlier run did.
    pub(super) async fn run(self: Arc<Self>) -> Result<UploadedBytes, UploadFailure> {
        // A file that is changed while it goes up gets a second chance, and not a third.
        for _ in 0..2 {
            let Some(found) = self.identify().await? else {
                continue;
            };
            let is_resumed = match found.known {
                Some(Phase::Done(outcome)) => return Err(UploadFailure::Known(Box::new(outcome))),
                Some(Phase::Uploaded(bytes)) => return Ok(bytes),
                Some(Phase::Pending(Some(session))) => {
                    *self.session() = Some(session);
                    true
                }
                _ => self.session().is_some(),
            };
            let sent = self.send(&found.current).await?;
            if let Some(token) = sent {
                // The session may be one that another account opened: see `UploadedBytes`.
                let noted = self.note(&token, found.current, !is_resumed).await?;
                if let Some(bytes) = noted {
                    return Ok(bytes);
                }
            }
            // What is there of the file belongs to the old version.
            self.session().take();
        }
        let message = "somebody writes to the file";
        Err(UploadFailure::Rejected(Rejection::new(
            RejectionReason::Changing,
            message,
        )))
    }

    /// Uploads one version; `None` if the file is another one by now.
    async fn send(
        self: &Arc<Self>,
        current: &Current,
    ) -> Result<Option<UploadToken>, UploadFailure> {
        let mut waits = Waits::default();
        loop {
            let session = self.session().take();
            let resumed = session.is_some();
            let error = match self.attempt(current, session).await {
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
        self: &Arc<Self>,
        current: &Current,
        session: Option<SavedSession>,
    ) -> Result<UploadToken, Error> {
        let settings = &self.shared.settings;
        let upload = self
            .shared
            .photos
            .client()
            .media_items()
            .upload(current.source.clone());
        let mut upload = upload
            .sha1(current.identity.content.sha1)
            .on_session(self.note_session(current.identity.clone()))
            .on_progress(self.tell_progress());
        if let Some(content_type) = &current.content_type {
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
    fn note_session(
        self: &Arc<Self>,
        identity: Identity,
    ) -> impl Fn(&SavedSession) + Send + Sync + 'static {
        let this = self.clone();
        move |session| {
            *this.session() = Some(session.clone());
            // If it can't be written, the token can't either, and that ends the run.
            let _ = this.shared.journal.note(&[Line {
                key: this.key.clone(),
                identity: identity.clone(),
                state: State::Session(session.clone()),
            }]);
        }
    }

    fn tell_progress(self: &Arc<Self>) -> impl Fn(Progress) + Send + Sync + 'static {
        let this = self.clone();
        move |progress| {
            this.shared.tell(UploadEvent::Uploading {
                index: this.index,
                path: &this.file.path,
                acknowledged: progress.acknowledged,
                total: progress.total,
            });
        }
    }

    /// Notes a token; `None` if the file is another version by now.
    async fn note(
        self: &Arc<Self>,
        token: &UploadToken,
        current: Current,
        is_fresh: bool,
    ) -> Result<Option<UploadedBytes>, UploadFailure> {
        let token = SavedToken {
            token: token.as_str().to_owned(),
            // The age of tokens goes by one clock, and that of the client may be another.
            at: seconds(self.shared.photos.clock().system_time()),
        };
        self.on_disk(move |this| {
            let Current {
                version, identity, ..
            } = current;
            if !this.is_still(&version)? {
                return Ok(None);
            }
            let line = Line {
                key: this.key.clone(),
                identity: identity.clone(),
                state: State::Uploaded(token.clone()),
            };
            let noted = this.shared.journal.note(&[line]);
            noted.map_err(unwritable)?;
            Ok(Some(UploadedBytes {
                token,
                version: identity,
                is_fresh,
            }))
        })
        .await
    }

    fn session(&self) -> MutexGuard<'_, Option<SavedSession>> {
        self.session.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
