//! Which methods answer in pages, and where are the items of a page?

use crate::model::{
    Api, Body, Field, ItemSource, Kind, Method, Paging, Response, SchemaId, TokenPlace, Type,
};

/// Names of the token in a request, with the name of its answer.
const TOKENS: &[(&str, &[&str])] = &[
    ("pageToken", &["nextPageToken", "pageToken"]),
    ("nextPageToken", &["nextPageToken"]),
    ("page_token", &["nextPageToken"]),
    ("_page_token", &["nextPageToken"]),
    ("continue", &["metadata.continue", "nextPageToken"]),
    (
        "continuationToken",
        &["nextContinuationToken", "continuationToken"],
    ),
];

/// Lists that come beside the items: what could not be reached, and what went wrong.
const BESIDE: &[&str] = &[
    "unreachable",
    "unreachables",
    "unreachableLocations",
    "failedLocation",
    "failedLocations",
    "warnings",
    "warning",
    "errors",
    "partialErrors",
];

/// Names that mean the items where several lists stand side by side.
const MEANT: &[&str] = &["items", "results", "rows"];

/// Finds the pages of every method.
pub(super) fn run(api: &mut Api) {
    let schemas = &api.schemas;
    let field_list = |id: SchemaId| match schemas.get(id.0).map(|schema| &schema.kind) {
        Some(Kind::Struct(fields)) => fields.as_slice(),
        _ => &[],
    };
    api.root.for_each_method(&mut |resource, method| {
        // A watch answers with a channel, whatever parameters it shares with the list it watches.
        if method.wire != "watch" {
            method.paging = find(method, resource, &field_list);
        }
    });
}

fn find<'a>(
    method: &Method,
    resource: &str,
    fields: &impl Fn(SchemaId) -> &'a [Field],
) -> Option<Paging> {
    let Response::Json(Type::Schema(response)) = &method.response else {
        return None;
    };
    for (request, answers) in TOKENS {
        let Some(token) = token_place(method, request, fields) else {
            continue;
        };
        for answer in *answers {
            if let Some(next) = field_path(*response, answer, fields) {
                let leaf = resource.rsplit('.').next().unwrap_or(resource);
                return Some(Paging {
                    token,
                    next,
                    items: items(fields(*response), leaf),
                });
            }
        }
    }
    None
}

fn token_place<'a>(
    method: &Method,
    wire: &str,
    fields: &impl Fn(SchemaId) -> &'a [Field],
) -> Option<TokenPlace> {
    let is_token = |ty: &Type| matches!(ty, Type::String);
    if let Some(param) = method
        .params
        .iter()
        .find(|param| param.wire == wire && is_token(&param.ty))
    {
        return Some(TokenPlace::Param(param.name.clone()));
    }
    let Some(Body::Json {
        ty: Type::Schema(body),
        ..
    }) = &method.body
    else {
        return None;
    };
    let field = fields(*body)
        .iter()
        .find(|field| field.wire == wire && is_token(&field.ty))?;
    Some(TokenPlace::Body(field.name.clone()))
}

/// The Rust names on the way to a string field such as `metadata.continue`.
fn field_path<'a>(
    schema: SchemaId,
    path: &str,
    fields: &impl Fn(SchemaId) -> &'a [Field],
) -> Option<Vec<String>> {
    let (first, rest) = match path.split_once('.') {
        Some((first, rest)) => (first, Some(rest)),
        None => (path, None),
    };
    let field = fields(schema).iter().find(|field| field.wire == first)?;
    let mut names = vec![field.name.clone()];
    match (rest, &field.ty) {
        (None, Type::String) => {}
        (Some(rest), Type::Schema(inner)) => names.extend(field_path(*inner, rest, fields)?),
        _ => return None,
    }
    Some(names)
}

fn items(fields: &[Field], resource: &str) -> Option<ItemSource> {
    let lists: Vec<&Field> = fields
        .iter()
        .filter(|field| matches!(field.ty, Type::List(_)) && !BESIDE.contains(&field.wire.as_str()))
        .collect();
    let rich: Vec<&Field> = lists
        .iter()
        .copied()
        .filter(|field| !matches!(&field.ty, Type::List(item) if **item == Type::String))
        .collect();
    let maps: Vec<&Field> = fields
        .iter()
        .filter(|field| matches!(&field.ty, Type::Map(value) if matches!(**value, Type::Schema(_))))
        .collect();
    let chosen = match (rich.as_slice(), maps.as_slice(), lists.as_slice()) {
        ([only], _, _) | ([], [only], _) | ([], [], [only]) => Some(*only),
        _ => lists
            .iter()
            .copied()
            .find(|field| field.wire == resource)
            .or_else(|| {
                MEANT
                    .iter()
                    .find_map(|name| lists.iter().copied().find(|field| field.wire == *name))
            }),
    }?;
    let (item, keyed) = match &chosen.ty {
        Type::List(item) => ((**item).clone(), false),
        Type::Map(value) => ((**value).clone(), true),
        _ => return None,
    };
    Some(ItemSource {
        path: vec![chosen.name.clone()],
        item,
        keyed,
    })
}
