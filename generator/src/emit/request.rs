//! The request of a call: what is fixed about it, and what its arguments add.

use proc_macro2::{Ident, Literal, TokenStream};
use quote::quote;

use super::call::response_type;
use super::ident::ident;
use super::ty::Types;
use crate::model::{
    Api, Body, ExcludedField, HttpMethod, LengthLimit, Method, OperationCall, Param, Patch,
    Response, RetrySafety,
};

/// The method of a call about an operation.
pub(super) fn constant_of_operation(api: &Api, call: &OperationCall) -> TokenStream {
    let (id, path, http) = (&call.id, call.path.to_string(), verb(call.http));
    let scopes = scopes(api, &call.scopes);
    let version = call
        .api_version
        .as_ref()
        .map(|version| quote!(.api_version(#version)));
    // Asking twice, or cancelling twice, is asking or cancelling once.
    quote!(Method::new(#id, HttpMethod::#http, #path) #scopes .retry(discovery_runtime::RetrySafety::Idempotent) #version)
}

fn verb(http: HttpMethod) -> TokenStream {
    match http {
        HttpMethod::Get => quote!(Get),
        HttpMethod::Put => quote!(Put),
        HttpMethod::Post => quote!(Post),
        HttpMethod::Patch => quote!(Patch),
        HttpMethod::Delete => quote!(Delete),
    }
}

fn scopes(api: &Api, scopes: &[usize]) -> Option<TokenStream> {
    let names = scopes
        .iter()
        .filter_map(|index| api.scopes.get(*index))
        .map(|scope| ident(&scope.constant));
    (!scopes.is_empty()).then(|| quote!(.scopes(&[#(scopes::#names),*])))
}

/// The value of `METHOD`.
pub(super) fn constant(api: &Api, method: &Method) -> TokenStream {
    let (id, path, http) = (&method.id, method.path.to_string(), verb(method.http));
    let scopes = scopes(api, &method.scopes);
    let retry = match method.retry {
        RetrySafety::Idempotent => Some(quote!(.retry(RetrySafety::Idempotent))),
        RetrySafety::IfNotProcessed => Some(quote!(.retry(RetrySafety::IfNotProcessed))),
        RetrySafety::IfNotSent => None,
    };
    let version = method
        .api_version
        .as_ref()
        .map(|version| quote!(.api_version(#version)));
    let alt = method.alt.as_ref().map(|alt| quote!(.alt(#alt)));
    let streamed =
        matches!(method.response, Response::Stream(_)).then(|| quote!(.streamed_response()));
    let wraps = api.wraps_data.then(|| quote!(.data_wrapper()));
    quote!(Method::new(#id, HttpMethod::#http, #path) #scopes #retry #version #alt #wraps #streamed)
}

/// `impl Call for …`.
pub(super) fn implementation(api: &Api, method: &Method, types: &Types<'_>) -> TokenStream {
    let constant = constant(api, method);
    let name = ident(&method.call);
    let response = response_type(method, types);
    let params = method
        .params
        .iter()
        .filter(|param| {
            method
                .update_mask()
                .is_none_or(|mask| mask.param != param.wire)
        })
        .map(parameter);
    let limits = limits(method);
    let exclusions = exclusions(method);
    let body = body(method);
    quote! {
        impl Call for #name {
            type Response = #response;

            const METHOD: Method = #constant;

            fn request(&self) -> Request {
                Request::new(&Self::METHOD) #(#params)* #(#limits)* #(#exclusions)* #body
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
    let name = body_name(method);
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

/// The field that keeps the body.
pub(super) fn body_name(method: &Method) -> Ident {
    match &method.body {
        Some(Body::Json { name, .. } | Body::Raw { name }) => ident(name),
        None => ident("body"),
    }
}

/// Checks of how many entries lists may have.
fn limits(method: &Method) -> Vec<TokenStream> {
    let of_params = method.params.iter().filter_map(|param| {
        let name = ident(&param.name);
        limit(&param.wire, param.length, &quote!(self.#name.len()))
    });
    let of_body = method.body_limits.iter().filter_map(|found| {
        let body = body_name(method);
        let length = match found.path.split_last() {
            Some((last, [])) => {
                let last = ident(last);
                quote!(self.#body.#last.len())
            }
            Some((last, holders)) => {
                let holder = optional_path(&quote!(self.#body), holders);
                let last = ident(last);
                quote!(#holder.map(|held| held.#last.len()))
            }
            None => return None,
        };
        limit(&found.wire, Some(found.limit), &length)
    });
    of_params.chain(of_body).collect()
}

/// Checks of which fields exclude each other.
fn exclusions(method: &Method) -> impl Iterator<Item = TokenStream> {
    method.body_exclusions.iter().map(move |exclusion| {
        let fields = exclusion.fields.iter().filter_map(|field| {
            let wire = &field.wire;
            let set = is_set(&body_name(method), field)?;
            Some(quote!((#wire, #set)))
        });
        quote!(.exclusive([#(#fields),*]))
    })
}

/// Whether a field of the body is set.
fn is_set(body: &Ident, field: &ExcludedField) -> Option<TokenStream> {
    let (last, holders) = field.path.split_last()?;
    let last = ident(last);
    let is_set = |holder: TokenStream| {
        if field.is_collection {
            quote!(!#holder.#last.is_empty())
        } else {
            quote!(#holder.#last.is_some())
        }
    };
    if holders.is_empty() {
        return Some(is_set(quote!(self.#body)));
    }
    let way = optional_path(&quote!(self.#body), holders);
    let is_set = is_set(quote!(held));
    Some(quote!(#way.is_some_and(|held| #is_set)))
}

fn limit(wire: &str, limit: Option<LengthLimit>, length: &TokenStream) -> Option<TokenStream> {
    let Some(LengthLimit::Items { min, max }) = limit else {
        return None;
    };
    let (min, max) = (Literal::u64_unsuffixed(min), Literal::u64_unsuffixed(max));
    Some(quote!(.limit(#wire, #length, #min, #max)))
}

/// `base.a.as_ref().and_then(|held| held.b.as_ref())…`: a reference to what optional fields hold.
pub(super) fn optional_path(base: &TokenStream, path: &[String]) -> TokenStream {
    let mut names = path.iter().map(|name| ident(name));
    let Some(first) = names.next() else {
        return base.clone();
    };
    let mut tokens = quote!(#base.#first.as_ref());
    for name in names {
        tokens = quote!(#tokens.and_then(|held| held.#name.as_ref()));
    }
    tokens
}
