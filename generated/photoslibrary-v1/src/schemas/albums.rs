// Made from the Discovery document `photoslibrary:v1`, revision 20251221, by `cargo xtask codegen`.
// Edits are lost: change the document, its overrides or generator/src/emit/schema.rs.

//! Types that only `albums` uses.

use crate::schemas;

/// Body of `albums.batchAddMediaItems`.
#[derive(Clone, Debug, Default, PartialEq)]
#[non_exhaustive]
pub struct BatchAddMediaItemsToAlbumRequest {
    /// Identifiers of the media items to add, 1 to 50. The items are added in this order.
    /// Required in requests.
    pub media_item_ids: Vec<String>,
}

impl BatchAddMediaItemsToAlbumRequest {
    /// Sets [`media_item_ids`](Self::media_item_ids).
    #[must_use]
    pub fn with_media_item_ids(
        mut self,
        media_item_ids: impl IntoIterator<Item = impl Into<String>>,
    ) -> Self {
        self.media_item_ids = media_item_ids.into_iter().map(Into::into).collect();
        self
    }
}

discovery_runtime::codegen::schema! {
    BatchAddMediaItemsToAlbumRequest {
        "mediaItemIds" => media_item_ids,
    }
}

/// Response of `albums.batchAddMediaItems`, which has no fields: the items were added.
#[derive(Clone, Debug, Default, PartialEq)]
#[non_exhaustive]
pub struct BatchAddMediaItemsToAlbumResponse {}

discovery_runtime::codegen::schema! {
    BatchAddMediaItemsToAlbumResponse {}
}

/// Body of `albums.batchRemoveMediaItems`.
#[derive(Clone, Debug, Default, PartialEq)]
#[non_exhaustive]
pub struct BatchRemoveMediaItemsFromAlbumRequest {
    /// Identifiers of the media items to take out of the album, 1 to 50, none twice.
    /// Required in requests.
    pub media_item_ids: Vec<String>,
}

impl BatchRemoveMediaItemsFromAlbumRequest {
    /// Sets [`media_item_ids`](Self::media_item_ids).
    #[must_use]
    pub fn with_media_item_ids(
        mut self,
        media_item_ids: impl IntoIterator<Item = impl Into<String>>,
    ) -> Self {
        self.media_item_ids = media_item_ids.into_iter().map(Into::into).collect();
        self
    }
}

discovery_runtime::codegen::schema! {
    BatchRemoveMediaItemsFromAlbumRequest {
        "mediaItemIds" => media_item_ids,
    }
}

/// Response of `albums.batchRemoveMediaItems`, which has no fields: the items were removed.
#[derive(Clone, Debug, Default, PartialEq)]
#[non_exhaustive]
pub struct BatchRemoveMediaItemsFromAlbumResponse {}

discovery_runtime::codegen::schema! {
    BatchRemoveMediaItemsFromAlbumResponse {}
}

/// Body of `albums.create`.
#[derive(Clone, Debug, Default, PartialEq)]
#[non_exhaustive]
pub struct CreateAlbumRequest {
    /// The album to create, of which you set the `title`. The service refuses a request without it.
    /// Required in requests.
    pub album: Option<schemas::Album>,
}

impl CreateAlbumRequest {
    /// Sets [`album`](Self::album).
    #[must_use]
    pub fn with_album(mut self, album: schemas::Album) -> Self {
        self.album = Some(album);
        self
    }
}

discovery_runtime::codegen::schema! {
    CreateAlbumRequest {
        "album" => album,
    }
}

/// One page of albums.
#[derive(Clone, Debug, Default, PartialEq)]
#[non_exhaustive]
pub struct ListAlbumsResponse {
    /// The albums on this page. Absent means none, which does not mean that this is the last page.
    pub albums: Vec<schemas::Album>,
    /// Token for the next page; absent on the last one.
    ///
    /// Nothing else tells whether more follows. The page that it leads to may turn out empty.
    pub next_page_token: Option<String>,
}

discovery_runtime::codegen::schema! {
    ListAlbumsResponse {
        "albums" => albums,
        "nextPageToken" => next_page_token,
    } strict ["albums", "nextPageToken"]
}

/// Body of `albums.share`, a method that was withdrawn on 31 March 2025.
#[derive(Clone, Debug, Default, PartialEq)]
#[non_exhaustive]
pub struct ShareAlbumRequest {
    /// What members of the album may do.
    pub shared_album_options: Option<schemas::SharedAlbumOptions>,
}

impl ShareAlbumRequest {
    /// Sets [`shared_album_options`](Self::shared_album_options).
    #[must_use]
    pub fn with_shared_album_options(
        mut self,
        shared_album_options: schemas::SharedAlbumOptions,
    ) -> Self {
        self.shared_album_options = Some(shared_album_options);
        self
    }
}

discovery_runtime::codegen::schema! {
    ShareAlbumRequest {
        "sharedAlbumOptions" => shared_album_options,
    }
}

/// Response of `albums.share`.
#[derive(Clone, Debug, Default, PartialEq)]
#[non_exhaustive]
pub struct ShareAlbumResponse {
    /// State of sharing after the call.
    pub share_info: Option<schemas::ShareInfo>,
}

discovery_runtime::codegen::schema! {
    ShareAlbumResponse {
        "shareInfo" => share_info,
    }
}

/// Body of `albums.unshare`, which has no fields. The method was withdrawn on 31 March 2025.
#[derive(Clone, Debug, Default, PartialEq)]
#[non_exhaustive]
pub struct UnshareAlbumRequest {}

discovery_runtime::codegen::schema! {
    UnshareAlbumRequest {}
}

/// Response of `albums.unshare`, which has no fields: the album is private.
#[derive(Clone, Debug, Default, PartialEq)]
#[non_exhaustive]
pub struct UnshareAlbumResponse {}

discovery_runtime::codegen::schema! {
    UnshareAlbumResponse {}
}
