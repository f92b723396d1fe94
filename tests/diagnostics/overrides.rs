//! Corrections that are wrong by themselves.

use discovery_generator::{Input, Source, generate};
use insta::assert_snapshot;
use tests::fixtures::{Fixture, options};

/// What is said about entries of corrections to the fixture `corrected`, from line 4 on.
pub(super) fn about(entries: &str) -> String {
    let text = format!(
        "{{\n\"document\": \"corrected:v1\",\n\"entries\": [\n{}\n]\n}}\n",
        entries.trim()
    );
    said(&text)
}

fn said(text: &str) -> String {
    let fixture = Fixture::load("corrected");
    let overrides = Source {
        name: "api.overrides.json".to_owned(),
        text: text.to_owned(),
    };
    let input = Input {
        overrides: Some(overrides),
        ..Input::new(fixture.document)
    };
    match generate(&input, &options()) {
        Ok(_) => "no errors".to_owned(),
        Err(errors) => errors.to_string(),
    }
}

/// What is said about one entry, which is given without its reason.
pub(super) fn entry(members: &str) -> String {
    about(&format!("{{ {members}, {REASON} }}"))
}

/// What every entry must have.
pub(super) const REASON: &str = r#""what": "w", "why": "y", "source": "https://example.com/""#;

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
      help: make it an array
    1 error
    ");
    assert_snapshot!(said("[]"), @"
    api.overrides.json:1:1: error: expected an object, found an array
      help: make it an object
    1 error
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
      help: the kinds are endScope, methodScopes, deprecateMethod, retrySafety, mergeEnums, nameEnum, limitItems, limitLength, defaultValue, maximum, maskPaths, topLevelMask, outputOnly, localTime, secret, requiredProperty, requiredParameter, pages, streamedResponse, exclusiveProperties, rateLimitDelay, uploadMethod, resumableUpload, serviceHost, type
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
{{ "kind": "retrySafety", {REASON} }},
{{ "kind": "mergeEnums", {REASON} }},
{{ "kind": "nameEnum", {REASON} }},
{{ "kind": "limitItems", {REASON} }},
{{ "kind": "limitLength", {REASON} }},
{{ "kind": "defaultValue", {REASON} }},
{{ "kind": "maximum", {REASON} }},
{{ "kind": "maskPaths", {REASON} }},
{{ "kind": "topLevelMask", {REASON} }},
{{ "kind": "outputOnly", {REASON} }},
{{ "kind": "requiredProperty", {REASON} }},
{{ "kind": "requiredParameter", {REASON} }},
{{ "kind": "rateLimitDelay", {REASON} }},
{{ "kind": "uploadMethod", {REASON} }},
{{ "kind": "type", {REASON} }},
{{ "kind": "localTime", {REASON} }},
{{ "kind": "pages", {REASON} }},
{{ "kind": "streamedResponse", {REASON} }},
{{ "kind": "exclusiveProperties", {REASON} }},
{{ "kind": "resumableUpload", {REASON} }},
{{ "kind": "secret", {REASON} }},
{{ "kind": "serviceHost", {REASON} }}
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
    api.overrides.json:7:1: error: the entry has no `safety`
      at: /entries/3
      help: add the member `safety`, a string
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
    api.overrides.json:15:1: error: the entry has no `method`
      at: /entries/11
      help: add the member `method`, a string
    api.overrides.json:16:1: error: the entry has no `property`
      at: /entries/12
      help: add the member `property`, a string
    api.overrides.json:17:1: error: the entry has no `property`
      at: /entries/13
      help: add the member `property`, a string
    api.overrides.json:18:1: error: the entry has no `parameter`
      at: /entries/14
      help: add the member `parameter`, a string
    api.overrides.json:19:1: error: the entry has no `seconds`
      at: /entries/15
      help: add the member `seconds`, a number
    api.overrides.json:20:1: error: the entry has no `description`
      at: /entries/16
      help: add the member `description`, a string
    api.overrides.json:20:1: error: the entry has no `name`
      at: /entries/16
      help: add the member `name`, a string
    api.overrides.json:20:1: error: the entry has no `path`
      at: /entries/16
      help: add the member `path`, a string
    api.overrides.json:20:1: error: the entry has no `protocol`
      at: /entries/16
      help: add the member `protocol`, a string
    api.overrides.json:20:1: error: the entry has no `resource`
      at: /entries/16
      help: add the member `resource`, a string
    api.overrides.json:20:1: error: the entry has no `scopes`
      at: /entries/16
      help: add the member `scopes`, a list
    api.overrides.json:21:1: error: the entry has no `place`
      at: /entries/17
      help: add the member `place`, a string
    api.overrides.json:21:1: error: the entry has no `type`
      at: /entries/17
      help: add the member `type`, a string
    api.overrides.json:22:1: error: the entry has no `property`
      at: /entries/18
      help: add the member `property`, a string
    api.overrides.json:23:1: error: the entry has no `method`
      at: /entries/19
      help: add the member `method`, a string
    api.overrides.json:23:1: error: the entry has no `next`
      at: /entries/19
      help: add the member `next`, a string
    api.overrides.json:23:1: error: the entry has no `token`
      at: /entries/19
      help: add the member `token`, a string
    api.overrides.json:24:1: error: the entry has no `method`
      at: /entries/20
      help: add the member `method`, a string
    api.overrides.json:24:1: error: the entry has no `streamed`
      at: /entries/20
      help: add the member `streamed`, `true` or `false`
    api.overrides.json:25:1: error: the entry has no `properties`
      at: /entries/21
      help: add the member `properties`, a list
    api.overrides.json:25:1: error: the entry has no `schema`
      at: /entries/21
      help: add the member `schema`, a string
    api.overrides.json:26:1: error: the entry has no `method`
      at: /entries/22
      help: add the member `method`, a string
    api.overrides.json:27:1: error: the entry has no `place`
      at: /entries/23
      help: add the member `place`, a string
    api.overrides.json:28:1: error: the entry has no `host`
      at: /entries/24
      help: add the member `host`, a string
    47 errors
    ");
}

#[test]
fn with_fields_of_another_kind_or_form() {
    assert_snapshot!(about(&format!(r#"
{{ "kind": "rateLimitDelay", "seconds": -1, {REASON} }},
{{ "kind": "rateLimitDelay", "seconds": 1, "minutes": 1, {REASON} }},
{{ "kind": "retrySafety", "method": "plants.list", "safety": "always", {REASON} }},
{{ "kind": "endScope", "scope": "https://www.googleapis.com/auth/corrected", "ended": "March", {REASON} }},
{{ "kind": "uploadMethod", "resource": "plants", "name": "u", "path": "u", "protocol": "tus", "scopes": [], "description": "", {REASON} }}
"#)), @"
    api.overrides.json:4:29: error: expected a non-negative integer, found a number
      at: /entries/0/seconds
      help: make it a non-negative integer
    api.overrides.json:5:43: error: the entry has the member `minutes`, which is not known here
      at: /entries/1/minutes
      help: if the format has grown, teach the generator this key; if not, remove it
    api.overrides.json:6:51: error: `always` does not say when a call is retried
      at: /entries/2/safety
      help: write `idempotent`, `ifNotProcessed` or `ifNotSent`
    api.overrides.json:7:77: error: `March` is not a day
      at: /entries/3/ended
      help: write it as `2026-01-31`
    api.overrides.json:8:75: error: only the protocol `x-goog-upload` can be added
      at: /entries/4/protocol
      help: the others are declared by `mediaUpload` in the document
    5 errors
    ");
}
