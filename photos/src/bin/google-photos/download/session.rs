//! Downloads under way: some at a time, each counted and said.

use std::path::{Path, PathBuf};
use std::time::Duration;

use anyhow::Context as _;
use discovery_runtime::{OneLine, blocking};
use google_photos::{DownloadError, Photos, stable_file_name};
use google_photoslibrary_v1::schemas::{Album, MediaItem, SearchMediaItemsRequest};
use serde_json::json;
use tokio::task::JoinSet;

use super::fetch::{Outcome, fetch};
use crate::end::{End, causes};
use crate::interrupt::Interrupt;
use crate::output::{Output, shown};

/// What is downloaded, and where to.
pub(super) enum Source {
    Album(Box<Album>, PathBuf),
    Item(Box<MediaItem>, PathBuf),
}

#[derive(Default)]
struct Counts {
    listed: u64,
    downloaded: u64,
    already_there: u64,
    not_ready: u64,
    failed: u64,
}

/// Downloads under way.
pub(super) struct Session {
    photos: Photos,
    output: Output,
    interrupt: Interrupt,
    video_wait: Duration,
    parallel: usize,
    tasks: JoinSet<Done>,
    counts: Counts,
    /// How it ends, after an error that all other items would have as well.
    stop: Option<End>,
}

/// What became of one item.
struct Done {
    id: String,
    path: PathBuf,
    outcome: Result<Outcome, DownloadError>,
}

impl Session {
    pub(super) fn new(
        photos: Photos,
        output: Output,
        interrupt: Interrupt,
        video_wait: Duration,
        parallel: usize,
    ) -> Self {
        Self {
            photos,
            output,
            interrupt,
            video_wait,
            parallel,
            tasks: JoinSet::new(),
            counts: Counts::default(),
            stop: None,
        }
    }

    pub(super) async fn download(&mut self, source: Source) -> anyhow::Result<()> {
        let (album, folder) = match source {
            Source::Item(item, folder) => return self.start(*item, &folder).await,
            Source::Album(album, folder) => (album, folder),
        };
        let made = folder.clone();
        let made = blocking(move || std::fs::create_dir_all(made)).await;
        made.with_context(|| format!("{} can't be made", shown(&folder)))?;
        let request = SearchMediaItemsRequest::default()
            .with_album_id(album.id.unwrap_or_default())
            .with_page_size(100);
        let mut items = self.photos.client().media_items().search(request).items();
        loop {
            let next = tokio::select! {
                biased;
                () = self.interrupt.clone().wait() => None,
                next = items.next() => next,
            };
            match next {
                _ if self.is_over() => return Ok(()),
                Some(item) => self.start(item?, &folder).await?,
                None => return Ok(()),
            }
        }
    }

    pub(super) fn is_over(&self) -> bool {
        self.stop.is_some() || self.interrupt.is_pressed()
    }

    /// Starts with an item when there is room for it.
    async fn start(&mut self, item: MediaItem, folder: &Path) -> anyhow::Result<()> {
        self.counts.listed += 1;
        while self.tasks.len() >= self.parallel && self.take_next().await? {}
        if self.is_over() {
            return Ok(());
        }
        let name = item.filename.as_deref().filter(|name| !name.is_empty());
        let id = item.id.clone().unwrap_or_default();
        let path = folder.join(stable_file_name(name.unwrap_or("unnamed"), &id));
        let (photos, wait) = (self.photos.clone(), self.video_wait);
        self.tasks.spawn(async move {
            let outcome = fetch(&photos, &item, &path, wait).await;
            Done { id, path, outcome }
        });
        Ok(())
    }

    /// Takes what became of an item; `false` if there is nothing more to wait for.
    async fn take_next(&mut self) -> anyhow::Result<bool> {
        let done = tokio::select! {
            biased;
            done = self.tasks.join_next() => done,
            () = self.interrupt.clone().wait() => None,
        };
        let Some(done) = done else { return Ok(false) };
        let Done { id, path, outcome } = done?;
        self.stop = self.stop.or_else(|| outcome.as_ref().err().and_then(stop));
        let (count, what, bytes, reason) = match &outcome {
            Ok(Outcome::Downloaded(bytes)) => (
                &mut self.counts.downloaded,
                "downloaded",
                Some(*bytes),
                None,
            ),
            Ok(Outcome::AlreadyThere) => {
                (&mut self.counts.already_there, "already there", None, None)
            }
            Err(error @ DownloadError::NotReady) => (
                &mut self.counts.not_ready,
                "not ready",
                None,
                Some(causes(error)),
            ),
            Err(error) => (&mut self.counts.failed, "failed", None, Some(causes(error))),
        };
        *count += 1;
        let said = reason
            .as_deref()
            .map(|reason| format!(": {}", OneLine(reason)));
        let text = format!("{what:13} {}{}", shown(&path), said.unwrap_or_default());
        let json = json!({
            "id": id,
            "path": path.to_string_lossy(),
            "outcome": what,
            "bytes": bytes,
            "reason": reason,
        });
        self.output.print(&text, &json)?;
        Ok(true)
    }

    pub(super) async fn end(mut self) -> anyhow::Result<End> {
        while self.take_next().await? {}
        // Downloads that are given up take what is not complete with them.
        self.tasks.shutdown().await;
        let Counts {
            listed,
            downloaded,
            already_there,
            not_ready,
            failed,
        } = self.counts;
        let left = listed - downloaded - already_there - not_ready - failed;
        let stop = self.interrupt.is_pressed().then_some(End::Interrupted);
        let stop = stop.or(self.stop);
        let mut text = format!(
            "{listed} listed: {downloaded} downloaded, {already_there} already there, {not_ready} not \
             ready, {failed} failed, {left} left"
        );
        if stop.is_some() {
            text.push_str(
                "\nstopped, perhaps before all were listed; run it again for what is left",
            );
        }
        let json = json!({"summary": {
            "listed": listed,
            "downloaded": downloaded,
            "alreadyThere": already_there,
            "notReady": not_ready,
            "failed": failed,
            "left": left,
            "stopped": stop.is_some(),
        }});
        self.output.print(&text, &json)?;
        if downloaded > 0 {
            eprintln!(
                "note: these are not the originals: Google leaves out where photos were taken, and \
                 compresses videos again"
            );
        }
        Ok(match (stop, failed + not_ready) {
            (Some(stop), _) => stop,
            (None, 0) => End::Done,
            (None, _) => End::Partly,
        })
    }
}

/// How a run ends after an error that is not about one item.
fn stop(error: &DownloadError) -> Option<End> {
    let DownloadError::Call(error) = error else {
        return None;
    };
    if error.needs_sign_in() || error.is_unauthenticated() {
        Some(End::SignIn)
    } else if error.quota_kind().is_some() || error.is_connect() {
        Some(End::Stopped)
    } else {
        None
    }
}
