// Made from the Discovery document `photoslibrary:v1`, revision 20251221, by `cargo xtask codegen`.
// Edits are lost: change the document, its overrides or generator/src/emit/schema.rs.

//! Types that only `shared_albums` uses.

use crate::schemas;

/// Body of `sharedAlbums.join`, a method that was withdrawn on 31 March 2025.
#[derive(Clone, Debug, Default, PartialEq)]
#[non_exhaustive]
pub struct JoinSharedAlbumRequest {
    /// Token of the shared album to join.
    /// Required in requests.
    pub share_token: Option<String>,
}

impl JoinSharedAlbumRequest {
    /// Sets [`share_token`](Self::share_token).
    #[must_use]
    pub fn with_share_token(mut self, share_token: impl Into<String>) -> Self {
        self.share_token = Some(share_token.into());
        self
    }
}

discovery_runtime::codegen::schema! {
    JoinSharedAlbumRequest {
        "shareToken" => share_token,
    }
}

/// Response of `sharedAlbums.join`.
#[derive(Clone, Debug, Default, PartialEq)]
#[non_exhaustive]
pub struct JoinSharedAlbumResponse {
    /// The album, of which the user is now a member.
    pub album: Option<schemas::Album>,
}

discovery_runtime::codegen::schema! {
    JoinSharedAlbumResponse {
        "album" => album,
    }
}

/// Body of `sharedAlbums.leave`, a method that was withdrawn on 31 March 2025.
#[derive(Clone, Debug, Default, PartialEq)]
#[non_exhaustive]
pub struct LeaveSharedAlbumRequest {
    /// Token of the shared album to leave.
    /// Required in requests.
    pub share_token: Option<String>,
}

impl LeaveSharedAlbumRequest {
    /// Sets [`share_token`](Self::share_token).
    #[must_use]
    pub fn with_share_token(mut self, share_token: impl Into<String>) -> Self {
        self.share_token = Some(share_token.into());
        self
    }
}

discovery_runtime::codegen::schema! {
    LeaveSharedAlbumRequest {
        "shareToken" => share_token,
    }
}

/// Response of `sharedAlbums.leave`, which has no fields: the user left the album.
#[derive(Clone, Debug, Default, PartialEq)]
#[non_exhaustive]
pub struct LeaveSharedAlbumResponse {}

discovery_runtime::codegen::schema! {
    LeaveSharedAlbumResponse {}
}

/// One page of shared albums.
#[derive(Clone, Debug, Default, PartialEq)]
#[non_exhaustive]
pub struct ListSharedAlbumsResponse {
    /// Token for the next page; absent on the last one.
    ///
    /// Nothing else tells whether more follows. The page that it leads to may turn out empty.
    pub next_page_token: Option<String>,
    /// The shared albums on this page.
    ///
    /// Absent means none, which does not mean that this is the last page.
    pub shared_albums: Vec<schemas::Album>,
}

discovery_runtime::codegen::schema! {
    ListSharedAlbumsResponse {
        "nextPageToken" => next_page_token,
        "sharedAlbums" => shared_albums,
    } strict ["nextPageToken", "sharedAlbums"]
}
