// Made from the Discovery document `photoslibrary:v1`, revision 20251221, by `cargo xtask codegen`.
// Edits are lost: change the document, its overrides or generator/src/emit/call.rs.

//! The calls that [`SharedAlbums`](super::SharedAlbums) makes: values until they are sent.

use crate::schemas;
use discovery_runtime::codegen::{self, Call, Context, Paged, PagedItems, Request};
use discovery_runtime::{HttpMethod, Method, RetrySafety};

/// The call that [`SharedAlbums::get`](super::SharedAlbums::get) makes.
#[derive(Clone, Debug)]
#[must_use = "a call does nothing until it is sent"]
pub struct Get {
    pub(super) context: Context,
    pub(super) share_token: String,
}

impl Call for Get {
    type Response = schemas::Album;

    const METHOD: Method = Method {
        id: "photoslibrary.sharedAlbums.get",
        http: HttpMethod::Get,
        path: "v1/sharedAlbums/{shareToken}",
        retry: RetrySafety::Idempotent,
        ..Method::DEFAULT
    };

    fn request(&self) -> Request {
        Request::new(&Self::METHOD).path("shareToken", &self.share_token)
    }
}

codegen::call!(Get);

/// The call that [`SharedAlbums::join`](super::SharedAlbums::join) makes.
#[derive(Clone, Debug)]
#[must_use = "a call does nothing until it is sent"]
pub struct Join {
    pub(super) context: Context,
    pub(super) body: schemas::JoinSharedAlbumRequest,
}

impl Call for Join {
    type Response = schemas::JoinSharedAlbumResponse;

    const METHOD: Method = Method {
        id: "photoslibrary.sharedAlbums.join",
        http: HttpMethod::Post,
        path: "v1/sharedAlbums:join",
        ..Method::DEFAULT
    };

    fn request(&self) -> Request {
        Request::new(&Self::METHOD).body(&self.body)
    }
}

codegen::call!(Join);

/// The call that [`SharedAlbums::leave`](super::SharedAlbums::leave) makes.
#[derive(Clone, Debug)]
#[must_use = "a call does nothing until it is sent"]
pub struct Leave {
    pub(super) context: Context,
    pub(super) body: schemas::LeaveSharedAlbumRequest,
}

impl Call for Leave {
    type Response = schemas::LeaveSharedAlbumResponse;

    const METHOD: Method = Method {
        id: "photoslibrary.sharedAlbums.leave",
        http: HttpMethod::Post,
        path: "v1/sharedAlbums:leave",
        ..Method::DEFAULT
    };

    fn request(&self) -> Request {
        Request::new(&Self::METHOD).body(&self.body)
    }
}

codegen::call!(Leave);

/// The call that [`SharedAlbums::list`](super::SharedAlbums::list) makes.
#[derive(Clone, Debug)]
#[must_use = "a call does nothing until it is sent"]
pub struct List {
    pub(super) context: Context,
    pub(super) exclude_non_app_created_data: Option<bool>,
    pub(super) page_size: Option<i32>,
    pub(super) page_token: Option<String>,
}

impl List {
    /// Whether to leave out albums that your app did not create. Default `false`.
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
    type Response = schemas::ListSharedAlbumsResponse;

    const METHOD: Method = Method {
        id: "photoslibrary.sharedAlbums.list",
        http: HttpMethod::Get,
        path: "v1/sharedAlbums",
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

    fn next_page_token(page: &schemas::ListSharedAlbumsResponse) -> Option<&str> {
        page.next_page_token.as_deref()
    }
}

impl PagedItems for List {
    type Item = schemas::Album;

    const ITEMS: &'static str = "sharedAlbums";

    fn items(page: schemas::ListSharedAlbumsResponse) -> Vec<Self::Item> {
        page.shared_albums
    }
}

codegen::paged!(List, items);
