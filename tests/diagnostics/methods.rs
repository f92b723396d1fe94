//! What a method cannot be.

use insta::assert_snapshot;

use crate::{about, about_method};

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
        assert!(
            said.contains("the HTTP method `") && said.ends_with("1 error"),
            "{method}: {said}"
        );
    }
}

#[test]
fn that_stream() {
    let said = |kind: &str| {
        about_method(&format!(
            r#""path": "a", "httpMethod": "GET", "streamingType": "{kind}""#
        ))
    };
    assert_snapshot!(said("SERVER"), @"
    api.json:2:111: error: the method streams (`SERVER`); only `NONE` is known here
      at: /resources/albums/methods/get/streamingType
      help: remove the method, or teach the generator this kind
    1 error
    ");
    assert_eq!(said("NONE"), "no errors");
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

#[test]
fn with_an_upload_that_cannot_be() {
    assert_snapshot!(about_method(r#""path": "a", "httpMethod": "POST", "supportsMediaUpload": true"#), @"
    api.json:2:112: error: the method takes uploads, but has no `mediaUpload` that says how
      at: /resources/albums/methods/get/supportsMediaUpload
      help: add `mediaUpload`, or remove `supportsMediaUpload`
    1 error
    ");
    assert_snapshot!(about_method(
        r#""path": "a", "httpMethod": "GET", "mediaUpload": { "protocols": { "simple": { "path": "/upload/a" } } }"#
    ), @"
    api.json:2:111: error: a GET has a request body
      at: /resources/albums/methods/get/mediaUpload
      help: no service accepts that; correct the method
    1 error
    ");
    assert_snapshot!(about_method(
        r#""path": "a", "httpMethod": "POST", "mediaUpload": { "maxSize": "much", "protocols": { "simple": { "path": "/upload/a" } } }"#
    ), @"
    api.json:2:129: error: `much` is not a number of bytes
      at: /resources/albums/methods/get/mediaUpload/maxSize
      help: write a whole number, alone or with KB, MB, GB or TB
    1 error
    ");
}

#[test]
fn with_a_common_parameter_that_is_no_option() {
    assert_snapshot!(about(r#""parameters": { "alt": { "type": "string", "location": "query" }, "tenant": { "type": "string", "location": "query" } }"#), @"
    api.json:2:67: error: the parameter `tenant` of all methods is not known here
      at: /parameters/tenant
      help: move it into the methods that take it; `CallOptions::with_query` sends what no method has
    1 error
    ");
}
