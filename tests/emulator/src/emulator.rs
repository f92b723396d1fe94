//! The running emulator: start it, point a client at it, look into it.

use std::io;
use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;

use jiff::{SignedDuration, Timestamp};
use tokio::net::TcpListener;
use tokio::task::JoinHandle;

use crate::clock::{plus, signed};
use crate::config::Config;
use crate::faults::Fault;
use crate::home;
use crate::recorder::RecordedRequest;
use crate::server::serve;
use crate::shared::Shared;
use crate::state::access::{DEFAULT_CLIENT, DEFAULT_USER, Identity};
use crate::state::albums::{Album, Share};
use crate::state::items::Item;
use crate::state::picking::PickingSession;
use crate::state::uploads::UploadSession;
use crate::state::{NewItem, State};

/// A Photos server on 127.0.0.1. Dropping it stops it and ends every connection.
#[derive(Debug)]
pub struct Emulator {
    shared: Arc<Shared>,
    server: JoinHandle<()>,
}

impl Drop for Emulator {
    fn drop(&mut self) {
        self.server.abort();
    }
}

/// Starting and pointing a client here.
impl Emulator {
    /// Starts an emulator on a free port with the default [`Config`], on the current tokio runtime.
    ///
    /// # Errors
    /// The port cannot be bound.
    pub async fn start() -> io::Result<Self> {
        Self::start_with(|_| {}).await
    }

    /// Starts an emulator whose configuration was changed first.
    ///
    /// # Errors
    /// The port cannot be bound.
    pub async fn start_with(change: impl FnOnce(&mut Config)) -> io::Result<Self> {
        let mut config = Config::default();
        change(&mut config);
        let wanted = SocketAddr::new(config.host, config.port);
        let listener = TcpListener::bind(wanted)
            .await
            .map_err(|error| not_bound(wanted, &error))?;
        let address = listener.local_addr()?;
        let shared = Arc::new(Shared::new(State::new(config), address));
        let server = tokio::spawn(serve(listener, Arc::clone(&shared)));
        Ok(Self { shared, server })
    }

    /// The root URL without a slash at the end: `http://127.0.0.1:PORT`, unless another
    /// [host](Config::host) was chosen.
    pub fn url(&self) -> String {
        let address = self.shared.address;
        if address.ip().is_unspecified() {
            format!("http://127.0.0.1:{}", address.port())
        } else {
            format!("http://{address}")
        }
    }

    /// What a developer needs to know to use this emulator, as plain text.
    pub fn instructions(&self) -> String {
        home::instructions(&self.url(), self.shared.lock().config.developer_mode)
    }

    /// Changes settings of the running emulator.
    pub fn configure(&self, change: impl FnOnce(&mut Config)) {
        change(&mut self.shared.lock().config);
    }
}

/// Why nothing listens, and what to change.
fn not_bound(wanted: SocketAddr, error: &io::Error) -> io::Error {
    let way_out = match error.kind() {
        io::ErrorKind::AddrInUse | io::ErrorKind::PermissionDenied => {
            "choose another port with --port N; 0 takes a free one"
        }
        _ => "choose an address of this machine with --host",
    };
    io::Error::new(
        error.kind(),
        format!("cannot listen on {wanted}: {error}; {way_out}"),
    )
}

/// Tokens and time.
impl Emulator {
    /// A new access token of the default user and client with these scopes (see [`scopes`](crate::scopes)). It lives
    /// as long as the configuration says.
    pub fn token(&self, scopes: &[&str]) -> String {
        self.token_for(DEFAULT_USER, DEFAULT_CLIENT, scopes)
    }

    /// A new access token of a user for an OAuth client. Users have separate libraries, and what one client created
    /// another one does not see.
    pub fn token_for(&self, user: &str, client: &str, scopes: &[&str]) -> String {
        let scopes = scopes.iter().map(|&scope| scope.to_owned()).collect();
        let identity = Identity {
            user: user.to_owned(),
            client: client.to_owned(),
            scopes,
        };
        self.shared.lock().new_access_token(identity)
    }

    /// Lets an access token expire now; `false` when it is not known.
    pub fn expire_token(&self, token: &str) -> bool {
        let mut state = self.shared.lock();
        let now = state.now();
        state.access.expire(token, now)
    }

    /// Revokes an access token, or a refresh token with every access token that came of it; `false` when it is not
    /// known.
    pub fn revoke(&self, token: &str) -> bool {
        let mut state = self.shared.lock();
        state.end_grant(token) || state.access.revoke(token)
    }

    /// The time by the emulator's clock, which starts as the system's.
    pub fn now(&self) -> Timestamp {
        self.shared.lock().now()
    }

    /// Moves the emulator's clock forward without waiting.
    pub fn advance(&self, by: Duration) {
        self.shared.lock().clock.advance(signed(by));
    }

    /// Stops the emulator's clock at a moment; only [`Emulator::advance`] moves it from here on.
    pub fn stop_clock_at(&self, now: Timestamp) {
        self.shared.lock().clock.stop_at(now);
    }

    /// A moment so long before the emulator's now, for capture times and the like.
    pub fn ago(&self, by: Duration) -> Timestamp {
        plus(self.now(), SignedDuration::ZERO - signed(by))
    }
}

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

/// Requests and faults.
impl Emulator {
    /// How often a method was called, for instance `albums.list`, `uploads.query` or `oauth.token`. `uploads` counts
    /// every step.
    pub fn calls(&self, method_id: &str) -> u64 {
        let state = self.shared.lock();
        let wanted = |id: &str| {
            id.strip_prefix(method_id)
                .is_some_and(|rest| rest.is_empty() || rest.starts_with('.'))
        };
        state
            .recorder
            .calls
            .iter()
            .filter(|(id, _)| wanted(id))
            .map(|(_, count)| count)
            .sum()
    }

    /// The last requests, oldest first.
    pub fn requests(&self) -> Vec<RecordedRequest> {
        self.shared
            .lock()
            .recorder
            .requests
            .iter()
            .cloned()
            .collect()
    }

    /// The last requests of one method, oldest first.
    pub fn requests_of(&self, method_id: &str) -> Vec<RecordedRequest> {
        self.requests()
            .into_iter()
            .filter(|request| request.method_id == method_id)
            .collect()
    }

    /// Forgets the recorded requests and sets every count to 0.
    pub fn forget_requests(&self) {
        self.shared.lock().recorder = crate::recorder::Recorder::default();
    }

    /// Plans a fault for the next calls that match. A target is a method id (`mediaItems.list`), the first words of
    /// one (`uploads`), a path (`/v1/albums`, or `/v1/albums/*`), or `*`. Plans apply in the order they were made.
    pub fn plan(&self, target: &str, fault: Fault) {
        self.shared.lock().faults.plan(target, fault);
    }

    /// Plans the outcome of one item: batchCreate gives this `google.rpc` code and message for the upload token,
    /// once.
    pub fn plan_item_failure(&self, upload_token: &str, code: i32, message: &str) {
        let failure = (code, message.to_owned());
        self.shared
            .lock()
            .uploads
            .planned_failures
            .insert(upload_token.to_owned(), failure);
    }

    /// What was planned and did not happen yet, one line each.
    pub fn faults_left(&self) -> Vec<String> {
        let state = self.shared.lock();
        let items = state.uploads.planned_failures.iter();
        let items = items
            .map(|(_, (code, message))| format!("an item failure with code {code}: {message}"));
        state.faults.left().into_iter().chain(items).collect()
    }

    /// Forgets every planned fault.
    pub fn clear_faults(&self) {
        let mut state = self.shared.lock();
        state.faults.clear();
        state.uploads.planned_failures.clear();
    }

    /// Checks that every planned fault happened: a test whose fault was never met tested nothing.
    ///
    /// # Panics
    /// A planned fault is left.
    pub fn assert_faults_consumed(&self) {
        let left = self.faults_left();
        assert!(
            left.is_empty(),
            "planned faults did not happen:\n{}",
            left.join("\n")
        );
    }
}
