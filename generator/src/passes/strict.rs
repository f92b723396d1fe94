//! Which fields may a response not miss in silence?
//!
//! A field that cannot be read is left out when a response is decoded, and absence then means what
//! it always means. Where that is "there are no more pages", "there are no items" or "nothing
//! failed", the field is strict: what holds it cannot be read either, up to the whole response.

use std::collections::BTreeSet;

use crate::model::{
    Api, Kind, Method, OperationDone, OperationShape, Response, Schema, SchemaId, Type,
};

/// How operations of older APIs say in numbers and texts that they failed, beside `error`.
const FAILURE: &[&str] = &["httpErrorStatusCode", "httpErrorMessage"];

/// The field of a status that says what failed.
const CODE: &str = "code";

/// Fills `Field::strict`.
pub(super) fn run(api: &mut Api) {
    let mut strict = BTreeSet::new();
    for method in api.root.all_methods() {
        for path in paths(method) {
            follow(api, method, path, &mut strict);
        }
    }
    let statuses: BTreeSet<usize> = (0..api.schemas.len())
        .filter(|index| api.schemas.get(*index).is_some_and(is_status))
        .collect();
    for (index, schema) in api.schemas.iter_mut().enumerate() {
        let is_status = statuses.contains(&index);
        let shape = schema.operation.as_deref().map(state).unwrap_or_default();
        let is_operation = schema.operation.is_some();
        let Kind::Struct(fields) = &mut schema.kind else {
            continue;
        };
        for field in fields {
            field.strict = strict.contains(&(SchemaId(index), field.name.clone()))
                || shape.contains(&field.name)
                || is_operation && FAILURE.contains(&field.wire.as_str())
                || is_status && field.wire == CODE
                || (field.ty.mentioned()).is_some_and(|id| statuses.contains(&id.0));
        }
    }
}

/// Whether a schema is `google.rpc.Status`, by whatever name: no status, and no code in one, mean
/// success.
fn is_status(schema: &Schema) -> bool {
    let Kind::Struct(fields) = &schema.kind else {
        return false;
    };
    let names: Vec<&str> = fields.iter().map(|field| field.wire.as_str()).collect();
    let is_number = |field: &crate::model::Field| field.wire == CODE && field.ty == Type::Int32;
    names == [CODE, "details", "message"] && fields.iter().any(is_number)
}

/// The paths, in Rust names, to the token of the next page and to the items.
fn paths(method: &Method) -> impl Iterator<Item = &[String]> {
    let paging = method.paging.iter();
    paging.flat_map(|paging| {
        let items = paging.items.iter().map(|items| items.path.names.as_slice());
        std::iter::once(paging.next.names.as_slice()).chain(items)
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
    let mut fields = vec![shape.name.clone()];
    fields.extend(shape.error.clone());
    match &shape.done {
        OperationDone::Flag(done) => fields.push(done.clone()),
        OperationDone::Status(status) => {
            fields.push(status.state.clone());
            fields.extend(
                status
                    .http
                    .clone()
                    .into_iter()
                    .flat_map(|(code, text)| [code, text]),
            );
            fields.extend(status.message.clone());
        }
    }
    fields
}
