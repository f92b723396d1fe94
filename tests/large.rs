//! Documents that are made: one so large that its parts become features, and one with deep types.

use std::fmt::Write as _;

use discovery_generator::Source;
use serde_json::{Map, Value, json};

use crate::fixtures::Fixture;

/// How many methods each resource has; together more than an API may have without features.
const METHODS: usize = 22;

/// An API whose types are nested deeper than the compiler follows without a higher recursion limit.
///
/// # Panics
///
/// Never: what it writes is JSON.
pub fn deep() -> Fixture {
    const DEPTH: usize = 60;
    let mut schemas = Map::new();
    for index in 0..DEPTH {
        let name = format!("Level{index}");
        let inner = json!({ "$ref": format!("Level{}", index + 1) });
        let schema = json!({ "id": name, "type": "object", "properties": { "inner": inner } });
        schemas.insert(name, schema);
    }
    let last = format!("Level{DEPTH}");
    let name = json!({ "name": { "type": "string" } });
    let schema = json!({ "id": last, "type": "object", "properties": name });
    schemas.insert(last, schema);
    let document = json!({
        "id": "deep:v1", "name": "deep", "version": "v1", "title": "Deep API",
        "rootUrl": "https://deep.googleapis.com/", "servicePath": "",
        "resources": { "levels": { "methods": { "send": {
            "id": "deep.levels.send", "path": "v1/levels", "httpMethod": "POST",
            "request": { "$ref": "Level0" }, "response": { "$ref": "Level0" },
        } } } },
        "schemas": schemas,
    });
    Fixture {
        name: "deep".to_owned(),
        document: Source {
            name: "deep.json".to_owned(),
            text: document.to_string(),
        },
        overrides: None,
    }
}

/// An API with resources of several sizes, types that one, some or all of them use, pages,
/// operations and masks.
///
/// # Panics
///
/// Never: what it writes is JSON.
pub fn large() -> Fixture {
    let mut resources = Map::new();
    let mut schemas = common();
    for name in ["boxes", "keys", "things", "types"] {
        resources.insert(name.to_owned(), resource(name, name, &mut schemas));
    }
    // More than a part may have: those below become parts of their own.
    let mut projects = resource("projects", "projects", &mut schemas);
    for name in ["keys", "locations", "options"] {
        let path = format!("projects.{name}");
        projects["resources"][name] = resource(&path, name, &mut schemas);
    }
    resources.insert("projects".to_owned(), projects);
    let document = json!({
        "id": "large:v1", "name": "large", "version": "v1", "title": "Large API",
        "rootUrl": "https://large.googleapis.com/", "servicePath": "",
        "auth": { "oauth2": { "scopes": { SCOPE: { "description": "Everything." } } } },
        "resources": resources,
        "schemas": schemas,
    });
    Fixture {
        name: "large".to_owned(),
        document: Source {
            name: "large.json".to_owned(),
            text: document.to_string(),
        },
        overrides: None,
    }
}

const SCOPE: &str = "https://www.googleapis.com/auth/large";

/// Types that all parts use, and one that none uses.
fn common() -> Map<String, Value> {
    let packed = json!({ "type": "object", "additionalProperties": { "type": "any" } });
    let common = json!({
        "Empty": { "id": "Empty", "type": "object", "properties": {} },
        "Status": {
            "id": "Status", "type": "object",
            "properties": { "code": { "type": "integer", "format": "int32" }, "message": { "type": "string" } },
        },
        "Operation": {
            "id": "Operation", "type": "object",
            "properties": {
                "name": { "type": "string" }, "done": { "type": "boolean" },
                "error": { "$ref": "Status" }, "response": packed, "metadata": packed,
            },
        },
        "Metadata": { "id": "Metadata", "type": "object", "properties": { "state": { "type": "string", "enum": ["ON", "OFF"] } } },
    });
    common.as_object().cloned().unwrap_or_default()
}

/// A resource with types of its own, which is about a type that its neighbours use as well.
fn resource(path: &str, name: &str, schemas: &mut Map<String, Value>) -> Value {
    let ty: String = path.split('.').fold(String::new(), |mut ty, word| {
        let (first, rest) = word.split_at(1);
        let _ = write!(ty, "{}{rest}", first.to_uppercase());
        ty
    });
    let list = format!("{ty}List");
    let label = if path.contains('.') {
        "ProjectsLabel"
    } else {
        "Label"
    };
    schemas.insert(
        ty.clone(),
        json!({
            "id": ty, "type": "object",
            "properties": {
                "name": { "type": "string" },
                "kind": { "type": "string", "enum": ["SMALL", "LARGE"] },
                "parts": { "type": "array", "items": { "type": "object", "properties": { "size": { "type": "string", "format": "int64" } } } },
                "label": { "$ref": label },
            },
        }),
    );
    schemas.entry(label).or_insert_with(
        || json!({ "id": label, "type": "object", "properties": { "text": { "type": "string" } } }),
    );
    schemas.insert(
        list.clone(),
        json!({
            "id": list, "type": "object",
            "properties": { name: { "type": "array", "items": { "$ref": ty } }, "nextPageToken": { "type": "string" } },
        }),
    );
    let methods: Map<String, Value> = (0..METHODS)
        .map(|index| method(path, &ty, &list, index))
        .collect();
    json!({ "methods": methods, "resources": {} })
}

fn method(path: &str, ty: &str, list: &str, index: usize) -> (String, Value) {
    let one = json!({ "name": { "location": "path", "type": "string", "required": true } });
    let route = path.replace('.', "/");
    let (verb, http, parameters, request, response) = match index % 6 {
        0 => ("get", "GET", one, None, ty),
        1 => {
            let paging = json!({ "pageSize": { "location": "query", "type": "integer", "format": "int32" }, "pageToken": { "location": "query", "type": "string" } });
            ("list", "GET", paging, None, list)
        }
        2 => ("create", "POST", json!({}), Some(ty), "Operation"),
        3 => {
            let mut masked = one;
            masked["updateMask"] =
                json!({ "location": "query", "type": "string", "format": "google-fieldmask" });
            ("patch", "PATCH", masked, Some(ty), ty)
        }
        4 => ("delete", "DELETE", one, None, "Empty"),
        _ => ("poll", "GET", one, None, "Operation"),
    };
    let name = format!("{verb}{}", index / 6);
    let variable = if parameters.get("name").is_some() {
        "/{name}"
    } else {
        ""
    };
    let mut method = json!({
        "id": format!("large.{path}.{name}"),
        "path": format!("v1/{route}{variable}/{name}"),
        "httpMethod": http,
        "parameters": parameters,
        "response": { "$ref": response },
        "scopes": [SCOPE],
    });
    if let Some(request) = request {
        method["request"] = json!({ "$ref": request });
    }
    (name, method)
}
