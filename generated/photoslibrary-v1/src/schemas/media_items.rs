// Made from the Discovery document `photoslibrary:v1`, revision 20251221, by `cargo xtask codegen`.
// Edits are lost: change the document, its overrides or generator/src/emit/schema.rs.

//! Types that only `media_items` uses.

use crate::schemas;

/// Response of `mediaItems.batchGet`. Look at every result: some items may have failed.
#[derive(Clone, Debug, Default, PartialEq)]
#[non_exhaustive]
pub struct BatchGetMediaItemsResponse {
    /// One result for each identifier of the request, in the same order.
    pub media_item_results: Vec<schemas::MediaItemResult>,
}

discovery_runtime::codegen::schema! {
    BatchGetMediaItemsResponse {
        "mediaItemResults" => media_item_results,
    }
}

/// The user who added an item to a shared album.
///
/// It needs the `photoslibrary.sharing` scope, so it has not been returned since that scope
/// ended on 31 March 2025.
#[derive(Clone, Debug, Default, PartialEq)]
#[non_exhaustive]
pub struct ContributorInfo {
    /// Name of the contributor as others see it.
    /// Set by the service; not sent in requests.
    pub display_name: Option<String>,
    /// Base URL of the contributor's profile picture.
    ///
    /// It does not work bare: append a size such as `=w2048-h1024`.
    /// Set by the service; not sent in requests.
    pub profile_picture_base_url: Option<String>,
}

discovery_runtime::codegen::schema! {
    ContributorInfo {
        "displayName" => display_name: output_only,
        "profilePictureBaseUrl" => profile_picture_base_url: output_only,
    }
}

/// One page of media items.
#[derive(Clone, Debug, Default, PartialEq)]
#[non_exhaustive]
pub struct ListMediaItemsResponse {
    /// The media items on this page.
    ///
    /// Absent means none, which does not mean that this is the last page.
    pub media_items: Vec<schemas::MediaItem>,
    /// Token for the next page; absent on the last one.
    ///
    /// Nothing else tells whether more follows. The page that it leads to may turn out empty.
    pub next_page_token: Option<String>,
}

discovery_runtime::codegen::schema! {
    ListMediaItemsResponse {
        "mediaItems" => media_items,
        "nextPageToken" => next_page_token,
    } strict ["mediaItems", "nextPageToken"]
}

/// A photo or a video in the user's library.
#[derive(Clone, Debug, Default, PartialEq)]
#[non_exhaustive]
pub struct MediaItem {
    /// Base URL of the bytes.
    ///
    /// It does not work bare: append `=w2048-h1024` for a picture that fits into 2048 by 1024
    /// pixels, `=d` to download a photo, or `=dv` to download a video, once its `status` is
    /// `READY`. Whoever has it can fetch the bytes for about 60 minutes, so keep it out of logs;
    /// read the item again for a fresh one. Downloads are not the original: photos come without
    /// their location, and videos are recompressed.
    /// Set by the service; not sent in requests.
    pub base_url: Option<String>,
    /// The user who added the item to a shared album.
    ///
    /// It needs the `photoslibrary.sharing` scope, so it has not been returned since that scope
    /// ended on 31 March 2025.
    /// Set by the service; not sent in requests.
    pub contributor_info: Option<schemas::ContributorInfo>,
    /// Text about the item that the user sees in Google Photos, at most 1,000 characters.
    ///
    /// `mediaItems.patch` changes it.
    pub description: Option<String>,
    /// Name of the file as the user sees it.
    ///
    /// It may be absent. Uploading the same bytes under another name does not change it.
    /// Set by the service; not sent in requests.
    pub filename: Option<String>,
    /// Identifier of the media item.
    ///
    /// It never changes and may be stored; do not read meaning into its characters.
    /// Set by the service; not sent in requests.
    pub id: Option<String>,
    /// Size, time and camera settings of the item.
    /// Set by the service; not sent in requests.
    pub media_metadata: Option<schemas::MediaMetadata>,
    /// MIME type of the item, such as `image/jpeg` or `video/mp4`.
    ///
    /// To tell photos from videos compare only the part before the slash, since spellings such as
    /// `image/jpg` occur.
    /// Set by the service; not sent in requests.
    pub mime_type: Option<String>,
    /// Address of the item in Google Photos, for the user to open.
    ///
    /// The user must be signed in. It does not give the bytes.
    /// Set by the service; not sent in requests.
    pub product_url: Option<String>,
}

impl MediaItem {
    /// Sets [`description`](Self::description).
    #[must_use]
    pub fn with_description(mut self, description: impl Into<String>) -> Self {
        self.description = Some(description.into());
        self
    }
}

discovery_runtime::codegen::schema! {
    MediaItem {
        "baseUrl" => base_url: output_only,
        "contributorInfo" => contributor_info: output_only,
        "description" => description,
        "filename" => filename: output_only,
        "id" => id: output_only,
        "mediaMetadata" => media_metadata: output_only,
        "mimeType" => mime_type: output_only,
        "productUrl" => product_url: output_only,
    }
}

/// Outcome for one identifier of `mediaItems.batchGet`: either an item or an error.
#[derive(Clone, Debug, Default, PartialEq)]
#[non_exhaustive]
pub struct MediaItemResult {
    /// The media item, absent if it could not be read.
    pub media_item: Option<schemas::MediaItem>,
    /// Why the item could not be read.
    ///
    /// It is absent, or its `code` is 0 or absent, on success; `code` is 3 for an identifier that
    /// is not valid.
    pub status: Option<schemas::Status>,
}

discovery_runtime::codegen::schema! {
    MediaItemResult {
        "mediaItem" => media_item,
        "status" => status,
    } strict ["status"]
}

/// Size, time and camera settings of a media item. Where a picture was taken is never returned.
#[derive(Clone, Debug, Default, PartialEq)]
#[non_exhaustive]
pub struct MediaMetadata {
    /// When the item came into being: the time of capture if the file tells it, otherwise the time
    /// of upload.
    ///
    /// No method can set it.
    /// Set by the service; not sent in requests.
    pub creation_time: Option<discovery_runtime::Timestamp>,
    /// Height of the original in pixels.
    /// Set by the service; not sent in requests.
    pub height: Option<i64>,
    /// Camera settings of a photo.
    ///
    /// For a photo without such data it is present but empty; for a video it is absent.
    /// Set by the service; not sent in requests.
    pub photo: Option<schemas::Photo>,
    /// State and camera of a video. It is absent for a photo.
    /// Set by the service; not sent in requests.
    pub video: Option<schemas::Video>,
    /// Width of the original in pixels.
    /// Set by the service; not sent in requests.
    pub width: Option<i64>,
}

discovery_runtime::codegen::schema! {
    MediaMetadata {
        "creationTime" => creation_time: output_only,
        "height" => height: output_only,
        "photo" => photo: output_only,
        "video" => video: output_only,
        "width" => width: output_only,
    }
}

/// Camera settings of a photo. Each is absent unless the file tells it.
#[derive(Clone, Debug, Default, PartialEq)]
#[non_exhaustive]
pub struct Photo {
    /// Aperture of the lens as an f-number: 2.8 means f/2.8.
    /// Set by the service; not sent in requests.
    pub aperture_f_number: Option<f32>,
    /// Maker of the camera.
    /// Set by the service; not sent in requests.
    pub camera_make: Option<String>,
    /// Model of the camera.
    /// Set by the service; not sent in requests.
    pub camera_model: Option<String>,
    /// Length of the exposure in seconds, with up to nine decimals: `0.0025s` means 1/400 of a
    /// second.
    /// Set by the service; not sent in requests.
    pub exposure_time: Option<discovery_runtime::Duration>,
    /// Focal length of the lens in millimeters.
    /// Set by the service; not sent in requests.
    pub focal_length: Option<f32>,
    /// Sensitivity of the sensor as an ISO number, such as 100.
    /// Set by the service; not sent in requests.
    pub iso_equivalent: Option<i32>,
}

discovery_runtime::codegen::schema! {
    Photo {
        "apertureFNumber" => aperture_f_number: output_only,
        "cameraMake" => camera_make: output_only,
        "cameraModel" => camera_model: output_only,
        "exposureTime" => exposure_time: output_only,
        "focalLength" => focal_length: output_only,
        "isoEquivalent" => iso_equivalent: output_only,
    }
}

/// Outcome of a single item in a call that handles many, in the form of `google.rpc.Status`.
#[derive(Clone, Debug, Default, PartialEq)]
#[non_exhaustive]
pub struct Status {
    /// Number from `google.rpc.Code`. Absent means 0, which is success.
    pub code: Option<i32>,
    /// Further data about the error, if the service gives any.
    ///
    /// Each entry is a message of a type of its own.
    pub details: Vec<discovery_runtime::Map<discovery_runtime::Value>>,
    /// Explanation in English, for developers. It is not for users, and its wording may change.
    pub message: Option<String>,
}

discovery_runtime::codegen::schema! {
    Status {
        "code" => code,
        "details" => details,
        "message" => message,
    } strict ["code"]
}

/// State and camera of a video. What the file does not tell is absent.
#[derive(Clone, Debug, Default, PartialEq)]
#[non_exhaustive]
pub struct Video {
    /// Maker of the camera.
    /// Set by the service; not sent in requests.
    pub camera_make: Option<String>,
    /// Model of the camera.
    /// Set by the service; not sent in requests.
    pub camera_model: Option<String>,
    /// Frames per second.
    /// Set by the service; not sent in requests.
    pub fps: Option<f64>,
    /// How far the service is with preparing the video.
    ///
    /// Its bytes can be downloaded once this is `READY`.
    /// Set by the service; not sent in requests.
    pub status: Option<schemas::VideoProcessingStatus>,
}

discovery_runtime::codegen::schema! {
    Video {
        "cameraMake" => camera_make: output_only,
        "cameraModel" => camera_model: output_only,
        "fps" => fps: output_only,
        "status" => status: output_only,
    }
}

/// How far the service is with preparing the video.
///
/// Its bytes can be downloaded once this is `READY`.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum VideoProcessingStatus {
    /// The state is not known.
    Unspecified,
    /// The service is still preparing the video: ask again later.
    Processing,
    /// The video can be played and downloaded.
    Ready,
    /// The service could not prepare the video, so there is nothing to play or download.
    Failed,
    /// A value that this version of the crate does not know; it is kept as it came.
    Unrecognized(discovery_runtime::UnrecognizedValue),
}

discovery_runtime::codegen::open_enum! {
    VideoProcessingStatus {
        "UNSPECIFIED" => Unspecified,
        "PROCESSING" => Processing,
        "READY" => Ready,
        "FAILED" => Failed,
    } else Unrecognized
}
