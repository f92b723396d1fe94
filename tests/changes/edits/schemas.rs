//! Edits of schemas, and of how they refer to each other.

use serde_json::json;

use super::{Add, field};

pub(super) fn schemas(add: Add<'_>) {
    add(
        "schema is added",
        json!({"schemas": {"Page": {"id": "Page", "type": "object", "properties": {}}}}),
    );
    add(
        "schema is renamed",
        json!({
            "schemas": {"Author": null, "Writer": {"id": "Writer", "type": "object", "properties": {
                "name": {"type": "string"}, "born": {"type": "string", "format": "google-datetime"}
            }}, "Book": {"properties": {"author": {"$ref": "Writer"}}}}
        }),
    );
    add(
        "schema is used by a second resource",
        field("Shelf", "part", &json!({"$ref": "Part"})),
    );
    add(
        "schema is used by a request",
        field("MoveRequest", "chapter", &json!({"$ref": "Chapter"})),
    );
    add(
        "reference becomes inline",
        field(
            "Book",
            "author",
            &json!({
                "$ref": null, "type": "object", "properties": {"name": {"type": "string"}}
            }),
        ),
    );
    add(
        "inline type becomes a reference",
        field(
            "Book",
            "size",
            &json!({
                "$ref": "Part", "type": null, "properties": null
            }),
        ),
    );
    add(
        "schema becomes recursive",
        field("Part", "whole", &json!({"$ref": "Part"})),
    );
    add(
        "two schemas become recursive",
        field("Part", "chapter", &json!({"$ref": "Chapter"})),
    );
    add(
        "list of its own kind is added",
        field(
            "Part",
            "parts",
            &json!({"type": "array", "items": {"$ref": "Part"}}),
        ),
    );
    add(
        "items of a named list get another type",
        json!({"schemas": {"Words": {"items": {"$ref": "Author", "type": null}}}}),
    );
    add(
        "named list becomes text",
        json!({"schemas": {"Words": {"type": "string", "items": null}}}),
    );
    add(
        "named list becomes an object",
        json!({"schemas": {"Words": {
            "type": "object", "items": null, "properties": {"all": {"type": "string"}}
        }}}),
    );
    add(
        "schema with the name `Option` is added",
        json!({"schemas": {
            "Option": {"id": "Option", "type": "object", "properties": {"text": {"type": "string"}}},
            "Book": {"properties": {"option": {"$ref": "Option"}}}
        }}),
    );
    add(
        "schema without fields gets one",
        field("Empty", "note", &json!({"type": "string"})),
    );
}
