//! Which methods respond in pages, and where are the items of a page?

use crate::diagnostic::Sink;
use crate::model::{
    Api, Body, Field, FieldPath, ItemSource, Kind, Method, Paging, Response, Schema, SchemaId,
    TokenPlace, Type,
};
use crate::overrides::{Facts, Pages, Stale};

/// Names of the token in a request, with the names of the next one in the response.
pub(super) const TOKENS: &[(&str, &[&str])] = &[
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

/// Finds the pages of every method.
pub(super) fn run(api: &mut Api, facts: &Facts, sink: &mut Sink) {
    let schemas = &api.schemas;
    api.root.for_each_method(&mut |resource, method| {
        method.paging = find(method, resource, schemas);
        let path = method.path_from(resource);
        let Some(fact) = &facts.method(&path).pages else {
            return;
        };
        match known(method, &path, &fact.value, schemas) {
            Ok(paging) if method.paging.as_ref() == Some(&paging) => {
                Stale::Said("the names in the document say so".to_owned())
                    .report(&fact.pointer, sink);
            }
            Ok(paging) => method.paging = Some(paging),
            Err(stale) => stale.report(&fact.pointer, sink),
        }
    });
}

/// The pages that a fact describes.
fn known(method: &Method, path: &str, pages: &Pages, schemas: &[Schema]) -> Result<Paging, Stale> {
    let Response::Json(Type::Schema(response)) = method.response else {
        return Err(Stale::Unfit(format!(
            "the response of `{path}` is no object that pages could be in"
        )));
    };
    let token = token_place(method, &pages.token, schemas).ok_or_else(|| {
        Stale::Missing(format!(
            "text `{}` among the parameters and the body of `{path}`",
            pages.token
        ))
    })?;
    let find = |wire: &str| -> Result<(FieldPath, &Type), Stale> {
        let names: Vec<&str> = wire.split('.').collect();
        field(response, &names, schemas)
            .ok_or_else(|| Stale::Missing(format!("`{wire}` in the response of `{path}`")))
    };
    let (next, ty) = find(&pages.next)?;
    if *ty != Type::String {
        return Err(Stale::Unfit(format!("`{}` is not a text", pages.next)));
    }
    let mut items = None;
    if let Some(wire) = &pages.items {
        let (found, ty) = find(wire)?;
        items = source(found, ty);
        if items.is_none() {
            return Err(Stale::Unfit(format!(
                "`{wire}` is neither a list nor a map"
            )));
        }
    }
    Ok(Paging { token, next, items })
}

/// The pages of a method of the resource with this path.
fn find(method: &Method, resource: &str, schemas: &[Schema]) -> Option<Paging> {
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
pub(super) fn fields(id: SchemaId, schemas: &[Schema]) -> &[Field] {
    match schemas.get(id.0).map(|schema| &schema.kind) {
        Some(Kind::Struct(fields)) => fields,
        _ => &[],
    }
}

/// Where a request carries a token of this name: in a parameter, or else in its body.
fn token_place(method: &Method, wire: &str, schemas: &[Schema]) -> Option<TokenPlace> {
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
fn field<'a>(id: SchemaId, path: &[&str], schemas: &'a [Schema]) -> Option<(FieldPath, &'a Type)> {
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
fn source(path: FieldPath, ty: &Type) -> Option<ItemSource> {
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
