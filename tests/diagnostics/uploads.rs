//! Corrections about uploads that do not apply.

use discovery_generator::{Input, Source, generate};
use insta::assert_snapshot;
use tests::fixtures::{Fixture, options};

use super::overrides::REASON;

/// What is said about entries of corrections to the fixture `uploads`, from line 4 on.
fn about(entries: &str) -> String {
    let overrides = Source {
        name: "api.overrides.json".to_owned(),
        text: format!(
            "{{\n\"document\": \"uploads:v1\",\n\"entries\": [\n{}\n]\n}}\n",
            entries.trim()
        ),
    };
    let input = Input {
        overrides: Some(overrides),
        ..Fixture::load("uploads").input()
    };
    match generate(&input, &options()) {
        Ok(_) => "no errors".to_owned(),
        Err(errors) => errors.to_string(),
    }
}

#[test]
fn resumable_uploads_that_are_there_or_cannot_be() {
    assert_snapshot!(about(&format!(r#"
{{ "kind": "resumableUpload", "method": "reports.upload", {REASON} }},
{{ "kind": "resumableUpload", "method": "objects.insert", {REASON} }},
{{ "kind": "resumableUpload", "method": "reports.resume", {REASON} }},
{{ "kind": "resumableUpload", "method": "reports.get", {REASON} }},
{{ "kind": "resumableUpload", "method": "reports.gone", {REASON} }},
{{ "kind": "resumableUpload", "method": "reports.upload", {REASON} }}
"#)), @"
    api.overrides.json:5:1: error: the override no longer applies: the document says that the method takes resumable uploads already
      at: /entries/1
      help: remove the entry
    api.overrides.json:6:1: error: the override no longer applies: the document says that the method takes resumable uploads already
      at: /entries/2
      help: remove the entry
    api.overrides.json:7:1: error: `reports.get` takes no uploads
      at: /entries/3
      help: correct the entry
    api.overrides.json:8:1: error: the override no longer applies: the document has no method `reports.gone`
      at: /entries/4
      help: remove the entry, or correct the name
    api.overrides.json:9:1: error: `/entries/0` corrects the same
      at: /entries/5
      help: remove one of the two
    5 errors
    ");
    assert_snapshot!(about(&format!(r#"{{ "kind": "resumableUpload", {REASON} }}"#)), @"
    api.overrides.json:4:1: error: the entry has no `method`
      at: /entries/0
      help: add the member `method`, a string
    1 error
    ");
}
