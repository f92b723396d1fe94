//! What about a request body can be checked before anything is sent: how long its lists are, and
//! which of its properties exclude each other?

use crate::model::{
    Api, Body, BodyExclusion, BodyLimit, ExcludedField, Field, Kind, LengthLimit, Schema, SchemaId,
    Type,
};

/// Fills `Method::body_limits` and `Method::body_exclusions`, down through the objects that a body
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
            method.body_exclusions = found.exclusions;
        }
    });
}

/// The types on the way are kept, so that a type that holds itself is entered once.
type Way = Vec<(SchemaId, String, String)>;

#[derive(Default)]
struct Found {
    limits: Vec<BodyLimit>,
    exclusions: Vec<BodyExclusion>,
}

fn collect(schemas: &[Schema], id: SchemaId, way: &mut Way, found: &mut Found) {
    let Some(schema) = schemas.get(id.0) else {
        return;
    };
    let Kind::Struct(fields) = &schema.kind else {
        return;
    };
    found.exclusions.extend(exclusions(schema, fields, way));
    for field in fields {
        way.push((id, field.wire.clone(), field.name.clone()));
        if let Some(limit @ LengthLimit::Items { .. }) = field.length {
            let (wire, path) = path(way);
            found.limits.push(BodyLimit { wire, path, limit });
        }
        if let Some(held) = field.ty.held()
            && !field.output_only
            && !way.iter().any(|(entered, _, _)| *entered == held)
        {
            collect(schemas, held, way, found);
        }
        way.pop();
    }
}

fn exclusions(schema: &Schema, fields: &[Field], way: &Way) -> Vec<BodyExclusion> {
    let (before, names) = path(way);
    let excluded = |wire: &String| {
        let field = fields.iter().find(|field| field.wire == *wire)?;
        Some(ExcludedField {
            wire: if before.is_empty() {
                wire.clone()
            } else {
                format!("{before}.{wire}")
            },
            path: names.iter().chain([&field.name]).cloned().collect(),
            is_collection: field.ty.is_collection(),
        })
    };
    let groups = schema.exclusive.iter();
    groups
        .map(|group| BodyExclusion {
            fields: group.iter().filter_map(excluded).collect(),
        })
        .collect()
}

/// The names on the wire, joined, and the Rust names.
fn path(way: &Way) -> (String, Vec<String>) {
    let wire: Vec<&str> = way.iter().map(|(_, wire, _)| wire.as_str()).collect();
    let names = way.iter().map(|(_, _, name)| name.clone());
    (wire.join("."), names.collect())
}
