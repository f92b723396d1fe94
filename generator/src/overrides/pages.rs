//! Pages as a correction describes them, checked against the model.

use super::apply::{Stale, find_method};
use crate::model::{Api, FieldPath, Paging, Response, Type};
use crate::passes::pagination;

/// How a method is cut into pages, by names on the wire.
#[derive(Debug)]
pub(crate) struct Pages {
    pub(crate) method: String,
    /// The parameter or the property of the body that takes the token.
    pub(crate) token: String,
    /// The path to the next token in the response, such as `queryResult.nextPageToken`.
    pub(crate) next: String,
    /// The path to the items, unless it is not clear which they are.
    pub(crate) items: Option<String>,
}

/// Sets the pages of a method, unless its document says the same.
pub(super) fn apply(api: &mut Api, pages: &Pages) -> Result<(), Stale> {
    let Api { root, schemas, .. } = api;
    let method = find_method(root, &pages.method)?;
    let Response::Json(Type::Schema(response)) = method.response else {
        return Err(Stale::Unfit(format!(
            "the response of `{}` is no object that pages could be in",
            pages.method
        )));
    };
    let token = pagination::token_place(method, &pages.token, schemas).ok_or_else(|| {
        Stale::Missing(format!(
            "text `{}` among the parameters and the body of `{}`",
            pages.token, pages.method
        ))
    })?;
    let find = |path: &str| -> Result<(FieldPath, &Type), Stale> {
        let names: Vec<&str> = path.split('.').collect();
        pagination::field(response, &names, schemas).ok_or_else(|| {
            Stale::Missing(format!("`{path}` in the response of `{}`", pages.method))
        })
    };
    let (next, ty) = find(&pages.next)?;
    if *ty != Type::String {
        return Err(Stale::Unfit(format!("`{}` is not a text", pages.next)));
    }
    let mut items = None;
    if let Some(path) = &pages.items {
        let (found, ty) = find(path)?;
        items = pagination::source(found, ty);
        if items.is_none() {
            return Err(Stale::Unfit(format!(
                "`{path}` is neither a list nor a map"
            )));
        }
    }
    let paging = Some(Paging { token, next, items });
    let (resource, _) = pages.method.rsplit_once('.').unwrap_or_default();
    if pagination::find(method, resource, schemas) == paging {
        return Err(Stale::Said("the names in the document say so".to_owned()));
    }
    method.paging = paging;
    Ok(())
}
