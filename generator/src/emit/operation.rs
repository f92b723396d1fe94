//! Calls whose response is a long-running operation: how to get it again.

use std::collections::BTreeMap;

use proc_macro2::TokenStream;
use quote::quote;

use super::constant;
use super::ident::ident;
use super::ty::Types;
use crate::lower::names;
use crate::model::{Api, Method, OperationCall, Poll};

/// The methods about operations that the calls of a module need, each under one name.
pub(super) struct Shared<'a> {
    constants: BTreeMap<&'a str, (String, &'a OperationCall)>,
}

impl<'a> Shared<'a> {
    /// Collects them from the calls of a module.
    pub(super) fn of(methods: &'a [Method]) -> Self {
        let mut scope = names::Scope::default();
        let mut constants: BTreeMap<&str, (String, &OperationCall)> = BTreeMap::new();
        for poll in methods
            .iter()
            .filter_map(|method| method.operation.as_ref())
        {
            for call in [Some(&poll.get), poll.cancel.as_ref()]
                .into_iter()
                .flatten()
            {
                constants.entry(&call.id).or_insert_with(|| {
                    let words: Vec<&str> = call.id.rsplit('.').take(2).collect();
                    let words: Vec<&str> = words.into_iter().rev().collect();
                    (
                        scope.claim(&names::shouty(&words.join(" ")), "_METHOD"),
                        call,
                    )
                });
            }
        }
        Self { constants }
    }

    /// The constants.
    pub(super) fn items(&self, api: &Api) -> Option<TokenStream> {
        let constants = self.constants.values().map(|(name, call)| {
            let name = ident(name);
            let value = constant::of_operation(api, call);
            quote!(const #name: Method = #value;)
        });
        (!self.constants.is_empty()).then(|| quote!(#(#constants)*))
    }

    fn request(&self, call: &OperationCall) -> TokenStream {
        let name = self
            .constants
            .get(call.id.as_str())
            .map(|(name, _)| ident(name));
        let params = call.params.iter().map(|(wire, name)| {
            let name = ident(name);
            quote!(.path(#wire, &self.#name))
        });
        let wire = &call.name_param;
        quote!(Request::new(&#name) #(#params)* .path(#wire, &operation.name))
    }
}

/// `impl LongRunning for …`.
pub(super) fn implementation(
    method: &Method,
    poll: &Poll,
    shared: &Shared<'_>,
    types: &Types<'_>,
) -> TokenStream {
    let call = ident(&method.call);
    let operation = types.response(method);
    let get = shared.request(&poll.get);
    let cancel = poll.cancel.as_ref().map(|cancel| {
        let request = shared.request(cancel);
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
