//! What an app says to the authorization server: three posts of forms (RFC 6749, RFC 7009).

use std::sync::Arc;
use std::time::Duration;

use zeroize::Zeroizing;

use super::store::Record;
use super::token_response::{TokenResponse, error_code, rejection};
use super::{Endpoints, OAuthError};
use crate::client::{Collected, collect};
use crate::clock::race;
use crate::error::host_of;
use crate::transport::{HttpBody, HttpRequest, HttpResponse};
use crate::url::Query;
use crate::wire::Bytes;
use crate::{Clock, HttpMethod, Secret, Transport};

/// How long a post may take, connecting included.
const LIMIT: Duration = Duration::from_secs(30);

/// The most that is read of a response, in bytes. Google's have two kilobytes at most.
const SIZE_LIMIT: usize = 64 * 1024;

/// An app, as the authorization server knows it, and the way to that server.
#[derive(Clone)]
pub(super) struct TokenClient {
    pub(super) id: String,
    pub(super) secret: Secret,
    pub(super) endpoints: Endpoints,
    pub(super) transport: Arc<dyn Transport>,
    pub(super) clock: Arc<dyn Clock>,
}

/// A complete response.
struct Response {
    status: u16,
    body: Zeroizing<Vec<u8>>,
}

impl TokenClient {
    /// Whether a grant was made to this app by this server.
    pub(super) fn owns(&self, record: &Record) -> bool {
        record.client_id == self.id && record.token_uri == self.endpoints.token()
    }

    /// Redeems the code that the browser brought.
    pub(super) async fn redeem(
        &self,
        code: &Secret,
        verifier: &Secret,
        redirect_uri: &str,
    ) -> Result<TokenResponse, OAuthError> {
        let form = [
            ("grant_type", "authorization_code"),
            ("code", code.expose()),
            ("code_verifier", verifier.expose()),
            ("redirect_uri", redirect_uri),
        ];
        self.token(&form).await
    }

    /// Gets an access token for a grant.
    pub(super) async fn refresh(
        &self,
        refresh_token: &Secret,
    ) -> Result<TokenResponse, OAuthError> {
        let form = [
            ("grant_type", "refresh_token"),
            ("refresh_token", refresh_token.expose()),
        ];
        self.token(&form).await
    }

    /// Ends a grant. It is no error if the grant has ended before.
    pub(super) async fn revoke(&self, refresh_token: &Secret) -> Result<(), OAuthError> {
        let Some(address) = self.endpoints.revocation() else {
            return Ok(());
        };
        let response = self
            .post(address, &[("token", refresh_token.expose())])
            .await?;
        match response.status {
            200..=299 => Ok(()),
            // It does not know the token, or knows it no longer.
            400 if error_code(&response.body).as_deref() == Some("invalid_token") => Ok(()),
            status => Err(OAuthError::permanent(format!(
                "the revocation endpoint responded with {status}"
            ))),
        }
    }

    async fn token(&self, form: &[(&str, &str)]) -> Result<TokenResponse, OAuthError> {
        let mut all = vec![("client_id", self.id.as_str())];
        if !self.secret.expose().is_empty() {
            all.push(("client_secret", self.secret.expose()));
        }
        all.extend_from_slice(form);
        let response = self.post(self.endpoints.token(), &all).await?;
        match response.status {
            200..=299 => TokenResponse::read(&response.body),
            status => Err(rejection(status, &response.body)),
        }
    }

    /// Sends a form. The response has a status of 200 to 299 or 400 to 499; everything else is an
    /// error here.
    async fn post(&self, address: &str, form: &[(&str, &str)]) -> Result<Response, OAuthError> {
        let exchange = async {
            let sent = self.transport.send(request(address, form)).await;
            read(sent.map_err(no_response)?).await
        };
        let finished = race(self.clock.as_ref(), Some(LIMIT), exchange).await;
        finished.unwrap_or_else(|_| {
            Err(OAuthError::transient(
                "the token endpoint did not respond in time",
            ))
        })
    }
}

fn request(address: &str, form: &[(&str, &str)]) -> HttpRequest {
    let mut body = Query::default();
    for (name, value) in form {
        body.push(name, value);
    }
    let mut request = HttpRequest::new(HttpMethod::Post, address);
    request
        .headers
        .set("content-type", "application/x-www-form-urlencoded");
    request.headers.set("accept", "application/json");
    // Nothing that grows when it is unpacked.
    request.headers.set("accept-encoding", "identity");
    request.body = HttpBody::Bytes(Bytes::from(body.as_str().as_bytes()));
    request
}

async fn read(mut response: HttpResponse) -> Result<Response, OAuthError> {
    let status = response.status;
    match status {
        300..=399 => {
            let host = response.headers.get("location").and_then(host_of);
            let host = host.as_deref().unwrap_or("another address");
            let message = format!("the token endpoint redirects to {host}, which is not followed");
            return Err(OAuthError::permanent(message));
        }
        200..=299 | 400..=499 if status != 408 && status != 429 => {}
        _ => {
            return Err(OAuthError::transient(format!(
                "the token endpoint responded with {status}"
            )));
        }
    }
    // The room is there from the start: a buffer that grows leaves copies behind.
    let mut body = Zeroizing::new(Vec::with_capacity(SIZE_LIMIT));
    match collect(&mut response.body, SIZE_LIMIT as u64, &mut *body).await {
        Collected::Whole => Ok(Response { status, body }),
        Collected::TooLarge => Err(OAuthError::permanent("the token endpoint sent too much")),
        Collected::Broken(error) => Err(no_response(error)),
    }
}

fn no_response(error: crate::transport::TransportError) -> OAuthError {
    let message = "the token endpoint can't be reached";
    let transient = error.is_transient();
    let error_of = if transient {
        OAuthError::transient
    } else {
        OAuthError::permanent
    };
    error_of(message).with_source(error)
}
