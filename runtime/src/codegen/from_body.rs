//! Response bodies as values.

use std::fmt;

use super::Schema;
use crate::wire::lenient::{self, LeftOut, Unreadable};
use crate::wire::locate::{line_and_column, path_at, path_to};
use crate::wire::memory::Exceeded;
use crate::wire::{Bytes, Map, Value, Wire};

/// A type that a response body decodes to.
pub trait FromBody: Sized {
    /// Whether the body may have any content type, and not only JSON.
    const ANY_CONTENT_TYPE: bool = false;

    /// Decodes the whole body.
    fn from_body(bytes: &[u8]) -> Result<Self, BodyError>;

    /// Decodes the body without what may be absent and cannot be read, after
    /// [`from_body`](Self::from_body) failed; `None` if there is no such reading of it.
    fn from_body_leniently(
        _bytes: &[u8],
        _left_out: &mut LeftOut,
    ) -> Option<Result<Self, BodyError>> {
        None
    }

    /// Decodes the whole body of a response with its content type.
    fn from_response(_content_type: Option<&str>, bytes: &[u8]) -> Result<Self, BodyError> {
        Self::from_body(bytes)
    }
}

/// The error of a response body that does not fit its method.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum BodyError {
    /// The body is empty, where a value was expected.
    Empty,
    /// The body is not the JSON that was expected.
    Decode {
        /// Where in the JSON it differs, such as `albums[3].title`; empty for the whole.
        path: String,
        /// The line of the body, from 1.
        line: usize,
        /// The bytes of the line that were read.
        column: usize,
        /// What was expected; never what was found, which could be a secret.
        message: String,
    },
    /// What it decodes to takes more memory than this limit, in bytes.
    TooLarge(u64),
}

impl From<Exceeded> for BodyError {
    fn from(Exceeded(limit): Exceeded) -> Self {
        Self::TooLarge(limit)
    }
}

impl BodyError {
    fn new(error: &serde_json::Error, bytes: &[u8]) -> Self {
        // An error that the parser did not raise is about the whole body.
        let (line, column) = match error.line() {
            0 => (1, 0),
            line => (line, error.column()),
        };
        let text = error.to_string();
        let message = text.strip_suffix(&format!(" at line {line} column {column}"));
        Self::Decode {
            path: path_at(bytes, line, column),
            line,
            column,
            message: message.unwrap_or(&text).to_owned(),
        }
    }
}

impl BodyError {
    /// The error of a place that may not be left out.
    fn unreadable(place: Unreadable, bytes: &[u8]) -> Self {
        let Unreadable {
            at,
            found,
            expected,
        } = place;
        let (line, column) = line_and_column(bytes, at);
        Self::Decode {
            path: path_to(bytes, at),
            line,
            column,
            message: format!("invalid value: {found}, expected {expected}"),
        }
    }
}

impl fmt::Display for BodyError {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Empty => formatter.write_str("the body is empty"),
            Self::TooLarge(limit) => {
                write!(formatter, "it decodes to more than {limit} bytes")
            }
            Self::Decode {
                path,
                line,
                column,
                message,
            } => {
                if !path.is_empty() {
                    write!(formatter, "{path}: ")?;
                }
                write!(formatter, "{message}, at line {line} column {column}")
            }
        }
    }
}

impl std::error::Error for BodyError {}

/// Decodes a JSON body.
pub fn decode_body<T: Wire>(bytes: &[u8]) -> Result<T, BodyError> {
    if bytes.trim_ascii().is_empty() {
        return Err(BodyError::Empty);
    }
    // Checked once as a whole, which is faster than string by string.
    match std::str::from_utf8(bytes) {
        Ok(text) => decode_text(text).map_err(|error| BodyError::new(&error, bytes)),
        Err(error) => {
            let valid = bytes.get(..error.valid_up_to()).unwrap_or_default();
            let text = std::str::from_utf8(valid).unwrap_or_default();
            Err(not_utf8(bytes, text.len(), decode_text::<T>(text).err()))
        }
    }
}

/// The error of a body that is no UTF-8 from the byte `at` on, with the error of what is before it.
fn not_utf8(bytes: &[u8], at: usize, error: Option<serde_json::Error>) -> BodyError {
    if let Some(error) = error.filter(|error| !error.is_eof()) {
        return BodyError::new(&error, bytes);
    }
    let (line, column) = line_and_column(bytes, at);
    BodyError::Decode {
        path: path_to(bytes, at),
        line,
        column,
        message: "expected UTF-8 text".to_owned(),
    }
}

/// Checks that a body is one JSON value, whichever.
pub(crate) fn check_json(bytes: &[u8]) -> Result<(), BodyError> {
    serde_json::from_slice::<serde::de::IgnoredAny>(bytes)
        .map(drop)
        .map_err(|error| BodyError::new(&error, bytes))
}

/// Each body is read as text, so that readers of JSON are compiled once.
fn decode_text<T: Wire>(text: &str) -> serde_json::Result<T> {
    let mut deserializer = serde_json::Deserializer::from_str(text);
    let value = T::decode(&mut deserializer)?;
    deserializer.end()?;
    Ok(value)
}

/// Decodes a JSON body by the rule of `wire::lenient`; `None` if it is no JSON, or `null`.
pub fn decode_body_leniently<T: Wire>(
    bytes: &[u8],
    left_out: &mut LeftOut,
) -> Option<Result<T, BodyError>> {
    if !lenient::is_json(bytes) {
        return None;
    }
    let mut slot: Option<T> = None;
    match lenient::read(bytes, &mut slot, left_out) {
        Ok(()) => slot.map(Ok),
        Err(place) => Some(Err(BodyError::unreadable(place, bytes))),
    }
}

/// A schema without fields is also what an empty body stands for.
impl<T: Schema> FromBody for T {
    fn from_body(bytes: &[u8]) -> Result<Self, BodyError> {
        match decode_body(bytes) {
            Err(BodyError::Empty) if T::default().table().names.is_empty() => Ok(T::default()),
            outcome => outcome,
        }
    }

    fn from_body_leniently(
        bytes: &[u8],
        left_out: &mut LeftOut,
    ) -> Option<Result<Self, BodyError>> {
        decode_body_leniently(bytes, left_out)
    }
}

/// Any body, dropped.
impl FromBody for () {
    fn from_body(_: &[u8]) -> Result<Self, BodyError> {
        Ok(())
    }
}

/// The body as it came.
impl FromBody for Bytes {
    fn from_body(bytes: &[u8]) -> Result<Self, BodyError> {
        Ok(Self::from(bytes))
    }
}

/// The body as text, not as a JSON string.
impl FromBody for String {
    fn from_body(bytes: &[u8]) -> Result<Self, BodyError> {
        let text = std::str::from_utf8(bytes).map_err(|error| BodyError::Decode {
            path: String::new(),
            line: 1,
            column: error.valid_up_to(),
            message: "expected UTF-8 text".to_owned(),
        })?;
        Ok(text.to_owned())
    }
}

impl FromBody for Value {
    fn from_body(bytes: &[u8]) -> Result<Self, BodyError> {
        decode_body(bytes)
    }

    fn from_body_leniently(
        bytes: &[u8],
        left_out: &mut LeftOut,
    ) -> Option<Result<Self, BodyError>> {
        decode_body_leniently(bytes, left_out)
    }
}

impl<T: Wire> FromBody for Map<T> {
    fn from_body(bytes: &[u8]) -> Result<Self, BodyError> {
        decode_body(bytes)
    }

    fn from_body_leniently(
        bytes: &[u8],
        left_out: &mut LeftOut,
    ) -> Option<Result<Self, BodyError>> {
        decode_body_leniently(bytes, left_out)
    }
}

impl<T: Wire> FromBody for Vec<T> {
    fn from_body(bytes: &[u8]) -> Result<Self, BodyError> {
        decode_body(bytes)
    }

    fn from_body_leniently(
        bytes: &[u8],
        left_out: &mut LeftOut,
    ) -> Option<Result<Self, BodyError>> {
        decode_body_leniently(bytes, left_out)
    }
}
