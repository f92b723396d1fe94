// Made from the Discovery document `photoslibrary:v1`, revision 20251221, by `cargo xtask codegen`.
// Edits are lost: change the document, its overrides or generator/src/emit/schema.rs.

//! Types that only `media_items_batch_create` uses.

use crate::schemas;

/// Body of `mediaItems.batchCreate`. All items of a call go to the same album and place.
#[derive(Clone, Debug, Default, PartialEq)]
#[non_exhaustive]
pub struct BatchCreateMediaItemsRequest {
    /// Identifier of an album that the new items are added to.
    ///
    /// Your app must have created it. Without it the items are in the library only.
    pub album_id: Option<String>,
    /// Place in the album that all items of the call go to.
    ///
    /// The default is the end of the album. The service refuses a place without an `albumId`.
    pub album_position: Option<schemas::AlbumPosition>,
    /// The media items to create, 1 to 50.
    /// Required in requests.
    pub new_media_items: Vec<schemas::NewMediaItem>,
}

impl BatchCreateMediaItemsRequest {
    /// Sets [`album_id`](Self::album_id).
    #[must_use]
    pub fn with_album_id(mut self, album_id: impl Into<String>) -> Self {
        self.album_id = Some(album_id.into());
        self
    }

    /// Sets [`album_position`](Self::album_position).
    #[must_use]
    pub fn with_album_position(
        mut self,
        album_position: schemas::AlbumPosition,
    ) -> Self {
        self.album_position = Some(album_position);
        self
    }

    /// Sets [`new_media_items`](Self::new_media_items).
    #[must_use]
    pub fn with_new_media_items(
        mut self,
        new_media_items: impl IntoIterator<Item = schemas::NewMediaItem>,
    ) -> Self {
        self.new_media_items = new_media_items.into_iter().collect();
        self
    }
}

discovery_runtime::codegen::schema! {
    BatchCreateMediaItemsRequest {
        "albumId" => album_id,
        "albumPosition" => album_position,
        "newMediaItems" => new_media_items,
    }
}

/// Response of `mediaItems.batchCreate`. Look at every result: some items may have failed.
#[derive(Clone, Debug, Default, PartialEq)]
#[non_exhaustive]
pub struct BatchCreateMediaItemsResponse {
    /// One result for each item of the request, in the same order.
    pub new_media_item_results: Vec<schemas::NewMediaItemResult>,
}

discovery_runtime::codegen::schema! {
    BatchCreateMediaItemsResponse {
        "newMediaItemResults" => new_media_item_results,
    }
}

/// A media item to create from uploaded bytes.
#[derive(Clone, Debug, Default, PartialEq)]
#[non_exhaustive]
pub struct NewMediaItem {
    /// Text about the item that the user sees in Google Photos, at most 1,000 characters.
    ///
    /// Google asks that users write it: do not generate it.
    pub description: Option<String>,
    /// The uploaded bytes and the name of the file. The service refuses an item without it.
    /// Required in requests.
    pub simple_media_item: Option<schemas::SimpleMediaItem>,
}

impl NewMediaItem {
    /// Sets [`description`](Self::description).
    #[must_use]
    pub fn with_description(mut self, description: impl Into<String>) -> Self {
        self.description = Some(description.into());
        self
    }

    /// Sets [`simple_media_item`](Self::simple_media_item).
    #[must_use]
    pub fn with_simple_media_item(
        mut self,
        simple_media_item: schemas::SimpleMediaItem,
    ) -> Self {
        self.simple_media_item = Some(simple_media_item);
        self
    }
}

discovery_runtime::codegen::schema! {
    NewMediaItem {
        "description" => description,
        "simpleMediaItem" => simple_media_item,
    }
}

/// Outcome for one item of `mediaItems.batchCreate`: either a media item or an error.
#[derive(Clone, Debug, Default, PartialEq)]
#[non_exhaustive]
pub struct NewMediaItemResult {
    /// The media item, absent if it was not created.
    ///
    /// If the library already held the same bytes, it is the item that was there before.
    pub media_item: Option<schemas::MediaItem>,
    /// Verdict on the item.
    ///
    /// It succeeded if `code` is 0 or absent; 3 means that the bytes are no photo or video that the
    /// service takes, and 13 a fault of the service after which another try is worthwhile. Decide
    /// by `code`: the wording of `message` has changed before.
    pub status: Option<schemas::Status>,
    /// The upload token of the item, as the request gave it.
    pub upload_token: Option<String>,
}

discovery_runtime::codegen::schema! {
    NewMediaItemResult {
        "mediaItem" => media_item,
        "status" => status,
        "uploadToken" => upload_token,
    } strict ["status"]
}

/// Uploaded bytes that a media item is to be created from.
#[derive(Clone, Debug, Default, PartialEq)]
#[non_exhaustive]
pub struct SimpleMediaItem {
    /// Name of the file with its extension, as the user will see it, at most 255 characters.
    ///
    /// A longer name makes the whole call fail. It wins over a name that was given when the bytes
    /// were uploaded.
    pub file_name: Option<String>,
    /// Token that the upload of the bytes to `v1/uploads` returned.
    ///
    /// It is valid for one day. The service refuses an item without it.
    /// Required in requests.
    pub upload_token: Option<String>,
}

impl SimpleMediaItem {
    /// Sets [`file_name`](Self::file_name).
    #[must_use]
    pub fn with_file_name(mut self, file_name: impl Into<String>) -> Self {
        self.file_name = Some(file_name.into());
        self
    }

    /// Sets [`upload_token`](Self::upload_token).
    #[must_use]
    pub fn with_upload_token(mut self, upload_token: impl Into<String>) -> Self {
        self.upload_token = Some(upload_token.into());
        self
    }
}

discovery_runtime::codegen::schema! {
    SimpleMediaItem {
        "fileName" => file_name,
        "uploadToken" => upload_token,
    }
}
