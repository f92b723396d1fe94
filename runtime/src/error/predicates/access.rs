//! Predicates about who calls, and how much that user and project may do.

use crate::error::{Error, ErrorKind, QuotaKind, Remedy};
use crate::rpc::Code;

/// # Access and quotas
impl Error {
    /// The access token was not accepted (401), and neither was a fresh one, if there is a way to
    /// get one.
    ///
    /// Check that the token is one of this account and not revoked, or let the user sign in again.
    pub fn is_unauthenticated(&self) -> bool {
        self.is_failure(401, &[Code::Unauthenticated])
    }

    /// There is no access token without the user: the sign-in was revoked, has ended or never
    /// took place.
    ///
    /// Start the sign-in. Nothing was sent; the call can be made again after it. If users must sign
    /// in every week, the consent screen of the app is in testing: Google ends the grants of such
    /// an app after 7 days, until it is published.
    pub fn needs_sign_in(&self) -> bool {
        matches!(self.kind(), ErrorKind::Credentials(error) if error.needs_sign_in())
    }

    /// There is no access token, whatever the reason.
    ///
    /// If [`needs_sign_in`](Self::needs_sign_in) is `false`, the source of tokens failed; what it
    /// says is in [`source`](std::error::Error::source).
    pub fn is_credentials(&self) -> bool {
        matches!(self.kind(), ErrorKind::Credentials(_))
    }

    /// The user may not do this (403, `PERMISSION_DENIED`), for another reason than a quota.
    ///
    /// Retrying the call changes nothing. [`is_scope_insufficient`](Self::is_scope_insufficient)
    /// and [`is_api_disabled`](Self::is_api_disabled) are two cases that have a remedy.
    pub fn is_permission_denied(&self) -> bool {
        self.is_failure(403, &[Code::PermissionDenied]) && self.quota_kind().is_none()
    }

    /// The user did not grant a scope that the method needs.
    ///
    /// Ask for one of the [`accepted_scopes`](Self::accepted_scopes), and let the user sign in
    /// again: a token never gets more scopes than it was made with.
    pub fn is_scope_insufficient(&self) -> bool {
        let named = self.has_remedy(Remedy::GrantScope);
        let challenge = self
            .headers()
            .and_then(|headers| headers.get("www-authenticate"));
        let challenged = challenge.is_some_and(|value| value.contains("insufficient_scope"));
        self.is_permission_denied() && (named || challenged)
    }

    /// The project of the application has the API switched off.
    ///
    /// Switch it on in the Google Cloud console; the message has the address. It takes some
    /// minutes to have an effect.
    pub fn is_api_disabled(&self) -> bool {
        self.is_permission_denied() && self.has_remedy(Remedy::EnableApi)
    }

    /// A quota is used up, or calls come too fast (429, or a 403 that says so).
    ///
    /// [`quota_kind`](Self::quota_kind) tells which. A daily quota can't be waited out: stop and
    /// go on the next day, or have it raised.
    pub fn is_quota_exceeded(&self) -> bool {
        self.quota_kind().is_some()
    }

    /// Calls come too fast; the quota fills again soon.
    ///
    /// The call was retried as far as its time allowed. Make fewer calls, and wait at least
    /// [`retry_after`](Self::retry_after) before the next one.
    pub fn is_rate_limited(&self) -> bool {
        self.quota_kind()
            .is_some_and(|kind| kind != QuotaKind::PerDay)
    }
}
