//! Corrections of times that may lack an offset.

use discovery_generator::{Input, Source, generate};
use insta::assert_snapshot;
use tests::fixtures::{Fixture, options};

#[test]
fn only_a_time_can_be_a_local_time() {
    let entry = |property: &str| {
        format!(
            r#"{{ "kind": "localTime", "property": "{property}", {REASON} }}"#,
            REASON = super::overrides::REASON
        )
    };
    let entries = ["Event.start", "EventTime.dateTime", "Event.gone"].map(entry);
    let overrides = Source {
        name: "api.overrides.json".to_owned(),
        text: format!(
            "{{\n\"document\": \"values:v1\",\n\"entries\": [\n{}\n]\n}}\n",
            entries.join(",\n")
        ),
    };
    let input = Input {
        overrides: Some(overrides),
        ..Fixture::load("values").input()
    };
    let said = match generate(&input, &options()) {
        Ok(_) => "no errors".to_owned(),
        Err(errors) => errors.to_string(),
    };
    assert_snapshot!(said, @"
    api.overrides.json:4:1: error: `Event.start` is not a time
      at: /entries/0
      help: correct the entry
    api.overrides.json:5:1: error: the override no longer applies: its type allows a local time already
      at: /entries/1
      help: remove the entry
    api.overrides.json:6:1: error: the override no longer applies: the document has no property `Event.gone`
      at: /entries/2
      help: remove the entry, or correct the name
    3 errors
    ");
}
