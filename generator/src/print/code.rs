//! Code as text: types, expressions and attributes, which stand in items that are printed from tokens
//! and in those that are not.

use std::fmt;

use proc_macro2::TokenStream;
use quote::{ToTokens, quote};

/// Code as people write it: types and expressions on one line.
#[derive(Clone, Debug)]
pub(crate) struct Code(String);

impl From<String> for Code {
    fn from(text: String) -> Self {
        Self(text)
    }
}

impl From<&str> for Code {
    fn from(text: &str) -> Self {
        Self(text.to_owned())
    }
}

impl Code {
    pub(crate) fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for Code {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl ToTokens for Code {
    fn to_tokens(&self, tokens: &mut TokenStream) {
        // It is made of checked names; should it ever be no code, no compiler accepts the output.
        tokens.extend(
            self.0
                .parse()
                .unwrap_or_else(|error: proc_macro2::LexError| {
                    let message = error.to_string();
                    quote!(compile_error!(#message))
                }),
        );
    }
}
