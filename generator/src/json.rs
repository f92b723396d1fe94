//! A JSON tree that keeps what `serde_json::Value` drops: members that occur twice.

mod canonical;

use std::borrow::Cow;
use std::fmt;

use serde::de::{MapAccess, SeqAccess, Visitor};
use serde::{Deserialize, Deserializer};

use crate::Source;
use crate::diagnostic::{Diagnostic, Diagnostics, Pointer, Sink};

/// One JSON value; the members of an object are sorted by name, so that the order in which a
/// server happens to write them has no influence on anything. Text without escapes is that of the
/// source.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Json<'a> {
    Null,
    Bool(bool),
    Number(serde_json::Number),
    String(Cow<'a, str>),
    Array(Box<[Json<'a>]>),
    Object(Box<[Member<'a>]>),
}

/// A member of an object: its name and its value.
type Member<'a> = (Cow<'a, str>, Json<'a>);

impl Json<'_> {
    /// What kind of value this is, for messages.
    pub(crate) fn kind(&self) -> &'static str {
        match self {
            Self::Null => "null",
            Self::Bool(_) => "a boolean",
            Self::Number(_) => "a number",
            Self::String(_) => "a string",
            Self::Array(_) => "an array",
            Self::Object(_) => "an object",
        }
    }

    /// The member of an object.
    pub(crate) fn get(&self, key: &str) -> Option<&Self> {
        let Self::Object(members) = self else {
            return None;
        };
        let index = position(members, key).ok()?;
        members.get(index).map(|(_, value)| value)
    }

    /// The member of an object, to be changed.
    pub(crate) fn get_mut(&mut self, key: &str) -> Option<&mut Self> {
        let Self::Object(members) = self else {
            return None;
        };
        let index = position(members, key).ok()?;
        members.get_mut(index).map(|(_, value)| value)
    }

    /// Gives an object a member, in place of one of the same name.
    pub(crate) fn insert(&mut self, key: &str, value: Self) {
        let Self::Object(members) = self else {
            return;
        };
        match position(members, key) {
            Ok(index) => {
                if let Some(member) = members.get_mut(index) {
                    member.1 = value;
                }
            }
            Err(index) => {
                let mut all = std::mem::take(members).into_vec();
                all.insert(index, (Cow::Owned(key.to_owned()), value));
                *members = all.into();
            }
        }
    }

    /// The element of an array.
    pub(crate) fn element(&self, index: usize) -> Option<&Self> {
        match self {
            Self::Array(items) => items.get(index),
            _ => None,
        }
    }

    pub(crate) fn as_str(&self) -> Option<&str> {
        match self {
            Self::String(text) => Some(text),
            _ => None,
        }
    }
}

/// Where a member is among others that are sorted, or belongs.
fn position(members: &[Member<'_>], key: &str) -> Result<usize, usize> {
    members.binary_search_by(|(name, _)| name.as_ref().cmp(key))
}

/// The largest document that is read, in bytes; the largest known one has 6 MB.
const LARGEST: usize = 64 << 20;

/// Reads a source; syntax errors and repeated members are reported with their position.
pub(crate) fn parse(source: &Source) -> Result<Json<'_>, Diagnostics> {
    let mut sink = Sink::default();
    if source.text.len() > LARGEST {
        sink.error(
            &Pointer::default(),
            format!(
                "the file has {} bytes; the limit is {LARGEST}",
                source.text.len()
            ),
            "check that this is a Discovery document",
        );
        sink.finish(source)?;
    }
    let tree = match serde_json::from_str::<Json<'_>>(&source.text) {
        Ok(tree) => tree,
        Err(error) => {
            sink.push(syntax(&source.text, &error));
            sink.finish(source)?;
            Json::Null
        }
    };
    if repeats(&tree) {
        duplicates(&tree, &Pointer::default(), &mut sink);
        sink.finish(source)?;
    }
    Ok(tree)
}

fn syntax(text: &str, error: &serde_json::Error) -> Diagnostic {
    let said = error.to_string();
    let said = said.split(" at line ").next().unwrap_or(&said);
    let (message, help) = if text.trim().is_empty() {
        ("the file is empty", "fetch it again")
    } else if text.starts_with('\u{feff}') {
        (
            "the file begins with a byte order mark, which JSON does not allow",
            "save it as UTF-8 without one",
        )
    } else if error.is_eof() {
        (said, "the file is cut off; fetch it again")
    } else if said.starts_with("recursion limit") {
        (
            "objects and arrays are nested 128 deep or more",
            "check that this is a Discovery document",
        )
    } else {
        (
            said,
            "the file is not valid JSON; fetch it again, or correct it by hand",
        )
    };
    // The parser counts columns from 0 before the first character of a line.
    Diagnostic::at_position(error.line(), error.column().max(1), message, help)
}

/// Whether an object has two members of one name.
fn repeats(tree: &Json<'_>) -> bool {
    match tree {
        Json::Array(items) => items.iter().any(repeats),
        Json::Object(members) => {
            members.windows(2).any(is_repeated) || members.iter().any(|(_, value)| repeats(value))
        }
        _ => false,
    }
}

/// Whether two neighbors among sorted members have one name.
fn is_repeated(pair: &[Member<'_>]) -> bool {
    matches!(pair, [first, second] if first.0 == second.0)
}

/// Reports all members that occur twice.
fn duplicates(tree: &Json<'_>, pointer: &Pointer, sink: &mut Sink) {
    match tree {
        Json::Array(items) => {
            for (index, item) in items.iter().enumerate() {
                duplicates(item, &pointer.index(index), sink);
            }
        }
        Json::Object(members) => {
            for pair in members.windows(2) {
                if let [(name, _), _] = pair
                    && is_repeated(pair)
                {
                    sink.push(Diagnostic::duplicate(
                        &pointer.key(name),
                        format!("the member `{name}` occurs twice in one object"),
                        "keep one of the two",
                    ));
                }
            }
            for (key, value) in members {
                duplicates(value, &pointer.key(key), sink);
            }
        }
        _ => {}
    }
}

impl<'de> Deserialize<'de> for Json<'de> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(JsonVisitor)
    }
}

/// The name of a member.
#[derive(Deserialize)]
struct Name<'a>(#[serde(borrow)] Cow<'a, str>);

struct JsonVisitor;

impl<'de> Visitor<'de> for JsonVisitor {
    type Value = Json<'de>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a JSON value")
    }

    fn visit_unit<E>(self) -> Result<Self::Value, E> {
        Ok(Json::Null)
    }

    fn visit_bool<E>(self, value: bool) -> Result<Self::Value, E> {
        Ok(Json::Bool(value))
    }

    fn visit_i64<E>(self, value: i64) -> Result<Self::Value, E> {
        Ok(Json::Number(value.into()))
    }

    fn visit_u64<E>(self, value: u64) -> Result<Self::Value, E> {
        Ok(Json::Number(value.into()))
    }

    fn visit_f64<E>(self, value: f64) -> Result<Self::Value, E> {
        Ok(serde_json::Number::from_f64(value).map_or(Json::Null, Json::Number))
    }

    fn visit_borrowed_str<E>(self, value: &'de str) -> Result<Self::Value, E> {
        Ok(Json::String(Cow::Borrowed(value)))
    }

    fn visit_str<E>(self, value: &str) -> Result<Self::Value, E> {
        Ok(Json::String(Cow::Owned(value.to_owned())))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut seq: A) -> Result<Self::Value, A::Error> {
        let mut items = Vec::new();
        while let Some(item) = seq.next_element()? {
            items.push(item);
        }
        Ok(Json::Array(items.into()))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Self::Value, A::Error> {
        let mut members = Vec::new();
        while let Some((Name(name), value)) = map.next_entry()? {
            members.push((name, value));
        }
        // What a server sends is sorted nearly always; members of one name keep their order.
        members.sort_by(|a: &Member<'_>, b| a.0.cmp(&b.0));
        Ok(Json::Object(members.into()))
    }
}

#[cfg(test)]
mod tests {
    use std::borrow::Cow;

    use super::{Json, parse};
    use crate::Source;

    #[test]
    fn text_without_escapes_is_that_of_the_source() {
        let source = Source {
            name: "test.json".to_owned(),
            text: r#"{"plain": "text", "escaped": "a\nb"}"#.to_owned(),
        };
        let tree = parse(&source).expect("it is JSON");
        let is_borrowed = |key| matches!(tree.get(key), Some(Json::String(Cow::Borrowed(_))));
        assert!(is_borrowed("plain"));
        assert!(!is_borrowed("escaped"));
    }
}
