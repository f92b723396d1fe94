// Made from the Discovery document `photoslibrary:v1`, revision 20251221, by `cargo xtask codegen`.
// Edits are lost: change the document, its overrides or generator/src/emit/schema.rs.

//! Types that several resources share, or none uses.

use crate::schemas;

/// An album in Google Photos.
///
/// It holds up to 20,000 media items in a fixed order, and enrichments among them, which are
/// never returned.
#[derive(Clone, Debug, Default, PartialEq)]
#[non_exhaustive]
pub struct Album {
    /// Base URL of the cover picture.
    ///
    /// It does not work bare: append a size such as `=w2048-h1024`. Whoever has it can fetch the
    /// picture for about 60 minutes, so keep it out of logs. For an empty album it leads to a
    /// placeholder.
    /// Set by the service; not sent in requests.
    pub cover_photo_base_url: Option<String>,
    /// Identifier of the media item used as the cover.
    ///
    /// It is absent for an empty album. `albums.patch` can choose another item of the album.
    pub cover_photo_media_item_id: Option<String>,
    /// Identifier of the album.
    ///
    /// It never changes and may be stored; do not read meaning into its characters.
    /// Set by the service; not sent in requests.
    pub id: Option<String>,
    /// Whether your app may add media items to the album.
    ///
    /// It is `true` for albums that your app created, and absent otherwise.
    /// Set by the service; not sent in requests.
    pub is_writeable: Option<bool>,
    /// How many media items the album holds. It is absent for an empty album.
    /// Set by the service; not sent in requests.
    pub media_items_count: Option<i64>,
    /// Address of the album in Google Photos, for the user to open. The user must be signed in.
    /// Set by the service; not sent in requests.
    pub product_url: Option<String>,
    /// State of sharing.
    ///
    /// It needs the `photoslibrary.sharing` scope, so it has not been returned since that scope
    /// ended on 31 March 2025.
    /// Set by the service; not sent in requests.
    pub share_info: Option<schemas::ShareInfo>,
    /// Name of the album as the user sees it, at most 500 characters.
    pub title: Option<String>,
}

impl Album {
    /// Sets [`cover_photo_media_item_id`](Self::cover_photo_media_item_id).
    #[must_use]
    pub fn with_cover_photo_media_item_id(
        mut self,
        cover_photo_media_item_id: impl Into<String>,
    ) -> Self {
        self.cover_photo_media_item_id = Some(cover_photo_media_item_id.into());
        self
    }

    /// Sets [`title`](Self::title).
    #[must_use]
    pub fn with_title(mut self, title: impl Into<String>) -> Self {
        self.title = Some(title.into());
        self
    }
}

discovery_runtime::codegen::schema! {
    Album {
        "coverPhotoBaseUrl" => cover_photo_base_url: output_only,
        "coverPhotoMediaItemId" => cover_photo_media_item_id,
        "id" => id: output_only,
        "isWriteable" => is_writeable: output_only,
        "mediaItemsCount" => media_items_count: output_only,
        "productUrl" => product_url: output_only,
        "shareInfo" => share_info: output_only,
        "title" => title,
    }
}

/// A place in an album.
///
/// It can be chosen only for what is being added: existing content cannot be moved.
#[derive(Clone, Debug, Default, PartialEq)]
#[non_exhaustive]
pub struct AlbumPosition {
    /// How the place is determined.
    pub position: Option<schemas::PositionType>,
    /// Identifier of the enrichment that the place comes after.
    ///
    /// Set it with `AFTER_ENRICHMENT_ITEM` only, which needs it.
    pub relative_enrichment_item_id: Option<String>,
    /// Identifier of the media item that the place comes after.
    ///
    /// Set it with `AFTER_MEDIA_ITEM` only, which needs it.
    pub relative_media_item_id: Option<String>,
}

impl AlbumPosition {
    /// Sets [`position`](Self::position).
    #[must_use]
    pub fn with_position(mut self, position: schemas::PositionType) -> Self {
        self.position = Some(position);
        self
    }

    /// Sets [`relative_enrichment_item_id`](Self::relative_enrichment_item_id).
    #[must_use]
    pub fn with_relative_enrichment_item_id(
        mut self,
        relative_enrichment_item_id: impl Into<String>,
    ) -> Self {
        self.relative_enrichment_item_id = Some(relative_enrichment_item_id.into());
        self
    }

    /// Sets [`relative_media_item_id`](Self::relative_media_item_id).
    #[must_use]
    pub fn with_relative_media_item_id(
        mut self,
        relative_media_item_id: impl Into<String>,
    ) -> Self {
        self.relative_media_item_id = Some(relative_media_item_id.into());
        self
    }
}

discovery_runtime::codegen::schema! {
    AlbumPosition {
        "position" => position,
        "relativeEnrichmentItemId" => relative_enrichment_item_id,
        "relativeMediaItemId" => relative_media_item_id,
    }
}

/// How the place is determined.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum PositionType {
    /// No place is given.
    ///
    /// New media items then go to the end of the album; an enrichment needs one of the other
    /// values.
    Unspecified,
    /// Before everything that is in the album.
    FirstInAlbum,
    /// After everything that is in the album.
    LastInAlbum,
    /// Directly after the media item in `relativeMediaItemId`.
    AfterMediaItem,
    /// Directly after the enrichment in `relativeEnrichmentItemId`.
    AfterEnrichmentItem,
    /// A value that this version of the crate does not know; it is kept as it came.
    Unrecognized(discovery_runtime::UnrecognizedValue),
}

discovery_runtime::codegen::open_enum! {
    PositionType {
        "POSITION_TYPE_UNSPECIFIED" => Unspecified,
        "FIRST_IN_ALBUM" => FirstInAlbum,
        "LAST_IN_ALBUM" => LastInAlbum,
        "AFTER_MEDIA_ITEM" => AfterMediaItem,
        "AFTER_ENRICHMENT_ITEM" => AfterEnrichmentItem,
    } else Unrecognized
}

/// How an album is shared.
///
/// It needs the `photoslibrary.sharing` scope, so it has not been returned since that scope
/// ended on 31 March 2025.
#[derive(Clone, Debug, Default, PartialEq)]
#[non_exhaustive]
pub struct ShareInfo {
    /// Whether other users can become members of the album.
    /// Set by the service; not sent in requests.
    pub is_joinable: Option<bool>,
    /// Whether the user is a member of the album. The owner always is.
    /// Set by the service; not sent in requests.
    pub is_joined: Option<bool>,
    /// Whether the album belongs to the user.
    /// Set by the service; not sent in requests.
    pub is_owned: Option<bool>,
    /// Token that stands for the shared album in the methods of `sharedAlbums`.
    ///
    /// It stops working when the album is no longer shared.
    /// Set by the service; not sent in requests.
    pub share_token: Option<String>,
    /// Link to the shared album. Whoever has it can see the album.
    /// Set by the service; not sent in requests.
    pub shareable_url: Option<String>,
    /// What members of the album may do.
    /// Set by the service; not sent in requests.
    pub shared_album_options: Option<schemas::SharedAlbumOptions>,
}

discovery_runtime::codegen::schema! {
    ShareInfo {
        "isJoinable" => is_joinable: output_only,
        "isJoined" => is_joined: output_only,
        "isOwned" => is_owned: output_only,
        "shareToken" => share_token: output_only,
        "shareableUrl" => shareable_url: output_only,
        "sharedAlbumOptions" => shared_album_options: output_only,
    }
}

/// What members of a shared album may do besides looking at it.
#[derive(Clone, Debug, Default, PartialEq)]
#[non_exhaustive]
pub struct SharedAlbumOptions {
    /// Whether members may add media items. Default `false`.
    pub is_collaborative: Option<bool>,
    /// Whether members may comment. Default `false`.
    pub is_commentable: Option<bool>,
}

impl SharedAlbumOptions {
    /// Sets [`is_collaborative`](Self::is_collaborative).
    #[must_use]
    pub fn with_is_collaborative(mut self, is_collaborative: bool) -> Self {
        self.is_collaborative = Some(is_collaborative);
        self
    }

    /// Sets [`is_commentable`](Self::is_commentable).
    #[must_use]
    pub fn with_is_commentable(mut self, is_commentable: bool) -> Self {
        self.is_commentable = Some(is_commentable);
        self
    }
}

discovery_runtime::codegen::schema! {
    SharedAlbumOptions {
        "isCollaborative" => is_collaborative,
        "isCommentable" => is_commentable,
    }
}
