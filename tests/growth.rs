//! The work grows with the size of a document, and not faster: eight times the document takes about
//! eight times the processor time, where a pass that looks at all pairs would take 64 times.

use std::sync::{Mutex, PoisonError};
use std::time::Duration;

use discovery_generator::{Input, Source, generate};
use rustix::time::{ClockId, clock_gettime};
use serde_json::{Value, json};
use tests::fixtures::{document, method, object, options, users_of_a_tree};

/// Between 8, which is linear, and 64, which is quadratic.
const MOST: f64 = 16.0;
const TIMES: usize = 8;

/// One document at a time: what counts is the time of all threads of this process.
static TURN: Mutex<()> = Mutex::new(());

/// What this process has used of the processors: other programs on the machine do not count.
fn used() -> Duration {
    let now = clock_gettime(ClockId::ProcessCPUTime);
    Duration::try_from(now).expect("time is not negative")
}

/// Generates the documents of a family at a size and at eight times the size.
fn is_linear(what: &str, size: usize, family: impl Fn(usize) -> Value) {
    let _turn = TURN.lock().unwrap_or_else(PoisonError::into_inner);
    let measure = |size: usize| {
        let text = family(size).to_string();
        let bytes = text.len();
        let input = Input::new(Source {
            name: "api.json".to_owned(),
            text,
        });
        let before = used();
        let outcome = generate(&input, &options());
        let time = used().saturating_sub(before);
        assert!(outcome.is_ok(), "{what}: {}", outcome.unwrap_err());
        (bytes, time)
    };
    let (small_bytes, small) = measure(size);
    let (large_bytes, large) = measure(size * TIMES);
    assert!(
        large_bytes < small_bytes * (TIMES + 2),
        "{what}: the documents themselves grow faster"
    );
    let ratio = large.as_secs_f64() / small.as_secs_f64();
    println!("{what}: {small:?}, {large:?}, {ratio:.1} times");
    assert!(
        ratio < MOST,
        "{what}: {TIMES} times the size took {ratio:.1} times the time ({small:?}, {large:?})"
    );
}

#[test]
fn methods_that_share_types_take_linear_time() {
    // Smaller ones would not show whether each method goes through all types.
    is_linear("methods of one resource", 400, |size| {
        users_of_a_tree(size, 1)
    });
    is_linear("methods of many resources", 100, |size| {
        users_of_a_tree(size, size / 4)
    });
}

#[test]
fn wide_schemas_take_linear_time() {
    is_linear("properties and methods", 200, |size| {
        let mut api = document("minimal");
        for index in 0..size {
            api["schemas"]["Book"]["properties"][format!("p{index}")] =
                json!({ "type": "array", "items": { "$ref": "Book" } });
            let name = format!("m{index}");
            api["resources"]["books"]["methods"][&name] =
                method(&format!("books.{name}"), "Book", "Book");
        }
        api
    });
}

#[test]
fn dense_references_take_linear_time() {
    // Each of 16 schemas of a layer holds each of the next layer.
    is_linear("layers", 6, |size| {
        let mut api = document("minimal");
        for layer in 0..size {
            for index in 0..16 {
                let name = format!("L{layer}n{index}");
                let mut properties = json!({});
                for next in 0..if layer + 1 < size { 16 } else { 0 } {
                    properties[format!("p{next}")] =
                        json!({ "$ref": format!("L{}n{next}", layer + 1) });
                }
                api["schemas"][&name] = object(&name, &properties);
            }
        }
        api["resources"]["books"]["methods"]["dense"] = method("books.dense", "L0n0", "L0n0");
        api
    });
}

#[test]
fn operations_take_linear_time() {
    is_linear("operations", 100, |size| {
        let mut api = document("minimal");
        api["schemas"]["Operation"] = object(
            "Operation",
            &json!({
                "name": { "type": "string" }, "done": { "type": "boolean" },
                "error": { "$ref": "Book" },
            }),
        );
        for index in 0..size {
            let resource = format!("r{index}");
            let parameters = json!({ "name": { "type": "string", "location": "path", "required": true, "pattern": "^operations/[^/]+$" } });
            api["resources"][&resource]["methods"] = json!({
                "get": { "id": format!("{resource}.get"), "path": "v1/{+name}", "httpMethod": "GET",
                    "parameters": parameters, "parameterOrder": ["name"], "response": { "$ref": "Operation" } },
                "start": method(&format!("{resource}.start"), "Book", "Operation"),
            });
        }
        api
    });
}

#[test]
fn text_takes_linear_time() {
    for part in [
        "word ", "`a` ", "* item\n", "<b>x ", "[x](", "&lt;", "1. \n\n", "__",
    ] {
        is_linear(&format!("{part:?} in a description"), 4_000, |size| {
            let mut api = document("minimal");
            api["schemas"]["Book"]["description"] = Value::from(part.repeat(size));
            api
        });
    }
}
