//! What about a request body can be checked before anything is sent: how long its lists are, and
//! which of its properties exclude each other?

use crate::model::{Api, Body, BodyLimit, Exclusive, Kind, LengthLimit, Schema, SchemaId, Type};

/// Fills `Method::body_limits` and `Method::exclusive`, down through the objects that a body
/// holds by value.
pub(super) fn run(api: &mut Api) {
    let schemas = &api.schemas;
    let is_checked = |schema: &Schema| match &schema.kind {
        Kind::Struct(fields) => {
            !schema.exclusive.is_empty() || fields.iter().any(|field| field.length.is_some())
        }
        _ => false,
    };
    if !schemas.iter().any(is_checked) {
        return;
    }
    api.root.for_each_method(&mut |_, method| {
        if let Some(Body::Json {
            ty: Type::Schema(body),
            ..
        }) = &method.body
        {
            let mut found = Found::default();
            collect(schemas, *body, &mut Vec::new(), &mut found);
            method.body_limits = found.limits;
            method.exclusive = found.exclusive;
        }
    });
}

/// The types on the way are kept, so that a type that holds itself is entered once.
type Way = Vec<(SchemaId, String)>;

#[derive(Default)]
struct Found {
    limits: Vec<BodyLimit>,
    exclusive: Vec<Exclusive>,
}

fn collect(schemas: &[Schema], id: SchemaId, way: &mut Way, found: &mut Found) {
    let Some(schema) = schemas.get(id.0) else {
        return;
    };
    let Kind::Struct(fields) = &schema.kind else {
        return;
    };
    let groups = schema.exclusive.iter();
    found
        .exclusive
        .extend(groups.map(|group| group.iter().map(|wire| path(way, wire)).collect()));
    for field in fields {
        if let Some(limit @ LengthLimit::Items { .. }) = field.length {
            let path = path(way, &field.wire);
            found.limits.push(BodyLimit { path, limit });
        }
        way.push((id, field.wire.clone()));
        if let Some(held) = field.ty.held()
            && !field.output_only
            && !way.iter().any(|(entered, _)| *entered == held)
        {
            collect(schemas, held, way, found);
        }
        way.pop();
    }
}

/// The names on the wire, joined.
fn path(way: &Way, last: &str) -> String {
    let names: Vec<&str> = way
        .iter()
        .map(|(_, wire)| wire.as_str())
        .chain([last])
        .collect();
    names.join(".")
}
