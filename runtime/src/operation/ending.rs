//! How an operation with a status says that it has ended, and how it says that it failed.

use serde_json::Value;

use crate::rpc::{Code, Status, read_operation_error};
use crate::wire::{Purpose, Wire};

/// The end of an operation that has a status, such as those of Compute Engine, read from its
/// fields; the [module](crate::operation) has the table of them.
#[derive(Clone, Debug)]
#[must_use]
pub struct Ending<'a> {
    state: Option<&'a str>,
    error: Option<Status>,
    http_status: Option<i32>,
    http_message: Option<&'a str>,
    message: Option<&'a str>,
}

impl<'a> Ending<'a> {
    /// What the status alone says.
    pub fn of<S: AsRef<str>>(state: Option<&'a S>) -> Self {
        Self {
            state: state.map(AsRef::as_ref),
            error: None,
            http_status: None,
            http_message: None,
            message: None,
        }
    }

    /// The same with the error, in the form that the service has for it.
    pub fn error<T: Wire>(mut self, error: Option<&T>) -> Self {
        self.error = failure(error);
        self
    }

    /// The same with `httpErrorStatusCode` and `httpErrorMessage`.
    pub fn http(mut self, status: Option<i32>, message: Option<&'a str>) -> Self {
        (self.http_status, self.http_message) = (status, message);
        self
    }

    /// The same with a `statusMessage` that is there only after a failure.
    pub fn message(mut self, message: Option<&'a str>) -> Self {
        self.message = message;
        self
    }

    /// Whether the operation has ended, well or not.
    pub fn is_done(&self) -> bool {
        self.state == Some("DONE") || self.failed_state().is_some()
    }

    /// Why the operation failed, if it did.
    pub fn failure(mut self) -> Option<Status> {
        let error = self.error.take();
        if !self.is_done() {
            return error;
        }
        // Once it is done, each of the fields is enough.
        let http_status = self.http_status.filter(|status| *status != 0);
        let http_failed = match http_status {
            Some(status) => status >= 400,
            None => is_text(self.http_message),
        };
        let state_code = self.failed_state();
        if error.is_none() && !http_failed && !is_text(self.message) && state_code.is_none() {
            return None;
        }
        let mut status = error.unwrap_or_default();
        let http_code = http_status.and_then(Code::of_http);
        status.code = status.code.or(http_code).or(state_code);
        if status.message.is_empty() {
            status.message = self.text(http_status, status.code.as_ref());
        }
        Some(status)
    }

    /// What went wrong, if the error itself does not say it: the longest text there is.
    fn text(&self, http_status: Option<i32>, code: Option<&Code>) -> String {
        if let Some(message) = self.message.filter(|text| !text.is_empty()) {
            return message.to_owned();
        }
        let words = [
            http_status.map(|status| status.to_string()),
            self.http_message.map(str::to_owned),
        ];
        let words: Vec<String> = words
            .into_iter()
            .flatten()
            .filter(|word| !word.is_empty())
            .collect();
        if words.is_empty() {
            code.map_or_else(String::new, |code| code.as_str().to_owned())
        } else {
            words.join(" ")
        }
    }

    /// What a last state means that is another one than `DONE`.
    fn failed_state(&self) -> Option<Code> {
        match self.state? {
            "ABORTED" => Some(Code::Aborted),
            "CANCELLED" | "CANCELED" => Some(Code::Cancelled),
            "ERROR" | "FAILED" => Some(Code::Unknown),
            _ => None,
        }
    }
}

fn is_text(text: Option<&str>) -> bool {
    text.is_some_and(|text| !text.is_empty())
}

/// The error of an operation, in any of the forms that documents give it.
#[doc(hidden)]
pub fn failure<T: Wire>(error: Option<&T>) -> Option<Status> {
    let error = crate::codegen::Encoded::new(error?.view(), Purpose::Storage);
    let error: Value = serde_json::to_value(error).ok()?;
    read_operation_error(&error)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::wire::Map;

    type Error = Map<crate::wire::Value>;

    fn error(json: &str) -> Error {
        serde_json::from_str(json).unwrap()
    }

    fn ending<'a>(state: &'a &'static str, error: Option<&Error>) -> Ending<'a> {
        Ending::of(Some(state)).error(error)
    }

    #[test]
    fn the_http_status_of_a_failure_is_its_code() {
        // The mapping of `google/rpc/code.proto`, read backwards.
        let cases = [
            (400, Code::InvalidArgument),
            (401, Code::Unauthenticated),
            (403, Code::PermissionDenied),
            (404, Code::NotFound),
            (409, Code::Aborted),
            (412, Code::FailedPrecondition),
            (416, Code::OutOfRange),
            (418, Code::FailedPrecondition),
            (429, Code::ResourceExhausted),
            (499, Code::Cancelled),
            (500, Code::Internal),
            (501, Code::Unimplemented),
            (502, Code::Internal),
            (503, Code::Unavailable),
            (504, Code::DeadlineExceeded),
            (700, Code::Unknown),
        ];
        for (status, code) in cases {
            let done = ending(&"DONE", None).http(Some(status), Some("WHY"));
            let failure = done.failure().unwrap();
            assert_eq!(failure.code, Some(code), "{status}");
            assert_eq!(failure.message, format!("{status} WHY"));
        }
    }

    #[test]
    fn a_success_says_nothing_of_a_failure() {
        let empty = [
            r"{}",
            r#"{"errors": []}"#,
            r#"{"code": 0}"#,
            r#"{"code": 0, "message": "OK"}"#,
        ];
        for json in empty {
            let error = error(json);
            let done = || ending(&"DONE", Some(&error));
            assert!(done().is_done());
            assert_eq!(done().http(Some(200), Some("OK")).failure(), None, "{json}");
            assert_eq!(
                done().http(Some(0), Some("")).message(Some("")).failure(),
                None,
                "{json}"
            );
        }
    }

    #[test]
    fn what_is_not_done_has_not_failed_yet() {
        for state in ["PENDING", "RUNNING", "ABORTING", "STATUS_UNSPECIFIED"] {
            let ending = ending(&state, None)
                .http(Some(500), None)
                .message(Some("Working."));
            assert!(!ending.is_done() && ending.failure().is_none(), "{state}");
        }
        assert!(!Ending::of::<&str>(None).is_done());
        // gcloud ends a wait at an error as well, whatever the status says.
        let error = error(r#"{"errors": [{"code": "STOCKOUT"}]}"#);
        assert!(ending(&"RUNNING", Some(&error)).failure().is_some());
    }

    #[test]
    fn other_last_states_are_failures() {
        for (state, code) in [
            ("ABORTED", Code::Aborted),
            ("CANCELLED", Code::Cancelled),
            ("FAILED", Code::Unknown),
            ("ERROR", Code::Unknown),
        ] {
            let ended = ending(&state, None);
            assert!(ended.is_done());
            let failure = ended.failure().unwrap();
            assert_eq!(failure.message, code.as_str());
            assert_eq!(failure.code, Some(code));
        }
    }

    #[test]
    fn the_error_says_more_than_the_fields_beside_it() {
        let error = error(
            r#"{"errors": [{"code": "QUOTA_EXCEEDED", "message": "Quota 'CPUS' exceeded."},
                {"code": "STOCKOUT", "message": "Try another zone."}]}"#,
        );
        let done = ending(&"DONE", Some(&error)).http(Some(403), Some("FORBIDDEN"));
        let failure = done.failure().unwrap();
        assert_eq!(failure.code, Some(Code::PermissionDenied));
        assert_eq!(failure.message, "Quota 'CPUS' exceeded.; Try another zone.");
        assert!(failure.has_reason("QUOTA_EXCEEDED") && failure.has_reason("STOCKOUT"));
    }

    #[test]
    fn a_message_alone_is_a_failure() {
        let done = ending(&"DONE", None).message(Some("No room."));
        assert_eq!(done.failure().unwrap().message, "No room.");
        let done = ending(&"DONE", None).http(None, Some("NOT FOUND"));
        assert_eq!(done.failure().unwrap().message, "NOT FOUND");
    }
}
