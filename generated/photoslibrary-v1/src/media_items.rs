// Made from the Discovery document `photoslibrary:v1`, revision 20251221, by `cargo xtask codegen`.
// Edits are lost: change the document, its overrides or generator/src/emit/resource.rs.

//! The resource `mediaItems`.

mod calls;

pub use calls::*;

use crate::schemas;
use discovery_runtime::codegen::{Context, UpdateMask};

/// Makes the calls of the resource `mediaItems`.
///
/// | call | what it does |
/// |---|---|
/// | [`batch_create`](Self::batch_create) | Turns up to 50 upload tokens into media items, in the library and, if wanted, in an album. |
/// | [`batch_get`](Self::batch_get) | Gets up to 50 media items by their identifiers. |
/// | [`get`](Self::get) | Gets one media item by its identifier. |
/// | [`list`](Self::list) | Lists the media items in the user's library that your app created. |
/// | [`patch`](Self::patch) | Changes the description of a media item. |
/// | [`search`](Self::search) | Lists the media items of one album, or those in the library that match filters. |
/// | [`upload`](Self::upload) | Sends the bytes of a photo or a video and returns an upload token. |
#[derive(Clone, Debug)]
pub struct MediaItems {
    client: discovery_runtime::Client,
}

impl MediaItems {
    pub(crate) fn new(client: &discovery_runtime::Client) -> Self {
        Self { client: client.clone() }
    }

    /// Turns up to 50 upload tokens into media items, in the library and, if wanted, in an album.
    ///
    /// The status of the call is not the verdict: it succeeds, with 200 or 207, even if some items
    /// fail. `newMediaItemResults` has one result for each item, in the order of the request; an
    /// item was created if its `status.code` is 0 or absent. Some faults refuse the whole call,
    /// with an error, and create nothing: one `fileName` of more than 255 characters, an album that
    /// your app did not create, too little storage left (all 400), or an album that the user
    /// deleted (404).
    ///
    /// Make these calls one after another for each user: a second one in flight can be refused with
    /// 429\. Uploading bytes in parallel is fine. Bytes that the library already holds give the
    /// existing item, which keeps its first file name.
    ///
    /// * Request: `POST v1/mediaItems:batchCreate`.
    /// * Scopes: [`PHOTOSLIBRARY_APPENDONLY`](crate::scopes::PHOTOSLIBRARY_APPENDONLY).
    /// * **Retries**: only if the request was not sent.
    /// * `newMediaItems`: 1 to 50 entries, or nothing is sent.
    ///
    /// # Example
    ///
    /// ```no_run
    /// use google_photoslibrary_v1::schemas;
    /// # async fn example(client: google_photoslibrary_v1::Client) -> google_photoslibrary_v1::Result<()> {
    /// let body = schemas::BatchCreateMediaItemsRequest::default()
    ///     .with_new_media_items([
    ///         schemas::NewMediaItem::default()
    ///             .with_simple_media_item(
    ///                 schemas::SimpleMediaItem::default().with_upload_token("UPLOAD_TOKEN"),
    ///             ),
    ///     ]);
    /// let answer = client.media_items().batch_create(body).send().await?;
    /// println!("{answer:?}");
    /// # Ok(()) }
    /// ```
    pub fn batch_create(
        &self,
        body: schemas::BatchCreateMediaItemsRequest,
    ) -> BatchCreate {
        BatchCreate {
            context: Context::new(&self.client),
            body,
        }
    }

    /// Gets up to 50 media items by their identifiers.
    ///
    /// The response has one result for each identifier, in the order of the request. An identifier
    /// that cannot be read gives a result with an error `status` and no `mediaItem`, and the call
    /// still succeeds. A single damaged item can make the whole call fail with 500: ask for fewer
    /// items to find it.
    ///
    /// * Request: `GET v1/mediaItems:batchGet`.
    /// * Scopes: [`PHOTOSLIBRARY_READONLY_APPCREATEDDATA`](crate::scopes::PHOTOSLIBRARY_READONLY_APPCREATEDDATA).
    /// * **Retries**: on any transient failure.
    /// * `mediaItemIds`: 1 to 50 entries, or nothing is sent.
    ///
    /// # Example
    ///
    /// ```no_run
    /// # async fn example(client: google_photoslibrary_v1::Client) -> google_photoslibrary_v1::Result<()> {
    /// let answer = client.media_items().batch_get(["MEDIA_ITEM_ID"]).send().await?;
    /// println!("{answer:?}");
    /// # Ok(()) }
    /// ```
    pub fn batch_get(
        &self,
        media_item_ids: impl IntoIterator<Item = impl Into<String>>,
    ) -> BatchGet {
        BatchGet {
            context: Context::new(&self.client),
            media_item_ids: media_item_ids.into_iter().map(Into::into).collect(),
        }
    }

    /// Gets one media item by its identifier.
    ///
    /// Only items that your app created can be read. Call it for a fresh `baseUrl`, as each works
    /// for about 60 minutes, or to see whether a video is ready.
    ///
    /// * Request: `GET v1/mediaItems/{mediaItemId}`.
    /// * Scopes: [`PHOTOSLIBRARY_READONLY_APPCREATEDDATA`](crate::scopes::PHOTOSLIBRARY_READONLY_APPCREATEDDATA).
    /// * **Retries**: on any transient failure.
    ///
    /// # Example
    ///
    /// ```no_run
    /// # async fn example(client: google_photoslibrary_v1::Client) -> google_photoslibrary_v1::Result<()> {
    /// let answer = client.media_items().get("MEDIA_ITEM_ID").send().await?;
    /// println!("{answer:?}");
    /// # Ok(()) }
    /// ```
    pub fn get(&self, media_item_id: impl Into<String>) -> Get {
        Get {
            context: Context::new(&self.client),
            media_item_id: media_item_id.into(),
        }
    }

    /// Lists the media items in the user's library that your app created.
    ///
    /// A page may be short, or empty, while more pages follow: only a response without
    /// `nextPageToken` is the last. The first item of a page may repeat the last of the page
    /// before. Items in the archive or the trash are left out. To list one album, or to filter, use
    /// `mediaItems.search`.
    ///
    /// * Request: `GET v1/mediaItems`.
    /// * Scopes: [`PHOTOSLIBRARY_READONLY_APPCREATEDDATA`](crate::scopes::PHOTOSLIBRARY_READONLY_APPCREATEDDATA).
    /// * **Retries**: on any transient failure.
    ///
    /// # Example
    ///
    /// ```no_run
    /// # async fn example(client: google_photoslibrary_v1::Client) -> google_photoslibrary_v1::Result<()> {
    /// let mut items = client.media_items().list().items();
    /// while let Some(item) = items.next().await {
    ///     let item = item?;
    ///     println!("{item:?}");
    /// }
    /// # Ok(()) }
    /// ```
    pub fn list(&self) -> List {
        List {
            context: Context::new(&self.client),
            page_size: None,
            page_token: None,
        }
    }

    /// Changes the description of a media item.
    ///
    /// Of the body only `description` is read, and only if `updateMask` names it; the service needs
    /// a mask. The item must have been created by your app and belong to the user. The response is
    /// the item after the change.
    ///
    /// * Request: `PATCH v1/mediaItems/{id}`.
    /// * Scopes: [`PHOTOSLIBRARY_EDIT_APPCREATEDDATA`](crate::scopes::PHOTOSLIBRARY_EDIT_APPCREATEDDATA).
    /// * **Retries**: on any transient failure.
    /// * `updateMask`: what the body has set, unless it is given; `description` can change.
    ///
    /// # Example
    ///
    /// ```no_run
    /// use google_photoslibrary_v1::schemas;
    /// # async fn example(client: google_photoslibrary_v1::Client) -> google_photoslibrary_v1::Result<()> {
    /// let media_item = schemas::MediaItem::default().with_description("Two weeks in June");
    /// let answer = client.media_items().patch("ID", media_item).send().await?;
    /// println!("{answer:?}");
    /// # Ok(()) }
    /// ```
    pub fn patch(&self, id: impl Into<String>, media_item: schemas::MediaItem) -> Patch {
        Patch {
            context: Context::new(&self.client),
            id: id.into(),
            media_item,
            update_mask: UpdateMask::default(),
        }
    }

    /// Lists the media items of one album, or those in the library that match filters.
    ///
    /// Set `albumId` or `filters`, never both: together they give 400, even if the filters would
    /// match everything. With neither, the result is that of `mediaItems.list`. Despite its HTTP
    /// method the call changes nothing. Only items that your app created are found.
    ///
    /// A page may be short, or empty, while more pages follow: only a response without
    /// `nextPageToken` is the last. For the next page send the same body with its `pageToken` set.
    /// Filters find neither items dated in the future nor, for a while, items that were just
    /// uploaded.
    ///
    /// * Request: `POST v1/mediaItems:search`.
    /// * Scopes: [`PHOTOSLIBRARY_READONLY_APPCREATEDDATA`](crate::scopes::PHOTOSLIBRARY_READONLY_APPCREATEDDATA).
    /// * **Retries**: on any transient failure.
    /// * `filters.contentFilter.excludedContentCategories`: at most 10 entries, or nothing is sent.
    /// * `filters.contentFilter.includedContentCategories`: at most 10 entries, or nothing is sent.
    /// * `filters.dateFilter.dates`: at most 5 entries, or nothing is sent.
    /// * `filters.dateFilter.ranges`: at most 5 entries, or nothing is sent.
    /// * `filters.mediaTypeFilter.mediaTypes`: exactly 1 entry, or nothing is sent.
    /// * `albumId`, `filters`: only one of them, or nothing is sent.
    ///
    /// # Example
    ///
    /// ```no_run
    /// use google_photoslibrary_v1::schemas;
    /// # async fn example(client: google_photoslibrary_v1::Client) -> google_photoslibrary_v1::Result<()> {
    /// let body = schemas::SearchMediaItemsRequest::default().with_album_id("ALBUM_ID");
    /// let mut items = client.media_items().search(body).items();
    /// while let Some(item) = items.next().await {
    ///     let item = item?;
    ///     println!("{item:?}");
    /// }
    /// # Ok(()) }
    /// ```
    pub fn search(&self, body: schemas::SearchMediaItemsRequest) -> Search {
        Search {
            context: Context::new(&self.client),
            body,
        }
    }

    /// Sends the bytes of a photo or a video and returns an upload token.
    ///
    /// The token stands for the bytes for one day; pass it to `mediaItems.batchCreate`, as nothing
    /// shows up in the library before that. A photo may have up to 200 MB and a video up to 20 GB.
    /// What the bytes are is not checked here: an unsuitable file gets a token all the same and
    /// fails when the item is created. Sending the same bytes again is harmless. Items are stored
    /// in full quality and count against the user's storage.
    ///
    /// The upload token that comes back is good for 24 hours.
    ///
    /// * Request: `POST v1/uploads`.
    /// * Scopes: [`PHOTOSLIBRARY_APPENDONLY`](crate::scopes::PHOTOSLIBRARY_APPENDONLY).
    /// * **Retries**: on any transient failure.
    /// * Takes bytes of `image/*`, `video/*`, at most 21474836480 of them.
    ///
    /// # Example
    ///
    /// ```no_run
    /// # async fn example(client: google_photoslibrary_v1::Client) -> google_photoslibrary_v1::Result<()> {
    /// let file = std::path::Path::new("lake.jpg");
    /// let token = client.media_items().upload(file).send().await?;
    /// println!("{token:?}");
    /// # Ok(()) }
    /// ```
    pub fn upload(
        &self,
        source: impl Into<discovery_runtime::upload::Source>,
    ) -> discovery_runtime::upload::Upload<discovery_runtime::upload::UploadToken> {
        let context = Context::new(&self.client);
        discovery_runtime::upload::Upload::bare(
            context,
            &calls::UPLOAD_METHOD,
            &calls::UPLOAD_MEDIA,
            source,
        )
    }
}
