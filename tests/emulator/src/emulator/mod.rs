//! The running emulator: start it, point a client at it, look into it.

mod libraries;
mod requests;

use std::io;
use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;

use jiff::{SignedDuration, Timestamp};
use tokio::net::TcpListener;
use tokio::task::JoinHandle;

use crate::clock::{plus, signed};
use crate::config::Config;
use crate::home;
use crate::server::serve;
use crate::shared::Shared;
use crate::state::State;
use crate::state::access::{DEFAULT_CLIENT, DEFAULT_USER, Identity};

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
