//! A program that uses everything that an emitted crate makes public. It is made from the source text
//! of the crate, so that it owes nothing to the listing which it checks.

use discovery_generator::File;
use proc_macro2::{TokenStream, TokenTree};
use quote::{ToTokens, format_ident, quote};
use syn::{Fields, FnArg, GenericArgument, ImplItem, Item, PathArguments, ReturnType, Type};
use syn::{ReceiverKind, TypeParamBound, UseTree, Visibility};

/// The text of the program; `krate` is the name under which it finds the crate.
pub(crate) fn consumer(files: &[File], krate: &str) -> String {
    let krate = format_ident!("{krate}");
    let modules = files.iter().enumerate().filter_map(|(index, file)| {
        let (_, path) = file.path.split_once('/')?;
        let path = path.strip_prefix("src/")?.strip_suffix(".rs")?;
        let module = module_of(path);
        // A type of the service may be called `Option`; a glob would bring it in.
        let glob = (module != ["schemas"]).then(|| quote!(use api::#(#module::)* *;));
        let parsed = syn::parse_file(&file.text).expect("emitted code parses");
        let uses = parsed.items.iter().flat_map(|item| of_item(item, &module));
        let name = format_ident!("file_{index}");
        Some(quote! {
            mod #name {
                use super::{any, api};
                use api::{schemas, runtime as discovery_runtime};
                use discovery_runtime::codegen;
                #glob
                #(#uses)*
            }
        })
    });
    quote! {
        #![allow(unused, deprecated, nonstandard_style)]
        use #krate as api;
        fn any<T>() -> T { unimplemented!() }
        fn main() {}
        #(#modules)*
    }
    .to_string()
}

/// The public module that a file's items are found in.
pub(crate) fn module_of(path: &str) -> Vec<syn::Ident> {
    let path = match path.split_once('/') {
        None if path == "lib" => "",
        Some(("schemas", _)) => "schemas",
        _ => path.strip_suffix("/calls").unwrap_or(path),
    };
    let parts = path.split('/').filter(|part| !part.is_empty());
    parts
        .map(|part| syn::parse_str(part).unwrap_or_else(|_| format_ident!("r#{part}")))
        .collect()
}

/// The path of an item of a module.
fn own(name: &syn::Ident, module: &[syn::Ident]) -> TokenStream {
    quote!(api::#(#module::)* #name)
}

pub(crate) fn is_pub(visibility: &Visibility) -> bool {
    matches!(visibility, Visibility::Public(_))
}

fn of_item(item: &Item, module: &[syn::Ident]) -> Vec<TokenStream> {
    match item {
        Item::Struct(item) if is_pub(&item.vis) => {
            let name = own(&item.ident, module);
            vec![derives(&item.attrs, &name), fields(&item.fields, &name)]
        }
        Item::Enum(item) if is_pub(&item.vis) => {
            let name = own(&item.ident, module);
            let variants = item.variants.iter().map(|variant| {
                let of = &variant.ident;
                match &variant.fields {
                    Fields::Unit => quote!(const _: #name = #name::#of;),
                    fields => {
                        let types = fields.iter().map(|field| &field.ty);
                        quote!(const _: fn(#(#types),*) -> #name = #name::#of;)
                    }
                }
            });
            vec![derives(&item.attrs, &name), quote!(#(#variants)*)]
        }
        Item::Const(item) if is_pub(&item.vis) => {
            let (name, ty) = (&item.ident, &item.ty);
            vec![quote!(const _: #ty = api::#(#module::)* #name;)]
        }
        Item::Mod(item) if is_pub(&item.vis) => {
            let name = &item.ident;
            vec![quote!(use api::#(#module::)* #name as _;)]
        }
        Item::Use(item) if is_pub(&item.vis) => {
            let mut names = Vec::new();
            used(&item.tree, &mut names);
            let uses = names
                .iter()
                .map(|name| quote!(use api::#(#module::)* #name as _;));
            vec![quote!(#(#uses)*)]
        }
        Item::Impl(item) => of_impl(item, module),
        Item::Macro(item) => of_macro(&item.mac),
        _ => Vec::new(),
    }
}

/// The names that a `pub use` gives; a glob's are those of other files.
pub(crate) fn used(tree: &UseTree, names: &mut Vec<syn::Ident>) {
    match tree {
        UseTree::Path(path) => used(&path.tree, names),
        UseTree::Group(group) => group.items.iter().for_each(|tree| used(tree, names)),
        UseTree::Name(name) => names.push(name.ident.clone()),
        UseTree::Rename(rename) => names.push(rename.rename.clone()),
        UseTree::Glob(_) => {}
    }
}

fn derives(attributes: &[syn::Attribute], name: &TokenStream) -> TokenStream {
    let mut traits: Vec<TokenStream> = Vec::new();
    for attribute in attributes {
        if attribute.path().is_ident("derive") {
            let list = attribute.meta.require_list().expect("it has a list");
            for token in list.tokens.clone() {
                match token.to_string().as_str() {
                    "," => {}
                    "Debug" => traits.push(quote!(::std::fmt::Debug)),
                    "Hash" => traits.push(quote!(::std::hash::Hash)),
                    _ => traits.push(token.into()),
                }
            }
        }
    }
    quote!(const _: () = { fn has<T: #(#traits +)* Sized>() {} fn uses() { has::<#name>(); } };)
}

fn fields(fields: &Fields, name: &TokenStream) -> TokenStream {
    match fields {
        Fields::Named(_) => {
            let read = fields
                .iter()
                .filter(|field| is_pub(&field.vis))
                .map(|field| {
                    let (field, ty) = (field.ident.as_ref(), &field.ty);
                    quote!(const _: fn(#name) -> #ty = |value| value.#field;)
                });
            quote!(#(#read)*)
        }
        Fields::Unnamed(_) => {
            let types: Vec<&Type> = fields.iter().map(|field| &field.ty).collect();
            quote!(const _: fn(#(#types),*) -> #name = #name;)
        }
        Fields::Unit => TokenStream::new(),
    }
}

fn of_impl(item: &syn::ItemImpl, module: &[syn::Ident]) -> Vec<TokenStream> {
    let Type::Path(ty) = &*item.self_ty else {
        panic!("no path: {}", item.self_ty.to_token_stream());
    };
    let name = &ty.path.segments.last().expect("it has a name").ident;
    // Methods of the API itself are those of `crate::Client`.
    let is_local = ty.path.segments.len() == 1;
    let ty = own(name, if is_local { module } else { &[] });
    if let Some((path, _)) = &item.trait_ {
        return vec![of_trait(item, path, &ty)];
    }
    let functions = item.items.iter().filter_map(|item| match item {
        ImplItem::Fn(function) if is_pub(&function.vis) => Some(&function.sig),
        _ => None,
    });
    functions
        .map(|signature| {
            let name = &signature.ident;
            let mut generics = Vec::new();
            let arguments: Vec<TokenStream> = signature
                .inputs
                .iter()
                .map(|input| match input {
                    FnArg::Receiver(receiver)
                        if matches!(receiver.kind, ReceiverKind::Reference(..)) =>
                    {
                        quote!(&any::<#ty>())
                    }
                    FnArg::Receiver(_) => quote!(any::<#ty>()),
                    FnArg::Typed(input) => {
                        let ty = concrete(&input.ty, &mut generics);
                        quote!(any::<#ty>())
                    }
                })
                .collect();
            // In the place of `Self` stands the type itself, lest it be another one by now.
            let gives = match &signature.output {
                ReturnType::Default => quote!(()),
                ReturnType::Type(_, gives) => replace_self(gives.to_token_stream(), &ty),
            };
            let names = (0..generics.len()).map(|index| format_ident!("T{index}"));
            quote!(const _: () = {
                fn uses<#(#names: #generics),*>() {
                    let value: #gives = <#ty>::#name(#(#arguments),*);
                }
            };)
        })
        .collect()
}

/// A trait of the runtime, with the types that the implementation names.
fn of_trait(item: &syn::ItemImpl, path: &syn::Path, ty: &TokenStream) -> TokenStream {
    let name = &path.segments.last().expect("it has a name").ident;
    let path = if path.segments.len() > 2 {
        quote!(#path)
    } else {
        quote!(codegen::#name)
    };
    let types = item.items.iter().filter_map(|item| match item {
        ImplItem::Type(item) => {
            let (name, ty) = (&item.ident, &item.ty);
            Some(quote!(#name = #ty))
        }
        _ => None,
    });
    let types = quote!(#(#types),*);
    quote!(const _: () = { fn has<T: #path<#types>>() {} fn uses() { has::<#ty>(); } };)
}

/// The type of a value that can be given for an argument. For `impl Into<String>` that is a type of
/// which nothing else is known; its bound goes to `generics`.
fn concrete(ty: &Type, generics: &mut Vec<TokenStream>) -> TokenStream {
    match ty {
        Type::ImplTrait(bounds) => {
            let Some(TypeParamBound::Trait(bound)) = bounds.bounds.first() else {
                panic!("no trait: {}", ty.to_token_stream());
            };
            let segment = bound.path.segments.last().expect("it has a name");
            let PathArguments::AngleBracketed(arguments) = &segment.arguments else {
                panic!("no arguments: {}", ty.to_token_stream());
            };
            match (segment.ident.to_string().as_str(), arguments.args.first()) {
                ("Into" | "AsRef", Some(GenericArgument::Type(_))) => {
                    generics.push(bound.to_token_stream());
                    format_ident!("T{}", generics.len() - 1).into_token_stream()
                }
                ("IntoIterator", Some(GenericArgument::AssocType(item))) => {
                    let item = concrete(&item.ty, generics);
                    quote!(Vec<#item>)
                }
                _ => panic!("unknown: {}", ty.to_token_stream()),
            }
        }
        Type::Tuple(tuple) => {
            let types = tuple.elems.iter().map(|ty| concrete(ty, generics));
            quote!((#(#types),*))
        }
        ty => ty.to_token_stream(),
    }
}

fn replace_self(tokens: TokenStream, ty: &TokenStream) -> TokenStream {
    let replaced = tokens.into_iter().map(|token| match token {
        TokenTree::Ident(ident) if ident == "Self" => ty.clone(),
        TokenTree::Group(group) => {
            let inner = replace_self(group.stream(), ty);
            TokenTree::Group(proc_macro2::Group::new(group.delimiter(), inner)).into()
        }
        token => token.into(),
    });
    replaced.collect()
}

/// What a macro of the runtime adds to a call: `codegen::call!(Get -> schemas::Book);`.
fn of_macro(mac: &syn::Macro) -> Vec<TokenStream> {
    let name = mac
        .path
        .segments
        .last()
        .expect("it has a name")
        .ident
        .to_string();
    let mut tokens = mac.tokens.clone().into_iter();
    let Some(TokenTree::Ident(call)) = tokens.next() else {
        panic!("no name: {}", mac.tokens);
    };
    let rest: Vec<TokenTree> = tokens.collect();
    let gives: TokenStream = rest
        .iter()
        .skip(2)
        .take_while(|token| token.to_string() != ",")
        .cloned()
        .collect();
    let has_items = rest.iter().any(|token| token.to_string() == "items");
    let body = match name.as_str() {
        "call" => quote! {
            let value: discovery_runtime::Result<#gives> =
                any::<#call>().options(any::<discovery_runtime::CallOptions>()).send().await;
        },
        "paged" if has_items => quote!(any::<#call>().pages(); any::<#call>().items();),
        "paged" => quote!(any::<#call>().pages();),
        "update_mask" => quote!(any::<#call>().update_mask("a").clear("b");),
        "merge_patch" => quote!(any::<#call>().clear("a").set_empty("b");),
        "long_running" => quote!(any::<#call>().wait();),
        "upload" => quote! {
            let value: discovery_runtime::upload::Upload<#gives> =
                any::<#call>().upload(any::<discovery_runtime::upload::Source>());
        },
        "download" => quote!(any::<#call>().download();),
        // They give the wire form of types, which users reach through the methods only.
        "schema" | "open_enum" | "transparent" => return Vec::new(),
        name => panic!("unknown macro {name}"),
    };
    vec![quote!(const _: () = { async fn uses() { #body } };)]
}
