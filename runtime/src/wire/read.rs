//! Decoding: one visitor for every type, so that a crate of a thousand schemas compiles it once.
//!
//! A value is read into a [`Slot`], a place that knows by itself what it takes. The visitor only
//! sees `dyn Slot`; neither it nor the JSON parser is compiled again for another schema.

use std::fmt;

use serde::de::value::{MapAccessDeserializer, SeqAccessDeserializer};
use serde::de::{
    DeserializeSeed, Deserializer, Error, IgnoredAny, MapAccess, SeqAccess, Unexpected, Visitor,
};

use super::slot::{Scalar, Slot, Target};
use super::{memory, metered};

/// Reads one JSON value into a slot.
pub(crate) struct Reader<'a>(pub(crate) &'a mut dyn Slot);

impl<'de> DeserializeSeed<'de> for Reader<'_> {
    type Value = ();

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<(), D::Error> {
        deserializer.deserialize_any(self)
    }
}

impl Reader<'_> {
    // Each value passes here: a call is a tenth of what it costs beside the parser.
    #[allow(clippy::inline_always)]
    #[inline(always)]
    fn scalar<E: Error>(self, scalar: Scalar<'_>) -> Result<(), E> {
        if self.0.scalar(scalar) {
            Ok(())
        } else {
            Err(mismatch(scalar.kind(), self.0.expected()))
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
        formatter.write_str(self.0.expected())
    }

    fn visit_bool<E: Error>(self, value: bool) -> Result<(), E> {
        self.scalar(Scalar::Bool(value))
    }

    fn visit_i64<E: Error>(self, value: i64) -> Result<(), E> {
        self.scalar(Scalar::Signed(value))
    }

    fn visit_i128<E: Error>(self, _: i128) -> Result<(), E> {
        Err(mismatch("number", self.0.expected()))
    }

    fn visit_u64<E: Error>(self, value: u64) -> Result<(), E> {
        self.scalar(Scalar::Unsigned(value))
    }

    fn visit_u128<E: Error>(self, _: u128) -> Result<(), E> {
        Err(mismatch("number", self.0.expected()))
    }

    fn visit_f64<E: Error>(self, value: f64) -> Result<(), E> {
        self.scalar(Scalar::Float(value))
    }

    #[inline]
    fn visit_str<E: Error>(self, value: &str) -> Result<(), E> {
        self.scalar(Scalar::Text(value))
    }

    #[allow(clippy::inline_always)]
    #[inline(always)]
    fn visit_borrowed_str<E: Error>(self, value: &'de str) -> Result<(), E> {
        self.scalar(Scalar::Text(value))
    }

    fn visit_bytes<E: Error>(self, _: &[u8]) -> Result<(), E> {
        Err(mismatch("bytes", self.0.expected()))
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
        let list = match self.0.open() {
            Target::List(list) => list,
            Target::Any(place) => {
                *place = metered::read(SeqAccessDeserializer::new(access))?;
                return Ok(());
            }
            _ => return Err(mismatch("list", self.0.expected())),
        };
        let mut outcome = Ok(());
        list.fill(&mut |slot| match access.next_element_seed(Reader(slot)) {
            Ok(entry) => entry.is_some(),
            Err(error) => {
                outcome = Err(error);
                false
            }
        });
        outcome.and_then(|()| memory::check())
    }

    fn visit_map<A: MapAccess<'de>>(self, mut access: A) -> Result<(), A::Error> {
        let mut outcome = Ok(());
        match self.0.open() {
            Target::Fields(fields) => {
                let boxed = fields.boxed_size();
                if boxed > 0 {
                    memory::take(boxed);
                    memory::check()?;
                }
                let names = fields.table().names;
                fields.fill(&mut |slots| outcome = read_fields(&mut access, names, slots));
                return outcome;
            }
            Target::Map(entries) => {
                entries.fill(&mut |key, slot| match read_entry(&mut access, key, slot) {
                    Ok(found) => found,
                    Err(error) => {
                        outcome = Err(error);
                        false
                    }
                });
                return outcome.and_then(|()| memory::check());
            }
            Target::Any(place) => {
                *place = metered::read(MapAccessDeserializer::new(access))?;
                return Ok(());
            }
            Target::List(_) | Target::None => {}
        }
        let takes_numbers = self.0.scalar(Scalar::Unsigned(0));
        if takes_numbers && let Some(number) = wrapped_number(&mut access)? {
            return self.scalar(number);
        }
        Err(mismatch("object", self.0.expected()))
    }
}

/// Reads the next entry of a map, if there is one.
fn read_entry<'de, A: MapAccess<'de>>(
    access: &mut A,
    key: &mut String,
    slot: &mut dyn Slot,
) -> Result<bool, A::Error> {
    let Some(name) = access.next_key()? else {
        return Ok(false);
    };
    *key = name;
    access.next_value_seed(Reader(slot))?;
    Ok(true)
}

/// Reads a number from the object that `serde_json` shows in its place when a crate of the build
/// turned on the feature `arbitrary_precision`, which this crate cannot know.
fn wrapped_number<'de, A: MapAccess<'de>>(
    access: &mut A,
) -> Result<Option<Scalar<'static>>, A::Error> {
    const MARK: &str = "$serde_json::private::Number";
    if access.next_key::<String>()?.as_deref() != Some(MARK) {
        return Ok(None);
    }
    let mut digits: Option<String> = None;
    access.next_value_seed(Reader(&mut digits))?;
    Ok(digits.as_deref().and_then(Scalar::number))
}

/// Reads the fields of a schema; those that it does not have are passed over.
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

    #[inline]
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
        Ok(position(self.names, self.next, name).unwrap_or(usize::MAX))
    }
}

/// The index of a name, looked for from the index `next` on first.
#[inline]
pub(super) fn position(names: &[&str], next: usize, name: &str) -> Option<usize> {
    let (passed, ahead) = names.split_at_checked(next).unwrap_or_default();
    let found = |names: &[&str]| names.iter().position(|known| *known == name);
    let index = found(ahead).map(|index| next + index);
    index.or_else(|| found(passed))
}
