//! Responses of today's and tomorrow's servers: fields may be missing, `null`, new or duplicated.

use discovery_runtime::Value;
use discovery_runtime::codegen::FromBody;
use proptest::collection::vec;
use proptest::prelude::*;

use crate::fixture::{FULL, Item};

#[derive(Clone, Copy, Debug, PartialEq)]
enum Change {
    Kept,
    Deleted,
    Null,
}

/// Does to the fields of an item and of the items in it what the changes say, in order.
fn change(item: &mut Value, changes: &mut impl Iterator<Item = Change>) {
    let Value::Object(fields) = item else {
        return;
    };
    for name in fields.keys().cloned().collect::<Vec<_>>() {
        match (name.as_str(), &mut fields[&name]) {
            ("children", Value::Array(items)) => {
                for item in items {
                    change(item, changes);
                }
            }
            ("byName", Value::Object(items)) => {
                for item in items.values_mut() {
                    change(item, changes);
                }
            }
            ("parent", item) => change(item, changes),
            _ => {}
        }
        match changes.next().unwrap_or(Change::Kept) {
            Change::Kept => {}
            // In free-form JSON `null` is a value, not absence.
            Change::Null if name == "any" => {
                fields.remove(&name);
            }
            Change::Deleted => {
                fields.remove(&name);
            }
            Change::Null => fields[&name] = Value::Null,
        }
    }
}

fn changed(changes: &[Change]) -> Value {
    let mut item = serde_json::from_str(FULL).unwrap();
    change(&mut item, &mut changes.iter().copied());
    item
}

fn decode(json: &Value) -> Item {
    Item::from_body(json.to_string().as_bytes()).expect("a tolerant decoder")
}

#[test]
fn each_field_alone_can_be_missing_or_null() {
    let full = decode(&changed(&[]));
    let fields = 40;
    let mut different = 0;
    for index in 0..fields {
        let with = |change| {
            let mut changes = [Change::Kept; 40];
            changes[index] = change;
            decode(&changed(&changes))
        };
        let missing = with(Change::Deleted);
        assert_eq!(missing, with(Change::Null), "field {index}");
        different += usize::from(missing != full);
    }
    // The fixture has 26 fields and 5 more in the items inside it.
    assert_eq!(different, 31);
}

#[test]
fn unknown_fields_are_ignored_whatever_they_hold() {
    let deep = "[".repeat(100_000) + &"]".repeat(100_000);
    for value in [
        "1e999",
        "null",
        r#"{"id": [{}]}"#,
        "123456789012345678901234567890",
        &deep,
    ] {
        let json = format!(r#"{{"new": {value}, "id": "a", "newer": {value}}}"#);
        assert_eq!(
            Item::from_body(json.as_bytes()).unwrap().id.as_deref(),
            Some("a")
        );
    }
}

#[test]
fn the_last_of_duplicate_fields_wins() {
    let item = Item::from_body(
        br#"{"id": "a", "tags": ["x", "y"], "id": "b", "tags": ["z"], "flag": true, "flag": null,
            "parent": {"id": "p"}, "parent": {"flag": true}, "labels": {"k": "v"}, "labels": {}}"#,
    )
    .unwrap();
    let expected = Item {
        id: Some("b".into()),
        tags: vec!["z".into()],
        parent: Some(Box::new(Item {
            flag: Some(true),
            ..Item::default()
        })),
        ..Item::default()
    };
    assert_eq!(item, expected);
}

#[test]
fn fields_are_found_in_any_order_and_in_any_spelling_of_json() {
    let item = Item::from_body(br#"{"lists": {}, "\u0069d": "a", "flag": true, "type": "READY"}"#);
    let item = item.unwrap();
    assert_eq!(item.id.as_deref(), Some("a"));
    assert_eq!(item.flag, Some(true));
    assert!(item.r#type.is_some());
}

proptest! {
    #[test]
    fn any_subset_of_fields_can_be_missing_or_null(
        changes in vec(prop_oneof![Just(Change::Kept), Just(Change::Deleted), Just(Change::Null)], 40),
    ) {
        let deleted: Vec<Change> = changes
            .iter()
            .map(|change| if *change == Change::Null { Change::Deleted } else { *change })
            .collect();
        prop_assert_eq!(decode(&changed(&changes)), decode(&changed(&deleted)));
    }
}
