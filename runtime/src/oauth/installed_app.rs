//! An app on the user's machine: signing in, staying signed in, signing out.

use std::fmt;
use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;

use tokio::sync::Mutex;
use tracing::{debug, warn};

use super::app::App;
use super::browser::Opener;
use super::consent::Consent;
use super::grant::{Grant, runtime};
use super::store::{Content, OpenStore, Record, TokenStore};
use super::token_client::TokenClient;
use super::token_response::TokenResponse;
use super::{Endpoints, OAuthError, scopes};
use crate::{BoxError, Clock, Credentials, Secret, Transport};

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
    current: Arc<Mutex<Option<Current>>>,
}

/// A user who is signed in, as far as this process knows.
struct Current {
    grant: Arc<Grant>,
    credentials: Credentials,
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
    /// The browser must run on this machine, or reach the port in the `redirect_uri` of the address
    /// on it, for instance through `ssh -L`.
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

    /// Signs the user in: with what the file has, if it allows all scopes and has not ended, and
    /// else by asking the user in their browser.
    ///
    /// This is the only method that opens a browser. It needs a runtime of tokio with its drivers
    /// on. If the server can't be reached to ask whether the grant in the file still holds, the
    /// grant is taken to hold, and calls find out.
    ///
    /// If the file can't be written after the user agreed, they are signed in until the app ends,
    /// and a warning goes to [tracing](https://docs.rs/tracing).
    pub async fn sign_in(&self) -> Result<Credentials, OAuthError> {
        scopes::check(&self.scopes)?;
        let mut current = self.current.lock().await;
        let client = self.client(current.as_ref())?;
        let why = match self.resume(&client, &mut current).await {
            Err(error) if error.needs_sign_in() => error,
            resumed => return resumed,
        };
        debug!(reason = %why, "the user is asked to sign in");
        let consent = Consent {
            client: &client,
            scopes: &self.scopes,
            login_hint: self.login_hint.as_deref(),
            opener: &self.opener,
            limit: self.consent_timeout,
        };
        let response = consent.ask().await?;
        let record = self.record(&client, &response)?;
        let current = current.get_or_insert_with(|| self.current(client, record.clone(), None));
        current.grant.begin(record, &response).await;
        Ok(current.credentials.clone())
    }

    /// The credentials of a user who is signed in. It never asks the user: if it can't do without,
    /// the error [needs a sign-in](OAuthError::needs_sign_in).
    pub async fn signed_in(&self) -> Result<Credentials, OAuthError> {
        scopes::check(&self.scopes)?;
        let mut current = self.current.lock().await;
        let client = self.client(current.as_ref())?;
        self.resume(&client, &mut current).await
    }

    /// Signs the user out: ends the grant at the server, removes the file, and has all credentials
    /// of this app ask for a sign-in. It is no error if nobody is signed in.
    ///
    /// The file goes even if the server can't be told. After an error the grant may still hold
    /// there; the user can end it in their account, under the apps that have access.
    pub async fn sign_out(&self) -> Result<(), OAuthError> {
        let mut current = self.current.lock().await;
        let client = self.client(current.as_ref())?;
        let mut tokens = Vec::new();
        // First, because it may be at the file right now.
        if let Some(current) = current.take() {
            tokens.push(current.grant.end().await);
        }
        let Some(store) = &self.store else {
            return revoke(&client, &tokens).await;
        };
        let open = store.open(client.clock.as_ref()).await?;
        let content = open.load().await?;
        if let Content::Foreign(kind) = content {
            revoke(&client, &tokens).await?;
            return Err(open.is_foreign(kind));
        }
        if let Content::Grant(record) = content
            && client.owns(&record)
            && !tokens
                .iter()
                .any(|token| token.same_as(&record.refresh_token))
        {
            tokens.push(record.refresh_token);
        }
        let revoked = revoke(&client, &tokens).await;
        open.remove().await?;
        revoked
    }

    /// The credentials without asking the user.
    async fn resume(
        &self,
        client: &TokenClient,
        current: &mut Option<Current>,
    ) -> Result<Credentials, OAuthError> {
        if let Some(store) = &self.store {
            let open = store.open(client.clock.as_ref()).await?;
            let record = self.stored(client, &open).await?;
            current
                .get_or_insert_with(|| self.current(client.clone(), record.clone(), Some(record)));
        }
        let Some(current) = current else {
            return Err(OAuthError::sign_in("nobody is signed in"));
        };
        match current.grant.prepare().await {
            Err(error) if error.is_transient() => warn!(%error, "the grant could not be checked"),
            prepared => prepared?,
        }
        Ok(current.credentials.clone())
    }

    /// The grant in the file, if it is one for this app and these scopes.
    async fn stored(&self, client: &TokenClient, open: &OpenStore) -> Result<Record, OAuthError> {
        // Better now than after the user went through the consent.
        open.check_writable()?;
        let why = match open.load().await? {
            Content::Nothing => "nobody is signed in".to_owned(),
            Content::Unusable(reason) => format!("the token file is of no use: {reason}"),
            Content::Foreign(kind) => return Err(open.is_foreign(kind)),
            Content::Grant(record) if !client.owns(&record) => {
                "the token file is of another client".to_owned()
            }
            Content::Grant(record) => {
                let granted = record.scopes.as_deref().unwrap_or_default();
                let missing = scopes::missing(&self.scopes, granted);
                if missing.is_empty() {
                    return Ok(record);
                }
                format!("the user was not asked for {}", missing.join(" "))
            }
        };
        Err(OAuthError::sign_in(why))
    }

    fn record(&self, client: &TokenClient, response: &TokenResponse) -> Result<Record, OAuthError> {
        let Some(refresh_token) = response.refresh_token.clone() else {
            let message = "the token endpoint gave no refresh token";
            return Err(OAuthError::permanent(message));
        };
        let scopes = response
            .scopes
            .clone()
            .unwrap_or_else(|| self.scopes.clone());
        Ok(Record {
            client_id: client.id.clone(),
            token_uri: client.endpoints.token().to_owned(),
            scopes: Some(scopes),
            refresh_token,
            access_token: None,
        })
    }

    fn current(&self, client: TokenClient, record: Record, seen: Option<Record>) -> Current {
        let grant = Grant::new(client, self.store.clone(), record, seen);
        Current {
            credentials: grant.credentials(),
            grant,
        }
    }

    fn client(&self, current: Option<&Current>) -> Result<TokenClient, OAuthError> {
        runtime()?;
        current.map_or_else(
            || self.app.client(),
            |current| Ok(current.grant.client().clone()),
        )
    }

    /// The same app with a difference: who signed in to the one did not sign in to the other.
    fn with(mut self, change: impl FnOnce(&mut Self)) -> Self {
        change(&mut self);
        self.current = Arc::default();
        self
    }
}

/// Ends the grants of all `tokens`. One that can't be ended keeps none of the others.
async fn revoke(client: &TokenClient, tokens: &[Secret]) -> Result<(), OAuthError> {
    let mut revoked = Ok(());
    for token in tokens {
        revoked = revoked.and(client.revoke(token).await);
    }
    revoked
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
