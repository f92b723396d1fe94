//! Who a client acts for.

mod cache;
mod error;
mod single_flight;
mod source;

use std::fmt;
use std::future::Future;
use std::sync::Arc;

use self::cache::TokenCache;
pub use self::error::CredentialsError;
pub use self::source::{AccessToken, TokenRequest, TokenSource};
use self::source::{Fixed, FromFn};
use crate::{Clock, Secret};

/// Who a client acts for: where its access tokens come from.
///
/// Tokens are kept until shortly before they expire, and fetched once for all calls that need
/// one. Clones share them. They go to the endpoint of the client and to no other host.
#[derive(Clone)]
pub struct Credentials {
    kind: Arc<Kind>,
    quota_project: Option<Arc<str>>,
}

enum Kind {
    Anonymous,
    ApiKey(Secret),
    Tokens(TokenCache),
}

/// What proves to the server who calls.
pub(crate) struct Authorization {
    /// The header, in lower case.
    pub(crate) header: &'static str,
    /// Its value.
    pub(crate) value: Secret,
    /// What of the value is secret.
    pub(crate) secret: Secret,
    /// Which fetch it came from; `None` if nothing can be fetched.
    pub(crate) generation: Option<u64>,
}

impl Credentials {
    /// An access token that the application has. When it expires, calls fail with an error that
    /// [`is_unauthenticated`](crate::Error::is_unauthenticated).
    pub fn token(token: impl Into<Secret>) -> Self {
        Self::from_source(Fixed(token.into()))
    }

    /// Nobody: for tests and for what is public.
    pub fn anonymous() -> Self {
        Self::of(Kind::Anonymous)
    }

    /// An API key, which names a project and no user. It is sent as a header, never in an address.
    pub fn api_key(key: impl Into<Secret>) -> Self {
        Self::of(Kind::ApiKey(key.into()))
    }

    /// Tokens from a closure, which is called whenever a fresh one is needed.
    ///
    /// ```
    /// use std::time::Duration;
    ///
    /// use discovery_runtime::{AccessToken, Credentials};
    ///
    /// let credentials = Credentials::from_fn(|_request| async {
    ///     // Ask whatever holds the user's grant.
    ///     Ok(AccessToken::new("ya29.example").with_expires_in(Duration::from_secs(3600)))
    /// });
    /// # drop(credentials);
    /// ```
    pub fn from_fn<F, T>(source: F) -> Self
    where
        F: Fn(TokenRequest) -> T + Send + Sync + 'static,
        T: Future<Output = Result<AccessToken, CredentialsError>> + Send + 'static,
    {
        Self::from_source(FromFn(source))
    }

    /// Tokens from a source.
    pub fn from_source(source: impl TokenSource) -> Self {
        let cache = TokenCache::new(Arc::new(source), Arc::new([]));
        Self::of(Kind::Tokens(cache))
    }

    /// The same with a project that pays for calls and whose quotas count, unless options of the
    /// client or the call name another one
    /// ([`with_user_project`](crate::CallOptions::with_user_project)).
    ///
    /// It goes to the API alone, as the header `x-goog-user-project`. A client with credentials
    /// whose project can't stand in a header is not built.
    #[must_use]
    pub fn with_quota_project(mut self, project: impl Into<String>) -> Self {
        self.quota_project = Some(project.into().into());
        self
    }

    /// The same for other scopes, which the source is told. Nothing is shared with `self` but the
    /// source.
    #[must_use]
    pub fn with_scopes<S: Into<String>>(&self, scopes: impl IntoIterator<Item = S>) -> Self {
        let mut credentials = self.clone();
        if let Kind::Tokens(cache) = &*self.kind {
            let scopes = scopes.into_iter().map(Into::into).collect();
            credentials.kind = Arc::new(Kind::Tokens(cache.with_scopes(scopes)));
        }
        credentials
    }

    fn of(kind: Kind) -> Self {
        Self {
            kind: Arc::new(kind),
            quota_project: None,
        }
    }

    pub(crate) fn quota_project(&self) -> Option<&str> {
        self.quota_project.as_deref()
    }

    /// What to send with a request; `None` if nothing is to be sent.
    pub(crate) async fn authorization(
        &self,
        clock: &Arc<dyn Clock>,
    ) -> Result<Option<Authorization>, CredentialsError> {
        match &*self.kind {
            Kind::Anonymous => Ok(None),
            Kind::ApiKey(key) => Ok(Some(Authorization {
                header: "x-goog-api-key",
                value: key.clone(),
                secret: key.clone(),
                generation: None,
            })),
            Kind::Tokens(cache) => {
                let token = cache.token(clock).await?;
                Ok(Some(Authorization {
                    header: "authorization",
                    value: token.header,
                    secret: token.secret,
                    generation: Some(token.generation),
                }))
            }
        }
    }

    /// Forgets the token of one fetch, which a server rejected.
    pub(crate) fn invalidate(&self, generation: u64) {
        if let Kind::Tokens(cache) = &*self.kind {
            cache.invalidate(generation);
        }
    }
}

impl fmt::Debug for Credentials {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(match &*self.kind {
            Kind::Anonymous => "Credentials(anonymous)",
            Kind::ApiKey(_) => "Credentials(API key)",
            Kind::Tokens(_) => "Credentials(access token)",
        })
    }
}
