//! Files that are no JSON document.

use insta::assert_snapshot;

use crate::errors;

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
    api.json:1:128: error: objects and arrays are nested 128 deep or more
      help: check that this is a Discovery document
    1 error
    ");
}

#[test]
fn a_list_at_the_top() {
    assert_snapshot!(errors("[]"), @"
    api.json:1:1: error: expected an object, found an array
      help: make it an object
    1 error
    ");
}

#[test]
fn null_at_the_top() {
    assert_snapshot!(errors("null"), @"
    api.json:1:1: error: expected an object, found null
      help: make it an object
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

/// The client of Google for Python ships an `index.json` in the folder of its documents: the list of
/// APIs, as the method `apis.list` of the Discovery API gives it.
#[test]
fn a_list_of_apis_instead_of_a_document() {
    assert_snapshot!(errors(
        r#"{
  "kind": "discovery#directoryList",
  "discoveryVersion": "v1",
  "items": []
}"#), @"
    api.json:2:3: error: `kind` is `discovery#directoryList`; only `discovery#restDescription` is known here
      at: /kind
      help: the list at https://www.googleapis.com/discovery/v1/apis has the address of each document as `discoveryRestUrl`
    1 error
    ");
}

#[test]
fn a_document_of_another_format() {
    assert_snapshot!(errors(r#"{ "openapi": "3.0.3", "info": { "title": "Books" }, "paths": {} }"#), @"
    api.json:1:1: error: this is no Discovery document: it has neither a name nor a version nor an address
      help: the list at https://www.googleapis.com/discovery/v1/apis has the address of each document as `discoveryRestUrl`
    1 error
    ");
}
