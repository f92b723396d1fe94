//! The items of a session as they were listed last, for all downloads of it.

use std::collections::BTreeMap;
use std::time::Duration;

use discovery_runtime::Error;
use google_photospicker_v1::Client;
use google_photospicker_v1::schemas::PickedMediaItem;
use tokio::sync::Mutex;

/// The largest page that there is.
const PAGE: i32 = 100;

/// The items of a session as they were listed last.
///
/// There is no call for one item, so a new address means that all are listed again. Downloads at the
/// same time share that: who finds that somebody else has listed since takes what is there.
pub(super) struct Listing {
    client: Client,
    session: String,
    state: Mutex<State>,
}

#[derive(Default)]
struct State {
    items: BTreeMap<String, PickedMediaItem>,
    /// How often it was listed.
    version: Version,
    /// When, by the clock of the client.
    read_at: Duration,
}

/// How often it was listed; later is larger.
pub(super) type Version = u64;

impl Listing {
    pub(super) fn new(client: Client, session: String) -> Self {
        Self {
            client,
            session,
            state: Mutex::default(),
        }
    }

    /// Lists all pages.
    pub(super) async fn read(&self) -> Result<Vec<PickedMediaItem>, Error> {
        let mut state = self.state.lock().await;
        self.list(&mut state).await
    }

    /// Lists all pages, unless somebody did since `version`.
    pub(super) async fn renew(&self, version: Version) -> Result<(), Error> {
        let mut state = self.state.lock().await;
        if state.version <= version {
            self.list(&mut state).await?;
        }
        Ok(())
    }

    /// The newest of an item, if it was listed.
    pub(super) async fn get(&self, id: &str) -> (Option<PickedMediaItem>, Version) {
        let state = self.state.lock().await;
        (state.items.get(id).cloned(), state.version)
    }

    /// How long ago it was listed; `None` if it was not.
    pub(super) async fn age(&self) -> Option<Duration> {
        let state = self.state.lock().await;
        let now = self.client.core().clock().now();
        (state.version > 0).then(|| now.saturating_sub(state.read_at))
    }

    async fn list(&self, state: &mut State) -> Result<Vec<PickedMediaItem>, Error> {
        let mut items = Vec::new();
        let read_at = self.client.core().clock().now();
        let call = self.client.media_items().list(&self.session);
        let mut listed = call.page_size(PAGE).items();
        while let Some(item) = listed.next().await.transpose()? {
            items.push(item);
        }
        let by_id = |item: &PickedMediaItem| Some((item.id.clone()?, item.clone()));
        state.items = items.iter().filter_map(by_id).collect();
        state.version += 1;
        state.read_at = read_at;
        Ok(items)
    }
}
