//! Encoding: one serializer for every type, the counterpart of `read`.

use serde::ser::{Error as _, Serialize, SerializeMap as _, SerializeSeq as _, Serializer};

use super::slot::{Fields, View};
use super::{Purpose, Value, base64};

/// A value together with what it is encoded for, in the shape that `serde` asks for.
pub struct Encoded<'a> {
    view: View<'a>,
    purpose: Purpose,
}

impl<'a> Encoded<'a> {
    /// The value in its form for `purpose`.
    pub fn new(view: View<'a>, purpose: Purpose) -> Self {
        Self { view, purpose }
    }
}

impl Serialize for Encoded<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let purpose = self.purpose;
        match self.view {
            View::Null => serializer.serialize_unit(),
            View::Bool(value) => serializer.serialize_bool(value),
            View::Integer(value) => serializer.serialize_i64(value),
            View::Double(value) => serializer.serialize_f64(value),
            View::Float(value) => serializer.serialize_f32(value),
            View::Text(text) | View::Enum(text, _) => serializer.serialize_str(text),
            View::Shown(value) => serializer.collect_str(value),
            View::Base64(bytes) => serializer.collect_str(&base64::display(bytes)),
            View::Any(value) => match purpose {
                Purpose::Storage => value.serialize(serializer),
                Purpose::Request => Sendable(value).serialize(serializer),
            },
            View::List(list) => {
                let mut seq = serializer.serialize_seq(None)?;
                let mut outcome = Ok(());
                list.show(&mut |view| {
                    if outcome.is_ok() {
                        outcome = seq.serialize_element(&Encoded::new(view, purpose));
                    }
                });
                outcome?;
                seq.end()
            }
            View::Map(entries) => object(serializer, purpose, |show| entries.show(show)),
            View::Fields(fields) => object(serializer, purpose, |show| {
                each_present(fields, purpose, &mut |name, view| show(name, view));
            }),
        }
    }
}

/// Writes an object of the members that `each` shows.
fn object<S: Serializer>(
    serializer: S,
    purpose: Purpose,
    each: impl FnOnce(&mut dyn FnMut(&str, View<'_>)),
) -> Result<S::Ok, S::Error> {
    let mut map = serializer.serialize_map(None)?;
    let mut outcome = Ok(());
    each(&mut |name, view| {
        if outcome.is_ok() {
            outcome = map.serialize_entry(name, &Encoded::new(view, purpose));
        }
    });
    outcome?;
    map.end()
}

/// Free-form JSON without a number that most readers of JSON cannot hold.
///
/// There is such a number only in a build in which some crate turned on the feature
/// `arbitrary_precision` of `serde_json`.
struct Sendable<'a>(&'a Value);

impl Serialize for Sendable<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self.0 {
            Value::Number(number) if !number.as_f64().is_some_and(f64::is_finite) => Err(
                S::Error::custom("the number is beyond the range of a double"),
            ),
            Value::Array(list) => serializer.collect_seq(list.iter().map(Sendable)),
            Value::Object(members) => {
                serializer.collect_map(members.iter().map(|(key, value)| (key, Sendable(value))))
            }
            value => value.serialize(serializer),
        }
    }
}

/// Shows the fields that are written: present, and not the server's if this is a request.
pub(crate) fn each_present(
    fields: &dyn Fields,
    purpose: Purpose,
    show: &mut dyn FnMut(&'static str, View<'_>),
) {
    each_slot(fields, purpose, &mut |name, view| {
        if !matches!(view, View::Null) {
            show(name, view);
        }
    });
}

/// Shows the fields that can be written, absent ones as [`View::Null`].
pub(crate) fn each_slot(
    fields: &dyn Fields,
    purpose: Purpose,
    show: &mut dyn FnMut(&'static str, View<'_>),
) {
    let table = fields.table();
    let left_out = match purpose {
        Purpose::Storage => &[],
        Purpose::Request => table.output_only,
    };
    fields.show(&mut |slots| {
        for (name, slot) in table.names.iter().zip(slots) {
            if !left_out.contains(name) {
                show(name, slot.view());
            }
        }
    });
}
