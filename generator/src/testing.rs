//! A small document as the passes leave it, for the unit tests of passes and emitters.

use crate::model::Api;
use crate::{Input, Source};

/// The model of a document with these members, such as `"resources": {...}, "schemas": {...}`.
pub(crate) fn api(members: &str) -> Api {
    let text = format!(
        r#"{{
            "id": "small:v1", "name": "small", "version": "v1", "revision": "20260101",
            "title": "Small API", "description": "A document for a test.",
            "rootUrl": "https://small.googleapis.com/", "servicePath": "", {members}
        }}"#
    );
    let name = "small-v1.json".to_owned();
    let model = crate::model(&Input::new(Source { name, text }), &mut Vec::new());
    model.unwrap_or_else(|errors| panic!("{errors}"))
}
