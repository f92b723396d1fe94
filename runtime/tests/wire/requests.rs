//! Request bodies: what only the server sets stays out at any depth, and absent stays absent.

use discovery_runtime::Value;
use discovery_runtime::codegen::{Encoded, Fields as _, Schema as _};
use discovery_runtime::wire::{Purpose, Wire};
use proptest::prelude::*;
use serde_json::json;

use crate::fixture::{Empty, FULL, Item, item};

fn request(item: &Item) -> Value {
    serde_json::to_value(Encoded::new(item.view(), Purpose::Request)).unwrap()
}

/// The item without what only the server sets.
fn without_output(item: Item) -> Item {
    Item {
        id: None,
        count: None,
        labels: [].into(),
        children: item.children.into_iter().map(without_output).collect(),
        parent: item.parent.map(|parent| Box::new(without_output(*parent))),
        by_name: item
            .by_name
            .into_iter()
            .map(|(key, item)| (key, without_output(item)))
            .collect(),
        ..item
    }
}

#[test]
fn absent_fields_are_not_written() {
    assert_eq!(serde_json::to_string(&Item::default()).unwrap(), "{}");
    assert_eq!(request(&Item::default()), json!({}));
    assert_eq!(serde_json::to_string(&Empty {}).unwrap(), "{}");
    // A schema that is present but empty is present.
    let item = Item {
        parent: Some(Box::default()),
        ..Item::default()
    };
    assert_eq!(request(&item), json!({ "parent": {} }));
}

#[test]
fn output_only_fields_are_not_sent() {
    let inner = Item {
        id: Some("x".into()),
        flag: Some(true),
        ..Item::default()
    };
    let item = Item {
        id: Some("y".into()),
        count: Some(1),
        labels: [("a".to_owned(), "b".to_owned())].into(),
        children: vec![inner.clone()],
        parent: Some(Box::new(inner.clone())),
        by_name: [("id".to_owned(), inner)].into(),
        ..Item::default()
    };
    let expected = json!({
        "children": [{ "flag": true }],
        "parent": { "flag": true },
        "byName": { "id": { "flag": true } },
    });
    assert_eq!(request(&item), expected);
    assert_eq!(
        item.present_fields(Purpose::Request),
        ["children", "parent", "byName"]
    );
    assert_eq!(
        item.present_fields(Purpose::Storage),
        ["id", "count", "children", "parent", "labels", "byName"]
    );
}

#[test]
fn tables_list_the_fields() {
    let table = Item::default().table();
    assert_eq!(table.names.len(), 26);
    assert_eq!(table.names[..3], ["id", "type", "flag"]);
    assert_eq!(table.output_only, ["id", "count", "labels"]);
    assert_eq!(Box::<Item>::default().table().names, table.names);
    assert_eq!(Empty::default().table().names, [""; 0]);
    let full: Item = serde_json::from_str(FULL).unwrap();
    assert_eq!(full.present_fields(Purpose::Storage), table.names);
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn a_request_is_the_value_without_what_only_the_server_sets(item in item()) {
        let sent: Item = serde_json::from_value(request(&item)).unwrap();
        prop_assert_eq!(&sent, &without_output(item.clone()));
        let names: Vec<String> = match request(&item) {
            Value::Object(fields) => fields.keys().cloned().collect(),
            other => panic!("{other}"),
        };
        let mut present = item.present_fields(Purpose::Request);
        present.sort_unstable();
        prop_assert_eq!(present, names);
    }
}
