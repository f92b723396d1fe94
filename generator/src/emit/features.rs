//! Features: attributes for what can be left out, and what the front page says about them.

use proc_macro2::Literal;

use crate::model::{Api, DefaultFeatures, RUNTIME_FEATURES, Resource, Schema};
use crate::print::{self, Code};

/// The attribute of a resource's module and accessor.
pub(super) fn of_resource(resource: &Resource) -> Option<Code> {
    own(resource).filter(|_| !resource.is_split())
}

/// The attribute of a resource's methods, where its module is always there.
pub(super) fn of_methods(resource: &Resource) -> Option<Code> {
    own(resource).filter(|_| resource.is_split())
}

fn own(resource: &Resource) -> Option<Code> {
    let feature = resource.feature.as_ref()?;
    Some(format!("#[cfg({})]", is_on(feature)).into())
}

fn is_on(feature: &str) -> String {
    format!("feature = {}", Literal::string(feature))
}

/// The attribute of a type.
pub(super) fn of_schema(schema: &Schema) -> Option<Code> {
    let attribute = match schema.features.as_slice() {
        [] => return None,
        [only] => format!("#[cfg({})]", is_on(only)),
        several => {
            let several: Vec<String> = several.iter().map(|feature| is_on(feature)).collect();
            format!("#[cfg(any({}))]", several.join(", "))
        }
    };
    Some(print::attribute(attribute))
}

/// What the front page says.
pub(super) fn front_page(api: &Api) -> Vec<String> {
    let mut lines = vec!["# Features".to_owned(), String::new()];
    lines.extend(parts(api));
    let named = |default: bool| -> String {
        let features = RUNTIME_FEATURES
            .iter()
            .filter(|feature| feature.default == default);
        let names: Vec<String> = features
            .map(|feature| format!("`{}`", feature.name))
            .collect();
        names.join(", ")
    };
    lines.extend([
        "The features of [`discovery_runtime`](discovery_runtime#features) are passed on:"
            .to_owned(),
        String::new(),
        format!("* on by default: {}", named(true)),
        format!("* off by default: {}", named(false)),
        String::new(),
    ]);
    lines
}

/// The parts of a large API.
fn parts(api: &Api) -> Vec<String> {
    let Some(features) = &api.features else {
        return Vec::new();
    };
    let default = match features.default {
        DefaultFeatures::All => {
            "All of them are on by default; leave out what you do not need to compile faster."
        }
        DefaultFeatures::None => "None is on by default: name those that you use, or `all`.",
    };
    let mut lines = vec![
        format!("Each part of this large API is a feature. {default}"),
        String::new(),
    ];
    lines.extend(
        features
            .features
            .iter()
            .map(|feature| match feature.path.as_str() {
                "" => format!("* `{}`: types that no method mentions", feature.name),
                path => format!(
                    "* `{}`: the methods of `{}`",
                    feature.name,
                    super::docs::code(path)
                ),
            }),
    );
    lines.push(String::new());
    lines
}
