//! Corrections of pages, streams and exclusive properties that do not apply.

use discovery_generator::{Input, Source, generate};
use insta::assert_snapshot;
use tests::fixtures::{Fixture, options};

use super::overrides::REASON;

/// What is said about entries of corrections to the fixture `responses`, from line 4 on.
fn about(entries: &[&str]) -> String {
    let entries: Vec<String> = entries
        .iter()
        .map(|entry| format!("{{ {entry}, {REASON} }}"))
        .collect();
    let text = format!(
        "{{\n\"document\": \"responses:v1\",\n\"entries\": [\n{}\n]\n}}\n",
        entries.join(",\n")
    );
    let overrides = Source {
        name: "api.overrides.json".to_owned(),
        text,
    };
    let fixture = Fixture::load("responses");
    let input = Input {
        overrides: Some(overrides),
        ..fixture.input()
    };
    match generate(&input, &options()) {
        Ok(_) => "no errors".to_owned(),
        Err(errors) => errors.to_string(),
    }
}

#[test]
fn pages_must_be_in_the_document_and_not_found_already() {
    assert_snapshot!(about(&[
        r#""kind": "pages", "method": "rows.gone", "token": "pageToken", "next": "nextPageToken""#,
        r#""kind": "pages", "method": "rows.reviews", "token": "gone", "next": "nextPageToken""#,
        r#""kind": "pages", "method": "rows.either", "token": "pageToken", "next": "one.gone""#,
        r#""kind": "pages", "method": "rows.corrected", "token": "cursor", "next": "page""#,
        r#""kind": "pages", "method": "rows.query", "token": "pageToken", "next": "result.nextPageToken", "items": "result""#,
        r#""kind": "pages", "method": "rows.list", "token": "pageToken", "next": "nextPageToken", "items": "rows""#,
        r#""kind": "pages", "method": "documents.streamAll", "token": "pageToken", "next": "nextPageToken""#,
    ]), @"
    api.overrides.json:4:1: error: the override no longer applies: the document has no method `rows.gone`
      at: /entries/0
      help: remove the entry, or correct the name
    api.overrides.json:5:1: error: the override no longer applies: the document has no text `gone` among the parameters and the body of `rows.reviews`
      at: /entries/1
      help: remove the entry, or correct the name
    api.overrides.json:6:1: error: the override no longer applies: the document has no `one.gone` in the response of `rows.either`
      at: /entries/2
      help: remove the entry, or correct the name
    api.overrides.json:7:1: error: `page` is not a text
      at: /entries/3
      help: correct the entry
    api.overrides.json:8:1: error: `result` is neither a list nor a map
      at: /entries/4
      help: correct the entry
    api.overrides.json:9:1: error: the override no longer applies: the names in the document say so already
      at: /entries/5
      help: remove the entry
    api.overrides.json:10:1: error: the response of `documents.streamAll` is no object that pages could be in
      at: /entries/6
      help: correct the entry
    7 errors
    ");
}

#[test]
fn streams_must_differ_from_what_the_document_says() {
    assert_snapshot!(about(&[
        r#""kind": "streamedResponse", "method": "documents.gone", "streamed": true"#,
        r#""kind": "streamedResponse", "method": "documents.runQuery", "streamed": true"#,
        r#""kind": "streamedResponse", "method": "documents.told", "streamed": false"#,
    ]), @"
    api.overrides.json:4:1: error: the override no longer applies: the document has no method `documents.gone`
      at: /entries/0
      help: remove the entry, or correct the name
    api.overrides.json:5:1: error: the override no longer applies: the document says so already
      at: /entries/1
      help: remove the entry
    api.overrides.json:6:1: error: the override no longer applies: the document says so already
      at: /entries/2
      help: remove the entry
    3 errors
    ");
}

#[test]
fn exclusive_properties_must_be_two_that_requests_have() {
    assert_snapshot!(about(&[
        r#""kind": "exclusiveProperties", "schema": "Gone", "properties": ["a", "b"]"#,
        r#""kind": "exclusiveProperties", "schema": "QueryRequest", "properties": ["job", "gone"]"#,
        r#""kind": "exclusiveProperties", "schema": "QueryRequest", "properties": ["job", "job"]"#,
        r#""kind": "exclusiveProperties", "schema": "QueryRequest", "properties": ["job"]"#,
        r#""kind": "exclusiveProperties", "schema": "QueryRequest", "properties": ["job", "statement"]"#,
        r#""kind": "exclusiveProperties", "schema": "QueryRequest", "properties": ["statement", "job"]"#,
    ]), @"
    api.overrides.json:4:1: error: the override no longer applies: the document has no schema `Gone`
      at: /entries/0
      help: remove the entry, or correct the name
    api.overrides.json:5:1: error: the override no longer applies: the document has no property `QueryRequest.gone`
      at: /entries/1
      help: remove the entry, or correct the name
    api.overrides.json:6:1: error: `properties` must name two different properties or more
      at: /entries/2
      help: correct the entry
    api.overrides.json:7:1: error: `properties` must name two different properties or more
      at: /entries/3
      help: correct the entry
    api.overrides.json:9:1: error: the override no longer applies: an earlier entry says so already
      at: /entries/5
      help: remove the entry
    5 errors
    ");
}

#[test]
fn members_that_are_missing_are_named() {
    assert_snapshot!(
        about(&[
            r#""kind": "pages", "method": "rows.list", "token": "pageToken""#,
            r#""kind": "streamedResponse", "method": "documents.tree""#,
            r#""kind": "exclusiveProperties", "schema": "QueryRequest""#,
        ]),
        @"
    api.overrides.json:4:1: error: the entry has no `next`
      at: /entries/0
      help: add the member `next`, a string
    api.overrides.json:5:1: error: the entry has no `streamed`
      at: /entries/1
      help: add the member `streamed`, `true` or `false`
    api.overrides.json:6:1: error: the entry has no `properties`
      at: /entries/2
      help: add the member `properties`, a list
    3 errors
    "
    );
}
