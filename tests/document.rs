//! The documents: the structure of the Photos Library API is the service's, and every correction has
//! a reason and an effect. That everything has a text is a condition of the generator.

use discovery_generator::{
    File, Input, Options, Release, RuntimeDependency, Source, generate, sha256, structure,
};
use serde_json::Value;
use tests::fixtures::repository;

/// The names of the documents.
fn documents() -> Vec<String> {
    let folder = std::fs::read_dir(repository().join("discovery")).expect("the folder is there");
    let names = folder.map(|entry| entry.expect("it can be read").file_name());
    let mut names: Vec<String> = names
        .filter_map(|name| name.to_str()?.strip_suffix(".json").map(str::to_owned))
        .filter(|name| !name.contains('.'))
        .collect();
    names.sort();
    assert!(names.len() > 1, "{names:?}");
    names
}

fn source(name: &str) -> Source {
    let path = repository().join("discovery").join(name);
    let text = std::fs::read_to_string(&path)
        .unwrap_or_else(|error| panic!("{}: {error}", path.display()));
    Source {
        name: name.to_owned(),
        text,
    }
}

fn generated(name: &str, overrides: &Source) -> Vec<File> {
    let options = Options::new(RuntimeDependency::Version("1".to_owned()), "test");
    let input = Input {
        document: source(&format!("{name}.json")),
        prose: Some(source(&format!("{name}.prose.json"))),
        overrides: Some(overrides.clone()),
    };
    generate(&input, &options).unwrap_or_else(|errors| panic!("{errors}"))
}

/// A reviewer reads them side by side; what has no spaces cannot be broken.
#[test]
fn emitted_lines_have_at_most_100_columns() {
    let emitted = documents().into_iter().flat_map(|name| {
        let overrides = source(&format!("{name}.overrides.json"));
        generated(&name, &overrides)
    });
    for file in emitted.filter(|file| file.path.contains("/src/")) {
        let is_wide = |line: &&str| line.chars().count() > 100;
        for line in file.text.lines().filter(is_wide) {
            let is_one_word = line.contains("https://") || line.contains("SHA256");
            assert!(is_one_word, "{}: {line}", file.path);
        }
    }
}

/// `cargo xtask fetch` records the revision and the digest of what it takes from the service.
#[test]
fn document_is_as_it_was_fetched() {
    let text = source("photoslibrary-v1.json").text;
    let document: Value = serde_json::from_str(&text).expect("the document is JSON");
    let release = Release::read(&source("photoslibrary-v1.crate.json")).expect("it is one");
    let origin = release.origin.expect("it came from somewhere");
    assert_eq!(
        (document["revision"].as_str(), sha256(text.as_bytes())),
        (Some(origin.revision.as_str()), origin.sha256),
        "the document is not ours to edit: correct it in photoslibrary-v1.overrides.json; a new \
         revision of the service is taken with `cargo xtask fetch photoslibrary:v1`"
    );
}

#[test]
fn document_files_are_canonical() {
    for name in documents() {
        let document = source(&format!("{name}.json"));
        let canonical = structure(&document).expect("the document is JSON");
        assert!(
            canonical == document.text,
            "{name}: run `cargo xtask canonicalize`"
        );
    }
}

#[test]
fn corrections_have_a_reason_and_a_source() {
    for name in documents() {
        let overrides: Value =
            serde_json::from_str(&source(&format!("{name}.overrides.json")).text)
                .expect("it is JSON");
        let entries = overrides["entries"].as_array().expect("it has entries");
        assert!(!entries.is_empty(), "{name}");
        entries.iter().for_each(check_entry);
    }
}

fn check_entry(entry: &Value) {
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

/// Corrections that only add a fact to the documentation; where our prose says it, it is not said twice.
const DOCUMENTING: &[&str] = &["defaultValue", "limitLength", "maximum", "requiredProperty"];

#[test]
fn corrections_change_the_crate() {
    for name in documents() {
        let idle = idle_corrections(&name);
        assert!(
            idle.is_empty(),
            "{name}: without these entries the crate is the same: {idle:?}"
        );
    }
}

/// The corrections of a document without which its crate would be the same.
fn idle_corrections(name: &str) -> Vec<Value> {
    let overrides = source(&format!("{name}.overrides.json"));
    let generated = |overrides: &Source| generated(name, overrides);
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
            idle.push(entry.clone());
        }
    }
    idle
}
