//! How values look on the wire: the JSON that Google APIs speak, with the formats of Discovery.

use serde::{Deserializer, Serializer};

/// Why a value is encoded.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Purpose {
    /// The value as it is, all fields included (`serde::Serialize`).
    Storage,
    /// A request body: fields that only the server sets stay out.
    Request,
}

/// A value with a place in the JSON of a Google API.
///
/// It is apart from `serde` because the same Rust type has another form here: an `i64` is a
/// string, bytes are base64, an explicit `null` is absence.
pub trait Wire: Sized {
    /// Whether the field that holds this value is left out of its object.
    fn is_absent(&self) -> bool {
        false
    }

    /// Writes the value.
    fn encode<S: Serializer>(&self, purpose: Purpose, serializer: S) -> Result<S::Ok, S::Error>;

    /// Reads the value, tolerant of the forms that Google servers use.
    fn decode<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error>;
}
