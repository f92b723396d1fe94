//! The items of `API.txt`: the public surface of the crate, from the model.

mod facts;
mod methods;
mod schemas;

use super::ty::Types;
use crate::Options;
use crate::listing::{self, Item};
use crate::model::{Api, DefaultFeatures};

/// The text of `API.txt`.
pub(super) fn text(api: &Api, options: &Options) -> String {
    let surface = Surface {
        api,
        types: Types::new(api, []),
        with_facts: false,
    };
    let lines = unsorted(&surface).collect();
    listing::text(&api.package, &options.version, &options.command, lines)
}

/// All public items with their facts, sorted by path.
pub(crate) fn items(api: &Api) -> Vec<Item> {
    let surface = Surface {
        api,
        types: Types::new(api, []),
        with_facts: true,
    };
    let mut items: Vec<Item> = unsorted(&surface).collect();
    items.sort_by(|a, b| a.path.cmp(&b.path));
    items
}

/// What the items are made from.
struct Surface<'a> {
    api: &'a Api,
    types: Types<'a>,
    /// `API.txt` does without facts, which are larger than all the rest.
    with_facts: bool,
}

impl Surface<'_> {
    /// An item, with its facts where they are wanted.
    fn with_facts(&self, item: Item, facts: impl FnOnce(Item) -> Item) -> Item {
        if self.with_facts { facts(item) } else { item }
    }
}

fn unsorted(surface: &Surface<'_>) -> impl Iterator<Item = Item> {
    let api = surface.api;
    let scopes = api.scopes.iter().map(|scope| {
        Item::new(format!("scopes::{}", scope.constant), "const &str")
            .fact("address", &scope.url)
            .fact("documentation", scope.docs.join("\n"))
            .fact("deprecation", facts::deprecation(scope.ended.as_ref()))
            .deprecated(scope.ended.is_some())
    });
    root(api)
        .into_iter()
        .chain(features(api))
        .chain(scopes)
        .chain(surface.resources())
        .chain(surface.schemas())
}

/// The front page: what does not come from a method or a schema.
fn root(api: &Api) -> Vec<Item> {
    let mut items = vec![
        Item::new("Client::builder", "fn() -> ClientBuilder<Client>"),
        Item::new("Client::core", "fn() -> runtime::Client"),
        Item::new("DISCOVERY_REVISION", "const &str"),
        Item::new("DOCUMENT_SHA256", "const &str"),
        Item::new("runtime", "use discovery_runtime"),
    ];
    for name in [
        "CallOptions",
        "ClientBuilder",
        "Credentials",
        "Error",
        "Result",
    ] {
        items.push(Item::new(name, "use discovery_runtime"));
    }
    let endpoints: Vec<String> = api
        .endpoints
        .iter()
        .map(|(location, url)| format!("{location} {url}"))
        .collect();
    if !endpoints.is_empty() {
        let endpoints = endpoints.join(", ");
        items.push(Item::new("ENDPOINTS", "const &[(&str, &str)]").fact("values", endpoints));
    }
    if api.schemas.iter().any(|schema| schema.operation.is_some()) {
        items.push(Item::new("Operation", "use discovery_runtime::operation"));
    }
    let seconds = |seconds: u64| format!("{seconds} s");
    items.push(
        Item::new("Client", "struct")
            .fact("address", &api.root_url)
            .fact(
                "address with a client certificate",
                api.mtls_root_url.clone().unwrap_or_default(),
            )
            .fact(
                "least delay after a 429",
                api.rate_limit_delay.map(seconds).unwrap_or_default(),
            )
            .fact(
                "documentation",
                format!("{}\n{}", api.title, api.docs.join("\n")),
            ),
    );
    items
}

fn features(api: &Api) -> Vec<Item> {
    let Some(features) = &api.features else {
        return Vec::new();
    };
    let all = features.default == DefaultFeatures::All;
    let mut items = vec![Item::new("feature default", "feature").ability(all, "all")];
    let names = features.features.iter().map(|feature| &feature.name);
    items.extend(names.map(|name| Item::new(format!("feature {name}"), "feature")));
    items
}
