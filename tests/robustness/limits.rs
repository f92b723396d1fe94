//! What could grow without a bound has one: checks of a body, the output, the depth of types.

use serde_json::{Value, json};
use tests::fixtures::{method, object, users_of_a_tree};

use crate::{document, outcome, outcome_with, overrides};

/// Two properties in each type of a chain hold the next type, so the number of ways to the last one
/// doubles with each.
fn doubling(levels: usize) -> Value {
    let mut api = document("minimal");
    for level in 0..levels {
        let name = format!("Level{level}");
        let next = json!({ "$ref": format!("Level{}", level + 1) });
        api["schemas"][&name] = object(&name, &json!({ "a": next, "b": next }));
    }
    let last = format!("Level{levels}");
    let properties = json!({ "list": { "type": "array", "items": { "type": "string" } } });
    api["schemas"][&last] = object(&last, &properties);
    api["resources"]["books"]["methods"]["deep"] = method("books.deep", "Level0", "Book");
    api
}

#[test]
fn checks_of_a_body_are_limited() {
    let limited = |levels: usize| {
        let entry = json!({
            "kind": "limitItems", "place": format!("Level{levels}.list"), "min": 1, "max": 9,
            "what": "It says nothing.", "why": "A test.", "source": "https://example.com/",
        });
        let overrides = overrides("minimal:v1", &[entry]);
        let what = format!("{levels} levels");
        outcome_with(&what, doubling(levels).to_string(), Some(&overrides))
    };
    let files = limited(5).expect("32 places can be checked");
    let limits: usize = files
        .iter()
        .map(|file| file.text.matches(".a.list\"").count())
        .sum();
    assert_eq!(limits, 16, "half of them are in the properties `a`");
    for levels in [10, 41, 300] {
        let errors = limited(levels).expect_err("too many places");
        let [message] = errors.messages() else {
            panic!("{errors}");
        };
        assert!(message.contains("the body of `books.deep`"), "{message}");
        assert!(message.contains("at: /schemas/Level"), "{message}");
    }
    // What leads to no check is no work, however many ways there are.
    let mut aside = doubling(41);
    aside["schemas"]["Level41"]["properties"]["own"] = json!({ "$ref": "Own" });
    aside["schemas"]["Own"] = object(
        "Own",
        &json!({ "list": { "type": "array", "items": { "type": "string" } } }),
    );
    aside["resources"]["books"]["methods"]["own"] = method("books.own", "Own", "Own");
    outcome("no check", aside.to_string()).expect("nothing is checked");
}

#[test]
fn output_is_limited() {
    let fixture = tests::fixtures::Fixture::load("minimal");
    let whole: usize = fixture.generate().iter().map(|file| file.text.len()).sum();
    let mut options = tests::fixtures::options();
    options.most_output = whole;
    discovery_generator::generate(&fixture.input(), &options).expect("it is just small enough");
    options.most_output = whole - 1;
    let errors = discovery_generator::generate(&fixture.input(), &options)
        .expect_err("it is larger by one byte");
    let message = format!("the crate would have more than {} bytes", whole - 1);
    assert!(errors.to_string().contains(&message), "{errors}");
}

#[test]
fn recursion_limit_is_raised_for_deep_types() {
    let chain = |size: usize| {
        let mut api = users_of_a_tree(1, 1);
        for index in 0..size {
            let name = format!("Link{index}");
            let next = json!({ "next": { "$ref": format!("Link{}", index + 1) } });
            api["schemas"][&name] = object(&name, &next);
        }
        let last = format!("Link{size}");
        api["schemas"][&last] = object(&last, &json!({ "name": { "type": "string" } }));
        let outcome = outcome(&format!("a chain of {size}"), api.to_string());
        outcome.map(|files| {
            let lib = files
                .into_iter()
                .find(|file| file.path.ends_with("src/lib.rs"));
            lib.expect("there is a front page").text
        })
    };
    // With rustc's own limit of 128 a value can hold 63 structs in each other; a part of that is left
    // to callers.
    let plain = chain(47).expect("it is not deep");
    assert!(!plain.contains("recursion_limit"), "{plain}");
    for (size, limit) in [(48, 256), (112, 384), (1_000, 2_048)] {
        let lib = chain(size).expect("a higher limit suffices");
        assert!(
            lib.contains(&format!("\n#![recursion_limit = \"{limit}\"]")),
            "{size}: {lib}"
        );
        assert!(
            lib.contains(&format!("//! `#![recursion_limit = \"{limit}\"]`.")),
            "{lib}"
        );
    }
    let errors = chain(3_000).expect_err("no limit is meant for that");
    let [message] = errors.messages() else {
        panic!("{errors}");
    };
    assert!(message.contains("at: /schemas/Link0"), "{message}");
}

#[test]
fn recursion_limit_counts_what_types_consist_of() {
    let raised = |what: &str, size: usize, is_ring: bool, wrap: fn(Value) -> Value| {
        let mut api = document("minimal");
        for index in 0..size {
            let name = format!("Link{index}");
            let next = if is_ring {
                (index + 1) % size
            } else {
                index + 1
            };
            let next = wrap(json!({ "$ref": format!("Link{next}") }));
            api["schemas"][&name] = object(&name, &json!({ "next": next }));
        }
        let last = format!("Link{size}");
        api["schemas"][&last] = object(&last, &json!({ "name": { "type": "string" } }));
        let files = outcome(what, api.to_string()).expect("it is not too deep");
        files
            .iter()
            .any(|file| file.text.contains("#![recursion_limit"))
    };
    let list = |item| json!({ "type": "array", "items": item });
    let map = |value| json!({ "type": "object", "additionalProperties": value });
    let same: fn(Value) -> Value = |value| value;
    // As rustc 1.95 counts: 2 for a value, 4 for a list, 5 for a map, 2 more for a box; 96 are free.
    for (what, most, is_ring, wrap) in [
        ("values", 47, false, same),
        ("lists", 23, false, list),
        ("maps", 19, false, map),
        ("a ring with one box", 46, true, same),
        ("a ring of lists", 23, true, list),
    ] {
        assert!(!raised(what, most, is_ring, wrap), "{most} {what}");
        assert!(raised(what, most + 1, is_ring, wrap), "{} {what}", most + 1);
    }
}
