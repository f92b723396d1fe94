//! What a caller can choose about an upload.

use std::fmt;
use std::sync::Arc;

use super::progress::Listener;
use super::{Resumable, SavedSession};

/// What a caller can choose about an upload.
#[derive(Clone, Debug, Default)]
pub(super) struct Settings {
    pub(super) content_type: Option<String>,
    pub(super) file_name: Option<String>,
    pub(super) resumable: Option<Resumable>,
    /// In bytes.
    pub(super) chunk_size: Option<u64>,
    /// Hosts where sessions may be.
    pub(super) hosts: Vec<String>,
    pub(super) progress: Listener,
    pub(super) opened: Opened,
}

/// How much is sent at once, without a choice of the caller. Each chunk costs a round trip; a
/// broken one costs what it has.
pub(super) const CHUNK_SIZE: u64 = 16 << 20;

/// Who is told of sessions.
#[derive(Clone, Default)]
pub(super) struct Opened(Option<Arc<SessionListener>>);

type SessionListener = dyn Fn(&SavedSession) + Send + Sync;

impl Opened {
    pub(super) fn new(listener: impl Fn(&SavedSession) + Send + Sync + 'static) -> Self {
        Self(Some(Arc::new(listener)))
    }

    pub(super) fn tell(&self, session: &SavedSession) {
        if let Some(listener) = &self.0 {
            listener(session);
        }
    }
}

impl fmt::Debug for Opened {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(if self.0.is_some() { "set" } else { "none" })
    }
}
