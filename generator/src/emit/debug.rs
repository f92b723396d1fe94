//! `Debug` of calls with secrets in them: everything else is shown as a derived one shows it.

use proc_macro2::{Ident, TokenStream};
use quote::quote;

/// A field, and whether it is a secret.
pub(super) type Shown = (Ident, bool);

/// Whether it can be derived.
pub(super) fn is_derived(fields: &[Shown]) -> bool {
    fields.iter().all(|(_, secret)| !secret)
}

/// `impl Debug`, if it can't be derived.
pub(super) fn implementation(name: &Ident, fields: &[Shown]) -> Option<TokenStream> {
    if is_derived(fields) {
        return None;
    }
    let shown = fields.iter().map(|(field, secret)| {
        let label = field.to_string();
        let label = label.trim_start_matches("r#");
        if *secret {
            quote!(.field(#label, &discovery_runtime::codegen::redacted(&self.#field)))
        } else {
            quote!(.field(#label, &self.#field))
        }
    });
    let title = name.to_string();
    Some(quote! {
        impl ::std::fmt::Debug for #name {
            fn fmt(&self, formatter: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
                formatter
                    .debug_struct(#title)
                    #(#shown)*
                    .finish()
            }
        }
    })
}
