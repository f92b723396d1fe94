//! The bytes of one item into a file.

use std::error::Error as StdError;
use std::fmt::{self, Debug, Display, Formatter};
use std::path::Path;
use std::time::Duration;

use discovery_runtime::download::Download;
use discovery_runtime::{Clock, Error};
use google_photoslibrary_v1::Client;
use google_photoslibrary_v1::schemas::{MediaItem, VideoProcessingStatus};

use crate::{MediaUrl, Photos, media_url};

/// The first and the longest time between two looks at a video that is not ready.
const LOOKS: (Duration, Duration) = (Duration::from_secs(5), Duration::from_secs(60));

/// The waits for a video that is not ready, a little longer from one look to the next.
pub(crate) struct VideoWaits {
    start: Duration,
    limit: Duration,
    pause: Duration,
}

impl VideoWaits {
    /// Waits that end `limit` from now.
    pub(crate) fn new(clock: &dyn Clock, limit: Duration) -> Self {
        Self {
            start: clock.now(),
            limit,
            pause: LOOKS.0,
        }
    }

    /// Waits until the next look.
    pub(crate) async fn wait(&mut self, clock: &dyn Clock) -> Result<(), DownloadError> {
        let waited = clock.now().saturating_sub(self.start);
        let left = self.limit.saturating_sub(waited);
        if left.is_zero() {
            return Err(DownloadError::NotReady);
        }
        clock.sleep(self.pause.min(left)).await;
        self.pause = self.pause.saturating_mul(2).min(LOOKS.1);
        Ok(())
    }
}

/// A download of an item that is not started yet.
///
/// A photo comes in full size, without the place where it was taken. A video comes compressed
/// again, and only when the service has made it ready: until then, and if that failed, it is
/// rejected.
#[derive(Clone, Debug)]
#[must_use = "nothing is downloaded until `to_file` is called"]
pub struct DownloadItem {
    photos: Photos,
    item: MediaItem,
    video_wait: Duration,
    overwrite: bool,
}

impl Photos {
    /// Downloads the bytes of an item. Nothing happens until it is
    /// [written to a file](DownloadItem::to_file).
    pub fn download_item(&self, item: &MediaItem) -> DownloadItem {
        DownloadItem::new(self.clone(), item.clone())
    }
}

impl DownloadItem {
    fn new(photos: Photos, item: MediaItem) -> Self {
        Self {
            photos,
            item,
            video_wait: Duration::ZERO,
            overwrite: false,
        }
    }

    /// How long a video is waited for that is not ready: not at all without it. New videos take
    /// minutes, long ones hours.
    pub fn wait_for_video(mut self, limit: Duration) -> Self {
        self.video_wait = limit;
        self
    }

    /// Whether a file that is there is replaced.
    pub fn overwrite(mut self, overwrite: bool) -> Self {
        self.overwrite = overwrite;
        self
    }

    /// Downloads into a file and returns how many bytes it has.
    ///
    /// The file is there when it is complete, and not before. A broken connection is resumed. If
    /// the address of the bytes has expired, the item is read again, once, for a new one.
    pub async fn to_file(mut self, path: impl AsRef<Path>) -> Result<u64, DownloadError> {
        if !self.is_ready()? || self.item.base_url.is_none() {
            self.refresh().await?;
            self.wait().await?;
        }
        let url = address(&self.item).ok_or(DownloadError::NoAddress)?;
        let (client, id) = (self.photos.client().clone(), self.id()?);
        let renew = move || renew(client.clone(), id.clone());
        let download =
            Download::from_url(self.photos.client().core(), url.as_str()).on_expired(renew);
        Ok(download.overwrite(self.overwrite).to_file(path).await?)
    }

    /// Waits until a video is ready.
    async fn wait(&mut self) -> Result<(), DownloadError> {
        let mut waits = VideoWaits::new(self.photos.clock(), self.video_wait);
        while !self.is_ready()? {
            waits.wait(self.photos.clock()).await?;
            self.refresh().await?;
        }
        Ok(())
    }

    async fn refresh(&mut self) -> Result<(), DownloadError> {
        self.item = self
            .photos
            .client()
            .media_items()
            .get(self.id()?)
            .send()
            .await?;
        Ok(())
    }

    fn id(&self) -> Result<String, DownloadError> {
        self.item.id.clone().ok_or(DownloadError::NoAddress)
    }

    /// Whether there are bytes to download.
    fn is_ready(&self) -> Result<bool, DownloadError> {
        if !is_video(&self.item) {
            return Ok(true);
        }
        let video = self
            .item
            .media_metadata
            .as_ref()
            .and_then(|metadata| metadata.video.as_ref());
        match video.and_then(|video| video.status.as_ref()) {
            Some(VideoProcessingStatus::Ready) => Ok(true),
            Some(VideoProcessingStatus::Failed) => Err(DownloadError::ProcessingFailed),
            _ => Ok(false),
        }
    }
}

/// A new address of the same bytes.
async fn renew(client: Client, id: String) -> Result<String, Error> {
    let item = client.media_items().get(id).send().await?;
    // An item without an address gives one that is rejected.
    Ok(address(&item)
        .map(|url| url.as_str().to_owned())
        .unwrap_or_default())
}

fn address(item: &MediaItem) -> Option<MediaUrl> {
    let base = media_url(item)?;
    Some(if is_video(item) {
        base.video()
    } else {
        base.download()
    })
}

/// The part before the slash tells: spellings of the rest vary.
fn is_video(item: &MediaItem) -> bool {
    let metadata = item.media_metadata.as_ref();
    let kind = item.mime_type.as_deref().unwrap_or_default();
    metadata.is_some_and(|metadata| metadata.video.is_some()) || kind.starts_with("video/")
}

/// Why an item was not downloaded.
#[non_exhaustive]
pub enum DownloadError {
    /// The service still prepares the video. Ask again later, or
    /// [wait](DownloadItem::wait_for_video).
    NotReady,
    /// The service could not prepare the video: there are no bytes, and there will be none.
    ProcessingFailed,
    /// The item has no address or no identifier: it is not one that the service gave.
    NoAddress,
    /// A call or the download failed.
    Call(Error),
}

impl From<Error> for DownloadError {
    fn from(error: Error) -> Self {
        Self::Call(error)
    }
}

impl Display for DownloadError {
    fn fmt(&self, formatter: &mut Formatter<'_>) -> fmt::Result {
        formatter.write_str(match self {
            Self::NotReady => "the service still prepares the video",
            Self::ProcessingFailed => "the service could not prepare the video",
            Self::NoAddress => "the item has no address of its bytes",
            Self::Call(_) => "the download failed",
        })
    }
}

/// As that of [`Error`]: text for people.
impl Debug for DownloadError {
    fn fmt(&self, formatter: &mut Formatter<'_>) -> fmt::Result {
        discovery_runtime::with_causes(self, formatter)
    }
}

impl StdError for DownloadError {
    fn source(&self) -> Option<&(dyn StdError + 'static)> {
        match self {
            Self::Call(error) => Some(error),
            _ => None,
        }
    }
}
