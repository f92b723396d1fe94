//! Albums by title.

use google_photoslibrary_v1::schemas::Album;
use google_photoslibrary_v1::{Client, Result};

/// The first album of this app with a title, or without one the first that has items.
///
/// # Errors
///
/// The albums cannot be listed.
pub async fn find_album(client: &Client, title: Option<&str>) -> Result<Option<Album>> {
    let mut albums = client.albums().list().page_size(50).items();
    while let Some(album) = albums.next().await {
        let album = album?;
        let found = match title {
            Some(title) => album.title.as_deref() == Some(title),
            None => album.media_items_count.unwrap_or(0) > 0,
        };
        if found {
            return Ok(Some(album));
        }
    }
    Ok(None)
}
