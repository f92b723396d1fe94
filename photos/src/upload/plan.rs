//! What is to do for each file, by what is known of it.

use std::collections::HashMap;
use std::io;
use std::path::PathBuf;
use std::time::SystemTime;

use discovery_runtime::upload::SavedSession;

use super::codes::{CodeMeaning, classify_code};
use super::file::{LastFolder, NewFile};
use super::journal::{Identity, Journal, Key, Line, SavedToken, State};
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
    pub(super) version: Identity,
    /// Whether this run uploaded all of the bytes: if not, a rejection can be about the token.
    pub(super) is_fresh: bool,
}

impl FileUpload {
    pub(super) fn path(&self) -> PathBuf {
        self.file.path.clone()
    }

    /// The line that notes a state of it.
    pub(super) fn line(&self, version: &Identity, state: State) -> Line {
        Line {
            key: self.key.clone(),
            identity: version.clone(),
            state,
        }
    }
}

/// What is to do for each file, by what the file system says of it. Files that are not where an earlier
/// run found them, or not what they were, are known again when they are read.
pub(super) fn plan(
    files: Vec<NewFile>,
    album: Option<&str>,
    journal: &Journal,
) -> io::Result<Vec<FileUpload>> {
    let (folder, mut last) = (journal.folder(), LastFolder::default());
    let mut first = HashMap::new();
    let uploads = files.into_iter().enumerate().map(|(index, file)| {
        let key = Key {
            file: file.key(folder.as_deref(), &mut last),
            album: album.map(str::to_owned),
        };
        let (phase, from_earlier_run) = match *first.entry(key.file.clone()).or_insert(index) {
            first if first != index => (Phase::Duplicate(first), false),
            _ => match file.check() {
                Ok(version) => known(journal, &key, &version)?,
                Err(rejection) => (Phase::Done(Outcome::Rejected(rejection)), false),
            },
        };
        Ok(FileUpload {
            file,
            key,
            phase,
            from_earlier_run,
            failed_requests: 0,
            uploads: 0,
        })
    });
    uploads.collect()
}

/// Where an earlier run left a file that looks as it did then.
fn known(journal: &Journal, key: &Key, version: &Version) -> io::Result<(Phase, bool)> {
    let Some(content) = journal.content(&key.file, version.text())? else {
        return Ok((Phase::Pending(None), false));
    };
    let identity = Identity {
        content,
        fingerprint: Some(version.text().to_owned()),
    };
    let state = journal.find(key, &identity)?;
    let phase = state.map_or(Phase::Pending(None), |state| Phase::after(state, identity));
    let is_done = matches!(phase, Phase::Done(_));
    Ok((phase, is_done))
}

impl Phase {
    /// What follows the state in which an earlier run left bytes.
    pub(super) fn after(state: State, version: Identity) -> Self {
        match state {
            State::Session(session) => {
                Self::Pending(Some(session).filter(|one| SystemTime::now() < one.expires_at()))
            }
            State::Uploaded(token) | State::Creating(token) => Self::Uploaded(UploadedBytes {
                token,
                version,
                is_fresh: false,
            }),
            State::Created {
                item,
                already: false,
            } => Self::Done(Outcome::Created { media_item: item }),
            State::Created {
                item,
                already: true,
            } => Self::Done(Outcome::AlreadyThere { media_item: item }),
            State::Rejected { code, message } => {
                Self::Done(Outcome::Rejected(Rejection::by_service(code, message)))
            }
        }
    }

    /// Whether a file that the journal has as rejected is tried again: the caller asks for it, or what
    /// the service said need not be about the file.
    pub(super) fn is_tried_again(&self, retry_rejected: bool) -> bool {
        let Self::Done(Outcome::Rejected(rejection)) = self else {
            return false;
        };
        rejection
            .code()
            .is_some_and(|code| retry_rejected || classify_code(code) != CodeMeaning::Final)
    }
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use super::super::content::Content;
    use super::super::journal::Header;
    use super::*;

    /// The file has other bytes than the journal says, which only reading it would show.
    #[test]
    fn a_file_that_looks_the_same_is_not_read_again() {
        // It was changed long enough ago.
        let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("Cargo.toml");
        let folder = tempfile::tempdir().unwrap();
        let at = folder.path().join("journal");
        let open = || {
            let header = Header::new("https://a.example/", None);
            Journal::open(Some(&at), &header).unwrap()
        };
        let file = || vec![NewFile::from(&path).content_type("image/png")];
        let journal = open();
        let planned = plan(file(), None, &journal).unwrap();
        assert!(matches!(planned[0].phase, Phase::Pending(None)));
        let identity = Identity {
            content: Content::of(b"something else"),
            fingerprint: Version::of(&path).unwrap().fingerprint(),
        };
        assert!(identity.fingerprint.is_some());
        let state = State::Rejected {
            code: 3,
            message: "no media".to_owned(),
        };
        let line = planned[0].line(&identity, state);
        journal.note(&[line]).unwrap();
        drop((journal, planned));
        let planned = plan(file(), None, &open()).unwrap();
        assert!(matches!(planned[0].phase, Phase::Done(_)));
    }
}
