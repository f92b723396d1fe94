//! What is in the libraries of users: looked at, put there and changed as only users can.

use super::Emulator;
use crate::state::NewItem;
use crate::state::albums::{Album, Share};
use crate::state::items::Item;
use crate::state::picking::PickingSession;
use crate::state::uploads::UploadSession;

/// Libraries.
impl Emulator {
    /// Every item of every user, in no particular order.
    pub fn items(&self) -> Vec<Item> {
        self.shared.lock().items.iter().cloned().collect()
    }

    /// The item with this id.
    pub fn item(&self, id: &str) -> Option<Item> {
        self.shared.lock().items.get(id).cloned()
    }

    /// Puts an item into a library as if it had come another way, and returns its id: that of the item with the
    /// same bytes if the user has one. Nothing when the bytes are neither a photo nor a video.
    pub fn add_item(&self, item: NewItem) -> Option<String> {
        self.shared.lock().insert_item(item)
    }

    /// Changes an item as only the user or the service can: favourite, archived, trashed, categories, the state of a
    /// video ... `false` when there is none with this id.
    pub fn edit_item(&self, id: &str, change: impl FnOnce(&mut Item)) -> bool {
        self.shared.lock().items.get_mut(id).map(change).is_some()
    }

    /// Every album of every user, in no particular order.
    pub fn albums(&self) -> Vec<Album> {
        self.shared.lock().albums.values().cloned().collect()
    }

    /// The album with this id.
    pub fn album(&self, id: &str) -> Option<Album> {
        self.shared.lock().albums.get(id).cloned()
    }

    /// Puts an empty album into a user's library and returns its id; without a client the user made it in the app.
    pub fn add_album(&self, user: &str, client: Option<&str>, title: &str) -> String {
        let mut state = self.shared.lock();
        let (id, serial) = (state.ids.resource(client), state.ids.serial());
        let album = Album {
            id: id.clone(),
            user: user.to_owned(),
            client: client.map(str::to_owned),
            title: title.to_owned(),
            entries: Vec::new(),
            cover: None,
            share: None::<Share>,
            serial,
        };
        state.albums.insert(id.clone(), album);
        id
    }

    /// Changes an album as only the user can: entries, title, cover. `false` when there is none with this id.
    pub fn edit_album(&self, id: &str, change: impl FnOnce(&mut Album)) -> bool {
        self.shared.lock().albums.get_mut(id).map(change).is_some()
    }

    /// Deletes an album as the user can in the app; `false` when there is none with this id.
    pub fn delete_album(&self, id: &str) -> bool {
        self.shared.lock().albums.remove(id).is_some()
    }

    /// Limits what a user may store, in bytes of originals; `None` takes the limit away.
    pub fn set_storage_limit(&self, user: &str, bytes: Option<u64>) {
        let mut state = self.shared.lock();
        match bytes {
            Some(bytes) => state.storage_limits.insert(user.to_owned(), bytes),
            None => state.storage_limits.remove(user),
        };
    }

    /// Fills the default user's library with demo photos and albums.
    pub fn seed_demo(&self) {
        crate::demo::seed(&mut self.shared.lock());
    }

    /// Every picking session that was not deleted.
    pub fn picking_sessions(&self) -> Vec<PickingSession> {
        self.shared.lock().picking.0.values().cloned().collect()
    }

    /// Picks items in a session, as the user does on its page; `false` when there is none with this id, the user
    /// was done before, or there are more than it takes.
    pub fn pick(&self, session: &str, items: &[&str]) -> bool {
        let mut state = self.shared.lock();
        let Some(session) = state.picking.0.get_mut(session) else {
            return false;
        };
        let free = session.picked.is_none() && items.len() <= session.max_items;
        if free {
            session.picked = Some(items.iter().map(|&id| id.to_owned()).collect());
        }
        free
    }

    /// The resumable upload session with this `upload_id`.
    pub fn upload_session(&self, id: &str) -> Option<UploadSession> {
        self.shared.lock().uploads.sessions.get(id).cloned()
    }

    /// Forgets the end of what a session received, as a server that lost data; `false` when there is no session with
    /// this `upload_id`.
    pub fn rewind_upload(&self, id: &str, received: usize) -> bool {
        self.shared
            .lock()
            .uploads
            .sessions
            .get_mut(id)
            .map(|session| session.received.truncate(received))
            .is_some()
    }

    /// The bytes that wait under an upload token.
    pub fn uploaded(&self, token: &str) -> Option<bytes::Bytes> {
        self.shared
            .lock()
            .uploads
            .tokens
            .get(token)
            .map(|upload| upload.bytes.clone())
    }
}
