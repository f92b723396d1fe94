//! The bytes of one file, on their way to the service.

use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use discovery_runtime::upload::{Progress, Resumable, SavedSession, UploadToken};
use discovery_runtime::{Error, blocking};

use super::content::Content;
use super::failure::{UploadFailure, classify, is_checksum_mismatch, unreadable, unwritable};
use super::file::NewFile;
use super::journal::{Identity, Key, Line, SavedToken, State};
use super::plan::{FileUpload, Phase, UploadedBytes};
use super::shared::{Shared, seconds};
use super::version::Version;
use super::waits::Waits;
use super::{Rejection, RejectionReason, UploadEvent};

/// The upload of the bytes of one file.
pub(super) struct BytesUpload {
    shared: Arc<Shared>,
    index: usize,
    file: NewFile,
    key: Key,
    /// The session that can be resumed.
    session: Arc<Mutex<Option<SavedSession>>>,
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
            let (version, content) = self.identify().await?;
            let Some((identity, known)) = self.find(&version, content).await? else {
                continue;
            };
            let is_resumed = match known {
                Some(Phase::Done(outcome)) => return Err(UploadFailure::Known(Box::new(outcome))),
                Some(Phase::Uploaded(bytes)) => return Ok(bytes),
                Some(Phase::Pending(Some(session))) => {
                    *self.session() = Some(session);
                    true
                }
                _ => self.session().is_some(),
            };
            let sent = self.send(&identity).await?;
            if let Some(token) = sent {
                // The session may be one that another account opened: see `UploadedBytes`.
                let noted = self.note(&token, version, identity, !is_resumed).await?;
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

    /// The version of the file and its bytes, which are read only if no earlier run did.
    async fn identify(&self) -> Result<(Version, Content), UploadFailure> {
        let (path, file) = (self.file.path.clone(), self.key.file.clone());
        let journal = self.shared.journal.clone();
        let (version, content) = at_once(move || {
            let version = Version::of(&path).map_err(unreadable)?;
            let known = journal.content(&file, version.text());
            let content = match known.map_err(unwritable)? {
                None if version.size <= Content::SMALL => Content::read_small(&path),
                known => Ok(known),
            };
            Ok((version, content.map_err(unreadable)?))
        })
        .await?;
        let content = match content {
            Some(content) => content,
            None => Content::read(self.file.path.clone())
                .await
                .map_err(unreadable)?,
        };
        Ok((version, content))
    }

    /// Where an earlier run left the same bytes; `None` if the file is another version by now.
    async fn find(
        &self,
        version: &Version,
        content: Content,
    ) -> Result<Option<(Identity, Option<Phase>)>, UploadFailure> {
        if content.size != version.size {
            return Ok(None);
        }
        let (path, before) = (self.file.path.clone(), version.clone());
        let (shared, key) = (self.shared.clone(), self.key.clone());
        let identity = Identity {
            content,
            fingerprint: version.fingerprint(),
        };
        at_once(move || {
            if Version::of(&path).map_err(unreadable)? != before {
                return Ok(None);
            }
            let state = shared.journal.find(&key, &identity).map_err(unwritable)?;
            let phase = state.map(|state| Phase::after(state, identity.clone()));
            let retry_rejected = shared.settings.retry_rejected;
            let phase = phase.filter(|phase| !phase.is_tried_again(retry_rejected));
            Ok(Some((identity, phase)))
        })
        .await
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

    /// Notes a token; `None` if the file is another version by now.
    async fn note(
        &self,
        token: &UploadToken,
        before: Version,
        version: Identity,
        is_fresh: bool,
    ) -> Result<Option<UploadedBytes>, UploadFailure> {
        let token = SavedToken {
            token: token.as_str().to_owned(),
            // The age of tokens goes by one clock, and that of the client may be another.
            at: seconds(self.shared.photos.clock().system_time()),
        };
        let line = Line {
            key: self.key.clone(),
            identity: version.clone(),
            state: State::Uploaded(token.clone()),
        };
        let (path, journal) = (self.file.path.clone(), self.shared.journal.clone());
        at_once(move || {
            if Version::of(&path).map_err(unreadable)? != before {
                return Ok(None);
            }
            journal.note(&[line]).map_err(unwritable)?;
            Ok(Some(UploadedBytes {
                token,
                version,
                is_fresh,
            }))
        })
        .await
    }

    fn session(&self) -> MutexGuard<'_, Option<SavedSession>> {
        self.session.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Does what waits for the disk on a thread that may: a change of threads for each step of it would
/// cost more than the steps.
async fn at_once<T: Send + 'static>(
    work: impl FnOnce() -> Result<T, UploadFailure> + Send + 'static,
) -> Result<T, UploadFailure> {
    let done = blocking(move || Ok(work())).await;
    done.map_err(unreadable)?
}
