//! The doc comments that the descriptions of a document become, made on all cores: prose takes
//! longer to read than all else in a document, and large documents say much of it twice.

use std::collections::{BTreeMap, BTreeSet};

use super::{DOC_WIDTH, rustdoc};
use crate::discovery::{Document, Method, Node, Resource};
use crate::model::Docs;
use crate::parallel;

/// How many descriptions a thread takes at once.
const PORTION: usize = 64;

/// The doc comment for each description of a document.
pub(super) struct Descriptions<'a>(BTreeMap<&'a str, Docs>);

impl<'a> Descriptions<'a> {
    pub(super) fn of(document: &'a Document) -> Self {
        let mut texts = Texts::default();
        for (_, schema) in &document.schemas {
            texts.node(schema);
        }
        texts.resource(&document.root);
        let texts: Vec<&str> = texts.0.into_iter().collect();
        let portions: Vec<&[&str]> = texts.chunks(PORTION).collect();
        let mut docs = BTreeMap::new();
        parallel::in_order(
            &portions,
            |texts| {
                let lines = texts.iter().map(|text| rustdoc(text, DOC_WIDTH));
                lines.collect::<Vec<_>>()
            },
            |_, texts, made| {
                // In as much room as they need, and where the tree was: an allocator has memory of
                // its own for each thread.
                let made = made.iter().map(|lines| lines.iter().cloned().collect());
                docs.extend(texts.iter().copied().zip(made));
            },
        );
        Self(docs)
    }

    /// The doc comment for a description.
    pub(super) fn docs(&self, text: &str) -> Docs {
        let docs = self.0.get(text).cloned();
        docs.unwrap_or_else(|| rustdoc(text, DOC_WIDTH).into())
    }
}

/// What is described, each text once.
#[derive(Default)]
struct Texts<'a>(BTreeSet<&'a str>);

impl<'a> Texts<'a> {
    fn resource(&mut self, resource: &'a Resource) {
        for (_, method) in &resource.methods {
            self.method(method);
        }
        for (_, child) in &resource.resources {
            self.resource(child);
        }
    }

    fn method(&mut self, method: &'a Method) {
        self.0.insert(&method.description);
        for (_, parameter) in &method.parameters {
            self.node(parameter);
        }
    }

    fn node(&mut self, node: &'a Node) {
        self.0.insert(&node.description);
        for value in node.values.iter().flatten() {
            self.0.insert(&value.description);
        }
        for (_, property) in &node.properties {
            self.node(property);
        }
        for part in [&node.items, &node.additional_properties]
            .into_iter()
            .flatten()
        {
            self.node(part);
        }
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use crate::testing::api;

    /// Four tenths of the prose of a large document of Google stand in it more than once.
    #[test]
    fn same_description_is_kept_once() {
        let api = api(r#"
            "schemas": {
                "Album": { "id": "Album", "type": "object", "properties": {
                    "name": { "type": "string", "description": "The name." }
                } },
                "Item": { "id": "Item", "type": "object", "properties": {
                    "name": { "type": "string", "description": "The name." }
                } }
            }
        "#);
        let fields = api.schemas.iter().filter_map(|schema| schema.field("name"));
        let docs: Vec<_> = fields.map(|field| &field.docs).collect();
        assert_eq!(docs.len(), 2);
        assert!(Arc::ptr_eq(docs[0], docs[1]));
    }
}
