//! What JSON is read into and written from: the views, the places and their parts.

use super::{Value, Wire};

/// The JSON form of a value, borrowed from it.
#[derive(Clone, Copy)]
pub enum View<'a> {
    /// Absence, or `null` where absence has no place.
    Null,
    /// A boolean.
    Bool(bool),
    /// A number without a fraction that fits JSON readers of any language.
    Integer(i64),
    /// A number.
    Double(f64),
    /// A number of single precision.
    Float(f32),
    /// A string.
    Text(&'a str),
    /// The value of an enum: its string, and how `Debug` shows it.
    Enum(&'a str, &'a dyn std::fmt::Debug),
    /// A string made of the value's display form.
    Shown(&'a dyn std::fmt::Display),
    /// Bytes, a string in base64.
    Base64(&'a [u8]),
    /// A list.
    List(&'a dyn List),
    /// A map.
    Map(&'a dyn Entries),
    /// The fields of a schema.
    Fields(&'a dyn Fields),
    /// JSON as it is.
    Any(&'a Value),
}

/// A place in a schema, a list or a map that holds one JSON value.
pub trait Slot {
    /// The JSON form of what is there, [`View::Null`] if that is absence.
    fn view(&self) -> View<'_>;
    /// What belongs here, as messages name it.
    fn expected(&self) -> &'static str;
    /// Whether every JSON value is welcome here, kept as it is.
    fn takes_any(&self) -> bool;
    /// Reads a scalar; false if it is not of this type.
    fn scalar(&mut self, scalar: Scalar<'_>) -> bool;
    /// Begins a list or an object, whichever is welcome.
    fn open(&mut self) -> Target<'_>;
    /// Makes what is there absent.
    fn clear(&mut self);
}

/// A JSON value that is read in one piece.
///
/// It owns nothing, so that nothing is left to be dropped where it is not of the type.
#[derive(Clone, Copy, Debug)]
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
    Text(&'a str),
}

impl Scalar<'_> {
    /// The number that is written in JSON; `None` if neither a 64-bit integer nor a double holds it.
    pub(super) fn number(text: &str) -> Option<Self> {
        if let Ok(value) = text.parse() {
            return Some(Self::Unsigned(value));
        }
        // `-0` is a double: no integer has that sign.
        if let Ok(value) = text.parse()
            && value != 0_i64
        {
            return Some(Self::Signed(value));
        }
        let double: f64 = text.parse().ok()?;
        double.is_finite().then_some(Self::Float(double))
    }

    /// The kind of value, for messages.
    #[inline]
    pub(super) fn kind(self) -> &'static str {
        match self {
            Self::Bool(_) => "boolean",
            Self::Signed(_) | Self::Unsigned(_) | Self::Float(_) => "number",
            Self::Text(_) => "string",
            Self::Null => "null",
        }
    }
}

/// Where the parts of an open list or object go.
pub enum Target<'a> {
    /// Nowhere: only a scalar is welcome.
    None,
    /// The entries of a list.
    List(&'a mut dyn List),
    /// The fields of a schema.
    Fields(&'a mut dyn Fields),
    /// The entries of a map.
    Map(&'a mut dyn Entries),
    /// A value that is kept as it is.
    Any(&'a mut Value),
}

/// What a schema says about its fields.
#[derive(Clone, Copy, Debug)]
pub struct Table {
    /// The name of the schema.
    pub schema: &'static str,
    /// The Rust names of all fields, in order; those that are keywords begin with `r#`.
    pub fields: &'static [&'static str],
    /// The wire names of all fields, in order.
    pub names: &'static [&'static str],
    /// The wire names of the fields that only the server sets.
    pub output_only: &'static [&'static str],
    /// The wire names of the fields that are never left out when a response is read.
    pub strict: &'static [&'static str],
    /// The wire names of the fields that `Debug` does not show.
    pub secret: &'static [&'static str],
}

/// The entries of a list.
pub trait List {
    /// Shows each entry in order.
    fn show(&self, show: &mut dyn FnMut(View<'_>));
    /// Adds entries as long as `next` reads one and there is [memory](super::memory) for it.
    fn fill(&mut self, next: &mut dyn FnMut(&mut dyn Slot) -> bool);
}

/// The entries of a map.
pub trait Entries {
    /// Shows each entry in order.
    fn show(&self, show: &mut dyn FnMut(&str, View<'_>));
    /// Adds entries as long as `next` reads a key and a value and there is memory for them.
    fn fill(&mut self, next: &mut dyn FnMut(&mut String, &mut dyn Slot) -> bool);
}

/// The fields of a schema, in the order of their names.
pub trait Fields {
    /// What the schema says about them.
    fn table(&self) -> Table;
    /// The bytes that they take outside of the value that they are in.
    fn boxed_size(&self) -> usize {
        0
    }
    /// Shows all fields at once.
    fn show(&self, show: &mut Show<'_>);
    /// Lends all fields at once to be filled.
    fn fill(&mut self, fill: &mut Fill<'_>);
}

/// What the fields of a schema are shown to.
pub type Show<'a> = dyn FnMut(&[&dyn Slot]) + 'a;

/// What fills the fields of a schema.
pub type Fill<'a> = dyn FnMut(&mut [&mut dyn Slot]) + 'a;

/// A value that may be absent; also the place of each entry of a list or a map.
impl<T: Wire> Slot for Option<T> {
    fn view(&self) -> View<'_> {
        self.as_ref().map_or(View::Null, T::view)
    }

    fn expected(&self) -> &'static str {
        T::EXPECTED
    }

    fn takes_any(&self) -> bool {
        T::ANY
    }

    fn scalar(&mut self, scalar: Scalar<'_>) -> bool {
        let is_null = matches!(scalar, Scalar::Null) && !T::NULL_IS_VALUE;
        *self = if is_null {
            None
        } else {
            T::from_scalar(scalar)
        };
        is_null || self.is_some()
    }

    fn open(&mut self) -> Target<'_> {
        *self = T::open();
        self.as_mut().map_or(Target::None, T::target)
    }

    fn clear(&mut self) {
        *self = None;
    }
}
