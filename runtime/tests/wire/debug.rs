//! What `Debug` shows of a schema: what is there, and of secrets only that they are.

use discovery_runtime::codegen;
use discovery_runtime::{Bytes, Duration, Map, Timestamp, Value};

use crate::fixture::Status;

#[derive(Clone, Default, PartialEq)]
struct Clip {
    bytes: Option<Bytes>,
    child: Option<Box<Clip>>,
    create_time: Option<Timestamp>,
    labels: Map<String>,
    length: Option<Duration>,
    names: Vec<String>,
    size: Option<i64>,
    status: Option<Status>,
    token: Option<String>,
    r#type: Option<String>,
    volume: Option<f64>,
    any: Option<Value>,
}

codegen::schema! {
    Clip {
        "bytes" => bytes,
        "child" => child,
        "createTime" => create_time: output_only,
        "labels" => labels,
        "length" => length,
        "names" => names,
        "size" => size,
        "status" => status,
        "token" => token,
        "type" => r#type,
        "volume" => volume,
        "any" => any,
    } strict ["names"] secret ["token"]
}

fn clip(json: &str) -> Clip {
    serde_json::from_str(json).unwrap()
}

#[test]
fn debug_leaves_out_what_is_absent() {
    assert_eq!(format!("{:?}", Clip::default()), "Clip");
    let absent = clip(r#"{"names": [], "labels": {}, "child": null, "size": null}"#);
    assert_eq!(format!("{absent:?}"), "Clip");
    let child = clip(r#"{"child": {"type": ""}}"#);
    assert_eq!(format!("{child:?}"), r#"Clip { child: Clip { type: "" } }"#);
}

#[test]
fn debug_shows_each_value_in_its_form() {
    let shown = clip(
        r#"{"bytes": "AAEC", "createTime": "2026-01-31T12:00:00Z", "labels": {"a": "b\n"},
        "length": "1.5s", "names": ["x", "y"], "size": "-7", "status": "READY", "type": "T",
        "volume": 0.5, "any": {"k": null}}"#,
    );
    let expected = "Clip { bytes: Bytes(3 bytes), create_time: 2026-01-31T12:00:00Z, \
        labels: {\"a\": \"b\\n\"}, length: 1.5s, names: [\"x\", \"y\"], size: -7, status: Ready, \
        type: \"T\", volume: 0.5, any: Object {\"k\": Null} }";
    assert_eq!(format!("{shown:?}"), expected);
    let pretty = format!("{:#?}", clip(r#"{"child": {"names": ["x"]}}"#));
    let expected =
        "Clip {\n    child: Clip {\n        names: [\n            \"x\",\n        ],\n    },\n}";
    assert_eq!(pretty, expected);
}

/// A value that a newer service has prints as it came.
#[test]
fn debug_shows_unrecognized_values() {
    let shown = clip(r#"{"status": "NEWER"}"#);
    assert_eq!(
        format!("{shown:?}"),
        r#"Clip { status: Unrecognized("NEWER") }"#
    );
}

#[test]
fn debug_redacts_secrets_at_any_depth() {
    let shown = clip(r#"{"token": "CANARY", "child": {"token": "CANARY"}}"#);
    for shown in [format!("{shown:?}"), format!("{shown:#?}")] {
        assert!(!shown.contains("CANARY"), "{shown}");
        assert_eq!(shown.matches("[secret]").count(), 2, "{shown}");
    }
}
