//! How values look on the wire: the JSON that Google APIs speak, with the formats of Discovery.
//!
//! [`Timestamp`], [`LocalDateTime`], [`Duration`] and [`Date`] convert to and from the types of the
//! `chrono`, `jiff` and `time` crates with the features of these names; [`Timestamp`] and
//! [`Duration`] always convert to and from those of the standard library.
//!
//! # `null`
//!
//! An explicit `null` is absence, except where it is a value: [`NullValue`] and free-form JSON
//! ([`Value`]) read it and write it as what it is.
//!
//! # Values that cannot be read
//!
//! A response is decoded strictly first, which is all that an ordinary one costs. If a value in
//! it has another form than its type, such as a time without an offset, an empty duration or
//! `1e400`, the same bytes are decoded once more, by this rule:
//!
//! * What may be absent is left out if it cannot be read: a field of a schema, an entry of a
//!   [`Map`], a member of an object in free-form JSON. Everything else of the response is there.
//! * A list is never shortened, because the position of an entry can have a meaning. If an entry
//!   cannot be read, the whole list is left out. An entry that is an object with a field that
//!   cannot be read stays in its place, without that field.
//! * What would mean something by being absent is never left out: the token of the next page, the
//!   list of the items of a page, the fields that say what an operation is called, whether it is
//!   done and whether it failed, and whatever holds a `google.rpc.Status`, since no status means
//!   success. If one of them cannot be read, the object that it is in cannot be read, and if that
//!   is the response itself, the call fails.
//! * A body that is no JSON as a whole, or that was cut off, is always an error, and so is one of
//!   another kind, such as a list where an object is due.
//!
//! Each value that is left out gives an event of `tracing` at the level `WARN`, with its path, what
//! was found there and what was expected, never with the value: 20 events for a response at most,
//! then one with the number of the others.
//!
//! A field that was left out looks like one that the server did not send. Where a response must be
//! complete, above all before it is changed and sent back as a whole, use
//! [`CallOptions::with_strict_decoding`](crate::CallOptions::with_strict_decoding): the call then
//! fails with [`is_decode`](crate::Error::is_decode) instead.
//!
//! # Numbers
//!
//! Free-form JSON holds what a 64-bit integer or a double holds. This crate never turns on the
//! feature `arbitrary_precision` of `serde_json`, which would change every crate of a build. If
//! another crate of the build turns it on, a number beyond that range can be read into a
//! [`Value`]; a request that has one is rejected before it is sent, with the path of the number.
//! A field of type `f64` or `f32` that is not finite goes as `"NaN"`, `"Infinity"` or
//! `"-Infinity"`.
//!
//! # How it works
//!
//! A type implements [`Wire`]: how its value looks, and what it is made of. Everything else is
//! compiled once for all types, since it sees a value only through `dyn` traits: a large API has a
//! thousand schemas. An album goes both ways like this.
//!
//! ```text
//! Album { title: Some("Iceland"), .. }                   {"title": "Iceland", "color": 7}
//!    |                                                      |
//!    |  writing                                             |  reading
//!    v                                                      v
//! Wire::view          View::Fields(fields)               Wire::open     Album::default()
//!    |                                                      |
//! Fields::show        lends its fields as slots          Wire::target   Target::Fields(fields)
//!    |                                                      |
//! Slot::view          Text("Iceland"), or Null           Fields::fill   lends its fields as slots
//!    |                  where it is absent                  |
//! append, or          leaves out what is absent and,     Slot::scalar   takes Text("Iceland");
//! write::Encoded        in a request, output-only           |             "color" has no slot
//!    v                                                      v
//! {"title": "Iceland"}                                   Album { title: Some("Iceland"), .. }
//! ```
//!
//! A place that holds a value is a slot: an `Option`, a list or a map. A list and a map lend their
//! entries with `show` and `fill`, as a schema lends its fields. A scalar becomes a value in
//! `Wire::from_scalar`, the one function that decides which forms a type takes.
//!
//! Two readers fill the same slots. `read` is strict, a visitor of `serde`: its first mismatch is
//! the error, and `locate` finds the path of it in the text. `lenient` reads the bytes again only
//! after that: it clears a slot that could not be read, or fails if the slot is strict.
//!
//! | Question | File |
//! |---|---|
//! | What are a view, a slot, a target, a scalar, a table? | `slot` |
//! | What is written, what is left out of a request? | `write`; `append` for the text of a request |
//! | What does `Debug` show of a schema? | `show` |
//! | How does a request say `null` or `[]` for a field (patches)? | `edit` |
//! | What does the first reading accept, and say if it fails? | `read`, `locate` |
//! | What does the second reading leave out? | `lenient` |
//! | How much memory may what is read take? | `memory`; `metered` for free-form JSON |
//! | Which forms does a type take? | `scalars`, `containers`, `bytes` and a file for each format |
//! | What do the types with a text form share? | `leaf`; `civil` for dates and clocks |
//! | How do time types of other crates convert? | `convert` |

pub(crate) mod append;
mod base64;
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
pub(crate) mod lenient;
mod local_date_time;
pub(crate) mod locate;
pub(crate) mod memory;
pub(crate) mod metered;
mod null_value;
pub(crate) mod read;
mod scalars;
pub(crate) mod show;
pub(crate) mod slot;
mod timestamp;
pub(crate) mod write;

use std::collections::BTreeMap;

use serde::de::DeserializeSeed as _;
use serde::{Deserializer, Serialize as _, Serializer};

pub(crate) use self::base64::url_safe;
pub use self::bytes::Bytes;
pub use self::date::Date;
pub use self::duration::Duration;
pub use self::field_mask::FieldMask;
pub use self::format_error::FormatError;
pub use self::local_date_time::{DateTime, LocalDateTime};
pub use self::null_value::NullValue;
pub use self::timestamp::Timestamp;
/// Any JSON value: what a document calls `any`.
pub use serde_json::Value;

use self::read::Reader;
use self::slot::{Scalar, Target, View};
use self::write::Encoded;

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

    /// Whether an explicit `null` is a value of this type, and not absence.
    #[doc(hidden)]
    const NULL_IS_VALUE: bool = false;

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

    /// Writes the value.
    fn encode<S: Serializer>(&self, purpose: Purpose, serializer: S) -> Result<S::Ok, S::Error> {
        Encoded::new(self.view(), purpose).serialize(serializer)
    }

    /// Reads the value, tolerant of the forms that Google servers use.
    fn decode<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let mut slot: Option<Self> = None;
        Reader(&mut slot).deserialize(deserializer)?;
        slot.or_else(|| Self::from_scalar(Scalar::Null))
            .ok_or_else(|| read::mismatch("null", Self::EXPECTED))
    }
}
