//! Calls whose response is a long-running operation: how to get it again.

use std::collections::BTreeMap;

use proc_macro2::TokenStream;
use quote::quote;

use super::constant;
use super::ident::ident;
use super::ty::Types;
use crate::model::{Api, Method, OperationCall, Poll};

/// The methods about operations that the calls of a module need, each once.
pub(super) struct Shared<'a> {
    calls: BTreeMap<&'a str, &'a OperationCall>,
}

impl<'a> Shared<'a> {
    /// Collects them from the calls of a module.
    pub(super) fn of(methods: &'a [Method]) -> Self {
        let calls = methods
            .iter()
            .filter_map(|method| method.operation.as_ref())
            .flat_map(|poll| std::iter::once(&poll.get).chain(&poll.cancel))
            .map(|call| (call.id.as_str(), call))
            .collect();
        Self { calls }
    }

    /// The constants.
    pub(super) fn items(&self, api: &Api) -> Option<TokenStream> {
        let constants = self.calls.values().map(|call| {
            let name = ident(&call.constant);
            let value = constant::of_operation(api, call);
            quote!(const #name: Method = #value;)
        });
        (!self.calls.is_empty()).then(|| quote!(#(#constants)*))
    }
}

fn request(call: &OperationCall) -> TokenStream {
    let name = ident(&call.constant);
    let params = call.params.iter().map(|(wire, name)| {
        let name = ident(name);
        quote!(.path(#wire, &self.#name))
    });
    let wire = &call.name_param;
    quote!(Request::new(&#name) #(#params)* .path(#wire, &operation.name))
}

/// `impl LongRunning for …`.
pub(super) fn implementation(method: &Method, poll: &Poll, types: &Types<'_>) -> TokenStream {
    let call = ident(&method.call);
    let operation = types.response(method);
    let get = request(&poll.get);
    let cancel = poll.cancel.as_ref().map(|cancel| {
        let request = request(cancel);
        quote! {
            fn cancel(&self, operation: &#operation) -> Option<Request> {
                Some(#request)
            }
        }
    });
    quote! {
        impl codegen::LongRunning for #call {
            fn poll(&self, operation: &#operation) -> Request {
                #get
            }

            #cancel
        }
    }
}
