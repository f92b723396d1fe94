//! Types of the model become Rust types.

use std::collections::BTreeSet;

use proc_macro2::TokenStream;
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
    pub(super) fn argument(
        &self,
        ty: &Type,
        name: &proc_macro2::Ident,
    ) -> (TokenStream, TokenStream) {
        let into = self.prelude("Into", &quote!(convert::Into));
        let iterator = self.prelude("IntoIterator", &quote!(iter::IntoIterator));
        match ty {
            Type::List(item) if item.converts() => {
                let item = self.of(item);
                (
                    quote!(impl #iterator<Item = impl #into<#item>>),
                    quote!(#name.into_iter().map(#into::into).collect()),
                )
            }
            Type::List(item) => {
                let item = self.of(item);
                (
                    quote!(impl #iterator<Item = #item>),
                    quote!(#name.into_iter().collect()),
                )
            }
            Type::Map(value) => {
                let value = self.of(value);
                let string = self.string();
                (
                    quote!(impl #iterator<Item = (impl #into<#string>, #value)>),
                    quote!(#name.into_iter().map(|(key, value)| (key.into(), value)).collect()),
                )
            }
            ty if ty.converts() => {
                let inner = self.of(ty);
                (quote!(impl #into<#inner>), quote!(#name.into()))
            }
            ty => (self.of(ty), quote!(#name)),
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
