//! The kinds of errors.

use std::error::Error as StdError;

use super::QuotaKind;
use super::transfer::TransferProblem;
use crate::BoxError;
use crate::codegen::BodyError;
use crate::credentials::CredentialsError;
use crate::rpc::Status;
use crate::transport::TransportError;

/// Why a call failed.
#[derive(Debug)]
pub(crate) enum ErrorKind {
    /// The caller asked for what can't be sent.
    InvalidArgument(String),
    /// The client can't be built like this.
    Configuration {
        message: String,
        source: Option<BoxError>,
    },
    /// There is no access token.
    Credentials(CredentialsError),
    /// The connection failed: there is no complete response.
    Transport(TransportError),
    /// It took too long.
    TimedOut { limit: Limit, phase: Phase },
    /// The server responded with an error.
    Api {
        /// As it is shown: without secrets.
        status: Option<Status>,
        quota: Option<QuotaKind>,
        remedy: Option<Remedy>,
    },
    /// The server sent the client somewhere else.
    Redirected { host: Option<String> },
    /// The server responded with success and a body that is no result.
    Body(BodyProblem),
    /// An upload or a download went wrong in a way that is its own.
    Transfer(TransferProblem),
    /// A page led back to a page that was read before.
    RepeatedPageToken,
    /// A long-running operation failed.
    OperationFailed(Box<Status>),
    /// Nothing was decoded although nothing failed.
    NoResponse,
}

/// A rejection that the user or the owner of the project can do something about.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Remedy {
    /// The token lacks a scope.
    GrantScope,
    /// The project has the API switched off.
    EnableApi,
}

impl Remedy {
    /// The remedy that the server names, if it names one.
    pub(crate) fn of(status: &Status) -> Option<Self> {
        if status.has_reason("ACCESS_TOKEN_SCOPE_INSUFFICIENT")
            || status.has_reason("insufficientPermissions")
            || status
                .message
                .contains("insufficient authentication scopes")
        {
            Some(Self::GrantScope)
        } else if status.has_reason("SERVICE_DISABLED") || status.has_reason("accessNotConfigured")
        {
            Some(Self::EnableApi)
        } else {
            None
        }
    }
}

/// What is wrong with the body of a successful response.
#[derive(Debug)]
pub(crate) enum BodyProblem {
    /// It has another type than JSON.
    ContentType(String),
    /// It has an encoding that nobody asked for.
    ContentEncoding(String),
    /// It is a download in an encoding that can't be removed.
    Undecodable { encoding: String, why: &'static str },
    /// It is longer than the limit, in bytes.
    TooLarge(u64),
    /// It is JSON up to the point where it ends.
    Truncated,
    /// It is not what the method returns.
    Decode(BodyError),
    /// It is not the JSON that the caller asked for.
    NoJson { line: usize, column: usize },
}

/// Which limit of time was reached.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Limit {
    Attempt,
    Total,
}

/// What a call was doing when its time was up.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Phase {
    /// Getting an access token.
    Credentials,
    /// Sending the request and waiting for the head of the response.
    Request,
    /// Reading the body of a response.
    Body,
    /// Waiting for a long-running operation.
    Operation,
}

impl ErrorKind {
    pub(super) fn source(&self) -> Option<&(dyn StdError + 'static)> {
        match self {
            Self::Configuration { source, .. } => source.as_deref().map(|source| source as _),
            Self::Credentials(error) => Some(error),
            // Its own text is the text of this error.
            Self::Transport(error) => error.source(),
            Self::Body(BodyProblem::Decode(error)) => Some(error),
            Self::Transfer(problem) => problem.source(),
            _ => None,
        }
    }
}
