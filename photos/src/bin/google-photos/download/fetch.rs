//! One item, from its address to a file with the time at which it was taken.

use std::fs::File;
use std::io;
use std::path::Path;
use std::time::{Duration, SystemTime, UNIX_EPOCH};

use discovery_runtime::blocking;
use google_photos::{DownloadError, Photos};
use google_photoslibrary_v1::schemas::MediaItem;

/// What became of an item that did not fail.
pub(super) enum Outcome {
    Downloaded(u64),
    AlreadyThere,
}

/// Downloads an item, unless it is there.
pub(super) async fn fetch(
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
