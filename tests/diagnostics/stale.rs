//! Corrections that do not apply: what they name is gone, said already, or something else.

use insta::assert_snapshot;

use super::overrides::{REASON, about, entry};

#[test]
fn that_no_longer_find_what_they_correct() {
    assert_snapshot!(about(&format!(r#"
{{ "kind": "endScope", "scope": "https://www.googleapis.com/auth/gone", "ended": "2025-03-31", {REASON} }},
{{ "kind": "methodScopes", "method": "plants.gone", "scopes": [], {REASON} }},
{{ "kind": "methodScopes", "method": "plants.list", "scopes": ["https://www.googleapis.com/auth/gone"], {REASON} }},
{{ "kind": "deprecateMethod", "method": "gone.list", "since": "2025-03-31", "note": "n", {REASON} }},
{{ "kind": "retrySafety", "method": "plants.gone", "safety": "idempotent", {REASON} }},
{{ "kind": "limitItems", "place": "Filter.gone", "max": 1, {REASON} }},
{{ "kind": "limitLength", "place": "Gone.name", "max": 1, {REASON} }},
{{ "kind": "defaultValue", "place": "plants.list#gone", "value": "1", {REASON} }},
{{ "kind": "maximum", "place": "plants.gone#pageSize", "value": "1", {REASON} }},
{{ "kind": "maskPaths", "method": "plants.gone", "paths": [], {REASON} }},
{{ "kind": "maskPaths", "method": "plants.patch", "paths": ["gone"], {REASON} }},
{{ "kind": "outputOnly", "property": "Plant.gone", {REASON} }},
{{ "kind": "requiredProperty", "property": "Gone.name", {REASON} }},
{{ "kind": "requiredParameter", "parameter": "plants.list#gone", {REASON} }},
{{ "kind": "uploadMethod", "resource": "gone", "name": "u", "path": "u", "protocol": "x-goog-upload", "scopes": [], "description": "d", {REASON} }},
{{ "kind": "serviceHost", "host": "gone.example.com", {REASON} }}
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
    api.overrides.json:19:1: error: the override no longer applies: the document has no address at `https://gone.example.com/`
      at: /entries/15
      help: remove the entry, or correct the name
    16 errors
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
{{ "kind": "retrySafety", "method": "plants.list", "safety": "idempotent", {REASON} }},
{{ "kind": "uploadMethod", "resource": "plants", "name": "list", "path": "u", "protocol": "x-goog-upload", "scopes": [], "description": "d", {REASON} }}
"#)), @"
    api.overrides.json:4:1: error: the override no longer applies: the document lists these scopes already
      at: /entries/0
      help: remove the entry
    api.overrides.json:5:1: error: the override no longer applies: the document says so already
      at: /entries/1
      help: remove the entry
    api.overrides.json:6:1: error: the override no longer applies: its HTTP method says so already
      at: /entries/2
      help: remove the entry
    api.overrides.json:7:1: error: the override no longer applies: the document has the method `plants.list` already
      at: /entries/3
      help: remove the entry
    4 errors
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
      help: remove one of the two
    api.overrides.json:7:1: error: `/entries/2` corrects the same
      at: /entries/3
      help: remove one of the two
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
{{ "kind": "topLevelMask", "method": "plants.water", {REASON} }},
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
      help: remove one of the two
    api.overrides.json:7:1: error: `plants.list` takes no update mask
      at: /entries/3
      help: correct the entry
    api.overrides.json:8:1: error: `plants.search` takes no update mask
      at: /entries/4
      help: correct the entry
    api.overrides.json:9:1: error: `plants.water` takes no update mask
      at: /entries/5
      help: correct the entry
    api.overrides.json:10:1: error: `Plant.name` is not a parameter
      at: /entries/6
      help: correct the entry
    api.overrides.json:11:62: error: the path `/../u` cannot be used: it has an empty segment
      at: /entries/7/path
      help: a path is literal segments, `{name}` and `{+name}`, joined by `/`, without a `/` at either end
    api.overrides.json:12:1: error: `plants` already has something called `List`
      at: /entries/8
      help: correct the entry
    9 errors
    ");
    assert_snapshot!(entry(r#""kind": "mergeEnums", "name": "Color", "places": ["Plant.color", "Plant.size"]"#), @"
    api.overrides.json:4:1: error: the override `Color` merges enums with different values
      at: /entries/0
      help: remove `Plant.size` from the entry, or `Plant.color` from the one that names it
    1 error
    ");
}

#[test]
fn types_that_do_not_fit() {
    assert_snapshot!(about(&format!(r#"
{{ "kind": "type", "place": "Plant.gone", "type": "string", {REASON} }},
{{ "kind": "type", "place": "Plant.name", "type": "string", {REASON} }},
{{ "kind": "type", "place": "Plant.id", "type": "integer", "format": "int128", {REASON} }},
{{ "kind": "type", "place": "Plant.color", "type": "integer", "format": "int32", {REASON} }},
{{ "kind": "type", "place": "Search.filter", "type": "string", {REASON} }}
"#)), @"
    api.overrides.json:4:1: error: the override no longer applies: the document has no value `Plant.gone`
      at: /entries/0
      help: remove the entry, or correct the name
    api.overrides.json:5:1: error: the override no longer applies: the document says so already
      at: /entries/1
      help: remove the entry
    api.overrides.json:6:1: error: the format `int128` of type `integer` is not known
      at: /entries/2
      help: correct the entry, or teach it to `generator/src/lower/types.rs`
    api.overrides.json:7:1: error: a value of type `integer` cannot have `enum`
      at: /entries/3
      help: remove the member, or correct the type
    api.overrides.json:8:1: error: `Search.filter` refers to a schema, which has a type of its own
      at: /entries/4
      help: correct the entry
    5 errors
    ");
}

/// Only a text can be kept from being printed: a secret of another kind would print all the same.
#[test]
fn secrets_that_are_no_text() {
    assert_snapshot!(about(&format!(r#"
{{ "kind": "secret", "place": "Search.filter", {REASON} }},
{{ "kind": "secret", "place": "PlantList.plants", {REASON} }},
{{ "kind": "secret", "place": "Plant.color", {REASON} }},
{{ "kind": "secret", "place": "plants.list#pageSize", {REASON} }},
{{ "kind": "secret", "place": "plants.list#ids", {REASON} }},
{{ "kind": "secret", "place": "Plant.gone", {REASON} }}
"#)), @"
    api.overrides.json:4:1: error: `Search.filter` is not a text
      at: /entries/0
      help: correct the entry
    api.overrides.json:5:1: error: `PlantList.plants` is not a text
      at: /entries/1
      help: correct the entry
    api.overrides.json:6:1: error: `Plant.color` is not a text
      at: /entries/2
      help: correct the entry
    api.overrides.json:7:1: error: `plants.list#pageSize` is not a text
      at: /entries/3
      help: correct the entry
    api.overrides.json:8:1: error: `plants.list#ids` is not a text
      at: /entries/4
      help: correct the entry
    api.overrides.json:9:1: error: the override no longer applies: the document has no property or parameter `Plant.gone`
      at: /entries/5
      help: remove the entry, or correct the name
    6 errors
    ");
}
