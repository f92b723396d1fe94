//! The manifest of the emitted crate, written by a serializer so that text stays text.

use std::collections::BTreeMap;

use serde::Serialize;

use crate::model::{Api, DefaultFeatures};
use crate::{Options, RuntimeDependency};

/// `Cargo.toml`.
pub(super) fn manifest(api: &Api, options: &Options) -> String {
    let manifest = Manifest {
        package: Package {
            name: &api.package,
            version: options.version.to_string(),
            edition: "2024",
            rust_version: "1.88",
            description: format!("A client for the {} ({})", api.plain_title, api.version),
            license: "MIT OR Apache-2.0",
            documentation: api.documentation_link.as_deref(),
            publish: false,
        },
        features: features(api),
        dependencies: Dependencies {
            runtime: match &options.runtime {
                RuntimeDependency::Path(path) => Runtime {
                    path: Some(path),
                    version: None,
                },
                RuntimeDependency::Version(version) => Runtime {
                    path: None,
                    version: Some(version),
                },
            },
        },
    };
    let header = crate::print::header(api, &options.command, "emit/manifest.rs").replace("//", "#");
    format!("{header}{}", toml::to_string(&manifest).unwrap_or_default())
}

/// The features of a large API.
fn features(api: &Api) -> BTreeMap<String, Vec<String>> {
    let Some(features) = &api.features else {
        return BTreeMap::new();
    };
    let mut table: BTreeMap<String, Vec<String>> = features
        .features
        .iter()
        .map(|feature| (feature.name.clone(), feature.implies.clone()))
        .collect();
    let all = table.keys().cloned().collect();
    table.insert("all".to_owned(), all);
    let default = match features.default {
        DefaultFeatures::All => vec!["all".to_owned()],
        DefaultFeatures::None => Vec::new(),
    };
    table.insert("default".to_owned(), default);
    table
}

#[derive(Serialize)]
struct Manifest<'a> {
    package: Package<'a>,
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    features: BTreeMap<String, Vec<String>>,
    dependencies: Dependencies<'a>,
}

#[derive(Serialize)]
#[serde(rename_all = "kebab-case")]
struct Package<'a> {
    name: &'a str,
    version: String,
    edition: &'a str,
    rust_version: &'a str,
    description: String,
    license: &'a str,
    documentation: Option<&'a str>,
    publish: bool,
}

#[derive(Serialize)]
struct Dependencies<'a> {
    #[serde(rename = "discovery-runtime")]
    runtime: Runtime<'a>,
}

#[derive(Serialize)]
struct Runtime<'a> {
    path: Option<&'a str>,
    version: Option<&'a str>,
}
