//! Schemas: one small table for each, and the traits that follow from it.
//!
//! A large API has a thousand schemas and an application uses a few, so what the macro writes for
//! each is as little as the compiler can be given: two lists of names and two lists of fields,
//! with no generic code but the signatures of `serde`. The two functions are marked `#[inline]`,
//! by which those that nothing calls are never turned into machine code.

use crate::wire::slot::{Fields, Fill, Show, Table, Target, View};
use crate::wire::write::each_present;
use crate::wire::{Purpose, Wire};

/// A generated struct for the object that a document calls a schema.
pub trait Schema: Default + Fields {
    /// The wire names of the fields, in order.
    const FIELDS: &'static [&'static str];

    /// The wire names of the fields that only the server sets.
    const OUTPUT_ONLY: &'static [&'static str];

    /// The wire names of the fields that mean something when they are absent, such as the token
    /// of the next page: a response in which one of them cannot be read is an error.
    const STRICT: &'static [&'static str];

    /// The wire names of the fields that are written for `purpose`.
    fn present_fields(&self, purpose: Purpose) -> Vec<&'static str> {
        let mut names = Vec::new();
        each_present(table::<Self>(), self, purpose, &mut |name, _| {
            names.push(name);
        });
        names
    }
}

fn table<T: Schema>() -> Table {
    Table {
        names: T::FIELDS,
        output_only: T::OUTPUT_ONLY,
        strict: T::STRICT,
    }
}

/// One implementation for all schemas, where the macro could write one for each: it is checked
/// once, and compiled only for the schemas that a program uses.
impl<T: Schema> Wire for T {
    const EXPECTED: &'static str = "an object";

    fn view(&self) -> View<'_> {
        View::Fields(table::<T>(), self)
    }

    fn open() -> Option<Self> {
        Some(T::default())
    }

    fn target(&mut self) -> Target<'_> {
        Target::Fields(table::<T>(), self)
    }
}

/// A box breaks the recursion of a schema that contains itself; nothing else is ever boxed.
impl<T: Schema> Schema for Box<T> {
    const FIELDS: &'static [&'static str] = T::FIELDS;
    const OUTPUT_ONLY: &'static [&'static str] = T::OUTPUT_ONLY;
    const STRICT: &'static [&'static str] = T::STRICT;
}

impl<T: Schema> Fields for Box<T> {
    fn show(&self, show: &mut Show<'_>) {
        T::show(self, show);
    }

    fn fill(&mut self, fill: &mut Fill<'_>) {
        T::fill(self, fill);
    }
}

/// The flags of a row in a table: each is a function of this module that takes the wire name.
pub mod flag {
    /// Only the server sets the field.
    pub const fn output_only(name: &'static str) -> &'static str {
        name
    }
}

/// Gives a generated struct its place on the wire.
///
/// Each row is a wire name, an arrow and a field, and `: output_only` if only the server sets it.
/// After the rows `strict` may list the wire names of [`Schema::STRICT`].
#[doc(hidden)]
#[macro_export]
macro_rules! __schema {
    (
        $schema:ident { $($name:literal => $field:ident $(: $flag:ident)?),* $(,)? }
        $(strict [$($strict:literal),* $(,)?])?
    ) => {
        impl $crate::codegen::Schema for $schema {
            const FIELDS: &'static [&'static str] = &[$($name),*];
            const OUTPUT_ONLY: &'static [&'static str] =
                &[$($($crate::codegen::flag::$flag($name),)?)*];
            const STRICT: &'static [&'static str] = &[$($($strict),*)?];
        }

        impl $crate::codegen::Fields for $schema {
            #[inline]
            fn show(&self, show: &mut $crate::codegen::Show<'_>) {
                show(&[$(&self.$field),*]);
            }

            #[inline]
            fn fill(&mut self, fill: &mut $crate::codegen::Fill<'_>) {
                fill(&mut [$(&mut self.$field),*]);
            }
        }

        $crate::__serde!($schema);
    };
}
