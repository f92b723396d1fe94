//! Bodies of responses: empty ones, raw ones, and those that are no object.

use discovery_runtime::codegen::{BodyError, FromBody};
use discovery_runtime::{Bytes, Map, Value};

use crate::fixture::{Empty, Item, JsonObject};

#[test]
fn a_schema_without_fields_may_have_no_body() {
    for body in [&b""[..], b" \r\n\t", b"{}", b" {} ", br#"{"new": [1]}"#] {
        assert_eq!(Empty::from_body(body), Ok(Empty {}), "{body:?}");
    }
    assert!(Empty::from_body(b"{").is_err());
    assert!(Empty::from_body(b"<html>").is_err());
}

#[test]
fn a_schema_with_fields_needs_a_body() {
    for body in [&b""[..], b" \n"] {
        assert_eq!(Item::from_body(body), Err(BodyError::Empty));
        assert_eq!(Value::from_body(body), Err(BodyError::Empty));
        assert_eq!(Vec::<Item>::from_body(body), Err(BodyError::Empty));
        assert_eq!(Map::<String>::from_body(body), Err(BodyError::Empty));
        assert_eq!(JsonObject::from_body(body), Err(BodyError::Empty));
    }
    assert_eq!(BodyError::Empty.to_string(), "the body is empty");
    assert_eq!(Item::from_body(b"{}"), Ok(Item::default()));
}

#[test]
fn bodies_can_be_lists_or_maps() {
    assert_eq!(Vec::<i64>::from_body(br#"["1", 2]"#), Ok(vec![1, 2]));
    assert_eq!(Value::from_body(b"null"), Ok(Value::Null));
    let map = Map::<Vec<String>>::from_body(br#"{"a": ["b"]}"#).unwrap();
    assert_eq!(map["a"], ["b"]);
    let object = JsonObject::from_body(br#"{"a": null}"#).unwrap();
    assert_eq!(object.get("a"), Some(&Value::Null));
    assert_eq!(JsonObject::from(object.0.clone()), object);
    assert_eq!(serde_json::to_string(&object).unwrap(), r#"{"a":null}"#);
}

#[test]
fn raw_bodies_stay_as_they_came() {
    let body = b"\x00\xff not JSON";
    assert_eq!(Bytes::from_body(body), Ok(Bytes::from(body)));
    assert_eq!(<()>::from_body(body), Ok(()));
    assert_eq!(String::from_body("ça".as_bytes()).as_deref(), Ok("ça"));
    assert_eq!(String::from_body(b"").as_deref(), Ok(""));
    let error = String::from_body(b"ab\xff").unwrap_err();
    assert_eq!(error.to_string(), "expected UTF-8 text, at line 1 column 2");
}
