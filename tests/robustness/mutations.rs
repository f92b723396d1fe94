//! Documents that are broken in one place, in a few, or at the end.

use discovery_generator::{Diagnostics, File, Input, Source, structure};
use proptest::prelude::*;
use proptest::test_runner::{Config, RngAlgorithm, TestRng, TestRunner};
use serde_json::{Value, json};
use tests::fixtures::Fixture;
use tests::tree;

use crate::{document, outcome, outcome_of, outcome_with};

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

/// The same cases in every run: a test that fails by chance helps nobody.
fn runner(cases: u32) -> TestRunner {
    let config = Config {
        cases,
        failure_persistence: None,
        ..Config::default()
    };
    TestRunner::new_with_rng(config, TestRng::deterministic_rng(RngAlgorithm::ChaCha))
}

#[test]
fn random_mutations_end_in_files_or_diagnostics() {
    let fixtures: Vec<(String, Value)> = Fixture::all()
        .into_iter()
        .map(|fixture| (fixture.name.clone(), document(&fixture.name)))
        .collect();
    let strategy = (
        any::<prop::sample::Index>(),
        prop::collection::vec(mutation(), 1..6),
    );
    let result = runner(1_000).run(&strategy, |(fixture, mutations)| {
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

/// A document without its texts, these as prose, and overrides, each as a tree.
fn corrected() -> [Value; 3] {
    let fixture = Fixture::load("corrected");
    let structure = structure(&fixture.document).expect("it is a document");
    let overrides = fixture.overrides.expect("it is corrected").text;
    let parse = |text: &str| -> Value { serde_json::from_str(text).expect("it is JSON") };
    let mut trees = [
        parse(&structure),
        json!({ "document": "corrected:v1", "texts": {} }),
        parse(&overrides),
    ];
    let errors = generated(&trees).expect_err("it has no texts");
    for message in errors.messages() {
        let place = message.split('`').nth(1).expect("it names the place");
        trees[1]["texts"][place] = Value::from(format!("The text of {}.", place.len()));
    }
    trees
}

fn generated(trees: &[Value; 3]) -> Result<Vec<File>, Diagnostics> {
    let names = ["api.json", "api.prose.json", "api.overrides.json"];
    let mut sources = names.iter().zip(trees).map(|(name, tree)| Source {
        name: (*name).to_owned(),
        text: tree.to_string(),
    });
    let document = sources.next().expect("the document comes first");
    let input = Input {
        prose: sources.next(),
        overrides: sources.next(),
        ..Input::new(document)
    };
    outcome_of("corrected", &input)
}

#[test]
fn random_mutations_of_overrides_and_prose_end_in_files_or_diagnostics() {
    let whole = corrected();
    generated(&whole).expect("all three fit together");
    assert!(
        whole[1]["texts"]
            .as_object()
            .is_some_and(|texts| texts.len() > 20)
    );
    let strategy = prop::collection::vec((0..6_usize, mutation()), 1..4);
    let counts = std::cell::Cell::new([0, 0]);
    let result = runner(1_000).run(&strategy, |mutations| {
        let mut trees = whole.clone();
        for (tree, mutation) in &mutations {
            // Half of the changes are in the overrides, for which there are most rules.
            apply(&mut trees[[0, 1, 1, 2, 2, 2][*tree]], mutation);
        }
        let mut found = counts.get();
        found[usize::from(generated(&trees).is_ok())] += 1;
        counts.set(found);
        Ok(())
    });
    result.unwrap_or_else(|error| panic!("{error}"));
    let [refused, accepted] = counts.get();
    assert!(
        refused > 100 && accepted > 50,
        "{refused} refused, {accepted} accepted"
    );
}
