//! The bytes of one file, on their way to the service.

use std::io;
use std::path::PathBuf;
use std::sync::{Arc, Mutex, PoisonError};

use discovery_runtime::Error;
use discovery_runtime::upload::{Resumable, SavedSession, UploadToken};

use super::file::{NewFile, Version};
use super::journal::{Key, Line, SavedToken, State};
use super::plan::Token;
use super::shared::{Shared, seconds};
use super::stop::{Stop, StopReason};
use super::wait::Waits;
use super::{Rejection, RejectionReason, UploadEvent};
use crate::blocking::blocking;

/// A file whose bytes are to go up.
pub(super) struct Cargo {
    pub(super) index: usize,
    pub(super) file: NewFile,
    pub(super) key: Key,
    pub(super) session: Option<SavedSession>,
}

/// Why there is no token.
pub(super) enum Trouble {
    /// Nothing is to be made of the file.
    Rejected(Rejection),
    /// Another time it may work.
    Failed(String),
    /// It concerns all files.
    Stop(Stop),
}

/// Uploads a file and notes the token.
pub(super) async fn upload(shared: Arc<Shared>, cargo: Cargo) -> Result<Token, Trouble> {
    let Cargo {
        index,
        file,
        key,
        session,
    } = cargo;
    let mut ship = Ship {
        shared,
        index,
        file,
        key,
        session: Arc::new(Mutex::new(session)),
    };
    // A file that is changed while it goes up gets a second chance, and not a third.
    for _ in 0..2 {
        let before = ship.version().await?;
        let Some(token) = ship.send(&before).await? else {
            continue;
        };
        if ship.version().await? == before {
            return ship.note(&token, &before).await;
        }
    }
    let message = "somebody writes to the file";
    Err(Trouble::Rejected(Rejection::new(
        RejectionReason::Changing,
        message,
    )))
}

struct Ship {
    shared: Arc<Shared>,
    index: usize,
    file: NewFile,
    key: Key,
    /// The session that can be gone on with.
    session: Arc<Mutex<Option<SavedSession>>>,
}

impl Ship {
    async fn version(&self) -> Result<Version, Trouble> {
        let path = self.file.path.clone();
        let version = blocking(move || Version::of(&path)).await;
        let unreadable =
            |error: io::Error| Rejection::new(RejectionReason::Unreadable, error.to_string());
        version.map_err(unreadable).map_err(Trouble::Rejected)
    }

    /// Uploads one version; `None` if the file is another one by now.
    async fn send(&mut self, version: &Version) -> Result<Option<UploadToken>, Trouble> {
        let mut waits = Waits::default();
        loop {
            let session = self
                .session
                .lock()
                .unwrap_or_else(PoisonError::into_inner)
                .take();
            let resumed = session.is_some();
            let error = match self.attempt(version, session).await {
                Ok(token) => return Ok(Some(token)),
                Err(error) => error,
            };
            if waits.wait(&self.shared, &error).await {
                continue;
            }
            if error.is_source_changed() {
                return Ok(None);
            }
            // A session that can't be gone on with, such as one of another server, is left alone.
            let useless = error.is_untrusted_url()
                || (error.is_invalid_argument() && error.http_status().is_none());
            if !(resumed && useless) {
                return Err(judge(error));
            }
        }
    }

    async fn attempt(
        &self,
        version: &Version,
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
                *self.session.lock().unwrap_or_else(PoisonError::into_inner) = session.save();
                sent
            }
        }
    }

    /// Notes a session before bytes go there.
    fn note_session(&self, version: &Version) -> impl Fn(&SavedSession) + Send + Sync + 'static {
        let (shared, key, version) = (self.shared.clone(), self.key.clone(), version.text());
        let current = self.session.clone();
        move |session| {
            *current.lock().unwrap_or_else(PoisonError::into_inner) = Some(session.clone());
            let state = State::Session(session.clone());
            // If it can't be written, the token can't either, and that ends the run.
            let _ = shared.journal.note(vec![Line {
                key: key.clone(),
                version: version.clone(),
                state,
            }]);
        }
    }

    fn tell_progress(
        &self,
    ) -> impl Fn(discovery_runtime::upload::Progress) + Send + Sync + 'static {
        let (shared, index, path): (_, _, PathBuf) =
            (self.shared.clone(), self.index, self.file.path.clone());
        move |progress| {
            let (acknowledged, total) = (progress.acknowledged, progress.total);
            shared.settings.on_event.call(UploadEvent::Uploading {
                index,
                path: &path,
                acknowledged,
                total,
            });
        }
    }

    async fn note(&self, token: &UploadToken, version: &Version) -> Result<Token, Trouble> {
        let token = Token {
            text: token.as_str().to_owned(),
            // The age of tokens goes by one clock, and that of the client may be another.
            at: seconds(self.shared.photos.clock().system_time()),
            version: version.text(),
            fresh: true,
        };
        let saved = SavedToken {
            token: token.text.clone(),
            at: token.at,
        };
        let line = Line {
            key: self.key.clone(),
            version: version.text(),
            state: State::Uploaded(saved),
        };
        let noted = self.shared.journal.record(vec![line]).await;
        noted.map_err(|error| Trouble::Stop(Stop::because(StopReason::Journal, error)))?;
        Ok(token)
    }
}

/// What a failure means for the file and for the others.
fn judge(error: Error) -> Trouble {
    let rejected = |reason, error: &Error| Trouble::Rejected(Rejection::new(reason, text(error)));
    if error.is_source() {
        rejected(RejectionReason::Unreadable, &error)
    } else if error.is_invalid_argument() && error.http_status().is_none() {
        rejected(RejectionReason::UnsupportedType, &error)
    } else if let Some(reason) = Stop::of(&error) {
        Trouble::Stop(Stop::because(reason, error))
    } else {
        Trouble::Failed(text(&error))
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
