//! Calls whose responses are pages: where the token goes, where the next one is, and the items.

use proc_macro2::TokenStream;
use quote::quote;

use super::ident::ident;
use super::ty::Types;
use crate::model::{FieldPath, Method, Paging, TokenPlace};

/// `impl Paged for …`, and `impl PagedItems for …` where the items are clear.
pub(super) fn implementation(method: &Method, paging: &Paging, types: &Types<'_>) -> TokenStream {
    let name = ident(&method.call);
    let response = types.response(method);
    let set = match &paging.token {
        TokenPlace::Param(param) => {
            let required = method.required().any(|required| required.name == *param);
            let param = ident(param);
            if required {
                quote!(self.#param = token;)
            } else {
                quote!(self.#param = Some(token);)
            }
        }
        TokenPlace::Body(field) => {
            let body = ident(method.body_name());
            let field = ident(field);
            quote!(self.#body.#field = Some(token);)
        }
    };
    let current = match &paging.token {
        TokenPlace::Param(param) if method.required().any(|required| required.name == *param) => {
            let param = ident(param);
            quote!(Some(&self.#param))
        }
        TokenPlace::Param(param) => {
            let param = ident(param);
            quote!(self.#param.as_deref())
        }
        TokenPlace::Body(field) => {
            let (body, field) = (ident(method.body_name()), ident(field));
            quote!(self.#body.#field.as_deref())
        }
    };
    // What most lists call it is the default of the trait.
    let token_path = Some(paging.next.mask()).filter(|path| path != "nextPageToken");
    let token_path = token_path.map(|path| quote!(const NEXT_PAGE_TOKEN: &'static str = #path;));
    let next = match paging.next.names.as_slice() {
        [only] => {
            let only = ident(only);
            quote!(page.#only.as_deref())
        }
        path => {
            let path = optional_path(&quote!(page), path);
            quote!(#path.map(String::as_str))
        }
    };
    let items = paging.items.as_ref().map(|source| {
        let item = types.of(&source.item);
        let path = source.path.mask();
        let list = list(&source.path);
        let (item, value) = if source.keyed {
            (quote!((String, #item)), quote!(#list.into_iter().collect()))
        } else {
            (quote!(#item), list)
        };
        quote! {
            impl PagedItems for #name {
                type Item = #item;

                const ITEMS: &'static str = #path;

                fn items(page: #response) -> Vec<Self::Item> {
                    #value
                }
            }
        }
    });
    quote! {
        impl Paged for #name {
            #token_path

            fn page_token(&self) -> Option<&str> {
                #current
            }

            fn set_page_token(&mut self, token: String) {
                #set
            }

            fn next_page_token(page: &#response) -> Option<&str> {
                #next
            }
        }

        #items
    }
}

/// The list that holds the items of a page; where an object on the way is absent, there are none.
fn list(path: &FieldPath) -> TokenStream {
    let mut names = path.names.iter().map(|name| ident(name));
    let (Some(first), last) = (names.next(), names.next_back()) else {
        return quote!(Vec::new());
    };
    let Some(last) = last else {
        return quote!(page.#first);
    };
    quote!(page.#first #(.and_then(|held| held.#names))* .map(|held| held.#last).unwrap_or_default())
}

/// `base.a.as_ref().and_then(|held| held.b.as_ref())…`: a reference to what optional fields hold.
fn optional_path(base: &TokenStream, path: &[String]) -> TokenStream {
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
