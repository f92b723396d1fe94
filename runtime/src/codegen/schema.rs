//! Schemas: one small table for each, and the traits that follow from it.
//!
//! A large API has a thousand schemas and an application uses a few, so what the macro writes for
//! each is as little as the compiler can be given: lists of names and two lists of fields,
//! with no generic code but the signatures of `serde`. The functions are marked `#[inline]`,
//! by which those that nothing calls are never turned into machine code.

use crate::wire::slot::{Fields, Fill, Show, Table, Target, View};
use crate::wire::write::each_present;
use crate::wire::{Purpose, Wire};

/// A generated struct for the object that a document calls a schema.
pub trait Schema: Default + Fields {
    /// The wire names of the fields that are written for `purpose`.
    fn present_fields(&self, purpose: Purpose) -> Vec<&'static str> {
        let mut names = Vec::new();
        each_present(self, purpose, &mut |name, _| {
            names.push(name);
        });
        names
    }
}

impl<T: Default + Fields> Schema for T {}

/// One implementation for all schemas, where the macro could write one for each: it is checked
/// once, and compiled only for the schemas that a program uses.
impl<T: Schema> Wire for T {
    const EXPECTED: &'static str = "an object";

    fn view(&self) -> View<'_> {
        View::Fields(self)
    }

    fn open() -> Option<Self> {
        Some(T::default())
    }

    fn target(&mut self) -> Target<'_> {
        Target::Fields(self)
    }
}

/// A box breaks the recursion of a schema that contains itself; nothing else is ever boxed.
impl<T: Schema> Fields for Box<T> {
    fn table(&self) -> Table {
        T::table(self)
    }

    fn boxed_size(&self) -> usize {
        size_of::<T>()
    }

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
/// After the rows `strict` and `secret` may list the wire names of [`Table::strict`] and
/// [`Table::secret`].
#[doc(hidden)]
#[macro_export]
macro_rules! __schema {
    (
        $schema:ident { $($name:literal => $field:ident $(: $flag:ident)?),* $(,)? }
        $(strict [$($strict:literal),* $(,)?])?
        $(secret [$($secret:literal),* $(,)?])?
    ) => {
        impl $crate::codegen::Fields for $schema {
            #[inline]
            fn table(&self) -> $crate::codegen::Table {
                const TABLE: $crate::codegen::Table = $crate::codegen::Table {
                    schema: ::core::stringify!($schema),
                    fields: &[$(::core::stringify!($field)),*],
                    names: &[$($name),*],
                    output_only: &[$($($crate::codegen::flag::$flag($name),)?)*],
                    strict: &[$($($strict),*)?],
                    secret: &[$($($secret),*)?],
                };
                TABLE
            }

            #[inline]
            fn show(&self, show: &mut $crate::codegen::Show<'_>) {
                show(&[$(&self.$field),*]);
            }

            #[inline]
            fn fill(&mut self, fill: &mut $crate::codegen::Fill<'_>) {
                fill(&mut [$(&mut self.$field),*]);
            }
        }

        impl ::core::fmt::Debug for $schema {
            #[inline]
            fn fmt(&self, formatter: &mut ::core::fmt::Formatter<'_>) -> ::core::fmt::Result {
                $crate::codegen::debug(self, formatter)
            }
        }

        $crate::__serde!($schema);
    };
}
