//! Adds the texts of `NAME.prose.json` to a document that has its structure only, so that a new
//! revision of the structure replaces no text.
//!
//! A text belongs to the pointer of its description. The text of an enum value stands at the value
//! itself, `.../enumDescriptions/VALUE`: an index would belong to another value in the next
//! revision.

use std::collections::BTreeMap;

use crate::diagnostic::{Pointer, Sink};
use crate::json::Json;
use crate::reader::Object;

/// The texts of one document by the pointer that they belong to.
pub(crate) struct Prose {
    document: String,
    texts: BTreeMap<String, String>,
}

/// Reads the whole file.
pub(crate) fn read(json: &Json, sink: &mut Sink) -> Prose {
    let mut top = Object::open(json, &Pointer::default(), "the prose file", sink);
    let document = top.required_string("document", sink);
    let at = top.pointer().key("texts");
    let mut texts = BTreeMap::new();
    match top.take("texts") {
        Some(Json::Object(members)) => {
            for (pointer, text) in members {
                match text {
                    Json::String(text) if !text.trim().is_empty() => {
                        texts.insert(pointer.as_ref().to_owned(), text.as_ref().to_owned());
                    }
                    _ => sink.error(
                        &at.key(pointer),
                        "this is no text",
                        "write a text, or remove the entry",
                    ),
                }
            }
        }
        _ => sink.error(
            top.pointer(),
            "the prose file has no object `texts`",
            "add it: each member is the pointer of a description with its text",
        ),
    }
    top.finish(sink);
    Prose { document, texts }
}

impl Prose {
    /// Puts each text in its place. One that has none is an error, as is a place without a text.
    pub(crate) fn apply(mut self, tree: &mut Json, sink: &mut Sink) {
        let id = tree.get("id").and_then(Json::as_str).unwrap_or_default();
        if id != self.document {
            sink.error(
                &Pointer::default().key("document"),
                format!(
                    "these texts are for `{}`, the document is `{id}`",
                    self.document
                ),
                "name the document that they belong to",
            );
            return;
        }
        let mut missing = Vec::new();
        let root = Pointer::default();
        let mut walk = Walk {
            texts: &mut self.texts,
            missing: &mut missing,
        };
        walk.description(tree, &root);
        walk.members(tree, &root, "parameters", Walk::node);
        walk.members(tree, &root, "schemas", Walk::node);
        walk.resources(tree, &root);
        if let Some(oauth2) = tree.get_mut("auth").and_then(|auth| auth.get_mut("oauth2")) {
            let at = root.key("auth").key("oauth2");
            walk.members(oauth2, &at, "scopes", Walk::description);
        }
        let texts = Pointer::default().key("texts");
        for pointer in self.texts.keys() {
            sink.error(
                &texts.key(pointer),
                format!("the document has no place `{pointer}` for a text"),
                "remove the entry, or correct the pointer of its description",
            );
        }
        for pointer in missing {
            sink.error(
                &texts,
                format!("there is no text for `{}`", pointer.as_str()),
                "write one: users of the crate read it",
            );
        }
    }
}

/// Goes to every place of a document that has a text.
struct Walk<'a> {
    texts: &'a mut BTreeMap<String, String>,
    missing: &'a mut Vec<Pointer>,
}

impl Walk<'_> {
    fn members(
        &mut self,
        parent: &mut Json,
        at: &Pointer,
        key: &str,
        visit: fn(&mut Self, &mut Json, &Pointer),
    ) {
        let at = at.key(key);
        if let Some(Json::Object(members)) = parent.get_mut(key) {
            for (name, member) in members.iter_mut() {
                visit(self, member, &at.key(name));
            }
        }
    }

    fn resources(&mut self, resource: &mut Json, at: &Pointer) {
        self.members(resource, at, "methods", Self::method);
        self.members(resource, at, "resources", Self::resources);
    }

    fn method(&mut self, method: &mut Json, at: &Pointer) {
        self.description(method, at);
        self.members(method, at, "parameters", Self::node);
    }

    /// A schema, a property or a parameter.
    fn node(&mut self, node: &mut Json, at: &Pointer) {
        self.description(node, at);
        self.parts(node, at);
    }

    /// What a type consists of. An item or a map's value may have a text; that of its place serves.
    fn parts(&mut self, node: &mut Json, at: &Pointer) {
        self.values(node, at);
        self.members(node, at, "properties", Self::node);
        for key in ["items", "additionalProperties"] {
            if let Some(part) = node.get_mut(key) {
                let at = at.key(key);
                if let Some(text) = self.texts.remove(at.key("description").as_str()) {
                    part.insert("description", Json::String(text.into()));
                }
                self.parts(part, &at);
            }
        }
    }

    fn description(&mut self, node: &mut Json, at: &Pointer) {
        let at = at.key("description");
        if let Some(text) = self.texts.remove(at.as_str()) {
            node.insert("description", Json::String(text.into()));
        } else if !node.get("description").is_some_and(has_text) {
            self.missing.push(at);
        }
    }

    fn values(&mut self, node: &mut Json, at: &Pointer) {
        let Some(Json::Array(values)) = node.get("enum") else {
            return;
        };
        let at = at.key("enumDescriptions");
        let own = node.get("enumDescriptions");
        let mut texts = Vec::with_capacity(values.len());
        for (index, value) in values.iter().enumerate() {
            let at = at.key(value.as_str().unwrap_or_default());
            let own = own.and_then(|own| own.element(index));
            texts.push(match self.texts.remove(at.as_str()) {
                Some(text) => Json::String(text.into()),
                None => own.filter(|own| has_text(own)).cloned().unwrap_or_else(|| {
                    self.missing.push(at);
                    Json::String("".into())
                }),
            });
        }
        node.insert("enumDescriptions", Json::Array(texts.into()));
    }
}

fn has_text(json: &Json) -> bool {
    json.as_str().is_some_and(|text| !text.trim().is_empty())
}

/// Removes the texts of a document, so that its structure remains.
pub(crate) fn strip(tree: &mut Json) {
    if let Json::Object(members) = tree {
        let mut kept = std::mem::take(members).into_vec();
        // A property may have either name; it is an object.
        kept.retain(|(key, value)| {
            !matches!(
                (key.as_ref(), value),
                ("description", Json::String(_)) | ("enumDescriptions", Json::Array(_))
            )
        });
        *members = kept.into();
        for (_, member) in members.iter_mut() {
            strip(member);
        }
    }
}
