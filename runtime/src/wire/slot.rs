//! The places that JSON is read into and written from, each of which knows what it takes.

use std::borrow::Cow;

use super::write::{Table, View};
use super::{Value, Wire};

/// A place in a schema, a list or a map that holds one JSON value.
pub trait Slot {
    /// The JSON form of what is there, [`View::Null`] if that is absence.
    fn view(&self) -> View<'_>;
    /// What belongs here.
    fn expected(&self) -> Expected;
    /// Reads a scalar; false if it is not of this type.
    fn scalar(&mut self, scalar: Scalar<'_>) -> bool;
    /// Begins a list or an object, whichever is welcome.
    fn open(&mut self) -> Target<'_>;
    /// Makes what is there absent.
    fn clear(&mut self);
}

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
    /// The kind of value, for messages.
    pub(super) fn kind(&self) -> &'static str {
        match self {
            Self::Bool(_) => "boolean",
            Self::Signed(_) | Self::Unsigned(_) | Self::Float(_) => "number",
            Self::Text(_) => "string",
            Self::Null => "null",
            Self::Json(_) => "JSON",
        }
    }
}

/// Where the parts of an open list or object go.
pub enum Target<'a> {
    /// Nowhere: only a scalar is welcome.
    None,
    /// The entries of a list.
    List(&'a mut dyn List),
    /// The fields of a schema, with what it says about them.
    Fields(Table, &'a mut dyn Fields),
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
    fn show(&self, show: &mut Show<'_>);
    /// Lends all fields at once to be filled.
    fn fill(&mut self, fill: &mut Fill<'_>);
}

/// What the fields of a schema are shown to.
pub type Show<'a> = dyn FnMut(&[&dyn Slot]) + 'a;

/// What fills the fields of a schema.
pub type Fill<'a> = dyn FnMut(&mut [&mut dyn Slot]) + 'a;
