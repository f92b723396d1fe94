//! Decoding: one visitor for every type, so that a crate of a thousand schemas compiles it once.
//!
//! A value is read into a [`Slot`], a place that knows by itself what it takes. The visitor only
//! sees `dyn Slot`; neither it nor the JSON parser is compiled again for another schema.

use std::borrow::Cow;
use std::fmt;

use serde::Deserialize as _;
use serde::de::{
    DeserializeSeed, Deserializer, Error, IgnoredAny, MapAccess, SeqAccess, Unexpected,
    Visitor,
};

use super::write::View;
use super::{Value, Wire};

/// A JSON value that is read in one piece.
#[derive(Debug)]
pub enum Scalar<'a> {
    /// `null`, which means absence.
    Null,
    /// `true` or `false`.
    Bool(bool),
    /// A negative number without a fraction.
    Signed(i64),
    /// A number without a fraction.
    Unsigned(u64),
    /// Any other number.
    Float(f64),
    /// A string.
    Text(Cow<'a, str>),
    /// Any value, kept as it is, where every value is welcome.
    Json(Value),
}

impl Scalar<'_> {
    fn kind(&self) -> &'static str {
        match self {
            Self::Bool(_) => "boolean",
            Self::Signed(_) | Self::Unsigned(_) | Self::Float(_) => "number",
            Self::Text(_) => "string",
            Self::Null => "null",
            Self::Json(_) => "JSON",
        }
    }
}

/// The two kinds of JSON values that have parts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Bracket {
    /// `[`
    List,
    /// `{`
    Object,
}

impl Bracket {
    fn kind(self) -> &'static str {
        match self {
            Self::List => "list",
            Self::Object => "object",
        }
    }
}

/// Where the parts of an open list or object go.
pub enum Target<'a> {
    /// Nowhere: such a value is not welcome.
    None,
    /// The entries of a list.
    List(&'a mut dyn List),
    /// The fields of a schema, with their names on the wire.
    Fields(&'static [&'static str], &'a mut dyn Fields),
    /// The entries of a map.
    Map(&'a mut dyn Entries),
}

/// What belongs in a place.
#[derive(Clone, Copy, Debug)]
pub struct Expected {
    /// The name for messages.
    pub name: &'static str,
    /// Whether every JSON value is welcome, kept as it is.
    pub any: bool,
}

impl Expected {
    /// What a type takes.
    pub fn of<T: Wire>() -> Self {
        Self {
            name: T::EXPECTED,
            any: T::ANY,
        }
    }
}

/// A place in a schema, a list or a map that holds one JSON value.
pub trait Slot {
    /// The JSON form of what is there.
    fn view(&self) -> View<'_>;
    /// What belongs here.
    fn expected(&self) -> Expected;
    /// Reads a scalar; false if it is not of this type.
    fn scalar(&mut self, scalar: Scalar<'_>) -> bool;
    /// Begins a list or an object.
    fn open(&mut self, bracket: Bracket) -> Target<'_>;
}

/// The entries of a list that is being read.
pub trait List {
    /// Takes entries as long as `next` reads one.
    fn take(&mut self, next: &mut dyn FnMut(&mut dyn Slot) -> bool);
}

/// The entries of a map that is being read.
pub trait Entries {
    /// Takes entries as long as `next` reads a key and a value.
    fn take(&mut self, next: &mut dyn FnMut(&mut String, &mut dyn Slot) -> bool);
}

/// The fields of a schema, in the order of their names.
pub trait Fields {
    /// Shows all fields at once.
    fn show(&self, show: &mut dyn FnMut(&[&dyn Slot]));
    /// Lends all fields at once to be filled.
    fn fill(&mut self, fill: &mut dyn FnMut(&mut [&mut dyn Slot]));
}

/// An optional field; also the place of each entry of a list or a map.
impl<T: Wire> Slot for Option<T> {
    fn view(&self) -> View<'_> {
        Wire::view(self)
    }

    fn expected(&self) -> Expected {
        Expected::of::<T>()
    }

    fn scalar(&mut self, scalar: Scalar<'_>) -> bool {
        let is_null = matches!(scalar, Scalar::Null);
        *self = if is_null { None } else { T::from_scalar(scalar) };
        is_null || self.is_some()
    }

    fn open(&mut self, bracket: Bracket) -> Target<'_> {
        *self = T::open(bracket);
        self.as_mut().map_or(Target::None, T::target)
    }
}

/// Reads one JSON value into a slot.
pub(crate) struct Reader<'a>(pub(crate) &'a mut dyn Slot);

impl<'de> DeserializeSeed<'de> for Reader<'_> {
    type Value = ();

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<(), D::Error> {
        if self.0.expected().any {
            let value = match Value::deserialize(deserializer)? {
                Value::Null => Scalar::Null,
                value => Scalar::Json(value),
            };
            self.scalar(value)
        } else {
            deserializer.deserialize_any(self)
        }
    }
}

impl Reader<'_> {
    fn scalar<E: Error>(self, scalar: Scalar<'_>) -> Result<(), E> {
        let kind = scalar.kind();
        if self.0.scalar(scalar) {
            Ok(())
        } else {
            Err(mismatch(kind, self.0.expected().name))
        }
    }
}

/// The error for a value that does not belong where it is. It never quotes the value.
pub(crate) fn mismatch<E: Error>(found: &'static str, expected: &'static str) -> E {
    E::invalid_value(Unexpected::Other(found), &expected)
}

impl<'de> Visitor<'de> for Reader<'_> {
    type Value = ();

    fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(self.0.expected().name)
    }

    fn visit_bool<E: Error>(self, value: bool) -> Result<(), E> {
        self.scalar(Scalar::Bool(value))
    }

    fn visit_i64<E: Error>(self, value: i64) -> Result<(), E> {
        self.scalar(Scalar::Signed(value))
    }

    fn visit_i128<E: Error>(self, _: i128) -> Result<(), E> {
        Err(mismatch("number", self.0.expected().name))
    }

    fn visit_u64<E: Error>(self, value: u64) -> Result<(), E> {
        self.scalar(Scalar::Unsigned(value))
    }

    fn visit_u128<E: Error>(self, _: u128) -> Result<(), E> {
        Err(mismatch("number", self.0.expected().name))
    }

    fn visit_f64<E: Error>(self, value: f64) -> Result<(), E> {
        self.scalar(Scalar::Float(value))
    }

    fn visit_str<E: Error>(self, value: &str) -> Result<(), E> {
        self.scalar(Scalar::Text(Cow::Borrowed(value)))
    }

    fn visit_string<E: Error>(self, value: String) -> Result<(), E> {
        self.scalar(Scalar::Text(Cow::Owned(value)))
    }

    fn visit_bytes<E: Error>(self, _: &[u8]) -> Result<(), E> {
        Err(mismatch("bytes", self.0.expected().name))
    }

    fn visit_unit<E: Error>(self) -> Result<(), E> {
        self.scalar(Scalar::Null)
    }

    fn visit_none<E: Error>(self) -> Result<(), E> {
        self.visit_unit()
    }

    fn visit_some<D: Deserializer<'de>>(self, deserializer: D) -> Result<(), D::Error> {
        self.deserialize(deserializer)
    }

    fn visit_newtype_struct<D: Deserializer<'de>>(self, deserializer: D) -> Result<(), D::Error> {
        self.deserialize(deserializer)
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut access: A) -> Result<(), A::Error> {
        let expected = self.0.expected().name;
        let Target::List(list) = self.0.open(Bracket::List) else {
            return Err(mismatch(Bracket::List.kind(), expected));
        };
        let mut outcome = Ok(());
        list.take(&mut |slot| match access.next_element_seed(Reader(slot)) {
            Ok(entry) => entry.is_some(),
            Err(error) => {
                outcome = Err(error);
                false
            }
        });
        outcome
    }

    fn visit_map<A: MapAccess<'de>>(self, mut access: A) -> Result<(), A::Error> {
        let expected = self.0.expected().name;
        match self.0.open(Bracket::Object) {
            Target::Fields(names, fields) => {
                let mut outcome = Ok(());
                fields.fill(&mut |slots| outcome = read_fields(&mut access, names, slots));
                outcome
            }
            Target::Map(entries) => {
                let mut outcome = Ok(());
                entries.take(&mut |key, slot| {
                    let mut next = || -> Result<bool, A::Error> {
                        let Some(name) = access.next_key::<String>()? else {
                            return Ok(false);
                        };
                        *key = name;
                        access.next_value_seed(Reader(slot))?;
                        Ok(true)
                    };
                    match next() {
                        Ok(more) => more,
                        Err(error) => {
                            outcome = Err(error);
                            false
                        }
                    }
                });
                outcome
            }
            Target::None => match wrapped_number(&mut access)? {
                Some(number) => self.scalar(number),
                None => Err(mismatch(Bracket::Object.kind(), expected)),
            },
            Target::List(_) => Err(mismatch(Bracket::Object.kind(), expected)),
        }
    }
}

/// Reads a number from the object that `serde_json` shows in its place when a crate of the build
/// turned on the feature `arbitrary_precision`, which this crate cannot know.
fn wrapped_number<'de, A: MapAccess<'de>>(access: &mut A) -> Result<Option<Scalar<'static>>, A::Error> {
    const MARK: &str = "$serde_json::private::Number";
    if access.next_key::<String>()?.as_deref() != Some(MARK) {
        return Ok(None);
    }
    let mut digits: Option<String> = None;
    access.next_value_seed(Reader(&mut digits))?;
    let digits = digits.unwrap_or_default();
    let unsigned = digits.parse().map(Scalar::Unsigned);
    let integer = unsigned.or_else(|_| digits.parse().map(Scalar::Signed));
    let number = integer.or_else(|_| digits.parse().map(Scalar::Float));
    Ok(number.ok())
}

fn read_fields<'de, A: MapAccess<'de>>(
    access: &mut A,
    names: &'static [&'static str],
    slots: &mut [&mut dyn Slot],
) -> Result<(), A::Error> {
    let mut next = 0;
    while let Some(index) = access.next_key_seed(Name { names, next })? {
        match slots.get_mut(index) {
            Some(slot) => {
                next = index + 1;
                access.next_value_seed(Reader(&mut **slot))?;
            }
            None => {
                access.next_value::<IgnoredAny>()?;
            }
        }
    }
    Ok(())
}

/// Reads the name of a field as its index, without a copy of the name; a name that is not known
/// is past the end.
struct Name {
    names: &'static [&'static str],
    /// The index to look at first: servers write the fields in the order of the document.
    next: usize,
}

impl<'de> DeserializeSeed<'de> for Name {
    type Value = usize;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<usize, D::Error> {
        deserializer.deserialize_str(self)
    }
}

impl Visitor<'_> for Name {
    type Value = usize;

    fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("the name of a field")
    }

    fn visit_str<E: Error>(self, name: &str) -> Result<usize, E> {
        let (passed, ahead) = self.names.split_at_checked(self.next).unwrap_or_default();
        let found = |names: &[&str]| names.iter().position(|known| *known == name);
        let index = found(ahead).map(|index| self.next + index);
        Ok(index.or_else(|| found(passed)).unwrap_or(usize::MAX))
    }
}
