//! What is to do for each file, by what is known of it.

use std::collections::HashMap;
use std::path::PathBuf;
use std::time::SystemTime;

use discovery_runtime::upload::SavedSession;

use super::file::{NewFile, Version};
use super::journal::{Journal, Key, Line, State};
use super::{Outcome, Rejection};

/// One file of a run.
pub(super) struct Job {
    pub(super) file: NewFile,
    pub(super) key: Key,
    pub(super) phase: Phase,
    /// Whether the outcome is that of an earlier run.
    pub(super) earlier: bool,
    /// How often its item was asked for in this run without a verdict.
    pub(super) tries: u32,
}

/// How far a file is in this run.
pub(super) enum Phase {
    /// Its bytes are to go up, from where a session is.
    Waiting(Option<SavedSession>),
    /// Its bytes go up, or its item is being created.
    Busy,
    /// Its item can be created.
    Ready(Token),
    Done(Outcome),
    /// The same file as an earlier one of the input.
    Repeated(usize),
}

/// Bytes that are at the service.
#[derive(Clone)]
pub(super) struct Token {
    pub(super) text: String,
    /// In seconds since 1970.
    pub(super) at: u64,
    pub(super) version: String,
    /// Whether this run uploaded the bytes: if not, a rejection can be about the token.
    pub(super) fresh: bool,
}

impl Job {
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
pub(super) fn plan(files: Vec<NewFile>, album: Option<&str>, journal: &Journal) -> Vec<Job> {
    let mut first = HashMap::new();
    let jobs = files.into_iter().enumerate().map(|(index, file)| {
        let key = Key {
            file: file.key(),
            album: album.map(str::to_owned),
        };
        let (phase, earlier) = match *first.entry(key.file.clone()).or_insert(index) {
            first if first != index => (Phase::Repeated(first), false),
            _ => match file.check() {
                Ok(version) => known(journal, &key, &version),
                Err(rejection) => (Phase::Done(Outcome::Rejected(rejection)), false),
            },
        };
        Job {
            file,
            key,
            phase,
            earlier,
            tries: 0,
        }
    });
    jobs.collect()
}

/// Where an earlier run left a file.
fn known(journal: &Journal, key: &Key, version: &Version) -> (Phase, bool) {
    let version = version.text();
    let done = |outcome| (Phase::Done(outcome), true);
    match journal.state(key, &version) {
        None => (Phase::Waiting(None), false),
        Some(State::Session(session)) => {
            let session = Some(session).filter(|session| SystemTime::now() < session.expires_at());
            (Phase::Waiting(session), false)
        }
        Some(State::Uploaded(saved) | State::Creating(saved)) => (
            Phase::Ready(Token {
                text: saved.token,
                at: saved.at,
                version,
                fresh: false,
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
