//! The messages of the API as proto JSON: which fields exist and what they may hold.

mod check;
mod tables;

pub(crate) use check::check;
pub(crate) use tables::*;

/// One message.
#[derive(Debug)]
pub(crate) struct Schema {
    pub(crate) name: &'static str,
    pub(crate) fields: &'static [(&'static str, Kind)],
}

/// What a field holds.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Kind {
    Text,
    Bool,
    /// A whole number of 32 bits; text with digits is accepted as well.
    Int32,
    /// A whole number of 64 bits, text on the wire; a number is accepted as well.
    Int64,
    Number,
    /// A name of the list, or its number in the enum.
    Enum(&'static [&'static str]),
    Message(&'static Schema),
    List(&'static Kind),
    /// Only in replies; never looked into.
    Any,
}

impl Schema {
    /// The field that a member of a body stands for. The JSON form of a message takes the names of its definition,
    /// in snake case, as well (<https://protobuf.dev/programming-guides/json/>).
    pub(crate) fn member(&self, name: &str) -> Option<(&'static str, Kind)> {
        let is_meant =
            |field: &str| field == name || name.contains('_') && snake_case(field) == name;
        self.fields
            .iter()
            .find(|(field, _)| is_meant(field))
            .copied()
    }
}

fn snake_case(name: &str) -> String {
    let mut snake = String::new();
    for character in name.chars() {
        if character.is_ascii_uppercase() {
            snake.push('_');
        }
        snake.push(character.to_ascii_lowercase());
    }
    snake
}

impl Kind {
    /// The message that this field holds one or many of.
    pub(crate) fn message(self) -> Option<&'static Schema> {
        match self {
            Self::Message(schema) => Some(schema),
            Self::List(kind) => kind.message(),
            _ => None,
        }
    }
}
