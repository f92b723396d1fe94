//! Upload tokens and resumable upload sessions.

use std::collections::BTreeMap;

use bytes::{Bytes, BytesMut};
use jiff::{SignedDuration, Timestamp};

use crate::clock::plus;

/// Chunks other than the last must be a multiple of this many bytes.
pub(crate) const GRANULARITY: usize = 262_144;
/// How long an upload token can be turned into an item.
pub(crate) const TOKEN_LIFETIME: SignedDuration = SignedDuration::from_hours(24);
/// How long a session can be continued: documented for a sibling API with the same protocol.
pub(crate) const SESSION_LIFETIME: SignedDuration = SignedDuration::from_hours(7 * 24);

/// Bytes that wait to become an item.
#[derive(Clone, Debug)]
pub(crate) struct Upload {
    pub(crate) user: String,
    pub(crate) client: String,
    pub(crate) bytes: Bytes,
    pub(crate) sha1: [u8; 20],
    /// The name of the deprecated file name header.
    pub(crate) file_name: String,
    pub(crate) created: Timestamp,
}

impl Upload {
    pub(crate) fn is_usable(&self, user: &str, client: &str, now: Timestamp) -> bool {
        self.user == user && self.client == client && now < plus(self.created, TOKEN_LIFETIME)
    }
}

/// One resumable upload, as the emulator keeps it.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct UploadSession {
    /// The `upload_id` of the session URL.
    pub id: String,
    /// Who started it.
    pub user: String,
    /// `active`, `final` or `cancelled`.
    pub status: &'static str,
    /// The announced size in bytes; `None` when it was left out or zero.
    pub total: Option<u64>,
    /// What was committed so far; empty once the session has ended.
    pub received: BytesMut,
    pub(crate) client: String,
    pub(crate) file_name: String,
    pub(crate) created: Timestamp,
}

/// Every session and every upload token.
#[derive(Debug, Default)]
pub(crate) struct Uploads {
    pub(crate) sessions: BTreeMap<String, UploadSession>,
    pub(crate) tokens: BTreeMap<String, Upload>,
    /// Outcomes that a test planned for single tokens: code and message.
    pub(crate) planned_failures: BTreeMap<String, (i32, String)>,
}
