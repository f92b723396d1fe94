//! What all tasks of a run share.

use std::sync::Arc;
use std::time::{Duration, SystemTime, UNIX_EPOCH};

use tokio::sync::watch;

use super::event::{Listener, UploadEvent};
use super::journal::Journal;
use crate::Photos;

/// What a caller can choose about a run.
#[derive(Clone, Debug)]
pub(super) struct Settings {
    pub(super) album: Option<String>,
    pub(super) parallel: usize,
    /// In bytes.
    pub(super) resumable_above: Option<u64>,
    /// In bytes.
    pub(super) chunk_size: Option<u64>,
    /// How long nothing can be sent before the run ends.
    pub(super) outage: Duration,
    /// Whether files that the service rejected are tried again.
    pub(super) retry_rejected: bool,
    pub(super) on_event: Listener,
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            album: None,
            parallel: 4,
            resumable_above: None,
            chunk_size: None,
            outage: Duration::from_secs(15 * 60),
            retry_rejected: false,
            on_event: Listener::default(),
        }
    }
}

/// What all tasks of a run share.
pub(super) struct Shared {
    pub(super) photos: Photos,
    pub(super) settings: Settings,
    pub(super) journal: Journal,
    /// Turns to `true` when the run is to end.
    pub(super) stopping: watch::Sender<bool>,
}

impl Shared {
    pub(super) fn new(photos: Photos, settings: Settings, journal: Journal) -> Arc<Self> {
        let stopping = watch::Sender::new(false);
        Arc::new(Self {
            photos,
            settings,
            journal,
            stopping,
        })
    }

    /// Tells the caller what happens.
    pub(super) fn tell(&self, event: UploadEvent<'_>) {
        self.settings.on_event.call(event);
    }

    /// How long ago a moment in seconds since 1970 was.
    pub(super) fn age(&self, at: u64) -> Duration {
        let now = seconds(self.photos.clock().system_time());
        Duration::from_secs(now.saturating_sub(at))
    }
}

/// Seconds since 1970.
pub(super) fn seconds(time: SystemTime) -> u64 {
    time.duration_since(UNIX_EPOCH)
        .unwrap_or_default()
        .as_secs()
}
