//! The bytes of one picked item into a file.

use std::fmt;
use std::path::Path;
use std::sync::Arc;
use std::time::Duration;

use discovery_runtime::Error;
use discovery_runtime::download::Download;
use google_photospicker_v1::Client;
use google_photospicker_v1::schemas::{MediaType, PickedMediaItem, VideoProcessingStatus};

use super::listing::Listing;
use crate::download::VideoWaits;
use crate::limits;
use crate::{BaseUrl, DownloadError, MediaUrl, Photos};

/// A download of a picked item that is not started yet.
///
/// A photo comes in full size, without the place where it was taken (`=d`). A video comes as the
/// service prepared it (`=dv`), and only when it is ready. The access token goes to the address of
/// the item and nowhere else.
#[must_use = "nothing is downloaded until `to_file` is called"]
pub struct DownloadPicked {
    photos: Photos,
    client: Client,
    listing: Arc<Listing>,
    item: PickedMediaItem,
    video_wait: Duration,
    overwrite: bool,
}

impl DownloadPicked {
    pub(super) fn new(
        photos: Photos,
        client: Client,
        listing: Arc<Listing>,
        item: PickedMediaItem,
    ) -> Self {
        Self {
            photos,
            client,
            listing,
            item,
            video_wait: Duration::ZERO,
            overwrite: false,
        }
    }

    /// How long a video is waited for that is not ready: not at all without it.
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
    /// The file is there when it is complete, and not before. A broken connection is resumed. If the
    /// address of the bytes has expired, the session is listed again, once.
    pub async fn to_file(mut self, path: impl AsRef<Path>) -> Result<u64, DownloadError> {
        self.take_newest().await;
        if !is_ready(&self.item)? || address(&self.item, is_video(&self.item)).is_none() {
            self.renew().await?;
            self.wait().await?;
        }
        let download = self.start(is_video(&self.item)).await?;
        Ok(download.overwrite(self.overwrite).to_file(path).await?)
    }

    /// Downloads the moving part of a motion photo, a video, into a file, and returns how many bytes
    /// it has; `None` if the photo has none. Only asking tells.
    pub async fn clip_to_file(
        mut self,
        path: impl AsRef<Path>,
    ) -> Result<Option<u64>, DownloadError> {
        self.take_newest().await;
        // A photo without a clip is rejected like an address that expired: it has to be a new one.
        let age = self.listing.age().await;
        if age.is_none_or(|age| age >= limits::BASE_URL / 2) {
            self.renew().await?;
        }
        let url = address(&self.item, true).ok_or(DownloadError::NoAddress)?;
        let mut download = Download::from_url(self.client.core(), url.as_str())
            .with_credentials()
            .accept(["video/*"])
            .overwrite(self.overwrite);
        match download.to_file(path).await {
            Ok(length) => Ok(Some(length)),
            Err(error) if error.is_expired() || error.is_protocol() => Ok(None),
            Err(error) => Err(error.into()),
        }
    }

    async fn start(&self, video: bool) -> Result<Download, DownloadError> {
        let url = address(&self.item, video).ok_or(DownloadError::NoAddress)?;
        let id = self.id()?;
        let (_, version) = self.listing.get(&id).await;
        let listing = self.listing.clone();
        let renew = move || {
            let (listing, id) = (listing.clone(), id.clone());
            async move {
                listing.renew(version).await?;
                let (item, _) = listing.get(&id).await;
                // An item without an address gives one that is rejected.
                let url = item.and_then(|item| address(&item, video));
                Ok::<_, Error>(url.map(|url| url.as_str().to_owned()).unwrap_or_default())
            }
        };
        let download = Download::from_url(self.client.core(), url.as_str());
        Ok(download.with_credentials().on_expired(renew))
    }

    /// Waits until a video is ready.
    async fn wait(&mut self) -> Result<(), DownloadError> {
        let mut waits = VideoWaits::new(self.photos.clock(), self.video_wait);
        while !is_ready(&self.item)? {
            waits.wait(self.photos.clock()).await?;
            self.renew().await?;
        }
        Ok(())
    }

    /// Lists the session again for the newest of the item.
    async fn renew(&mut self) -> Result<(), DownloadError> {
        let (_, version) = self.listing.get(&self.id()?).await;
        self.listing.renew(version).await?;
        self.take_newest().await;
        Ok(())
    }

    /// Takes what was listed since, if anything was.
    async fn take_newest(&mut self) {
        if let Some(id) = &self.item.id
            && let (Some(newest), _) = self.listing.get(id).await
        {
            self.item = newest;
        }
    }

    fn id(&self) -> Result<String, DownloadError> {
        self.item.id.clone().ok_or(DownloadError::NoAddress)
    }
}

/// The base URL is left out.
impl fmt::Debug for DownloadPicked {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter
            .debug_struct("DownloadPicked")
            .field("id", &self.item.id)
            .field("video_wait", &self.video_wait)
            .field("overwrite", &self.overwrite)
            .finish_non_exhaustive()
    }
}

/// Whether there are bytes to download.
fn is_ready(item: &PickedMediaItem) -> Result<bool, DownloadError> {
    if !is_video(item) {
        return Ok(true);
    }
    let metadata = item.media_file.as_ref();
    let metadata = metadata.and_then(|file| file.media_file_metadata.as_ref());
    let video = metadata.and_then(|metadata| metadata.video_metadata.as_ref());
    match video.and_then(|video| video.processing_status.as_ref()) {
        Some(VideoProcessingStatus::Ready) => Ok(true),
        Some(VideoProcessingStatus::Failed) => Err(DownloadError::ProcessingFailed),
        _ => Ok(false),
    }
}

/// The address of the bytes of an item, or of its video.
fn address(item: &PickedMediaItem, video: bool) -> Option<MediaUrl> {
    let base = item.media_file.as_ref()?.base_url.as_deref()?;
    let base = (!base.is_empty()).then(|| BaseUrl::new(base))?;
    Some(if video { base.video() } else { base.download() })
}

/// Whether it is a video; if the type is not known, the MIME type tells.
pub(super) fn is_video(item: &PickedMediaItem) -> bool {
    match item.r#type {
        Some(MediaType::Video) => true,
        Some(MediaType::Photo) => false,
        _ => {
            let file = item.media_file.as_ref();
            let kind = file.and_then(|file| file.mime_type.as_deref());
            kind.is_some_and(|kind| kind.starts_with("video/"))
        }
    }
}
