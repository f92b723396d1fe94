//! What a call is made of: the arguments of its function, and the fields that its setters fill.

use proc_macro2::{Ident, TokenStream};
use quote::quote;

use super::ident::{ident, text};
use super::ty::Types;
use crate::model::{Body, Method, Param, Patch};
use crate::print::Code;

/// An argument of the function that makes a call.
pub(super) struct Argument {
    pub(super) name: Ident,
    /// `name: impl Into<String>`.
    pub(super) parameter: Code,
    /// `name.into()`.
    value: Code,
    /// The type of the field that keeps it.
    pub(super) ty: Code,
}

/// The arguments of a method: required parameters in the order of the document, the body last.
pub(super) fn arguments(method: &Method, types: &Types<'_>) -> Vec<Argument> {
    let mut arguments: Vec<Argument> = method
        .required()
        .map(|param| {
            let name = text(&param.name);
            let (parameter, value) = types.argument(&param.ty, &name);
            Argument {
                name: ident(&param.name),
                parameter: format!("{name}: {parameter}").into(),
                value,
                ty: types.of(&param.ty),
            }
        })
        .collect();
    match &method.body {
        Some(Body::Json { name, ty }) => arguments.push(body(name, types.of(ty))),
        Some(Body::Raw { name }) => {
            arguments.push(body(name, "discovery_runtime::RawBody".into()));
        }
        None => {}
    }
    arguments
}

/// The body, which is kept as it is.
fn body(name: &str, ty: Code) -> Argument {
    let value = text(name);
    Argument {
        name: ident(name),
        parameter: format!("{value}: {ty}").into(),
        value: value.into(),
        ty,
    }
}

/// What a new call has in its fields.
pub(super) fn initial_values(method: &Method, arguments: &[Argument]) -> Vec<TokenStream> {
    let mut values: Vec<TokenStream> = arguments
        .iter()
        .map(|argument| {
            let (name, value) = (&argument.name, &argument.value);
            if *name == value.to_string() {
                quote!(#name,)
            } else {
                quote!(#name: #value,)
            }
        })
        .collect();
    values.extend(setters(method).map(|param| {
        let name = ident(&param.name);
        if param.ty.is_collection() {
            quote!(#name: Vec::new(),)
        } else {
            quote!(#name: None,)
        }
    }));
    values.extend(method.patch.as_ref().map(|patch| match patch {
        Patch::Mask(mask) if mask.top_level => quote!(update_mask: UpdateMask::top_level(),),
        Patch::Mask(_) => quote!(update_mask: UpdateMask::default(),),
        Patch::Merge => quote!(merge_patch: MergePatch::default(),),
    }));
    values
}

/// The parameters that have a plain setter: all optional ones but the update mask.
pub(super) fn setters(method: &Method) -> impl Iterator<Item = &Param> {
    method.optional().filter(|param| {
        method
            .update_mask()
            .is_none_or(|mask| mask.param != param.wire)
    })
}
