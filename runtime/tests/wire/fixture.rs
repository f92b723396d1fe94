//! One schema with a field of every kind, a document with all of them, and arbitrary values.

use std::collections::BTreeMap;

use discovery_runtime::{
    Bytes, Date, Duration, FieldMask, Map, Timestamp, UnrecognizedValue, Value, codegen,
};
use proptest::collection::{btree_map, vec};
use proptest::option::of;
use proptest::prelude::*;

#[derive(Clone, Default, PartialEq)]
pub(crate) struct Item {
    pub(crate) id: Option<String>,
    pub(crate) r#type: Option<Status>,
    pub(crate) flag: Option<bool>,
    pub(crate) small: Option<i32>,
    pub(crate) natural: Option<u32>,
    pub(crate) count: Option<i64>,
    pub(crate) size: Option<u64>,
    pub(crate) ratio: Option<f64>,
    pub(crate) weight: Option<f32>,
    pub(crate) data: Option<Bytes>,
    pub(crate) time: Option<Timestamp>,
    pub(crate) span: Option<Duration>,
    pub(crate) day: Option<Date>,
    pub(crate) mask: Option<FieldMask>,
    pub(crate) any: Option<Value>,
    pub(crate) object: Option<JsonObject>,
    pub(crate) tags: Vec<String>,
    pub(crate) counts: Vec<i64>,
    pub(crate) statuses: Vec<Status>,
    pub(crate) rows: Vec<Vec<Value>>,
    pub(crate) children: Vec<Item>,
    pub(crate) parent: Option<Box<Item>>,
    pub(crate) labels: Map<String>,
    pub(crate) sizes: Map<u64>,
    pub(crate) by_name: Map<Item>,
    pub(crate) lists: Map<Vec<Status>>,
}

codegen::schema! {
    Item {
        "id" => id: output_only,
        "type" => r#type,
        "flag" => flag,
        "small" => small,
        "natural" => natural,
        "count" => count: output_only,
        "size" => size,
        "ratio" => ratio,
        "weight" => weight,
        "data" => data,
        "time" => time,
        "span" => span,
        "day" => day,
        "mask" => mask,
        "any" => any,
        "object" => object,
        "tags" => tags,
        "counts" => counts,
        "statuses" => statuses,
        "rows" => rows,
        "children" => children,
        "parent" => parent,
        "labels" => labels: output_only,
        "sizes" => sizes,
        "byName" => by_name,
        "lists" => lists,
    }
}

#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(crate) enum Status {
    Processing,
    Ready,
    Failed,
    Unrecognized(UnrecognizedValue),
}

codegen::open_enum! {
    Status {
        "PROCESSING" => Processing,
        "READY" => Ready,
        "failed" => Failed,
    } else Unrecognized
}

#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct JsonObject(pub(crate) Map<Value>);

codegen::transparent! { JsonObject(Map<Value>) }

#[derive(Clone, Default, PartialEq)]
pub(crate) struct Empty {}

codegen::schema! { Empty {} }

/// An item in JSON with every field, as a server writes it.
pub(crate) const FULL: &str = r#"{
    "id": "item-1", "type": "READY", "flag": true, "small": -7, "natural": 4294967295,
    "count": "-9223372036854775808", "size": "18446744073709551615", "ratio": 0.1, "weight": 1.5,
    "data": "aGVsbG8=", "time": "2024-02-29T23:59:59.123456789+05:30", "span": "-1.50s",
    "day": "2024-02-29", "mask": "title,coverPhoto.id", "any": {"a": [1, null]},
    "object": {"k": "v"}, "tags": ["a", "b"], "counts": ["1", "2"],
    "statuses": ["READY", "NEW_ONE"], "rows": [["x", 1, null], []],
    "children": [{"id": "c1", "span": "2s"}, {}], "parent": {"parent": {"type": "failed"}},
    "labels": {"env": "prod"}, "sizes": {"s": "5"}, "byName": {"n": {"flag": false}},
    "lists": {"l": ["PROCESSING"], "empty": []}
}"#;

pub(crate) fn status() -> impl Strategy<Value = Status> {
    prop_oneof![
        Just(Status::Processing),
        Just(Status::Ready),
        Just(Status::Failed),
        any::<String>().prop_map(Status::from),
    ]
}

pub(crate) fn timestamp() -> impl Strategy<Value = Timestamp> {
    let seconds = Timestamp::MIN.unix_seconds()..=Timestamp::MAX.unix_seconds();
    let nanos = prop_oneof![Just(0), 0..1_000_u32, 0..1_000_000_000_u32];
    (seconds, nanos).prop_map(|(seconds, nanos)| Timestamp::new(seconds, nanos).unwrap())
}

pub(crate) fn duration() -> impl Strategy<Value = Duration> {
    let seconds = prop_oneof![Just(0), -2..2_i64, 0..=Duration::MAX.seconds()];
    (seconds, 0..1_000_000_000_i32, any::<bool>()).prop_map(|(seconds, nanos, negative)| {
        let sign = if negative || seconds < 0 { -1 } else { 1 };
        Duration::new(sign * seconds.abs(), i32::try_from(sign).unwrap() * nanos).unwrap()
    })
}

pub(crate) fn date() -> impl Strategy<Value = Date> {
    (1..=9999_u16, 1..=12_u8, 1..=31_u8).prop_filter_map("no such day", |(year, month, day)| {
        Date::new(year, month, day).ok()
    })
}

pub(crate) fn double() -> impl Strategy<Value = f64> {
    use proptest::num::f64::{INFINITE, NEGATIVE, NORMAL, POSITIVE, SUBNORMAL, ZERO};
    // NaN is not equal to itself and has a test of its own.
    NORMAL | SUBNORMAL | ZERO | INFINITE | POSITIVE | NEGATIVE
}

pub(crate) fn single() -> impl Strategy<Value = f32> {
    use proptest::num::f32::{INFINITE, NEGATIVE, NORMAL, POSITIVE, SUBNORMAL, ZERO};
    NORMAL | SUBNORMAL | ZERO | INFINITE | POSITIVE | NEGATIVE
}

pub(crate) fn json() -> impl Strategy<Value = Value> {
    let leaf = prop_oneof![
        Just(Value::Null),
        any::<bool>().prop_map(Value::from),
        any::<i64>().prop_map(Value::from),
        any::<u64>().prop_map(Value::from),
        proptest::num::f64::NORMAL.prop_map(Value::from),
        any::<String>().prop_map(Value::from),
    ];
    leaf.prop_recursive(3, 12, 3, |inner| {
        prop_oneof![
            vec(inner.clone(), 0..3).prop_map(Value::from),
            btree_map(any::<String>(), inner, 0..3).prop_map(Value::from_iter::<BTreeMap<_, _>>),
        ]
    })
}

fn flat_item() -> impl Strategy<Value = Item> {
    let numbers = (
        of(any::<i32>()),
        of(any::<u32>()),
        of(any::<i64>()),
        of(any::<u64>()),
        of(double()),
        of(single()),
    );
    let texts = (
        of(any::<String>()),
        of(status()),
        of(vec(any::<u8>(), 0..20)),
        of(timestamp()),
        of(duration()),
        of(date()),
        of(vec("[a-z]{1,4}(\\.[a-zA-Z]{1,4})?", 0..3)),
    );
    let collections = (
        vec(any::<String>(), 0..3),
        vec(any::<i64>(), 0..3),
        vec(status(), 0..3),
        vec(vec(json(), 0..3), 0..2),
        btree_map(any::<String>(), any::<String>(), 0..3),
        btree_map(any::<String>(), any::<u64>(), 0..3),
        btree_map(any::<String>(), vec(status(), 0..2), 0..2),
    );
    let others = (
        of(any::<bool>()),
        of(json()),
        of(btree_map(any::<String>(), json(), 0..2)),
    );
    (numbers, texts, collections, others).prop_map(|(numbers, texts, collections, others)| {
        let (small, natural, count, size, ratio, weight) = numbers;
        let (id, r#type, data, time, span, day, mask) = texts;
        let (tags, counts, statuses, rows, labels, sizes, lists) = collections;
        let (flag, any, object) = others;
        Item {
            id,
            r#type,
            flag,
            small,
            natural,
            count,
            size,
            ratio,
            weight,
            data: data.map(Bytes::from),
            time,
            span,
            day,
            mask: mask.map(FieldMask::from_iter),
            any,
            object: object.map(JsonObject),
            tags,
            counts,
            statuses,
            rows,
            labels,
            sizes,
            lists,
            ..Item::default()
        }
    })
}

/// Any item.
pub(crate) fn item() -> impl Strategy<Value = Item> {
    flat_item().prop_recursive(2, 6, 2, |inner| {
        let nested = (
            vec(inner.clone(), 0..2),
            of(inner.clone()),
            btree_map(any::<String>(), inner, 0..2),
        );
        (flat_item(), nested).prop_map(|(item, (children, parent, by_name))| Item {
            children,
            parent: parent.map(Box::new),
            by_name,
            ..item
        })
    })
}
