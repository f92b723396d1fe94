//! The same input gives the same files, on any machine and in any order of its keys, and a change in
//! one place of a document does not rename what is emitted for another.

use std::collections::BTreeSet;

use discovery_generator::{File, Input, Source, generate};
use serde_json::{Value, json};
use tests::fixtures::{Fixture, options, repository};
use tests::random::Random;
use tests::tree;

/// The fixtures, and the document that the emitted crate in `generated/` is made from.
fn documents() -> Vec<Fixture> {
    let read = |name: &str| {
        let path = repository().join("discovery").join(name);
        let text = std::fs::read_to_string(&path)
            .unwrap_or_else(|error| panic!("{}: {error}", path.display()));
        Source {
            name: name.to_owned(),
            text,
        }
    };
    let mut documents = Fixture::all();
    documents.push(Fixture {
        name: "photoslibrary".to_owned(),
        document: read("photoslibrary-v1.json"),
        overrides: Some(read("photoslibrary-v1.overrides.json")),
    });
    documents
}

fn parsed(source: &Source) -> Value {
    serde_json::from_str(&source.text).expect("the fixture is JSON")
}

#[test]
fn output_is_reproducible() {
    for document in documents() {
        assert_same(&document.name, &document.generate(), &document.generate());
    }
}

#[test]
fn output_ignores_the_order_of_keys() {
    for document in documents() {
        let expected = document.generate();
        for seed in 0..3 {
            let mut random = Random::new(seed);
            let mut other =
                document.with_text(tree::shuffled(&parsed(&document.document), &mut random));
            if let Some(overrides) = &mut other.overrides {
                overrides.text = tree::shuffled(&parsed(overrides), &mut random);
            }
            assert_ne!(other.document.text, document.document.text);
            assert_same(&document.name, &expected, &other.generate());
        }
    }
}

#[test]
fn output_ignores_the_name_of_the_file() {
    let document = Fixture::load("minimal");
    let expected = document.generate();
    for name in ["/home/user/minimal.json", "C:\\minimal.json", "-", ""] {
        let other = Source {
            name: name.to_owned(),
            text: document.document.text.clone(),
        };
        let files = generate(&Input::new(other), &options()).expect("the fixture is in order");
        assert_same(name, &expected, &files);
    }
}

fn assert_same(what: &str, expected: &[File], found: &[File]) {
    let paths = |files: &[File]| {
        files
            .iter()
            .map(|file| file.path.clone())
            .collect::<Vec<_>>()
    };
    assert_eq!(paths(expected), paths(found), "{what}");
    for (expected, found) in expected.iter().zip(found) {
        let first = expected
            .text
            .lines()
            .zip(found.text.lines())
            .find(|(a, b)| a != b);
        assert!(
            expected.text == found.text,
            "{what}: {}: {first:?}",
            expected.path
        );
    }
}

#[test]
fn additions_rename_nothing() {
    for document in documents() {
        // Corrections may say that two enums are one, and one value more in one of them is an error.
        let document = Fixture {
            overrides: None,
            ..document
        };
        let before = names(&document.generate());
        assert!(before.len() > 3, "{}: {before:?}", document.name);
        for (what, addition) in additions(&parsed(&document.document)) {
            let after = names(&document.with_text(addition.to_string()).generate());
            let gone: Vec<_> = before.difference(&after).collect();
            assert!(
                gone.is_empty(),
                "{what} was added to {}, and these are gone: {gone:#?}",
                document.name
            );
            assert!(
                after.len() > before.len(),
                "{what} was added to {}, and nothing came of it",
                document.name
            );
        }
    }
}

/// The document with one thing more, many times.
fn additions(document: &Value) -> Vec<(String, Value)> {
    let mut found = Vec::new();
    let mut add = |pointer: String, name: &str, value: Value| {
        let mut copy = document.clone();
        if let Some(Value::Object(members)) = copy.pointer_mut(&pointer)
            && !members.contains_key(name)
        {
            members.insert(name.to_owned(), value);
            found.push((format!("{pointer}/{name}"), copy));
        }
    };
    for name in ["Aardvark", "Zebra", "aardvark_v1", "ZEBRA"] {
        add(
            "/schemas".to_owned(),
            name,
            json!({ "id": name, "type": "object", "properties": { "a": { "type": "string", "enum": ["A"] } } }),
        );
    }
    for name in ["aardvarks", "zebras"] {
        let method = json!({ "id": "x", "path": "x", "httpMethod": "GET" });
        add(
            "/resources".to_owned(),
            name,
            json!({ "methods": { "get": method, "aardvark": method } }),
        );
    }
    for pointer in tree::pointers(document) {
        // That schema is known by its properties; with another one it would be any other.
        if pointer.starts_with("/schemas/GoogleApiHttpBody/") {
            continue;
        }
        if pointer.ends_with("/properties") && !pointer.ends_with("/methods/properties") {
            add(
                pointer,
                "aardvark",
                json!({ "type": "string", "enum": ["A", "B"] }),
            );
        } else if pointer.ends_with("/methods") && !pointer.ends_with("/resources/methods") {
            add(
                pointer,
                "aardvark",
                json!({ "id": "x", "path": "x", "httpMethod": "GET" }),
            );
        }
    }
    found.extend(longer_enums(document));
    found
}

/// The document with one value more at the end of each enum.
fn longer_enums(document: &Value) -> Vec<(String, Value)> {
    // Parameters that every method has are not emitted.
    let is_emitted =
        |pointer: &String| !matches!(pointer.rsplit('/').nth(1), Some("alt" | "$.xgafv"));
    let enums = tree::pointers(document)
        .into_iter()
        .filter(|pointer| pointer.ends_with("/enum"))
        .filter(is_emitted)
        // That enum is known by its only value; with another one it would be any other.
        .filter(|pointer| document.pointer(pointer) != Some(&json!(["NULL_VALUE"])));
    enums
        .filter_map(|pointer| {
            let mut copy = document.clone();
            copy.pointer_mut(&pointer)?
                .as_array_mut()?
                .push(json!("AARDVARK"));
            let owner = copy
                .pointer_mut(pointer.strip_suffix("/enum")?)?
                .as_object_mut()?;
            owner.remove("enumDescriptions");
            owner.remove("enumDeprecated");
            Some((pointer, copy))
        })
        .collect()
}

/// The names that users write, each with what it belongs to.
fn names(files: &[File]) -> BTreeSet<String> {
    let mut found = BTreeSet::new();
    for file in files.iter().filter(|file| file.path.contains("/src/")) {
        // Types are in one module, whatever file they stand in.
        let module = if file.path.contains("/src/schemas/") {
            "schemas"
        } else {
            file.path.as_str()
        };
        let mut owner = String::new();
        for line in file.text.lines() {
            let is_public = line.trim_start().starts_with("pub ");
            let is_variant = line.trim_end().ends_with(',') && line.contains("\" => ");
            if !line.is_empty() && !line.starts_with([' ', '}', ')', '/', '#']) {
                owner = head(line);
            }
            if is_public || is_variant {
                found.insert(format!("{module}: {owner}: {}", head(line)));
            }
        }
    }
    found
}

/// A line without what may change: what a constant is worth, and whether anything follows.
fn head(line: &str) -> String {
    let head = line.split(" = ").next().unwrap_or_default();
    head.trim().trim_end_matches(['{', '}', ' ']).to_owned()
}

#[test]
fn output_paths_have_known_forms() {
    for document in documents() {
        for file in document.generate() {
            assert!(is_expected(&file.path), "{}: {}", document.name, file.path);
        }
    }
}

#[test]
fn hostile_names_make_no_paths() {
    let resource = json!({ "methods": { "get": {
        "id": "x", "path": "x", "httpMethod": "GET", "response": { "type": "object", "properties": { "a": { "type": "string" } } }
    } } });
    let long = "long".repeat(1_000);
    let names = [
        "../../evil",
        "../build",
        ".cargo/config",
        "build",
        "build.rs",
        "lib",
        "main",
        "mod",
        "bin",
        "con",
        "NUL",
        "aux.",
        "prn ",
        "CON.rs",
        "/etc/passwd",
        "C:\\x",
        "a\\b",
        "a\u{0}b",
        "%2e%2e%2f",
        "-rf",
        "~",
        "",
        ".",
        "..",
        "Schemas",
        "scopes",
        "calls",
        "é",
        "\u{212a}",
        &long,
    ];
    for (index, outer) in names.into_iter().enumerate() {
        // Each name above some others, and above itself.
        for distance in [0, 1, 7] {
            let inner = names[(index + distance) % names.len()];
            let mut document = parsed(&Fixture::load("minimal").document);
            let mut nested = resource.clone();
            nested["resources"][inner] = resource.clone();
            document["resources"][outer] = nested;
            document["schemas"][inner] = json!({ "id": inner, "type": "object" });
            document["methods"][outer] = resource["methods"]["get"].clone();
            let files = Fixture::load("minimal")
                .with_text(document.to_string())
                .generate();
            let mut seen = BTreeSet::new();
            for file in files {
                assert!(
                    is_expected(&file.path),
                    "{outer:?}, {inner:?}: {}",
                    file.path
                );
                // On some disks two names that differ in capitals only are one.
                assert!(
                    seen.insert(file.path.to_lowercase()),
                    "{outer:?}, {inner:?}: {} occurs twice",
                    file.path
                );
            }
        }
    }
}

/// Names of modules that cargo, rustc or Windows takes for something else.
const REFUSED: &[&str] = &["aux", "bin", "con", "lib", "main", "mod", "nul", "prn"];

/// `FOLDER/Cargo.toml`, or a source file below `FOLDER/src` whose name means nothing to cargo or to
/// an operating system.
fn is_expected(path: &str) -> bool {
    let word = |text: &str, extra: &str| {
        (1..=200).contains(&text.len())
            && text
                .chars()
                .all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || extra.contains(c))
            && !text.starts_with(['-', '.'])
    };
    let Some((folder, rest)) = path.split_once('/') else {
        return false;
    };
    if !word(folder, "._-") {
        return false;
    }
    if matches!(
        rest,
        "API.txt" | "Cargo.toml" | "LICENSE-APACHE" | "LICENSE-MIT" | "README.md" | "src/lib.rs"
    ) {
        return true;
    }
    let Some(modules) = rest
        .strip_prefix("src/")
        .and_then(|rest| rest.strip_suffix(".rs"))
    else {
        return false;
    };
    modules
        .split('/')
        .all(|module| word(module, "_") && !REFUSED.contains(&module))
}

#[test]
fn output_contains_no_machine_paths() {
    let here = repository().canonicalize().expect("the repository exists");
    let here = here.to_string_lossy();
    let home = std::env::var("HOME").unwrap_or_default();
    for document in documents() {
        for file in document.generate() {
            assert!(
                !file.path.starts_with(['/', '\\']) && !file.path.contains(".."),
                "{}",
                file.path
            );
            assert!(!file.text.contains(here.as_ref()), "{}", file.path);
            assert!(
                home.len() < 2 || !file.text.contains(&format!("{home}/")),
                "{}",
                file.path
            );
        }
    }
}
