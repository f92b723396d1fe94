//! What is written is read again, by every way in.

use discovery_runtime::codegen::{Encoded, FromBody};
use discovery_runtime::wire::{Purpose, Wire};
use discovery_runtime::{Bytes, Value};
use proptest::prelude::*;

use crate::fixture::{FULL, Item, date, double, duration, item, json, single, status, timestamp};

/// Encodes a value as JSON text.
fn text<T: Wire>(value: &T) -> String {
    serde_json::to_string(&Encoded::new(value.view(), Purpose::Storage)).unwrap()
}

/// Decodes a value from JSON text.
fn back<T: Wire>(text: &str) -> T {
    T::decode(&mut serde_json::Deserializer::from_str(text)).unwrap()
}

#[test]
fn a_full_item_round_trips() {
    let item: Item = serde_json::from_str(FULL).unwrap();
    let came: Value = serde_json::from_str(FULL).unwrap();
    assert_eq!(serde_json::to_value(&item).unwrap(), came);
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn items_are_read_again_from_everything(item in item()) {
        let text = serde_json::to_string(&item).unwrap();
        prop_assert_eq!(&serde_json::from_str::<Item>(&text).unwrap(), &item);
        prop_assert_eq!(&serde_json::from_slice::<Item>(text.as_bytes()).unwrap(), &item);
        prop_assert_eq!(&serde_json::from_reader::<_, Item>(text.as_bytes()).unwrap(), &item);
        prop_assert_eq!(&Item::from_body(text.as_bytes()).unwrap(), &item);

        let value = serde_json::to_value(&item).unwrap();
        prop_assert_eq!(&serde_json::from_value::<Item>(value.clone()).unwrap(), &item);
        prop_assert_eq!(&<Item as serde::Deserialize>::deserialize(&value).unwrap(), &item);
    }
}

proptest! {
    #[test]
    fn strings(value: String) {
        prop_assert_eq!(back::<String>(&text(&value)), value);
    }

    #[test]
    fn integers(a: i32, b: u32, c: i64, d: u64) {
        prop_assert_eq!(text(&a), a.to_string());
        prop_assert_eq!(text(&b), b.to_string());
        prop_assert_eq!(text(&c), format!("\"{c}\""));
        prop_assert_eq!(text(&d), format!("\"{d}\""));
        prop_assert_eq!(back::<i32>(&text(&a)), a);
        prop_assert_eq!(back::<u32>(&text(&b)), b);
        prop_assert_eq!(back::<i64>(&text(&c)), c);
        prop_assert_eq!(back::<u64>(&text(&d)), d);
        // Numbers are read where strings are written, and the other way round.
        prop_assert_eq!(back::<i32>(&format!("\"{a}\"")), a);
        prop_assert_eq!(back::<u32>(&format!("\"{b}\"")), b);
        prop_assert_eq!(back::<i64>(&c.to_string()), c);
        prop_assert_eq!(back::<u64>(&d.to_string()), d);
    }

    #[test]
    fn floats(a in double(), b in single()) {
        prop_assert_eq!(back::<f64>(&text(&a)).to_bits(), a.to_bits());
        prop_assert_eq!(back::<f32>(&text(&b)).to_bits(), b.to_bits());
        let quoted = format!("\"{}\"", text(&a).trim_matches('"'));
        prop_assert_eq!(back::<f64>(&quoted).to_bits(), a.to_bits());
    }

    #[test]
    fn bytes(value: Vec<u8>) {
        let bytes = Bytes::from(value);
        prop_assert_eq!(&back::<Bytes>(&text(&bytes)), &bytes);
        // The other alphabet, and no padding.
        let other = text(&bytes).replace('+', "-").replace('/', "_");
        prop_assert_eq!(&back::<Bytes>(&other), &bytes);
        prop_assert_eq!(&back::<Bytes>(&other.replace('=', "")), &bytes);
        prop_assert_eq!(&back::<Bytes>(&text(&bytes).replace('=', "")), &bytes);
    }

    #[test]
    fn enums(value in status()) {
        prop_assert_eq!(back::<crate::fixture::Status>(&text(&value)), value);
    }

    #[test]
    fn times(time in timestamp(), span in duration(), day in date()) {
        let again: discovery_runtime::Timestamp = back(&text(&time));
        prop_assert_eq!(again, time);
        prop_assert_eq!(again.to_string(), time.to_string());
        let again: discovery_runtime::Duration = back(&text(&span));
        prop_assert_eq!(again, span);
        prop_assert_eq!(again.to_string(), span.to_string());
        prop_assert_eq!(back::<discovery_runtime::Date>(&text(&day)), day);
    }

    #[test]
    fn any_json(value in json()) {
        prop_assert_eq!(&back::<Value>(&text(&value)), &value);
    }
}
