//! Which fields may a response not miss in silence?
//!
//! A field that cannot be read is left out when a response is decoded, and absence then means what
//! it always means. Where that is "there are no more pages", "there are no items" or "the operation
//! did not fail", the field is strict: the response is an error instead.

use std::collections::BTreeSet;

use crate::model::{
    Api, Kind, Method, OperationDone, OperationShape, Response, Schema, SchemaId, Type,
};

/// How operations of older APIs say in numbers and texts that they failed, beside `error`.
const FAILURE: &[&str] = &["httpErrorStatusCode", "httpErrorMessage"];

/// Fills `Field::strict`.
pub(super) fn run(api: &mut Api) {
    let mut strict = BTreeSet::new();
    for method in api.root.all_methods() {
        for path in paths(method) {
            follow(api, method, path, &mut strict);
        }
    }
    for (index, schema) in api.schemas.iter_mut().enumerate() {
        let shape = schema.operation.as_ref().map(state).unwrap_or_default();
        let is_operation = schema.operation.is_some();
        let Kind::Struct(fields) = &mut schema.kind else {
            continue;
        };
        for field in fields {
            field.strict = strict.contains(&(SchemaId(index), field.name.clone()))
                || shape.contains(&field.name)
                || is_operation && FAILURE.contains(&field.wire.as_str());
        }
    }
}

/// The paths, in Rust names, to the token of the next page and to the items.
fn paths(method: &Method) -> impl Iterator<Item = &[String]> {
    let paging = method.paging.iter();
    paging.flat_map(|paging| {
        let items = paging.items.iter().map(|items| items.path.as_slice());
        std::iter::once(paging.next.as_slice()).chain(items)
    })
}

/// Notes every field on a path from the response of a method.
fn follow(api: &Api, method: &Method, path: &[String], strict: &mut BTreeSet<(SchemaId, String)>) {
    let Response::Json(ty) = &method.response else {
        return;
    };
    let mut ty = ty;
    for name in path {
        let Type::Schema(id) = ty else { return };
        let Some(field) = field(api.schema(*id), name) else {
            return;
        };
        strict.insert((*id, name.clone()));
        ty = &field.ty;
    }
}

fn field<'a>(schema: &'a Schema, name: &str) -> Option<&'a crate::model::Field> {
    match &schema.kind {
        Kind::Struct(fields) => fields.iter().find(|field| field.name == name),
        Kind::Enum { .. } | Kind::Transparent(_) => None,
    }
}

/// The fields that say which operation it is, whether it is done and how it ended.
fn state(shape: &OperationShape) -> Vec<String> {
    let (OperationDone::Flag(done) | OperationDone::Status(done)) = &shape.done;
    let mut fields = vec![shape.name.clone(), done.clone()];
    fields.extend(shape.error.clone());
    fields
}
