//! A file that keeps a grant: readable after a crash at any moment, closed to other users, and
//! shared by processes without harm.

mod foreign;
mod record;

use std::io;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;

use self::foreign::foreign;
pub(super) use self::record::{DatedToken, Record};
use super::OAuthError;
use crate::Clock;
use crate::blocking::blocking;
use crate::private_file::{Folder, Lock};

/// The most that a token file has, in bytes.
const SIZE_LIMIT: usize = 64 * 1024;

/// How often a lock that somebody else has is tried.
const LOCK_INTERVAL: Duration = Duration::from_millis(20);

/// How long to wait for it. Whoever has it refreshes a token, which has a limit of its own.
const LOCK_LIMIT: Duration = Duration::from_secs(60);

/// Where a grant is kept.
#[derive(Clone)]
pub(super) struct TokenStore {
    path: Arc<Path>,
}

/// A store that nobody else reads or writes right now, as far as the file system has locks.
pub(super) struct OpenStore {
    path: Arc<Path>,
    inner: Arc<Inner>,
}

struct Inner {
    folder: Arc<Folder>,
    lock: io::Result<Lock>,
}

/// What is in a store.
pub(super) enum Content {
    Nothing,
    Grant(Record),
    /// A token file that is of no use, and why.
    Unusable(String),
    /// A file of somebody else, and what it seems to be. It is left alone.
    Foreign(&'static str),
}

impl TokenStore {
    pub(super) fn new(path: PathBuf) -> Self {
        Self { path: path.into() }
    }

    pub(super) fn path(&self) -> &Path {
        &self.path
    }

    /// Waits until nobody else is at the store.
    pub(super) async fn open(&self, clock: &dyn Clock) -> Result<OpenStore, OAuthError> {
        let path = self.path.clone();
        let folder = blocking(move || Folder::open_private(&path).map(Arc::new)).await;
        let folder = folder.map_err(|error| failure(&self.path, "used", error))?;
        let start = clock.now();
        loop {
            let trying = folder.clone();
            let lock = match blocking(move || trying.try_lock()).await {
                Ok(Some(lock)) => Ok(lock),
                // Such as a file system that is read-only: what it has can be read all the same.
                Err(error) => Err(error),
                Ok(None) if clock.now().saturating_sub(start) < LOCK_LIMIT => {
                    clock.sleep(LOCK_INTERVAL).await;
                    continue;
                }
                Ok(None) => {
                    let path = self.path.display();
                    let message =
                        format!("another process does not let go of the token file {path}");
                    return Err(OAuthError::transient(message));
                }
            };
            return Ok(OpenStore {
                path: self.path.clone(),
                inner: Arc::new(Inner { folder, lock }),
            });
        }
    }
}

impl OpenStore {
    /// Reads what is there.
    pub(super) async fn load(&self) -> Result<Content, OAuthError> {
        let content = self
            .with("read", |inner| inner.folder.read(SIZE_LIMIT))
            .await?;
        let Some(text) = content else {
            return Ok(Content::Nothing);
        };
        if text.len() > SIZE_LIMIT {
            return Ok(Content::Foreign("a file that is longer than any"));
        }
        Ok(match (Record::read(&text), foreign(&text)) {
            (Ok(record), _) => Content::Grant(record),
            (Err(_), Some(kind)) => Content::Foreign(kind),
            (Err(reason), None) => Content::Unusable(reason),
        })
    }

    /// Replaces what is there. It is done or not done, even if the future is dropped.
    pub(super) async fn save(&self, record: &Record) -> Result<(), OAuthError> {
        let text = record.write().map_err(|error| {
            OAuthError::permanent("the grant can't be written").with_source(error)
        })?;
        self.with("written", move |inner| {
            inner.folder.replace(&text, inner.lock()?)
        })
        .await
    }

    /// Removes what is there.
    pub(super) async fn remove(&self) -> Result<(), OAuthError> {
        self.with("removed", |inner| inner.folder.remove(inner.lock()?))
            .await
    }

    /// The error for a file of somebody else.
    pub(super) fn is_foreign(&self, kind: &str) -> OAuthError {
        let path = self.path.display();
        OAuthError::configuration(format!(
            "{path} is no token file, it seems to be {kind}: give the store the path of a file of \
             its own, or move this one away"
        ))
    }

    /// Fails if nothing can be saved, as far as that can be known before.
    pub(super) fn check_writable(&self) -> Result<(), OAuthError> {
        self.inner
            .lock()
            .map(|_| ())
            .map_err(|error| failure(&self.path, "locked", error))
    }

    async fn with<T: Send + 'static>(
        &self,
        done: &str,
        work: impl FnOnce(&Inner) -> io::Result<T> + Send + 'static,
    ) -> Result<T, OAuthError> {
        // The work keeps the lock: it goes on when nobody waits for it any more.
        let inner = self.inner.clone();
        let worked = blocking(move || work(&inner)).await;
        worked.map_err(|error| failure(&self.path, done, error))
    }
}

impl Inner {
    fn lock(&self) -> io::Result<&Lock> {
        self.lock
            .as_ref()
            .map_err(|error| io::Error::new(error.kind(), error.to_string()))
    }
}

fn failure(path: &Path, done: &str, error: io::Error) -> OAuthError {
    OAuthError::io(
        format!("the token file {} can't be {done}", path.display()),
        error,
    )
}
