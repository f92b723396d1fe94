//! What is fixed about a method: a literal of the runtime's `Method`.

use proc_macro2::{Literal, TokenStream};
use quote::quote;

use super::ident::ident;
use crate::model::{Api, HttpMethod, LengthLimit, Method, OperationCall, Response, RetrySafety};

/// The value of `METHOD`.
pub(super) fn of_method(api: &Api, method: &Method) -> TokenStream {
    let (id, path, http) = (&method.id, method.path.to_string(), verb(method.http));
    let scopes = scopes(api, &method.scopes);
    let retry = match method.retry {
        RetrySafety::Idempotent => Some(quote!(retry: RetrySafety::Idempotent,)),
        RetrySafety::IfNotProcessed => Some(quote!(retry: RetrySafety::IfNotProcessed,)),
        RetrySafety::IfNotSent => None,
    };
    let version = text(&quote!(api_version), method.api_version.as_ref());
    let alt = text(&quote!(alt), method.alt.as_ref());
    let wraps = api.wraps_data.then(|| quote!(wraps_data: true,));
    let streams = matches!(method.response, Response::Stream(_)).then(|| quote!(streams: true,));
    let limits = limits(method);
    let exclusive = exclusive(method);
    quote! {
        Method {
            id: #id,
            http: #http,
            path: #path,
            #scopes
            #retry
            #version
            #alt
            #wraps
            #streams
            #limits
            #exclusive
            ..Method::DEFAULT
        }
    }
}

/// The method of a call about an operation: getting or cancelling it twice is doing so once.
pub(super) fn of_operation(api: &Api, call: &OperationCall) -> TokenStream {
    let (id, path, http) = (&call.id, call.path.to_string(), verb(call.http));
    let scopes = scopes(api, &call.scopes);
    let version = text(&quote!(api_version), call.api_version.as_ref());
    quote! {
        Method {
            id: #id,
            http: #http,
            path: #path,
            #scopes
            retry: discovery_runtime::RetrySafety::Idempotent,
            #version
            ..Method::DEFAULT
        }
    }
}

fn verb(http: HttpMethod) -> TokenStream {
    match http {
        HttpMethod::Get => quote!(HttpMethod::Get),
        HttpMethod::Put => quote!(HttpMethod::Put),
        HttpMethod::Post => quote!(HttpMethod::Post),
        HttpMethod::Patch => quote!(HttpMethod::Patch),
        HttpMethod::Delete => quote!(HttpMethod::Delete),
    }
}

fn scopes(api: &Api, scopes: &[usize]) -> Option<TokenStream> {
    let names = scopes
        .iter()
        .filter_map(|index| api.scopes.get(*index))
        .map(|scope| ident(&scope.constant));
    (!scopes.is_empty()).then(|| quote!(scopes: &[#(scopes::#names),*],))
}

/// How many entries lists in the body may have.
fn limits(method: &Method) -> Option<TokenStream> {
    let limits = method.body_limits.iter().filter_map(|found| {
        let LengthLimit::Items { min, max } = found.limit else {
            return None;
        };
        let (min, max) = (Literal::u64_unsuffixed(min), Literal::u64_unsuffixed(max));
        let path = &found.path;
        Some(quote!((#path, #min..=#max)))
    });
    (!method.body_limits.is_empty()).then(|| quote!(limits: &[#(#limits),*],))
}

/// Which fields of the body exclude each other.
fn exclusive(method: &Method) -> Option<TokenStream> {
    let groups = method.exclusive.iter().map(|group| quote!(&[#(#group),*]));
    (!method.exclusive.is_empty()).then(|| quote!(exclusive: &[#(#groups),*],))
}

fn text(field: &TokenStream, value: Option<&String>) -> Option<TokenStream> {
    value.map(|value| quote!(#field: Some(#value),))
}
