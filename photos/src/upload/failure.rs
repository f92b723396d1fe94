//! Why the bytes of a file did not get to the service, and what that means for the file and for others.

use std::io;

use discovery_runtime::Error;
use discovery_runtime::upload::SavedSession;

use super::stop::{Stop, StopReason};
use super::{Outcome, Rejection, RejectionReason};

/// Why there is no token.
pub(super) enum UploadFailure {
    /// An earlier run got to the end with the same bytes.
    Known(Box<Outcome>),
    /// No item is to be made of the file.
    Rejected(Rejection),
    /// The connection broke or time was up: it can succeed in another attempt, in the session if there
    /// is one.
    Interrupted(String, Option<Box<SavedSession>>),
    /// It can succeed in another run.
    Failed(String),
    /// It concerns all files.
    Stop(Stop),
}

#[expect(clippy::needless_pass_by_value, reason = "it is handed to `map_err`")]
pub(super) fn unreadable(error: io::Error) -> UploadFailure {
    UploadFailure::Rejected(Rejection::new(
        RejectionReason::Unreadable,
        error.to_string(),
    ))
}

pub(super) fn unwritable(error: io::Error) -> UploadFailure {
    UploadFailure::Stop(Stop::because(StopReason::Journal, error))
}

/// Whether the service got other bytes than the checksum says, as it puts it: "Checksum from header
/// does not match received payload content." or the same of a "User-provided checksum".
pub(super) fn is_checksum_mismatch(error: &Error) -> bool {
    let message = error.rpc_status().map(|status| status.message.as_str());
    error.http_status() == Some(400)
        && message.is_some_and(|message| message.to_ascii_lowercase().contains("checksum"))
}

/// What a failure means for the file and for the others.
pub(super) fn classify(error: Error, session: Option<SavedSession>) -> UploadFailure {
    let rejected =
        |reason, error: &Error| UploadFailure::Rejected(Rejection::new(reason, text(error)));
    if error.is_source() {
        rejected(RejectionReason::Unreadable, &error)
    } else if error.is_invalid_argument() && error.http_status().is_none() {
        rejected(RejectionReason::UnsupportedType, &error)
    } else if let Some(reason) = Stop::of(&error) {
        UploadFailure::Stop(Stop::because(reason, error))
    } else if error.is_retryable() && error.http_status().is_none() {
        UploadFailure::Interrupted(text(&error), session.map(Box::new))
    } else {
        UploadFailure::Failed(text(&error))
    }
}

/// An error and what is below it.
fn text(error: &Error) -> String {
    let mut text = error.to_string();
    let mut source = std::error::Error::source(error);
    while let Some(error) = source {
        text.push_str(&format!(": {error}"));
        source = error.source();
    }
    text
}
