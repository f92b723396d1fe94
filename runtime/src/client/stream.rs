//! Responses of methods that stream: a JSON array, whose elements are values or an error.
//!
//! A server that streams has sent the status 200 before it knows how the call ends. What goes wrong
//! later comes as the last element, in the envelope of every error
//! (<https://cloud.google.com/apis/design/errors>):
//! `[{"document": …}, {"error": {"code": 409, "status": "ABORTED", …}}]`. An error before the first
//! value has its own status, and its body is an array all the same.

use std::fmt;

use serde::de::{IgnoredAny, MapAccess, SeqAccess, Visitor};
use serde::{Deserialize, Deserializer};

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
    if !body.windows(name.len()).any(|bytes| bytes == name) {
        return None;
    }
    let element = if is_object(body) {
        serde_json::from_slice(body).ok()?
    } else {
        serde_json::from_slice::<Last>(body).ok()?.0?
    };
    let error = element.error?;
    // The numbers of `google.rpc.Code`, which a value can have in a field of its own, are small.
    let code = error.get("code").and_then(Value::as_u64)?;
    let status = u16::try_from(code)
        .ok()
        .filter(|code| (400..600).contains(code))?;
    let body = serde_json::json!({ "error": error })
        .to_string()
        .into_bytes();
    Some(StreamError { status, body })
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

/// The last element of an array.
struct Last(Option<Element>);

impl<'de> Deserialize<'de> for Last {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_seq(LastVisitor)
    }
}

struct LastVisitor;

impl<'de> Visitor<'de> for LastVisitor {
    type Value = Last;

    fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("an array")
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut elements: A) -> Result<Last, A::Error> {
        let mut last = None;
        while let Some(element) = elements.next_element()? {
            last = Some(element);
        }
        Ok(Last(last))
    }
}

/// An element, of which only an error is kept.
struct Element {
    /// The member `error` of an object without other members.
    error: Option<Value>,
}

impl<'de> Deserialize<'de> for Element {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_map(ElementVisitor)
    }
}

struct ElementVisitor;

impl<'de> Visitor<'de> for ElementVisitor {
    type Value = Element;

    fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("an object")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut members: A) -> Result<Element, A::Error> {
        let (mut error, mut others) = (None, false);
        while let Some(name) = members.next_key::<String>()? {
            if name == "error" && !others {
                error = Some(members.next_value()?);
            } else {
                others = true;
                members.next_value::<IgnoredAny>()?;
            }
        }
        Ok(Element {
            error: error.filter(|_| !others),
        })
    }
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
