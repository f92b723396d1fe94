//! How does a PATCH say which parts of something it changes?

use crate::diagnostic::Sink;
use crate::model::{Api, Body, Field, HttpMethod, Kind, Method, Patch, Schema, Type, UpdateMask};
use crate::overrides::{Facts, Mask, Stale};

/// Finds out how each PATCH with an object as its body says what it changes: by a mask in its
/// query, or by what the body has and lacks.
pub(super) fn run(api: &mut Api, facts: &Facts, sink: &mut Sink) {
    let schemas = &api.schemas;
    api.root.for_each_method(&mut |resource, method| {
        method.patch = find(method, schemas);
        let path = method.path_from(resource);
        if let Some(fact) = &facts.method(&path).mask
            && let Err(stale) = correct(method, &path, &fact.value, schemas)
        {
            stale.report(&fact.pointer, sink);
        }
    });
}

/// Says which paths a mask may have; each must lead through properties of the body.
fn correct(method: &mut Method, path: &str, known: &Mask, schemas: &[Schema]) -> Result<(), Stale> {
    let (Some(Patch::Mask(mask)), Some(Body::Json { ty: body, .. })) =
        (&mut method.patch, &method.body)
    else {
        return Err(Stale::Unfit(format!("`{path}` takes no update mask")));
    };
    let Mask::Paths(paths) = known else {
        mask.top_level = true;
        return Ok(());
    };
    for path in paths {
        let mut ty = body;
        for name in path.split('.') {
            // What is below a map or free-form JSON is data, and nothing is below a list.
            let Some(schema) = ty.held().and_then(|id| schemas.get(id.0)) else {
                break;
            };
            let Some(field) = schema.field(name) else {
                let place = format!("property `{}.{name}`", schema.wire);
                return Err(Stale::Missing(place));
            };
            ty = &field.ty;
        }
    }
    mask.paths.clone_from(paths);
    Ok(())
}

/// What the document says by itself.
fn find(method: &Method, schemas: &[Schema]) -> Option<Patch> {
    if method.http != HttpMethod::Patch {
        return None;
    }
    let Some(Body::Json {
        ty: Type::Schema(id),
        ..
    }) = &method.body
    else {
        return None;
    };
    let Some(Kind::Struct(fields)) = schemas.get(id.0).map(|schema| &schema.kind) else {
        return None;
    };
    let named = |name: &str| {
        let mut params = method.optional();
        params.find(|param| param.ty == Type::FieldMask && param.wire == name)
    };
    if let Some(param) = named("updateMask").or_else(|| named("mask")) {
        return Some(Patch::Mask(UpdateMask {
            param: param.wire.clone(),
            paths: Vec::new(),
            top_level: false,
        }));
    }
    // A mask of another shape is the caller's: `updatePersonFields`, `updateMask.fieldPaths`, or
    // a field of a body that holds the changed thing beside it.
    let has_other_mask = method.params.iter().any(|param| {
        let first = param.wire.split('.').next().unwrap_or_default();
        param.ty == Type::FieldMask || matches!(first, "updateMask" | "mask")
    }) || fields.iter().any(|field| field.ty == Type::FieldMask);
    let can_change = |field: &Field| !field.output_only;
    (!has_other_mask && fields.iter().any(can_change)).then_some(Patch::Merge)
}
