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
    /// CPU time of a run that generates and writes a crate, in nanoseconds.
    pub run: u128,
    /// The time that this run took, in nanoseconds.
    pub wall: u128,
    /// The most memory that the process had until then, in bytes; 0 where the system does not say.
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

/// Names begin with many letters, as those of an API do.
fn name(index: usize) -> String {
    const KINDS: [&str; 16] = [
        "Album", "Backup", "Catalog", "Device", "Entry", "Folder", "Group", "Host", "Instance",
        "Job", "Key", "Label", "Model", "Node", "Order", "Policy",
    ];
    format!("{}{index}", KINDS[index / 10 % KINDS.len()])
}

/// Schemas hold one another in groups of ten, and each belongs to one before it: as deep as real
/// documents are, whatever their size. Descriptions have about 170 bytes a property, as those of
/// BigQuery, Discovery Engine and Wallet Objects have, and four of ten stand in the document before.
fn schema(index: usize, schemas: usize) -> Value {
    let next_in_group = (index / 10 * 10 + (index + 1) % 10).min(schemas - 1);
    let thing = name(index);
    let field = |text: String| json!({ "type": "string", "description": text });
    json!({
        "id": thing,
        "type": "object",
        "description": format!("A thing that is kept in a store. A {thing} has a name, a state and \
            parts of its own, and can be found by each of them. It is made by whoever may write to \
            the store, and stays there until it is deleted or its store is."),
        "properties": {
            "name": field("Identifier. The resource name of the thing, in the format \
                `projects/{project}/locations/{location}/stores/{store}/things/{thing}`. It is assigned \
                by the service when the thing is created, and never changes.".to_owned()),
            "displayName": field(format!("Required. The name that people see when a {thing} is listed. \
                It does not have to be unique in its store. At most 63 characters, of which the first \
                must be a letter; anything else fails with `INVALID_ARGUMENT`.")),
            "etag": field("Output only. A checksum that the server computes from the other fields. It \
                may be sent with a request to update or delete the thing, so that the request fails \
                if somebody else has changed it since it was read.".to_owned()),
            "createTime": { "type": "string", "format": "google-datetime", "readOnly": true,
                "description": "Output only. The time at which the thing was created, in UTC." },
            "sizeBytes": { "type": "string", "format": "int64", "description": format!("The size of the \
                {thing} in bytes, without that of its parts. It is updated within a few minutes after \
                a part has changed, so it may differ from the sum of what has been written.") },
            "weight": { "type": "number", "format": "double", "description": "Optional. How much the \
                thing counts when results are ranked, between 0 and 1. Defaults to 0.5 if it is unset; \
                a value of 0 means that it is found by its name only." },
            "enabled": { "type": "boolean", "description": format!("Whether the {thing} takes part in \
                searches. Things that do not can still be read by name, for example after a \
                migration: * set it to `false` before an import; * set it back afterwards.") },
            "state": { "type": "string", "description": format!("Output only. The state of the {thing}. \
                    See https://bench.example.com/docs/states for how it gets from one to the next."),
                "enum": ["STATE_UNSPECIFIED", "ACTIVE", "DELETED"],
                "enumDescriptions": ["Default value. This value is unused.", "The thing is in use.",
                    format!("The {thing} is gone; it can be restored for 30 days.")] },
            "labels": { "type": "object", "additionalProperties": { "type": "string" },
                "description": "Optional. Labels as key and value pairs, for organizing resources. \
                    Keys and values are at most 63 characters long and can only contain lowercase \
                    letters, numbers, underscores and dashes. A thing has 64 labels at most." },
            "parts": { "type": "array", "items": { "$ref": name(next_in_group) },
                "description": format!("The parts of the {thing}, in the order in which they were added. \
                    Parts that were deleted are not in the list, and do not count towards `sizeBytes`.") },
            "owner": { "$ref": name(index / 2), "description": format!("Whoever may delete the {thing}. \
                Ownership can be handed over with the method `patch` and an `updateMask` that \
                names it.") },
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
            "description": format!("Does to a {thing} what its name says, and gives the thing as it is \
                then. The caller needs the permission `bench.things{index}.{verb}` on the store that \
                holds it."),
            "parameterOrder": ["name"],
            "parameters": {
                "name": { "type": "string", "location": "path", "required": true,
                    "pattern": format!("^stores/[^/]+/things{index}/[^/]+$"),
                    "description": "Required. The resource name of the thing." },
                "filter": parameter("Optional. An expression that the things match, such as \
                    `state = ACTIVE`. Fields are compared with `=`, `!=`, `<` and `>`; several \
                    comparisons are joined with `AND`."),
                "requestId": parameter("Optional. A UUID by which the server knows a request that it \
                    has carried out before, for at least 60 minutes. The zero UUID is not supported."),
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
