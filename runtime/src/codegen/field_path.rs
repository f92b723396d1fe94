//! Paths of fields, such as `reminders.overrides`: read, and compared with what a schema has.

use super::Schema;
use crate::wire::edit::{Edit, Edits};
use crate::wire::slot::{Slot, Table, Target};

/// The most names of a path: servers read no JSON that is deeper (100 is the default of protobuf).
const MAX_DEPTH: usize = 100;

/// A longer name is compared with none, so that the time for a message has a bound.
const MAX_NAME: usize = 100;

/// What a path leads to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Place {
    /// One value without parts.
    Scalar,
    List,
    /// An object with data as keys.
    Map,
    /// An object with fields of its own.
    Message,
    /// Any JSON.
    Any,
}

/// A path that a schema has.
#[derive(Debug)]
pub(super) struct FieldPath<'a> {
    /// The path as it was given.
    pub(super) text: &'a str,
    pub(super) names: Vec<&'a str>,
    pub(super) place: Place,
}

impl<'a> FieldPath<'a> {
    /// Compares a path with the fields of a schema, by their names on the wire.
    pub(super) fn of<T: Schema>(text: &'a str) -> Result<Self, String> {
        let names = names(text)?;
        // The walk makes values on its way, so that it needs no tables but those that decoding has.
        let mut root: Option<T> = None;
        let place = walk(&mut root, &names, text)?;
        Ok(Self { text, names, place })
    }
}

/// The names of a path; one in backticks may hold points.
fn names(text: &str) -> Result<Vec<&str>, String> {
    let mut quoted = false;
    let names = text.split(|character| {
        quoted ^= character == '`';
        character == '.' && !quoted
    });
    let names: Option<Vec<&str>> = names.take(MAX_DEPTH + 1).map(unquoted).collect();
    match names {
        Some(names) if names.len() <= MAX_DEPTH => Ok(names),
        Some(_) => Err(format!("a path of fields has more than {MAX_DEPTH} names")),
        None => Err(format!("`{text}` is no path of fields")),
    }
}

/// A name without its backticks; `None` if it is empty or they are not around all of it.
fn unquoted(name: &str) -> Option<&str> {
    let inner = name
        .strip_prefix('`')
        .and_then(|rest| rest.strip_suffix('`'))
        .unwrap_or(name);
    (!inner.is_empty() && !inner.contains('`')).then_some(inner)
}

fn walk(slot: &mut dyn Slot, names: &[&str], text: &str) -> Result<Place, String> {
    let Some((name, rest)) = names.split_first() else {
        return Ok(match slot.open() {
            Target::Any(_) => Place::Any,
            Target::None => Place::Scalar,
            Target::List(_) => Place::List,
            Target::Map(_) => Place::Map,
            Target::Fields(_) => Place::Message,
        });
    };
    match slot.open() {
        Target::Any(_) => Ok(Place::Any),
        Target::None => Err(format!(
            "`{name}` in `{text}` is no field: what holds it has none"
        )),
        Target::List(_) => Err(format!(
            "`{text}` goes into a list, which changes only as a whole"
        )),
        Target::Map(entries) => {
            let mut place = Ok(Place::Any);
            entries.fill(&mut |_, entry| {
                place = walk(entry, rest, text);
                false
            });
            place
        }
        Target::Fields(fields) => {
            let Table {
                names: known,
                output_only,
                ..
            } = fields.table();
            let Some(index) = known.iter().position(|field| field == name) else {
                return Err(unknown(name, text, known));
            };
            if output_only.contains(name) {
                return Err(format!("only the server sets `{name}`"));
            }
            let mut place = Ok(Place::Any);
            fields.fill(&mut |slots| {
                if let Some(slot) = slots.get_mut(index) {
                    place = walk(&mut **slot, rest, text);
                }
            });
            place
        }
    }
}

/// The message about a name that a schema lacks, with the names that are near it.
fn unknown(name: &str, text: &str, known: &[&str]) -> String {
    let mut near: Vec<(usize, &str)> = known
        .iter()
        .map(|field| (distance(name, field), *field))
        .filter(|(distance, field)| *distance <= field.len() / 3)
        .collect();
    near.sort_unstable();
    near.truncate(3);
    let near: Vec<String> = near.iter().map(|(_, field)| format!("`{field}`")).collect();
    let within = if name == text {
        String::new()
    } else {
        format!(" in `{text}`")
    };
    let help = if near.is_empty() {
        String::new()
    } else {
        format!("; did you mean {}?", near.join(" or "))
    };
    format!("there is no such field: `{name}`{within}{help}")
}

/// The edit distance of two names, without what is mistaken most: capitals and underscores.
fn distance(from: &str, to: &str) -> usize {
    if from.len() > MAX_NAME || to.len() > MAX_NAME {
        return usize::MAX;
    }
    let letters = |name: &str| name.replace('_', "").to_lowercase();
    strsim::levenshtein(&letters(from), &letters(to))
}

/// Whether a change at `parent` is one at `path` too.
pub(super) fn covers(parent: &str, path: &str) -> bool {
    path.strip_prefix(parent)
        .is_some_and(|rest| rest.is_empty() || rest.starts_with('.'))
}

/// Adds a change at a path. Where two meet, the one that takes more away stays; an error says that
/// a list is to be in what is taken away.
pub(super) fn insert(edits: &mut Edits, path: &FieldPath<'_>, edit: Edit) -> Result<(), String> {
    let Some((last, parents)) = path.names.split_last() else {
        return Ok(());
    };
    let mut level = edits;
    for name in parents {
        let entry = level
            .entry((*name).to_owned())
            .or_insert_with(|| Edit::Inside(Edits::new()));
        match entry {
            Edit::Inside(inner) => level = inner,
            _ if edit == Edit::EmptyList => return Err(conflict(path.text)),
            _ => return Ok(()),
        }
    }
    let old = level.insert((*last).to_owned(), edit);
    match old {
        Some(old) if holds_list(&old) => Err(conflict(path.text)),
        _ => Ok(()),
    }
}

/// Whether a list is sent from inside of a value.
fn holds_list(edit: &Edit) -> bool {
    match edit {
        Edit::Inside(edits) => edits
            .values()
            .any(|edit| *edit == Edit::EmptyList || holds_list(edit)),
        _ => false,
    }
}

fn conflict(text: &str) -> String {
    format!("`{text}` is cleared or made empty both as a whole and in parts")
}
