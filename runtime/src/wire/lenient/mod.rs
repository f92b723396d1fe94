//! The second reading of a response in which a value has another form than its type.
//!
//! The first reading is strict and is all that an ordinary response costs. Only if it fails, the
//! same bytes are read once more, by the rule under "Values that cannot be read" on the front page
//! of `wire`: what may be absent is left out, a list is never shortened, and what the schema calls
//! strict is never left out. What is no JSON as a whole is not read a second time.
//!
//! The time is linear in the length of the text, times the depth of what is left out at worst.

mod left_out;
mod text;

use std::borrow::Cow;

pub use self::left_out::LeftOut;
use self::text::{Text, from_json, key_of};
pub(crate) use self::text::{has_only_member, is_json, last_entry, member};
use super::read::position;
use super::slot::{Entries, List, Scalar, Slot, Table, Target};
use super::{Value, memory};

/// The levels of objects and lists that are read: as many as `serde_json` reads.
const MAX_DEPTH: usize = 127;

/// Why a place cannot be read. It never holds what was found there, which could be a secret.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Unreadable {
    /// The byte at which the value begins.
    pub(crate) at: usize,
    pub(crate) found: &'static str,
    pub(crate) expected: &'static str,
}

/// Reads a JSON text into a slot, without what cannot be read.
///
/// `bytes` must be JSON.
pub(crate) fn read(
    bytes: &[u8],
    slot: &mut dyn Slot,
    left_out: &mut LeftOut,
) -> Result<(), Unreadable> {
    let text = Text::new(bytes);
    let mut reader = Reader { text, left_out };
    reader.value(slot, Keep::Readable, 0)
}

/// Which entries a map that is read consists of.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Keep {
    /// Those that can be read.
    Readable,
    /// All of them, or the map cannot be read.
    All,
}

struct Reader<'a, 'b> {
    text: Text<'a>,
    left_out: &'b mut LeftOut,
}

impl Reader<'_, '_> {
    /// Reads the next value. After an error the reader stands somewhere in the value.
    fn value(&mut self, slot: &mut dyn Slot, keep: Keep, depth: usize) -> Result<(), Unreadable> {
        let expected = slot.expected();
        let at = self.text.start();
        let error = |found| Unreadable {
            at,
            found,
            expected,
        };
        match (self.text.peek(), depth) {
            _ if slot.takes_any() => {
                let value = self.free_form(depth)?;
                if !value.is_null()
                    && let Target::Any(place) = slot.open()
                {
                    *place = value;
                    return Ok(());
                }
                put(slot, Scalar::Null).map_err(error)
            }
            (Some(b'[' | b'{'), MAX_DEPTH) => Err(error("deeper nesting")),
            (Some(b'['), _) => match slot.open() {
                Target::List(list) => self.list(list, depth + 1),
                _ => Err(error("list")),
            },
            (Some(b'{'), _) => match slot.open() {
                Target::Fields(fields) => {
                    memory::take(fields.boxed_size());
                    fits().map_err(error)?;
                    let table = fields.table();
                    let mut outcome = Ok(());
                    fields.fill(&mut |slots| outcome = self.fields(table, slots, depth + 1));
                    outcome
                }
                Target::Map(entries) => self.map(entries, keep, depth + 1),
                _ => Err(error("object")),
            },
            _ => scalar(self.text.skip(), slot).map_err(error),
        }
    }

    fn list(&mut self, list: &mut dyn List, depth: usize) -> Result<(), Unreadable> {
        let mut entries = self.text.open();
        let mut outcome = Ok(());
        list.fill(&mut |slot| {
            if !self.text.next_part(&mut entries) {
                return false;
            }
            outcome = self.value(slot, Keep::Readable, depth);
            outcome.is_ok()
        });
        outcome.and_then(|()| fits().map_err(|found| self.too_large(found)))
    }

    fn fields(
        &mut self,
        table: Table,
        slots: &mut [&mut dyn Slot],
        depth: usize,
    ) -> Result<(), Unreadable> {
        let mut members = self.text.open();
        let mut next = 0;
        while self.text.next_part(&mut members) {
            let name = key_of(self.text.key());
            let index = name.and_then(|name| position(table.names, next, &name));
            let Some((index, slot)) =
                index.and_then(|index| slots.get_mut(index).map(|slot| (index, slot)))
            else {
                self.text.skip();
                continue;
            };
            next = index + 1;
            let is_strict = table
                .names
                .get(index)
                .is_some_and(|name| table.strict.contains(name));
            if is_strict {
                self.value(&mut **slot, Keep::All, depth)?;
            } else if !self.attempt(|reader| reader.value(&mut **slot, Keep::Readable, depth)) {
                slot.clear();
            }
        }
        Ok(())
    }

    fn map(
        &mut self,
        entries: &mut dyn Entries,
        keep: Keep,
        depth: usize,
    ) -> Result<(), Unreadable> {
        let mut members = self.text.open();
        let mut outcome = Ok(());
        entries.fill(&mut |key, slot| {
            while self.text.next_part(&mut members) {
                let at = self.text.start();
                let name = key_of(self.text.key()).map(Cow::into_owned);
                let unnamed = Unreadable {
                    at,
                    found: "a key that is no text",
                    expected: "a key",
                };
                let mut read = |reader: &mut Self| match &name {
                    Some(_) => reader.value(slot, keep, depth),
                    None => Err(unnamed),
                };
                let is_read = if keep == Keep::All {
                    outcome = read(self);
                    if outcome.is_err() {
                        return false;
                    }
                    true
                } else {
                    self.attempt(read)
                };
                if is_read && let Some(name) = name {
                    *key = name;
                    return true;
                }
                slot.clear();
            }
            false
        });
        outcome.and_then(|()| fits().map_err(|found| self.too_large(found)))
    }

    /// Reads any value, without the members of objects that cannot be read.
    fn free_form(&mut self, depth: usize) -> Result<Value, Unreadable> {
        let at = self.text.start();
        let error = |found| Unreadable {
            at,
            found,
            expected: "any JSON",
        };
        match (self.text.peek(), depth) {
            (Some(b'[' | b'{'), MAX_DEPTH) => Err(error("deeper nesting")),
            (Some(b'['), _) => {
                let mut entries = self.text.open();
                let mut list = Vec::new();
                while self.text.next_part(&mut entries) {
                    let entry = self.free_form(depth + 1)?;
                    memory::push(&mut list, entry);
                    fits().map_err(error)?;
                }
                Ok(Value::Array(list))
            }
            (Some(b'{'), _) => {
                let mut members = self.text.open();
                let mut object = serde_json::Map::new();
                while self.text.next_part(&mut members) {
                    let name = key_of(self.text.key()).map(Cow::into_owned);
                    let mut value = None;
                    self.attempt(|reader| {
                        value = Some(reader.free_form(depth + 1)?);
                        Ok(())
                    });
                    memory::take_entry::<Value>(object.len());
                    fits().map_err(error)?;
                    object.extend(name.zip(value));
                }
                Ok(Value::Object(object))
            }
            (first, _) => {
                let found = if first == Some(b'"') {
                    NO_TEXT
                } else {
                    NO_NUMBER
                };
                from_json(self.text.skip()).map_err(|_| error(found))
            }
        }
    }

    /// The error where more is read than fits; the whole response fails with it.
    fn too_large(&mut self, found: &'static str) -> Unreadable {
        Unreadable {
            at: self.text.start(),
            found,
            expected: "less",
        }
    }

    /// Reads a value that may be absent; false, and past the value, if it cannot be read.
    fn attempt(&mut self, read: impl FnOnce(&mut Self) -> Result<(), Unreadable>) -> bool {
        let start = self.text.start();
        match read(self) {
            Ok(()) => true,
            Err(cause) => {
                self.text.go_to(start);
                self.text.skip();
                self.left_out.add(start, cause);
                false
            }
        }
    }
}

/// Whether there is memory for what was read.
fn fits() -> Result<(), &'static str> {
    if memory::is_exceeded() {
        Err("more than what there is memory for")
    } else {
        Ok(())
    }
}

/// What is found instead of a string that has half of a surrogate pair.
const NO_TEXT: &str = "string that is no text";

/// What is found instead of a number that no type holds.
const NO_NUMBER: &str = "number out of range";

/// Reads a string, a number, `true`, `false` or `null`; the error is what was found instead.
fn scalar(json: &[u8], slot: &mut dyn Slot) -> Result<(), &'static str> {
    match json.first() {
        Some(b'"') => {
            let text: String = from_json(json).map_err(|_| NO_TEXT)?;
            put(slot, Scalar::Text(&text))
        }
        Some(b't') => put(slot, Scalar::Bool(true)),
        Some(b'f') => put(slot, Scalar::Bool(false)),
        Some(b'n') => put(slot, Scalar::Null),
        _ => {
            let text = std::str::from_utf8(json).map_err(|_| NO_NUMBER)?;
            put(slot, Scalar::number(text).ok_or(NO_NUMBER)?)
        }
    }
}

fn put(slot: &mut dyn Slot, scalar: Scalar<'_>) -> Result<(), &'static str> {
    if slot.scalar(scalar) {
        Ok(())
    } else {
        Err(scalar.kind())
    }
}
