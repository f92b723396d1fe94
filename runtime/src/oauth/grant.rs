//! A grant at work: access tokens for a refresh token, kept in step with the file that other
//! processes share.

use std::sync::Arc;

use tokio::runtime::Handle;
use tokio::sync::Mutex;
use tracing::{Instrument as _, warn};

use super::access::Access;
use super::store::{Content, OpenStore, Record, TokenStore};
use super::token_client::TokenClient;
use super::token_response::{Lifetime, TokenResponse};
use super::{OAuthError, scopes};
use crate::credentials::{AccessToken, CredentialsError, TokenRequest, TokenSource};
use crate::{BoxFuture, Credentials, Secret};

/// What a user granted to an app, with the way to the server and the file that keeps it.
pub(super) struct Grant {
    client: TokenClient,
    store: Option<TokenStore>,
    state: Mutex<State>,
}

struct State {
    record: Record,
    /// What the file had when it was last read or written; `None` if there was no grant in it.
    seen: Option<Record>,
    access: Option<Access>,
    /// The refresh token of which the server said that it has ended.
    ended: Option<Secret>,
    /// How many responses in a row had an access token that had ended already.
    expired_on_arrival: u32,
}

impl Grant {
    /// A grant that the file of `store` has already if `seen` is set.
    pub(super) fn new(
        client: TokenClient,
        store: Option<TokenStore>,
        record: Record,
        seen: Option<Record>,
    ) -> Arc<Self> {
        let state = Mutex::new(State {
            access: record.access_token.as_ref().map(Access::from_file),
            record,
            seen,
            ended: None,
            expired_on_arrival: 0,
        });
        Arc::new(Self {
            client,
            store,
            state,
        })
    }

    pub(super) fn credentials(self: &Arc<Self>) -> Credentials {
        Credentials::from_source(GrantSource(self.clone()))
    }

    /// Sees to it that there is an access token, which shows that the grant holds.
    pub(super) async fn prepare(&self) -> Result<(), OAuthError> {
        self.renew(None).await
    }

    /// Goes on with what the user granted just now, whatever was before: all who have credentials
    /// of this grant are signed in again.
    pub(super) async fn begin(&self, record: Record, response: &TokenResponse) {
        let mut state = self.state.lock().await;
        let open = self.open(&mut state, true).await.unwrap_or_else(|error| {
            report(&error);
            None
        });
        state.record = record;
        state.ended = None;
        state.accept(response, &self.client);
        self.save(&mut state, open.as_ref()).await;
    }

    pub(super) fn client(&self) -> &TokenClient {
        &self.client
    }

    /// Makes all who have credentials of this grant ask for a sign-in, and gives the refresh token
    /// back.
    pub(super) async fn end(&self) -> Secret {
        let mut state = self.state.lock().await;
        state.end();
        state.record.refresh_token.clone()
    }

    /// Hands out what [`renew`](Self::renew) got.
    async fn token(&self, scopes: &Arc<[String]>) -> Result<AccessToken, OAuthError> {
        let mut state = self.state.lock().await;
        if let Some(granted) = &state.record.scopes {
            let missing = scopes::missing(scopes, granted);
            if !missing.is_empty() {
                let message = format!("the user was not asked for {}", missing.join(" "));
                return Err(OAuthError::sign_in(message));
            }
        }
        let none = || OAuthError::permanent("there is no access token");
        let access = state.access.as_mut().ok_or_else(none)?;
        Ok(access.give(scopes, self.client.clock.as_ref()))
    }

    /// Gets a new access token, unless there is one that those with `scopes` have not had yet.
    async fn renew(&self, scopes: Option<&Arc<[String]>>) -> Result<(), OAuthError> {
        let mut state = self.state.lock().await;
        let open = self.open(&mut state, false).await?;
        let clock = self.client.clock.as_ref();
        if state.access.as_ref().is_some_and(|access| {
            access.is_good(clock) && !scopes.is_some_and(|scopes| access.was_given(scopes))
        }) {
            return Ok(());
        }
        let token = state.record.refresh_token.clone();
        if state
            .ended
            .as_ref()
            .is_some_and(|ended| ended.same_as(&token))
        {
            return Err(OAuthError::sign_in(
                "the grant has ended: the user must sign in again",
            ));
        }
        let refreshed = self.client.refresh(&token).await;
        match &refreshed {
            Ok(response) => state.accept(response, &self.client),
            Err(error) if error.needs_sign_in() => state.end(),
            Err(_) => {}
        }
        self.save(&mut state, open.as_ref()).await;
        refreshed?;
        // Once may be a wrong clock, and the server may see it otherwise.
        if state.expired_on_arrival > 1 {
            state.access = None;
            let message = "the token endpoint sends access tokens that have expired already";
            return Err(OAuthError::permanent(message));
        }
        Ok(())
    }

    /// Opens the store and takes over what other processes put into it, unless the user signed in
    /// anew. A store that can't be used is no reason to stop: what is in memory is good.
    async fn open(&self, state: &mut State, is_new: bool) -> Result<Option<OpenStore>, OAuthError> {
        let Some(store) = &self.store else {
            return Ok(None);
        };
        let open = match store.open(self.client.clock.as_ref()).await {
            Ok(open) => open,
            Err(error) if error.is_transient() => return Err(error),
            Err(error) => {
                report(&error);
                return Ok(None);
            }
        };
        match open.load().await {
            Ok(Content::Foreign(kind)) => {
                report(&open.is_foreign(kind));
                return Ok(None);
            }
            Ok(Content::Grant(record)) if is_new => state.seen = Some(record),
            Ok(_) if is_new => state.seen = None,
            Ok(Content::Grant(record)) if !self.client.owns(&record) => {
                warn!("the token file has the grant of another client now; it is left alone");
                return Ok(None);
            }
            Ok(Content::Grant(record)) => state.take_over(record),
            Ok(Content::Nothing) if state.seen.is_some() => {
                state.end();
                return Err(OAuthError::sign_in(
                    "the user signed out: the token file is gone",
                ));
            }
            Ok(Content::Nothing) => {}
            Ok(Content::Unusable(reason)) => {
                warn!(
                    reason,
                    "the token file is of no use any more; it is left alone"
                );
                return Ok(None);
            }
            Err(error) => {
                report(&error);
                return Ok(None);
            }
        }
        Ok(Some(open))
    }

    /// Saves what the file does not have yet. If that fails, what is in memory is good all the
    /// same, and is saved the next time.
    async fn save(&self, state: &mut State, open: Option<&OpenStore>) {
        let Some(open) = open else { return };
        if state
            .seen
            .as_ref()
            .is_some_and(|seen| seen.same_tokens(&state.record))
        {
            return;
        }
        match open.save(&state.record).await {
            Ok(()) => state.seen = Some(state.record.clone()),
            Err(error) => report(&error),
        }
    }
}

impl State {
    /// Keeps what the server granted. Even if that is of no use for calls, a new refresh token is
    /// what counts from now on.
    fn accept(&mut self, response: &TokenResponse, client: &TokenClient) {
        if let Some(token) = &response.refresh_token {
            self.record.refresh_token = token.clone();
        }
        if let Some(scopes) = &response.scopes {
            self.record.scopes = Some(scopes.clone());
        }
        let access = Access::from_response(response, client.clock.as_ref());
        self.record.access_token = access.dated(client.clock.as_ref());
        self.access = Some(access);
        self.expired_on_arrival = match response.lifetime {
            Lifetime::Ended => self.expired_on_arrival.saturating_add(1),
            _ => 0,
        };
    }

    /// Takes what another process put into the file since it was last seen.
    fn take_over(&mut self, record: Record) {
        if self
            .seen
            .as_ref()
            .is_some_and(|seen| seen.same_tokens(&record))
        {
            return;
        }
        if !self.record.same_tokens(&record) {
            self.access = record.access_token.as_ref().map(Access::from_file);
            self.record = record.clone();
        }
        self.seen = Some(record);
    }

    fn end(&mut self) {
        self.ended = Some(self.record.refresh_token.clone());
        self.record.access_token = None;
        self.access = None;
    }
}

fn report(error: &OAuthError) {
    let source = std::error::Error::source(error).map(ToString::to_string);
    warn!(%error, source, "the grant is kept in memory only for now");
}

/// A grant as a client sees it.
struct GrantSource(Arc<Grant>);

impl TokenSource for GrantSource {
    fn token(&self, request: TokenRequest) -> BoxFuture<'_, Result<AccessToken, CredentialsError>> {
        let grant = self.0.clone();
        Box::pin(async move {
            let runtime = runtime()?;
            // A task of its own: a refresh that the server carried out must be saved, even if the
            // call that requested it is given up.
            let (worker, scopes) = (grant.clone(), request.scopes.clone());
            let work = async move { worker.renew(Some(&scopes)).await }.in_current_span();
            let stopped = || OAuthError::permanent("the runtime stopped before the token came");
            runtime.spawn(work).await.map_err(|_| stopped())??;
            Ok(grant.token(&request.scopes).await?)
        })
    }
}

/// The runtime that files and connections need.
pub(super) fn runtime() -> Result<Handle, OAuthError> {
    Handle::try_current()
        .map_err(|_| OAuthError::configuration("signing in needs a runtime of tokio around it"))
}
