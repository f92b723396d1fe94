//! Going back to where everything that came is safe, such as on a disk.

use super::Fetch;
use crate::download::checksum::Running;

/// How far a download was, so that it can go on from there.
#[derive(Clone, Default)]
pub(in crate::download) struct Checkpoint {
    received: u64,
    /// What the reader had: more than was here if that was of no use any more.
    delivered: u64,
    running: Running,
}

impl Fetch {
    /// How far it is now.
    pub(in crate::download) fn checkpoint(&self) -> Checkpoint {
        Checkpoint {
            received: self.position.received,
            delivered: self.delivered,
            running: self.running.clone(),
        }
    }

    /// Forgets what came after a checkpoint.
    pub(in crate::download) fn rewind(&mut self, to: Checkpoint) {
        if to.received < self.position.received {
            self.response = None;
            self.position.received = to.received;
            self.running = to.running;
            self.ended = false;
        }
        self.delivered = to.delivered;
    }
}
