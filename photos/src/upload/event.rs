//! What a run tells its caller while it is under way.

use std::fmt;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use super::Outcome;

/// What happens in a run.
#[derive(Clone, Copy, Debug)]
#[non_exhaustive]
pub enum UploadEvent<'a> {
    /// Bytes of a file are at the service. It starts at 0 once more if the service lost them.
    Uploading {
        /// The place of the file in the input.
        index: usize,
        /// Where the file is.
        path: &'a Path,
        /// The bytes that the service says that it has.
        acknowledged: u64,
        /// All bytes of the file.
        total: u64,
    },
    /// The bytes of a file are at the service; its item is not created yet.
    Uploaded {
        /// The place of the file in the input.
        index: usize,
        /// Where the file is.
        path: &'a Path,
    },
    /// It is known what became of a file.
    Finished {
        /// The place of the file in the input.
        index: usize,
        /// Where the file is.
        path: &'a Path,
        /// What became of it.
        outcome: &'a Outcome,
    },
    /// A call waits before it is made again; others go on. Uploads wait side by side, and each tells.
    Waiting {
        /// How long.
        delay: Duration,
        /// What for.
        reason: WaitReason,
    },
}

/// What a run waits for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum WaitReason {
    /// The service said that calls come too fast.
    RateLimit,
    /// Nothing can be sent: there is no network, no such name or no connection.
    Outage,
}

/// The function of the caller that is told, if there is one.
#[derive(Clone, Default)]
pub(super) struct Listener {
    callback: Option<Arc<Callback>>,
    /// It is not called again: what it keeps may be half changed.
    has_panicked: Arc<AtomicBool>,
}

type Callback = dyn Fn(UploadEvent<'_>) + Send + Sync;

impl Listener {
    pub(super) fn new(listener: impl Fn(UploadEvent<'_>) + Send + Sync + 'static) -> Self {
        Self {
            callback: Some(Arc::new(listener)),
            has_panicked: Arc::default(),
        }
    }

    pub(super) fn call(&self, event: UploadEvent<'_>) {
        let Some(listener) = &self.callback else {
            return;
        };
        if self.has_panicked.load(Ordering::Relaxed) {
            return;
        }
        // A mistake in what shows the progress is no reason to lose the upload.
        if catch_unwind(AssertUnwindSafe(|| listener(event))).is_err() {
            self.has_panicked.store(true, Ordering::Relaxed);
        }
    }
}

impl fmt::Debug for Listener {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(if self.callback.is_some() {
            "set"
        } else {
            "none"
        })
    }
}
