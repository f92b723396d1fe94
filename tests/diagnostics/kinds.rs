//! Values of another kind than the format wants.

use insta::assert_snapshot;

use crate::{about, about_property};

#[test]
fn wrong_at_every_level() {
    assert_snapshot!(about(r#"
"title": 1,
"auth": [],
"endpoints": {},
"features": "dataWrapper",
"documentationLink": true,
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
      help: make it a string
    api.json:3:1: error: expected an object, found an array
      at: /auth
      help: make it an object
    api.json:4:1: error: expected an array, found an object
      at: /endpoints
      help: make it an array
    api.json:5:1: error: expected an array, found a string
      at: /features
      help: make it an array
    api.json:6:1: error: expected a string, found a boolean
      at: /documentationLink
      help: make it a string
    api.json:7:17: error: expected an object, found a string
      at: /parameters/alt
      help: make it an object
    api.json:8:14: error: expected an object, found an array
      at: /schemas/A
      help: make it an object
    api.json:8:30: error: expected a string, found a number
      at: /schemas/B/id
      help: make it a string
    api.json:8:39: error: expected a string, found an array
      at: /schemas/B/type
      help: make it a string
    api.json:8:59: error: expected an object, found an array
      at: /schemas/B/properties
      help: make it an object
    api.json:10:3: error: expected a string, found null
      at: /resources/albums/methods/get/id
      help: make it a string
    api.json:10:15: error: expected a string, found a number
      at: /resources/albums/methods/get/path
      help: make it a string
    api.json:10:26: error: expected a string, found an object
      at: /resources/albums/methods/get/httpMethod
      help: make it a string
    api.json:10:44: error: expected an array, found an object
      at: /resources/albums/methods/get/scopes
      help: make it an array
    api.json:10:77: error: expected a string, found a number
      at: /resources/albums/methods/get/parameterOrder/0
      help: make it a string
    api.json:11:65: error: expected a boolean, found a string
      at: /resources/albums/methods/get/parameters/p/required
      help: make it a boolean
    api.json:11:84: error: expected a boolean, found a number
      at: /resources/albums/methods/get/parameters/p/repeated
      help: make it a boolean
    api.json:11:108: error: expected a string, found a number
      at: /resources/albums/methods/get/parameters/p/enum/0
      help: make it a string
    api.json:11:111: error: expected a string, found null
      at: /resources/albums/methods/get/parameters/p/enum/1
      help: make it a string
    api.json:11:118: error: expected a string, found a boolean
      at: /resources/albums/methods/get/parameters/p/default
      help: make it a string
    api.json:12:3: error: expected an object, found a string
      at: /resources/albums/methods/get/request
      help: make it an object
    api.json:12:19: error: expected an object, found an array
      at: /resources/albums/methods/get/response
      help: make it an object
    api.json:12:35: error: expected an object, found a boolean
      at: /resources/albums/methods/get/mediaUpload
      help: make it an object
    23 errors
    ");
}

#[test]
fn lists_of_an_enum_that_do_not_fit_together() {
    assert_snapshot!(about_property(r#"{ "type": "string", "enum": ["A", "B"], "enumDescriptions": ["a"], "enumDeprecated": [true, false, true] }"#), @"
    api.json:2:123: error: the lengths of `enum` (2) and `enumDescriptions` (1) differ
      at: /schemas/Album/properties/cover/enumDescriptions
      help: give one entry for each value of `enum`
    api.json:2:150: error: the lengths of `enum` (2) and `enumDeprecated` (3) differ
      at: /schemas/Album/properties/cover/enumDeprecated
      help: give one entry for each value of `enum`
    2 errors
    ");
}
