//! The discovery documents of both services, as clients that are made at run time read them, with the addresses of
//! the emulator.

use serde_json::Value;

use crate::replies;
use crate::reply::Reply;

/// The documents as they are in this repository: without texts, which nothing but documentation is made of.
const DOCUMENTS: [(&str, &str); 2] = [
    (
        "photoslibrary",
        include_str!("../documents/photoslibrary-v1.json"),
    ),
    (
        "photospicker",
        include_str!("../documents/photospicker-v1.json"),
    ),
];

/// The document of an API and a version.
pub(crate) fn document(api: &str, version: Option<&str>, origin: &str) -> Reply {
    let found = DOCUMENTS.iter().find(|(name, _)| *name == api);
    let document = found
        .filter(|_| version.is_none_or(|version| version == "v1"))
        .and_then(|(_, text)| serde_json::from_str::<Value>(text).ok());
    let Some(Value::Object(mut document)) = document else {
        return replies::no_such_path();
    };
    for name in ["rootUrl", "baseUrl", "mtlsRootUrl"] {
        if document.contains_key(name) {
            document.insert(name.to_owned(), format!("{origin}/").into());
        }
    }
    Reply::json(200, Value::Object(document))
}
