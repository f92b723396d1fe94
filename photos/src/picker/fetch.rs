//! Items into files of a folder, several at the same time.

use std::path::{Path, PathBuf};
use std::time::Duration;

use discovery_runtime::blocking;
use google_photospicker_v1::schemas::PickedMediaItem;
use tokio::task::JoinSet;

use super::download::is_video;
use super::report::{PickedFile, PickedOutcome};
use super::stop::Stop;
use super::{PickSession, names};
use crate::DownloadError;

/// What holds for every download.
#[derive(Clone, Copy)]
pub(super) struct Settings {
    pub(super) parallel: usize,
    pub(super) video_wait: Duration,
    pub(super) clips: bool,
}

/// Downloads items into a folder until all are there or the caller stops, and says what became of each,
/// in their order.
pub(super) async fn fetch(
    session: &PickSession,
    items: Vec<PickedMediaItem>,
    folder: &Path,
    settings: Settings,
    stop: &Stop,
    finished: impl Fn(&PickedFile),
) -> Vec<PickedFile> {
    let names = names::names(&items);
    let mut waiting = items.into_iter().zip(names).enumerate();
    let mut running = JoinSet::new();
    let mut files = Vec::new();
    loop {
        while running.len() < settings.parallel
            && let Some((index, (item, name))) = waiting.next()
        {
            let one = One {
                session: session.clone(),
                item,
                settings,
            };
            let (folder, stop) = (folder.to_owned(), stop.clone());
            running.spawn(async move { (index, one.run(folder, name, stop).await) });
        }
        let Some(done) = running.join_next().await else {
            break;
        };
        // No task panics, and none is aborted.
        if let Ok((index, file)) = done {
            finished(&file);
            files.push((index, file));
        }
    }
    files.sort_by_key(|(index, _)| *index);
    files.into_iter().map(|(_, file)| file).collect()
}

/// One item on its way.
struct One {
    session: PickSession,
    item: PickedMediaItem,
    settings: Settings,
}

impl One {
    async fn run(self, folder: PathBuf, name: String, stop: Stop) -> PickedFile {
        let mut file = PickedFile {
            id: self.item.id.clone().unwrap_or_default(),
            path: folder.join(&name),
            clip: None,
            outcome: PickedOutcome::NotAttempted,
        };
        if stop.is_over() {
            return file;
        }
        let item = self.item.clone();
        let place = blocking(move || Ok(names::place(&folder, &name, &item))).await;
        match place {
            Ok(place) if place.is_there => {
                file.path = place.path;
                file.outcome = PickedOutcome::AlreadyThere;
                return file;
            }
            Ok(place) => file.path = place.path,
            // Outside of tokio nothing works.
            Err(_) => return file,
        }
        let path = file.path.clone();
        tokio::select! {
            (clip, outcome) = self.download(path) => PickedFile { clip, outcome, ..file },
            () = stop.wait() => file,
        }
    }

    async fn download(&self, path: PathBuf) -> (Option<PathBuf>, PickedOutcome) {
        // The clip comes first: where the photo is, both are.
        let clip = self.clip(&path).await;
        let download = self.session.download(&self.item);
        let patient = download.wait_for_video(self.settings.video_wait);
        let outcome = match patient.to_file(&path).await {
            Ok(bytes) => {
                let item = self.item.clone();
                // The file is whole even if its time can't be set.
                let _ = blocking(move || names::set_time(&path, &item)).await;
                PickedOutcome::Downloaded { bytes }
            }
            Err(error) => PickedOutcome::Failed(error),
        };
        match (clip, outcome) {
            (Err(error), PickedOutcome::Downloaded { .. }) => (None, PickedOutcome::Failed(error)),
            (clip, outcome) => (clip.unwrap_or_default(), outcome),
        }
    }

    /// The moving part of a photo, if it has one.
    async fn clip(&self, photo: &Path) -> Result<Option<PathBuf>, DownloadError> {
        if !self.settings.clips || is_video(&self.item) {
            return Ok(None);
        }
        let path = names::clip_path(photo);
        // It is there only if it is whole.
        let there = path.clone();
        if blocking(move || there.try_exists())
            .await
            .unwrap_or_default()
        {
            return Ok(Some(path));
        }
        let download = self.session.download(&self.item);
        let length = download.clip_to_file(&path).await?;
        Ok(length.map(|_| path))
    }
}
