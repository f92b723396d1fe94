//! Which types do requests carry?

use std::collections::{BTreeMap, BTreeSet};

use crate::model::{Api, Body, Kind, Method, Response, SchemaId, Type};

/// Fills `Schema::in_request`.
pub(super) fn run(api: &mut Api) {
    let mentions: Vec<Vec<SchemaId>> = api
        .schemas
        .iter()
        .map(|schema| mentioned(&schema.kind))
        .collect();
    let bodies = api
        .root
        .all_methods()
        .into_iter()
        .filter_map(|method| match &method.body {
            Some(Body::Json { ty, .. }) => ty.mentioned(),
            _ => None,
        });
    let mut sent: BTreeMap<usize, BTreeSet<String>> = BTreeMap::new();
    reach(&mut bodies.collect(), &mentions, "", 1, &mut sent);
    for (index, schema) in api.schemas.iter_mut().enumerate() {
        schema.in_request = sent.contains_key(&index);
    }
}

/// Notes `user` at everything that the types in `open` lead to. A type that has `most` users gets no
/// further one, and none is carried on from it, so that the work does not grow with the number of
/// users times that of types.
pub(super) fn reach(
    open: &mut Vec<SchemaId>,
    mentions: &[Vec<SchemaId>],
    user: &str,
    most: usize,
    users: &mut BTreeMap<usize, BTreeSet<String>>,
) {
    while let Some(id) = open.pop() {
        let known = users.entry(id.0).or_default();
        if known.len() < most && known.insert(user.to_owned()) {
            open.extend(mentions.get(id.0).into_iter().flatten().copied());
        }
    }
}

/// The types that a schema mentions.
pub(super) fn mentioned(kind: &Kind) -> Vec<SchemaId> {
    match kind {
        Kind::Struct(fields) => fields
            .iter()
            .filter_map(|field| field.ty.mentioned())
            .collect(),
        Kind::Transparent(ty) => ty.mentioned().into_iter().collect(),
        Kind::Enum { .. } => Vec::new(),
    }
}

/// The types that a method mentions.
pub(super) fn roots(method: &Method) -> Vec<SchemaId> {
    let params = method
        .params
        .iter()
        .filter_map(|param| param.ty.mentioned());
    let body = match &method.body {
        Some(Body::Json { ty, .. }) => ty.mentioned(),
        _ => None,
    };
    let response = match &method.response {
        Response::Json(ty) | Response::Stream(ty) => Type::mentioned(ty),
        _ => None,
    };
    params.chain(body).chain(response).collect()
}

#[cfg(test)]
mod tests {
    use crate::testing::api;

    #[test]
    fn types_inside_of_a_body_are_in_requests() {
        let api = api(r#"
            "resources": { "things": { "methods": { "put": {
                "id": "small.things.put", "path": "things", "httpMethod": "PUT",
                "request": { "$ref": "Sent" }, "response": { "$ref": "Received" }
            } } } },
            "schemas": {
                "Inner": { "id": "Inner", "type": "object" },
                "Received": { "id": "Received", "type": "object" },
                "Sent": { "id": "Sent", "type": "object", "properties": {
                    "inner": { "type": "array", "items": { "$ref": "Inner" } }
                } }
            }
        "#);
        let in_request = api.schemas.iter().filter(|schema| schema.in_request);
        let names: Vec<&str> = in_request.map(|schema| schema.name.as_str()).collect();
        assert_eq!(names, ["Inner", "Sent"]);
    }
}
