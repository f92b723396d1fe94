//! Signing in, staying signed in, signing out.

use std::sync::Arc;

use tracing::{debug, warn};

use super::super::consent::Consent;
use super::super::grant::{Grant, runtime};
use super::super::store::{Content, OpenStore, Record};
use super::super::token_client::TokenClient;
use super::super::token_response::TokenResponse;
use super::super::{OAuthError, scopes};
use super::InstalledApp;
use crate::{Credentials, Secret};

/// A user who is signed in, as far as this process knows.
pub(super) struct Current {
    grant: Arc<Grant>,
    credentials: Credentials,
}

impl InstalledApp {
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
            listen_on: self.listen_on,
            paste: self.paste.as_ref(),
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
}

/// Ends the grants of all `tokens`. One that can't be ended keeps none of the others.
async fn revoke(client: &TokenClient, tokens: &[Secret]) -> Result<(), OAuthError> {
    let mut revoked = Ok(());
    for token in tokens {
        revoked = revoked.and(client.revoke(token).await);
    }
    revoked
}
