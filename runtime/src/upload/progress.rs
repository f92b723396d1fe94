//! How far an upload is.

use std::fmt;
use std::sync::Arc;

/// How far an upload is: what the server says that it has, not what was sent.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Progress {
    /// The bytes that the server has. It falls back to 0 if the server lost the upload and it
    /// begins again.
    pub acknowledged: u64,
    /// All bytes.
    pub total: u64,
}

/// Who is told.
#[derive(Clone, Default)]
pub(super) struct Listener(Option<Arc<dyn Fn(Progress) + Send + Sync>>);

impl Listener {
    pub(super) fn new(listener: impl Fn(Progress) + Send + Sync + 'static) -> Self {
        Self(Some(Arc::new(listener)))
    }

    pub(super) fn tell(&self, acknowledged: u64, total: u64) {
        if let Some(listener) = &self.0 {
            listener(Progress {
                acknowledged,
                total,
            });
        }
    }
}

impl fmt::Debug for Listener {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(if self.0.is_some() { "set" } else { "none" })
    }
}
