//! Which parts of a large API can users leave out?

use std::collections::{BTreeMap, BTreeSet};

use super::usage::{mentioned, reach, roots};
use crate::lower::names;
use crate::model::{
    Api, DefaultFeatures, Feature, Features, Method, RUNTIME_FEATURES, Resource, SchemaId,
};

/// An API with no more methods than this compiles in seconds as it is.
const SMALL: usize = 150;
/// An API with more methods than this has nothing on by default: nobody uses all of it.
const GIANT: usize = 400;
/// A resource with more methods than this, below it included, is cut into those below it.
const LARGEST_PART: usize = 60;
/// A type that more parts than this use is always there: the list of them would help nobody.
const MOST_USERS: usize = 16;
/// The part with the types that no method mentions, such as those inside of operations.
const OTHER_TYPES: &str = "other-types";

/// Fills `Api::features`, and which resources and types belong to them.
pub(super) fn run(api: &mut Api) {
    let count = api.root.all_methods().len();
    if count <= SMALL {
        return;
    }
    let mut reserved = vec!["all", "default", OTHER_TYPES];
    reserved.extend(RUNTIME_FEATURES.iter().map(|feature| feature.name));
    let mut parts = Parts {
        names: names::Scope::reserving(&reserved),
        features: Vec::new(),
    };
    let mut resources = std::mem::take(&mut api.root.resources);
    for resource in &mut resources {
        parts.assign(resource, "");
    }
    api.root.resources = resources;
    gate_types(api);
    let mut features = parts.features;
    if api
        .schemas
        .iter()
        .any(|schema| schema.features.iter().any(|feature| feature == OTHER_TYPES))
    {
        features.push(Feature {
            name: OTHER_TYPES.to_owned(),
            path: String::new(),
        });
    }
    let default = if count > GIANT {
        DefaultFeatures::None
    } else {
        DefaultFeatures::All
    };
    api.features = Some(Features { features, default });
}

struct Parts {
    names: names::Scope,
    features: Vec<Feature>,
}

impl Parts {
    /// Gives a resource a feature, and those below it one of their own if there are too many.
    fn assign(&mut self, resource: &mut Resource, prefix: &str) {
        let name = format!("{prefix}{}", resource.module.replace('_', "-"));
        let is_split =
            !resource.resources.is_empty() && resource.all_methods().len() > LARGEST_PART;
        // Only the way to those below it is left without methods of its own.
        if !is_split || !resource.methods.is_empty() {
            let feature = self.names.claim(&name, "-resource");
            resource.feature = Some(feature.clone());
            self.features.push(Feature {
                name: feature,
                path: resource.path.clone(),
            });
        }
        if is_split {
            for child in &mut resource.resources {
                self.assign(child, &format!("{name}-"));
            }
        }
    }
}

/// Says of each type which features need it; a type without any is always there.
fn gate_types(api: &mut Api) {
    let mentions: Vec<Vec<SchemaId>> = api
        .schemas
        .iter()
        .map(|schema| mentioned(&schema.kind))
        .collect();
    let mut users: BTreeMap<usize, BTreeSet<String>> = BTreeMap::new();
    let mut always: BTreeMap<usize, BTreeSet<String>> = BTreeMap::new();
    reach(
        &mut api.root.methods.iter().flat_map(roots).collect(),
        &mentions,
        "",
        1,
        &mut always,
    );
    for resource in &api.root.resources {
        visit(
            resource,
            resource.feature.as_deref().unwrap_or_default(),
            &mentions,
            &mut users,
        );
    }
    let unused = (0..api.schemas.len())
        .filter(|index| !users.contains_key(index))
        .map(SchemaId);
    reach(
        &mut unused.collect(),
        &mentions,
        OTHER_TYPES,
        MOST_USERS + 1,
        &mut users,
    );
    // What is always there needs all that it mentions.
    let common = users
        .iter()
        .filter(|(_, features)| features.len() > MOST_USERS)
        .map(|(index, _)| SchemaId(*index));
    reach(&mut common.collect(), &mentions, "", 1, &mut always);
    for (index, schema) in api.schemas.iter_mut().enumerate() {
        if !always.contains_key(&index) {
            schema.features = users
                .remove(&index)
                .unwrap_or_default()
                .into_iter()
                .collect();
        }
    }
}

fn visit(
    resource: &Resource,
    feature: &str,
    mentions: &[Vec<SchemaId>],
    users: &mut BTreeMap<usize, BTreeSet<String>>,
) {
    let own: Vec<&Method> = resource.methods.iter().collect();
    reach(
        &mut own.into_iter().flat_map(roots).collect(),
        mentions,
        feature,
        MOST_USERS + 1,
        users,
    );
    for child in &resource.resources {
        visit(
            child,
            child.feature.as_deref().unwrap_or(feature),
            mentions,
            users,
        );
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::api;

    /// The features of each type, and those of the API, of a document with more methods than are small
    /// and these types.
    fn features(schemas: &str) -> (BTreeMap<String, Vec<String>>, Vec<String>) {
        let methods: Vec<String> = (0..=SMALL)
            .map(|index| {
                format!(
                    r#""get{index}": {{ "id": "small.things.get{index}", "path": "things/{index}",
                    "httpMethod": "GET", "response": {{ "$ref": "Used" }} }}"#
                )
            })
            .collect();
        let methods = methods.join(", ");
        let api = api(&format!(
            r#""resources": {{ "things": {{ "methods": {{ {methods} }} }} }}, "schemas": {{ {schemas} }}"#
        ));
        let types = api.schemas.into_iter();
        let types = types.map(|schema| (schema.name, schema.features)).collect();
        let features = api.features.into_iter().flat_map(|api| api.features);
        (types, features.map(|feature| feature.name).collect())
    }

    const USED: &str = r#""Used": { "id": "Used", "type": "object", "properties": { "shared": { "$ref": "Shared" } } },
        "Shared": { "id": "Shared", "type": "object" }"#;

    /// Types that no method mentions and what they mention; of those that methods mention nothing is
    /// left out by another feature.
    #[test]
    fn other_types_gates_what_no_method_mentions() {
        let unused = r#""Metadata": { "id": "Metadata", "type": "object", "properties": {
                "inner": { "$ref": "Inner" }, "shared": { "$ref": "Shared" }
            } },
            "Inner": { "id": "Inner", "type": "object" }"#;
        let (types, features) = features(&format!("{USED}, {unused}"));
        let types: Vec<_> = types
            .iter()
            .map(|(name, features)| format!("{name}: {}", features.join(" ")))
            .collect();
        let expected = [
            "Inner: other-types",
            "Metadata: other-types",
            "Shared: other-types things",
            "Used: things",
        ];
        assert_eq!(types, expected);
        assert_eq!(features, ["things", "other-types"]);
    }

    /// Who uses one resource pays neither for the methods of those that it is below nor for their
    /// types; those that have none are no feature.
    #[test]
    fn feature_of_a_resource_does_not_bring_those_above_it() {
        let methods = |path: &str, count: usize| {
            let methods: Vec<String> = (0..count)
                .map(|index| {
                    format!(
                        r#""get{index}": {{ "id": "small.{path}.get{index}", "path": "{path}/{index}",
                        "httpMethod": "GET", "response": {{ "$ref": "{path}" }} }}"#
                    )
                })
                .collect();
            format!(r#""methods": {{ {} }}"#, methods.join(", "))
        };
        let api = api(&format!(
            r#""resources": {{ "way": {{ "resources": {{ "upper": {{ {}, "resources": {{
                "lower": {{ {} }}
            }} }} }} }} }},
            "schemas": {{ "upper": {{ "id": "upper", "type": "object" }},
                "lower": {{ "id": "lower", "type": "object" }} }}"#,
            methods("upper", SMALL),
            methods("lower", 2)
        ));
        let features = api.features.into_iter().flat_map(|api| api.features);
        let features: Vec<_> = features.map(|feature| feature.name).collect();
        assert_eq!(features, ["way-upper", "way-upper-lower"]);
        let types = api.schemas.into_iter().map(|schema| schema.features);
        let types: Vec<_> = types.collect();
        assert_eq!(types, [["way-upper-lower"], ["way-upper"]]);
    }

    #[test]
    fn other_types_is_no_feature_without_such_types() {
        let (types, features) = features(USED);
        assert_eq!(types["Shared"], ["things"]);
        assert_eq!(features, ["things"]);
    }
}
