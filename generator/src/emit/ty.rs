//! Types of the model become Rust types.

use std::collections::BTreeSet;

use proc_macro2::{Ident, TokenStream};
use quote::quote;

use super::ident::ident;
use crate::model::{Api, Field, Method, Response, Type};

/// Prints types, with the names of `std` written out where the module has types of those names.
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
    pub(super) fn of(&self, ty: &Type) -> TokenStream {
        match ty {
            Type::Bool => quote!(bool),
            Type::Int32 => quote!(i32),
            Type::Uint32 => quote!(u32),
            Type::Int64 => quote!(i64),
            Type::Uint64 => quote!(u64),
            Type::Float => quote!(f32),
            Type::Double => quote!(f64),
            Type::String => self.string(),
            Type::Bytes => quote!(discovery_runtime::Bytes),
            Type::Timestamp => quote!(discovery_runtime::Timestamp),
            Type::DateTime => quote!(discovery_runtime::DateTime),
            Type::Date => quote!(discovery_runtime::Date),
            Type::Duration => quote!(discovery_runtime::Duration),
            Type::FieldMask => quote!(discovery_runtime::FieldMask),
            Type::Null => quote!(discovery_runtime::NullValue),
            Type::Value => quote!(discovery_runtime::Value),
            Type::List(item) => {
                let item = self.of(item);
                let vec = self.prelude("Vec", &quote!(vec::Vec));
                quote!(#vec<#item>)
            }
            Type::Map(value) => {
                let value = self.of(value);
                quote!(discovery_runtime::Map<#value>)
            }
            Type::Schema(id) => {
                let name = ident(&self.api.schema(*id).name);
                quote!(schemas::#name)
            }
        }
    }

    /// What the response of a method decodes to.
    pub(super) fn response(&self, method: &Method) -> TokenStream {
        match &method.response {
            Response::Empty => quote!(()),
            Response::Json(ty) => self.of(ty),
            Response::Stream(ty) => self.of(&Type::List(Box::new(ty.clone()))),
            Response::Raw => quote!(discovery_runtime::RawBody),
        }
    }

    /// The type of a field.
    pub(super) fn of_field(&self, field: &Field) -> TokenStream {
        let ty = self.of(&field.ty);
        if field.ty.is_collection() {
            ty
        } else if field.boxed {
            let boxed = self.prelude("Box", &quote!(boxed::Box));
            self.optional(&quote!(#boxed<#ty>))
        } else {
            self.optional(&ty)
        }
    }

    /// `Option<ty>`.
    pub(super) fn optional(&self, ty: &TokenStream) -> TokenStream {
        let option = self.prelude("Option", &quote!(option::Option));
        quote!(#option<#ty>)
    }

    /// `Some(value)`.
    pub(super) fn some(&self, value: &TokenStream) -> TokenStream {
        let some = self.prelude("Some", &quote!(option::Option::Some));
        quote!(#some(#value))
    }

    /// The type of an argument that gives a value, and the expression that makes the value of it.
    ///
    /// Text in collections is borrowed, so that `&["a"]` and `&names` do; numbers, times, enums and
    /// structs are taken as they are, so that `parse()`, `into()` and `[]` know what to make.
    pub(super) fn argument(&self, ty: &Type, name: &Ident) -> (TokenStream, TokenStream) {
        let iterator = self.prelude("IntoIterator", &quote!(iter::IntoIterator));
        match ty {
            Type::List(item) if **item == Type::String => {
                let text = self.prelude("AsRef", &quote!(convert::AsRef));
                (
                    quote!(impl #iterator<Item = impl #text<str>>),
                    quote!(discovery_runtime::codegen::texts(#name)),
                )
            }
            Type::List(item) => {
                let (item, convert) = match self.entry(item, &quote!(item)) {
                    (item, Some(value)) => (item, Some(quote!(.map(|item| #value)))),
                    (item, None) => (item, None),
                };
                (
                    quote!(impl #iterator<Item = #item>),
                    quote!(#name.into_iter()#convert.collect()),
                )
            }
            Type::Map(value) => {
                let (key, key_value) = self.entry(&Type::String, &quote!(key));
                let (value, converted) = self.entry(value, &quote!(value));
                let converted = converted.unwrap_or(quote!(value));
                (
                    quote!(impl #iterator<Item = (#key, #value)>),
                    quote!(#name.into_iter().map(|(key, value)| (#key_value, #converted)).collect()),
                )
            }
            ty if ty.converts() => {
                let inner = self.of(ty);
                let into = self.prelude("Into", &quote!(convert::Into));
                (quote!(impl #into<#inner>), quote!(#name.into()))
            }
            ty => (self.of(ty), quote!(#name)),
        }
    }

    /// The type of what a collection is made of, and the expression that makes an entry of it, if
    /// it is not one as it is.
    fn entry(&self, ty: &Type, name: &TokenStream) -> (TokenStream, Option<TokenStream>) {
        if *ty == Type::String {
            let text = self.prelude("AsRef", &quote!(convert::AsRef));
            (
                quote!(impl #text<str>),
                Some(quote!(#name.as_ref().to_owned())),
            )
        } else if ty.converts() {
            let (ty, into) = (self.of(ty), self.prelude("Into", &quote!(convert::Into)));
            (quote!(impl #into<#ty>), Some(quote!(#name.into())))
        } else {
            (self.of(ty), None)
        }
    }

    fn string(&self) -> TokenStream {
        self.prelude("String", &quote!(string::String))
    }

    /// A name of the prelude, in full where the module means something else by it.
    fn prelude(&self, name: &str, path: &TokenStream) -> TokenStream {
        if self.shadowed.contains(name) {
            quote!(::std::#path)
        } else {
            let name = ident(name);
            quote!(#name)
        }
    }
}
