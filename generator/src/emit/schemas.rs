//! `src/schemas.rs` and the files below it.

use std::collections::BTreeMap;

use proc_macro2::TokenStream;
use quote::quote;

use super::ident::ident;
use super::schema;
use super::ty::Types;
use crate::model::{Api, Resource, Schema};
use crate::print::Module;

/// A file below `src/schemas`.
#[derive(Clone)]
pub(super) struct File<'a> {
    members: Vec<&'a Schema>,
    docs: String,
}

/// The files by their names, without their endings.
pub(super) fn files(api: &Api) -> BTreeMap<&str, File<'_>> {
    let mut members: BTreeMap<&str, Vec<&Schema>> = BTreeMap::new();
    for schema in &api.schemas {
        members.entry(&schema.file).or_default().push(schema);
    }
    let mut users = BTreeMap::new();
    find_users(&api.root, "", "", &mut users);
    members
        .into_iter()
        .map(|(name, mut members)| {
            members.sort_by(|a, b| a.name.cmp(&b.name));
            let docs = docs(name, &users);
            (name, File { members, docs })
        })
        .collect()
}

fn docs(file: &str, users: &BTreeMap<String, String>) -> String {
    if file.starts_with("common") {
        return "Types that several resources share, or none uses.".to_owned();
    }
    // The longest names are cut, and very large files too.
    let user = users.get(file).map_or(file, String::as_str);
    format!("Types that the calls of `{user}` take and return.")
}

/// `src/schemas.rs`, which has all types of the files of these names.
pub(super) fn root(api: &Api, files: &[&str]) -> Module<'static> {
    let names: Vec<_> = files.iter().map(|file| ident(file)).collect();
    let unused = api
        .features
        .is_some()
        .then(|| quote!(#[allow(unused_imports, reason = "all of its types can be left out")]));
    let unused = names.iter().map(|_| &unused);
    let uses = if names.is_empty() {
        TokenStream::new()
    } else {
        quote! {
            #(mod #names;)*
            #(#unused pub use self::#names::*;)*
        }
    };
    Module {
        made_by: "emit/schemas.rs",
        docs: vec![
            format!(
                "The types that the methods of the {} take and return.",
                api.title
            ),
            String::new(),
            "A field that is *output only* is set by the service and not sent in requests."
                .to_owned(),
        ],
        head: uses,
        pieces: Box::new(std::iter::empty()),
    }
}

/// The module of a file.
pub(super) fn module<'a>(api: &'a Api, file: File<'a>) -> Module<'a> {
    let names = file.members.iter().map(|schema| schema.name.as_str());
    let types = Types::new(api, names);
    let mentions = file.members.iter().any(|schema| mentions_others(schema));
    Module {
        made_by: "emit/schema.rs",
        docs: vec![file.docs],
        head: match (mentions, &api.features) {
            (false, _) => TokenStream::new(),
            (true, None) => quote!(
                use crate::schemas;
            ),
            (true, Some(_)) => quote! {
                #[allow(unused_imports, reason = "what needs it can be left out")]
                use crate::schemas;
            },
        },
        pieces: Box::new(
            file.members
                .into_iter()
                .flat_map(move |schema| schema::pieces(schema, &types)),
        ),
    }
}

/// The deepest resource or method that a file can be named for, by the name of the file.
fn find_users(resource: &Resource, stem: &str, place: &str, users: &mut BTreeMap<String, String>) {
    let own = if stem.is_empty() { "methods_" } else { stem };
    for method in &resource.methods {
        let file = format!("{own}{}", method.function.trim_end_matches('_'));
        users.insert(file, format!("{place}{}", method.function));
    }
    for child in &resource.resources {
        let stem = format!("{stem}{}", child.module);
        let accessor = format!("{place}{}()", child.accessor);
        users.insert(stem.clone(), accessor.clone());
        find_users(child, &format!("{stem}_"), &format!("{accessor}."), users);
    }
}

fn mentions_others(schema: &Schema) -> bool {
    match &schema.kind {
        crate::model::Kind::Struct(fields) => {
            fields.iter().any(|field| field.ty.mentioned().is_some())
        }
        crate::model::Kind::Transparent(ty) => ty.mentioned().is_some(),
        crate::model::Kind::Enum { .. } => false,
    }
}
