//! Errors as Google's servers describe them: `google.rpc.Status` and its details.

mod code;
mod details;
mod read;

use std::time::Duration;

pub use self::code::Code;
pub use self::details::{
    BadRequest, DebugInfo, Detail, ErrorInfo, FieldViolation, Help, Link, LocalizedMessage,
    PreconditionFailure, PreconditionViolation, QuotaFailure, QuotaViolation, RequestInfo,
    ResourceInfo,
};
#[cfg(test)]
pub(crate) use self::read::read_status;
pub(crate) use self::read::{read_error_body, read_operation_error, status_of};

/// The error that a server sent (`google.rpc.Status`), and what older APIs add to it.
#[derive(Clone, Debug, Default, PartialEq)]
#[non_exhaustive]
pub struct Status {
    /// The kind of the error, if the server named it.
    pub code: Option<Code>,
    /// What went wrong, in English, for developers.
    pub message: String,
    /// What programs can use.
    pub details: Vec<Detail>,
    /// The reasons of older APIs, such as `rateLimitExceeded` (`errors[].reason`).
    pub reasons: Vec<String>,
}

impl Status {
    /// The first `google.rpc.ErrorInfo`: reason, domain and metadata.
    pub fn error_info(&self) -> Option<&ErrorInfo> {
        self.details.iter().find_map(|detail| match detail {
            Detail::ErrorInfo(info) => Some(info),
            _ => None,
        })
    }

    /// How long the server asks to wait before the next try (`google.rpc.RetryInfo`).
    pub fn retry_delay(&self) -> Option<Duration> {
        self.details.iter().find_map(|detail| match detail {
            Detail::RetryInfo { delay } => Some(*delay),
            _ => None,
        })
    }

    /// Whether a detail or an older reason names `reason`, such as `SERVICE_DISABLED` or
    /// `rateLimitExceeded`.
    pub fn has_reason(&self, reason: &str) -> bool {
        self.error_info().is_some_and(|info| info.reason == reason)
            || self.reasons.iter().any(|own| own == reason)
    }
}
