//! Writing a value with changes that a Rust value has no place for: `null`, an empty list, and
//! fields that are set and yet stay out.

use std::collections::BTreeMap;

use serde::ser::{Error as _, Serialize, SerializeMap, Serializer};

use super::slot::{Entries, Fields, View};
use super::write::{Encoded, each_slot};
use super::{Purpose, Value};

/// What is written in place of a value.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Edit {
    /// Nothing: the field stays out.
    Leave,
    /// `null`.
    Null,
    /// `[]`.
    EmptyList,
    /// The value with changes of its own; an object if there is no value.
    Inside(Edits),
}

/// Changes of an object, by the names on the wire.
pub(crate) type Edits = BTreeMap<String, Edit>;

impl Edit {
    /// Whether something is written where there is no value.
    fn adds(&self) -> bool {
        match self {
            Self::Leave => false,
            Self::Null | Self::EmptyList => true,
            Self::Inside(edits) => edits.values().any(Self::adds),
        }
    }
}

/// The request form of a value with changes.
pub(crate) struct Edited<'a> {
    pub(crate) view: View<'a>,
    pub(crate) edits: &'a Edits,
}

impl Serialize for Edited<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let edits = self.edits;
        match self.view {
            View::Fields(fields) => {
                let mut map = serializer.serialize_map(None)?;
                write_fields(&mut map, fields, edits)?;
                map.end()
            }
            View::Map(entries) => {
                let mut map = serializer.serialize_map(None)?;
                write_entries(&mut map, entries, edits)?;
                map.end()
            }
            View::Any(Value::Object(fields)) => {
                let mut map = serializer.serialize_map(None)?;
                for (name, value) in fields {
                    write_entry(&mut map, name, View::Any(value), edits.get(name))?;
                }
                write_others(&mut map, edits, |name| fields.contains_key(name))?;
                map.end()
            }
            View::Null | View::Any(Value::Null) => {
                let mut map = serializer.serialize_map(None)?;
                write_others(&mut map, edits, |_| false)?;
                map.end()
            }
            // Only in free-form JSON; the paths into anything else were compared with its type.
            _ if edits.values().any(Edit::adds) => Err(S::Error::custom(
                "a field is changed in a value that is no object",
            )),
            view => Encoded::new(view, Purpose::Request).serialize(serializer),
        }
    }
}

fn write_fields<M: SerializeMap>(
    map: &mut M,
    fields: &dyn Fields,
    edits: &Edits,
) -> Result<(), M::Error> {
    let mut outcome = Ok(());
    // The server's own fields stay out, and no path leads to them.
    each_slot(fields, Purpose::Request, &mut |name, view| {
        if outcome.is_ok() {
            outcome = write_entry(map, name, view, edits.get(name));
        }
    });
    outcome
}

fn write_entries<M: SerializeMap>(
    map: &mut M,
    entries: &dyn Entries,
    edits: &Edits,
) -> Result<(), M::Error> {
    let mut outcome = Ok(());
    let mut written = Vec::new();
    entries.show(&mut |key, view| {
        if let Some((key, _)) = edits.get_key_value(key) {
            written.push(key.as_str());
        }
        if outcome.is_ok() {
            // An entry that is `null` is one, unlike a field.
            outcome = match edits.get(key) {
                None => map.serialize_entry(key, &Encoded::new(view, Purpose::Request)),
                edit => write_entry(map, key, view, edit),
            };
        }
    });
    outcome?;
    // Both are in the order of the keys.
    write_others(map, edits, |name| written.binary_search(&name).is_ok())
}

/// The changes of what the value does not have.
fn write_others<M: SerializeMap>(
    map: &mut M,
    edits: &Edits,
    is_written: impl Fn(&str) -> bool,
) -> Result<(), M::Error> {
    for (name, edit) in edits {
        if !is_written(name) {
            write_entry(map, name, View::Null, Some(edit))?;
        }
    }
    Ok(())
}

/// One member of an object; [`View::Null`] is absence.
fn write_entry<M: SerializeMap>(
    map: &mut M,
    name: &str,
    view: View<'_>,
    edit: Option<&Edit>,
) -> Result<(), M::Error> {
    let is_absent = matches!(view, View::Null);
    match edit {
        None if is_absent => Ok(()),
        None => map.serialize_entry(name, &Encoded::new(view, Purpose::Request)),
        Some(Edit::Leave) => Ok(()),
        Some(Edit::Null) => map.serialize_entry(name, &()),
        Some(Edit::EmptyList) => map.serialize_entry(name, &[(); 0]),
        Some(edit @ Edit::Inside(_)) if is_absent && !edit.adds() => Ok(()),
        Some(Edit::Inside(edits)) => map.serialize_entry(name, &Edited { view, edits }),
    }
}
