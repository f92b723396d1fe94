//! What is said about broken documents and stale corrections: the whole message, with its place.
//!
//! After a change of a message, review the differences and take them over with
//! `cargo insta test --accept -p tests --test diagnostics`.

use discovery_generator::{Source, generate};
use insta::assert_snapshot;
use tests::fixtures::{Fixture, options};

/// What is said about a text.
fn errors(text: &str) -> String {
    let source = Source { name: "api.json".to_owned(), text: text.to_owned() };
    match generate(&source, None, &options()) {
        Ok(_) => "no errors".to_owned(),
        Err(errors) => errors.to_string(),
    }
}

/// What is said about a document of which only the interesting lines are given, from line 2 on.
fn about(lines: &str) -> String {
    let rest = [
        ("id", "broken:v1"),
        ("name", "broken"),
        ("version", "v1"),
        ("rootUrl", "https://broken.googleapis.com/"),
    ];
    let is_given = |key: &str| lines.lines().any(|line| line.starts_with(&format!("\"{key}\":")));
    let rest: Vec<String> = rest
        .iter()
        .filter(|(key, _)| !is_given(key))
        .map(|(key, value)| format!("\"{key}\": \"{value}\""))
        .collect();
    let comma = if lines.trim().is_empty() || rest.is_empty() { "" } else { "," };
    errors(&format!("{{\n{}{comma}\n{}\n}}\n", lines.trim(), rest.join(",\n")))
}

/// What is said about a schema with one property, on line 2.
fn about_property(property: &str) -> String {
    about(&format!(
        r#""schemas": {{ "Album": {{ "id": "Album", "type": "object", "properties": {{ "cover": {property} }} }} }}"#
    ))
}

/// What is said about a method, on line 2.
fn about_method(members: &str) -> String {
    about(&format!(r#""resources": {{ "albums": {{ "methods": {{ "get": {{ "id": "broken.albums.get", {members} }} }} }} }}"#))
}

/// What is said about the path of a method.
fn about_path(path: &str) -> String {
    about_method(&format!(r#""httpMethod": "GET", "path": {}"#, serde_json::Value::from(path)))
}

mod json {
    use super::*;

    #[test]
    fn a_file_that_is_cut_off() {
        assert_snapshot!(errors("{\n  \"id\": \"a:v1\",\n  \"na"), @"
        api.json:3:5: error: EOF while parsing a string
          help: the file is cut off; fetch it again
        1 error
        ");
    }

    #[test]
    fn an_empty_file() {
        assert_snapshot!(errors(" \n"), @"
        api.json:2:1: error: the file is empty
          help: fetch it again
        1 error
        ");
    }

    #[test]
    fn a_page_instead_of_a_document() {
        assert_snapshot!(errors("<!DOCTYPE html>\n<html>404</html>\n"), @"
        api.json:1:1: error: expected value
          help: the file is not valid JSON; fetch it again, or correct it by hand
        1 error
        ");
    }

    #[test]
    fn a_byte_order_mark() {
        assert_snapshot!(errors("\u{feff}{}"), @"
        api.json:1:1: error: the file begins with a byte order mark, which JSON does not allow
          help: save it as UTF-8 without one
        1 error
        ");
    }

    #[test]
    fn text_after_the_document() {
        assert_snapshot!(errors("{}\n}\n"), @"
        api.json:2:1: error: trailing characters
          help: the file is not valid JSON; fetch it again, or correct it by hand
        1 error
        ");
    }

    #[test]
    fn half_of_a_surrogate_pair() {
        assert_snapshot!(errors("{\"id\": \"\\ud800\"}"), @"
        api.json:1:15: error: unexpected end of hex escape
          help: the file is not valid JSON; fetch it again, or correct it by hand
        1 error
        ");
    }

    #[test]
    fn too_deep() {
        assert_snapshot!(errors(&"[".repeat(100_000)), @"
        api.json:1:128: error: objects and arrays are nested more than 128 deep
          help: check that this is a Discovery document
        1 error
        ");
    }

    #[test]
    fn a_list_at_the_top() {
        assert_snapshot!(errors("[]"), @"
        api.json:1:1: error: expected an object, found an array
          help: correct the document, or fetch it again
        1 error
        ");
    }

    #[test]
    fn null_at_the_top() {
        assert_snapshot!(errors("null"), @"
        api.json:1:1: error: expected an object, found null
          help: correct the document, or fetch it again
        1 error
        ");
    }

    #[test]
    fn members_that_occur_twice() {
        assert_snapshot!(errors("{\n  \"id\": \"a:v1\",\n  \"schemas\": {\n    \"A\": {},\n    \"B\": {},\n    \"A\": {}\n  },\n  \"id\": \"b:v1\"\n}"), @"
        api.json:6:5: error: the member `A` occurs twice in one object
          at: /schemas/A
          help: keep one of the two
        api.json:8:3: error: the member `id` occurs twice in one object
          at: /id
          help: keep one of the two
        2 errors
        ");
    }
}

mod keys {
    use super::*;

    #[test]
    fn nothing_that_must_be_there_is() {
        assert_snapshot!(errors("{}"), @"
        api.json:1:1: error: the document has no `id`
          help: add the member `id`, a string
        api.json:1:1: error: the document has no `name`
          help: add the member `name`, a string
        api.json:1:1: error: the document has no `rootUrl`
          help: add the member `rootUrl`, a string
        api.json:1:1: error: the document has no `version`
          help: add the member `version`, a string
        4 errors
        ");
    }

    #[test]
    fn unknown_at_every_level() {
        assert_snapshot!(about(r#"
"descripton": "",
"auth": { "oauth2": { "scopes": { "https://www.googleapis.com/auth/a": { "name": "" } }, "flows": {} }, "apiKey": {} },
"endpoints": [{ "endpointUrl": "https://a.googleapis.com/", "location": "a", "weight": 1 }],
"parameters": { "alt": { "type": "string", "location": "query", "style": "form" } },
"resources": { "albums": {
  "kind": "collection",
  "methods": { "get": {
    "id": "a.get", "path": "a", "httpMethod": "GET", "etagRequired": true,
    "parameters": { "p": { "type": "string", "location": "query", "explode": true } },
    "request": { "$ref": "A", "optional": true },
    "response": { "$ref": "A", "headers": {} },
    "mediaUpload": { "accept": [], "chunked": true, "protocols": { "simple": { "path": "/a", "multipart": true, "size": 1 }, "tus": {} } }
  } }
} },
"schemas": { "A": { "id": "A", "type": "object", "variant": {}, "properties": {
  "b": { "type": "string", "nullable": true },
  "c": { "type": "array", "items": { "type": "string", "uniqueItems": true } },
  "d": { "type": "object", "additionalProperties": { "type": "string", "anyOf": [] } },
  "e": { "type": "string", "annotations": { "required": [], "immutable": [] } }
} } }
"#), @"
        api.json:2:1: error: the document has the member `descripton`, which is not known here
          at: /descripton
          help: did you mean `description`?
        api.json:3:74: error: the scope has the member `name`, which is not known here
          at: /auth/oauth2/scopes/https:~1~1www.googleapis.com~1auth~1a/name
          help: if the format has grown, teach the generator this key; if not, remove it
        api.json:3:90: error: `oauth2` has the member `flows`, which is not known here
          at: /auth/oauth2/flows
          help: if the format has grown, teach the generator this key; if not, remove it
        api.json:3:105: error: `auth` has the member `apiKey`, which is not known here
          at: /auth/apiKey
          help: if the format has grown, teach the generator this key; if not, remove it
        api.json:4:78: error: the endpoint has the member `weight`, which is not known here
          at: /endpoints/0/weight
          help: if the format has grown, teach the generator this key; if not, remove it
        api.json:5:65: error: the parameter has the member `style`, which is not known here
          at: /parameters/alt/style
          help: if the format has grown, teach the generator this key; if not, remove it
        api.json:7:3: error: the resource has the member `kind`, which is not known here
          at: /resources/albums/kind
          help: if the format has grown, teach the generator this key; if not, remove it
        api.json:9:54: error: the method has the member `etagRequired`, which is not known here
          at: /resources/albums/methods/get/etagRequired
          help: if the format has grown, teach the generator this key; if not, remove it
        api.json:10:67: error: the parameter has the member `explode`, which is not known here
          at: /resources/albums/methods/get/parameters/p/explode
          help: if the format has grown, teach the generator this key; if not, remove it
        api.json:11:31: error: the body has the member `optional`, which is not known here
          at: /resources/albums/methods/get/request/optional
          help: if the format has grown, teach the generator this key; if not, remove it
        api.json:12:32: error: the body has the member `headers`, which is not known here
          at: /resources/albums/methods/get/response/headers
          help: if the format has grown, teach the generator this key; if not, remove it
        api.json:13:36: error: `mediaUpload` has the member `chunked`, which is not known here
          at: /resources/albums/methods/get/mediaUpload/chunked
          help: if the format has grown, teach the generator this key; if not, remove it
        api.json:13:113: error: the upload protocol has the member `size`, which is not known here
          at: /resources/albums/methods/get/mediaUpload/protocols/simple/size
          help: if the format has grown, teach the generator this key; if not, remove it
        api.json:13:126: error: `protocols` has the member `tus`, which is not known here
          at: /resources/albums/methods/get/mediaUpload/protocols/tus
          help: if the format has grown, teach the generator this key; if not, remove it
        api.json:16:50: error: the schema has the member `variant`, which is not known here
          at: /schemas/A/variant
          help: if the format has grown, teach the generator this key; if not, remove it
        api.json:17:28: error: the property has the member `nullable`, which is not known here
          at: /schemas/A/properties/b/nullable
          help: if the format has grown, teach the generator this key; if not, remove it
        api.json:18:56: error: the item has the member `uniqueItems`, which is not known here
          at: /schemas/A/properties/c/items/uniqueItems
          help: if the format has grown, teach the generator this key; if not, remove it
        api.json:19:72: error: the map value has the member `anyOf`, which is not known here
          at: /schemas/A/properties/d/additionalProperties/anyOf
          help: if the format has grown, teach the generator this key; if not, remove it
        api.json:20:61: error: `annotations` has the member `immutable`, which is not known here
          at: /schemas/A/properties/e/annotations/immutable
          help: if the format has grown, teach the generator this key; if not, remove it
        19 errors
        ");
    }

    #[test]
    fn those_of_a_parameter_on_a_property_and_the_other_way_round() {
        assert_snapshot!(about_property(r#"{ "type": "string", "required": true, "repeated": true, "location": "query" }"#), @"
        api.json:2:103: error: the property has the member `required`, which is not known here
          at: /schemas/Album/properties/cover/required
          help: if the format has grown, teach the generator this key; if not, remove it
        api.json:2:121: error: the property has the member `repeated`, which is not known here
          at: /schemas/Album/properties/cover/repeated
          help: if the format has grown, teach the generator this key; if not, remove it
        api.json:2:139: error: the property has the member `location`, which is not known here
          at: /schemas/Album/properties/cover/location
          help: if the format has grown, teach the generator this key; if not, remove it
        3 errors
        ");
        assert_snapshot!(about_method(r#""path": "a", "httpMethod": "GET", "parameters": { "p": { "location": "query", "$ref": "A", "items": {}, "readOnly": true } }"#), @"
        api.json:2:155: error: the parameter has the member `$ref`, which is not known here
          at: /resources/albums/methods/get/parameters/p/$ref
          help: if the format has grown, teach the generator this key; if not, remove it
        api.json:2:168: error: the parameter has the member `items`, which is not known here
          at: /resources/albums/methods/get/parameters/p/items
          help: if the format has grown, teach the generator this key; if not, remove it
        api.json:2:181: error: the parameter has the member `readOnly`, which is not known here
          at: /resources/albums/methods/get/parameters/p/readOnly
          help: if the format has grown, teach the generator this key; if not, remove it
        3 errors
        ");
    }

    #[test]
    fn another_format_of_document() {
        assert_snapshot!(about(r#"
"kind": "discovery#directoryList",
"protocol": "rpc",
"discoveryVersion": "v2"
"#), @"
        api.json:2:1: error: `kind` is `discovery#directoryList`; only `discovery#restDescription` is known here
          at: /kind
          help: check that this is a Google Discovery document of a REST API
        api.json:3:1: error: `protocol` is `rpc`; only `rest` is known here
          at: /protocol
          help: check that this is a Google Discovery document of a REST API
        api.json:4:1: error: `discoveryVersion` is `v2`; only `v1` is known here
          at: /discoveryVersion
          help: check that this is a Google Discovery document of a REST API
        3 errors
        ");
    }
}

mod features {
    use super::*;

    #[test]
    fn that_are_not_known() {
        assert_snapshot!(about(r#""features": ["dataWrapper", "streaming"]"#), @"");
    }
}

mod kinds {
    use super::*;

    #[test]
    fn wrong_at_every_level() {
        assert_snapshot!(about(r#"
"title": 1,
"auth": [],
"endpoints": {},
"features": "dataWrapper",
"fullyEncodeReservedExpansion": "true",
"parameters": { "alt": "json" },
"schemas": { "A": [], "B": { "id": 1, "type": ["object"], "properties": [] } },
"resources": { "albums": { "methods": { "get": {
  "id": null, "path": 1, "httpMethod": {}, "scopes": {}, "parameterOrder": [1, "a"],
  "parameters": { "p": { "type": "string", "location": "query", "required": "yes", "repeated": 1, "enum": [1, null], "default": true } },
  "request": "A", "response": [], "mediaUpload": true
} } } }
"#), @"
        api.json:2:1: error: expected a string, found a number
          at: /title
          help: correct the document, or fetch it again
        api.json:3:1: error: expected an object, found an array
          at: /auth
          help: correct the document, or fetch it again
        api.json:4:1: error: expected an array, found an object
          at: /endpoints
          help: correct the document, or fetch it again
        api.json:5:1: error: expected an array, found a string
          at: /features
          help: correct the document, or fetch it again
        api.json:6:1: error: expected a boolean, found a string
          at: /fullyEncodeReservedExpansion
          help: correct the document, or fetch it again
        api.json:7:17: error: expected an object, found a string
          at: /parameters/alt
          help: correct the document, or fetch it again
        api.json:8:14: error: expected an object, found an array
          at: /schemas/A
          help: correct the document, or fetch it again
        api.json:8:30: error: expected a string, found a number
          at: /schemas/B/id
          help: correct the document, or fetch it again
        api.json:8:39: error: expected a string, found an array
          at: /schemas/B/type
          help: correct the document, or fetch it again
        api.json:8:59: error: expected an object, found an array
          at: /schemas/B/properties
          help: correct the document, or fetch it again
        api.json:10:3: error: expected a string, found null
          at: /resources/albums/methods/get/id
          help: correct the document, or fetch it again
        api.json:10:15: error: expected a string, found a number
          at: /resources/albums/methods/get/path
          help: correct the document, or fetch it again
        api.json:10:26: error: expected a string, found an object
          at: /resources/albums/methods/get/httpMethod
          help: correct the document, or fetch it again
        api.json:10:44: error: expected an array, found an object
          at: /resources/albums/methods/get/scopes
          help: correct the document, or fetch it again
        api.json:10:77: error: expected a string, found a number
          at: /resources/albums/methods/get/parameterOrder/0
          help: correct the document, or fetch it again
        api.json:11:65: error: expected a boolean, found a string
          at: /resources/albums/methods/get/parameters/p/required
          help: correct the document, or fetch it again
        api.json:11:84: error: expected a boolean, found a number
          at: /resources/albums/methods/get/parameters/p/repeated
          help: correct the document, or fetch it again
        api.json:11:108: error: expected a string, found a number
          at: /resources/albums/methods/get/parameters/p/enum/0
          help: correct the document, or fetch it again
        api.json:11:111: error: expected a string, found null
          at: /resources/albums/methods/get/parameters/p/enum/1
          help: correct the document, or fetch it again
        api.json:11:118: error: expected a string, found a boolean
          at: /resources/albums/methods/get/parameters/p/default
          help: correct the document, or fetch it again
        api.json:12:3: error: expected an object, found a string
          at: /resources/albums/methods/get/request
          help: correct the document, or fetch it again
        api.json:12:19: error: expected an object, found an array
          at: /resources/albums/methods/get/response
          help: correct the document, or fetch it again
        api.json:12:35: error: expected an object, found a boolean
          at: /resources/albums/methods/get/mediaUpload
          help: correct the document, or fetch it again
        23 errors
        ");
    }

    #[test]
    fn lists_of_an_enum_that_do_not_fit_together() {
        assert_snapshot!(about_property(r#"{ "type": "string", "enum": ["A", "B"], "enumDescriptions": ["a"], "enumDeprecated": [true, false, true] }"#), @"
        api.json:2:123: error: `enumDescriptions` has 1 entries for 2 values
          at: /schemas/Album/properties/cover/enumDescriptions
          help: give one entry for each value of `enum`
        api.json:2:150: error: `enumDeprecated` has 3 entries for 2 values
          at: /schemas/Album/properties/cover/enumDeprecated
          help: give one entry for each value of `enum`
        2 errors
        ");
    }
}

mod types {
    use super::*;

    #[test]
    fn an_unknown_type() {
        assert_snapshot!(about_property(r#"{ "type": "file" }"#), @"
        api.json:2:85: error: the type `file` without a format is not known
          at: /schemas/Album/properties/cover/type
          help: teach `lower::types` this type, or correct it in the document
        1 error
        ");
    }

    #[test]
    fn an_unknown_format() {
        assert_snapshot!(about_property(r#"{ "type": "string", "format": "uuid" }"#), @"
        api.json:2:103: error: the format `uuid` of type `string` is not known
          at: /schemas/Album/properties/cover/format
          help: teach `lower::types` this pair, or correct it in the document
        1 error
        ");
        assert_snapshot!(about_property(r#"{ "type": "integer", "format": "int64" }"#), @"
        api.json:2:104: error: the format `int64` of type `integer` is not known
          at: /schemas/Album/properties/cover/format
          help: teach `lower::types` this pair, or correct it in the document
        1 error
        ");
    }

    #[test]
    fn an_integer_without_a_format() {
        assert_snapshot!(about_property(r#"{ "type": "integer" }"#), @"
        api.json:2:85: error: the type `integer` without a format is not known
          at: /schemas/Album/properties/cover/type
          help: teach `lower::types` this type, or correct it in the document
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
        api.json:2:103: error: the enum value `A` is empty or occurs twice
          at: /schemas/Album/properties/cover/enum
          help: give each value once
        api.json:2:103: error: the enum value `` is empty or occurs twice
          at: /schemas/Album/properties/cover/enum
          help: give each value once
        2 errors
        ");
    }

    #[test]
    fn lists_of_lists_of_lists() {
        let deep = format!(r#"{}{{ "type": "string" }}{}"#, r#"{ "type": "array", "items": "#.repeat(40), " }".repeat(40));
        assert_snapshot!(about_property(&deep), @"
        api.json:2:14: error: lists or maps are nested more than 32 deep
          at: /schemas/Album
          help: give the inner ones a schema of their own
        1 error
        ");
    }

    #[test]
    fn types_that_are_nothing_but_each_other() {
        assert_snapshot!(about(r#""schemas": { "A": { "$ref": "B" }, "B": { "$ref": "A" } }"#), @"no errors");
    }

    #[test]
    fn a_parameter_that_is_a_list() {
        assert_snapshot!(about_method(r#""path": "a", "httpMethod": "GET", "parameters": { "p": { "location": "query", "type": "array" } }"#), @"
        api.json:2:155: error: the type `array` without a format is not known
          at: /resources/albums/methods/get/parameters/p/type
          help: teach `lower::types` this type, or correct it in the document
        1 error
        ");
    }
}

mod references {
    use super::*;

    #[test]
    fn to_a_name_that_is_nearly_right() {
        assert_snapshot!(about_property(r#"{ "$ref": "Albun" }"#), @"
        api.json:2:85: error: there is no schema `Albun`
          at: /schemas/Album/properties/cover/$ref
          help: did you mean `Album`?
        1 error
        ");
        assert_snapshot!(about_method(r#""path": "a", "httpMethod": "GET", "response": { "$ref": "Albums" }"#), @"
        api.json:2:125: error: there is no schema `Albums`
          at: /resources/albums/methods/get/response/$ref
          help: add the schema, or correct the reference
        1 error
        ");
    }

    #[test]
    fn to_other_places_are_not_followed() {
        for reference in ["#/schemas/Album", "../../etc/passwd", "file:///etc/passwd", "http://169.254.169.254/"] {
            let said = about_property(&format!(r#"{{ "$ref": "{reference}" }}"#));
            assert!(said.contains(&format!("error: there is no schema `{reference}`")), "{said}");
        }
    }

    #[test]
    fn of_a_schema_that_calls_itself_otherwise() {
        assert_snapshot!(about(r#""schemas": { "A": { "id": "B", "type": "object" } }"#), @"
        api.json:2:21: error: the schema `A` calls itself `B`
          at: /schemas/A/id
          help: give the schema's key and its `id` the same text
        1 error
        ");
    }

    #[test]
    fn to_scopes_that_are_not_declared() {
        assert_snapshot!(about_method(r#""path": "a", "httpMethod": "GET", "scopes": ["https://www.googleapis.com/auth/a"]"#), @"
        api.json:2:122: error: the scope `https://www.googleapis.com/auth/a` is not declared
          at: /resources/albums/methods/get/scopes/0
          help: declare it under `auth.oauth2.scopes`
        1 error
        ");
    }

    #[test]
    fn to_parameters_that_do_not_exist() {
        assert_snapshot!(about_method(r#""path": "a", "httpMethod": "GET", "parameterOrder": ["albumId"]"#), @"
        api.json:2:130: error: the method has no parameter `albumId`
          at: /resources/albums/methods/get/parameterOrder/0
          help: remove it from the order, or add it to `parameters`
        1 error
        ");
    }
}

mod paths {
    use super::*;

    #[test]
    fn a_variable_without_a_parameter() {
        assert_snapshot!(about_path("v1/albums/{albumId}"), @"
        api.json:2:98: error: the path has the variable `albumId`, but the method has no such path parameter
          at: /resources/albums/methods/get/path
          help: add the parameter `albumId` with the location `path`
        1 error
        ");
    }

    #[test]
    fn a_parameter_without_a_variable() {
        assert_snapshot!(about_method(r#""path": "a", "httpMethod": "GET", "parameters": { "albumId": { "type": "string", "location": "path", "required": true } }"#), @"
        api.json:2:127: error: the path parameter `albumId` does not occur in the path
          at: /resources/albums/methods/get/parameters/albumId
          help: add it to the path, or make its location `query`
        1 error
        ");
    }

    #[test]
    fn a_variable_for_a_parameter_of_the_query() {
        assert_snapshot!(about_method(r#""path": "a/{albumId}", "httpMethod": "GET", "parameters": { "albumId": { "type": "string", "location": "query" } }"#), @"
        api.json:2:77: error: the path has the variable `albumId`, but the method has no such path parameter
          at: /resources/albums/methods/get/path
          help: add the parameter `albumId` with the location `path`
        1 error
        ");
    }

    #[test]
    fn a_parameter_at_an_unknown_place() {
        assert_snapshot!(about_method(r#""path": "a", "httpMethod": "GET", "parameters": { "p": { "type": "string", "location": "header" }, "q": { "type": "string" } }"#), @"
        api.json:2:127: error: the location `header` is not known
          at: /resources/albums/methods/get/parameters/p
          help: `path` and `query` are
        api.json:2:176: error: the location `` is not known
          at: /resources/albums/methods/get/parameters/q
          help: `path` and `query` are
        2 errors
        ");
    }

    #[test]
    fn a_repeated_parameter_in_the_path() {
        assert_snapshot!(about_method(r#""path": "a/{p}", "httpMethod": "GET", "parameters": { "p": { "type": "string", "location": "path", "required": true, "repeated": true } }"#), @"
        api.json:2:194: error: the path parameter `p` is repeated
          at: /resources/albums/methods/get/parameters/p/repeated
          help: a path has one value for each variable; remove `repeated`
        1 error
        ");
    }

    #[test]
    fn templates_beyond_what_documents_use() {
        assert_snapshot!(about_path("v1/{a,b}"), @"
        api.json:2:98: error: the path `v1/{a,b}` cannot be used: `{a,b}` is an expansion that documents do not use
          at: /resources/albums/methods/get/path
          help: a path is literal segments, `{name}` and `{+name}`, joined by `/`, without a `/` at either end
        1 error
        ");
        assert_snapshot!(about_path("v1/{a}{b}"), @"
        api.json:2:98: error: the path `v1/{a}{b}` cannot be used: `{b}` follows a variable; only a custom verb may
          at: /resources/albums/methods/get/path
          help: a path is literal segments, `{name}` and `{+name}`, joined by `/`, without a `/` at either end
        1 error
        ");
        let problem = |path: &str| {
            let said = about_path(path);
            let line = said.lines().next().unwrap_or_default().to_owned();
            line.rsplit_once("cannot be used: ").map(|(_, problem)| problem.to_owned()).unwrap_or(line)
        };
        let problems: Vec<String> = [
            "", "v1/", "/v1", "v1//a", "v1/{", "v1/}", "v1/{}", "v1/{+}", "v1/{?q}", "v1/{a*}", "v1/{/a}", "v1/{a}/{a}",
            "v1/{a}b", "v1/a b", "v1/a?b=c", "v1/a#b", "v1/%2e%2e/a", "v1/\u{e9}", "v1/a\r\nHost: evil",
        ]
        .iter()
        .map(|path| format!("{:?}: {}", path, problem(path)))
        .collect();
        assert_snapshot!(problems.join("\n"), @r#"
        "": it is empty
        "v1/": it has an empty segment
        "/v1": it has an empty segment
        "v1//a": it has an empty segment
        "v1/{": a `{` is not closed
        "v1/}": it has the character `}`
        "v1/{}": `{}` is an expansion that documents do not use
        "v1/{+}": `{+}` is an expansion that documents do not use
        "v1/{?q}": `{?q}` is an expansion that documents do not use
        "v1/{a*}": `{a*}` is an expansion that documents do not use
        "v1/{/a}": a `{` is not closed
        "v1/{a}/{a}": the variable `a` occurs twice
        "v1/{a}b": `b` follows a variable; only a custom verb may
        "v1/a b": it has the character ` `
        "v1/a?b=c": it has the character `?`
        "v1/a#b": it has the character `#`
        "v1/%2e%2e/a": it has the character `%`
        "v1/é": it has the character `\u{e9}`
        "v1/a\r\nHost: evil": it has the character `\r`
        "#);
    }

    #[test]
    fn ways_to_another_host_or_route() {
        let problems: Vec<String> = [
            "//evil.com/x", "https://evil.com/x", "@evil.com/x", ":p@evil.com/x", "\\\\evil.com\\x", "../..", "v1/../../x", "v1/./x",
        ]
        .iter()
        .map(|path| about_path(path).lines().next().unwrap_or_default().to_owned())
        .collect();
        assert_snapshot!(problems.join("\n"), @r"
        api.json:2:98: error: the path `//evil.com/x` cannot be used: it has an empty segment
        api.json:2:98: error: the path `https://evil.com/x` cannot be used: it has an empty segment
        api.json:2:98: error: the path `@evil.com/x` cannot be used: it begins with `@` or `:`
        api.json:2:98: error: the path `:p@evil.com/x` cannot be used: it begins with `@` or `:`
        api.json:2:98: error: the path `\\evil.com\x` cannot be used: it has the character `\\`
        api.json:2:98: error: the path `../..` cannot be used: it has the segment `..`
        api.json:2:98: error: the path `v1/../../x` cannot be used: it has the segment `..`
        api.json:2:98: error: the path `v1/./x` cannot be used: it has the segment `.`
        ");
    }

    #[test]
    fn a_service_path_that_does_not_end() {
        assert_snapshot!(about(r#""servicePath": "fitness/v1""#), @"
        api.json:2:1: error: the service path `fitness/v1` cannot be used
          at: /servicePath
          help: it is empty, or literal segments that each end with `/`
        1 error
        ");
        assert_snapshot!(about(r#""servicePath": "{project}/""#), @"
        api.json:2:1: error: the service path `{project}/` cannot be used
          at: /servicePath
          help: it is empty, or literal segments that each end with `/`
        1 error
        ");
    }

    #[test]
    fn an_upload_path_with_another_variable() {
        assert_snapshot!(about_method(r#""path": "a", "httpMethod": "POST", "mediaUpload": { "protocols": { "simple": { "path": "/upload/{id}" }, "resumable": { "path": "//upload" } } }"#), @"
        api.json:2:156: error: the path has the variable `id`, but the method has no such path parameter
          at: /resources/albums/methods/get/mediaUpload/protocols/simple/path
          help: add the parameter `id` with the location `path`
        api.json:2:197: error: the path `/upload` cannot be used: it has an empty segment
          at: /resources/albums/methods/get/mediaUpload/protocols/resumable/path
          help: a path is literal segments, `{name}` and `{+name}`, joined by `/`, without a `/` at either end
        2 errors
        ");
    }

    #[test]
    fn an_upload_without_a_protocol() {
        assert_snapshot!(about_method(r#""path": "a", "httpMethod": "POST", "mediaUpload": { "accept": ["*/*"] }"#), @"
        api.json:2:112: error: `mediaUpload` names no protocol
          at: /resources/albums/methods/get/mediaUpload
          help: add `protocols.simple` or `protocols.resumable`
        1 error
        ");
    }
}

mod hosts {
    use super::*;

    #[test]
    fn that_are_not_the_services() {
        assert_snapshot!(about(r#""rootUrl": "http://photoslibrary.googleapis.com/""#), @"
        api.json:2:1: error: `http://photoslibrary.googleapis.com/` is not `https://HOST/` with a host below `googleapis.com`
          at: /rootUrl
          help: correct the URL; users can still choose another endpoint when they build a client
        1 error
        ");
        for url in [
            "https://photoslibrary.googleapis.com@evil.com/",
            "https://photoslibrary.googleapis.com.evil.com/",
            "https://evil.com/.googleapis.com/",
            "https://evil.com#.googleapis.com/",
            "https://photoslibrary.googleapis.com:8443/",
            "https://user@photoslibrary.googleapis.com/",
            "https://photoslibrary.googleapis.com",
            "https://photoslibrary.googleapis.com/v1/",
            "https://photoslibrary\u{3002}googleapis.com/",
            "https://127.0.0.1/",
            "https://0x7f000001/",
            "https://[::1]/",
            "https://.googleapis.com/",
            "https://evilgoogleapis.com/",
            "https://photos\u{43b}ibrary.googleapis.com/",
            "//photoslibrary.googleapis.com/",
            "",
        ] {
            let said = about(&format!("\"rootUrl\": {}", serde_json::Value::from(url)));
            assert!(said.contains("2:1: error: `") && said.ends_with("1 error"), "{url}: {said}");
        }
    }

    #[test]
    fn beside_the_root() {
        assert_snapshot!(about(r#"
"mtlsRootUrl": "https://photoslibrary.mtls.evil.com/",
"endpoints": [
  { "location": "here", "endpointUrl": "https://here.rep.googleapis.com/" },
  { "location": "there", "endpointUrl": "https://there.evil.com/" }
]
"#), @"
        api.json:2:1: error: `https://photoslibrary.mtls.evil.com/` is not `https://HOST/` with a host below `googleapis.com`
          at: /mtlsRootUrl
          help: correct the URL; users can still choose another endpoint when they build a client
        api.json:5:26: error: `https://there.evil.com/` is not `https://HOST/` with a host below `googleapis.com`
          at: /endpoints/1/endpointUrl
          help: correct the URL; users can still choose another endpoint when they build a client
        2 errors
        ");
    }
}

mod methods {
    use super::*;

    #[test]
    fn of_http_that_services_do_not_have() {
        assert_snapshot!(about_method(r#""path": "a", "httpMethod": "get""#), @"
        api.json:2:90: error: the HTTP method `get` is not known
          at: /resources/albums/methods/get/httpMethod
          help: GET, PUT, POST, PATCH and DELETE are
        1 error
        ");
        for method in ["TRACE", "CONNECT", "HEAD", "", "GET\\r\\nX: y"] {
            let said = about_method(&format!(r#""path": "a", "httpMethod": "{method}""#));
            assert!(said.contains("the HTTP method `") && said.ends_with("1 error"), "{method}: {said}");
        }
    }

    #[test]
    fn that_read_with_a_body() {
        assert_snapshot!(about_method(r#""path": "a", "httpMethod": "GET", "request": { "type": "object" }"#), @"
        api.json:2:111: error: a GET has a request body
          at: /resources/albums/methods/get/request
          help: no service accepts that; correct the method
        1 error
        ");
    }

    #[test]
    fn with_a_version_that_ends_the_header() {
        assert_snapshot!(about_method(r#""path": "a", "httpMethod": "GET", "apiVersion": "1\r\nX: y""#), @r"
        api.json:2:111: error: `1\r\nX: y` cannot be sent as a version
          at: /resources/albums/methods/get/apiVersion
          help: letters, digits, `.`, `-` and `_` are allowed
        1 error
        ");
    }
}

mod identity {
    use super::*;

    #[test]
    fn a_name_that_is_a_path() {
        assert_snapshot!(about("\"name\": \"../../../tmp/x\",\n\"id\": \"../../../tmp/x:v1\""), @"
        api.json:2:1: error: `../../../tmp/x` cannot be part of a package name
          at: /name
          help: letters, digits, `.`, `-` and `_` are allowed, at most 64 of them
        1 error
        ");
        for name in [
            "", ".", "..", "/etc/x", "C:\\x", "\\\\srv\\s", "a/b", "a b", "-a", "a-", "a..b", "x\"\n[dependencies]\nevil = \"*\"\n",
            "\u{e9}", "a\u{0}", &"a".repeat(65),
        ] {
            let id = serde_json::Value::from(format!("{name}:v1"));
            let said = about(&format!("\"name\": {},\n\"id\": {id}", serde_json::Value::from(name)));
            assert!(said.contains("2:1: error: `") && said.ends_with("1 error"), "{name:?}: {said}");
            let id = serde_json::Value::from(format!("broken:{name}"));
            let said = about(&format!("\"version\": {},\n\"id\": {id}", serde_json::Value::from(name)));
            assert!(said.contains("2:1: error: `") && said.ends_with("1 error"), "{name:?}: {said}");
        }
    }

    #[test]
    fn an_id_that_is_another() {
        assert_snapshot!(about(r#""id": "other:v1""#), @"
        api.json:2:1: error: the id `other:v1` is not the name and the version
          at: /id
          help: write `broken:v1`
        1 error
        ");
    }

    #[test]
    fn scopes_that_are_none() {
        assert_snapshot!(about(r#"
"auth": { "oauth2": { "scopes": {
  "": { "description": "" },
  "a b": { "description": "" },
  "a\"b": { "description": "" },
  "a\nb": { "description": "" }
} } }
"#), @r#"
        api.json:3:3: error: `` is not a scope: it has characters that no scope may have
          at: /auth/oauth2/scopes/
          help: RFC 6749 allows printable ASCII without spaces, quotes and backslashes
        api.json:4:3: error: `a b` is not a scope: it has characters that no scope may have
          at: /auth/oauth2/scopes/a b
          help: RFC 6749 allows printable ASCII without spaces, quotes and backslashes
        api.json:5:3: error: `a"b` is not a scope: it has characters that no scope may have
          at: /auth/oauth2/scopes/a"b
          help: RFC 6749 allows printable ASCII without spaces, quotes and backslashes
        api.json:6:3: error: `a\nb` is not a scope: it has characters that no scope may have
          at: /auth/oauth2/scopes/a\nb
          help: RFC 6749 allows printable ASCII without spaces, quotes and backslashes
        4 errors
        "#);
    }
}

mod several {
    use super::*;

    #[test]
    fn are_reported_together_in_the_order_of_the_document() {
        assert_snapshot!(about(r#"
"schemas": {
  "Zebra": { "id": "Zebra", "type": "object", "properties": {
    "b": { "$ref": "Nothing" },
    "a": { "type": "string", "format": "uuid" }
  } },
  "Ant": { "id": "Bee", "type": "object" }
},
"resources": { "albums": { "methods": {
  "list": { "id": "broken.albums.list", "path": "/v1", "httpMethod": "FETCH" },
  "get": { "id": "broken.albums.get", "path": "v1/{id}", "httpMethod": "GET" }
} } },
"servicePath": "v1"
"#), @"
        api.json:4:12: error: there is no schema `Nothing`
          at: /schemas/Zebra/properties/b/$ref
          help: add the schema, or correct the reference
        api.json:5:30: error: the format `uuid` of type `string` is not known
          at: /schemas/Zebra/properties/a/format
          help: teach `lower::types` this pair, or correct it in the document
        api.json:7:12: error: the schema `Ant` calls itself `Bee`
          at: /schemas/Ant/id
          help: give the schema's key and its `id` the same text
        api.json:10:56: error: the HTTP method `FETCH` is not known
          at: /resources/albums/methods/list/httpMethod
          help: GET, PUT, POST, PATCH and DELETE are
        api.json:11:39: error: the path has the variable `id`, but the method has no such path parameter
          at: /resources/albums/methods/get/path
          help: add the parameter `id` with the location `path`
        api.json:13:1: error: the service path `v1` cannot be used
          at: /servicePath
          help: it is empty, or literal segments that each end with `/`
        6 errors
        ");
    }

    #[test]
    fn of_the_same_kind_are_each_reported() {
        let lines: Vec<String> = (0..1_000).map(|i| format!(r#""A{i}": {{ "type": "object", "x": 1 }}"#)).collect();
        let said = about(&format!("\"schemas\": {{\n{}\n}}", lines.join(",\n")));
        assert!(said.ends_with("1000 errors"), "{}", said.lines().last().unwrap_or_default());
        assert!(said.contains("api.json:1002:29: error"), "{}", said.lines().last().unwrap_or_default());
    }

    #[test]
    fn names_are_shown_without_what_a_terminal_obeys() {
        let said = about("\"\\u001b]8;;http://evil\\u0007x\\r\\n\\u202e\": 1");
        assert_snapshot!(said, @r"
        api.json:2:1: error: the document has the member `\u{1b}]8;;http://evil\u{7}x\r\n\u{202e}`, which is not known here
          at: /\u{1b}]8;;http:~1~1evil\u{7}x\r\n\u{202e}
          help: if the format has grown, teach the generator this key; if not, remove it
        1 error
        ");
        assert!(said.chars().all(|c| c == '\n' || !c.is_control()));
    }
}

mod overrides {
    use super::*;

    /// What is said about entries of corrections to the fixture `corrected`, from line 4 on.
    fn about(entries: &str) -> String {
        let text = format!("{{\n\"document\": \"corrected:v1\",\n\"entries\": [\n{}\n]\n}}\n", entries.trim());
        said(&text)
    }

    fn said(text: &str) -> String {
        let fixture = Fixture::load("corrected");
        let overrides = Source { name: "api.overrides.json".to_owned(), text: text.to_owned() };
        match generate(&fixture.document, Some(&overrides), &options()) {
            Ok(_) => "no errors".to_owned(),
            Err(errors) => errors.to_string(),
        }
    }

    /// What is said about one entry, which is given without its reason.
    fn entry(members: &str) -> String {
        about(&format!("{{ {members}, {REASON} }}"))
    }

    const REASON: &str = r#""what": "w", "why": "y", "source": "https://example.com/""#;

    #[test]
    fn for_another_document() {
        assert_snapshot!(said("{\n\"document\": \"other:v1\",\n\"entries\": []\n}"), @"
        api.overrides.json:2:1: error: these overrides are for `other:v1`, the document is `corrected:v1`
          at: /document
          help: give the overrides of this document
        1 error
        ");
    }

    #[test]
    fn that_are_no_list() {
        assert_snapshot!(said("{\n\"document\": \"corrected:v1\"\n}"), @"
        api.overrides.json:1:1: error: the overrides file has no list `entries`
          help: add it; it may be empty
        1 error
        ");
        assert_snapshot!(said("{\n\"document\": \"corrected:v1\",\n\"entries\": {}\n}"), @"
        api.overrides.json:3:1: error: expected an array, found an object
          at: /entries
          help: correct the document, or fetch it again
        1 error
        ");
        assert_snapshot!(said("[]"), @"
        api.overrides.json:1:1: error: expected an object, found an array
          help: correct the document, or fetch it again
        api.overrides.json:1:1: error: the overrides file has no list `entries`
          help: add it; it may be empty
        2 errors
        ");
    }

    #[test]
    fn without_a_reason() {
        assert_snapshot!(about(r#"{ "kind": "rateLimitDelay", "seconds": 30 }"#), @"
        api.overrides.json:4:1: error: the entry has no `source`
          at: /entries/0
          help: add the member `source`, a string
        api.overrides.json:4:1: error: the entry has no `what`
          at: /entries/0
          help: add the member `what`, a string
        api.overrides.json:4:1: error: the entry has no `why`
          at: /entries/0
          help: add the member `why`, a string
        3 errors
        ");
        assert_snapshot!(about(r#"{ "kind": "rateLimitDelay", "seconds": 30, "what": "w", "why": "y", "source": "a colleague" }"#), @"
        api.overrides.json:4:69: error: the source `a colleague` is not the address of a page
          at: /entries/0/source
          help: give a public page that a reviewer can read, as `https://...`
        1 error
        ");
    }

    #[test]
    fn of_an_unknown_kind() {
        assert_snapshot!(entry(r#""kind": "limitItem", "place": "Filter.names", "max": 1"#), @"
        api.overrides.json:4:3: error: the kind `limitItem` is not known
          at: /entries/0/kind
          help: did you mean `limitItems`?
        1 error
        ");
        assert_snapshot!(entry(r#""kind": "rename""#), @"
        api.overrides.json:4:3: error: the kind `rename` is not known
          at: /entries/0/kind
          help: the kinds are endScope, methodScopes, deprecateMethod, repeat, mergeEnums, nameEnum, limitItems, limitLength, defaultValue, maximum, maskPaths, outputOnly, requiredProperty, requiredParameter, rateLimitDelay, uploadMethod
        1 error
        ");
        assert_snapshot!(about(&format!("{{ {REASON} }}")), @"
        api.overrides.json:4:1: error: the entry has no `kind`
          at: /entries/0
          help: add the member `kind`, a string
        1 error
        ");
    }

    #[test]
    fn without_their_fields() {
        assert_snapshot!(about(&format!(r#"
{{ "kind": "endScope", {REASON} }},
{{ "kind": "methodScopes", {REASON} }},
{{ "kind": "deprecateMethod", {REASON} }},
{{ "kind": "repeat", {REASON} }},
{{ "kind": "mergeEnums", {REASON} }},
{{ "kind": "nameEnum", {REASON} }},
{{ "kind": "limitItems", {REASON} }},
{{ "kind": "limitLength", {REASON} }},
{{ "kind": "defaultValue", {REASON} }},
{{ "kind": "maximum", {REASON} }},
{{ "kind": "maskPaths", {REASON} }},
{{ "kind": "outputOnly", {REASON} }},
{{ "kind": "requiredProperty", {REASON} }},
{{ "kind": "requiredParameter", {REASON} }},
{{ "kind": "rateLimitDelay", {REASON} }},
{{ "kind": "uploadMethod", {REASON} }}
"#)), @"
        api.overrides.json:4:1: error: the entry has no `ended`
          at: /entries/0
          help: add the member `ended`, a string
        api.overrides.json:4:1: error: the entry has no `scope`
          at: /entries/0
          help: add the member `scope`, a string
        api.overrides.json:5:1: error: the entry has no `method`
          at: /entries/1
          help: add the member `method`, a string
        api.overrides.json:5:1: error: the entry has no `scopes`
          at: /entries/1
          help: add the member `scopes`, a list
        api.overrides.json:6:1: error: the entry has no `method`
          at: /entries/2
          help: add the member `method`, a string
        api.overrides.json:6:1: error: the entry has no `note`
          at: /entries/2
          help: add the member `note`, a string
        api.overrides.json:6:1: error: the entry has no `since`
          at: /entries/2
          help: add the member `since`, a string
        api.overrides.json:7:1: error: the entry has no `method`
          at: /entries/3
          help: add the member `method`, a string
        api.overrides.json:7:1: error: the entry has no `repeat`
          at: /entries/3
          help: add the member `repeat`, a string
        api.overrides.json:8:1: error: the entry has no `name`
          at: /entries/4
          help: add the member `name`, a string
        api.overrides.json:8:1: error: the entry has no `places`
          at: /entries/4
          help: add the member `places`, a list
        api.overrides.json:9:1: error: the entry has no `name`
          at: /entries/5
          help: add the member `name`, a string
        api.overrides.json:9:1: error: the entry has no `place`
          at: /entries/5
          help: add the member `place`, a string
        api.overrides.json:10:1: error: the entry has no `max`
          at: /entries/6
          help: add the member `max`, a number
        api.overrides.json:10:1: error: the entry has no `place`
          at: /entries/6
          help: add the member `place`, a string
        api.overrides.json:11:1: error: the entry has no `max`
          at: /entries/7
          help: add the member `max`, a number
        api.overrides.json:11:1: error: the entry has no `place`
          at: /entries/7
          help: add the member `place`, a string
        api.overrides.json:12:1: error: the entry has no `place`
          at: /entries/8
          help: add the member `place`, a string
        api.overrides.json:12:1: error: the entry has no `value`
          at: /entries/8
          help: add the member `value`, a string
        api.overrides.json:13:1: error: the entry has no `place`
          at: /entries/9
          help: add the member `place`, a string
        api.overrides.json:13:1: error: the entry has no `value`
          at: /entries/9
          help: add the member `value`, a string
        api.overrides.json:14:1: error: the entry has no `method`
          at: /entries/10
          help: add the member `method`, a string
        api.overrides.json:14:1: error: the entry has no `paths`
          at: /entries/10
          help: add the member `paths`, a list
        api.overrides.json:15:1: error: the entry has no `property`
          at: /entries/11
          help: add the member `property`, a string
        api.overrides.json:16:1: error: the entry has no `property`
          at: /entries/12
          help: add the member `property`, a string
        api.overrides.json:17:1: error: the entry has no `parameter`
          at: /entries/13
          help: add the member `parameter`, a string
        api.overrides.json:18:1: error: the entry has no `seconds`
          at: /entries/14
          help: add the member `seconds`, a number
        api.overrides.json:19:1: error: the entry has no `description`
          at: /entries/15
          help: add the member `description`, a string
        api.overrides.json:19:1: error: the entry has no `name`
          at: /entries/15
          help: add the member `name`, a string
        api.overrides.json:19:1: error: the entry has no `path`
          at: /entries/15
          help: add the member `path`, a string
        api.overrides.json:19:1: error: the entry has no `protocol`
          at: /entries/15
          help: add the member `protocol`, a string
        api.overrides.json:19:1: error: the entry has no `resource`
          at: /entries/15
          help: add the member `resource`, a string
        api.overrides.json:19:1: error: the entry has no `scopes`
          at: /entries/15
          help: add the member `scopes`, a list
        33 errors
        ");
    }

    #[test]
    fn with_fields_of_another_kind_or_form() {
        assert_snapshot!(about(&format!(r#"
{{ "kind": "rateLimitDelay", "seconds": -1, {REASON} }},
{{ "kind": "rateLimitDelay", "seconds": 1, "minutes": 1, {REASON} }},
{{ "kind": "repeat", "method": "plants.list", "repeat": "always", {REASON} }},
{{ "kind": "endScope", "scope": "https://www.googleapis.com/auth/corrected", "ended": "March", {REASON} }},
{{ "kind": "uploadMethod", "resource": "plants", "name": "u", "path": "u", "protocol": "tus", "scopes": [], "description": "", {REASON} }}
"#)), @"
        api.overrides.json:4:29: error: expected a non-negative integer, found a number
          at: /entries/0/seconds
          help: correct the document, or fetch it again
        api.overrides.json:5:43: error: the entry has the member `minutes`, which is not known here
          at: /entries/1/minutes
          help: if the format has grown, teach the generator this key; if not, remove it
        api.overrides.json:6:46: error: `always` does not say when to repeat
          at: /entries/2/repeat
          help: write `safe`, `refused` or `unsent`
        api.overrides.json:7:77: error: `March` is not a day
          at: /entries/3/ended
          help: write it as `2026-01-31`
        api.overrides.json:8:75: error: only the protocol `x-goog-upload` can be added
          at: /entries/4/protocol
          help: the others are declared by `mediaUpload` in the document
        5 errors
        ");
    }

    #[test]
    fn that_no_longer_find_what_they_correct() {
        assert_snapshot!(about(&format!(r#"
{{ "kind": "endScope", "scope": "https://www.googleapis.com/auth/gone", "ended": "2025-03-31", {REASON} }},
{{ "kind": "methodScopes", "method": "plants.gone", "scopes": [], {REASON} }},
{{ "kind": "methodScopes", "method": "plants.list", "scopes": ["https://www.googleapis.com/auth/gone"], {REASON} }},
{{ "kind": "deprecateMethod", "method": "gone.list", "since": "2025-03-31", "note": "n", {REASON} }},
{{ "kind": "repeat", "method": "plants.gone", "repeat": "safe", {REASON} }},
{{ "kind": "limitItems", "place": "Filter.gone", "max": 1, {REASON} }},
{{ "kind": "limitLength", "place": "Gone.name", "max": 1, {REASON} }},
{{ "kind": "defaultValue", "place": "plants.list#gone", "value": "1", {REASON} }},
{{ "kind": "maximum", "place": "plants.gone#pageSize", "value": "1", {REASON} }},
{{ "kind": "maskPaths", "method": "plants.gone", "paths": [], {REASON} }},
{{ "kind": "maskPaths", "method": "plants.patch", "paths": ["gone"], {REASON} }},
{{ "kind": "outputOnly", "property": "Plant.gone", {REASON} }},
{{ "kind": "requiredProperty", "property": "Gone.name", {REASON} }},
{{ "kind": "requiredParameter", "parameter": "plants.list#gone", {REASON} }},
{{ "kind": "uploadMethod", "resource": "gone", "name": "u", "path": "u", "protocol": "x-goog-upload", "scopes": [], "description": "d", {REASON} }}
"#)), @"
        api.overrides.json:4:1: error: the override no longer applies: the document has no scope `https://www.googleapis.com/auth/gone`
          at: /entries/0
          help: remove the entry, or correct the name
        api.overrides.json:5:1: error: the override no longer applies: the document has no method `plants.gone`
          at: /entries/1
          help: remove the entry, or correct the name
        api.overrides.json:6:1: error: the override no longer applies: the document has no scope `https://www.googleapis.com/auth/gone`
          at: /entries/2
          help: remove the entry, or correct the name
        api.overrides.json:7:1: error: the override no longer applies: the document has no method `gone.list`
          at: /entries/3
          help: remove the entry, or correct the name
        api.overrides.json:8:1: error: the override no longer applies: the document has no method `plants.gone`
          at: /entries/4
          help: remove the entry, or correct the name
        api.overrides.json:9:1: error: the override no longer applies: the document has no property or parameter `Filter.gone`
          at: /entries/5
          help: remove the entry, or correct the name
        api.overrides.json:10:1: error: the override no longer applies: the document has no property or parameter `Gone.name`
          at: /entries/6
          help: remove the entry, or correct the name
        api.overrides.json:11:1: error: the override no longer applies: the document has no property or parameter `plants.list#gone`
          at: /entries/7
          help: remove the entry, or correct the name
        api.overrides.json:12:1: error: the override no longer applies: the document has no property or parameter `plants.gone#pageSize`
          at: /entries/8
          help: remove the entry, or correct the name
        api.overrides.json:13:1: error: the override no longer applies: the document has no method `plants.gone`
          at: /entries/9
          help: remove the entry, or correct the name
        api.overrides.json:14:1: error: the override no longer applies: the document has no property `Plant.gone`
          at: /entries/10
          help: remove the entry, or correct the name
        api.overrides.json:15:1: error: the override no longer applies: the document has no property `Plant.gone`
          at: /entries/11
          help: remove the entry, or correct the name
        api.overrides.json:16:1: error: the override no longer applies: the document has no property `Gone.name`
          at: /entries/12
          help: remove the entry, or correct the name
        api.overrides.json:17:1: error: the override no longer applies: the document has no property or parameter `plants.list#gone`
          at: /entries/13
          help: remove the entry, or correct the name
        api.overrides.json:18:1: error: the override no longer applies: the document has no resource `gone`
          at: /entries/14
          help: remove the entry, or correct the name
        15 errors
        ");
        assert_snapshot!(about(&format!(r#"
{{ "kind": "mergeEnums", "name": "Color", "places": ["Plant.color", "Plant.gone"], {REASON} }},
{{ "kind": "nameEnum", "name": "Size", "place": "Plant.name", {REASON} }}
"#)), @"
        api.overrides.json:4:1: error: the override no longer applies: the document has no enum at `Plant.gone`
          at: /entries/0
          help: remove the entry, or correct the place
        api.overrides.json:5:1: error: the override no longer applies: the document has no enum at `Plant.name`
          at: /entries/1
          help: remove the entry, or correct the place
        2 errors
        ");
    }

    #[test]
    fn that_say_what_the_document_says() {
        assert_snapshot!(about(&format!(r#"
{{ "kind": "methodScopes", "method": "plants.list", "scopes": ["https://www.googleapis.com/auth/corrected"], {REASON} }},
{{ "kind": "requiredParameter", "parameter": "plants.patch#id", {REASON} }},
{{ "kind": "uploadMethod", "resource": "plants", "name": "list", "path": "u", "protocol": "x-goog-upload", "scopes": [], "description": "d", {REASON} }}
"#)), @"
        api.overrides.json:4:1: error: the override no longer applies: the document lists these scopes already
          at: /entries/0
          help: remove the entry
        api.overrides.json:5:1: error: the override no longer applies: the document says so already
          at: /entries/1
          help: remove the entry
        api.overrides.json:6:1: error: the override no longer applies: the document has the method `plants.list` already
          at: /entries/2
          help: remove the entry
        3 errors
        ");
    }

    #[test]
    fn that_contradict_each_other() {
        assert_snapshot!(about(&format!(r#"
{{ "kind": "maximum", "place": "plants.list#pageSize", "value": "1", {REASON} }},
{{ "kind": "maximum", "place": "plants.list#pageSize", "value": "2", {REASON} }},
{{ "kind": "outputOnly", "property": "Plant.id", {REASON} }},
{{ "kind": "outputOnly", "property": "Plant.id", {REASON} }}
"#)), @"
        api.overrides.json:5:1: error: `/entries/0` corrects the same
          at: /entries/1
          help: correct the entry
        api.overrides.json:7:1: error: `/entries/2` corrects the same
          at: /entries/3
          help: correct the entry
        2 errors
        ");
        assert_snapshot!(about(&format!(r#"
{{ "kind": "nameEnum", "name": "Color", "place": "Plant.color", {REASON} }},
{{ "kind": "mergeEnums", "name": "Shade", "places": ["Plant.color", "Search.colors[]"], {REASON} }}
"#)), @"
        api.overrides.json:5:1: error: an earlier entry names the enum at `Plant.color`
          at: /entries/1
          help: remove one of the two
        1 error
        ");
    }

    #[test]
    fn that_do_not_fit() {
        assert_snapshot!(about(&format!(r#"
{{ "kind": "limitItems", "place": "Plant.name", "max": 1, {REASON} }},
{{ "kind": "limitItems", "place": "Filter.names", "min": 2, "max": 1, {REASON} }},
{{ "kind": "limitLength", "place": "Filter.names", "max": 1, {REASON} }},
{{ "kind": "maskPaths", "method": "plants.list", "paths": ["name"], {REASON} }},
{{ "kind": "maskPaths", "method": "plants.search", "paths": ["filter"], {REASON} }},
{{ "kind": "requiredParameter", "parameter": "Plant.name", {REASON} }},
{{ "kind": "uploadMethod", "resource": "plants", "name": "u", "path": "/../u", "protocol": "x-goog-upload", "scopes": [], "description": "d", {REASON} }},
{{ "kind": "uploadMethod", "resource": "plants", "name": "List", "path": "u", "protocol": "x-goog-upload", "scopes": [], "description": "d", {REASON} }}
"#)), @"
        api.overrides.json:4:1: error: `Plant.name` is not a list
          at: /entries/0
          help: correct the entry
        api.overrides.json:5:1: error: no list has at least `min` and at most `max` items
          at: /entries/1
          help: correct the entry
        api.overrides.json:6:1: error: `/entries/1` corrects the same
          at: /entries/2
          help: correct the entry
        api.overrides.json:7:1: error: `plants.list` has no body that a mask could speak of
          at: /entries/3
          help: correct the entry
        api.overrides.json:8:1: error: `plants.search` takes no update mask
          at: /entries/4
          help: correct the entry
        api.overrides.json:9:1: error: `Plant.name` is not a parameter
          at: /entries/5
          help: correct the entry
        api.overrides.json:10:1: error: `/../u` is not a path of literal segments, without a `/` at either end
          at: /entries/6
          help: correct the entry
        api.overrides.json:11:1: error: `plants` already has something called `List`
          at: /entries/7
          help: correct the entry
        8 errors
        ");
        assert_snapshot!(entry(r#""kind": "mergeEnums", "name": "Color", "places": ["Plant.color", "Plant.size"]"#), @"
        corrected.json:52:37: error: the override `Color` merges enums with different values
          at: /schemas/Plant/properties/size/enum
          help: remove this place from the override
        1 error
        ");
    }
}
