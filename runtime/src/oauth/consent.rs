//! Asking the user: the browser, the listener that it comes back to, and the code that it brings
//! (RFC 6749, section 4.1, as RFC 8252 wants it for installed apps).

use std::future::poll_fn;
use std::net::SocketAddr;
use std::pin::pin;
use std::task::Poll;
use std::time::Duration;

use super::browser::Opener;
use super::loopback::{Callback, Loopback};
use super::paste::Paste;
use super::pkce::{Pkce, random_text};
use super::token_client::TokenClient;
use super::token_response::{TokenResponse, shown};
use super::{OAuthError, scopes};
use crate::Secret;
use crate::clock::race;
use crate::url::Query;

/// What the user is asked, and how.
pub(super) struct Consent<'a> {
    pub(super) client: &'a TokenClient,
    pub(super) scopes: &'a [String],
    pub(super) login_hint: Option<&'a str>,
    pub(super) opener: &'a Opener,
    /// Where to listen for the browser.
    pub(super) listen_on: SocketAddr,
    pub(super) paste: Option<&'a Paste>,
    /// How long the user has.
    pub(super) limit: Duration,
}

/// A sign-in under way. Everything in it is good for this one only.
struct Attempt {
    listener: Loopback,
    state: Secret,
    pkce: Pkce,
}

/// The waits before a code is redeemed again. The server takes a code once; if a response was lost
/// the next one says `invalid_grant`, and nothing else is lost.
const REDEEM_DELAYS: [Duration; 2] = [Duration::from_secs(1), Duration::from_secs(3)];

impl Consent<'_> {
    /// Asks the user, and redeems the code that comes back. The response has a refresh token and all scopes.
    pub(super) async fn ask(&self) -> Result<TokenResponse, OAuthError> {
        let attempt = Attempt {
            listener: Loopback::bind(self.listen_on).await?,
            state: random_text()?,
            pkce: Pkce::new()?,
        };
        let code = self.code(&attempt).await?;
        let Attempt { listener, pkce, .. } = attempt;
        let redirect_uri = listener.redirect_uri();
        // Nobody can come to it any more while the code is redeemed.
        drop(listener);
        let response = self.redeem(&code, &pkce, &redirect_uri).await?;
        let missing = response
            .scopes
            .as_deref()
            .map(|granted| scopes::missing(self.scopes, granted));
        match missing {
            Some(missing) if !missing.is_empty() => Err(OAuthError::left_out(missing)),
            _ => Ok(response),
        }
    }

    async fn code(&self, attempt: &Attempt) -> Result<Secret, OAuthError> {
        let came = self.callback(attempt);
        let came = race(self.client.clock.as_ref(), Some(self.limit), came).await;
        match came.map_err(|_| OAuthError::timed_out())?? {
            Callback::Code(code) => Ok(code),
            Callback::Error(error) => Err(match shown(&error) {
                Some("access_denied") => OAuthError::declined(),
                Some(code) => {
                    OAuthError::permanent(format!("the consent page responded with {code}"))
                }
                None => OAuthError::permanent("the consent page responded with an error"),
            }),
        }
    }

    /// Opens the page; then what the browser brings to the listener, or the user to the app,
    /// whichever comes first.
    async fn callback(&self, attempt: &Attempt) -> Result<Callback, OAuthError> {
        let expected = attempt.listener.expect(attempt.state.clone());
        let brought = attempt.listener.callback(&expected, &self.client.clock);
        let pasted = async {
            self.opener.open(self.address(attempt)).await?;
            match self.paste {
                Some(paste) => paste.callback(&expected).await,
                None => std::future::pending().await,
            }
        };
        // The listener comes first: it is no failure to open a page that the user was at.
        first(async { Ok(brought.await) }, pasted).await
    }

    /// The address of the consent page.
    fn address(&self, attempt: &Attempt) -> String {
        let mut query = Query::default();
        query.push("client_id", &self.client.id);
        query.push("redirect_uri", &attempt.listener.redirect_uri());
        query.push("response_type", "code");
        query.push("scope", &self.scopes.join(" "));
        query.push("state", attempt.state.expose());
        query.push("code_challenge", &attempt.pkce.challenge);
        query.push("code_challenge_method", Pkce::METHOD);
        // Only these two together bring a refresh token to an app that had one before.
        query.push("access_type", "offline");
        query.push("prompt", "consent");
        if let Some(hint) = self.login_hint {
            query.push("login_hint", hint);
        }
        format!(
            "{}?{}",
            self.client.endpoints.authorization(),
            query.as_str()
        )
    }

    async fn redeem(
        &self,
        code: &Secret,
        pkce: &Pkce,
        redirect_uri: &str,
    ) -> Result<TokenResponse, OAuthError> {
        let mut delays = REDEEM_DELAYS.into_iter();
        loop {
            let redeemed = self.client.redeem(code, &pkce.verifier, redirect_uri).await;
            match (redeemed, delays.next()) {
                (Err(error), Some(delay)) if error.is_transient() => {
                    self.client.clock.sleep(delay).await;
                }
                (redeemed, _) => return redeemed,
            }
        }
    }
}

/// The output of the future that is ready first; that of `a` if both are.
async fn first<T>(a: impl Future<Output = T>, b: impl Future<Output = T>) -> T {
    let (mut a, mut b) = (pin!(a), pin!(b));
    poll_fn(|context| match a.as_mut().poll(context) {
        Poll::Pending => b.as_mut().poll(context),
        ready @ Poll::Ready(_) => ready,
    })
    .await
}
