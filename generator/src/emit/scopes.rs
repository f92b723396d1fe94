//! `src/scopes.rs`: the OAuth scopes as constants.

use proc_macro2::TokenStream;
use quote::quote;

use super::docs;
use super::ident::ident;
use crate::model::{Api, Scope};
use crate::print::{self, Module, Piece};

/// The module.
pub(super) fn module(api: &Api) -> Module<'_> {
    let mut docs = vec![format!("OAuth scopes of the {}.", api.title)];
    if api.scopes.is_empty() {
        docs.push(String::new());
        docs.push("The document declares none.".to_owned());
    }
    Module {
        made_by: "emit/scopes.rs",
        docs,
        head: TokenStream::new(),
        pieces: Box::new(api.scopes.iter().map(|scope| Piece::Items(constant(scope)))),
    }
}

fn constant(scope: &Scope) -> TokenStream {
    let fallback = vec![format!("`{}`.", docs::code(&scope.url))];
    let docs = print::doc(if scope.docs.iter().all(String::is_empty) {
        &fallback
    } else {
        &scope.docs
    });
    let deprecated = docs::deprecated(scope.ended.as_ref());
    let name = ident(&scope.constant);
    let url = &scope.url;
    quote! {
        #docs
        #deprecated
        pub const #name: &str = #url;
    }
}
