//! `src/schemas.rs` and the files below it.

use std::collections::BTreeMap;

use proc_macro2::TokenStream;
use quote::quote;

use super::ident::ident;
use super::schema;
use super::ty::Types;
use crate::model::{Api, Resource, Schema};
use crate::print::{Module, Piece};

/// The modules with their paths.
pub(super) fn modules(api: &Api) -> Vec<(String, Module)> {
    let mut files: BTreeMap<&str, Vec<&Schema>> = BTreeMap::new();
    for schema in &api.schemas {
        files.entry(&schema.file).or_default().push(schema);
    }
    let mut modules = vec![("src/schemas.rs".to_owned(), root(api, &files))];
    for (file, mut members) in files {
        members.sort_by(|a, b| a.name.cmp(&b.name));
        modules.push((
            format!("src/schemas/{file}.rs"),
            module(api, file, &members),
        ));
    }
    modules
}

fn root(api: &Api, files: &BTreeMap<&str, Vec<&Schema>>) -> Module {
    let names: Vec<_> = files.keys().map(|file| ident(file)).collect();
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
        pieces: Vec::new(),
    }
}

fn module(api: &Api, file: &str, schemas: &[&Schema]) -> Module {
    let types = Types::new(api, schemas.iter().map(|schema| schema.name.as_str()));
    let pieces: Vec<Piece> = schemas
        .iter()
        .flat_map(|schema| schema::pieces(schema, &types))
        .collect();
    let mentions = schemas.iter().any(|schema| mentions_others(schema));
    let docs = if file.starts_with("common") {
        "Types that several resources share, or none uses.".to_owned()
    } else {
        format!(
            "Types that the calls of {} take and return.",
            users(api, file)
        )
    };
    Module {
        made_by: "emit/schema.rs",
        docs: vec![docs],
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
        pieces,
    }
}

/// The resource or the method that a file is named for.
fn users(api: &Api, file: &str) -> String {
    let mut found = String::new();
    find(&api.root, "", "", file, &mut found);
    if found.is_empty() {
        // The longest names are cut, and very large files too.
        format!("`{file}`")
    } else {
        format!("`{found}`")
    }
}

/// Looks for the deepest resource or method whose file has that name.
fn find(resource: &Resource, stem: &str, place: &str, file: &str, found: &mut String) {
    let own = if stem.is_empty() { "methods_" } else { stem };
    for method in &resource.methods {
        if format!("{own}{}", method.function.trim_end_matches('_')) == file {
            *found = format!("{place}{}", method.function);
        }
    }
    for child in &resource.resources {
        let stem = format!("{stem}{}", child.module);
        let accessor = format!("{place}{}()", child.accessor);
        if stem == file {
            found.clone_from(&accessor);
        }
        find(
            child,
            &format!("{stem}_"),
            &format!("{accessor}."),
            file,
            found,
        );
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
