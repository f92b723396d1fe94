//! Documents as JSON trees: where their values are, which of them are prose, and how to print them
//! with their keys in another order.

use serde_json::Value;

use crate::random::Random;

/// The JSON pointers of all values but the root, parents first.
pub fn pointers(tree: &Value) -> Vec<String> {
    let mut found = Vec::new();
    collect(tree, "", &mut found);
    found
}

fn collect(tree: &Value, pointer: &str, found: &mut Vec<String>) {
    let children: Vec<(String, &Value)> = match tree {
        Value::Array(items) => items
            .iter()
            .enumerate()
            .map(|(index, item)| (index.to_string(), item))
            .collect(),
        Value::Object(members) => members
            .iter()
            .map(|(key, value)| (escape(key), value))
            .collect(),
        _ => Vec::new(),
    };
    for (key, child) in children {
        let pointer = format!("{pointer}/{key}");
        found.push(pointer.clone());
        collect(child, &pointer, found);
    }
}

fn escape(key: &str) -> String {
    key.replace('~', "~0").replace('/', "~1")
}

/// Takes the value away that a pointer names.
pub fn remove(tree: &mut Value, pointer: &str) {
    let Some((parent, key)) = pointer.rsplit_once('/') else {
        return;
    };
    match tree.pointer_mut(parent) {
        Some(Value::Object(members)) => {
            members.remove(&key.replace("~1", "/").replace("~0", "~"));
        }
        Some(Value::Array(items)) => {
            if let Ok(index) = key.parse::<usize>()
                && index < items.len()
            {
                items.remove(index);
            }
        }
        _ => {}
    }
}

/// The pointers of all values that are prose: what people read, and what the generator has no use
/// for beyond showing it.
pub fn texts(document: &Value) -> Vec<String> {
    let is_text = |pointer: &String| {
        document.pointer(pointer).is_some_and(Value::is_string) && is_prose(pointer)
    };
    pointers(document).into_iter().filter(is_text).collect()
}

/// Strings with these keys are prose wherever they stand; a property of such a name is an object.
const PROSE: &[&str] = &[
    "batchPath",
    "canonicalName",
    "default",
    "description",
    "documentationLink",
    "etag",
    "flatPath",
    "maximum",
    "minimum",
    "ownerDomain",
    "ownerName",
    "packagePath",
    "parameterName",
    "pattern",
    "revision",
    "title",
];

/// The entries of lists with these names, and the members of objects with these names.
const PROSE_INSIDE: &[&str] = &["accept", "enumDescriptions", "icons", "labels"];

fn is_prose(pointer: &str) -> bool {
    // What a service responds with where nothing is said about it.
    if pointer == "/parameters/alt/default" {
        return false;
    }
    let mut segments = pointer.rsplit('/');
    let key = segments.next().unwrap_or_default();
    let parent = segments.next().unwrap_or_default();
    let grandparent = segments.next().unwrap_or_default();
    PROSE.contains(&key)
        || PROSE_INSIDE.contains(&parent)
        // The ids of the methods that want a property; the place of an endpoint; the id of a method.
        || (grandparent == "annotations" && parent == "required")
        || (grandparent == "endpoints" && key == "location")
        || (grandparent == "methods" && key == "id")
}

/// The JSON text of a tree with the members of each object in an order of its own.
pub fn shuffled(tree: &Value, random: &mut Random) -> String {
    match tree {
        Value::Array(items) => {
            let items: Vec<String> = items.iter().map(|item| shuffled(item, random)).collect();
            format!("[{}]", items.join(","))
        }
        Value::Object(members) => {
            let mut members: Vec<String> = members
                .iter()
                .map(|(key, value)| {
                    format!(
                        "{}: {}\n",
                        Value::from(key.as_str()),
                        shuffled(value, random)
                    )
                })
                .collect();
            random.shuffle(&mut members);
            format!("{{{}}}", members.join(","))
        }
        scalar => scalar.to_string(),
    }
}
