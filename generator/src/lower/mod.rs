//! From the document to the model: names, types, resources and paths.
//!
//! Every name is decided here, schemas first, so that nothing else in the generator makes one.

mod addresses;
mod bodies;
mod descriptions;
mod methods;
pub(crate) mod names;
mod params;
mod paths;
mod patterns;
mod resources;
mod root;
mod schemas;
mod scopes;
mod streams;
mod types;

use std::collections::BTreeMap;

use self::descriptions::Descriptions;
use crate::diagnostic::Sink;
use crate::discovery::Document;
use crate::model::{Api, Resource, Schema, SchemaId};
use crate::overrides::Facts;

pub(crate) use crate::prose::{first_sentence, line_start, note, plain, rustdoc};

/// How wide the text of a doc comment is, in characters.
pub(crate) const DOC_WIDTH: usize = 92;

/// Builds the model of a document.
pub(crate) fn lower(document: &Document, sha256: String, facts: &Facts, sink: &mut Sink) -> Api {
    let mut lowerer = Lowerer::new(document, facts, sink);
    lowerer.schemas();
    let scopes = scopes::scopes(document, facts, lowerer.sink);
    let root = lowerer.resources(&scopes);
    let schemas = lowerer.finish();
    root::api(document, facts, sha256, scopes, schemas, root, sink)
}

/// The state of lowering: which schema has which name and index.
struct Lowerer<'a> {
    document: &'a Document,
    facts: &'a Facts,
    sink: &'a mut Sink,
    descriptions: Descriptions<'a>,
    /// The names of all types.
    types: names::Scope,
    /// The indexes of the schemas that the document names.
    ids: BTreeMap<&'a str, SchemaId>,
    /// The names by index, known before the schemas are.
    type_names: Vec<String>,
    /// The indexes of enums that several places share.
    shared_enums: BTreeMap<&'a str, SchemaId>,
    schemas: Vec<Option<Schema>>,
}

impl<'a> Lowerer<'a> {
    /// Gives names to all schemas of the document before anything refers to them: first to those
    /// that need no change, so that they never lose their name to one that does.
    fn new(document: &'a Document, facts: &'a Facts, sink: &'a mut Sink) -> Self {
        let mut lowerer = Self {
            document,
            facts,
            sink,
            descriptions: Descriptions::of(document),
            types: names::Scope::default(),
            ids: BTreeMap::new(),
            type_names: Vec::new(),
            shared_enums: BTreeMap::new(),
            schemas: Vec::new(),
        };
        let names = document.schemas.iter();
        let names = names.map(|(wire, _)| (wire.as_str(), names::camel(wire)));
        let (exact, changed): (Vec<_>, Vec<_>) = names.partition(|(wire, name)| wire == name);
        for (wire, name) in exact.into_iter().chain(changed) {
            let name = lowerer.types.claim(&name, "Schema");
            let id = lowerer.reserve(name);
            lowerer.ids.insert(wire, id);
        }
        lowerer
    }

    /// Makes room for a schema with a name of its own.
    fn reserve(&mut self, name: String) -> SchemaId {
        self.schemas.push(None);
        self.type_names.push(name);
        SchemaId(self.schemas.len() - 1)
    }

    fn type_name(&self, id: SchemaId) -> &str {
        self.type_names.get(id.0).map_or("", String::as_str)
    }

    fn set(&mut self, id: SchemaId, schema: Schema) {
        if let Some(slot) = self.schemas.get_mut(id.0) {
            *slot = Some(schema);
        }
    }

    fn resources(&mut self, scopes: &[crate::model::Scope]) -> Resource {
        resources::root(self, scopes)
    }

    fn finish(self) -> Vec<Schema> {
        // All of them are set by now; taken so, they stay in their place in memory.
        let schemas = self.schemas.into_iter().map_while(|schema| schema);
        let mut schemas: Vec<Schema> = schemas.collect();
        schemas.shrink_to_fit();
        schemas
    }
}
