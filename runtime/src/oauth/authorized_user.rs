//! Files of the type `authorized_user`, as gcloud and Google's libraries write them.

use std::fmt;
use std::path::Path;
use std::sync::Arc;

use serde::Deserialize;

use super::app::App;
use super::grant::Grant;
use super::json::SecretText;
use super::store::Record;
use super::token_response::check;
use super::{Endpoints, OAuthError, file};
use crate::{Clock, Credentials, Secret, Transport};

/// Credentials of a user from a file of the type `authorized_user`: the same as
/// [`AuthorizedUser::from_file`] and [`credentials`](AuthorizedUser::credentials).
///
/// ```no_run
/// # fn example() -> discovery_runtime::Result<()> {
/// let credentials = discovery_runtime::oauth::authorized_user("user.json")?;
/// # drop(credentials);
/// # Ok(())
/// # }
/// ```
pub fn authorized_user(path: impl AsRef<Path>) -> Result<Credentials, OAuthError> {
    AuthorizedUser::from_file(path)?.credentials()
}

/// A user who signed in elsewhere: a file of the type `authorized_user`.
///
/// It has a client ID, a client secret and a refresh token, and perhaps the address of the token
/// endpoint, of which only Google's is believed. A `quota_project_id`, as application default
/// credentials have it, becomes the [quota project](Credentials::with_quota_project) of the
/// credentials. The file is read once and never written: if the
/// server gives out a new refresh token, it is kept in memory.
#[derive(Clone)]
#[must_use = "it does nothing until `credentials` is called"]
pub struct AuthorizedUser {
    app: App,
    refresh_token: Secret,
    quota_project: Option<String>,
}

#[derive(Deserialize)]
struct Content {
    r#type: Option<String>,
    client_id: Option<String>,
    client_secret: Option<SecretText>,
    refresh_token: Option<SecretText>,
    token_uri: Option<String>,
    quota_project_id: Option<String>,
}

impl AuthorizedUser {
    /// Reads the file.
    pub fn from_file(path: impl AsRef<Path>) -> Result<Self, OAuthError> {
        let path = path.as_ref();
        let content: Content = file::read(path)?;
        let wrong = |what: &str| OAuthError::configuration(format!("{}: {what}", path.display()));
        match content.r#type.as_deref() {
            // Google's library for Python leaves it out.
            None | Some("authorized_user") => {}
            Some("service_account") => {
                return Err(wrong(
                    "it is the key of a service account, which is no user",
                ));
            }
            Some(_) => return Err(wrong("its type is not authorized_user")),
        }
        let client_id = content
            .client_id
            .ok_or_else(|| wrong("it has no client_id"))?;
        let SecretText(client_secret) = content
            .client_secret
            .ok_or_else(|| wrong("it has no client_secret"))?;
        let SecretText(refresh_token) = content
            .refresh_token
            .ok_or_else(|| wrong("it has no refresh_token"))?;
        check("refresh token", &refresh_token).map_err(|_| wrong("its refresh_token is none"))?;
        let app = App::new(client_id, client_secret)
            .with_endpoints_of_file(None, content.token_uri.as_deref());
        Ok(Self {
            app,
            refresh_token,
            // Google's libraries take an empty one for none.
            quota_project: content
                .quota_project_id
                .filter(|project| !project.is_empty()),
        })
    }

    /// Another server than Google's, whatever the file says. It gets the client secret and the
    /// refresh token.
    pub fn endpoints(mut self, endpoints: Endpoints) -> Self {
        self.app.endpoints = Ok(endpoints);
        self
    }

    /// How requests get to the server, instead of the default transport.
    pub fn transport(mut self, transport: impl Transport) -> Self {
        self.app.transport = Some(Arc::new(transport));
        self
    }

    /// The clock to live by, instead of tokio's.
    pub fn clock(mut self, clock: impl Clock) -> Self {
        self.app.clock = Some(Arc::new(clock));
        self
    }

    /// The credentials. Nothing is sent until a call needs an access token.
    pub fn credentials(&self) -> Result<Credentials, OAuthError> {
        let client = self.app.client()?;
        let record = Record {
            client_id: client.id.clone(),
            token_uri: client.endpoints.token().to_owned(),
            // The file does not say; the server will.
            scopes: None,
            refresh_token: self.refresh_token.clone(),
            access_token: None,
        };
        let credentials = Grant::new(client, None, record, None).credentials();
        Ok(match &self.quota_project {
            Some(project) => credentials.with_quota_project(project.as_str()),
            None => credentials,
        })
    }
}

impl fmt::Debug for AuthorizedUser {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter
            .debug_struct("AuthorizedUser")
            .field("client_id", &self.app.client_id)
            .finish_non_exhaustive()
    }
}
