//! A session: what it says, and what can be done with it.

use std::fmt;
use std::sync::Arc;

use google_photospicker_v1::Client;
use google_photospicker_v1::schemas::{PickedMediaItem, PickingSession};

use super::download::DownloadPicked;
use super::listing::Listing;
use super::{PickError, cleanup};
use crate::Photos;

/// A session in which a user picks.
///
/// Keep its [`id`](Self::id) to [go on](Photos::resume_pick) in another process. It lives until it is
/// [deleted](Self::delete) or expires: dropping this handle leaves it alone.
#[derive(Clone)]
pub struct PickSession {
    photos: Photos,
    client: Client,
    id: String,
    session: PickingSession,
    listing: Arc<Listing>,
}

impl PickSession {
    pub(super) fn new(
        photos: Photos,
        client: Client,
        session: PickingSession,
    ) -> Result<Self, PickError> {
        let id = session.id.clone().filter(|id| !id.is_empty());
        let id = id.ok_or(PickError::Incomplete("id"))?;
        Ok(Self {
            listing: Arc::new(Listing::new(client.clone(), id.clone())),
            photos,
            client,
            id,
            session,
        })
    }

    /// The identifier of the session, of the service's choice.
    pub fn id(&self) -> &str {
        &self.id
    }

    /// The address at which the user picks, for a browser that is signed in to the same account;
    /// never for a frame. The tab closes when the user is done. `None` if the service gave none that a
    /// browser should open, which is one with TLS, or one of an emulator on this machine.
    ///
    /// Whoever has it and is signed in to the account can pick: keep it out of logs.
    pub fn address(&self) -> Option<String> {
        let uri = self.session.picker_uri.as_deref()?;
        let uri = uri.trim_end_matches('/');
        is_for_browsers(uri).then(|| format!("{uri}/autoclose"))
    }

    /// What the service said of the session last: until when it can be read, how to poll.
    pub fn session(&self) -> &PickingSession {
        &self.session
    }

    /// What was picked: all pages, in the order of the service.
    ///
    /// # Errors
    ///
    /// [`PickError::NotDone`] before the user is done, and [`PickError::SessionEnded`].
    pub async fn items(&self) -> Result<Vec<PickedMediaItem>, PickError> {
        self.listing.read().await.map_err(PickError::of_items)
    }

    /// Downloads the bytes of an item of this session. Nothing happens until it is
    /// [written to a file](DownloadPicked::to_file).
    pub fn download(&self, item: &PickedMediaItem) -> DownloadPicked {
        DownloadPicked::new(
            self.photos.clone(),
            self.client.clone(),
            self.listing.clone(),
            item.clone(),
        )
    }

    /// Deletes the session, as the service asks for when it is done with. What was picked stays in
    /// the library. It is no error if the session is not there any more.
    pub async fn delete(self) -> Result<(), PickError> {
        Ok(cleanup::delete(&self.client, &self.id).await?)
    }

    pub(super) fn photos(&self) -> &Photos {
        &self.photos
    }

    pub(super) fn client(&self) -> &Client {
        &self.client
    }

    pub(super) fn update(&mut self, session: PickingSession) {
        self.session = session;
    }
}

/// Whether an address is one of the web. Programs open what they are given, such as files.
fn is_for_browsers(uri: &str) -> bool {
    if uri
        .chars()
        .any(|one| one.is_whitespace() || one.is_control())
    {
        return false;
    }
    match uri.split_once("://") {
        Some(("https", rest)) => !rest.is_empty(),
        Some(("http", rest)) => {
            let authority = rest.split(['/', '?', '#']).next().unwrap_or_default();
            // What precedes an `@` is no host.
            let host = match authority.rsplit_once(':') {
                Some((host, port)) if port.bytes().all(|byte| byte.is_ascii_digit()) => host,
                _ => authority,
            };
            ["127.0.0.1", "localhost", "[::1]"].contains(&host)
        }
        _ => false,
    }
}

/// The address is left out.
impl fmt::Debug for PickSession {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter
            .debug_struct("PickSession")
            .field("id", &self.id)
            .field("expire_time", &self.session.expire_time)
            .field("media_items_set", &self.session.media_items_set)
            .finish_non_exhaustive()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_addresses_of_the_web_are_handed_out() {
        for (uri, expected) in [
            ("https://photos.google.com/picker/x", true),
            ("http://127.0.0.1:8085/picker/x", true),
            ("http://localhost:8085/picker/x", true),
            ("http://photos.google.com/picker/x", false),
            ("http://127.0.0.1:80@evil.example/x", false),
            ("http://127.0.0.1.evil.example/x", false),
            ("https://", false),
            ("https://photos.google.com/x --flag", false),
            ("file:///etc/passwd", false),
            ("javascript:alert(1)", false),
            ("-x", false),
            ("", false),
        ] {
            assert_eq!(is_for_browsers(uri), expected, "{uri}");
        }
    }
}
