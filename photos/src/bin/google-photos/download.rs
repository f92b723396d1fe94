//! `google-photos download`.

use std::fs::File;
use std::io;
use std::path::{Path, PathBuf};
use std::time::{Duration, SystemTime, UNIX_EPOCH};

use anyhow::{Context as _, bail};
use discovery_runtime::{OneLine, blocking};
use google_photos::{DownloadError, Photos, stable_file_name};
use google_photoslibrary_v1::schemas::{Album, MediaItem, SearchMediaItemsRequest};
use serde_json::json;
use tokio::task::JoinSet;

use crate::account::Shared;
use crate::albums;
use crate::end::{End, causes};
use crate::interrupt::Interrupt;
use crate::output::{Output, shown};

/// Download albums and single items that this app uploaded
///
/// An album gets a folder of its own. Each file has the name of its item with a part that follows
/// from the item's id, so that two photos of one name are two files, and each run finds what the
/// runs before it downloaded. A file is there when it is whole, with the time at which the photo was
/// taken.
#[derive(clap::Args)]
pub(crate) struct Download {
    /// Titles or ids of albums, and ids of items
    #[arg(value_name = "ALBUM or ID", required = true)]
    what: Vec<String>,
    /// The folder for what is downloaded; it is made if it is not there
    #[arg(long, value_name = "DIR")]
    into: PathBuf,
    /// How many seconds to wait for a video that Google still prepares
    #[arg(long, value_name = "SECONDS", default_value_t = 60)]
    video_wait: u64,
    /// How many items are downloaded at the same time
    #[arg(long, value_name = "N", default_value_t = 4)]
    parallel: usize,
}

/// What is downloaded, and where to.
enum Source {
    Album(Box<Album>, PathBuf),
    Item(Box<MediaItem>, PathBuf),
}

impl Download {
    pub(crate) async fn run(self, shared: &Shared) -> anyhow::Result<End> {
        let photos = shared.photos().await?;
        let mut sources = Vec::new();
        for name in &self.what {
            sources.push(self.find(&photos, name).await?);
        }
        let folder = self.into.clone();
        let made = blocking(move || std::fs::create_dir_all(folder)).await;
        made.with_context(|| format!("{} can't be made", self.into.display()))?;
        let mut session = Session {
            photos,
            output: Output::new(shared),
            interrupt: Interrupt::listen(|line| eprintln!("{line}")),
            video_wait: Duration::from_secs(self.video_wait),
            parallel: self.parallel.max(1),
            tasks: JoinSet::new(),
            counts: Counts::default(),
            stop: None,
        };
        let mut downloaded = Ok(());
        for source in sources {
            downloaded = session.download(source).await;
            if downloaded.is_err() || session.is_over() {
                break;
            }
        }
        // What is under way comes to its end, and is said, whatever failed.
        let end = session.end().await?;
        downloaded.map(|()| end)
    }

    /// Finds an album or an item by what the user calls it.
    async fn find(&self, photos: &Photos, name: &str) -> anyhow::Result<Source> {
        if let Some(album) = albums::find(photos.client(), name).await? {
            let id = album.id.as_deref().unwrap_or_default();
            // "2019/Beach" is no folder in a folder, nor the same as "Beach".
            let title = album.title.as_deref().unwrap_or_default();
            let title = title.replace(['/', '\\'], "_");
            let folder = self.into.join(stable_folder_name(&title, id));
            return Ok(Source::Album(Box::new(album), folder));
        }
        match photos.client().media_items().get(name).send().await {
            Ok(item) => Ok(Source::Item(Box::new(item), self.into.clone())),
            Err(error) if error.is_not_found() || error.is_invalid_argument() => {
                bail!(
                    "no album and no item of this app is {name:?}; `google-photos albums list` has the albums"
                )
            }
            Err(error) => Err(error.into()),
        }
    }
}

/// A title may have a dot in it that begins no ending.
fn stable_folder_name(title: &str, id: &str) -> String {
    stable_file_name(&title.replace('.', "_"), id)
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
struct Session {
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

enum Outcome {
    Downloaded(u64),
    AlreadyThere,
}

impl Session {
    async fn download(&mut self, source: Source) -> anyhow::Result<()> {
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

    fn is_over(&self) -> bool {
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

    async fn end(mut self) -> anyhow::Result<End> {
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

async fn fetch(
    photos: &Photos,
    item: &MediaItem,
    path: &Path,
    video_wait: Duration,
) -> Result<Outcome, DownloadError> {
    // It is there only if it is whole, and nothing else has its name.
    let at = path.to_owned();
    if blocking(move || Ok(at.is_file())).await.unwrap_or_default() {
        return Ok(Outcome::AlreadyThere);
    }
    let download = photos.download_item(item).wait_for_video(video_wait);
    let bytes = download.to_file(path).await?;
    let (path, taken) = (path.to_owned(), taken(item));
    // The file is whole even if its time can't be set.
    let _ = blocking(move || set_time(&path, taken)).await;
    Ok(Outcome::Downloaded(bytes))
}

fn set_time(path: &Path, time: Option<SystemTime>) -> io::Result<()> {
    match time {
        Some(time) => File::options().write(true).open(path)?.set_modified(time),
        None => Ok(()),
    }
}

/// When a photo was taken, by `creationTime`.
fn taken(item: &MediaItem) -> Option<SystemTime> {
    let time = item.media_metadata.as_ref()?.creation_time.as_ref()?;
    let since = Duration::new(time.unix_seconds().unsigned_abs(), time.subsec_nanos());
    if time.unix_seconds() < 0 {
        // Photos of the time before 1970 were scanned.
        UNIX_EPOCH.checked_sub(Duration::from_secs(since.as_secs()))
    } else {
        UNIX_EPOCH.checked_add(since)
    }
}
