//! A pick as callers describe and start it.

use discovery_runtime::CallOptions;
use google_photospicker_v1::schemas::{PickingConfig, PickingSession};

use super::{PickError, PickSession};
use crate::Photos;

/// A pick that is not started yet.
///
/// The credentials need the scope
/// [`PHOTOSPICKER_MEDIAITEMS_READONLY`](google_photospicker_v1::scopes::PHOTOSPICKER_MEDIAITEMS_READONLY),
/// beside those of what else is done.
///
/// ```no_run
/// # async fn example(photos: google_photos::Photos) -> Result<(), google_photos::PickError> {
/// use google_photos::PickEvent;
///
/// let report = photos
///     .pick()
///     .into_folder("picked")
///     .on_event(|event| {
///         if let PickEvent::Started { address, .. } = event {
///             println!("Open {address}");
///         }
///     })
///     .send()
///     .await?;
/// for file in report.files() {
///     println!("{}: {}", file.path().display(), file.outcome());
/// }
/// # Ok(())
/// # }
/// ```
#[derive(Clone, Debug)]
#[must_use = "nothing happens until it is started"]
pub struct Pick {
    photos: Photos,
    max_items: Option<u32>,
    request_id: Option<String>,
}

impl Photos {
    /// Lets the user pick items of their library. Nothing happens until it is
    /// [started](Pick::start), or [sent](super::PickIntoFolder::send) with a folder.
    pub fn pick(&self) -> Pick {
        Pick {
            photos: self.clone(),
            max_items: None,
            request_id: None,
        }
    }

    /// Goes on with a session that was started before, such as by a process that ended, by its
    /// [identifier](PickSession::id). Reads its state: one call.
    ///
    /// # Errors
    ///
    /// [`PickError::SessionEnded`] if it expired or was deleted.
    pub async fn resume_pick(&self, id: impl Into<String>) -> Result<PickSession, PickError> {
        let client = self.picker()?;
        let call = client.sessions().get(id);
        let session = call.send().await.map_err(PickError::of_session)?;
        PickSession::new(self.clone(), client, session)
    }
}

impl Pick {
    /// How many items can be picked at most, 1 to 2,000: 2,000 without it. The service rejects other
    /// numbers.
    pub fn max_items(mut self, count: u32) -> Self {
        self.max_items = Some(count);
        self
    }

    /// A UUID of version 4 that the caller made for this pick. With it the session is made once,
    /// however often the request has to be sent. Without it a request of which nobody knows what
    /// became of it is not sent again.
    pub fn request_id(mut self, uuid: impl Into<String>) -> Self {
        self.request_id = Some(uuid.into());
        self
    }

    /// Makes the session: one call. Show its [address](PickSession::address) to the user, and
    /// [delete](PickSession::delete) it in the end.
    ///
    /// # Errors
    ///
    /// [`PickError::NoAccount`] and [`PickError::TooManySessions`] beside those of every call.
    pub async fn start(self) -> Result<PickSession, PickError> {
        let client = self.photos.picker()?;
        let config = self
            .max_items
            .map(|count| PickingConfig::default().with_max_item_count(i64::from(count)));
        let mut session = PickingSession::default();
        session.picking_config = config;
        let mut call = client.sessions().create(session);
        if let Some(id) = self.request_id {
            let options = CallOptions::default().with_idempotent(true);
            call = call.request_id(id).options(options);
        }
        let session = call.send().await.map_err(PickError::of_start)?;
        PickSession::new(self.photos, client, session)
    }
}
