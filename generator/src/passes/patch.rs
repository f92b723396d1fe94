//! How does a PATCH say which parts of something it changes?

use crate::model::{Api, Body, Field, HttpMethod, Kind, Method, Patch, Schema, Type, UpdateMask};

/// Finds out how each PATCH with an object as its body says what it changes: by a mask in its
/// query, or by what the body has and lacks.
pub(super) fn run(api: &mut Api) {
    let schemas = &api.schemas;
    api.root.for_each_method(&mut |_, method| {
        // A correction said more than the document does.
        if method.patch.is_none() {
            method.patch = find(method, schemas);
        }
    });
}

/// What the document says by itself.
pub(crate) fn find(method: &Method, schemas: &[Schema]) -> Option<Patch> {
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
