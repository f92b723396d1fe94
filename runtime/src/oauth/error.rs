//! What can go wrong between a user and an access token.

use std::error::Error as StdError;
use std::{fmt, io};

use crate::credentials::CredentialsError;
use crate::error::ErrorKind;
use crate::{BoxError, Error};

/// Why signing in or out, reading a file of credentials, or getting a token failed.
///
/// It shows no token, no client secret and no code, neither in `Display` nor in `Debug`. It turns
/// into an [`Error`](crate::Error), so that `?` works beside calls.
pub struct OAuthError {
    kind: Kind,
    message: String,
    source: Option<BoxError>,
    missing_scopes: Vec<String>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Kind {
    Configuration,
    Declined,
    TimedOut,
    SignIn,
    Transient,
    Permanent,
}

impl OAuthError {
    /// The program or a file that it was given is wrong: no scopes, an endpoint without TLS, a
    /// file that is not what it should be.
    ///
    /// Fix what the message names.
    pub fn is_configuration(&self) -> bool {
        self.kind == Kind::Configuration
    }

    /// The user declined the consent, or left out some of it: see
    /// [`missing_scopes`](Self::missing_scopes).
    ///
    /// Go on without, or explain what the access is for before asking again.
    pub fn is_access_denied(&self) -> bool {
        self.kind == Kind::Declined
    }

    /// The scopes that the user left out. It is empty if they declined everything, and for all
    /// other errors.
    pub fn missing_scopes(&self) -> &[String] {
        &self.missing_scopes
    }

    /// The user did not come back from the browser in time.
    ///
    /// Sign in again. Without a browser on the machine, show the address by
    /// [`open_with`](super::InstalledApp::open_with).
    pub fn is_timeout(&self) -> bool {
        self.kind == Kind::TimedOut
    }

    /// There is no grant that works: the user never signed in, signed out, took it back, or it
    /// has ended. [The module](super) says when grants end.
    ///
    /// Call [`sign_in`](super::InstalledApp::sign_in) when the user is there.
    pub fn needs_sign_in(&self) -> bool {
        self.kind == Kind::SignIn
    }

    /// No network, or a server that can't respond right now.
    ///
    /// Try again later; nothing was lost.
    pub fn is_transient(&self) -> bool {
        self.kind == Kind::Transient
    }

    pub(super) fn configuration(message: impl Into<String>) -> Self {
        Self::new(Kind::Configuration, message)
    }

    pub(super) fn declined() -> Self {
        Self::new(
            Kind::Declined,
            "the user declined the access (access_denied)",
        )
    }

    pub(super) fn left_out(missing_scopes: Vec<String>) -> Self {
        let message = format!("the user did not grant {}", missing_scopes.join(" "));
        Self {
            missing_scopes,
            ..Self::new(Kind::Declined, message)
        }
    }

    pub(super) fn timed_out() -> Self {
        let message = "the user did not come back from the browser in time";
        Self::new(Kind::TimedOut, message)
    }

    pub(super) fn sign_in(message: impl Into<String>) -> Self {
        Self::new(Kind::SignIn, message)
    }

    pub(super) fn transient(message: impl Into<String>) -> Self {
        Self::new(Kind::Transient, message)
    }

    pub(super) fn permanent(message: impl Into<String>) -> Self {
        Self::new(Kind::Permanent, message)
    }

    pub(super) fn io(message: impl Into<String>, source: io::Error) -> Self {
        Self::permanent(message).with_source(source)
    }

    /// The same with what caused it, which must show no secret either.
    pub(super) fn with_source(mut self, source: impl Into<BoxError>) -> Self {
        self.source = Some(source.into());
        self
    }

    fn new(kind: Kind, message: impl Into<String>) -> Self {
        Self {
            kind,
            message: message.into(),
            source: None,
            missing_scopes: Vec::new(),
        }
    }
}

impl fmt::Display for OAuthError {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&self.message)
    }
}

/// As that of [`Error`]: text for people, and `{:#?}` has the fields.
impl fmt::Debug for OAuthError {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        if !formatter.alternate() {
            return crate::with_causes(self, formatter);
        }
        formatter
            .debug_struct("OAuthError")
            .field("kind", &self.kind)
            .field("message", &self.message)
            .field("source", &self.source)
            .field("missing_scopes", &self.missing_scopes)
            .finish()
    }
}

impl StdError for OAuthError {
    fn source(&self) -> Option<&(dyn StdError + 'static)> {
        self.source.as_deref().map(|source| source as _)
    }
}

impl From<OAuthError> for CredentialsError {
    fn from(error: OAuthError) -> Self {
        match error.kind {
            Kind::Transient => Self::transient(error),
            Kind::SignIn | Kind::Declined | Kind::TimedOut => Self::sign_in(error),
            Kind::Configuration | Kind::Permanent => Self::permanent(error),
        }
    }
}

impl From<OAuthError> for Error {
    fn from(error: OAuthError) -> Self {
        match error.kind {
            Kind::Configuration => Self::new(ErrorKind::Configuration {
                message: error.message,
                source: error.source,
            }),
            _ => Self::new(ErrorKind::Credentials(error.into())),
        }
    }
}
