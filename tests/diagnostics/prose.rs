//! Texts that do not fit their document, and places of it that have none.

use discovery_generator::{Input, Source, generate};
use insta::assert_snapshot;
use tests::fixtures::options;

/// A document of which only the property has a text.
const DOCUMENT: &str = r#"{
  "id": "things:v1", "name": "things", "version": "v1", "rootUrl": "https://things.googleapis.com/",
  "schemas": {"Thing": {"id": "Thing", "type": "object", "properties": {
    "state": {"type": "string", "description": "The old text.", "enum": ["NEW", "OLD"]}
  }}}
}"#;

/// What is said about the texts of the document; each is a member of `texts`, from line 4 on.
fn said(texts: &str) -> Result<String, String> {
    let input = Input {
        prose: Some(Source {
            name: "api.prose.json".to_owned(),
            text: format!("{{\n\"document\": \"things:v1\",\n\"texts\": {{\n{texts}\n}}\n}}\n"),
        }),
        ..Input::new(Source {
            name: "api.json".to_owned(),
            text: DOCUMENT.to_owned(),
        })
    };
    match generate(&input, &options()) {
        Ok(files) => Ok(files.into_iter().map(|file| file.text).collect()),
        Err(errors) => Err(errors.to_string()),
    }
}

const TEXTS: &str = r#""/description": "Keeps things.",
"/schemas/Thing/description": "A thing.",
"/schemas/Thing/properties/state/enumDescriptions/NEW": "Just made.",
"/schemas/Thing/properties/state/enumDescriptions/OLD": "Used.""#;

#[test]
fn texts_of_the_document_stay_and_are_replaced() {
    let emitted = said(TEXTS).unwrap();
    for text in [
        "Keeps things.",
        "A thing.",
        "Just made.",
        "Used.",
        "The old text.",
    ] {
        assert!(emitted.contains(text), "{text}");
    }
    let replaced =
        format!("{TEXTS},\n\"/schemas/Thing/properties/state/description\": \"The new one.\"");
    let emitted = said(&replaced).unwrap();
    assert!(emitted.contains("The new one.") && !emitted.contains("The old text."));
}

#[test]
fn a_text_without_its_place() {
    let texts = format!("{TEXTS},\n\"/schemas/Thing/properties/stat/description\": \"A typo.\"");
    assert_snapshot!(said(&texts).unwrap_err(), @"
    api.prose.json:8:1: error: the document has no place `/schemas/Thing/properties/stat/description` for a text
      at: /texts/~1schemas~1Thing~1properties~1stat~1description
      help: remove the entry, or correct the pointer of its description
    1 error
    ");
}

#[test]
fn places_without_their_texts() {
    assert_snapshot!(said(r#""/description": "Keeps things.""#).unwrap_err(), @"
    api.prose.json:3:1: error: there is no text for `/schemas/Thing/description`
      at: /texts
      help: write one: users of the crate read it
    api.prose.json:3:1: error: there is no text for `/schemas/Thing/properties/state/enumDescriptions/NEW`
      at: /texts
      help: write one: users of the crate read it
    api.prose.json:3:1: error: there is no text for `/schemas/Thing/properties/state/enumDescriptions/OLD`
      at: /texts
      help: write one: users of the crate read it
    3 errors
    ");
}

#[test]
fn an_entry_that_is_no_text() {
    assert_snapshot!(said("\"/description\": [],\n\"/schemas/Thing/description\": \" \"").unwrap_err(), @"
    api.prose.json:4:1: error: this is no text
      at: /texts/~1description
      help: write a text, or remove the entry
    api.prose.json:5:1: error: this is no text
      at: /texts/~1schemas~1Thing~1description
      help: write a text, or remove the entry
    2 errors
    ");
}
