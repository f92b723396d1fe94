//! Where access tokens come from.

use std::fmt;
use std::future::Future;
use std::sync::Arc;
use std::time::{Duration, SystemTime};

use super::CredentialsError;
use crate::{BoxFuture, Secret};

/// Gives access tokens: what stands between an application's way to sign in and the client.
///
/// The client keeps a token until shortly before it expires and asks once for all calls that need
/// one. An implementation therefore gets a fresh token for each request, and never starts a
/// sign-in by itself: it returns [`CredentialsError::sign_in`].
pub trait TokenSource: Send + Sync + 'static {
    /// Gets a token. Dropping the future gives up.
    fn token(&self, request: TokenRequest) -> BoxFuture<'_, Result<AccessToken, CredentialsError>>;
}

/// What a token is for.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct TokenRequest {
    /// The scopes that the client was built with; empty if it was built without.
    pub scopes: Arc<[String]>,
}

/// An access token of OAuth 2.0.
#[derive(Clone)]
pub struct AccessToken {
    pub(super) token: Secret,
    pub(super) expiry: Expiry,
}

#[derive(Clone, Copy, Debug)]
pub(super) enum Expiry {
    Unknown,
    In(Duration),
    At(SystemTime),
}

impl AccessToken {
    /// A token of which nobody knows when it expires. It is used until a server rejects it.
    pub fn new(token: impl Into<Secret>) -> Self {
        Self {
            token: token.into(),
            expiry: Expiry::Unknown,
        }
    }

    /// The same, good for so long from now: `expires_in` of a token response. It is counted by a
    /// clock that nobody sets.
    #[must_use]
    pub fn with_expires_in(mut self, time: Duration) -> Self {
        self.expiry = Expiry::In(time);
        self
    }

    /// The same, good until `time`, as a file keeps it.
    #[must_use]
    pub fn with_expires_at(mut self, time: SystemTime) -> Self {
        self.expiry = Expiry::At(time);
        self
    }
}

impl fmt::Debug for AccessToken {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter
            .debug_struct("AccessToken")
            .field("token", &self.token)
            .field("expiry", &self.expiry)
            .finish()
    }
}

/// A source that is a closure.
pub(super) struct FromFn<F>(pub(super) F);

impl<F, T> TokenSource for FromFn<F>
where
    F: Fn(TokenRequest) -> T + Send + Sync + 'static,
    T: Future<Output = Result<AccessToken, CredentialsError>> + Send + 'static,
{
    fn token(&self, request: TokenRequest) -> BoxFuture<'_, Result<AccessToken, CredentialsError>> {
        Box::pin((self.0)(request))
    }
}

/// A token that was given once.
pub(super) struct Fixed(pub(super) Secret);

impl TokenSource for Fixed {
    fn token(&self, _: TokenRequest) -> BoxFuture<'_, Result<AccessToken, CredentialsError>> {
        Box::pin(std::future::ready(Ok(AccessToken::new(self.0.clone()))))
    }
}
