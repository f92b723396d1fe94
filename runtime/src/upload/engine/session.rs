//! What is known of a session at the server.

use super::Chunk;

/// A session at the server.
#[derive(Debug)]
pub(super) struct SessionState {
    /// The bytes that the server said it has.
    pub(super) acknowledged: u64,
    /// The bytes that it can have at most.
    pub(super) sent: u64,
    /// Whether it may have been told that there are no more.
    pub(super) all_sent: bool,
    /// Whether it may have made something of all bytes: the last one was sent, and the server
    /// neither rejected that request nor said since that the session is open.
    pub(super) in_doubt: bool,
    /// Whether an earlier process opened it, and nothing was heard of it since.
    unheard: bool,
}

impl SessionState {
    pub(super) fn new() -> Self {
        Self {
            acknowledged: 0,
            sent: 0,
            all_sent: false,
            in_doubt: false,
            unheard: false,
        }
    }

    /// A session of which nobody knows any more how far it came.
    pub(super) fn resumed(total: u64) -> Self {
        Self {
            acknowledged: 0,
            sent: total,
            all_sent: true,
            in_doubt: true,
            unheard: true,
        }
    }

    /// Takes in what a request carried, and whether the server surely made nothing of it.
    pub(super) fn note_sent(&mut self, chunk: Chunk, rejected: bool) {
        self.sent = self.sent.max(chunk.end());
        self.all_sent |= chunk.last;
        self.in_doubt |= chunk.last && !rejected;
    }

    /// Takes in what the server has.
    pub(super) fn accept(&mut self, received: u64) {
        self.acknowledged = received;
        // A session that takes more bytes has made nothing of them yet.
        self.in_doubt = false;
        if std::mem::take(&mut self.unheard) {
            // It is open, so the earlier process did not close it.
            self.all_sent = false;
        }
    }
}
