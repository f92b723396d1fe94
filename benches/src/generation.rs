//! Documents of any size, made: schemas that refer to each other, with the texts and the methods
//! that real ones have.

use serde::{Deserialize, Serialize};
use serde_json::{Map, Value, json};

/// What one generation cost.
#[derive(Clone, Copy, Debug, Serialize, Deserialize)]
pub struct Cost {
    /// Bytes of the document.
    pub document: usize,
    /// Lines of the emitted crate.
    pub lines: usize,
    /// CPU time of a generation, in nanoseconds.
    pub generation: u128,
    /// CPU time of syn's parser and prettyplease alone over the same tokens, in nanoseconds.
    pub floor: u128,
    /// The most memory of the process, in bytes; 0 where the system does not say.
    pub memory: usize,
}

/// A document with so many schemas.
pub fn document(schemas: usize) -> String {
    let resources: Map<_, _> = (0..schemas.div_ceil(12))
        .map(|index| resource(index, schemas))
        .collect();
    let schemas: Map<_, _> = (0..schemas)
        .map(|index| (name(index), schema(index, schemas)))
        .collect();
    json!({
        "kind": "discovery#restDescription",
        "id": "bench:v1",
        "name": "bench",
        "version": "v1",
        "revision": "20261101",
        "title": "Bench API",
        "description": "Keeps things in stores, and finds them again.",
        "documentationLink": "https://bench.example.com/docs",
        "rootUrl": "https://bench.googleapis.com/",
        "servicePath": "",
        "auth": { "oauth2": { "scopes": {
            "https://www.googleapis.com/auth/bench": { "description": "See and edit everything." }
        } } },
        "schemas": schemas,
        "resources": resources,
    })
    .to_string()
}

fn name(index: usize) -> String {
    format!("StoredThing{index}")
}

/// Schemas hold one another in groups of ten, and each belongs to one before it: as deep as real
/// documents are, whatever their size.
fn schema(index: usize, schemas: usize) -> Value {
    let next_in_group = (index / 10 * 10 + (index + 1) % 10).min(schemas - 1);
    let field = |text: &str| json!({ "type": "string", "description": text });
    json!({
        "id": name(index),
        "type": "object",
        "description": "A thing that is kept in a store. It has a name, a state and parts of its own, \
            and can be found by each of them.",
        "properties": {
            "name": field("Identifier. The resource name of the thing, in the format `stores/{store}/things/{thing}`."),
            "displayName": field("Required. The name that people see. At most 63 characters."),
            "etag": field("Output only. A checksum that the server computes from the other fields."),
            "createTime": { "type": "string", "format": "google-datetime", "readOnly": true,
                "description": "Output only. When the thing was created." },
            "sizeBytes": { "type": "string", "format": "int64", "description": "The size in bytes." },
            "weight": { "type": "number", "format": "double", "description": "Optional. The weight, between 0 and 1." },
            "enabled": { "type": "boolean", "description": "Whether the thing takes part in searches." },
            "state": { "type": "string", "description": "The state of the thing.",
                "enum": ["STATE_UNSPECIFIED", "ACTIVE", "DELETED"],
                "enumDescriptions": ["Not given.", "In use.", "Gone; it can be restored for 30 days."] },
            "labels": { "type": "object", "additionalProperties": { "type": "string" },
                "description": "Labels as key and value pairs. Keys are at most 63 characters." },
            "parts": { "type": "array", "items": { "$ref": name(next_in_group) },
                "description": "The parts, in the order in which they were added." },
            "owner": { "$ref": name(index / 2), "description": "Whoever may delete the thing." },
        },
    })
}

fn resource(index: usize, schemas: usize) -> (String, Value) {
    let thing = name(index * 12 % schemas);
    let parameter =
        |text: &str| json!({ "type": "string", "location": "query", "description": text });
    let method = |verb: &str, http: &str, request: bool| {
        let mut method = json!({
            "id": format!("bench.things{index}.{verb}"),
            "path": "v1/{+name}",
            "flatPath": format!("v1/stores/{{storesId}}/things{index}/{{thingsId}}"),
            "httpMethod": http,
            "description": "Does to a thing what its name says, and gives the thing as it is then.",
            "parameterOrder": ["name"],
            "parameters": {
                "name": { "type": "string", "location": "path", "required": true,
                    "pattern": format!("^stores/[^/]+/things{index}/[^/]+$"),
                    "description": "Required. The resource name of the thing." },
                "filter": parameter("Optional. An expression that the things match, such as `state = ACTIVE`."),
                "requestId": parameter("Optional. A UUID by which the server knows a repeated request."),
            },
            "response": { "$ref": thing },
            "scopes": ["https://www.googleapis.com/auth/bench"],
        });
        if request {
            method["request"] = json!({ "$ref": thing });
        }
        (verb.to_owned(), method)
    };
    let methods: Map<_, _> = [
        method("get", "GET", false),
        method("create", "POST", true),
        method("patch", "PATCH", true),
        method("delete", "DELETE", false),
    ]
    .into_iter()
    .collect();
    (format!("things{index}"), json!({ "methods": methods }))
}
