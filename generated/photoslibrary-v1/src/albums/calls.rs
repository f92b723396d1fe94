// Made from the Discovery document `photoslibrary:v1`, revision 20251221, by `cargo xtask codegen`.
// Edits are lost: change the document, its overrides or generator/src/emit/call.rs.

//! The calls that [`Albums`](super::Albums) makes: values until they are sent.

use crate::schemas;
use crate::scopes;
use discovery_runtime::codegen::{
    self, Call, Context, Paged, PagedItems, Request, UpdateMask,
};
use discovery_runtime::{HttpMethod, Method, RetrySafety};

/// The call that [`Albums::add_enrichment`](super::Albums::add_enrichment) makes.
#[derive(Clone, Debug)]
#[must_use = "a call does nothing until it is sent"]
pub struct AddEnrichment {
    pub(super) context: Context,
    pub(super) album_id: String,
    pub(super) body: schemas::AddEnrichmentToAlbumRequest,
}

impl Call for AddEnrichment {
    type Response = schemas::AddEnrichmentToAlbumResponse;

    const METHOD: Method = Method {
        id: "photoslibrary.albums.addEnrichment",
        http: HttpMethod::Post,
        path: "v1/albums/{albumId}:addEnrichment",
        scopes: &[
            scopes::PHOTOSLIBRARY_APPENDONLY,
            scopes::PHOTOSLIBRARY_EDIT_APPCREATEDDATA,
        ],
        retry: RetrySafety::IfNotProcessed,
        ..Method::DEFAULT
    };

    fn request(&self) -> Request {
        Request::new(&Self::METHOD).path("albumId", &self.album_id).body(&self.body)
    }
}

codegen::call!(AddEnrichment);

/// The call that [`Albums::batch_add_media_items`](super::Albums::batch_add_media_items) makes.
#[derive(Clone, Debug)]
#[must_use = "a call does nothing until it is sent"]
pub struct BatchAddMediaItems {
    pub(super) context: Context,
    pub(super) album_id: String,
    pub(super) body: schemas::BatchAddMediaItemsToAlbumRequest,
}

impl Call for BatchAddMediaItems {
    type Response = schemas::BatchAddMediaItemsToAlbumResponse;

    const METHOD: Method = Method {
        id: "photoslibrary.albums.batchAddMediaItems",
        http: HttpMethod::Post,
        path: "v1/albums/{albumId}:batchAddMediaItems",
        scopes: &[
            scopes::PHOTOSLIBRARY_APPENDONLY,
            scopes::PHOTOSLIBRARY_EDIT_APPCREATEDDATA,
        ],
        retry: RetrySafety::IfNotProcessed,
        limits: &[("mediaItemIds", 1..=50)],
        ..Method::DEFAULT
    };

    fn request(&self) -> Request {
        Request::new(&Self::METHOD).path("albumId", &self.album_id).body(&self.body)
    }
}

codegen::call!(BatchAddMediaItems);

/// The call that [`Albums::batch_remove_media_items`](super::Albums::batch_remove_media_items) makes.
#[derive(Clone, Debug)]
#[must_use = "a call does nothing until it is sent"]
pub struct BatchRemoveMediaItems {
    pub(super) context: Context,
    pub(super) album_id: String,
    pub(super) body: schemas::BatchRemoveMediaItemsFromAlbumRequest,
}

impl Call for BatchRemoveMediaItems {
    type Response = schemas::BatchRemoveMediaItemsFromAlbumResponse;

    const METHOD: Method = Method {
        id: "photoslibrary.albums.batchRemoveMediaItems",
        http: HttpMethod::Post,
        path: "v1/albums/{albumId}:batchRemoveMediaItems",
        scopes: &[scopes::PHOTOSLIBRARY_EDIT_APPCREATEDDATA],
        retry: RetrySafety::IfNotProcessed,
        limits: &[("mediaItemIds", 1..=50)],
        ..Method::DEFAULT
    };

    fn request(&self) -> Request {
        Request::new(&Self::METHOD).path("albumId", &self.album_id).body(&self.body)
    }
}

codegen::call!(BatchRemoveMediaItems);

/// The call that [`Albums::create`](super::Albums::create) makes.
#[derive(Clone, Debug)]
#[must_use = "a call does nothing until it is sent"]
pub struct Create {
    pub(super) context: Context,
    pub(super) body: schemas::CreateAlbumRequest,
}

impl Call for Create {
    type Response = schemas::Album;

    const METHOD: Method = Method {
        id: "photoslibrary.albums.create",
        http: HttpMethod::Post,
        path: "v1/albums",
        scopes: &[scopes::PHOTOSLIBRARY_APPENDONLY],
        retry: RetrySafety::IfNotProcessed,
        ..Method::DEFAULT
    };

    fn request(&self) -> Request {
        Request::new(&Self::METHOD).body(&self.body)
    }
}

codegen::call!(Create);

/// The call that [`Albums::get`](super::Albums::get) makes.
#[derive(Clone, Debug)]
#[must_use = "a call does nothing until it is sent"]
pub struct Get {
    pub(super) context: Context,
    pub(super) album_id: String,
}

impl Call for Get {
    type Response = schemas::Album;

    const METHOD: Method = Method {
        id: "photoslibrary.albums.get",
        http: HttpMethod::Get,
        path: "v1/albums/{albumId}",
        scopes: &[scopes::PHOTOSLIBRARY_READONLY_APPCREATEDDATA],
        retry: RetrySafety::Idempotent,
        ..Method::DEFAULT
    };

    fn request(&self) -> Request {
        Request::new(&Self::METHOD).path("albumId", &self.album_id)
    }
}

codegen::call!(Get);

/// The call that [`Albums::list`](super::Albums::list) makes.
#[derive(Clone, Debug)]
#[must_use = "a call does nothing until it is sent"]
pub struct List {
    pub(super) context: Context,
    pub(super) exclude_non_app_created_data: Option<bool>,
    pub(super) page_size: Option<i32>,
    pub(super) page_token: Option<String>,
}

impl List {
    /// Whether to leave out albums that your app did not create.
    ///
    /// It changes nothing today: only albums that your app created can be listed in the first
    /// place.
    pub fn exclude_non_app_created_data(
        mut self,
        exclude_non_app_created_data: bool,
    ) -> Self {
        self.exclude_non_app_created_data = Some(exclude_non_app_created_data);
        self
    }

    /// Number of albums a page may hold at most, 1 to 50. Default 20. The service may return fewer.
    pub fn page_size(mut self, page_size: i32) -> Self {
        self.page_size = Some(page_size);
        self
    }

    /// Continues a listing: the `nextPageToken` of the page before.
    ///
    /// Leave it out for the first page, and keep every other parameter the same from page to page.
    pub fn page_token(mut self, page_token: impl Into<String>) -> Self {
        self.page_token = Some(page_token.into());
        self
    }
}

impl Call for List {
    type Response = schemas::ListAlbumsResponse;

    const METHOD: Method = Method {
        id: "photoslibrary.albums.list",
        http: HttpMethod::Get,
        path: "v1/albums",
        scopes: &[scopes::PHOTOSLIBRARY_READONLY_APPCREATEDDATA],
        retry: RetrySafety::Idempotent,
        ..Method::DEFAULT
    };

    fn request(&self) -> Request {
        Request::new(&Self::METHOD)
            .query("excludeNonAppCreatedData", &self.exclude_non_app_created_data)
            .query("pageSize", &self.page_size)
            .query("pageToken", &self.page_token)
    }
}

codegen::call!(List);

impl Paged for List {
    fn page_token(&self) -> Option<&str> {
        self.page_token.as_deref()
    }

    fn set_page_token(&mut self, token: String) {
        self.page_token = Some(token);
    }

    fn next_page_token(page: &schemas::ListAlbumsResponse) -> Option<&str> {
        page.next_page_token.as_deref()
    }
}

impl PagedItems for List {
    type Item = schemas::Album;

    const ITEMS: &'static str = "albums";

    fn items(page: schemas::ListAlbumsResponse) -> Vec<Self::Item> {
        page.albums
    }
}

codegen::paged!(List, items);

/// The call that [`Albums::patch`](super::Albums::patch) makes.
#[derive(Clone, Debug)]
#[must_use = "a call does nothing until it is sent"]
pub struct Patch {
    pub(super) context: Context,
    pub(super) id: String,
    pub(super) album: schemas::Album,
    pub(super) update_mask: UpdateMask,
}

impl Call for Patch {
    type Response = schemas::Album;

    const METHOD: Method = Method {
        id: "photoslibrary.albums.patch",
        http: HttpMethod::Patch,
        path: "v1/albums/{id}",
        scopes: &[scopes::PHOTOSLIBRARY_EDIT_APPCREATEDDATA],
        retry: RetrySafety::Idempotent,
        ..Method::DEFAULT
    };

    fn request(&self) -> Request {
        Request::new(&Self::METHOD)
            .path("id", &self.id)
            .masked_body(
                &self.album,
                "updateMask",
                &self.update_mask,
                &["title", "coverPhotoMediaItemId"],
            )
    }
}

codegen::call!(Patch);

codegen::update_mask!(Patch, "updateMask");

/// The call that [`Albums::share`](super::Albums::share) makes.
#[derive(Clone, Debug)]
#[must_use = "a call does nothing until it is sent"]
pub struct Share {
    pub(super) context: Context,
    pub(super) album_id: String,
    pub(super) body: schemas::ShareAlbumRequest,
}

impl Call for Share {
    type Response = schemas::ShareAlbumResponse;

    const METHOD: Method = Method {
        id: "photoslibrary.albums.share",
        http: HttpMethod::Post,
        path: "v1/albums/{albumId}:share",
        ..Method::DEFAULT
    };

    fn request(&self) -> Request {
        Request::new(&Self::METHOD).path("albumId", &self.album_id).body(&self.body)
    }
}

codegen::call!(Share);

/// The call that [`Albums::unshare`](super::Albums::unshare) makes.
#[derive(Clone, Debug)]
#[must_use = "a call does nothing until it is sent"]
pub struct Unshare {
    pub(super) context: Context,
    pub(super) album_id: String,
    pub(super) body: schemas::UnshareAlbumRequest,
}

impl Call for Unshare {
    type Response = schemas::UnshareAlbumResponse;

    const METHOD: Method = Method {
        id: "photoslibrary.albums.unshare",
        http: HttpMethod::Post,
        path: "v1/albums/{albumId}:unshare",
        ..Method::DEFAULT
    };

    fn request(&self) -> Request {
        Request::new(&Self::METHOD).path("albumId", &self.album_id).body(&self.body)
    }
}

codegen::call!(Unshare);
