//! The request of a call: what is fixed about it, and what its arguments add.

use proc_macro2::{Literal, TokenStream};
use quote::quote;

use super::constant;
use super::ident::ident;
use super::ty::Types;
use crate::model::{Api, Body, LengthLimit, Method, Param, Patch};

/// `impl Call for …`.
pub(super) fn implementation(api: &Api, method: &Method, types: &Types<'_>) -> TokenStream {
    let constant = constant::of_method(api, method);
    let name = ident(&method.call);
    let response = types.response(method);
    let params = method
        .params
        .iter()
        .filter(|param| {
            method
                .update_mask()
                .is_none_or(|mask| mask.param != param.wire)
        })
        .map(parameter);
    let limits = method.params.iter().filter_map(limit);
    let body = body(method);
    quote! {
        impl Call for #name {
            type Response = #response;

            const METHOD: Method = #constant;

            fn request(&self) -> Request {
                Request::new(&Self::METHOD) #(#params)* #(#limits)* #body
            }
        }
    }
}

fn parameter(param: &Param) -> TokenStream {
    let wire = &param.wire;
    let name = ident(&param.name);
    if param.in_path {
        quote!(.path(#wire, &self.#name))
    } else {
        quote!(.query(#wire, &self.#name))
    }
}

fn body(method: &Method) -> Option<TokenStream> {
    let name = ident(method.body_name());
    Some(match (method.body.as_ref()?, &method.patch) {
        (Body::Json { .. }, Some(Patch::Mask(mask))) => {
            let (param, paths) = (&mask.param, &mask.paths);
            quote!(.masked_body(&self.#name, #param, &self.update_mask, &[#(#paths),*]))
        }
        (Body::Json { .. }, Some(Patch::Merge)) => {
            quote!(.merge_patch(&self.#name, &self.merge_patch))
        }
        (Body::Json { .. }, None) => quote!(.body(&self.#name)),
        (Body::Raw { .. }, _) => quote!(.raw_body(&self.#name)),
    })
}

/// The check of how many entries a list has.
fn limit(param: &Param) -> Option<TokenStream> {
    let Some(LengthLimit::Items { min, max }) = param.length else {
        return None;
    };
    let (wire, name) = (&param.wire, ident(&param.name));
    let (min, max) = (Literal::u64_unsuffixed(min), Literal::u64_unsuffixed(max));
    Some(quote!(.limit(#wire, self.#name.len(), #min, #max)))
}
