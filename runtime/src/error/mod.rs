//! The one error of all calls.

mod attempt;
mod debug;
mod display;
mod kind;
mod predicates;
mod quota;
mod received;
mod redact;
mod transfer;

use std::time::Duration;

pub use self::attempt::{Attempt, AttemptOutcome};
pub use self::debug::with_causes;
pub(crate) use self::kind::{BodyProblem, ErrorKind, Limit, Phase, Remedy};
pub use self::quota::QuotaKind;
pub(crate) use self::received::Received;
#[cfg(feature = "oauth")]
pub(crate) use self::received::host_of;
pub(crate) use self::transfer::TransferProblem;
use crate::rpc::Status;
use crate::transport::Headers;
use crate::wire::FormatError;

/// What a call of this crate returns.
pub type Result<T, E = Error> = std::result::Result<T, E>;

/// Why a call failed.
///
/// Each predicate says what to do about the error; the other methods give what the server sent.
///
/// | Question | Predicates |
/// |---|---|
/// | Is it worth another call? | [`is_retryable`](Self::is_retryable), [`is_outcome_unknown`](Self::is_outcome_unknown) |
/// | Is the request wrong, or the state of the service? | [`is_invalid_argument`](Self::is_invalid_argument), [`is_not_found`](Self::is_not_found), [`is_conflict`](Self::is_conflict), [`is_precondition_failed`](Self::is_precondition_failed), [`is_not_modified`](Self::is_not_modified), [`is_out_of_range`](Self::is_out_of_range), [`is_operation_failed`](Self::is_operation_failed), [`is_configuration`](Self::is_configuration) |
/// | Who calls? | [`is_unauthenticated`](Self::is_unauthenticated), [`needs_sign_in`](Self::needs_sign_in), [`is_credentials`](Self::is_credentials) |
/// | May they? | [`is_permission_denied`](Self::is_permission_denied), [`is_scope_insufficient`](Self::is_scope_insufficient), [`is_api_disabled`](Self::is_api_disabled) |
/// | How often? | [`is_quota_exceeded`](Self::is_quota_exceeded), [`is_rate_limited`](Self::is_rate_limited) |
/// | Is there a connection? | [`is_connect`](Self::is_connect), [`is_tls`](Self::is_tls), [`is_proxy`](Self::is_proxy), [`is_timeout`](Self::is_timeout) |
/// | What about the response? | [`is_server_error`](Self::is_server_error), [`is_redirect`](Self::is_redirect), [`is_invalid_head`](Self::is_invalid_head), [`is_decode`](Self::is_decode), [`is_too_large`](Self::is_too_large), [`is_repeated_page_token`](Self::is_repeated_page_token) |
/// | And the upload or download? | [`is_source`](Self::is_source), [`is_source_changed`](Self::is_source_changed), [`is_protocol`](Self::is_protocol), [`is_data_loss`](Self::is_data_loss), [`is_untrusted_url`](Self::is_untrusted_url), [`is_expired`](Self::is_expired), [`is_length_unknown`](Self::is_length_unknown), [`is_changed`](Self::is_changed), [`is_file`](Self::is_file) |
///
/// ```
/// use discovery_runtime::Error;
///
/// /// What a program does about a call that failed.
/// fn advice(error: &Error) -> &'static str {
///     match error {
///         error if error.is_not_found() => "drop what refers to it",
///         error if error.needs_sign_in() || error.is_scope_insufficient() => "start the sign-in",
///         error if error.is_quota_exceeded() && !error.is_rate_limited() => "go on tomorrow",
///         error if error.is_outcome_unknown() => "look at the state before trying again",
///         error if error.is_retryable() => "try again later",
///         _ => "show the error",
///     }
/// }
/// # let _ = advice;
/// ```
///
/// `Display` is one line; what is below it is in [`source`](std::error::Error::source). `{:?}`, which
/// is what `main` prints of an error that it returns, has that line and its causes as text; `{:#?}`
/// has the fields. None of them shows a token, an address with its query, or the request.
pub struct Error(Box<Inner>);

struct Inner {
    kind: ErrorKind,
    received: Option<Received>,
    method: Option<&'static str>,
    outcome_unknown: bool,
    attempts: Vec<Attempt>,
    retry_after: Option<Duration>,
    scopes: &'static [&'static str],
    budget_spent: bool,
}

impl Error {
    /// The status code of the response, such as 404, if there was one.
    ///
    /// It can be a success: see [`is_decode`](Self::is_decode).
    pub fn http_status(&self) -> Option<u16> {
        self.received().map(|received| received.status)
    }

    /// The error that the server sent, if it was one of Google's.
    pub fn rpc_status(&self) -> Option<&Status> {
        match &self.0.kind {
            ErrorKind::Api { status, .. } => status.as_ref(),
            ErrorKind::OperationFailed(status) => Some(status),
            _ => None,
        }
    }

    /// The header fields of the response, if there was one.
    pub fn headers(&self) -> Option<&Headers> {
        self.received().map(|received| &received.headers)
    }

    /// The beginning of the response's body as text, at most 4 KiB, with secrets masked: what looks
    /// like one of Google's, what stands where tokens stand, and the token or key that was sent if
    /// it has at least 8 characters. Shorter ones are words, and no service issues such tokens.
    pub fn body(&self) -> Option<&str> {
        self.received().map(|received| received.text.as_str())
    }

    /// Which quota is used up, if the server said that one is.
    pub fn quota_kind(&self) -> Option<QuotaKind> {
        match &self.0.kind {
            ErrorKind::Api { quota, .. } => *quota,
            ErrorKind::OperationFailed(status) => QuotaKind::of_operation(status),
            _ => None,
        }
    }

    /// How long the server asks to wait before the next attempt, counted from its response.
    ///
    /// A call waits by itself if the time fits its [total timeout](crate::Timeouts::total).
    pub fn retry_after(&self) -> Option<Duration> {
        self.0.retry_after
    }

    /// The identifier of the method, such as `photoslibrary.albums.get`.
    pub fn method(&self) -> Option<&'static str> {
        self.0.method
    }

    /// The attempts in order. The last one is what this error tells; empty if nothing was sent.
    pub fn attempts(&self) -> &[Attempt] {
        &self.0.attempts
    }

    /// How the server names the request, for Google's support.
    pub fn request_id(&self) -> Option<&str> {
        self.received()
            .and_then(|received| received.request_id(self.rpc_status()))
    }

    /// The scopes of which the method needs one, if the access token had none of them.
    pub fn accepted_scopes(&self) -> &'static [&'static str] {
        if self.is_scope_insufficient() {
            self.0.scopes
        } else {
            &[]
        }
    }

    pub(crate) fn new(kind: ErrorKind) -> Self {
        Self(Box::new(Inner {
            kind,
            received: None,
            method: None,
            outcome_unknown: false,
            attempts: Vec::new(),
            retry_after: None,
            scopes: &[],
            budget_spent: false,
        }))
    }

    pub(crate) fn invalid_argument(message: impl Into<String>) -> Self {
        Self::new(ErrorKind::InvalidArgument(message.into()))
    }

    pub(crate) fn configuration(message: impl Into<String>) -> Self {
        Self::new(ErrorKind::Configuration {
            message: message.into(),
            source: None,
        })
    }

    pub(crate) fn kind(&self) -> &ErrorKind {
        &self.0.kind
    }

    pub(crate) fn received(&self) -> Option<&Received> {
        self.0.received.as_ref()
    }

    pub(crate) fn with_received(mut self, received: Received) -> Self {
        self.0.received = Some(received);
        self
    }

    pub(crate) fn with_retry_after(mut self, delay: Option<Duration>) -> Self {
        self.0.retry_after = delay;
        self
    }

    pub(crate) fn with_method(mut self, id: &'static str, scopes: &'static [&'static str]) -> Self {
        self.0.method = Some(id).filter(|id| !id.is_empty());
        self.0.scopes = scopes;
        self
    }

    pub(crate) fn with_attempts(mut self, attempts: Vec<Attempt>) -> Self {
        self.0.attempts = attempts;
        self
    }

    pub(crate) fn with_outcome_unknown(mut self, unknown: bool) -> Self {
        self.0.outcome_unknown = unknown;
        self
    }

    pub(crate) fn with_budget_spent(mut self) -> Self {
        self.0.budget_spent = true;
        self
    }
}

/// A text or a number that is no value of a format is an
/// [invalid argument](Self::is_invalid_argument), so that `"2026-01-31T12:00:00Z".parse()?` can stand
/// where a call is made.
impl From<FormatError> for Error {
    fn from(error: FormatError) -> Self {
        Self::invalid_argument(error.to_string())
    }
}

impl std::error::Error for Error {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        self.0.kind.source()
    }
}
