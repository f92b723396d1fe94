//! The front page of the crate: the docs at the top of `src/lib.rs`.

use super::{example, features};
use crate::model::Api;

/// The lines.
pub(super) fn docs(api: &Api) -> Vec<String> {
    let mut lines = vec![format!("A client for the {}.", api.title), String::new()];
    if !api.docs.iter().all(String::is_empty) {
        lines.extend(api.docs.iter().cloned());
        lines.push(String::new());
    }
    lines.extend(["# Quick start".to_owned(), String::new()]);
    lines.extend(example::quick_start(api));
    lines.push(String::new());
    lines.extend(resources(api));
    lines.extend(features::front_page(api));
    lines.extend(recursion_limit(api));
    if let Some(link) = &api.documentation_link {
        lines.push(format!("The service is documented at <{link}>."));
        lines.push(String::new());
    }
    lines.extend(resource_names(api));
    while lines.last().is_some_and(String::is_empty) {
        lines.pop();
    }
    lines
}

/// The resources, one a line.
fn resources(api: &Api) -> Vec<String> {
    if api.root.resources.is_empty() {
        return Vec::new();
    }
    let mut lines = vec![
        "The methods are grouped by resource:".to_owned(),
        String::new(),
    ];
    lines.extend(
        api.root
            .resources
            .iter()
            .map(|resource| match resource.feature {
                // A link to what was left out would be broken.
                Some(_) => format!("* `{}`", resource.accessor),
                None => format!("* [`{0}`](Client::{0})", resource.accessor),
            }),
    );
    lines.push(String::new());
    lines
}

/// How the values of path parameters are written, where some of them are names of resources.
fn resource_names(api: &Api) -> Vec<String> {
    let any = api
        .root
        .all_methods()
        .iter()
        .any(|method| method.path.has_segments());
    let lines: &[&str] = if any { RESOURCE_NAMES } else { &[] };
    lines.iter().map(|line| (*line).to_owned()).collect()
}

const RESOURCE_NAMES: &[&str] = &[
    "# Resource names",
    "",
    "The documentation of a method shows the path of its request. There",
    "`{name=projects/*/things/*}` is a parameter that takes a resource name of this form: a `*` is one",
    "segment, `**` one or more. A parameter without a form, `{name}`, takes one segment, and a `/` in",
    "it is sent as `%2F`. A value of another form is refused before anything is sent, and so is a",
    "segment that is empty, `.` or `..` ([`Error::is_invalid_argument`]).",
    "",
];

/// What users do where types are nested deeper than the compiler follows by itself.
fn recursion_limit(api: &Api) -> Vec<String> {
    let Some(limit) = api.recursion_limit else {
        return Vec::new();
    };
    vec![
        "# Deeply nested types".to_owned(),
        String::new(),
        "Types of this API are nested deeper than the compiler follows by default. If it says of a crate".to_owned(),
        "that uses this one `overflow evaluating the requirement`, begin its `lib.rs` or `main.rs` with".to_owned(),
        format!("`#![recursion_limit = \"{limit}\"]`."),
        String::new(),
    ]
}
