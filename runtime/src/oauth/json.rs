//! JSON with secrets in it: no error quotes what it holds.

use std::fmt;

use serde::de::{Deserialize, DeserializeOwned, Deserializer, Visitor};
use serde::ser::Serialize;
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

impl fmt::Display for JsonError {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Syntax { line, column } => {
                write!(formatter, "no JSON at line {line}, column {column}")
            }
            Self::Form { line, column } => {
                write!(
                    formatter,
                    "JSON of another form at line {line}, column {column}"
                )
            }
        }
    }
}

/// Reads one value, of which `text` is all.
pub(super) fn read<T: DeserializeOwned>(text: &[u8]) -> Result<T, JsonError> {
    serde_json::from_slice(text).map_err(|error| {
        // The text of this error quotes values: it is left behind.
        let (line, column) = (error.line(), error.column());
        if error.is_data() {
            JsonError::Form { line, column }
        } else {
            JsonError::Syntax { line, column }
        }
    })
}

/// Writes a value that fits into some kilobytes.
pub(super) fn write(value: &impl Serialize) -> Result<Zeroizing<Vec<u8>>, serde_json::Error> {
    // The room is there from the start: a buffer that grows leaves copies behind.
    let mut text = Zeroizing::new(Vec::with_capacity(64 * 1024));
    serde_json::to_writer_pretty(&mut *text, value)?;
    text.push(b'\n');
    Ok(text)
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

        deserializer.deserialize_string(Text)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn errors_say_where_and_not_what() {
        let form = read::<u32>(b"\n\"CANARY\"").err().unwrap();
        assert_eq!(form.to_string(), "JSON of another form at line 2, column 8");
        let syntax = read::<SecretText>(b"\"CANARY").err().unwrap();
        assert_eq!(syntax.to_string(), "no JSON at line 1, column 7");
    }
}
