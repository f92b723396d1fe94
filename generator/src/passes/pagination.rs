//! Which methods answer in pages, and where are the items of a page?

use crate::model::{
    Api, Body, Field, FieldPath, ItemSource, Kind, Method, Paging, Response, Schema, SchemaId,
    TokenPlace, Type,
};

/// Names of the token in a request, with the names of the next one in the response.
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
    ("token", &["nextPageToken"]),
];

/// The name of the next token in an object that a response holds, such as `QueryResult` in
/// `cloudasset.queryAssets` and `Pagination` in the lists of `walletobjects`.
const NESTED_TOKEN: &str = "nextPageToken";

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

/// Finds the pages of every method that no override speaks of.
pub(super) fn run(api: &mut Api) {
    let schemas = &api.schemas;
    api.root.for_each_method(&mut |resource, method| {
        if method.paging.is_none() {
            method.paging = find(method, resource, schemas);
        }
    });
}

/// The pages of a method of the resource with this path.
pub(crate) fn find(method: &Method, resource: &str, schemas: &[Schema]) -> Option<Paging> {
    let Response::Json(Type::Schema(response)) = method.response else {
        return None;
    };
    // A watch responds with a channel, whatever parameters it shares with the list it watches.
    if method.wire == "watch" {
        return None;
    }
    let resource = resource.rsplit('.').next().unwrap_or(resource);
    TOKENS.iter().find_map(|(request, names)| {
        let token = token_place(method, request, schemas)?;
        let plain = names.iter().find_map(|name| {
            let path: Vec<&str> = name.split('.').collect();
            let (next, _) = field(response, &path, schemas).filter(is_text)?;
            let items = items(fields(response, schemas), resource);
            Some((next, items))
        });
        let (next, items) = plain.or_else(|| nested(response, resource, schemas))?;
        Some(Paging { token, next, items })
    })
}

/// The next token inside of the one object of a response that has one, and the items: beside the
/// token if there is a list, or else beside the object.
fn nested(
    response: SchemaId,
    resource: &str,
    schemas: &[Schema],
) -> Option<(FieldPath, Option<ItemSource>)> {
    let mut holders = fields(response, schemas).iter().filter_map(|holder| {
        let path = [holder.wire.as_str(), NESTED_TOKEN];
        let (next, _) = field(response, &path, schemas).filter(is_text)?;
        Some((holder, next))
    });
    let (Some((holder, next)), None) = (holders.next(), holders.next()) else {
        return None;
    };
    let inside = items(fields(holder.ty.held()?, schemas), resource).map(|mut source| {
        source.path.wire.insert(0, holder.wire.clone());
        source.path.names.insert(0, holder.name.clone());
        source
    });
    let items = inside.or_else(|| items(fields(response, schemas), resource));
    Some((next, items))
}

fn is_text((_, ty): &(FieldPath, &Type)) -> bool {
    **ty == Type::String
}

/// The fields of a schema; none if it is no object.
fn fields(id: SchemaId, schemas: &[Schema]) -> &[Field] {
    match schemas.get(id.0).map(|schema| &schema.kind) {
        Some(Kind::Struct(fields)) => fields,
        _ => &[],
    }
}

/// Where a request carries a token of this name: in a parameter, or else in its body.
pub(crate) fn token_place(method: &Method, wire: &str, schemas: &[Schema]) -> Option<TokenPlace> {
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
    let field = fields(*body, schemas)
        .iter()
        .find(|field| field.wire == wire && is_token(&field.ty))?;
    Some(TokenPlace::Body(field.name.clone()))
}

/// The field that a path such as `metadata`, `continue` leads to.
pub(crate) fn field<'a>(
    id: SchemaId,
    path: &[&str],
    schemas: &'a [Schema],
) -> Option<(FieldPath, &'a Type)> {
    let (mut found, mut open) = (FieldPath::default(), Some(id));
    let mut ty = None;
    for wire in path {
        let field = fields(open?, schemas)
            .iter()
            .find(|field| field.wire == *wire)?;
        found.wire.push(field.wire.clone());
        found.names.push(field.name.clone());
        ty = Some(&field.ty);
        open = field.ty.held();
    }
    Some((found, ty?))
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
    let path = FieldPath {
        wire: vec![chosen.wire.clone()],
        names: vec![chosen.name.clone()],
    };
    source(path, &chosen.ty)
}

/// The items of a list or of a map, if a field is one.
pub(crate) fn source(path: FieldPath, ty: &Type) -> Option<ItemSource> {
    let (item, keyed) = match ty {
        Type::List(item) => (item, false),
        Type::Map(value) => (value, true),
        _ => return None,
    };
    Some(ItemSource {
        path,
        item: (**item).clone(),
        keyed,
    })
}
