//! What is to do for each file, by what is known of it.

use std::collections::HashMap;
use std::path::PathBuf;
use std::time::SystemTime;

use discovery_runtime::upload::SavedSession;

use super::file::NewFile;
use super::journal::{Journal, Key, Line, SavedToken, State};
use super::version::Version;
use super::{Outcome, Rejection};

/// One file of a run, on its way from the disk to an item.
pub(super) struct FileUpload {
    pub(super) file: NewFile,
    pub(super) key: Key,
    pub(super) phase: Phase,
    /// Whether the outcome is that of an earlier run.
    pub(super) from_earlier_run: bool,
    /// How often its item was requested in this run and failed for a transient reason.
    pub(super) failed_requests: u32,
    /// How often its bytes were sent in this run.
    pub(super) uploads: u32,
}

/// How far a file is in this run.
pub(super) enum Phase {
    /// Its bytes are to go up, from where a session is.
    Pending(Option<SavedSession>),
    /// Its bytes go up, or its item is being created.
    InProgress,
    /// Its item can be created.
    Uploaded(UploadedBytes),
    Done(Outcome),
    /// The same file as an earlier one of the input.
    Duplicate(usize),
}

/// Bytes that are at the service.
#[derive(Clone)]
pub(super) struct UploadedBytes {
    pub(super) token: SavedToken,
    pub(super) version: String,
    /// Whether this run uploaded the bytes: if not, a rejection can be about the token.
    pub(super) is_fresh: bool,
}

impl FileUpload {
    pub(super) fn path(&self) -> PathBuf {
        self.file.path.clone()
    }

    /// The line that notes a state of it.
    pub(super) fn line(&self, version: &str, state: State) -> Line {
        Line {
            key: self.key.clone(),
            version: version.to_owned(),
            state,
        }
    }
}

/// What is to do for each file. It reads their sizes, and the first bytes of those that are too
/// large for a photo.
pub(super) fn plan(files: Vec<NewFile>, album: Option<&str>, journal: &Journal) -> Vec<FileUpload> {
    let mut first = HashMap::new();
    let uploads = files.into_iter().enumerate().map(|(index, file)| {
        let key = Key {
            file: file.key(),
            album: album.map(str::to_owned),
        };
        let (phase, from_earlier_run) = match *first.entry(key.file.clone()).or_insert(index) {
            first if first != index => (Phase::Duplicate(first), false),
            _ => match file.check() {
                Ok(version) => known(journal, &key, &version),
                Err(rejection) => (Phase::Done(Outcome::Rejected(rejection)), false),
            },
        };
        FileUpload {
            file,
            key,
            phase,
            from_earlier_run,
            failed_requests: 0,
            uploads: 0,
        }
    });
    uploads.collect()
}

/// Where an earlier run left a file.
fn known(journal: &Journal, key: &Key, version: &Version) -> (Phase, bool) {
    let version = version.text();
    let done = |outcome| (Phase::Done(outcome), true);
    match journal.state(key, &version) {
        None => (Phase::Pending(None), false),
        Some(State::Session(session)) => {
            let session = Some(session).filter(|session| SystemTime::now() < session.expires_at());
            (Phase::Pending(session), false)
        }
        Some(State::Uploaded(token) | State::Creating(token)) => (
            Phase::Uploaded(UploadedBytes {
                token,
                version,
                is_fresh: false,
            }),
            false,
        ),
        Some(State::Created {
            item,
            already: false,
        }) => done(Outcome::Created { media_item: item }),
        Some(State::Created {
            item,
            already: true,
        }) => done(Outcome::AlreadyThere { media_item: item }),
        Some(State::Rejected { code, message }) => {
            done(Outcome::Rejected(Rejection::by_service(code, message)))
        }
    }
}
