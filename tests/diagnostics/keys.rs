//! Members that are missing, or that nobody knows.

use insta::assert_snapshot;

use crate::{about, about_method, about_property, errors};

#[test]
fn nothing_that_must_be_there_is() {
    assert_snapshot!(errors("{ \"kind\": \"discovery#restDescription\" }"), @"
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
"id": "a.get", "path": "a", "httpMethod": "GET", "idempotent": true,
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
    api.json:1:1: error: the document has no `id`
      help: add the member `id`, a string
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
    api.json:9:50: error: the method has the member `idempotent`, which is not known here
      at: /resources/albums/methods/get/idempotent
      help: if the format has grown, teach the generator this key; if not, remove it
    api.json:10:63: error: the parameter has the member `explode`, which is not known here
      at: /resources/albums/methods/get/parameters/p/explode
      help: if the format has grown, teach the generator this key; if not, remove it
    api.json:11:27: error: the body has the member `optional`, which is not known here
      at: /resources/albums/methods/get/request/optional
      help: if the format has grown, teach the generator this key; if not, remove it
    api.json:12:28: error: the body has the member `headers`, which is not known here
      at: /resources/albums/methods/get/response/headers
      help: if the format has grown, teach the generator this key; if not, remove it
    api.json:13:32: error: `mediaUpload` has the member `chunked`, which is not known here
      at: /resources/albums/methods/get/mediaUpload/chunked
      help: if the format has grown, teach the generator this key; if not, remove it
    api.json:13:109: error: the upload protocol has the member `size`, which is not known here
      at: /resources/albums/methods/get/mediaUpload/protocols/simple/size
      help: if the format has grown, teach the generator this key; if not, remove it
    api.json:13:122: error: `protocols` has the member `tus`, which is not known here
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
    20 errors
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
"protocol": "rpc",
"discoveryVersion": "v2"
"#), @"
    api.json:2:1: error: `protocol` is `rpc`; only `rest` is known here
      at: /protocol
      help: check that this is a Google Discovery document of a REST API
    api.json:3:1: error: `discoveryVersion` is `v2`; only `v1` is known here
      at: /discoveryVersion
      help: check that this is a Google Discovery document of a REST API
    2 errors
    ");
}

#[test]
fn an_unknown_feature() {
    assert_snapshot!(about(r#""features": ["dataWrapper", "streaming"]"#), @"
    api.json:2:1: error: the feature `streaming` is not known
      at: /features
      help: only `dataWrapper` is; teach the generator the other one
    1 error
    ");
}
