//! The API as a whole: its names, its hosts and its front page.

use super::{DOC_WIDTH, addresses, names, note, plain, rustdoc};
use crate::diagnostic::{Pointer, Sink};
use crate::discovery::{self, Document};
use crate::model::{Api, Resource, Schema, Scope};
use crate::overrides::Facts;

/// Puts the parts together.
pub(super) fn api(
    document: &Document,
    facts: &Facts,
    sha256: String,
    scopes: Vec<Scope>,
    schemas: Vec<Schema>,
    root: Resource,
    sink: &mut Sink,
) -> Api {
    let top = Pointer::default();
    for (key, value) in [("name", &document.name), ("version", &document.version)] {
        if !names::is_slug(value) {
            sink.error(
                &top.key(key),
                format!("`{value}` cannot be part of a package name"),
                "letters, digits, `.`, `-` and `_` are allowed, at most 64 of them",
            );
        }
    }
    if document.id != format!("{}:{}", document.name, document.version) {
        sink.error(
            &top.key("id"),
            format!("the id `{}` is not the name and the version", document.id),
            format!("write `{}:{}`", document.name, document.version),
        );
    }
    check_common_parameters(document, sink);
    addresses::check_root_url(&document.root_url, &top.key("rootUrl"), &facts.hosts, sink);
    if let Some(url) = &document.mtls_root_url {
        addresses::check_root_url(url, &top.key("mtlsRootUrl"), &facts.hosts, sink);
    }
    addresses::check_service_path(&document.service_path, &top.key("servicePath"), sink);
    for endpoint in &document.endpoints {
        addresses::check_root_url(
            &endpoint.url,
            &endpoint.pointer.key("endpointUrl"),
            &facts.hosts,
            sink,
        );
    }
    let folder = names::folder(&document.name, &document.version);
    let title = if document.title.trim().is_empty() {
        document
            .canonical_name
            .as_ref()
            .map_or_else(|| document.name.clone(), |name| format!("{name} API"))
    } else {
        document.title.clone()
    };
    Api {
        id: document.id.clone(),
        name: document.name.clone(),
        version: document.version.clone(),
        title: note(&title),
        plain_title: plain(&title),
        docs: rustdoc(&document.description, DOC_WIDTH).into(),
        documentation_link: document
            .documentation_link
            .clone()
            .filter(|link| is_link(link)),
        revision: plain(&document.revision),
        sha256,
        package: format!("google-{folder}"),
        folder,
        root_url: document.root_url.clone(),
        mtls_root_url: document.mtls_root_url.clone(),
        endpoints: document
            .endpoints
            .iter()
            .map(|endpoint| (plain(&endpoint.location), endpoint.url.clone()))
            .collect(),
        rate_limit_delay: facts.rate_limit_delay,
        pretty_print: document
            .parameters
            .iter()
            .any(|(name, _)| name == "prettyPrint"),
        wraps_data: wraps_data(document, sink),
        scopes,
        schemas,
        features: None,
        recursion_limit: None,
        root,
    }
}

/// Reports parameters of all methods that are no options of calls: no method would have them.
fn check_common_parameters(document: &Document, sink: &mut Sink) {
    let at = Pointer::default().key("parameters");
    for (name, node) in &document.parameters {
        if !discovery::is_common_parameter(name, node) {
            sink.error(
                &at.key(name),
                format!("the parameter `{name}` of all methods is not known here"),
                "move it into the methods that take it; `CallOptions::with_query` sends what no method has",
            );
        }
    }
}

/// Whether a link is plain enough to stand in a doc comment and a manifest.
fn is_link(link: &str) -> bool {
    (link.starts_with("https://") || link.starts_with("http://"))
        && link.len() < 500
        && link
            .chars()
            .all(|c| c.is_ascii_graphic() && !"<>()[]\"'`\\".contains(c))
}

fn wraps_data(document: &Document, sink: &mut Sink) -> bool {
    let mut wraps = false;
    for feature in &document.features {
        if feature == "dataWrapper" {
            wraps = true;
        } else {
            sink.error(
                &Pointer::default().key("features"),
                format!("the feature `{feature}` is not known"),
                "only `dataWrapper` is; teach the generator the other one",
            );
        }
    }
    wraps
}
