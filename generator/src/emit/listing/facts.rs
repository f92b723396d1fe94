//! What no compiler sees about an item, and users depend on all the same.

use crate::listing::Item;
use crate::model::{
    Api, Deprecation, Field, LengthLimit, Method, Param, Patch, RetrySafety, Schema, TokenPlace,
    Upload, Variant,
};

/// What is fixed about the requests of a method.
pub(super) fn of_method(api: &Api, method: &Method, item: Item) -> Item {
    let scopes: Vec<&str> = method
        .scopes
        .iter()
        .filter_map(|index| api.scopes.get(*index))
        .map(|scope| scope.constant.as_str())
        .collect();
    let limits: Vec<String> = method
        .body_limits
        .iter()
        .map(|limit| format!("{}: {}", limit.path, length(limit.limit)))
        .collect();
    let item = item
        .fact(
            "request",
            format!("{} {}", method.http.as_str(), method.path),
        )
        .fact("scopes", scopes.join(", "))
        .fact("retry safety", retry(method.retry))
        .fact("limits", limits.join(", "))
        .fact("exclude each other", groups(&method.exclusive))
        .fact(
            "API version",
            method.api_version.clone().unwrap_or_default(),
        )
        .fact("value of `alt`", method.alt.clone().unwrap_or_default())
        .fact("etag", if method.etag_required { "required" } else { "" })
        .fact(
            "callers",
            if method.unusable {
                "none is accepted"
            } else {
                ""
            },
        )
        .fact("pages", pages(method))
        .fact("update mask", mask(method))
        .fact(
            "upload",
            method.media.upload.as_ref().map(upload).unwrap_or_default(),
        )
        .fact(
            "polled by",
            method.operation.as_ref().map_or("", |poll| &poll.get.id),
        )
        .fact("deprecation", deprecation(method.deprecated.as_ref()))
        .fact("documentation", method.docs.join("\n"));
    method.required().fold(item, |mut item, param| {
        let name = &param.name;
        let docs = format!("{name}: {}", param.docs.join("\n"));
        let all = item.facts.entry("documentation of arguments").or_default();
        all.push_str(&docs);
        item
    })
}

pub(super) fn of_param(param: &Param, item: Item) -> Item {
    item.fact("name on the wire", &param.wire)
        .fact("default", param.default.clone().unwrap_or_default())
        .fact("minimum", param.minimum.clone().unwrap_or_default())
        .fact("maximum", param.maximum.clone().unwrap_or_default())
        .fact("length", param.length.map(length).unwrap_or_default())
        .fact("documentation", param.docs.join("\n"))
}

pub(super) fn of_schema(schema: &Schema, item: Item) -> Item {
    item.fact("documentation", schema.docs.join("\n"))
        .fact("deprecation", deprecation(schema.deprecated.as_ref()))
        .fact("exclude each other", groups(&schema.exclusive))
}

pub(super) fn of_variant(variant: &Variant, item: Item) -> Item {
    item.fact("value", &variant.wire)
        .fact("documentation", variant.docs.join("\n"))
}

pub(super) fn of_field(field: &Field, item: Item) -> Item {
    item.fact("name on the wire", &field.wire)
        .fact("in requests", if field.required { "required" } else { "" })
        .fact(
            "in responses",
            if field.strict { "must be readable" } else { "" },
        )
        .fact("default", field.default.clone().unwrap_or_default())
        .fact("minimum", field.minimum.clone().unwrap_or_default())
        .fact("maximum", field.maximum.clone().unwrap_or_default())
        .fact("length", field.length.map(length).unwrap_or_default())
        .fact("deprecation", deprecation(field.deprecated.as_ref()))
        .fact("documentation", field.docs.join("\n"))
}

pub(super) fn deprecation(deprecation: Option<&Deprecation>) -> String {
    let Some(Deprecation { since, note }) = deprecation else {
        return String::new();
    };
    match since {
        Some(since) => format!("{note} (since {since})"),
        None => note.clone(),
    }
}

fn groups(groups: &[Vec<String>]) -> String {
    let groups: Vec<String> = groups.iter().map(|group| group.join(" and ")).collect();
    groups.join("; ")
}

fn retry(retry: RetrySafety) -> &'static str {
    match retry {
        RetrySafety::Idempotent => "idempotent",
        RetrySafety::IfNotProcessed => "retried if the request was not processed",
        RetrySafety::IfNotSent => "retried if the request was not sent",
    }
}

fn length(limit: LengthLimit) -> String {
    match limit {
        LengthLimit::Items { min, max } => format!("{min} to {max} entries"),
        LengthLimit::Characters { max } => format!("{max} characters"),
    }
}

fn pages(method: &Method) -> String {
    let Some(paging) = &method.paging else {
        return String::new();
    };
    let (TokenPlace::Param(token) | TokenPlace::Body(token)) = &paging.token;
    let items = paging.items.as_ref().map(|items| items.path.mask());
    format!(
        "token in {token}, next one in {}, items in {}",
        paging.next.mask(),
        items.as_deref().unwrap_or("no list")
    )
}

fn mask(method: &Method) -> String {
    let Some(Patch::Mask(mask)) = &method.patch else {
        return String::new();
    };
    let paths = if mask.paths.is_empty() {
        "any path".to_owned()
    } else {
        mask.paths.join(", ")
    };
    let depth = if mask.top_level {
        ", top level only"
    } else {
        ""
    };
    format!("{} with {paths}{depth}", mask.param)
}

fn upload(upload: &Upload) -> String {
    let accept = if upload.accept.is_empty() {
        "any type".to_owned()
    } else {
        upload.accept.join(", ")
    };
    format!(
        "{:?}, simple at {}, resumable {:?}, multipart {}, at most {}, {accept}",
        upload.protocol,
        upload.simple_path.as_deref().unwrap_or("no path"),
        upload.resumable,
        upload.multipart,
        upload.max_size.as_deref().unwrap_or("any size"),
    )
}
