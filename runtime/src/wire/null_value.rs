//! The value `null` (`google.protobuf.NullValue`).

use std::fmt;

use super::slot::{Scalar, View};
use super::{Value, Wire};

/// The value `null`, in APIs where that is a value: `google.protobuf.NullValue`.
///
/// A field of this type is `Some(NullValue)` if the JSON has `null` in it, goes out as `null`, and
/// is `None` only if the field is missing. Everywhere else an explicit `null` is absence.
///
/// When it is read, the name `"NULL_VALUE"` and the number `0`, which stand for it as an enum, are
/// accepted as well ([ProtoJSON format](https://protobuf.dev/programming-guides/json/)).
///
/// ```
/// use discovery_runtime::NullValue;
///
/// assert_eq!(serde_json::to_string(&NullValue)?, "null");
/// assert_eq!(serde_json::from_str::<NullValue>("null")?, NullValue);
/// # Ok::<(), serde_json::Error>(())
/// ```
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct NullValue;

/// The name of the value as one of an enum.
const NAME: &str = "NULL_VALUE";

/// What is written; `View::Null` would be absence.
static NULL: Value = Value::Null;

impl Wire for NullValue {
    const EXPECTED: &'static str = "null";

    const NULL_IS_VALUE: bool = true;

    fn view(&self) -> View<'_> {
        View::Any(&NULL)
    }

    fn from_scalar(scalar: Scalar<'_>) -> Option<Self> {
        match scalar {
            Scalar::Null | Scalar::Unsigned(0) => Some(Self),
            Scalar::Text(text) if text == NAME => Some(Self),
            _ => None,
        }
    }
}

crate::__serde!(NullValue);

impl fmt::Display for NullValue {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.pad(NAME)
    }
}
