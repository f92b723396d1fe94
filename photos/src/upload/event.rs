//! What a run tells its caller while it is under way.

use std::fmt;
use std::path::Path;
use std::sync::Arc;
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
    /// The service said that calls come too fast: the run waits.
    Waiting {
        /// How long.
        delay: Duration,
    },
}

/// The function of the caller that is told, if there is one.
#[derive(Clone, Default)]
pub(super) struct Listener(Option<Arc<Callback>>);

type Callback = dyn Fn(UploadEvent<'_>) + Send + Sync;

impl Listener {
    pub(super) fn new(listener: impl Fn(UploadEvent<'_>) + Send + Sync + 'static) -> Self {
        Self(Some(Arc::new(listener)))
    }

    pub(super) fn call(&self, event: UploadEvent<'_>) {
        if let Some(listener) = &self.0 {
            listener(event);
        }
    }
}

impl fmt::Debug for Listener {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(if self.0.is_some() { "set" } else { "none" })
    }
}
