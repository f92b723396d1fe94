//! The second reading of a response: what is left out, what stays, and what fails all the same.

use discovery_runtime::codegen::{BodyError, FromBody, LeftOut};
use discovery_runtime::{Map, NullValue, Value, codegen};
use proptest::prelude::*;
use serde_json::json;

use crate::fixture::{FULL, Item, item};

/// A page of a list: without its token, or its items, it would be the last one, or empty.
#[derive(Clone, Default, PartialEq)]
struct Page {
    items: Vec<Item>,
    by_zone: Map<Item>,
    token: Option<String>,
    total: Option<i32>,
    operation: Option<Operation>,
}

codegen::schema! {
    Page {
        "items" => items,
        "byZone" => by_zone,
        "nextPageToken" => token,
        "total" => total,
        "operation" => operation,
    } strict ["byZone", "items", "nextPageToken"]
}

#[derive(Clone, Default, PartialEq)]
struct Operation {
    name: Option<String>,
    done: Option<bool>,
    null: Option<NullValue>,
}

codegen::schema! {
    Operation {
        "name" => name,
        "done" => done,
        "null" => null,
    } strict ["done"]
}

/// What a body decodes to, and how much of it was left out.
fn read<T: FromBody>(body: &[u8]) -> Option<(Result<T, BodyError>, usize)> {
    let mut left_out = LeftOut::default();
    let value = T::from_body_leniently(body, &mut left_out)?;
    Some((value, left_out.count()))
}

fn read_page(json: &str) -> (Page, usize) {
    assert!(Page::from_body(json.as_bytes()).is_err(), "{json}");
    let (page, left_out) = read(json.as_bytes()).expect(json);
    (page.expect(json), left_out)
}

fn error(json: &str) -> String {
    let (page, _) = read::<Page>(json.as_bytes()).expect(json);
    page.expect_err(json).to_string()
}

#[test]
fn a_field_that_cannot_be_read_is_absent() {
    for field in [
        // A time without an offset, as in the spreadsheet and calendar exports of old APIs.
        r#""time":"2026-01-02T03:04:05""#,
        r#""span":"""#,
        r#""id":{"a":["b"]}"#,
        r#""id":["}"]"#,
        r#""ratio":1e400"#,
        r#""weight":1e39"#,
        r#""any":1e400"#,
        r#""small":2147483648"#,
        r#""count":"x""#,
        r#""type":{}"#,
        r#""type":true"#,
        r#""data":"+_""#,
        r#""day":"2026-02-30""#,
        r#""flag":"true""#,
        r#""tags":"a""#,
        r#""tags":{}"#,
        r#""labels":[]"#,
        r#""parent":"p""#,
        // Half of a surrogate pair.
        r#""id":"\ud83d""#,
    ] {
        let json = format!(
            r#"{{"items":[{{"flag":true,{field},"natural":7}},{{"natural":8}}],"total":2,"nextPageToken":"t"}}"#
        );
        let (page, left_out) = read_page(&json);
        let natural: Vec<_> = page.items.iter().map(|item| item.natural).collect();
        assert_eq!(natural, [Some(7), Some(8)], "{field}");
        let first = Item {
            flag: page.items[0].flag,
            natural: Some(7),
            ..Item::default()
        };
        assert_eq!(page.items[0], first, "{field}");
        assert_eq!((page.total, page.token.as_deref()), (Some(2), Some("t")));
        assert_eq!(left_out, 1, "{field}");
    }
}

#[test]
fn a_list_is_never_shortened() {
    let (page, left_out) = read_page(r#"{"items":[{"counts":["1","x","3"],"tags":["a"]}]}"#);
    assert_eq!(page.items[0].counts, [0_i64; 0]);
    assert_eq!(page.items[0].tags, ["a"]);
    assert_eq!(left_out, 1);

    // In a list of lists as well: rows of a table keep their columns.
    let (page, left_out) = read_page(r#"{"items":[{"rows":[["a"],[1e400]],"flag":true}]}"#);
    assert_eq!(page.items[0].rows, Vec::<Vec<Value>>::new());
    assert_eq!((page.items[0].flag, left_out), (Some(true), 1));

    // An entry that is an object stays where it is.
    let (page, _) = read_page(r#"{"items":[{"children":[{"id":1},{"id":"b"}]}]}"#);
    let ids: Vec<_> = page.items[0].children.iter().map(|item| &item.id).collect();
    assert_eq!(ids, [&None, &Some("b".to_owned())]);
}

#[test]
fn an_entry_of_a_map_is_left_out() {
    let (page, left_out) = read_page(r#"{"items":[{"sizes":{"a":"1","b":"x","c":3}}]}"#);
    let sizes: Vec<_> = page.items[0].sizes.iter().collect();
    assert_eq!(sizes, [(&"a".to_owned(), &1), (&"c".to_owned(), &3)]);
    assert_eq!(left_out, 1);
}

#[test]
fn a_member_of_free_form_json_is_left_out() {
    let (page, left_out) =
        read_page(r#"{"items":[{"any":{"a":[1,{"b":1e400,"c":null}],"d":[1e400],"e":2}}]}"#);
    assert_eq!(
        page.items[0].any,
        Some(json!({ "a": [1, { "c": null }], "e": 2 }))
    );
    assert_eq!(left_out, 2);
    let (value, _) = read::<Value>(br#"{"a":1e400,"b":18446744073709551615}"#).unwrap();
    assert_eq!(value, Ok(json!({ "b": u64::MAX })));
}

#[test]
fn strict_fields_are_never_left_out() {
    for (json, message) in [
        (
            r#"{"nextPageToken":5}"#,
            "nextPageToken: invalid value: number, expected a string, at line 1 column 17",
        ),
        (
            "{\"total\":\"x\",\n \"items\":[{},\"a\"]}",
            "items[1]: invalid value: string, expected an object, at line 2 column 13",
        ),
        (
            r#"{"items":{}}"#,
            "items: invalid value: object, expected a list, at line 1 column 9",
        ),
        (
            r#"{"byZone":{"a":{},"b":[]}}"#,
            "byZone.b: invalid value: list, expected an object, at line 1 column 22",
        ),
        (
            "[]",
            "invalid value: list, expected an object, at line 1 column 0",
        ),
    ] {
        assert_eq!(error(json), message);
    }
}

#[test]
fn an_object_without_its_strict_field_is_not_read() {
    // It is absent, not an operation that goes on.
    let (page, left_out) = read_page(r#"{"operation":{"name":"a","done":"true"},"total":1}"#);
    assert_eq!((page.operation, page.total, left_out), (None, Some(1), 1));
    let body = br#"{"name":"a","done":{}}"#;
    let (operation, _) = read::<Operation>(body).unwrap();
    assert!(operation.is_err());
}

#[test]
fn null_is_read_leniently_as_it_is_strictly() {
    let (page, _) =
        read_page(r#"{"operation":{"null":null,"name":null},"total":"x","nextPageToken":null}"#);
    let operation = page.operation.unwrap();
    assert_eq!((operation.null, operation.name), (Some(NullValue), None));
    assert_eq!(page.token, None);
}

#[test]
fn the_last_of_duplicate_fields_wins_even_if_it_cannot_be_read() {
    let (page, _) =
        read_page(r#"{"items":[{"id":"a","id":1,"tags":["x"],"tags":[1],"any":1,"any":1e400}]}"#);
    assert_eq!(page.items, [Item::default()]);
}

#[test]
fn malformed_json_is_not_read_again() {
    let json = r#"{"items":[{"id":1}],"total":1}"#;
    for end in 0..json.len() {
        assert!(read::<Page>(&json.as_bytes()[..end]).is_none(), "{end}");
    }
    for body in [
        &b"{\"items\":[{\"id\":1}]}x"[..],
        b"{\"items\":[{\"id\":\"\xff\"}]}",
        b"<html>",
        b"{\"items\":[{\"id\":1,}]}",
    ] {
        assert!(read::<Page>(body).is_none());
    }
    assert!(read::<String>(b"\xff").is_none());
}

#[test]
fn nesting_is_limited_in_the_second_reading() {
    for depth in [126, 127, 128, 50_000] {
        let nested = r#"{"parent":"#.repeat(depth) + "{}" + &"}".repeat(depth);
        let any = "[".repeat(depth) + &"]".repeat(depth);
        let json = format!(r#"{{"items":[{nested},{{"any":{any}}}],"total":"x"}}"#);
        let (page, _) = read::<Page>(json.as_bytes()).unwrap();
        assert_eq!(page.unwrap().items.len(), 2, "{depth}");
    }
}

#[test]
fn a_list_with_a_fault_in_each_entry_is_read_in_one_go() {
    let entries = r#"{"span":"","id":"a"},"#.repeat(200_000);
    let json = format!(r#"{{"items":[{entries}{{}}]}}"#);
    let (page, left_out) = read::<Page>(json.as_bytes()).unwrap();
    assert_eq!((page.unwrap().items.len(), left_out), (200_001, 200_000));
}

/// Every place below `path` in a JSON value.
fn places(value: &Value, path: String, found: &mut Vec<String>) {
    match value {
        Value::Array(list) => {
            for (index, entry) in list.iter().enumerate() {
                places(entry, format!("{path}/{index}"), found);
            }
        }
        Value::Object(members) => {
            for (key, member) in members {
                places(member, format!("{path}/{key}"), found);
            }
        }
        _ => {}
    }
    found.push(path);
}

#[test]
fn any_one_place_of_another_type_leaves_the_rest() {
    let full: Value = serde_json::from_str(FULL).unwrap();
    let mut paths = Vec::new();
    places(&full, String::new(), &mut paths);
    let mut read_again = 0;
    for path in paths.iter().filter(|path| !path.is_empty()) {
        for other in [json!("x"), json!(-1.5), json!([[true]]), json!({ "x": 1 })] {
            let mut changed = full.clone();
            *changed.pointer_mut(path).unwrap() = other;
            let body = changed.to_string().into_bytes();
            if Item::from_body(&body).is_ok() {
                continue;
            }
            let (item, left_out) = read::<Item>(&body).unwrap();
            assert_eq!(left_out, 1, "{path}");
            // It is the item without a field, an entry or a member on the way to the place.
            let expected = path
                .match_indices('/')
                .map(|(end, _)| &path[..end])
                .chain([path.as_str()])
                .skip(1)
                .map(|path| without(&full, path));
            let item = item.unwrap();
            assert!(expected.into_iter().any(|other| other == item), "{path}");
            read_again += 1;
        }
    }
    assert!(read_again > 80, "{read_again}");
}

/// The item without what is at `path`.
fn without(full: &Value, path: &str) -> Item {
    let mut full = full.clone();
    let (parent, key) = path.rsplit_once('/').unwrap();
    if let Some(Value::Object(members)) = full.pointer_mut(parent) {
        members.remove(key);
    }
    Item::from_body(full.to_string().as_bytes()).unwrap()
}

proptest! {
    #[test]
    fn the_second_reading_of_what_can_be_read_is_the_first(item in item()) {
        for body in [serde_json::to_vec(&item), serde_json::to_vec_pretty(&item)] {
            let body = body.unwrap();
            let (again, left_out) = read::<Item>(&body).unwrap();
            prop_assert_eq!(left_out, 0);
            let again = again.unwrap();
            prop_assert_eq!(serde_json::to_vec(&again).unwrap(), serde_json::to_vec(&item).unwrap());
        }
    }

    #[test]
    fn any_bytes_are_read_or_not(bytes: Vec<u8>, json in "[\\[\\]{}:,\"a-z0-9.\\\\ue+-]{0,60}") {
        let _ = read::<Item>(&bytes);
        let _ = read::<Value>(&bytes);
        let strict = Value::from_body(json.as_bytes());
        if let (Ok(strict), Some((lenient, _))) = (strict, read::<Value>(json.as_bytes())) {
            prop_assert_eq!(lenient, Ok(strict));
        }
    }
}
