//! `API.txt` has every public item that stands in the emitted source, and nothing else.

use std::collections::{BTreeMap, BTreeSet};

use discovery_generator::File;
use quote::ToTokens;
use syn::{Fields, FnArg, ImplItem, Item};
use tests::fixtures::Fixture;
use tests::large::large;

use crate::consumer::{is_pub, module_of, used};

#[test]
fn listing_has_every_public_item() {
    for fixture in Fixture::all().iter().chain([&large()]) {
        let files = fixture.generate();
        let (listed, emitted) = (listed(&files), emitted(&files));
        let name = &fixture.name;
        let lacks: Vec<_> = emitted.difference(&listed).collect();
        assert!(lacks.is_empty(), "{name} does not list {lacks:#?}");
        let invents: Vec<_> = listed.difference(&emitted).collect();
        assert!(invents.is_empty(), "{name} lists {invents:#?}");
        let signatures = signatures(&files);
        for (path, types) in typed(&files) {
            let listed = &signatures[&path];
            assert!(
                listed.starts_with(&types),
                "{name}: {path}: {types}, not {listed}"
            );
        }
    }
}

/// The paths in the listing. The setter of a field stands with the field there.
fn listed(files: &[File]) -> BTreeSet<String> {
    let file = files.iter().find(|file| file.path.ends_with("/API.txt"));
    let text = &file.expect("it is emitted").text;
    let mut paths = BTreeSet::new();
    for line in text.lines().skip(2) {
        let (path, rest) = line.split_once(": ").expect("it is an item");
        if path.starts_with("feature ") {
            continue;
        }
        paths.insert(path.to_owned());
        if let Some((of, _)) = path.rsplit_once('.') {
            let setters = rest.split("; ").filter_map(|part| part.strip_suffix("()"));
            paths.extend(setters.map(|setter| format!("{of}::{setter}")));
        }
    }
    paths
}

/// The paths in the source.
fn emitted(files: &[File]) -> BTreeSet<String> {
    let mut paths = BTreeSet::new();
    for file in files {
        let (_, path) = file.path.split_once('/').expect("it is in a folder");
        let Some(path) = path
            .strip_prefix("src/")
            .and_then(|path| path.strip_suffix(".rs"))
        else {
            continue;
        };
        let module = prefix(path);
        let parsed = syn::parse_file(&file.text).expect("emitted code parses");
        for item in &parsed.items {
            of_item(item, &module, &mut paths);
        }
    }
    paths
}

fn of_item(item: &Item, module: &str, paths: &mut BTreeSet<String>) {
    match item {
        Item::Struct(item) if is_pub(&item.vis) => {
            let name = format!("{module}{}", item.ident);
            if let Fields::Named(fields) = &item.fields {
                let fields = fields.named.iter().filter(|field| is_pub(&field.vis));
                let names = fields.filter_map(|field| field.ident.as_ref());
                paths.extend(names.map(|field| format!("{name}.{field}")));
            }
            paths.insert(name);
        }
        Item::Enum(item) if is_pub(&item.vis) => {
            let name = format!("{module}{}", item.ident);
            let variants = item.variants.iter();
            paths.extend(variants.map(|variant| format!("{name}::{}", variant.ident)));
            paths.insert(name);
        }
        Item::Const(item) if is_pub(&item.vis) => {
            paths.insert(format!("{module}{}", item.ident));
        }
        Item::Use(item) if is_pub(&item.vis) => {
            let mut names = Vec::new();
            used(&item.tree, &mut names);
            paths.extend(names.iter().map(|name| format!("{module}{name}")));
        }
        Item::Impl(item) if item.trait_.is_none() => {
            let syn::Type::Path(of) = &*item.self_ty else {
                return;
            };
            let last = of.path.segments.last().expect("it has a name");
            let module = if of.path.segments.len() == 1 {
                module
            } else {
                ""
            };
            for member in &item.items {
                if let ImplItem::Fn(function) = member
                    && is_pub(&function.vis)
                {
                    paths.insert(format!("{module}{}::{}", last.ident, function.sig.ident));
                }
            }
        }
        _ => {}
    }
}

/// The signatures in the listing, without blanks and without the names of arguments.
fn signatures(files: &[File]) -> BTreeMap<String, String> {
    let file = files.iter().find(|file| file.path.ends_with("/API.txt"));
    let lines = file.expect("it is emitted").text.lines().skip(2);
    let signatures = lines.map(|line| {
        let (path, rest) = line.split_once(": ").expect("it is an item");
        let signature = rest.split("; ").next().unwrap_or_default();
        let arguments = signature.split_inclusive(['(', ',', ' ']);
        let types = arguments.filter(|part| !part.ends_with(": ") && *part != " ");
        let types: String = types
            .filter(|part| !part.trim_end().ends_with(':'))
            .collect();
        (path.to_owned(), types.replace(' ', ""))
    });
    signatures.collect()
}

/// The types of fields, and of the arguments of functions on handles and calls: all of what users
/// give to them.
fn typed(files: &[File]) -> Vec<(String, String)> {
    let mut types = Vec::new();
    for file in files {
        let (_, path) = file.path.split_once('/').expect("it is in a folder");
        let Some(path) = path
            .strip_prefix("src/")
            .and_then(|path| path.strip_suffix(".rs"))
        else {
            continue;
        };
        let module = prefix(path);
        for item in &syn::parse_file(&file.text)
            .expect("emitted code parses")
            .items
        {
            match item {
                Item::Struct(item) => {
                    for field in item.fields.iter().filter(|field| is_pub(&field.vis)) {
                        if let Some(name) = &field.ident {
                            let path = format!("{module}{}.{name}", item.ident);
                            types.push((path, plain(&field.ty)));
                        }
                    }
                }
                // What a setter of a field takes follows from the type of the field.
                Item::Impl(item) if item.trait_.is_none() && module != "schemas::" => {
                    let of = plain(&item.self_ty);
                    let module = if of.starts_with("crate::") {
                        ""
                    } else {
                        &module
                    };
                    let of = of.trim_start_matches("crate::");
                    for function in item.items.iter().filter_map(public_function) {
                        let inputs = function.inputs.iter().filter_map(|input| match input {
                            FnArg::Typed(input) => Some(plain(&input.ty)),
                            FnArg::Receiver(_) => None,
                        });
                        let inputs: Vec<String> = inputs.collect();
                        let path = format!("{module}{of}::{}", function.ident);
                        types.push((path, format!("fn({})", inputs.join(","))));
                    }
                }
                _ => {}
            }
        }
    }
    types
}

fn public_function(item: &ImplItem) -> Option<&syn::Signature> {
    match item {
        ImplItem::Fn(function) if is_pub(&function.vis) => Some(&function.sig),
        _ => None,
    }
}

/// A type without blanks, and with the names that the prelude has.
fn plain(ty: &syn::Type) -> String {
    let text = ty.to_token_stream().to_string().replace(' ', "");
    // A type over several lines ends with a comma.
    let mut text = text.replace(",>", ">");
    for module in ["option", "vec", "boxed", "string", "convert", "iter"] {
        text = text.replace(&format!("::std::{module}::"), "");
    }
    text
}

/// What the paths of a file's items begin with.
fn prefix(path: &str) -> String {
    let parts = module_of(path);
    parts
        .iter()
        .fold(String::new(), |prefix, part| format!("{prefix}{part}::"))
}
