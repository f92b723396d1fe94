//! Types that cannot be told, or do not fit together.

use discovery_generator::{Input, Source, generate};
use insta::assert_snapshot;
use tests::fixtures::options;

use crate::{about, about_method, about_property};

#[test]
fn an_unknown_type() {
    assert_snapshot!(about_property(r#"{ "type": "file" }"#), @"
    api.json:2:85: error: the type `file` without a format is not known
      at: /schemas/Album/properties/cover/type
      help: correct it with an override of the kind `type`, or teach it to `generator/src/lower/types.rs`
    1 error
    ");
}

#[test]
fn an_unknown_format_is_corrected_by_an_override() {
    let document = r#"{ "id": "broken:v1", "name": "broken", "version": "v1", "rootUrl": "https://broken.googleapis.com/", "schemas": { "Album": { "id": "Album", "type": "object", "properties": { "ids": { "type": "array", "items": { "type": "string", "format": "uuid" } } } } } }"#;
    let entries = r#"{ "document": "broken:v1", "entries": [{ "kind": "type", "place": "Album.ids[]", "type": "string", "what": "w", "why": "y", "source": "https://example.com/" }] }"#;
    let source = |text: &str| Source {
        name: "api.json".to_owned(),
        text: text.to_owned(),
    };
    let input = Input {
        overrides: Some(source(entries)),
        ..Input::new(source(document))
    };
    let files = generate(&input, &options()).unwrap();
    let has_field = |text: &str| text.contains("pub ids: Vec<String>");
    assert!(files.iter().any(|file| has_field(&file.text)));
}

#[test]
fn an_unknown_format() {
    assert_snapshot!(about_property(r#"{ "type": "string", "format": "uuid" }"#), @"
    api.json:2:103: error: the format `uuid` of type `string` is not known
      at: /schemas/Album/properties/cover/format
      help: correct it with an override of the kind `type`, or teach it to `generator/src/lower/types.rs`
    1 error
    ");
    assert_snapshot!(about_property(r#"{ "type": "integer", "format": "int64" }"#), @"
    api.json:2:104: error: the format `int64` of type `integer` is not known
      at: /schemas/Album/properties/cover/format
      help: correct it with an override of the kind `type`, or teach it to `generator/src/lower/types.rs`
    1 error
    ");
}

#[test]
fn an_integer_without_a_format() {
    assert_snapshot!(about_property(r#"{ "type": "integer" }"#), @"
    api.json:2:85: error: the type `integer` without a format is not known
      at: /schemas/Album/properties/cover/type
      help: correct it with an override of the kind `type`, or teach it to `generator/src/lower/types.rs`
    1 error
    ");
}

#[test]
fn no_type_at_all() {
    assert_snapshot!(about_property(r#"{ "description": "What is it?" }"#), @"
    api.json:2:74: error: neither `type` nor `$ref` says what this value is
      at: /schemas/Album/properties/cover
      help: add one of the two
    1 error
    ");
}

#[test]
fn a_type_and_a_reference() {
    assert_snapshot!(about_property(r#"{ "type": "object", "$ref": "Album" }"#), @"
    api.json:2:85: error: a `$ref` cannot have `type`
      at: /schemas/Album/properties/cover/type
      help: remove the member, or correct the type
    1 error
    ");
}

#[test]
fn an_array_of_nothing() {
    assert_snapshot!(about_property(r#"{ "type": "array" }"#), @"
    api.json:2:74: error: an array does not say what its items are
      at: /schemas/Album/properties/cover
      help: add the member `items`
    1 error
    ");
}

#[test]
fn parts_of_another_type() {
    assert_snapshot!(about_property(r#"{ "type": "string", "items": { "type": "string" } }"#), @"
    api.json:2:103: error: a value of type `string` cannot have `items`
      at: /schemas/Album/properties/cover/items
      help: remove the member, or correct the type
    1 error
    ");
    assert_snapshot!(about_property(r#"{ "type": "string", "format": "int64", "enum": ["1", "2"] }"#), @"
    api.json:2:122: error: a value of the format `int64` cannot have `enum`
      at: /schemas/Album/properties/cover/enum
      help: remove the member, or correct the type
    1 error
    ");
    assert_snapshot!(about_property(r#"{ "type": "object", "properties": { "a": { "type": "string" } }, "additionalProperties": { "type": "string" } }"#), @"
    api.json:2:74: error: an object has both `properties` and `additionalProperties`
      at: /schemas/Album/properties/cover
      help: no document was seen to do so; remove one of the two
    1 error
    ");
}

#[test]
fn values_that_are_empty_or_occur_twice() {
    assert_snapshot!(about_property(r#"{ "type": "string", "enum": ["A", "", "A"] }"#), @"
    api.json:2:117: error: an enum value is empty
      at: /schemas/Album/properties/cover/enum/1
      help: remove it, or give it its text
    api.json:2:121: error: the enum value `A` occurs twice
      at: /schemas/Album/properties/cover/enum/2
      help: give each value once
    2 errors
    ");
}

#[test]
fn lists_of_lists_of_lists() {
    let deep = format!(
        r#"{}{{ "type": "string" }}{}"#,
        r#"{ "type": "array", "items": "#.repeat(40),
        " }".repeat(40)
    );
    assert_snapshot!(about_property(&deep), @"
    api.json:2:14: error: lists or maps are nested more than 32 deep
      at: /schemas/Album
      help: give the inner ones a schema of their own
    1 error
    ");
}

#[test]
fn another_name_for_a_schema() {
    assert_snapshot!(about(r#""schemas": { "A": { "$ref": "B" }, "B": { "id": "B", "type": "object" } }"#), @"
    api.json:2:21: error: the schema `A` is only another name for a schema
      at: /schemas/A/$ref
      help: remove it, and refer to the other one
    1 error
    ");
}

#[test]
fn a_parameter_that_is_a_list() {
    assert_snapshot!(about_method(r#""path": "a", "httpMethod": "GET", "parameters": { "p": { "location": "query", "type": "array" } }"#), @"
    api.json:2:155: error: a parameter cannot be of type `array`
      at: /resources/albums/methods/get/parameters/p/type
      help: a parameter with several values has the type of one, and `repeated`
    1 error
    ");
}

#[test]
fn a_missing_type_is_one_error() {
    let said = about_property(r#"{ "properties": { "a": { "type": "string" } } }"#);
    assert!(said.ends_with("1 error"), "{said}");
}

#[test]
fn an_enum_without_values() {
    assert_snapshot!(about_property(r#"{ "type": "string", "enum": [] }"#), @"
    api.json:2:103: error: the enum has no value
      at: /schemas/Album/properties/cover/enum
      help: give it the values that there are, or remove `enum`
    1 error
    ");
}
