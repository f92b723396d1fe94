// Made from the Discovery document `photoslibrary:v1`, revision 20251221, by `cargo xtask codegen`.
// Edits are lost: change the document, its overrides or generator/src/emit/resource.rs.

//! The resource `sharedAlbums`.

mod calls;

pub use calls::*;

use crate::schemas;
use discovery_runtime::codegen::Context;

/// Makes the calls of the resource `sharedAlbums`.
///
/// | call | what it does |
/// |---|---|
/// | [`get`](Self::get) | Got a shared album by its share token. |
/// | [`join`](Self::join) | Made the user a member of a shared album. |
/// | [`leave`](Self::leave) | Ended the user's membership of a shared album. |
/// | [`list`](Self::list) | Listed the shared albums that the user owned or had joined. |
#[derive(Clone, Debug)]
pub struct SharedAlbums {
    client: discovery_runtime::Client,
}

impl SharedAlbums {
    pub(crate) fn new(client: &discovery_runtime::Client) -> Self {
        Self { client: client.clone() }
    }

    /// Got a shared album by its share token.
    ///
    /// Since 31 March 2025 the service answers every caller with 403 `PERMISSION_DENIED`; shared
    /// albums are no longer visible to apps.
    ///
    /// * Request: `GET v1/sharedAlbums/{shareToken}`.
    /// * Scopes: the service accepts none any more; it answers 403 to everybody.
    /// * **Retries**: on any transient failure.
    ///
    /// # Example
    ///
    /// ```no_run
    /// # async fn example(client: google_photoslibrary_v1::Client) -> google_photoslibrary_v1::Result<()> {
    /// let answer = client.shared_albums().get("SHARE_TOKEN").send().await?;
    /// println!("{answer:?}");
    /// # Ok(()) }
    /// ```
    #[deprecated(
        note = "The service answers 403 `PERMISSION_DENIED` to every caller. Shared albums are no longer visible to apps. (since 2025-03-31)"
    )]
    pub fn get(&self, share_token: impl Into<String>) -> Get {
        Get {
            context: Context::new(&self.client),
            share_token: share_token.into(),
        }
    }

    /// Made the user a member of a shared album.
    ///
    /// Since 31 March 2025 the service answers every caller with 403 `PERMISSION_DENIED`; users
    /// join albums in the Google Photos app.
    ///
    /// * Request: `POST v1/sharedAlbums:join`.
    /// * Scopes: the service accepts none any more; it answers 403 to everybody.
    /// * **Retries**: only if the request was not sent.
    ///
    /// # Example
    ///
    /// ```no_run
    /// use google_photoslibrary_v1::schemas;
    /// # async fn example(client: google_photoslibrary_v1::Client) -> google_photoslibrary_v1::Result<()> {
    /// let body = schemas::JoinSharedAlbumRequest::default()
    ///     .with_share_token("SHARE_TOKEN");
    /// let answer = client.shared_albums().join(body).send().await?;
    /// println!("{answer:?}");
    /// # Ok(()) }
    /// ```
    #[deprecated(
        note = "The service answers 403 `PERMISSION_DENIED` to every caller. Users join albums in the Google Photos app. (since 2025-03-31)"
    )]
    pub fn join(&self, body: schemas::JoinSharedAlbumRequest) -> Join {
        Join {
            context: Context::new(&self.client),
            body,
        }
    }

    /// Ended the user's membership of a shared album.
    ///
    /// Since 31 March 2025 the service answers every caller with 403 `PERMISSION_DENIED`; users
    /// leave albums in the Google Photos app. It could not be used by the owner of the album.
    ///
    /// * Request: `POST v1/sharedAlbums:leave`.
    /// * Scopes: the service accepts none any more; it answers 403 to everybody.
    /// * **Retries**: only if the request was not sent.
    ///
    /// # Example
    ///
    /// ```no_run
    /// use google_photoslibrary_v1::schemas;
    /// # async fn example(client: google_photoslibrary_v1::Client) -> google_photoslibrary_v1::Result<()> {
    /// let body = schemas::LeaveSharedAlbumRequest::default()
    ///     .with_share_token("SHARE_TOKEN");
    /// let answer = client.shared_albums().leave(body).send().await?;
    /// println!("{answer:?}");
    /// # Ok(()) }
    /// ```
    #[deprecated(
        note = "The service answers 403 `PERMISSION_DENIED` to every caller. Users leave albums in the Google Photos app. (since 2025-03-31)"
    )]
    pub fn leave(&self, body: schemas::LeaveSharedAlbumRequest) -> Leave {
        Leave {
            context: Context::new(&self.client),
            body,
        }
    }

    /// Listed the shared albums that the user owned or had joined.
    ///
    /// Since 31 March 2025 the service answers every caller with 403 `PERMISSION_DENIED`; shared
    /// albums are no longer visible to apps.
    ///
    /// * Request: `GET v1/sharedAlbums`.
    /// * Scopes: the service accepts none any more; it answers 403 to everybody.
    /// * **Retries**: on any transient failure.
    ///
    /// # Example
    ///
    /// ```no_run
    /// # async fn example(client: google_photoslibrary_v1::Client) -> google_photoslibrary_v1::Result<()> {
    /// let mut items = client.shared_albums().list().items();
    /// while let Some(item) = items.next().await {
    ///     let item = item?;
    ///     println!("{item:?}");
    /// }
    /// # Ok(()) }
    /// ```
    #[deprecated(
        note = "The service answers 403 `PERMISSION_DENIED` to every caller. Shared albums are no longer visible to apps. (since 2025-03-31)"
    )]
    pub fn list(&self) -> List {
        List {
            context: Context::new(&self.client),
            exclude_non_app_created_data: None,
            page_size: None,
            page_token: None,
        }
    }
}
