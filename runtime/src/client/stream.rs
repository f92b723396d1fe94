//! Responses of methods that stream: a JSON array, whose elements are values or an error.
//!
//! A server that streams has sent the status 200 before it knows how the call ends. What goes wrong
//! later comes as the last element, in the envelope of every error
//! (<https://cloud.google.com/apis/design/errors>):
//! `[{"document": …}, {"error": {"code": 409, "status": "ABORTED", …}}]`. An error before the first
//! value has its own status, and its body is an array all the same.

use crate::rpc::read_error_body;
use crate::wire::lenient::{has_only_member, is_json, last_entry};
use crate::wire::{Bytes, Value};

/// The error in a stream that began well.
pub(super) struct StreamError {
    /// The HTTP status that the element names.
    pub(super) status: u16,
    /// The element as JSON, which is what the body of an error is.
    pub(super) body: Vec<u8>,
}

/// The error that a stream ended with.
pub(super) fn error(body: &[u8]) -> Option<StreamError> {
    // Nearly all have none, and are read only once.
    let name = b"\"error\"";
    if !body.windows(name.len()).any(|bytes| bytes == name) || !is_json(body) {
        return None;
    }
    let element = if is_object(body) {
        body
    } else {
        last_entry(body)?
    };
    if !has_only_member(element, "error") {
        return None;
    }
    let error = read_error_body(element)?;
    // The numbers of `google.rpc.Code`, which a value can have in a field of its own, are small.
    let code = error.get("error")?.get("code").and_then(Value::as_u64)?;
    let status = u16::try_from(code)
        .ok()
        .filter(|code| (400..600).contains(code))?;
    Some(StreamError {
        status,
        body: element.to_vec(),
    })
}

/// The body as an array: emulators send a single value as it is.
pub(super) fn as_array(body: &Bytes) -> Bytes {
    if is_object(body) {
        [b"[".as_slice(), body, b"]"].concat().into()
    } else {
        body.clone()
    }
}

fn is_object(body: &[u8]) -> bool {
    body.trim_ascii_start().starts_with(b"{")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn status(body: &str) -> Option<u16> {
        error(body.as_bytes()).map(|error| error.status)
    }

    #[test]
    fn an_error_is_the_last_element() {
        let aborted = r#"{"error": {"code": 409, "message": "m", "status": "ABORTED"}}"#;
        assert_eq!(status(&format!("[{aborted}]")), Some(409));
        assert_eq!(
            status(&format!(r#"[{{"document": {{}}}},{aborted}]"#)),
            Some(409)
        );
        assert_eq!(status(aborted), Some(409));
    }

    #[test]
    fn an_error_with_a_value_that_cannot_be_read_is_an_error() {
        let error = r#"{"error": {"code": 409, "details": [{"odd": 1e400}]}}"#;
        assert_eq!(status(error), Some(409));
        assert_eq!(
            status(&format!(r#"[{{"document": 1e400}},{error}]"#)),
            Some(409)
        );
    }

    #[test]
    fn a_value_with_a_field_error_is_a_value() {
        let values = [
            // A `google.rpc.Status` has the number of a `google.rpc.Code`.
            r#"[{"error": {"code": 5, "message": "not found"}}]"#,
            r#"[{"error": {"code": 404}, "name": "x"}]"#,
            r#"[{"name": "x", "error": {"code": 404}}]"#,
            r#"[{"error": "text"}]"#,
            r#"[{"error": {"code": 200}}]"#,
            r#"["error"]"#,
            r#"[{"name": "\"error\""}]"#,
            "[]",
            "",
            // Cut off: the decoder says so.
            r#"[{"error": {"code": 404}"#,
        ];
        for value in values {
            assert_eq!(status(value), None, "{value}");
        }
    }

    #[test]
    fn a_single_object_is_an_array_of_one() {
        let array = |text: &'static str| as_array(&Bytes::from(text.as_bytes()));
        assert_eq!(array(" {\"a\": 1}").as_ref(), b"[ {\"a\": 1}]");
        assert_eq!(array("[{}]").as_ref(), b"[{}]");
        assert_eq!(array("").as_ref(), b"");
    }
}
