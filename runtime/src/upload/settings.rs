//! What a caller can choose about an upload.

use super::callback::Callback;
use super::{Progress, Resumable, SavedSession};

/// What a caller can choose about an upload.
#[derive(Debug, Default)]
pub(super) struct Settings {
    pub(super) content_type: Option<String>,
    pub(super) file_name: Option<String>,
    pub(super) sha1: Option<[u8; 20]>,
    pub(super) resumable: Option<Resumable>,
    /// In bytes.
    pub(super) chunk_size: Option<u64>,
    /// Hosts where sessions may be.
    pub(super) hosts: Vec<String>,
    pub(super) on_progress: Callback<Progress>,
    pub(super) on_session: Callback<SavedSession>,
}

/// How much is sent at once, without a choice of the caller. Each chunk costs a round trip; a
/// broken one costs what it has.
pub(super) const CHUNK_SIZE: u64 = 16 << 20;
