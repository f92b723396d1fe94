//! Edits of what has a type: fields and enums.

use serde_json::{Value, json};

use super::{Add, Merged, book_param, field};

pub(super) fn fields(add: Add<'_>) {
    add(
        "field is added",
        field("Book", "subtitle", &json!({"type": "string"})),
    );
    add("field is removed", field("Book", "title", &Value::Null));
    add(
        "field is renamed",
        field("Book", "title", &Value::Null).merged(&field(
            "Book",
            "name",
            &json!({"type": "string"}),
        )),
    );
    add(
        "string becomes int64",
        field("Book", "title", &json!({"format": "int64"})),
    );
    add(
        "int32 becomes int64",
        field(
            "Book",
            "pages",
            &json!({"type": "string", "format": "int64"}),
        ),
    );
    add(
        "int32 becomes uint32",
        field("Book", "pages", &json!({"format": "uint32"})),
    );
    add(
        "double becomes float",
        field("Book", "price", &json!({"format": "float"})),
    );
    add(
        "boolean becomes string",
        field("Book", "hardcover", &json!({"type": "string"})),
    );
    add(
        "time becomes text",
        field("Author", "born", &json!({"format": null})),
    );
    add(
        "value becomes a list",
        field(
            "Book",
            "title",
            &json!({"type": "array", "items": {"type": "string"}}),
        ),
    );
    add(
        "items get another type",
        field(
            "Book",
            "tags",
            &json!({"items": {"$ref": "Author", "type": null}}),
        ),
    );
    add(
        "map values get another type",
        field(
            "Book",
            "labels",
            &json!({"additionalProperties": {"type": "boolean"}}),
        ),
    );
    add(
        "field becomes output only",
        field("Book", "title", &json!({"readOnly": true})),
    );
    add(
        "field is deprecated",
        field("Book", "title", &json!({"deprecated": true})),
    );
    add(
        "field gets a text",
        field("Book", "title", &json!({"description": "The title."})),
    );
}

pub(super) fn enums(add: Add<'_>) {
    let values = |values: &[&str]| {
        let texts: Vec<&str> = values.iter().map(|_| "").collect();
        json!({"enum": values, "enumDescriptions": texts})
    };
    add(
        "enum value is added",
        field("Book", "cover", &values(&["HARD", "SOFT", "LEATHER"])),
    );
    add(
        "enum value is removed",
        field("Book", "cover", &values(&["HARD"])),
    );
    add(
        "enum value is renamed",
        field("Book", "cover", &values(&["HARD", "PAPERBACK"])),
    );
    add(
        "enum values change places",
        field("Book", "cover", &values(&["SOFT", "HARD"])),
    );
    add(
        "enum gets the value `UNKNOWN`",
        field("Book", "cover", &values(&["HARD", "SOFT", "UNKNOWN"])),
    );
    add(
        "enum gets the value `UNRECOGNIZED`",
        field("Book", "cover", &values(&["HARD", "SOFT", "UNRECOGNIZED"])),
    );
    add(
        "enum becomes text",
        field(
            "Book",
            "cover",
            &json!({"enum": null, "enumDescriptions": null}),
        ),
    );
    add(
        "text becomes an enum",
        field("Book", "title", &values(&["A"])),
    );
    add(
        "value of an enum parameter is removed",
        book_param("get", "view", &values(&["BASIC"])),
    );
    add(
        "equal enums become one",
        field(
            "Shelf",
            "cover",
            &json!({
                "type": "string", "enum": ["HARD", "SOFT"], "enumDescriptions": ["", ""]
            }),
        ),
    );
}
