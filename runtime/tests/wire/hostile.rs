//! Broken and hostile bodies: an error that says where and never what, and no panic.

use discovery_runtime::codegen::{BodyError, FromBody};
use discovery_runtime::{Map, Value};
use proptest::collection::vec;
use proptest::prelude::*;
use serde_json::json;

use crate::fixture::{Empty, FULL, Item, JsonObject, Status};

#[test]
fn a_truncated_body_is_an_error() {
    for end in 0..FULL.len() {
        if FULL.is_char_boundary(end) {
            assert!(Item::from_body(&FULL.as_bytes()[..end]).is_err(), "{end}");
        }
    }
}

#[test]
fn nesting_is_limited() {
    let nested = |depth: usize| r#"{"parent":"#.repeat(depth) + "{}" + &"}".repeat(depth);
    assert!(Item::from_body(nested(126).as_bytes()).is_ok());
    for depth in [127, 128, 1_000_000] {
        assert!(
            Item::from_body(nested(depth).as_bytes()).is_err(),
            "{depth}"
        );
        let open = r#"{"children":["#.repeat(depth);
        assert!(Item::from_body(open.as_bytes()).is_err(), "{depth}");
        assert!(
            Item::from_body((r#"{"any":"#.to_owned() + &"[".repeat(depth)).as_bytes()).is_err()
        );
    }
}

#[test]
fn a_long_list_is_read() {
    let json = format!(r#"{{"counts": [{}0]}}"#, "1,".repeat(1_000_000));
    assert_eq!(
        Item::from_body(json.as_bytes()).unwrap().counts.len(),
        1_000_001
    );
}

#[test]
fn malformed_json_is_an_error() {
    for body in [
        &b"\xef\xbb\xbf{}"[..],
        b"{}{}",
        b"{} x",
        b"{\"id\": \"\xff\"}",
        b"{\"id\": \"\\ud800\"}",
        b"{\"id\": \"a\0b\"}",
        b"{\"ratio\": 1e999}",
        b"{\"ratio\": NaN}",
        b"{id: 1}",
        b"{'id': 1}",
        b"{\"id\": \"a\",}",
        b"<html>",
        b"\0",
    ] {
        let error = Item::from_body(body).unwrap_err();
        assert!(
            matches!(error, BodyError::Decode { .. }),
            "{body:?}: {error:?}"
        );
    }
}

/// Every place in a JSON value, and the value there.
fn places(value: &Value, path: &str, found: &mut Vec<String>) {
    found.push(path.to_owned());
    match value {
        Value::Array(entries) => {
            for (index, entry) in entries.iter().enumerate() {
                places(entry, &format!("{path}/{index}"), found);
            }
        }
        Value::Object(entries) => {
            for (key, entry) in entries {
                places(entry, &format!("{path}/{key}"), found);
            }
        }
        _ => {}
    }
}

#[test]
fn a_value_of_another_type_is_an_error_that_does_not_show_it() {
    let full: Value = serde_json::from_str(FULL).unwrap();
    let mut paths = Vec::new();
    places(&full, "", &mut paths);
    let canaries = [
        json!("CANARY-8675309"),
        json!(8_675_309),
        json!(-8_675_309.5),
        json!(["CANARY-8675309"]),
        json!({ "CANARY.8675309": "CANARY-8675309", "x": 8_675_309 }),
        json!([[8_675_309]]),
    ];
    let mut rejected = 0;
    for path in &paths {
        for canary in &canaries {
            let mut changed = full.clone();
            *changed.pointer_mut(path).unwrap() = canary.clone();
            let body = serde_json::to_vec_pretty(&changed).unwrap();
            let mut messages = Vec::new();
            if let Err(error) = Item::from_body(&body) {
                messages.extend([error.to_string(), format!("{error:?}")]);
            }
            if let Err(error) = serde_json::from_value::<Item>(changed) {
                messages.extend([error.to_string(), format!("{error:?}")]);
            }
            rejected += messages.len();
            for message in messages {
                assert!(!message.contains("CANARY"), "{path}: {message}");
                assert!(!message.contains("8675309"), "{path}: {message}");
            }
        }
    }
    assert!(rejected > 400, "{rejected}");
}

#[test]
fn an_error_says_where_and_what_was_expected() {
    for (body, shown) in [
        (
            r#"{"children": [{}, {"count": "secret"}]}"#,
            "children[1].count: invalid value: string, expected a 64-bit integer, at line 1 column 36",
        ),
        (
            "{\n  \"parent\": {\n    \"tags\": {\"a\": 1}\n  }\n}",
            "parent.tags: invalid value: object, expected a list, at line 3 column 13",
        ),
        (
            r#"{"byName": {"a.b": {"time": 5}}}"#,
            "byName[...].time: invalid value: number, expected an RFC 3339 timestamp of the years \
             0001 to 9999, at line 1 column 29",
        ),
        (
            r#"{"flag": tru"#,
            "flag: EOF while parsing a value, at line 1 column 12",
        ),
        (
            "[]",
            "invalid value: list, expected an object, at line 1 column 2",
        ),
        (
            "null",
            "invalid value: null, expected an object, at line 1 column 0",
        ),
    ] {
        assert_eq!(
            Item::from_body(body.as_bytes()).unwrap_err().to_string(),
            shown
        );
    }
}

/// Decodes with every kind of target; only that it returns matters.
fn decode_everything(bytes: &[u8]) {
    let _ = Item::from_body(bytes);
    let _ = Empty::from_body(bytes);
    let _ = JsonObject::from_body(bytes);
    let _ = Vec::<Status>::from_body(bytes);
    let _ = Map::<Item>::from_body(bytes);
    let _ = Value::from_body(bytes);
    let _ = String::from_body(bytes);
}

proptest! {
    #[test]
    fn any_bytes(bytes: Vec<u8>, json in "[\\[\\]{}:,\"a-z0-9.\\\\ue+-]{0,60}") {
        decode_everything(&bytes);
        decode_everything(json.as_bytes());
    }

    #[test]
    fn broken_responses(flips in vec((0..FULL.len(), any::<u8>()), 1..4), cut in 0..FULL.len(), twice in 0..FULL.len()) {
        let mut bytes = FULL.as_bytes().to_vec();
        for (at, byte) in flips {
            bytes[at] = byte;
        }
        decode_everything(&bytes);
        decode_everything(&[&bytes[..cut], &bytes[twice..]].concat());
    }
}
