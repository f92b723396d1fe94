//! A resource becomes a module: its handle, and the calls that the handle makes.

use proc_macro2::TokenStream;
use quote::quote;

use super::arguments::{arguments, initial_values};
use super::ident::ident;
use super::ty::Types;
use super::{docs, features, media, method_docs};
use crate::lower::names;
use crate::model::{Api, Method, Resource};
use crate::print::{self, Code, Module, Piece};

/// The module of a resource.
pub(super) fn module<'a>(api: &'a Api, resource: &'a Resource) -> Module<'a> {
    let types = Types::new(api, []);
    let children = resource.resources.iter().map(|child| {
        let feature = features::of_resource(child);
        let module = ident(&child.module);
        quote!(#feature pub mod #module;)
    });
    let imports = imports(&resource.methods, features::of_methods(resource).as_ref());
    Module {
        made_by: "emit/resource.rs",
        docs: vec![about(resource)],
        head: quote! {
            #imports
            #(#children)*
        },
        pieces: Box::new(std::iter::once_with(move || {
            Piece::Items(handle(api, resource, &types))
        })),
    }
}

/// The module for methods that belong to no resource.
pub(super) fn top_level(api: &Api) -> Module<'_> {
    let types = Types::new(api, []);
    let client = quote!(self.core);
    let functions = api
        .root
        .methods
        .iter()
        .map(|method| function(api, method, &types, None, &client));
    let functions = quote! {
        impl crate::Client {
            #(#functions)*
        }
    };
    Module {
        made_by: "emit/resource.rs",
        docs: vec![
            "Methods that belong to no resource; [`Client`](crate::Client) makes these calls."
                .to_owned(),
        ],
        head: imports(&api.root.methods, None),
        pieces: Box::new(std::iter::once(Piece::Items(functions))),
    }
}

/// The calls, and only what their functions need: an unused import is a warning.
fn imports(methods: &[Method], feature: Option<&Code>) -> TokenStream {
    if methods.is_empty() {
        return TokenStream::new();
    }
    let any = |is: &dyn Fn(&Method) -> bool| methods.iter().any(is);
    let merge = any(&Method::merges).then(|| quote!(, MergePatch));
    let mask = any(&|method| method.update_mask().is_some()).then(|| quote!(, UpdateMask));
    let schemas = any(&Method::takes_schemas).then(|| {
        quote!(
            #feature
            use crate::schemas;
        )
    });
    // Documentation links to scopes, and code has no use for them here.
    let scopes = any(&|method| !method.scopes.is_empty()).then(|| {
        quote!(
            #[cfg(doc)]
            #feature
            use crate::scopes;
        )
    });
    quote! {
        #feature
        mod calls;
        #feature
        pub use calls::*;
        #schemas
        #scopes
        #feature
        use discovery_runtime::codegen::{Context #merge #mask};
    }
}

fn handle(api: &Api, resource: &Resource, types: &Types<'_>) -> TokenStream {
    let name = ident(&resource.handle);
    let summary = print::doc(&overview(resource));
    let deprecated = resource
        .deprecated
        .then(|| quote!(#[deprecated(note = "the service marks this resource as deprecated")]));
    let client = quote!(self.client);
    let methods = resource
        .methods
        .iter()
        .map(|method| function(api, method, types, Some(resource), &client));
    let children = resource
        .resources
        .iter()
        .map(|child| accessor(child, &quote!(self::), &quote!(self.client)));
    let feature = features::of_methods(resource);
    let unused = if resource.is_split() {
        Some("all that needs it can be left out")
    } else if resource.methods.is_empty() && resource.resources.is_empty() {
        Some("the document gives it no method")
    } else {
        None
    };
    let unused = unused.map(|reason| quote!(#[allow(dead_code, reason = #reason)]));
    // What can be left out together stands together.
    let (first, second) = match &feature {
        None => (quote!(#(#methods)*), None),
        Some(feature) => (
            TokenStream::new(),
            Some(quote!(#feature impl #name { #(#methods)* })),
        ),
    };
    quote! {
        #summary
        #deprecated
        #[derive(Clone, Debug)]
        pub struct #name {
            #unused
            client: discovery_runtime::Client,
        }

        impl #name {
            pub(crate) fn new(client: &discovery_runtime::Client) -> Self {
                Self { client: client.clone() }
            }

            #first
            #(#children)*
        }

        #second
    }
}

/// What a resource is: `Methods for media items.`
fn about(resource: &Resource) -> String {
    let plural = names::snake(&resource.wire).replace('_', " ");
    if resource.path == resource.wire {
        format!("Methods for {plural}.")
    } else {
        format!("Methods for {plural} (`{}`).", docs::code(&resource.path))
    }
}

/// The documentation of a handle: what can be done with it, at a glance.
fn overview(resource: &Resource) -> Vec<String> {
    let mut lines = vec![about(resource)];
    if !resource.methods.is_empty() {
        lines.push(String::new());
    }
    lines.extend(resource.methods.iter().flat_map(|method| {
        // A link to what was left out would be broken.
        let link = match features::of_methods(resource) {
            None => format!("* [`{0}`](Self::{0})", method.function),
            Some(_) => format!("* `{}`", method.function),
        };
        match method.summary.as_str() {
            "" => docs::entry(&link),
            summary => docs::entry(&format!("{link}: {summary}")),
        }
    }));
    lines
}

/// The function of a handle that gives the handle of a resource below it.
pub(super) fn accessor(
    child: &Resource,
    module: &TokenStream,
    client: &TokenStream,
) -> TokenStream {
    let docs = print::doc(&[about(child)]);
    let name = ident(&child.accessor);
    let path = ident(&child.module);
    let handle = ident(&child.handle);
    let deprecated = child
        .deprecated
        .then(|| quote!(#[deprecated(note = "the service marks this resource as deprecated")]));
    let feature = features::of_resource(child);
    quote! {
        #docs
        #feature
        #deprecated
        pub fn #name(&self) -> #module #path::#handle {
            #module #path::#handle::new(&#client)
        }
    }
}

/// The function of a handle that makes a call.
fn function(
    api: &Api,
    method: &Method,
    types: &Types<'_>,
    resource: Option<&Resource>,
    client: &TokenStream,
) -> TokenStream {
    let docs = print::doc(&method_docs::lines(api, method, resource));
    let deprecated = docs::deprecated(method.deprecated.as_ref());
    if method.is_bare_upload() {
        return media::bare_function(method, &quote!(#docs #deprecated), client);
    }
    let name = ident(&method.function);
    let call = ident(&method.call);
    let arguments = arguments(method, types);
    let parameters = arguments.iter().map(|argument| &argument.parameter);
    let many = (arguments.len() > 6)
        .then(|| quote!(#[allow(clippy::too_many_arguments, reason = "the service requires all of them")]));
    let values = initial_values(method, &arguments);
    quote! {
        #docs
        #deprecated
        #many
        pub fn #name(&self, #(#parameters),*) -> #call {
            #call {
                context: Context::new(&#client),
                #(#values)*
            }
        }
    }
}
