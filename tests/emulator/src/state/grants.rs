//! What users granted: requests that wait for a decision, authorization codes, refresh tokens.

use std::collections::BTreeMap;

use jiff::{SignedDuration, Timestamp};

use super::State;
use super::access::Identity;
use crate::clock::{plus, signed};

/// How long an authorization code can be exchanged.
const CODE_LIFETIME: SignedDuration = SignedDuration::from_mins(10);

/// A checked authorization request.
#[derive(Clone, Debug)]
pub(crate) struct AuthorizationRequest {
    pub(crate) client: String,
    pub(crate) redirect_uri: String,
    pub(crate) scopes: Vec<String>,
    pub(crate) state: String,
    /// The S256 challenge; `None` for a sign-in without PKCE.
    pub(crate) challenge: Option<String>,
    pub(crate) user: String,
}

/// A code that can be exchanged once.
#[derive(Clone, Debug)]
pub(crate) struct Code {
    pub(crate) request: AuthorizationRequest,
    pub(crate) created: Timestamp,
}

/// What a user granted to an application.
#[derive(Clone, Debug)]
pub(crate) struct Grant {
    pub(crate) identity: Identity,
    pub(crate) access_tokens: Vec<String>,
}

/// Everything that was granted, and what waits for a decision.
#[derive(Debug, Default)]
pub(crate) struct Grants {
    /// By the id in the form of the consent page.
    pub(crate) pending: BTreeMap<String, AuthorizationRequest>,
    codes: BTreeMap<String, Code>,
    /// By refresh token.
    pub(crate) by_token: BTreeMap<String, Grant>,
}

impl State {
    /// A new authorization code for what the user granted.
    pub(crate) fn new_code(&mut self, request: AuthorizationRequest) -> String {
        let code = format!("4/0A{}", self.ids.opaque());
        let created = self.now();
        self.grants
            .codes
            .insert(code.clone(), Code { request, created });
        code
    }

    /// The request behind a code, which is used up; nothing when it is unknown, used or too old.
    pub(crate) fn take_code(&mut self, code: &str) -> Option<AuthorizationRequest> {
        let now = self.now();
        let code = self
            .grants
            .codes
            .remove(code)
            .filter(|code| now < plus(code.created, CODE_LIFETIME))?;
        Some(code.request)
    }

    /// A new refresh token for an identity.
    pub(crate) fn new_refresh_token(&mut self, grant: Grant) -> String {
        let token = format!("1//0e{}", self.ids.opaque());
        self.grants.by_token.insert(token.clone(), grant);
        token
    }

    /// A new access token with the configured lifetime.
    pub(crate) fn new_access_token(&mut self, identity: Identity) -> String {
        let token = format!("ya29.{}", self.ids.opaque());
        let expires = plus(self.now(), signed(self.config.access_token_lifetime));
        self.access.insert(token.clone(), identity, Some(expires));
        token
    }

    /// Ends a grant by its refresh token, with every access token that came of it; `false` when it is not known.
    pub(crate) fn end_grant(&mut self, refresh_token: &str) -> bool {
        let Some(grant) = self.grants.by_token.remove(refresh_token) else {
            return false;
        };
        for token in &grant.access_tokens {
            self.access.revoke(token);
        }
        true
    }
}
