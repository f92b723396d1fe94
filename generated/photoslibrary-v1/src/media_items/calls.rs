// Made from the Discovery document `photoslibrary:v1`, revision 20251221, by `cargo xtask codegen`.
// Edits are lost: change the document, its overrides or generator/src/emit/call.rs.

//! The calls that [`MediaItems`](super::MediaItems) makes: values until they are sent.

use crate::schemas;
use crate::scopes;
use discovery_runtime::codegen::{
    self, Call, Context, Paged, PagedItems, Request, UpdateMask,
};
use discovery_runtime::{HttpMethod, Method, RetrySafety};

/// The call that [`MediaItems::batch_create`](super::MediaItems::batch_create) makes.
#[derive(Clone, Debug)]
#[must_use = "a call does nothing until it is sent"]
pub struct BatchCreate {
    pub(super) context: Context,
    pub(super) body: schemas::BatchCreateMediaItemsRequest,
}

impl Call for BatchCreate {
    type Response = schemas::BatchCreateMediaItemsResponse;

    const METHOD: Method = Method {
        id: "photoslibrary.mediaItems.batchCreate",
        http: HttpMethod::Post,
        path: "v1/mediaItems:batchCreate",
        scopes: &[scopes::PHOTOSLIBRARY_APPENDONLY],
        limits: &[("newMediaItems", 1..=50)],
        ..Method::DEFAULT
    };

    fn request(&self) -> Request {
        Request::new(&Self::METHOD).body(&self.body)
    }
}

codegen::call!(BatchCreate);

/// The call that [`MediaItems::batch_get`](super::MediaItems::batch_get) makes.
#[derive(Clone, Debug)]
#[must_use = "a call does nothing until it is sent"]
pub struct BatchGet {
    pub(super) context: Context,
    pub(super) media_item_ids: Vec<String>,
}

impl Call for BatchGet {
    type Response = schemas::BatchGetMediaItemsResponse;

    const METHOD: Method = Method {
        id: "photoslibrary.mediaItems.batchGet",
        http: HttpMethod::Get,
        path: "v1/mediaItems:batchGet",
        scopes: &[scopes::PHOTOSLIBRARY_READONLY_APPCREATEDDATA],
        retry: RetrySafety::Idempotent,
        ..Method::DEFAULT
    };

    fn request(&self) -> Request {
        Request::new(&Self::METHOD)
            .query("mediaItemIds", &self.media_item_ids)
            .limit("mediaItemIds", self.media_item_ids.len(), 1, 50)
    }
}

codegen::call!(BatchGet);

/// The call that [`MediaItems::get`](super::MediaItems::get) makes.
#[derive(Clone, Debug)]
#[must_use = "a call does nothing until it is sent"]
pub struct Get {
    pub(super) context: Context,
    pub(super) media_item_id: String,
}

impl Call for Get {
    type Response = schemas::MediaItem;

    const METHOD: Method = Method {
        id: "photoslibrary.mediaItems.get",
        http: HttpMethod::Get,
        path: "v1/mediaItems/{mediaItemId}",
        scopes: &[scopes::PHOTOSLIBRARY_READONLY_APPCREATEDDATA],
        retry: RetrySafety::Idempotent,
        ..Method::DEFAULT
    };

    fn request(&self) -> Request {
        Request::new(&Self::METHOD).path("mediaItemId", &self.media_item_id)
    }
}

codegen::call!(Get);

/// The call that [`MediaItems::list`](super::MediaItems::list) makes.
#[derive(Clone, Debug)]
#[must_use = "a call does nothing until it is sent"]
pub struct List {
    pub(super) context: Context,
    pub(super) page_size: Option<i32>,
    pub(super) page_token: Option<String>,
}

impl List {
    /// Number of media items a page may hold at most, 1 to 100.
    ///
    /// Default 25. The service may return fewer.
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
    type Response = schemas::ListMediaItemsResponse;

    const METHOD: Method = Method {
        id: "photoslibrary.mediaItems.list",
        http: HttpMethod::Get,
        path: "v1/mediaItems",
        scopes: &[scopes::PHOTOSLIBRARY_READONLY_APPCREATEDDATA],
        retry: RetrySafety::Idempotent,
        ..Method::DEFAULT
    };

    fn request(&self) -> Request {
        Request::new(&Self::METHOD)
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

    fn next_page_token(page: &schemas::ListMediaItemsResponse) -> Option<&str> {
        page.next_page_token.as_deref()
    }
}

impl PagedItems for List {
    type Item = schemas::MediaItem;

    const ITEMS: &'static str = "mediaItems";

    fn items(page: schemas::ListMediaItemsResponse) -> Vec<Self::Item> {
        page.media_items
    }
}

codegen::paged!(List, items);

/// The call that [`MediaItems::patch`](super::MediaItems::patch) makes.
#[derive(Clone, Debug)]
#[must_use = "a call does nothing until it is sent"]
pub struct Patch {
    pub(super) context: Context,
    pub(super) id: String,
    pub(super) media_item: schemas::MediaItem,
    pub(super) update_mask: UpdateMask,
}

impl Call for Patch {
    type Response = schemas::MediaItem;

    const METHOD: Method = Method {
        id: "photoslibrary.mediaItems.patch",
        http: HttpMethod::Patch,
        path: "v1/mediaItems/{id}",
        scopes: &[scopes::PHOTOSLIBRARY_EDIT_APPCREATEDDATA],
        retry: RetrySafety::Idempotent,
        ..Method::DEFAULT
    };

    fn request(&self) -> Request {
        Request::new(&Self::METHOD)
            .path("id", &self.id)
            .masked_body(
                &self.media_item,
                "updateMask",
                &self.update_mask,
                &["description"],
            )
    }
}

codegen::call!(Patch);

codegen::update_mask!(Patch, "updateMask");

/// The call that [`MediaItems::search`](super::MediaItems::search) makes.
#[derive(Clone, Debug)]
#[must_use = "a call does nothing until it is sent"]
pub struct Search {
    pub(super) context: Context,
    pub(super) body: schemas::SearchMediaItemsRequest,
}

impl Call for Search {
    type Response = schemas::SearchMediaItemsResponse;

    const METHOD: Method = Method {
        id: "photoslibrary.mediaItems.search",
        http: HttpMethod::Post,
        path: "v1/mediaItems:search",
        scopes: &[scopes::PHOTOSLIBRARY_READONLY_APPCREATEDDATA],
        retry: RetrySafety::Idempotent,
        limits: &[
            ("filters.contentFilter.excludedContentCategories", 0..=10),
            ("filters.contentFilter.includedContentCategories", 0..=10),
            ("filters.dateFilter.dates", 0..=5),
            ("filters.dateFilter.ranges", 0..=5),
            ("filters.mediaTypeFilter.mediaTypes", 1..=1),
        ],
        exclusive: &[&["albumId", "filters"]],
        ..Method::DEFAULT
    };

    fn request(&self) -> Request {
        Request::new(&Self::METHOD).body(&self.body)
    }
}

codegen::call!(Search);

impl Paged for Search {
    fn page_token(&self) -> Option<&str> {
        self.body.page_token.as_deref()
    }

    fn set_page_token(&mut self, token: String) {
        self.body.page_token = Some(token);
    }

    fn next_page_token(page: &schemas::SearchMediaItemsResponse) -> Option<&str> {
        page.next_page_token.as_deref()
    }
}

impl PagedItems for Search {
    type Item = schemas::MediaItem;

    const ITEMS: &'static str = "mediaItems";

    fn items(page: schemas::SearchMediaItemsResponse) -> Vec<Self::Item> {
        page.media_items
    }
}

codegen::paged!(Search, items);

/// What is fixed about `photoslibrary.mediaItems.upload`.
pub(super) static UPLOAD_METHOD: Method = Method {
    id: "photoslibrary.mediaItems.upload",
    http: HttpMethod::Post,
    path: "v1/uploads",
    scopes: &[scopes::PHOTOSLIBRARY_APPENDONLY],
    retry: RetrySafety::Idempotent,
    ..Method::DEFAULT
};

/// How its bytes go up.
pub(super) static UPLOAD_MEDIA: codegen::UploadMethod = codegen::UploadMethod {
    accept: &["image/*", "video/*"],
    max_size: Some(20 << 30),
    token_lifetime: Some(86400),
    refuse_empty: true,
    ..codegen::UploadMethod::x_goog("v1/uploads")
};
