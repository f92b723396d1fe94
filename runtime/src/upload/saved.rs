//! Sessions that are kept, so that another process can resume them.

use std::fmt;
use std::time::{Duration, SystemTime, UNIX_EPOCH};

use serde::{Deserialize, Serialize};

use super::Fingerprint;

/// How long sessions last. It is said for one service that speaks the protocol, and nobody says
/// something else for the others.
const LIFETIME: Duration = Duration::from_secs(7 * 24 * 3600);

/// A session of an upload to [resume](super::Upload::resume) later, in this process or in
/// another one.
///
/// It implements `Serialize` and `Deserialize`. What is written holds the address of the session,
/// with which anybody can write to the upload: keep it like a password. `Debug` does not show it.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SavedSession {
    pub(super) method: String,
    pub(super) url: String,
    pub(super) granularity: u64,
    pub(super) length: u64,
    pub(super) fingerprint: Fingerprint,
    /// In seconds since 1970.
    opened_at: u64,
}

impl SavedSession {
    pub(super) fn new(
        method: &str,
        url: &str,
        granularity: u64,
        (length, fingerprint): (u64, &Fingerprint),
        opened_at: SystemTime,
    ) -> Self {
        let opened_at = opened_at.duration_since(UNIX_EPOCH).unwrap_or_default();
        Self {
            method: method.to_owned(),
            url: url.to_owned(),
            granularity,
            length,
            fingerprint: fingerprint.clone(),
            opened_at: opened_at.as_secs(),
        }
    }

    /// When it was opened.
    pub fn opened_at(&self) -> SystemTime {
        UNIX_EPOCH
            .checked_add(Duration::from_secs(self.opened_at))
            .unwrap_or(UNIX_EPOCH)
    }

    /// When the server probably forgets it: after a week. Going on with it later begins the upload
    /// again.
    pub fn expires_at(&self) -> SystemTime {
        let opened_at = self.opened_at();
        opened_at.checked_add(LIFETIME).unwrap_or(opened_at)
    }

    /// The bytes of the upload.
    pub fn length(&self) -> u64 {
        self.length
    }
}

impl fmt::Debug for SavedSession {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter
            .debug_struct("SavedSession")
            .field("method", &self.method)
            .field("length", &self.length)
            .field("opened_at", &self.opened_at())
            .finish_non_exhaustive()
    }
}
