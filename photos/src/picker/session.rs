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
    /// never for a frame. The tab closes when the user is done. `None` if the service gave none, as
    /// for a session that is done.
    ///
    /// Whoever has it and is signed in to the account can pick: keep it out of logs.
    pub fn address(&self) -> Option<String> {
        let uri = self.session.picker_uri.as_deref()?;
        let uri = uri.trim_end_matches('/');
        (!uri.is_empty()).then(|| format!("{uri}/autoclose"))
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
