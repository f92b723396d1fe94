//! Access tokens: whose they are, what they open and until when.

use std::collections::{BTreeMap, BTreeSet};

use jiff::Timestamp;

use crate::replies;
use crate::reply::Reply;
use crate::scopes;

/// The user that tokens belong to when a test names none.
pub const DEFAULT_USER: &str = "user@example.com";
/// The OAuth client that tokens belong to when a test names none.
pub const DEFAULT_CLIENT: &str = "photos-emulator.apps.googleusercontent.com";
/// A token of the default user and client that has the live scopes of both APIs, and the removed ones while they open
/// something, and never expires.
pub const DEVELOPER_TOKEN: &str = "ya29.emulator-developer";

/// Who a request acts for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Identity {
    pub(crate) user: String,
    /// The OAuth client: what one client created, another one cannot see.
    pub(crate) client: String,
    pub(crate) scopes: BTreeSet<String>,
}

impl Identity {
    /// The developer has every scope that opens anything.
    fn developer(legacy_sharing: bool) -> Self {
        let removed: &[&str] = if legacy_sharing {
            &scopes::REMOVED
        } else {
            &[]
        };
        Self {
            user: DEFAULT_USER.to_owned(),
            client: DEFAULT_CLIENT.to_owned(),
            scopes: scopes::LIVE
                .into_iter()
                .chain([scopes::PICKER])
                .chain(removed.iter().copied())
                .map(str::to_owned)
                .collect(),
        }
    }

    pub(crate) fn has_any(&self, scopes: &[&str]) -> bool {
        scopes.iter().any(|&scope| self.scopes.contains(scope))
    }
}

#[derive(Debug)]
struct Access {
    identity: Identity,
    /// `None` never expires.
    expires: Option<Timestamp>,
    revoked: bool,
}

/// Every access token that was given out.
#[derive(Debug, Default)]
pub(crate) struct AccessTokens {
    tokens: BTreeMap<String, Access>,
}

impl AccessTokens {
    pub(crate) fn insert(&mut self, token: String, identity: Identity, expires: Option<Timestamp>) {
        self.tokens.insert(
            token,
            Access {
                identity,
                expires,
                revoked: false,
            },
        );
    }

    /// Ends a token; `false` when it is not known.
    pub(crate) fn revoke(&mut self, token: &str) -> bool {
        self.tokens
            .get_mut(token)
            .is_some_and(|access| !std::mem::replace(&mut access.revoked, true))
    }

    /// Lets a token expire at a moment; `false` when it is not known.
    pub(crate) fn expire(&mut self, token: &str, at: Timestamp) -> bool {
        self.tokens.get_mut(token).is_some_and(|access| {
            access.expires = Some(at);
            true
        })
    }

    /// Whom a bearer token acts for, or the 401 of the service.
    pub(crate) fn identify(
        &self,
        bearer: Option<&str>,
        developer_mode: bool,
        legacy_sharing: bool,
        now: Timestamp,
    ) -> Result<Identity, Reply> {
        let refuse = |note: &str| Err(replies::unauthenticated().note(note));
        let Some(token) = bearer.filter(|token| !token.is_empty()) else {
            return refuse("no bearer token");
        };
        match self.tokens.get(token) {
            Some(access) if access.revoked => refuse("the token was revoked"),
            Some(access) if access.expires.is_some_and(|end| end <= now) => {
                refuse("the token expired")
            }
            Some(access) => Ok(access.identity.clone()),
            None if token == DEVELOPER_TOKEN || developer_mode => {
                Ok(Identity::developer(legacy_sharing))
            }
            None => refuse("the token is not known"),
        }
    }
}
