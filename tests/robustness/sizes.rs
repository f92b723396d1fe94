//! Documents that are deep, long or wide.

use std::time::{Duration, Instant};

use serde_json::{Value, json};
use tests::tree;

use crate::{document, outcome};

/// Generous on a busy machine, and far below what anything but linear work would take.
const PATIENCE: Duration = Duration::from_secs(60);

fn is_quick<T>(what: &str, work: impl FnOnce() -> T) -> T {
    let start = Instant::now();
    let result = work();
    assert!(
        start.elapsed() < PATIENCE,
        "{what} took {:?}",
        start.elapsed()
    );
    result
}

#[test]
fn deep_nesting_is_an_error() {
    for depth in [127, 128, 1_000, 200_000] {
        for open in ["[", "{\"a\":", "{\"schemas\":{\"A\":"] {
            let errors = outcome(&format!("{depth} times {open}"), open.repeat(depth))
                .expect_err("it has no end");
            assert_eq!(errors.messages().len(), 1);
        }
    }
}

#[test]
fn type_depth_is_limited() {
    let nested = |depth: usize, key: &str, kind: &str| {
        let open = format!("{{ \"type\": \"{kind}\", \"{key}\": ").repeat(depth);
        format!("{open}{{ \"type\": \"string\" }}{}", " }".repeat(depth))
    };
    for (key, kind) in [("items", "array"), ("additionalProperties", "object")] {
        for depth in [1, 31, 32, 33, 64, 110] {
            let mut minimal = document("minimal");
            minimal["schemas"]["Deep"] =
                json!({ "id": "Deep", "type": "object", "properties": { "x": "HERE" } });
            let text = minimal
                .to_string()
                .replace("\"HERE\"", &nested(depth, key, kind));
            let outcome = outcome(&format!("{depth} times {kind}"), text);
            assert_eq!(outcome.is_ok(), depth <= 32, "{depth} times {kind}");
        }
    }
    let objects = "{ \"type\": \"object\", \"properties\": { \"a\": ".repeat(50);
    let mut minimal = document("minimal");
    minimal["schemas"]["Deep"] = json!("HERE");
    let text = format!("{objects}{{ \"type\": \"string\" }}{}", " } }".repeat(50));
    outcome(
        "50 objects in each other",
        minimal.to_string().replace("\"HERE\"", &text),
    )
    .expect("each has a name of its own");
}

#[test]
fn deep_resources_are_emitted() {
    let mut resource =
        json!({ "methods": { "get": { "id": "x", "path": "x", "httpMethod": "GET" } } });
    for _ in 0..40 {
        resource = json!({ "resources": { "a": resource } });
    }
    let mut minimal = document("minimal");
    minimal["resources"]["a"] = resource;
    let files = outcome("40 resources in each other", minimal.to_string())
        .expect("a resource can hold a resource");
    assert!(
        files
            .iter()
            .any(|file| file.path.matches("/a").count() > 20),
        "the deepest one is there"
    );
}

#[test]
fn long_texts_are_emitted() {
    let long = "a`b[c]<d> *e* \"f\\ ".repeat(2_000);
    let minimal = document("minimal");
    for pointer in tree::pointers(&minimal) {
        if minimal.pointer(&pointer).is_some_and(Value::is_string) {
            let mut broken = minimal.clone();
            if let Some(place) = broken.pointer_mut(&pointer) {
                *place = Value::from(long.as_str());
            }
            is_quick(&pointer, || {
                outcome(&format!("a long text at {pointer}"), broken.to_string())
            })
            .ok();
        }
    }
}

#[test]
fn long_names_are_emitted() {
    let long = "longName".repeat(10_000);
    let minimal = document("minimal");
    for name in ["Book", "books", "get", "bookId", "title", "nextPageToken"] {
        let text = minimal
            .to_string()
            .replace(&format!("\"{name}\""), &format!("\"{long}\""))
            .replace("{bookId}", &format!("{{{long}}}"));
        let files = is_quick(name, || outcome(&format!("a long {name}"), text)).ok();
        for file in files.into_iter().flatten() {
            let longest = file.path.split('/').map(str::len).max().unwrap_or_default();
            assert!(longest <= 255, "{name}: a name of {longest} bytes");
        }
    }
}

#[test]
fn reference_cycle_is_walked_once() {
    let ring = |length: usize, wrap: fn(Value) -> Value| {
        let mut minimal = document("minimal");
        for index in 0..length {
            let next = json!({ "$ref": format!("Ring{}", (index + 1) % length) });
            let name = format!("Ring{index}");
            minimal["schemas"][&name] =
                json!({ "id": name, "type": "object", "properties": { "next": wrap(next) } });
        }
        minimal.to_string()
    };
    let by_value = is_quick("a ring", || outcome("a ring", ring(2_000, |next| next)))
        .expect("a box makes it possible");
    let boxes: usize = by_value
        .iter()
        .filter(|file| !file.path.ends_with("/API.txt"))
        .map(|file| file.text.matches("Box<schemas::Ring").count())
        .sum();
    assert_eq!(boxes, 1, "one box suffices for a ring");
    let by_list = outcome(
        "a ring of lists",
        ring(100, |next| json!({ "type": "array", "items": next })),
    );
    let by_list = by_list.expect("a list holds nothing by value");
    assert!(
        by_list.iter().all(|file| !file.text.contains("Box<")),
        "lists need no box"
    );
}

#[test]
fn generation_time_is_linear_in_document_size() {
    let mut minimal = document("minimal");
    let values: Vec<String> = (0..5_000).map(|index| format!("VALUE_{index}")).collect();
    minimal["schemas"]["Book"]["properties"]["kind"] = json!({ "type": "string", "enum": values });
    for index in 0..1_000 {
        minimal["schemas"]["Book"]["properties"][format!("property{index}")] =
            json!({ "type": "string" });
        // All of these become one word.
        minimal["schemas"]["Book"]["properties"][format!("a{}b", "_".repeat(index + 1))] =
            json!({ "type": "string" });
    }
    is_quick("a wide document", || {
        outcome("a wide document", minimal.to_string())
    })
    .expect("nothing is wrong with it");
}
