//! Types of the model become Rust types.

use std::collections::BTreeSet;
use std::fmt::Display;

use super::ident::text;
use crate::model::{Api, Field, Method, Response, Type};
use crate::print::Code;

/// Writes types, with the names of `std` in full where the module has types of those names.
pub(super) struct Types<'a> {
    api: &'a Api,
    shadowed: BTreeSet<&'a str>,
}

impl<'a> Types<'a> {
    /// For a module that defines the types `shadowed`.
    pub(super) fn new(api: &'a Api, shadowed: impl IntoIterator<Item = &'a str>) -> Self {
        Self {
            api,
            shadowed: shadowed.into_iter().collect(),
        }
    }

    /// The type of a value.
    pub(super) fn of(&self, ty: &Type) -> Code {
        let name = match ty {
            Type::Bool => "bool",
            Type::Int32 => "i32",
            Type::Uint32 => "u32",
            Type::Int64 => "i64",
            Type::Uint64 => "u64",
            Type::Float => "f32",
            Type::Double => "f64",
            Type::String => self.prelude("String", "::std::string::String"),
            Type::Bytes => "discovery_runtime::Bytes",
            Type::Timestamp => "discovery_runtime::Timestamp",
            Type::DateTime => "discovery_runtime::DateTime",
            Type::Date => "discovery_runtime::Date",
            Type::Duration => "discovery_runtime::Duration",
            Type::FieldMask => "discovery_runtime::FieldMask",
            Type::Null => "discovery_runtime::NullValue",
            Type::Value => "discovery_runtime::Value",
            Type::List(item) => {
                let vec = self.prelude("Vec", "::std::vec::Vec");
                return format!("{vec}<{}>", self.of(item)).into();
            }
            Type::Map(value) => {
                return format!("discovery_runtime::Map<{}>", self.of(value)).into();
            }
            Type::Schema(id) => {
                return format!("schemas::{}", text(&self.api.schema(*id).name)).into();
            }
        };
        name.into()
    }

    /// What the response of a method decodes to.
    pub(super) fn response(&self, method: &Method) -> Code {
        match &method.response {
            Response::Empty => "()".into(),
            Response::Json(ty) => self.of(ty),
            Response::Stream(ty) => self.of(&Type::List(Box::new(ty.clone()))),
            Response::Raw => "discovery_runtime::RawBody".into(),
        }
    }

    /// The type of a field.
    pub(super) fn of_field(&self, field: &Field) -> Code {
        let ty = self.of(&field.ty);
        if field.ty.is_collection() {
            ty
        } else if field.boxed {
            let boxed = self.prelude("Box", "::std::boxed::Box");
            self.optional(format!("{boxed}<{ty}>"))
        } else {
            self.optional(ty)
        }
    }

    /// `Option<ty>`.
    pub(super) fn optional(&self, ty: impl Display) -> Code {
        let option = self.prelude("Option", "::std::option::Option");
        format!("{option}<{ty}>").into()
    }

    /// `Some(value)`.
    pub(super) fn some(&self, value: impl Display) -> Code {
        let some = self.prelude("Some", "::std::option::Option::Some");
        format!("{some}({value})").into()
    }

    /// The type of an argument that gives a value, and the expression that makes the value of it.
    ///
    /// Text in collections is borrowed, so that `&["a"]` and `&names` do; numbers, times, enums and
    /// structs are taken as they are, so that `parse()`, `into()` and `[]` know what to make.
    pub(super) fn argument(&self, ty: &Type, name: &str) -> (Code, Code) {
        let iterator = self.prelude("IntoIterator", "::std::iter::IntoIterator");
        let (ty, value) = match ty {
            Type::List(item) if **item == Type::String => {
                let text = self.prelude("AsRef", "::std::convert::AsRef");
                (
                    format!("impl {iterator}<Item = impl {text}<str>>"),
                    format!("discovery_runtime::codegen::texts({name})"),
                )
            }
            Type::List(item) => {
                let (item, convert) = match self.entry(item, "item") {
                    (item, Some(value)) => (item, format!(".map(|item| {value})")),
                    (item, None) => (item, String::new()),
                };
                (
                    format!("impl {iterator}<Item = {item}>"),
                    format!("{name}.into_iter(){convert}.collect()"),
                )
            }
            Type::Map(value) => {
                let (key, key_value) = self.entry(&Type::String, "key");
                let key_value = key_value.unwrap_or("key".into());
                let (value, converted) = self.entry(value, "value");
                let converted = converted.unwrap_or("value".into());
                let convert = format!("|(key, value)| ({key_value}, {converted})");
                (
                    format!("impl {iterator}<Item = ({key}, {value})>"),
                    format!("{name}.into_iter().map({convert}).collect()"),
                )
            }
            ty if ty.converts() => {
                let into = self.prelude("Into", "::std::convert::Into");
                (
                    format!("impl {into}<{}>", self.of(ty)),
                    format!("{name}.into()"),
                )
            }
            ty => return (self.of(ty), name.into()),
        };
        (ty.into(), value.into())
    }

    /// The type of what a collection is made of, and the expression that makes an entry of it, if
    /// it is not one as it is.
    fn entry(&self, ty: &Type, name: &str) -> (Code, Option<Code>) {
        if *ty == Type::String {
            let text = self.prelude("AsRef", "::std::convert::AsRef");
            let owned = format!("{name}.as_ref().to_owned()");
            (format!("impl {text}<str>").into(), Some(owned.into()))
        } else if ty.converts() {
            let into = self.prelude("Into", "::std::convert::Into");
            let ty = format!("impl {into}<{}>", self.of(ty));
            (ty.into(), Some(format!("{name}.into()").into()))
        } else {
            (self.of(ty), None)
        }
    }

    /// A name of the prelude, in full where the module means something else by it.
    fn prelude<'b>(&self, name: &'b str, path: &'b str) -> &'b str {
        if self.shadowed.contains(name) {
            path
        } else {
            name
        }
    }
}
