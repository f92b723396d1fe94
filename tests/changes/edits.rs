//! Edits of a document, each of a kind that services make, as merge patches (RFC 7396) of `base.json`.

use serde_json::{Value, json};

/// An edit.
pub(crate) struct Edit {
    pub(crate) name: &'static str,
    pub(crate) patch: Value,
    /// Whether the edit means something else to code that compiles as before, which no compiler sees.
    pub(crate) silent: bool,
}

/// A change of a member of `books.METHOD`.
fn book_method(method: &str, patch: &Value) -> Value {
    json!({"resources": {"books": {"methods": {method: patch}}}})
}

fn book_param(method: &str, param: &str, patch: &Value) -> Value {
    book_method(method, &json!({"parameters": {param: patch}}))
}

fn field(schema: &str, field: &str, patch: &Value) -> Value {
    json!({"schemas": {schema: {"properties": {field: patch}}}})
}

/// All edits.
pub(crate) fn edits() -> Vec<Edit> {
    let mut edits = Vec::new();
    let mut add = |name, patch| {
        edits.push(Edit {
            name,
            patch,
            silent: false,
        });
    };
    methods(&mut add);
    params(&mut add);
    fields(&mut add);
    enums(&mut add);
    schemas(&mut add);
    rest(&mut add);
    edits.push(Edit {
        name: "required parameters change places",
        patch: book_method("move", &json!({"parameterOrder": ["to", "from"]})),
        silent: true,
    });
    edits
}

type Add<'a> = &'a mut dyn FnMut(&'static str, Value);

fn methods(add: Add<'_>) {
    let get = json!({
        "id": "shop.shelves.get", "path": "v1/shelves/{id}", "httpMethod": "GET",
        "parameters": {"id": {"location": "path", "type": "string", "required": true}},
        "parameterOrder": ["id"], "response": {"$ref": "Shelf"}
    });
    add(
        "method is added",
        json!({"resources": {"shelves": {"methods": {"get": get}}}}),
    );
    add("method is removed", book_method("delete", &Value::Null));
    add(
        "method is deprecated",
        book_method("get", &json!({"deprecated": true})),
    );
    add(
        "method has another path",
        book_method("list", &json!({"path": "v2/books"})),
    );
    add(
        "method has another verb",
        book_method("delete", &json!({"httpMethod": "POST"})),
    );
    add(
        "method gets another response",
        book_method("get", &json!({"response": {"$ref": "Author"}})),
    );
    add(
        "method loses its response",
        book_method("get", &json!({"response": null})),
    );
    add(
        "method gets another body",
        book_method("create", &json!({"request": {"$ref": "Author"}})),
    );
    add(
        "method loses its body",
        book_method("create", &json!({"request": null})),
    );
    add(
        "method gets a body",
        book_method(
            "delete",
            &json!({"httpMethod": "POST", "request": {"$ref": "MoveRequest"}}),
        ),
    );
    add(
        "method takes another scope",
        book_method(
            "get",
            &json!({"scopes": ["https://www.googleapis.com/auth/shop"]}),
        ),
    );
    add(
        "method gains a page token",
        json!({"resources": {"shelves": {"methods": {"list": {"parameters": {
            "pageToken": {"location": "query", "type": "string"}
        }}}}}}),
    );
    add(
        "list loses its items",
        field(
            "ListBooksResponse",
            "books",
            &json!({
                "type": "string", "items": null
            }),
        ),
    );
    add(
        "items of a list have another type",
        field(
            "ListBooksResponse",
            "books",
            &json!({"items": {"$ref": "Author"}}),
        ),
    );
    add(
        "operation stops being one",
        field("Operation", "done", &Value::Null),
    );
    add(
        "download is gone",
        json!({"resources": {"files": {"methods": {"get": {"supportsMediaDownload": null}}}}}),
    );
    add(
        "upload is gone",
        json!({"resources": {"files": {"methods": {"insert": {
            "supportsMediaUpload": null, "mediaUpload": null
        }}}}}),
    );
    add(
        "update mask is gone",
        book_param("patch", "updateMask", &Value::Null),
    );
}

fn params(add: Add<'_>) {
    add(
        "parameter is added",
        book_param(
            "get",
            "country",
            &json!({"location": "query", "type": "string"}),
        ),
    );
    add(
        "parameter is removed",
        book_param("get", "language", &Value::Null),
    );
    add(
        "parameter becomes required",
        book_param("get", "language", &json!({"required": true})),
    );
    add(
        "required parameter is added",
        json!({"resources": {"books": {"methods": {"list": {
            "parameters": {"shelf": {"location": "query", "type": "string", "required": true}},
            "parameterOrder": ["shelf"]
        }}}}}),
    );
    add(
        "required parameter is renamed",
        json!({"resources": {"books": {"methods": {"delete": {
            "path": "v1/books/{id}",
            "parameters": {"bookId": null, "id": {"location": "path", "type": "string", "required": true}},
            "parameterOrder": ["id"]
        }}}}}),
    );
    add(
        "optional parameter is renamed",
        book_method(
            "get",
            &json!({"parameters": {
                "language": null, "locale": {"location": "query", "type": "string"}
            }}),
        ),
    );
    add(
        "parameter gets another type",
        book_param(
            "get",
            "edition",
            &json!({"type": "string", "format": "int64"}),
        ),
    );
    add(
        "required parameter gets another type",
        book_param("get", "bookId", &json!({"format": "int64"})),
    );
    add(
        "parameter may be repeated",
        book_param("get", "language", &json!({"repeated": true})),
    );
    add(
        "parameter may not be repeated",
        book_param("get", "field", &json!({"repeated": null})),
    );
    add(
        "parameter becomes a field mask",
        book_param("get", "language", &json!({"format": "google-fieldmask"})),
    );
    add(
        "parameter is deprecated",
        book_param("get", "language", &json!({"deprecated": true})),
    );
    add(
        "parameter gets a default",
        book_param("get", "edition", &json!({"default": "1"})),
    );
}

fn fields(add: Add<'_>) {
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

fn enums(add: Add<'_>) {
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

fn schemas(add: Add<'_>) {
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

fn rest(add: Add<'_>) {
    add(
        "resource is removed",
        json!({"resources": {"books": {"resources": null}}}),
    );
    add(
        "resource is deprecated",
        json!({"resources": {"shelves": {"deprecated": true}}}),
    );
    add(
        "resource is added below another",
        json!({"resources": {"shelves": {"resources": {"books": {"methods": {"get": {
            "id": "shop.shelves.books.get", "path": "v1/shelves/{id}/books", "httpMethod": "GET",
            "parameters": {"id": {"location": "path", "type": "string", "required": true}},
            "parameterOrder": ["id"], "response": {"$ref": "Book"}
        }}}}}}}),
    );
    add(
        "method of the API itself is added",
        json!({"methods": {"ping": {
            "id": "shop.ping", "path": "v1/ping", "httpMethod": "GET", "response": {"$ref": "Empty"}
        }}}),
    );
    add(
        "scope is added",
        json!({"auth": {"oauth2": {"scopes": {
            "https://www.googleapis.com/auth/shop.admin": {"description": "Admin."}
        }}}}),
    );
    add(
        "scope is removed",
        json!({
            "auth": {"oauth2": {"scopes": {"https://www.googleapis.com/auth/shop": null}}}
        }),
    );
    add(
        "regional endpoints are added",
        json!({"endpoints": [
            {"location": "eu", "endpointUrl": "https://shop.eu.rep.googleapis.com/"}
        ]}),
    );
    add(
        "address changes",
        json!({"rootUrl": "https://shop2.googleapis.com/"}),
    );
    add("revision changes", json!({"revision": "20260115"}));
}

/// A merge patch on top of another one.
trait Merged {
    fn merged(self, patch: &Value) -> Value;
}

impl Merged for Value {
    fn merged(mut self, patch: &Value) -> Value {
        merge(&mut self, patch, true);
        self
    }
}

/// Applies a merge patch; where patches are merged, `null` stays.
pub(crate) fn merge(target: &mut Value, patch: &Value, keep_null: bool) {
    let Value::Object(members) = patch else {
        *target = patch.clone();
        return;
    };
    if !target.is_object() {
        *target = json!({});
    }
    for (name, member) in members {
        if member.is_null() && !keep_null {
            if let Some(target) = target.as_object_mut() {
                target.remove(name);
            }
        } else {
            merge(&mut target[name], member, keep_null);
        }
    }
}
