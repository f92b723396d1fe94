//! The file that Google gives for an app: `client_secret_….json`.

use std::fmt;
use std::path::Path;

use serde::Deserialize;

use super::app::App;
use super::json::SecretText;
use super::{InstalledApp, OAuthError, file};

/// Who an app is, from the file that the Google Cloud console offers for it.
///
/// ```no_run
/// use discovery_runtime::oauth::ClientSecrets;
///
/// # async fn example() -> discovery_runtime::Result<()> {
/// let credentials = ClientSecrets::from_file("client_secret.json")?
///     .installed_app()
///     .scopes(["https://www.googleapis.com/auth/photoslibrary.appendonly"])
///     .sign_in()
///     .await?;
/// # drop(credentials);
/// # Ok(())
/// # }
/// ```
#[derive(Clone)]
pub struct ClientSecrets {
    app: App,
}

#[derive(Deserialize)]
struct Content {
    installed: Option<Installed>,
    web: Option<serde::de::IgnoredAny>,
    r#type: Option<String>,
}

#[derive(Deserialize)]
struct Installed {
    client_id: String,
    client_secret: Option<SecretText>,
    auth_uri: Option<String>,
    token_uri: Option<String>,
}

impl ClientSecrets {
    /// Reads the file of a client whose type is "Desktop app".
    ///
    /// If it names another server than Google's, signing in fails until
    /// [`endpoints`](InstalledApp::endpoints) says that this is meant.
    pub fn from_file(path: impl AsRef<Path>) -> Result<Self, OAuthError> {
        let path = path.as_ref();
        let content: Content = file::read(path)?;
        let Some(installed) = content.installed else {
            let found = match (content.web.is_some(), content.r#type.is_some()) {
                (true, _) => "a client of the type \"Web application\"",
                (_, true) => "credentials of a user or a service, not of an app",
                _ => "something else",
            };
            let message = format!(
                "{} is the file of {found}; a client of the type \"Desktop app\" is needed",
                path.display()
            );
            return Err(OAuthError::configuration(message));
        };
        let Some(SecretText(client_secret)) = installed.client_secret else {
            let message = format!(
                "{} has no client_secret: the console shows a secret when it is made and never \
                 again, so add one to the client there, and download the file at that moment",
                path.display()
            );
            return Err(OAuthError::configuration(message));
        };
        let app = App::new(installed.client_id, client_secret).with_endpoints_of_file(
            installed.auth_uri.as_deref(),
            installed.token_uri.as_deref(),
        );
        Ok(Self { app })
    }

    /// The client ID, which is no secret.
    pub fn client_id(&self) -> &str {
        &self.app.client_id
    }

    /// The app, for users to sign in to.
    pub fn installed_app(self) -> InstalledApp {
        InstalledApp::of(self.app)
    }
}

impl fmt::Debug for ClientSecrets {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter
            .debug_struct("ClientSecrets")
            .field("client_id", &self.app.client_id)
            .finish_non_exhaustive()
    }
}
