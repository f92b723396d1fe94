//! `src/lib.rs`: the modules, and the client.

use proc_macro2::TokenStream;
use quote::quote;

use super::ident::ident;
use super::resource::accessor;
use super::{features, front_page};
use crate::model::{Api, Kind};
use crate::print::{self, Module, Piece};

/// The module.
pub(super) fn module(api: &Api) -> Module<'_> {
    Module {
        made_by: "emit/root.rs",
        docs: front_page::docs(api),
        head: head(api),
        pieces: Box::new(
            [constants, client]
                .into_iter()
                .map(|make| Piece::Items(make(api))),
        ),
    }
}

fn head(api: &Api) -> TokenStream {
    let deprecated = uses_deprecated(api).then(|| {
        quote!(#![allow(deprecated, reason = "what is deprecated for users still has to be implemented")])
    });
    let confusable = has_names_of_traits(api).then(|| {
        quote!(#![allow(clippy::should_implement_trait, reason = "the names are those of the service")])
    });
    // Methods that only upload may be all that needs a resource or an import.
    let uploads = has_bare_uploads(api)
        .then(|| quote!(#![cfg_attr(not(feature = "upload"), allow(dead_code, unused_imports))]));
    let skip = quote!(#[rustfmt::skip]);
    let modules = api.root.resources.iter().map(|resource| {
        let feature = features::of_resource(resource);
        let module = ident(&resource.module);
        quote!(#feature #skip pub mod #module;)
    });
    let methods = (!api.root.methods.is_empty()).then(|| quote!(#skip pub mod methods;));
    // Reading what an operation gave takes the trait, and users need no dependency on the runtime.
    let operation = api
        .schemas
        .iter()
        .any(|schema| schema.operation.is_some())
        .then(|| {
            quote! {
                #[doc(no_inline)]
                pub use discovery_runtime::operation::Operation;
            }
        });
    let recursion_limit = api.recursion_limit.map(|limit| {
        let limit = limit.to_string();
        // Each example is a crate of its own.
        quote!(#![recursion_limit = #limit] #![doc(test(attr(recursion_limit = #limit)))])
    });
    quote! {
        #![cfg_attr(rustfmt, rustfmt_skip)]
        #![cfg_attr(docsrs, feature(doc_cfg))]
        #recursion_limit
        #![forbid(unsafe_code)]
        #![warn(missing_docs)]
        #deprecated
        #confusable
        #uploads

        #(#modules)*
        #methods
        #skip
        pub mod schemas;
        #skip
        pub mod scopes;

        pub use discovery_runtime::{
            self as runtime, CallOptions, ClientBuilder, Credentials, Error, Result,
        };
        #operation
        use discovery_runtime::codegen::{ApiClient, Service};
    }
}

/// Whether methods are left out without the feature for uploads.
fn has_bare_uploads(api: &Api) -> bool {
    let methods = api.root.all_methods();
    methods.iter().any(|method| method.is_bare_upload())
}

/// Whether a function is called like one of a trait of operators, which clippy takes for an attempt
/// at the trait.
fn has_names_of_traits(api: &Api) -> bool {
    const NAMES: &[&str] = &[
        "add",
        "as_mut",
        "as_ref",
        "bitand",
        "bitor",
        "bitxor",
        "borrow",
        "cmp",
        "deref",
        "div",
        "eq",
        "hash",
        "index",
        "into_iter",
        "mul",
        "neg",
        "next",
        "not",
        "rem",
        "shl",
        "shr",
        "sub",
    ];
    let is_one = |name: &str| NAMES.contains(&name);
    let methods = api.root.all_methods();
    methods.iter().any(|method| {
        is_one(&method.function) || method.params.iter().any(|param| is_one(&param.name))
    })
}

fn uses_deprecated(api: &Api) -> bool {
    let in_schema = |schema: &crate::model::Schema| {
        schema.deprecated.is_some()
            || match &schema.kind {
                Kind::Struct(fields) => fields.iter().any(|field| field.deprecated.is_some()),
                Kind::Enum { variants, .. } => variants.iter().any(|variant| variant.deprecated),
                Kind::Transparent(_) => false,
            }
    };
    api.schemas.iter().any(in_schema)
        || api.scopes.iter().any(|scope| scope.ended.is_some())
        || has_deprecated_resource(&api.root)
        || api.root.all_methods().iter().any(|method| {
            method.deprecated.is_some() || method.params.iter().any(|param| param.deprecated)
        })
}

fn has_deprecated_resource(resource: &crate::model::Resource) -> bool {
    resource.deprecated || resource.resources.iter().any(has_deprecated_resource)
}

fn constants(api: &Api) -> TokenStream {
    let (revision, sha256) = (&api.revision, &api.sha256);
    let of = if revision.is_empty() {
        format!(
            "Empty: the Discovery document `{}` does not say its revision.",
            api.id
        )
    } else {
        format!(
            "The revision of the Discovery document `{}` that this crate was made from.",
            api.id
        )
    };
    let of = print::doc(&[of]);
    let endpoints = (!api.endpoints.is_empty()).then(|| {
        let entries = api
            .endpoints
            .iter()
            .map(|(location, url)| quote!((#location, #url)));
        quote! {
            /// Regional endpoints: location and address, for `ClientBuilder::endpoint`.
            pub const ENDPOINTS: &[(&str, &str)] = &[#(#entries),*];
        }
    });
    quote! {
        #endpoints

        #of
        pub const DISCOVERY_REVISION: &str = #revision;

        /// The SHA-256 of that document in its canonical form (sorted keys, two spaces), in hex.
        pub const DOCUMENT_SHA256: &str = #sha256;
    }
}

fn client(api: &Api) -> TokenStream {
    let summary = print::doc(&[
        format!("A client for the {}.", api.title),
        String::new(),
        "It is cheap to clone, and clones share connections, credentials and the retry budget."
            .to_owned(),
    ]);
    let accessors = api
        .root
        .resources
        .iter()
        .map(|resource| accessor(resource, &TokenStream::new(), &quote!(self.core)));
    let service = service(api);
    quote! {
        #summary
        #[derive(Clone, Debug)]
        pub struct Client {
            core: discovery_runtime::Client,
        }

        impl Client {
            /// Starts to build a client.
            pub fn builder() -> ClientBuilder<Self> {
                ClientBuilder::new()
            }

            /// The client of the runtime below, for requests that this crate has no method for.
            pub fn core(&self) -> &discovery_runtime::Client {
                &self.core
            }

            #(#accessors)*
        }

        impl ApiClient for Client {
            const SERVICE: Service = #service;

            fn from_core(core: discovery_runtime::Client) -> Self {
                Self { core }
            }
        }
    }
}

fn service(api: &Api) -> TokenStream {
    let (name, version, root) = (&api.name, &api.version, &api.root_url);
    let mtls = api
        .mtls_root_url
        .as_ref()
        .map(|url| quote!(.mtls_root_url(#url)));
    let delay = api.rate_limit_delay.map(|seconds| {
        let seconds = proc_macro2::Literal::u64_unsuffixed(seconds);
        quote!(.rate_limit_delay(#seconds))
    });
    let compact = api.pretty_print.then(|| quote!(.compact_json()));
    quote! {
        Service::new(#name, #version, #root)
            #mtls
            .revision(DISCOVERY_REVISION)
            .crate_version(env!("CARGO_PKG_NAME"), env!("CARGO_PKG_VERSION"))
            #compact
            #delay
    }
}
