//! Names of schemas, scopes and parameters that lead nowhere.

use insta::assert_snapshot;

use crate::{about, about_method, about_property};

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
    for reference in [
        "#/schemas/Album",
        "../../etc/passwd",
        "file:///etc/passwd",
        "http://169.254.169.254/",
    ] {
        let said = about_property(&format!(r#"{{ "$ref": "{reference}" }}"#));
        assert!(
            said.contains(&format!("error: there is no schema `{reference}`")),
            "{said}"
        );
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
