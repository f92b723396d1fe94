//! Resources become modules and handles.

use super::methods::{self, Place};
use super::{Lowerer, names};
use crate::discovery;
use crate::model::{Method, Resource, Scope};

/// Names that emitted modules use for something else; file names that mean something to cargo; and
/// those that Windows keeps for devices.
const MODULE_NAMES: &[&str] = &[
    "calls",
    "discovery_runtime",
    "methods",
    "runtime",
    "schemas",
    "scopes",
    "bin",
    "lib",
    "main",
    "mod",
    "aux",
    "con",
    "nul",
    "prn",
];
// What modules of calls import or take from the prelude; all else is written with its path.
const TYPE_NAMES: &[&str] = &[
    "AsRef",
    "Call",
    "Client",
    "Context",
    "HttpMethod",
    "Into",
    "IntoIterator",
    "MergePatch",
    "Method",
    "None",
    "Option",
    "Paged",
    "PagedItems",
    "Request",
    "RetrySafety",
    "Self",
    "Some",
    "String",
    "UpdateMask",
    "Vec",
];
// `handle.into()` would find the trait before the method.
const HANDLE_NAMES: &[&str] = &["clone", "into", "new", "try_into"];
const CLIENT_NAMES: &[&str] = &[
    "builder",
    "clone",
    "core",
    "from_core",
    "into",
    "new",
    "request",
    "try_into",
];

/// The root of the resources.
pub(super) fn root(lowerer: &mut Lowerer<'_>, scopes: &[Scope]) -> Resource {
    let document = lowerer.document;
    let mut scope = names::Scope::reserving(CLIENT_NAMES);
    let mut calls = names::Scope::reserving(TYPE_NAMES);
    let place = Place {
        path: String::new(),
        types: names::camel(&document.name),
    };
    let methods = lower_methods(
        lowerer,
        &document.root,
        &place,
        scopes,
        &mut scope,
        &mut calls,
    );
    let mut root = Resource {
        methods,
        ..Resource::default()
    };
    let place = Place::default();
    root.resources = resources(lowerer, &document.root, &place, "", &mut scope, scopes);
    root
}

fn resources(
    lowerer: &mut Lowerer<'_>,
    parent: &discovery::Resource,
    parent_place: &Place,
    parent_module: &str,
    accessors: &mut names::Scope,
    scopes: &[Scope],
) -> Vec<Resource> {
    let mut modules = names::Scope::reserving(MODULE_NAMES);
    // A module in one of its own name is hard to tell from it.
    modules.claim(parent_module, "");
    let mut found = Vec::with_capacity(parent.resources.len());
    for (wire, resource) in &parent.resources {
        let place = Place {
            types: format!("{}{}", parent_place.types, names::camel(wire)),
            path: parent_place.path_of(wire),
        };
        let module = modules.claim(&names::snake(wire), "_resource");
        let mut calls = names::Scope::reserving(TYPE_NAMES);
        let handle = match names::camel(wire) {
            // A type and its constructor of one name are a warning.
            name if name == "New" => format!("{name}Methods"),
            name => name,
        };
        let handle = calls.claim(&handle, "Methods");
        let mut members = names::Scope::reserving(HANDLE_NAMES);
        let methods = lower_methods(lowerer, resource, &place, scopes, &mut members, &mut calls);
        found.push(Resource {
            wire: wire.clone(),
            accessor: accessors.claim(&names::snake(wire), "_resource"),
            handle,
            deprecated: resource.deprecated,
            feature: None,
            methods,
            resources: resources(lowerer, resource, &place, &module, &mut members, scopes),
            module,
            path: place.path,
        });
    }
    found
}

fn lower_methods(
    lowerer: &mut Lowerer<'_>,
    resource: &discovery::Resource,
    place: &Place,
    scopes: &[Scope],
    functions: &mut names::Scope,
    calls: &mut names::Scope,
) -> Vec<Method> {
    let mut found = Vec::with_capacity(resource.methods.len());
    for (wire, method) in &resource.methods {
        let function = functions.claim(&names::snake(wire), "_method");
        let call = calls.claim(&names::camel(wire), "Call");
        if let Some(method) = methods::lower(lowerer, wire, method, place, scopes, function, call) {
            found.push(method);
        }
    }
    found
}
