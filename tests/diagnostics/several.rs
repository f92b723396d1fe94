//! Many errors at once, and how their places and names are shown.

use insta::assert_snapshot;

use crate::about;

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
    api.json:4:8: error: there is no schema `Nothing`
      at: /schemas/Zebra/properties/b/$ref
      help: add the schema, or correct the reference
    api.json:5:26: error: the format `uuid` of type `string` is not known
      at: /schemas/Zebra/properties/a/format
      help: correct it with an override of the kind `type`, or teach it to `generator/src/lower/types.rs`
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
    let lines: Vec<String> = (0..1_000)
        .map(|i| format!(r#""A{i}": {{ "type": "object", "x": 1 }}"#))
        .collect();
    let said = about(&format!("\"schemas\": {{\n{}\n}}", lines.join(",\n")));
    assert!(
        said.ends_with("1000 errors"),
        "{}",
        said.lines().last().unwrap_or_default()
    );
    assert!(
        said.contains("api.json:1002:29: error"),
        "{}",
        said.lines().last().unwrap_or_default()
    );
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
