//! Edits of resources, and of the API as a whole.

use serde_json::json;

use super::Add;

pub(super) fn api(add: Add<'_>) {
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
