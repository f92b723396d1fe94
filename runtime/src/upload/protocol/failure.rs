//! What a failed request means for a session.

use crate::Error;
use crate::error::ErrorKind;
use crate::retry::classify;
use crate::upload::engine::Signal;

/// What the failure of a request means. `open` is whether the session is open, if the server said
/// that at the same time.
///
/// Servers respond with 400 to everything that does not fit the state of a session, unknown sessions
/// included, and the session survives: it is queried before anything is given up.
pub(in crate::upload) fn session_signal(error: &Error, open: Option<bool>) -> Signal {
    if error.is_invalid_head() {
        // The session can say what the response did not.
        return Signal::Malformed("the head of the response can't be read");
    }
    let status = match error.kind() {
        ErrorKind::Api { .. } => error.http_status().unwrap_or_default(),
        _ => 0,
    };
    match status {
        _ if error.is_quota_exceeded() || status >= 500 => transient(error),
        401 => Signal::Unauthorized,
        408 | 409 => Signal::Transient,
        // The upload was rejected for good.
        400..=499 if open == Some(false) => Signal::Permanent,
        400 | 416 => Signal::StateMismatch,
        403 => Signal::Permanent,
        404 | 410 => Signal::Lost,
        402..=499 if open == Some(true) => Signal::StateMismatch,
        _ => transient(error),
    }
}

fn transient(error: &Error) -> Signal {
    if classify(error).is_transient() {
        Signal::Transient
    } else {
        Signal::Permanent
    }
}
