//! How values look on the wire: the JSON that Google APIs speak, with the formats of Discovery.
//!
//! [`Timestamp`], [`Duration`] and [`Date`] convert to and from the types of the `chrono`, `jiff`
//! and `time` crates with the features of these names, and of the standard library always.

mod bytes;
mod civil;
mod containers;
mod convert;
mod date;
mod duration;
pub(crate) mod edit;
mod field_mask;
mod format_error;
mod leaf;
pub(crate) mod locate;
pub(crate) mod read;
mod scalars;
pub(crate) mod slot;
mod timestamp;
pub(crate) mod write;

use std::collections::BTreeMap;

use serde::de::DeserializeSeed as _;
use serde::{Deserializer, Serializer};

pub use self::bytes::Bytes;
pub(crate) use self::bytes::url_safe;
pub use self::date::Date;
pub use self::duration::Duration;
pub use self::field_mask::FieldMask;
pub use self::format_error::FormatError;
pub use self::timestamp::Timestamp;
/// Any JSON value: what a document calls `any`.
pub use serde_json::Value;

use self::read::Reader;
use self::slot::{Scalar, Target};
use self::write::{View, serialize};

/// A JSON object whose keys are data, sorted by key.
pub type Map<T> = BTreeMap<String, T>;

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
/// string, bytes are base64, an explicit `null` is absence. The values of this module and all
/// generated schemas and enums implement it; no other type needs to.
///
/// Decoding needs a self-describing format: JSON text, or a [`Value`]. Its errors name what was
/// expected and never quote what came instead, which could be a secret.
pub trait Wire: Sized {
    /// What belongs here, as messages name it.
    #[doc(hidden)]
    const EXPECTED: &'static str;

    /// Whether every JSON value is welcome here, kept as it is.
    #[doc(hidden)]
    const ANY: bool = false;

    /// The JSON form of the value.
    #[doc(hidden)]
    fn view(&self) -> View<'_>;

    /// Makes the value of a scalar; `None` if it is not of this type.
    #[doc(hidden)]
    fn from_scalar(scalar: Scalar<'_>) -> Option<Self> {
        let _ = scalar;
        None
    }

    /// Makes the value that a list or an object is then read into; `None` if this is neither.
    #[doc(hidden)]
    fn open() -> Option<Self> {
        None
    }

    /// Where the parts of a value made by [`Wire::open`] go.
    #[doc(hidden)]
    fn target(&mut self) -> Target<'_> {
        Target::None
    }

    /// Whether the field that holds this value is left out of its object.
    fn is_absent(&self) -> bool {
        false
    }

    /// Writes the value.
    fn encode<S: Serializer>(&self, purpose: Purpose, serializer: S) -> Result<S::Ok, S::Error> {
        serialize(self.view(), purpose, serializer)
    }

    /// Reads the value, tolerant of the forms that Google servers use.
    fn decode<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let mut slot: Option<Self> = None;
        Reader(&mut slot).deserialize(deserializer)?;
        slot.or_else(|| Self::from_scalar(Scalar::Null))
            .ok_or_else(|| read::mismatch("null", Self::EXPECTED))
    }
}
