//! Open enums: a known text is always its variant, any other text is kept as it came.

use std::collections::BTreeSet;

use discovery_runtime::codegen::FromBody;
use proptest::prelude::*;

use crate::fixture::{Item, Status};

const KNOWN: [(&str, Status); 3] = [
    ("PROCESSING", Status::Processing),
    ("READY", Status::Ready),
    ("failed", Status::Failed),
];

#[test]
fn a_known_text_is_never_unrecognized() {
    for (text, status) in KNOWN {
        assert_eq!(Status::from(text), status);
        assert_eq!(Status::from(text.to_owned()), status);
        assert_eq!(text.parse(), Ok(status.clone()));
        assert_eq!(
            serde_json::from_str::<Status>(&format!("\"{text}\"")).unwrap(),
            status
        );
        assert_eq!(
            serde_json::from_value::<Status>(text.into()).unwrap(),
            status
        );
        assert_eq!(status.as_str(), text);
        assert_eq!(status.to_string(), text);
        assert_eq!(AsRef::<str>::as_ref(&status), text);
        assert_eq!(serde_json::to_value(&status).unwrap(), text);
    }
}

#[test]
fn a_number_keeps_its_text() {
    for (json, text) in [("7", "7"), ("-7", "-7"), ("1.5", "1.5")] {
        let status: Status = serde_json::from_str(json).unwrap();
        assert_eq!(status.as_str(), text);
        assert_eq!(serde_json::to_value(&status).unwrap(), text);
    }
}

#[test]
fn only_strings_and_numbers_are_enum_values() {
    for json in ["true", "[]", "{}", "null"] {
        assert!(serde_json::from_str::<Status>(json).is_err(), "{json}");
    }
}

#[test]
fn a_new_value_in_a_response_is_kept() {
    let item = Item::from_body(br#"{"type": "BRAND_NEW", "statuses": ["", "ready"]}"#).unwrap();
    let Some(Status::Unrecognized(value)) = &item.r#type else {
        panic!("{item:?}");
    };
    assert_eq!(value.as_str(), "BRAND_NEW");
    assert_eq!(value.to_string(), "BRAND_NEW");
    assert_eq!(format!("{value:?}"), "\"BRAND_NEW\"");
    let texts: Vec<&str> = item.statuses.iter().map(Status::as_str).collect();
    // The comparison is exact: a text in other case is another value.
    assert_eq!(texts, ["", "ready"]);
    assert!(
        item.statuses
            .iter()
            .all(|status| matches!(status, Status::Unrecognized(_)))
    );
}

#[test]
fn display_applies_width_and_alignment() {
    assert_eq!(
        format!("{:>6}|{:<6}|", Status::Ready, Status::from("x")),
        " READY|x     |"
    );
}

proptest! {
    #[test]
    fn any_text_is_kept(text: String) {
        let status = Status::from(text.as_str());
        prop_assert_eq!(status.as_str(), &text);
        let known = KNOWN.iter().any(|(known, _)| *known == text);
        prop_assert_eq!(matches!(status, Status::Unrecognized(_)), !known);
        prop_assert_eq!(serde_json::to_value(&status).unwrap(), text);
    }

    #[test]
    fn order_is_that_of_the_texts(mut texts: Vec<String>) {
        texts.extend(KNOWN.map(|(text, _)| text.to_owned()));
        let statuses: BTreeSet<Status> = texts.iter().map(|text| Status::from(text.as_str())).collect();
        let texts: BTreeSet<String> = texts.into_iter().collect();
        prop_assert!(statuses.iter().map(Status::as_str).eq(texts.iter().map(String::as_str)));
    }
}
