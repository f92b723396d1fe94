//! Which lists in a request body have a length that can be checked before anything is sent?

use crate::model::{Api, Body, BodyLimit, Kind, LengthLimit, Schema, SchemaId, Type};

/// Fills `Method::body_limits`, down through the objects that a body holds by value.
pub(super) fn run(api: &mut Api) {
    let schemas = &api.schemas;
    let is_limited = |schema: &Schema| match &schema.kind {
        Kind::Struct(fields) => fields.iter().any(|field| field.length.is_some()),
        _ => false,
    };
    if !schemas.iter().any(is_limited) {
        return;
    }
    api.root.for_each_method(&mut |_, method| {
        if let Some(Body::Json {
            ty: Type::Schema(body),
            ..
        }) = &method.body
        {
            collect(schemas, *body, &mut Vec::new(), &mut method.body_limits);
        }
    });
}

/// The types on the way are kept, so that a type that holds itself is entered once.
fn collect(
    schemas: &[Schema],
    id: SchemaId,
    way: &mut Vec<(SchemaId, String, String)>,
    found: &mut Vec<BodyLimit>,
) {
    let Some(Kind::Struct(fields)) = schemas.get(id.0).map(|schema| &schema.kind) else {
        return;
    };
    for field in fields {
        way.push((id, field.wire.clone(), field.name.clone()));
        if let Some(limit @ LengthLimit::Items { .. }) = field.length {
            let wire: Vec<&str> = way.iter().map(|(_, wire, _)| wire.as_str()).collect();
            found.push(BodyLimit {
                wire: wire.join("."),
                path: way.iter().map(|(_, _, name)| name.clone()).collect(),
                limit,
            });
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
