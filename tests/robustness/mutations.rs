//! Documents that are broken in one place, in a few, or at the end.

use proptest::prelude::*;
use proptest::test_runner::{Config, RngAlgorithm, TestRng, TestRunner};
use serde_json::{Value, json};
use tests::fixtures::Fixture;
use tests::tree;

use crate::{document, outcome, outcome_with};

/// What takes the place of a value: one of each kind, and strings that mean something elsewhere.
fn replacements() -> Vec<Value> {
    vec![
        Value::Null,
        json!(true),
        json!(-1.5e300),
        json!(""),
        json!("self"),
        json!("{+x}/../\u{0}\u{202e}\"\\"),
        json!([]),
        json!([null]),
        json!({}),
        json!({ "": {} }),
        json!({ "type": "object", "properties": { "a": { "$ref": "Book" } } }),
    ]
}

#[test]
fn truncated_document_is_an_error() {
    let text = Fixture::load("minimal").document.text;
    let whole = text.trim_end().len();
    for (end, _) in text.char_indices().filter(|(end, _)| *end < whole) {
        let errors = outcome(&format!("the first {end} bytes"), text[..end].to_owned());
        let errors = errors.expect_err("a part of a document is no document");
        assert_eq!(errors.messages().len(), 1, "{errors}");
    }
    outcome("all bytes", text).expect("the whole document is in order");
}

#[test]
fn missing_values_never_panic() {
    for (index, fixture) in Fixture::all().into_iter().enumerate() {
        let document = document(&fixture.name);
        // Much is alike in them, so a third of each will do.
        let pointers = tree::pointers(&document);
        for pointer in pointers.into_iter().skip(index % 3).step_by(3) {
            let mut broken = document.clone();
            tree::remove(&mut broken, &pointer);
            assert_ne!(broken, document, "{pointer}");
            let what = format!("{} without {pointer}", fixture.name);
            let _ = outcome_with(&what, broken.to_string(), fixture.overrides.as_ref());
        }
    }
}

#[test]
fn values_of_another_kind_never_panic() {
    let mut refused = 0;
    for name in ["minimal", "media", "inline"] {
        let document = document(name);
        for pointer in tree::pointers(&document) {
            for replacement in replacements() {
                let mut broken = document.clone();
                if let Some(place) = broken.pointer_mut(&pointer) {
                    *place = replacement.clone();
                }
                let outcome = outcome(
                    &format!("{name} with {replacement} at {pointer}"),
                    broken.to_string(),
                );
                refused += usize::from(outcome.is_err());
            }
        }
    }
    assert!(refused > 1_000, "only {refused} documents were refused");
}

/// One change at a place that is chosen among those that there are.
#[derive(Clone, Debug)]
enum Mutation {
    Remove(prop::sample::Index),
    Replace(prop::sample::Index, usize),
    /// The value at one place is put at another.
    Copy(prop::sample::Index, prop::sample::Index),
    /// A key becomes another one.
    Rename(prop::sample::Index, String),
}

fn mutation() -> impl Strategy<Value = Mutation> {
    let place = any::<prop::sample::Index>;
    prop_oneof![
        place().prop_map(Mutation::Remove),
        (place(), 0..replacements().len()).prop_map(|(at, with)| Mutation::Replace(at, with)),
        (place(), place()).prop_map(|(from, to)| Mutation::Copy(from, to)),
        (place(), "\\PC{0,12}").prop_map(|(at, name)| Mutation::Rename(at, name)),
    ]
}

fn apply(document: &mut Value, mutation: &Mutation) {
    let pointers = tree::pointers(document);
    if pointers.is_empty() {
        return;
    }
    let place = |index: &prop::sample::Index| index.get::<String>(&pointers).as_str();
    match mutation {
        Mutation::Remove(at) => tree::remove(document, place(at)),
        Mutation::Replace(at, with) => put(document, place(at), replacements().swap_remove(*with)),
        Mutation::Copy(from, to) => {
            let value = document.pointer(place(from)).cloned().unwrap_or_default();
            put(document, place(to), value);
        }
        Mutation::Rename(at, name) => {
            let pointer = place(at);
            let value = document.pointer(pointer).cloned().unwrap_or_default();
            let parent = pointer.rsplit_once('/').map_or("", |(parent, _)| parent);
            if let Some(Value::Object(members)) = document.pointer_mut(parent) {
                members.insert(name.clone(), value);
                tree::remove(document, pointer);
            }
        }
    }
}

fn put(document: &mut Value, pointer: &str, value: Value) {
    if let Some(place) = document.pointer_mut(pointer) {
        *place = value;
    }
}

#[test]
fn random_mutations_end_in_files_or_diagnostics() {
    let fixtures: Vec<(String, Value)> = Fixture::all()
        .into_iter()
        .map(|fixture| (fixture.name.clone(), document(&fixture.name)))
        .collect();
    let config = Config {
        cases: 1_000,
        failure_persistence: None,
        ..Config::default()
    };
    // The same cases in every run: a test that fails by chance helps nobody.
    let mut runner =
        TestRunner::new_with_rng(config, TestRng::deterministic_rng(RngAlgorithm::ChaCha));
    let strategy = (
        any::<prop::sample::Index>(),
        prop::collection::vec(mutation(), 1..6),
    );
    let result = runner.run(&strategy, |(fixture, mutations)| {
        let (name, document) = fixture.get(&fixtures);
        let mut document = document.clone();
        for mutation in &mutations {
            apply(&mut document, mutation);
        }
        let _ = outcome(name, document.to_string());
        Ok(())
    });
    result.unwrap_or_else(|error| panic!("{error}"));
}
