//! Schemas that are long-running operations: how to read whether one is done, and why it failed.

use proc_macro2::TokenStream;
use quote::quote;

use super::features;
use super::ident::ident;
use super::ty::Types;
use crate::model::{OperationDone, OperationShape, OperationStatus, Schema};

/// `impl Operation for …`.
pub(super) fn implementation(
    schema: &Schema,
    shape: &OperationShape,
    types: &Types<'_>,
) -> TokenStream {
    let feature = features::of_schema(schema);
    let name = ident(&schema.name);
    let id = ident(&shape.name);
    let error = shape.error.as_ref().map(|field| {
        let field = ident(field);
        quote!(self.#field.as_ref())
    });
    let (done, failure) = match &shape.done {
        OperationDone::Flag(field) => {
            let field = ident(field);
            let yes = types.some("true");
            (
                quote!(self.#field == #yes),
                quote!(discovery_runtime::codegen::failure(#error)),
            )
        }
        OperationDone::Status(status) => ending(status, error.as_ref()),
    };
    let packed = |function: &str, field: &Option<String>| {
        let function = ident(function);
        let field = ident(field.as_ref()?);
        let result = types.optional("&discovery_runtime::Map<discovery_runtime::Value>");
        let packed = types.some(quote!(&self.#field));
        Some(quote! {
            fn #function(&self) -> #result {
                #packed.filter(|packed| !packed.is_empty())
            }
        })
    };
    let (response, metadata) = (
        packed("response", &shape.response),
        packed("metadata", &shape.metadata),
    );
    let name_type = types.optional("&str");
    let failure_type = types.optional("discovery_runtime::rpc::Status");
    quote! {
        #feature
        impl discovery_runtime::operation::Operation for #name {
            fn name(&self) -> #name_type {
                self.#id.as_deref()
            }

            fn is_done(&self) -> bool {
                #done
            }

            fn failure(&self) -> #failure_type {
                #failure
            }

            #response
            #metadata
        }
    }
}

/// Whether an operation with a status is done, and why it failed.
fn ending(status: &OperationStatus, error: Option<&TokenStream>) -> (TokenStream, TokenStream) {
    let state = ident(&status.state);
    let error = error.map(|error| quote!(.error(#error)));
    let http = status.http.as_ref().map(|(code, message)| {
        let (code, message) = (ident(code), ident(message));
        quote!(.http(self.#code, self.#message.as_deref()))
    });
    let message = status.message.as_ref().map(|message| {
        let message = ident(message);
        quote!(.message(self.#message.as_deref()))
    });
    let ending = quote!(discovery_runtime::codegen::Ending::of(self.#state.as_ref()));
    (
        quote!(#ending.is_done()),
        quote!(#ending #error #http #message .failure()),
    )
}
