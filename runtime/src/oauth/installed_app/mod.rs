//! An app on the user's machine, and how it is set up.

mod sign_in;

use std::fmt;
use std::net::SocketAddr;
use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;

use tokio::sync::Mutex;

use self::sign_in::Current;
use super::Endpoints;
#[cfg(doc)]
use super::OAuthError;
use super::app::App;
use super::browser::Opener;
use super::loopback::Loopback;
use super::paste::Paste;
use super::store::TokenStore;
use crate::{BoxError, Clock, Secret, Transport};

/// An app on the user's machine (RFC 8252): the user signs in with their own browser, and the app
/// gets what they agree to.
///
/// Clones are the same app: of several that sign in at the same time one asks the user, and all get
/// the same credentials.
///
/// ```no_run
/// use discovery_runtime::Credentials;
/// use discovery_runtime::oauth::InstalledApp;
///
/// # async fn example() -> discovery_runtime::Result<Credentials> {
/// let app = InstalledApp::new("123.apps.googleusercontent.com", "GOCSPX-example")
///     .scopes(["https://www.googleapis.com/auth/photoslibrary.readonly.appcreateddata"])
///     .store("/home/ada/.config/gallery/google.json");
///
/// // The first time the browser opens; later the file is enough.
/// let credentials = app.sign_in().await?;
/// # Ok(credentials)
/// # }
/// ```
#[derive(Clone)]
#[must_use = "an app does nothing until the user signs in"]
pub struct InstalledApp {
    app: App,
    scopes: Vec<String>,
    store: Option<TokenStore>,
    login_hint: Option<String>,
    consent_timeout: Duration,
    opener: Opener,
    listen_on: SocketAddr,
    paste: Option<Paste>,
    current: Arc<Mutex<Option<Current>>>,
}

const CONSENT_TIMEOUT: Duration = Duration::from_secs(300);

impl InstalledApp {
    /// An app whose client has the type "Desktop app" in the Google Cloud console.
    ///
    /// The client secret of such an app is in every copy of it: Google counts on the user and on
    /// PKCE instead. It is treated as a secret all the same; an empty one is not sent.
    pub fn new(client_id: impl Into<String>, client_secret: impl Into<Secret>) -> Self {
        Self::of(App::new(client_id.into(), client_secret.into()))
    }

    pub(super) fn of(app: App) -> Self {
        Self {
            app,
            scopes: Vec::new(),
            store: None,
            login_hint: None,
            consent_timeout: CONSENT_TIMEOUT,
            opener: Opener::system(),
            listen_on: Loopback::ADDRESS,
            paste: None,
            current: Arc::default(),
        }
    }

    /// What the app may do; required. The user is asked for exactly these, so name the least that
    /// will do: each method of a client names the scopes that it accepts.
    pub fn scopes<S: Into<String>>(self, scopes: impl IntoIterator<Item = S>) -> Self {
        self.with(|app| app.scopes = scopes.into_iter().map(Into::into).collect())
    }

    /// The file that keeps the user signed in. Without one they sign in each time the app starts.
    ///
    /// Give it a folder of its own, which is made if it is not there. On Unix only the user can
    /// enter a new folder (mode 0700) and read the file (0600); links are not followed, and a
    /// folder that others can write to is rejected. Beside the file lies one that keeps processes
    /// apart which use it at the same time.
    ///
    /// A file that is no token file, such as a client secret, is never overwritten or removed:
    /// signing in and out fail with an error that says what it seems to be
    /// ([`is_configuration`](OAuthError::is_configuration)).
    pub fn store(self, path: impl Into<PathBuf>) -> Self {
        self.with(|app| app.store = Some(TokenStore::new(path.into())))
    }

    /// The mail address of the account, if the app knows it: the user need not choose.
    pub fn login_hint(mut self, address: impl Into<String>) -> Self {
        self.login_hint = Some(address.into());
        self
    }

    /// How long the user has to come back from the browser: 5 minutes without a choice of yours.
    pub fn consent_timeout(mut self, limit: Duration) -> Self {
        self.consent_timeout = limit;
        self
    }

    /// How the consent page gets before the user, instead of the browser of the system.
    ///
    /// The function gets the address and runs on a thread of its own; an error ends the sign-in.
    /// The browser must run on this machine or reach it ([`listen_on`](Self::listen_on)), unless the
    /// user can [paste](Self::paste_with) the address where it ended.
    ///
    /// ```
    /// use discovery_runtime::oauth::InstalledApp;
    ///
    /// let app = InstalledApp::new("123.apps.googleusercontent.com", "GOCSPX-example")
    ///     .open_with(|address| {
    ///         println!("Open this address to sign in:\n{address}");
    ///         Ok(())
    ///     });
    /// # drop(app);
    /// ```
    pub fn open_with(
        mut self,
        open: impl Fn(&str) -> Result<(), BoxError> + Send + Sync + 'static,
    ) -> Self {
        self.opener = Opener::new(open);
        self
    }

    /// Where to listen for the browser, instead of a free port on 127.0.0.1, such as
    /// `([0, 0, 0, 0], 8085)` in a container whose port is published (`docker run -p
    /// 127.0.0.1:8085:8085`), or `([127, 0, 0, 1], 8085)` behind `ssh -L 8085:127.0.0.1:8085`.
    ///
    /// The browser is sent to this port on its own machine: to the IP address itself if it is a
    /// loopback one, and else to 127.0.0.1. On other addresses than loopback ones, all of that
    /// network can connect while a user signs in; they can't sign in, since they don't know the
    /// state. Signing in fails if the address is in use.
    pub fn listen_on(mut self, address: impl Into<SocketAddr>) -> Self {
        self.listen_on = address.into();
        self
    }

    /// How the user brings the address where the browser ended, for browsers on machines from which
    /// this one can't be reached. There the page of a sign-in ends on one that can't be shown; its
    /// address begins with `http://127.0.0.1:` and is all that is needed.
    ///
    /// The function gives that address back and runs on a thread of its own while the listener
    /// waits, too; whichever comes first counts. An address that is not of this sign-in ends it with
    /// an error. The function is not stopped if the browser comes by itself: it may still wait for
    /// a line when the user is signed in.
    ///
    /// ```
    /// use discovery_runtime::oauth::InstalledApp;
    ///
    /// let app = InstalledApp::new("123.apps.googleusercontent.com", "GOCSPX-example")
    ///     .open_with(|address| {
    ///         println!("Open this address to sign in:\n{address}");
    ///         Ok(())
    ///     })
    ///     .paste_with(|| {
    ///         println!("Then paste the address where the browser ended:");
    ///         let mut line = String::new();
    ///         std::io::stdin().read_line(&mut line)?;
    ///         Ok(line)
    ///     });
    /// # drop(app);
    /// ```
    pub fn paste_with(
        mut self,
        read: impl Fn() -> Result<String, BoxError> + Send + Sync + 'static,
    ) -> Self {
        self.paste = Some(Paste::new(read));
        self
    }

    /// Another authorization server than Google's.
    pub fn endpoints(self, endpoints: Endpoints) -> Self {
        self.with(|app| app.app.endpoints = Ok(endpoints))
    }

    /// How requests get to the server, instead of the default transport.
    pub fn transport(self, transport: impl Transport) -> Self {
        self.with(|app| app.app.transport = Some(Arc::new(transport)))
    }

    /// The clock to live by, instead of tokio's.
    pub fn clock(self, clock: impl Clock) -> Self {
        self.with(|app| app.app.clock = Some(Arc::new(clock)))
    }

    /// The same app with a difference: who signed in to the one did not sign in to the other.
    fn with(mut self, change: impl FnOnce(&mut Self)) -> Self {
        change(&mut self);
        self.current = Arc::default();
        self
    }
}

impl fmt::Debug for InstalledApp {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter
            .debug_struct("InstalledApp")
            .field("client_id", &self.app.client_id)
            .field("scopes", &self.scopes)
            .field("store", &self.store.as_ref().map(TokenStore::path))
            .finish_non_exhaustive()
    }
}
