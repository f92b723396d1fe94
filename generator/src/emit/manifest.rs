//! The manifest of the emitted crate, written by a serializer so that text stays text.

use std::collections::BTreeMap;

use serde::Serialize;

use crate::model::{Api, DefaultFeatures, RUNTIME_FEATURES};
use crate::{Options, RuntimeDependency};

/// `Cargo.toml`.
pub(super) fn manifest(api: &Api, options: &Options) -> String {
    let manifest = Manifest {
        package: Package {
            name: &api.package,
            version: options.version.to_string(),
            edition: "2024",
            rust_version: "1.89",
            description: format!("A client for the {} ({})", api.plain_title, api.version),
            license: "MIT OR Apache-2.0",
            homepage: api.documentation_link.as_deref(),
            readme: "README.md",
            keywords: keywords(api),
            categories: &["api-bindings", "web-programming::http-client"],
            include: &["/src", "/README.md", "/CHANGELOG.md", "/LICENSE-*"],
            metadata: Metadata {
                docs: Docs {
                    rs: DocsRs { all_features: true },
                },
            },
        },
        features: features(api),
        dependencies: Dependencies {
            runtime: match &options.runtime {
                RuntimeDependency::Path(path) => Runtime {
                    version: env!("CARGO_PKG_VERSION"),
                    path: Some(path),
                    default_features: false,
                },
                RuntimeDependency::Version(version) => Runtime {
                    version,
                    path: None,
                    default_features: false,
                },
            },
        },
    };
    let header = crate::print::header(api, &options.command, "emit/manifest.rs").replace("//", "#");
    format!("{header}{}", toml::to_string(&manifest).unwrap_or_default())
}

/// At most five words by which registries find the package, as they allow them: 20 characters each.
fn keywords(api: &Api) -> Vec<&str> {
    let is_allowed = |word: &str| {
        word.len() <= 20
            && word.starts_with(|c: char| c.is_ascii_alphanumeric())
            && word
                .bytes()
                .all(|c| c.is_ascii_alphanumeric() || b"-_+".contains(&c))
    };
    let name = Some(api.name.as_str()).filter(|name| is_allowed(name));
    ["google", "api", "client"]
        .into_iter()
        .chain(name)
        .collect()
}

/// The parts of a large API, and what the runtime has features for.
fn features(api: &Api) -> BTreeMap<&str, Vec<String>> {
    let mut table: BTreeMap<&str, Vec<String>> = BTreeMap::new();
    let mut default = Vec::new();
    if let Some(features) = &api.features {
        for feature in &features.features {
            table.insert(&feature.name, Vec::new());
        }
        table.insert("all", table.keys().map(|&name| name.to_owned()).collect());
        if features.default == DefaultFeatures::All {
            default.push("all".to_owned());
        }
    }
    for feature in RUNTIME_FEATURES {
        table.insert(
            feature.name,
            vec![format!("discovery-runtime/{}", feature.name)],
        );
        if feature.is_default(api) {
            default.push(feature.name.to_owned());
        }
    }
    table.insert("default", default);
    table
}

#[derive(Serialize)]
struct Manifest<'a> {
    package: Package<'a>,
    features: BTreeMap<&'a str, Vec<String>>,
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
    // Not `documentation`, which registries show instead of docs.rs.
    homepage: Option<&'a str>,
    readme: &'a str,
    keywords: Vec<&'a str>,
    categories: &'a [&'a str],
    include: &'a [&'a str],
    metadata: Metadata,
}

#[derive(Serialize)]
struct Metadata {
    docs: Docs,
}

#[derive(Serialize)]
struct Docs {
    rs: DocsRs,
}

/// How docs.rs documents the package.
#[derive(Serialize)]
#[serde(rename_all = "kebab-case")]
struct DocsRs {
    all_features: bool,
}

#[derive(Serialize)]
struct Dependencies<'a> {
    #[serde(rename = "discovery-runtime")]
    runtime: Runtime<'a>,
}

#[derive(Serialize)]
#[serde(rename_all = "kebab-case")]
struct Runtime<'a> {
    version: &'a str,
    path: Option<&'a str>,
    default_features: bool,
}
