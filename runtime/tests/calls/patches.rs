//! Changes of a part of something: the body that is merged, and the mask that is made of a body.

use discovery_runtime::codegen::{MergePatch, Request, UpdateMask};
use discovery_runtime::{FieldMask, Map, Value};
use proptest::prelude::*;
use serde_json::json;

use crate::any_call::{PATCH, sent};

/// Something with a part of each kind, and with itself inside.
#[derive(Clone, Default, PartialEq)]
struct Node {
    any: Option<Value>,
    child: Option<Box<Node>>,
    id: Option<String>,
    labels: Map<String>,
    nodes: Map<Node>,
    ratio: Option<f32>,
    tags: Vec<String>,
    title: Option<String>,
}

discovery_runtime::codegen::schema! {
    Node {
        "any" => any,
        "child" => child,
        "id" => id: output_only,
        "labels" => labels,
        "nodes" => nodes,
        "ratio" => ratio,
        "tags" => tags,
        "title" => title,
    }
}

const PATHS: &[&str] = &[
    "any",
    "child",
    "child.child.tags",
    "child.labels.a",
    "child.labels.`b.c`",
    "child.tags",
    "child.title",
    "labels",
    "labels.a",
    "nodes",
    "nodes.n.title",
    "nodes.n.tags",
    "tags",
    "title",
];

async fn merged(node: &Node, patch: &MergePatch) -> Result<Value, String> {
    let (_, body) = sent(|| Request::new(&PATCH).merge_patch(node, patch)).await?;
    Ok(body)
}

async fn masked(node: &Node, mask: &UpdateMask) -> Result<(FieldMask, Value), String> {
    let request = || Request::new(&PATCH).masked_body(node, "updateMask", mask, &[]);
    let (url, body) = sent(request).await?;
    let (_, rest) = url.split_once("updateMask=").unwrap();
    let paths = rest.split('&').next().unwrap();
    let paths = paths
        .replace("%2C", ",")
        .replace("%60", "`")
        .replace("%2A", "*");
    Ok((FieldMask::from(paths), body))
}

fn merge_patch(clear: &[&str], empty: &[&str]) -> MergePatch {
    let mut patch = MergePatch::default();
    for path in clear {
        patch.clear((*path).to_owned());
    }
    for path in empty {
        patch.set_empty((*path).to_owned());
    }
    patch
}

#[tokio::test]
async fn f32_stays_short_beside_a_cleared_field() {
    let node = Node {
        ratio: Some(0.1),
        ..Node::default()
    };
    let body = merged(&node, &merge_patch(&["title"], &[])).await.unwrap();
    assert_eq!(body.to_string(), r#"{"ratio":0.1,"title":null}"#);
    let mut mask = UpdateMask::default();
    mask.clear("title".to_owned());
    let (_, body) = masked(&node, &mask).await.unwrap();
    assert_eq!(body.to_string(), r#"{"ratio":0.1}"#);
}

#[tokio::test]
async fn cleared_field_that_is_set_empty_is_an_empty_list() {
    let patch = merge_patch(&["tags"], &["tags"]);
    let body = merged(&Node::default(), &patch).await.unwrap();
    assert_eq!(body, json!({ "tags": [] }));
}

#[tokio::test]
async fn mask_paths_enter_free_form_json_objects() {
    let clear = merge_patch(&["any.x.y"], &["any.z"]);
    let node = |any| Node {
        any,
        ..Node::default()
    };
    let expected = json!({ "any": { "x": { "y": null }, "z": [] } });
    for any in [None, Some(json!(null)), Some(json!({ "z": 1 }))] {
        assert_eq!(merged(&node(any), &clear).await.unwrap(), expected);
    }
    let error = merged(&node(Some(json!([1]))), &clear).await.unwrap_err();
    assert!(error.contains("a value that is no object"), "{error}");
}

#[tokio::test]
async fn mask_path_depth_is_limited() {
    let path = |depth| vec!["child"; depth].join(".");
    let deep = merge_patch(&[&path(100)], &[]);
    assert!(merged(&Node::default(), &deep).await.is_ok());
    for depth in [101, 100_000] {
        let deeper = merge_patch(&[&path(depth)], &[]);
        let error = merged(&Node::default(), &deeper).await.unwrap_err();
        assert!(error.contains("more than 100 names"), "{}", error.len());
    }
}

#[tokio::test]
async fn given_mask_includes_cleared_fields() {
    let cases = [
        ("*", "title", "*"),
        ("child", "child.title", "child"),
        ("child.tags,title", "child", "title,child"),
        ("childish", "child", "childish,child"),
    ];
    for (given, cleared, expected) in cases {
        let mut mask = UpdateMask::default();
        mask.set(given.into());
        mask.clear(cleared.to_owned());
        let (mask, _) = masked(&Node::default(), &mask).await.unwrap();
        assert_eq!(mask.to_string(), expected);
    }
}

/// RFC 7396, section 2, word by word.
fn apply(target: &mut Value, patch: &Value) {
    let Value::Object(members) = patch else {
        *target = patch.clone();
        return;
    };
    if !target.is_object() {
        *target = json!({});
    }
    let object = target.as_object_mut().unwrap();
    for (name, value) in members {
        if value.is_null() {
            object.remove(name);
        } else {
            apply(object.entry(name).or_insert(Value::Null), value);
        }
    }
}

/// The names of a path; the tests quote only one.
fn names(path: &str) -> Vec<&str> {
    match path.split_once('`') {
        None => path.split('.').collect(),
        Some((parents, last)) => {
            let parents = parents.trim_end_matches('.').split('.');
            parents.chain([last.trim_end_matches('`')]).collect()
        }
    }
}

/// The value at a path, or nothing.
fn at<'a>(value: &'a Value, path: &str) -> Option<&'a Value> {
    names(path).into_iter().try_fold(value, Value::get)
}

/// Sets a value at a path, or takes it away; what has no place stays away.
fn put(value: &mut Value, path: &[&str], new: Option<&Value>) {
    let (Some((name, rest)), Value::Object(fields)) = (path.split_first(), value) else {
        return;
    };
    match (rest, new) {
        ([], Some(new)) => drop(fields.insert((*name).to_owned(), new.clone())),
        ([], None) => drop(fields.remove(*name)),
        (rest, None) => {
            if let Some(inner) = fields.get_mut(*name) {
                put(inner, rest, None);
            }
        }
        (rest, new) => put(fields.entry(*name).or_insert_with(|| json!({})), rest, new),
    }
}

fn node() -> impl Strategy<Value = Node> {
    let text = || proptest::option::of("[a-c]{0,2}");
    let leaf = (
        text(),
        proptest::collection::btree_map("[ab]", "[a-c]", 0..2),
        proptest::collection::vec("[a-c]", 0..2),
        text(),
    );
    let leaf = leaf.prop_map(|(title, labels, tags, id)| Node {
        id,
        labels,
        tags,
        title,
        ..Node::default()
    });
    leaf.prop_recursive(3, 12, 2, |inner| {
        let child = proptest::option::of(inner.clone());
        let nodes = proptest::collection::btree_map("[mn]", inner.clone(), 0..2);
        (inner, child, nodes).prop_map(|(node, child, nodes)| Node {
            child: child.map(Box::new),
            nodes,
            ..node
        })
    })
}

fn paths() -> impl Strategy<Value = Vec<&'static str>> {
    proptest::collection::vec(proptest::sample::select(PATHS), 0..4)
}

fn run<T>(future: impl Future<Output = T>) -> T {
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()
        .unwrap();
    runtime.block_on(future)
}

/// A document without objects that are empty: whether one is there says nothing here.
fn without_empty_objects(value: &Value) -> Value {
    match value {
        Value::Object(fields) => fields
            .iter()
            .map(|(name, value)| (name.clone(), without_empty_objects(value)))
            .filter(|(_, value)| *value != json!({}))
            .collect(),
        other => other.clone(),
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(200))]

    /// What a server has after merging is what it had, with what is set and without what is
    /// cleared.
    #[test]
    fn patch_body_merges_to_the_new_value(old in node(), new in node(), clear in paths(), empty in paths()) {
        let empty: Vec<&str> = empty.into_iter().filter(|path| path.ends_with("tags")).collect();
        let patch = merge_patch(&clear, &empty);
        let Ok(body) = run(merged(&new, &patch)) else {
            let is_empty = run(merged(&new, &MergePatch::default())).is_err();
            let meets = empty.iter().any(|list| clear.iter().any(|path| list.starts_with(&format!("{path}."))));
            prop_assert!(meets || is_empty && clear.is_empty() && empty.is_empty());
            return Ok(());
        };
        prop_assert!(!body.to_string().contains("\"id\""));

        let before = serde_json::to_value(&old).unwrap();
        let mut after = before.clone();
        apply(&mut after, &body);

        // The same, step by step: what is set, then what is cleared, then what is empty.
        let mut wanted = before;
        let mut set = run(merged(&new, &MergePatch::default())).unwrap_or_else(|_| json!({}));
        for path in clear.iter().chain(&empty) {
            put(&mut set, &names(path), None);
        }
        apply(&mut wanted, &set);
        for path in &clear {
            put(&mut wanted, &names(path), None);
        }
        for path in &empty {
            put(&mut wanted, &names(path), Some(&json!([])));
        }
        prop_assert_eq!(without_empty_objects(&after), without_empty_objects(&wanted));
    }

    /// A server takes what a mask names from the body, and nothing else changes.
    #[test]
    fn patch_mask_names_exactly_what_changes(old in node(), new in node(), clear in paths()) {
        let mut mask = UpdateMask::default();
        for path in &clear {
            mask.clear((*path).to_owned());
        }
        let Ok((mask, body)) = run(masked(&new, &mask)) else { return Ok(()) };
        let before = serde_json::to_value(&old).unwrap();
        let mut after = before.clone();
        for path in mask.iter() {
            put(&mut after, &names(path), at(&body, path));
        }

        for path in PATHS {
            let is_cleared = clear.iter().any(|parent| path == parent || path.starts_with(&format!("{parent}.")));
            if is_cleared {
                prop_assert_eq!(at(&after, path), None, "{} is cleared", path);
            }
            let is_named = mask.iter().any(|named| named.starts_with(path) || path.starts_with(named));
            if !is_named {
                prop_assert_eq!(at(&after, path), at(&before, path), "{} is not named", path);
            }
        }
        // What is set and not cleared has come.
        for path in ["title", "tags", "child.title", "child.tags"] {
            let value = at(&body, path);
            if value.is_some() {
                prop_assert_eq!(at(&after, path), value, "{} is set", path);
            }
        }
        prop_assert!(!mask.iter().any(|path| path.ends_with("id")));
    }
}
