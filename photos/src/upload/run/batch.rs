//! Which items are created next, and when.

use std::time::Duration;

use super::Run;
use crate::limits;
use crate::upload::plan::{Phase, UploadedBytes};

/// How long uploaded bytes wait for the files before them.
const PATIENCE: Duration = Duration::from_secs(10 * 60);

/// How much before the end of a token its item is created without waiting for others.
const HURRY: Duration = Duration::from_secs(60 * 60);

/// How much before its end a token is not relied on any more.
const MARGIN: Duration = Duration::from_secs(10 * 60);

impl Run {
    /// The next items to create, in the order of the files: 50 in a row as soon as they are ready, and
    /// fewer if nothing else is on its way or something has waited long enough.
    pub(super) fn next_batch(&mut self) -> Vec<(usize, UploadedBytes)> {
        self.replace_stale_tokens();
        let in_a_row = self.open.iter().zip(self.ready());
        let in_a_row = in_a_row.take_while(|(open, (ready, _))| *open == ready);
        let is_full = in_a_row.take(limits::BATCH).count() == limits::BATCH;
        let is_idle = self.tasks.is_empty() && self.pending.is_empty();
        let is_due = self.until_due().is_some_and(|time| time.is_zero());
        if !(is_full || is_idle || is_due || self.stop.is_some()) {
            return Vec::new();
        }
        let batch = self.ready().take(limits::BATCH);
        batch.map(|(index, bytes)| (index, bytes.clone())).collect()
    }

    /// How long it is until some item is to be created, whatever else is ready; `None` if none is
    /// ready, or a call is under way.
    pub(super) fn until_due(&self) -> Option<Duration> {
        if self.is_creating || !self.can_create {
            return None;
        }
        let due = self.ready().map(|(index, bytes)| {
            let life = limits::UPLOAD_TOKEN.saturating_sub(self.token_age(index, bytes));
            let patience = PATIENCE.saturating_sub(self.waited(index));
            patience.min(life.saturating_sub(HURRY))
        });
        due.min()
    }

    /// Whether the token of uploaded bytes is not to be relied on.
    pub(super) fn is_stale(&self, index: usize, bytes: &UploadedBytes) -> bool {
        self.token_age(index, bytes) + MARGIN >= limits::UPLOAD_TOKEN
    }

    fn replace_stale_tokens(&mut self) {
        let stale = self
            .ready()
            .filter(|(index, bytes)| self.is_stale(*index, bytes));
        let stale: Vec<_> = stale.map(|(index, _)| index).collect();
        for index in stale.into_iter().rev() {
            // One that was replaced before is used as it is: a calendar that jumps says nothing, and
            // the service knows better.
            self.upload_again(index, None);
        }
    }

    /// The files whose items can be created, in order.
    fn ready(&self) -> impl Iterator<Item = (usize, &UploadedBytes)> {
        self.ready_since.keys().filter_map(|&index| {
            let upload = self.uploads.get(index)?;
            match &upload.phase {
                Phase::Uploaded(bytes) => Some((index, bytes)),
                _ => None,
            }
        })
    }

    /// How long uploaded bytes have waited in this run.
    fn waited(&self, index: usize) -> Duration {
        let now = self.shared.photos.clock().now();
        let since = self.ready_since.get(&index).copied().unwrap_or(now);
        now.saturating_sub(since)
    }

    /// The age of a token, by the calendar and by a clock that nobody sets, whichever is more.
    fn token_age(&self, index: usize, bytes: &UploadedBytes) -> Duration {
        self.shared.age(bytes.token.at).max(self.waited(index))
    }
}
