// Made from the Discovery document `photoslibrary:v1`, revision 20251221, by `cargo xtask codegen`.
// Edits are lost: change the document, its overrides or generator/src/emit/resource.rs.

//! The resource `albums`.

mod calls;

pub use calls::*;

use crate::schemas;
use discovery_runtime::codegen::{Context, UpdateMask};

/// Makes the calls of the resource `albums`.
///
/// | call | what it does |
/// |---|---|
/// | [`add_enrichment`](Self::add_enrichment) | Adds a text, a location or a map to an album, at a given place. |
/// | [`batch_add_media_items`](Self::batch_add_media_items) | Adds up to 50 media items to an album. |
/// | [`batch_remove_media_items`](Self::batch_remove_media_items) | Takes up to 50 media items out of an album. |
/// | [`create`](Self::create) | Creates an empty album in the user's library. |
/// | [`get`](Self::get) | Gets one album by its identifier. |
/// | [`list`](Self::list) | Lists the albums in the user's library that your app created. |
/// | [`patch`](Self::patch) | Changes the title or the cover photo of an album. |
/// | [`share`](Self::share) | Shared an album, so that others could see it through a link. |
/// | [`unshare`](Self::unshare) | Made a shared album private again. |
#[derive(Clone, Debug)]
pub struct Albums {
    client: discovery_runtime::Client,
}

impl Albums {
    pub(crate) fn new(client: &discovery_runtime::Client) -> Self {
        Self { client: client.clone() }
    }

    /// Adds a text, a location or a map to an album, at a given place.
    ///
    /// The album must have been created by your app. Each call adds one enrichment, and both fields
    /// of the request are needed. An enrichment cannot be listed, moved, changed or removed through
    /// this API: keep the `id` in the response if something is to be placed after it later. Take
    /// care when the outcome of a call is unknown: calling again may add the enrichment a second
    /// time.
    ///
    /// * Request: `POST v1/albums/{albumId}:addEnrichment`.
    /// * Scopes: any one of [`PHOTOSLIBRARY_APPENDONLY`](crate::scopes::PHOTOSLIBRARY_APPENDONLY), [`PHOTOSLIBRARY_EDIT_APPCREATEDDATA`](crate::scopes::PHOTOSLIBRARY_EDIT_APPCREATEDDATA).
    /// * **Retries**: only if the request was not processed.
    ///
    /// # Example
    ///
    /// ```no_run
    /// use google_photoslibrary_v1::schemas;
    /// # async fn example(client: google_photoslibrary_v1::Client) -> google_photoslibrary_v1::Result<()> {
    /// let body = schemas::AddEnrichmentToAlbumRequest::default()
    ///     .with_album_position(
    ///         schemas::AlbumPosition::default()
    ///             .with_position(schemas::PositionType::FirstInAlbum),
    ///     )
    ///     .with_new_enrichment_item(
    ///         schemas::NewEnrichmentItem::default()
    ///             .with_location_enrichment(
    ///                 schemas::LocationEnrichment::default()
    ///                     .with_location(
    ///                         schemas::Location::default().with_location_name("Reykjavík"),
    ///                     ),
    ///             ),
    ///     );
    /// let answer = client.albums().add_enrichment("ALBUM_ID", body).send().await?;
    /// println!("{answer:?}");
    /// # Ok(()) }
    /// ```
    pub fn add_enrichment(
        &self,
        album_id: impl Into<String>,
        body: schemas::AddEnrichmentToAlbumRequest,
    ) -> AddEnrichment {
        AddEnrichment {
            context: Context::new(&self.client),
            album_id: album_id.into(),
            body,
        }
    }

    /// Adds up to 50 media items to an album.
    ///
    /// The album and all items must have been created by your app. The items go to the end of the
    /// album in the order given; an album holds at most 20,000. The call succeeds or fails as a
    /// whole: one unusable identifier gives 400 `INVALID_ARGUMENT` and leaves the album unchanged.
    ///
    /// If the library held the same picture before your app uploaded it, the item does not count as
    /// your app's and cannot be added here. Name the album in `mediaItems.batchCreate` instead,
    /// which adds such an item as well.
    ///
    /// * Request: `POST v1/albums/{albumId}:batchAddMediaItems`.
    /// * Scopes: any one of [`PHOTOSLIBRARY_APPENDONLY`](crate::scopes::PHOTOSLIBRARY_APPENDONLY), [`PHOTOSLIBRARY_EDIT_APPCREATEDDATA`](crate::scopes::PHOTOSLIBRARY_EDIT_APPCREATEDDATA).
    /// * **Retries**: only if the request was not processed.
    /// * `mediaItemIds`: 1 to 50 entries, or nothing is sent.
    ///
    /// # Example
    ///
    /// ```no_run
    /// use google_photoslibrary_v1::schemas;
    /// # async fn example(client: google_photoslibrary_v1::Client) -> google_photoslibrary_v1::Result<()> {
    /// let body = schemas::BatchAddMediaItemsToAlbumRequest::default()
    ///     .with_media_item_ids(["MEDIA_ITEM_ID"]);
    /// let answer = client.albums().batch_add_media_items("ALBUM_ID", body).send().await?;
    /// println!("{answer:?}");
    /// # Ok(()) }
    /// ```
    pub fn batch_add_media_items(
        &self,
        album_id: impl Into<String>,
        body: schemas::BatchAddMediaItemsToAlbumRequest,
    ) -> BatchAddMediaItems {
        BatchAddMediaItems {
            context: Context::new(&self.client),
            album_id: album_id.into(),
            body,
        }
    }

    /// Takes up to 50 media items out of an album.
    ///
    /// The album and all items must have been created by your app. The items stay in the library:
    /// this API deletes nothing. The list must not be empty or name an item twice. The call
    /// succeeds or fails as a whole: one unusable identifier gives 400 `INVALID_ARGUMENT` and
    /// leaves the album unchanged.
    ///
    /// * Request: `POST v1/albums/{albumId}:batchRemoveMediaItems`.
    /// * Scopes: [`PHOTOSLIBRARY_EDIT_APPCREATEDDATA`](crate::scopes::PHOTOSLIBRARY_EDIT_APPCREATEDDATA).
    /// * **Retries**: only if the request was not processed.
    /// * `mediaItemIds`: 1 to 50 entries, or nothing is sent.
    ///
    /// # Example
    ///
    /// ```no_run
    /// use google_photoslibrary_v1::schemas;
    /// # async fn example(client: google_photoslibrary_v1::Client) -> google_photoslibrary_v1::Result<()> {
    /// let body = schemas::BatchRemoveMediaItemsFromAlbumRequest::default()
    ///     .with_media_item_ids(["MEDIA_ITEM_ID"]);
    /// let answer = client
    ///     .albums()
    ///     .batch_remove_media_items("ALBUM_ID", body)
    ///     .send()
    ///     .await?;
    /// println!("{answer:?}");
    /// # Ok(()) }
    /// ```
    pub fn batch_remove_media_items(
        &self,
        album_id: impl Into<String>,
        body: schemas::BatchRemoveMediaItemsFromAlbumRequest,
    ) -> BatchRemoveMediaItems {
        BatchRemoveMediaItems {
            context: Context::new(&self.client),
            album_id: album_id.into(),
            body,
        }
    }

    /// Creates an empty album in the user's library.
    ///
    /// The response is the album with the `id` that the service gave it. Each success makes a new
    /// album, and this API cannot delete one: when the outcome of a call is unknown, look for the
    /// album with `albums.list` before calling again.
    ///
    /// * Request: `POST v1/albums`.
    /// * Scopes: [`PHOTOSLIBRARY_APPENDONLY`](crate::scopes::PHOTOSLIBRARY_APPENDONLY).
    /// * **Retries**: only if the request was not processed.
    ///
    /// # Example
    ///
    /// ```no_run
    /// use google_photoslibrary_v1::schemas;
    /// # async fn example(client: google_photoslibrary_v1::Client) -> google_photoslibrary_v1::Result<()> {
    /// let body = schemas::CreateAlbumRequest::default()
    ///     .with_album(schemas::Album::default().with_title("Iceland"));
    /// let answer = client.albums().create(body).send().await?;
    /// println!("{answer:?}");
    /// # Ok(()) }
    /// ```
    pub fn create(&self, body: schemas::CreateAlbumRequest) -> Create {
        Create {
            context: Context::new(&self.client),
            body,
        }
    }

    /// Gets one album by its identifier.
    ///
    /// Only albums that your app created can be read; one that the user has deleted gives 404
    /// `NOT_FOUND`. The response does not include the items: list them with `mediaItems.search` and
    /// its `albumId`.
    ///
    /// * Request: `GET v1/albums/{albumId}`.
    /// * Scopes: [`PHOTOSLIBRARY_READONLY_APPCREATEDDATA`](crate::scopes::PHOTOSLIBRARY_READONLY_APPCREATEDDATA).
    /// * **Retries**: on any transient failure.
    ///
    /// # Example
    ///
    /// ```no_run
    /// # async fn example(client: google_photoslibrary_v1::Client) -> google_photoslibrary_v1::Result<()> {
    /// let answer = client.albums().get("ALBUM_ID").send().await?;
    /// println!("{answer:?}");
    /// # Ok(()) }
    /// ```
    pub fn get(&self, album_id: impl Into<String>) -> Get {
        Get {
            context: Context::new(&self.client),
            album_id: album_id.into(),
        }
    }

    /// Lists the albums in the user's library that your app created.
    ///
    /// A page may be short, or empty, while more pages follow: only a response without
    /// `nextPageToken` is the last. Albums created in the Google Photos app or by another client
    /// are left out without an error.
    ///
    /// * Request: `GET v1/albums`.
    /// * Scopes: [`PHOTOSLIBRARY_READONLY_APPCREATEDDATA`](crate::scopes::PHOTOSLIBRARY_READONLY_APPCREATEDDATA).
    /// * **Retries**: on any transient failure.
    ///
    /// # Example
    ///
    /// ```no_run
    /// # async fn example(client: google_photoslibrary_v1::Client) -> google_photoslibrary_v1::Result<()> {
    /// let mut items = client.albums().list().items();
    /// while let Some(item) = items.next().await {
    ///     let item = item?;
    ///     println!("{item:?}");
    /// }
    /// # Ok(()) }
    /// ```
    pub fn list(&self) -> List {
        List {
            context: Context::new(&self.client),
            exclude_non_app_created_data: None,
            page_size: None,
            page_token: None,
        }
    }

    /// Changes the title or the cover photo of an album.
    ///
    /// Of the body only the fields named in `updateMask` are read, which may be `title` and
    /// `coverPhotoMediaItemId`; the service needs a mask. The album must have been created by your
    /// app and belong to the user. A new cover must be an item that is already in the album. The
    /// response is the album after the change.
    ///
    /// * Request: `PATCH v1/albums/{id}`.
    /// * Scopes: [`PHOTOSLIBRARY_EDIT_APPCREATEDDATA`](crate::scopes::PHOTOSLIBRARY_EDIT_APPCREATEDDATA).
    /// * **Retries**: on any transient failure.
    /// * `updateMask`: what the body has set, unless it is given; `title` and `coverPhotoMediaItemId` can change.
    ///
    /// # Example
    ///
    /// ```no_run
    /// use google_photoslibrary_v1::schemas;
    /// # async fn example(client: google_photoslibrary_v1::Client) -> google_photoslibrary_v1::Result<()> {
    /// let album = schemas::Album::default().with_title("Iceland");
    /// let answer = client.albums().patch("ID", album).send().await?;
    /// println!("{answer:?}");
    /// # Ok(()) }
    /// ```
    pub fn patch(&self, id: impl Into<String>, album: schemas::Album) -> Patch {
        Patch {
            context: Context::new(&self.client),
            id: id.into(),
            album,
            update_mask: UpdateMask::default(),
        }
    }

    /// Shared an album, so that others could see it through a link.
    ///
    /// Since 31 March 2025 the service answers every caller with 403 `PERMISSION_DENIED`; users
    /// share albums in the Google Photos app. It worked for albums that the app had created and the
    /// user owned.
    ///
    /// * Request: `POST v1/albums/{albumId}:share`.
    /// * Scopes: the service accepts none any more; it answers 403 to everybody.
    /// * **Retries**: only if the request was not sent.
    ///
    /// # Example
    ///
    /// ```no_run
    /// use google_photoslibrary_v1::schemas;
    /// # async fn example(client: google_photoslibrary_v1::Client) -> google_photoslibrary_v1::Result<()> {
    /// let body = schemas::ShareAlbumRequest::default()
    ///     .with_shared_album_options(
    ///         schemas::SharedAlbumOptions::default().with_is_collaborative(true),
    ///     );
    /// let answer = client.albums().share("ALBUM_ID", body).send().await?;
    /// println!("{answer:?}");
    /// # Ok(()) }
    /// ```
    #[deprecated(
        note = "The service answers 403 `PERMISSION_DENIED` to every caller. Users share albums in the Google Photos app. (since 2025-03-31)"
    )]
    pub fn share(
        &self,
        album_id: impl Into<String>,
        body: schemas::ShareAlbumRequest,
    ) -> Share {
        Share {
            context: Context::new(&self.client),
            album_id: album_id.into(),
            body,
        }
    }

    /// Made a shared album private again.
    ///
    /// Since 31 March 2025 the service answers every caller with 403 `PERMISSION_DENIED`; users
    /// stop sharing in the Google Photos app. It worked for albums that the app had created and the
    /// user owned, and took access away from everyone else.
    ///
    /// * Request: `POST v1/albums/{albumId}:unshare`.
    /// * Scopes: the service accepts none any more; it answers 403 to everybody.
    /// * **Retries**: only if the request was not sent.
    ///
    /// # Example
    ///
    /// ```no_run
    /// use google_photoslibrary_v1::schemas;
    /// # async fn example(client: google_photoslibrary_v1::Client) -> google_photoslibrary_v1::Result<()> {
    /// let body = schemas::UnshareAlbumRequest::default();
    /// let answer = client.albums().unshare("ALBUM_ID", body).send().await?;
    /// println!("{answer:?}");
    /// # Ok(()) }
    /// ```
    #[deprecated(
        note = "The service answers 403 `PERMISSION_DENIED` to every caller. Users stop sharing albums in the Google Photos app. (since 2025-03-31)"
    )]
    pub fn unshare(
        &self,
        album_id: impl Into<String>,
        body: schemas::UnshareAlbumRequest,
    ) -> Unshare {
        Unshare {
            context: Context::new(&self.client),
            album_id: album_id.into(),
            body,
        }
    }
}
