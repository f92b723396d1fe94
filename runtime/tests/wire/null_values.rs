//! `null` where it is a value: `google.protobuf.NullValue`, and free-form JSON.

use discovery_runtime::codegen::{FromBody, Params};
use discovery_runtime::{Map, NullValue, Value, codegen};

/// Alike the `Value` of Firestore, a union whose member `nullValue` has only the value `null`:
/// <https://firebase.google.com/docs/firestore/reference/rest/v1/Value>.
#[derive(Clone, Default, PartialEq)]
#[expect(clippy::zero_sized_map_values, reason = "a map of nulls has its keys")]
struct Union {
    null_value: Option<NullValue>,
    string_value: Option<String>,
    any: Option<Value>,
    list: Vec<NullValue>,
    map: Map<NullValue>,
    fields: Map<Union>,
}

codegen::schema! {
    Union {
        "nullValue" => null_value,
        "stringValue" => string_value,
        "any" => any,
        "list" => list,
        "map" => map,
        "fields" => fields,
    }
}

fn read(json: &str) -> Union {
    Union::from_body(json.as_bytes()).expect(json)
}

#[test]
fn null_round_trips() {
    let json = r#"{"any":null,"fields":{"a":{"nullValue":null},"b":{"stringValue":"x"}}}"#;
    let value = read(json);
    assert_eq!(value.fields["a"].null_value, Some(NullValue));
    assert_eq!(value.fields["b"].null_value, None);
    assert_eq!(value.any, Some(Value::Null));
    assert_eq!(serde_json::to_string(&value).unwrap(), json);
}

#[test]
fn absent_null_values_stay_absent() {
    let value = read(r#"{"stringValue":null,"list":null,"map":null}"#);
    assert_eq!(value, Union::default());
    assert_eq!(serde_json::to_string(&value).unwrap(), "{}");
}

#[test]
fn null_is_an_entry_of_lists_and_maps_of_it() {
    let json = r#"{"list":[null,null],"map":{"a":null}}"#;
    let value = read(json);
    assert_eq!((value.list.len(), value.map.len()), (2, 1));
    assert_eq!(serde_json::to_string(&value).unwrap(), json);
}

#[test]
fn null_values_are_read_in_their_enum_forms() {
    // ProtoJSON writes `null` and reads enums by name and by number:
    // https://protobuf.dev/programming-guides/json/
    for json in [r#""NULL_VALUE""#, "0", "null"] {
        let value = read(&format!(r#"{{"nullValue":{json}}}"#));
        assert_eq!(
            serde_json::to_string(&value).unwrap(),
            r#"{"nullValue":null}"#,
            "{json}"
        );
    }
    for json in [r#""null""#, "1", "false", "[]", "{}", r#""""#] {
        let body = format!(r#"{{"nullValue":{json}}}"#);
        assert!(Union::from_body(body.as_bytes()).is_err(), "{json}");
    }
}

#[test]
fn a_null_value_as_a_parameter_is_its_name() {
    let mut texts = Vec::new();
    Some(NullValue).each(&mut |text| texts.push(text.to_owned()));
    assert_eq!(texts, ["NULL_VALUE"]);
}
