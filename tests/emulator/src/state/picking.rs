//! Picking sessions: who picks, how many items at most, and what was picked.

use std::collections::BTreeMap;

use jiff::Timestamp;

use super::access::Identity;

/// A session of the Photos Picker API, as the emulator keeps it.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct PickingSession {
    /// Resource id.
    pub id: String,
    /// Who picks.
    pub user: String,
    /// The OAuth client that made it.
    pub client: String,
    /// How many items can be picked.
    pub max_items: usize,
    /// The ids of the items that were picked; `None` until the user is done.
    pub picked: Option<Vec<String>>,
    /// The UUID that the caller made for it, if any.
    pub request_id: Option<String>,
    /// When it was made.
    pub created: Timestamp,
    /// When it ends.
    pub expires: Timestamp,
    /// What the address of its page ends with.
    pub(crate) page: String,
}

impl PickingSession {
    pub(crate) fn belongs_to(&self, who: &Identity) -> bool {
        self.user == who.user && self.client == who.client
    }
}

/// Every session that was not deleted, by its id.
#[derive(Debug, Default)]
pub(crate) struct PickingSessions(pub(crate) BTreeMap<String, PickingSession>);

impl PickingSessions {
    /// The session with this id, unless it is over.
    pub(crate) fn get(&self, id: &str, now: Timestamp) -> Option<&PickingSession> {
        self.0.get(id).filter(|session| now < session.expires)
    }

    /// The session whose page this is, unless it is over.
    pub(crate) fn with_page(&mut self, page: &str, now: Timestamp) -> Option<&mut PickingSession> {
        self.0
            .values_mut()
            .find(|session| session.page == page && now < session.expires)
    }
}
