//! The Photos document: its structure is the service's, its prose is complete, and every correction
//! to it has a reason and an effect.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::too_many_lines,
    missing_docs,
    unreachable_pub,
    reason = "a test fails by panicking, and is read from top to bottom"
)]

use std::fmt::Write as _;

use discovery_generator::{Options, RuntimeDependency, Source, canonicalize, generate};
use serde_json::Value;
use sha2::{Digest, Sha256};
use tests::fixtures::repository;

/// The SHA-256 of the structure that the service published as revision 20251221: its document without
/// prose, with sorted keys and without white space.
const STRUCTURE: &str = "ad5aa99b26a3a3dc50be11fa200e0b6b802ab127b12f01a65170c5c051b8e864";

fn source(name: &str) -> Source {
    let path = repository().join("discovery").join(name);
    let text = std::fs::read_to_string(&path)
        .unwrap_or_else(|error| panic!("{}: {error}", path.display()));
    Source {
        name: name.to_owned(),
        text,
    }
}

fn document() -> Value {
    serde_json::from_str(&source("photoslibrary-v1.json").text).expect("the document is JSON")
}

#[test]
fn the_structure_is_that_of_the_services_revision() {
    let document = document();
    assert_eq!(document["revision"], "20251221");
    let structure = compact(&document);
    let digest =
        Sha256::digest(structure.as_bytes())
            .iter()
            .fold(String::new(), |mut hex, byte| {
                let _ = write!(hex, "{byte:02x}");
                hex
            });
    assert_eq!(
        digest, STRUCTURE,
        "only the prose of the document is ours to write; after taking a new revision, change both constants"
    );
}

/// JSON with sorted keys, without white space and without prose.
fn compact(value: &Value) -> String {
    let is_prose = |key: &str, value: &Value| match key {
        // A property of that name is an object.
        "description" => value.is_string(),
        "enumDescriptions" => value.is_array(),
        _ => false,
    };
    match value {
        Value::Object(members) => {
            let mut members: Vec<(&String, &Value)> = members
                .iter()
                .filter(|(key, value)| !is_prose(key, value))
                .collect();
            members.sort_by_key(|(key, _)| key.as_str());
            let members: Vec<String> = members
                .into_iter()
                .map(|(key, value)| format!("{}:{}", Value::from(key.as_str()), compact(value)))
                .collect();
            format!("{{{}}}", members.join(","))
        }
        Value::Array(items) => {
            let items: Vec<String> = items.iter().map(compact).collect();
            format!("[{}]", items.join(","))
        }
        scalar => scalar.to_string(),
    }
}

/// What has prose, by kind, and the places where it is missing.
#[derive(Default)]
struct Prose {
    schemas: usize,
    properties: usize,
    methods: usize,
    parameters: usize,
    scopes: usize,
    values: usize,
    missing: Vec<String>,
}

impl Prose {
    fn check(&mut self, at: &str, value: &Value) {
        let text = value["description"].as_str().unwrap_or_default();
        if text.trim().is_empty() {
            self.missing.push(at.to_owned());
        }
        let values = value["enum"].as_array().map_or(0, Vec::len);
        let texts = value["enumDescriptions"]
            .as_array()
            .map(Vec::as_slice)
            .unwrap_or_default();
        self.values += values;
        if texts.len() != values
            || texts
                .iter()
                .any(|text| text.as_str().is_none_or(|text| text.trim().is_empty()))
        {
            self.missing.push(format!("{at}: a value"));
        }
    }

    /// The values of a list have no text of their own, but its enum has.
    fn check_property(&mut self, at: &str, property: &Value) {
        self.properties += 1;
        self.check(at, property);
        if let Some(items) = property["items"]
            .as_object()
            .filter(|items| items.contains_key("enum"))
        {
            let mut items = items.clone();
            items.insert("description".to_owned(), property["description"].clone());
            self.check(&format!("{at}[]"), &Value::Object(items));
        }
    }

    fn check_resources(&mut self, at: &str, resource: &Value) {
        for (name, method) in members(&resource["methods"]) {
            let at = format!("{at}.{name}");
            self.methods += 1;
            self.check(&at, method);
            for (name, parameter) in members(&method["parameters"]) {
                self.parameters += 1;
                self.check(&format!("{at}#{name}"), parameter);
            }
        }
        for (name, resource) in members(&resource["resources"]) {
            self.check_resources(&format!("{at}.{name}"), resource);
        }
    }
}

fn members(value: &Value) -> impl Iterator<Item = (&String, &Value)> {
    value.as_object().into_iter().flatten()
}

#[test]
fn everything_has_a_text() {
    let document = document();
    let mut prose = Prose::default();
    prose.check("the document", &document);
    for (url, scope) in members(&document["auth"]["oauth2"]["scopes"]) {
        prose.scopes += 1;
        prose.check(url, scope);
    }
    for (name, parameter) in members(&document["parameters"]) {
        prose.parameters += 1;
        prose.check(name, parameter);
    }
    for (name, schema) in members(&document["schemas"]) {
        prose.schemas += 1;
        prose.check(name, schema);
        for (property, value) in members(&schema["properties"]) {
            prose.check_property(&format!("{name}.{property}"), value);
        }
    }
    prose.check_resources("", &document);
    assert!(prose.missing.is_empty(), "no text at {:#?}", prose.missing);
    let found = [
        prose.schemas,
        prose.properties,
        prose.methods,
        prose.parameters,
        prose.scopes,
        prose.values,
    ];
    assert_eq!(
        found,
        [51, 114, 19, 32, 6, 73],
        "schemas, properties, methods, parameters, scopes, enum values"
    );
}

#[test]
fn the_files_are_in_canonical_form() {
    let document = source("photoslibrary-v1.json");
    let canonical = canonicalize(&document).expect("the document is JSON");
    assert!(
        canonical == document.text,
        "run `cargo xtask canonicalize discovery/photoslibrary-v1.json`"
    );
}

#[test]
fn every_correction_has_a_reason_and_a_source() {
    let overrides: Value =
        serde_json::from_str(&source("photoslibrary-v1.overrides.json").text).expect("it is JSON");
    let entries = overrides["entries"].as_array().expect("it has entries");
    assert!(entries.len() > 20, "only {} entries", entries.len());
    for entry in entries {
        let text = |key: &str| entry[key].as_str().unwrap_or_default();
        for key in ["what", "why"] {
            assert!(
                text(key).len() > 20 && text(key).ends_with('.'),
                "`{key}` is no sentence: {entry:#}"
            );
        }
        assert_ne!(text("what"), text("why"), "{entry:#}");
        assert!(
            text("source").starts_with("https://developers.google.com/"),
            "not a page of the service: {entry:#}"
        );
    }
}

/// Corrections that only add a fact to the documentation; where our prose says it, it is not said twice.
const DOCUMENTING: &[&str] = &["defaultValue", "limitLength", "maximum", "requiredProperty"];

#[test]
fn every_correction_changes_the_crate() {
    let document = source("photoslibrary-v1.json");
    let overrides = source("photoslibrary-v1.overrides.json");
    let options = Options::new(RuntimeDependency::Version("1".to_owned()), "test");
    let generated = |overrides: &Source| {
        generate(&document, Some(overrides), &options).unwrap_or_else(|errors| panic!("{errors}"))
    };
    let with_all = generated(&overrides);
    let tree: Value = serde_json::from_str(&overrides.text).expect("it is JSON");
    let entries = tree["entries"].as_array().cloned().unwrap_or_default();
    let mut idle = Vec::new();
    for (index, entry) in entries.iter().enumerate() {
        if DOCUMENTING.iter().any(|kind| entry["kind"] == *kind) {
            continue;
        }
        let mut fewer = entries.clone();
        fewer.remove(index);
        let mut tree = tree.clone();
        tree["entries"] = Value::from(fewer);
        let without = Source {
            name: overrides.name.clone(),
            text: tree.to_string(),
        };
        if generated(&without) == with_all {
            idle.push(entry);
        }
    }
    assert!(
        idle.is_empty(),
        "without these entries the crate is the same: {idle:?}"
    );
}
