//! Which page tokens are declared as bytes? Their content is for the service alone: as text they go back
//! as they came, and a list of them is read page by page like any other
//! (`businessprofileperformance.locations.searchkeywords.impressions.monthly.list`).

use std::collections::BTreeSet;

use super::pagination::{TOKENS, fields};
use crate::model::{Api, Body, Kind, Method, Response, Schema, SchemaId, Type};

/// A field of a schema, by its wire name.
type Place = (SchemaId, &'static str);

/// Makes text of them, in requests and responses.
pub(super) fn run(api: &mut Api) {
    let mut tokens = BTreeSet::new();
    let schemas = &api.schemas;
    api.root.for_each_method(&mut |_, method| {
        for (request, names) in TOKENS {
            let next = next_token(method, names, schemas);
            if let Some(next) = next.filter(|_| make_text(method, request, schemas, &mut tokens)) {
                tokens.insert(next);
            }
        }
    });
    for (id, wire) in tokens {
        if let Some(Kind::Struct(fields)) = api.schemas.get_mut(id.0).map(|schema| &mut schema.kind)
        {
            let mut fields = fields.iter_mut();
            if let Some(field) = fields.find(|field| field.wire == wire) {
                field.ty = Type::String;
            }
        }
    }
}

/// The field of the response that has the next token.
fn next_token(method: &Method, names: &[&'static str], schemas: &[Schema]) -> Option<Place> {
    let Response::Json(Type::Schema(response)) = method.response else {
        return None;
    };
    let name = names
        .iter()
        .find(|name| has_bytes(response, name, schemas))?;
    Some((response, name))
}

/// Makes text of the parameter that takes the token, or notes the field of the body that does.
fn make_text(
    method: &mut Method,
    wire: &'static str,
    schemas: &[Schema],
    tokens: &mut BTreeSet<Place>,
) -> bool {
    let mut params = method.params.iter_mut();
    if let Some(param) = params.find(|param| param.wire == wire && param.ty == Type::Bytes) {
        param.ty = Type::String;
        return true;
    }
    match &method.body {
        Some(Body::Json {
            ty: Type::Schema(body),
            ..
        }) if has_bytes(*body, wire, schemas) => tokens.insert((*body, wire)),
        _ => false,
    }
}

fn has_bytes(id: SchemaId, wire: &str, schemas: &[Schema]) -> bool {
    let mut fields = fields(id, schemas).iter();
    fields.any(|field| field.wire == wire && field.ty == Type::Bytes)
}
