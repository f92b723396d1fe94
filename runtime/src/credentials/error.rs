//! Why there is no access token.

use std::error::Error;
use std::fmt;

use crate::BoxError;

/// Why there is no access token.
///
/// Its text ends up in logs: it must hold no token and no client secret.
#[derive(Clone, Debug)]
pub struct CredentialsError {
    remedy: Remedy,
    message: std::sync::Arc<BoxError>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Remedy {
    Wait,
    SignIn,
    None,
}

impl CredentialsError {
    /// A transient error of the source of tokens: no network, an overloaded server. A
    /// token that is still valid stays in use, and calls try again.
    pub fn transient(error: impl Into<BoxError>) -> Self {
        Self::new(Remedy::Wait, error.into())
    }

    /// Only the user can help, by signing in (again): the grant was revoked or has ended.
    pub fn sign_in(error: impl Into<BoxError>) -> Self {
        Self::new(Remedy::SignIn, error.into())
    }

    /// Something else is wrong that does not pass by itself, such as a file of credentials that
    /// can't be read.
    pub fn permanent(error: impl Into<BoxError>) -> Self {
        Self::new(Remedy::None, error.into())
    }

    /// Whether another try could go better.
    pub fn is_transient(&self) -> bool {
        self.remedy == Remedy::Wait
    }

    /// Whether the user must sign in.
    pub fn needs_sign_in(&self) -> bool {
        self.remedy == Remedy::SignIn
    }

    fn new(remedy: Remedy, message: BoxError) -> Self {
        Self {
            remedy,
            message: std::sync::Arc::new(message),
        }
    }
}

impl fmt::Display for CredentialsError {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.message.fmt(formatter)
    }
}

impl Error for CredentialsError {
    fn source(&self) -> Option<&(dyn Error + 'static)> {
        self.message.source()
    }
}
