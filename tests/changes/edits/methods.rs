//! Edits of methods and of their parameters.

use serde_json::{Value, json};

use super::{Add, book_method, book_param, field};

pub(super) fn methods(add: Add<'_>) {
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

pub(super) fn params(add: Add<'_>) {
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
