//! What the documentation of a method says beside its prose: the request, its arguments, its scopes,
//! when it is retried, its limits, and an example.

use super::ident::text;
use super::{docs, example};
use crate::lower::names;
use crate::model::{
    Api, LengthLimit, Method, Param, Patch, Resource, Response, Resumable, RetrySafety, in_units,
};

/// The doc comment of the function that makes a call.
pub(super) fn lines(api: &Api, method: &Method, resource: Option<&Resource>) -> Vec<String> {
    let mut lines = if method.docs.iter().all(String::is_empty) {
        vec![format!("The method `{}`.", docs::code(&method.id))]
    } else {
        method.docs.to_vec()
    };
    lines.push(String::new());
    lines.push(format!(
        "* Request: `{} {}`.",
        method.http.as_str(),
        docs::code(&method.path.to_string())
    ));
    lines.extend(arguments(method));
    lines.extend(scopes(api, method));
    lines.push(format!("* **Retries**: {}", retries(method.retry)));
    lines.extend(
        method
            .etag_required
            .then_some(ETAG)
            .into_iter()
            .flat_map(docs::entry),
    );
    let facts = limits(method).into_iter().chain(exclusions(method));
    let is_stream = matches!(method.response, Response::Stream(_));
    let facts = facts
        .chain(is_stream.then(|| STREAM.to_owned()))
        .chain(operation(method))
        .chain(patch(method))
        .chain(media_facts(method))
        .chain(download(method));
    lines.extend(facts.flat_map(|fact| docs::entry(&fact)));
    lines.extend(["", "# Example", ""].map(str::to_owned));
    lines.extend(example::lines(api, method, resource));
    lines
}

const ETAG: &str = "* Needs the `etag` of what it changes in the header `If-Match`; \
    [`CallOptions`](discovery_runtime::CallOptions) set headers.";

const STREAM: &str =
    "* Response: a JSON array that the service streams; all of its values come at once.";

fn scopes(api: &Api, method: &Method) -> Vec<String> {
    if method.unusable {
        return vec![
            "* Scopes: the service accepts none any more; every call gets 403.".to_owned(),
        ];
    }
    let scopes: Vec<String> = method
        .scopes
        .iter()
        .filter_map(|index| api.scopes.get(*index))
        .map(|scope| format!("[`scopes::{}`]", scope.constant))
        .collect();
    match scopes.as_slice() {
        [] => vec!["* Scopes: the document names none.".to_owned()],
        [only] => vec![format!("* Scope: {only}.")],
        [others @ .., last] => {
            let mut lines = vec!["* Scopes, any one of:".to_owned()];
            lines.extend(others.iter().map(|link| format!("  {link},")));
            lines.push(format!("  {last}."));
            lines
        }
    }
}

/// What the document says about the arguments.
fn arguments(method: &Method) -> Vec<String> {
    let mut lines = Vec::new();
    let described = |param: &&Param| !param.docs.iter().all(String::is_empty);
    for param in method.required().filter(described) {
        let name = &param.name;
        match param.docs.split_first() {
            Some((first, rest)) if !docs::opens_block(first) => {
                lines.push(format!("* `{name}`: {first}"));
                lines.extend(rest.iter().map(|line| indented(line)));
            }
            // A list or a code block begins on a line of its own.
            _ => {
                lines.extend([format!("* `{name}`:"), String::new()]);
                lines.extend(param.docs.iter().map(|line| indented(line)));
            }
        }
    }
    lines
}

/// A line that belongs to an entry of a list.
fn indented(line: &str) -> String {
    if line.is_empty() {
        String::new()
    } else {
        format!("  {line}")
    }
}

fn retries(retry: RetrySafety) -> &'static str {
    match retry {
        RetrySafety::Idempotent => "on any transient failure.",
        RetrySafety::IfNotProcessed => "only if the request was not processed.",
        RetrySafety::IfNotSent => "only if the request was not sent.",
    }
}

/// Limits of lists; those of other values stand with their fields.
fn limits(method: &Method) -> Vec<String> {
    let of_params = method
        .params
        .iter()
        .map(|param| (param.name.clone(), param.length));
    let of_body = method
        .body_limits
        .iter()
        .map(|found| (spoken(&found.path), Some(found.limit)));
    of_params
        .chain(of_body)
        .filter(|(_, length)| matches!(length, Some(LengthLimit::Items { .. })))
        .filter_map(|(name, length)| {
            let limit = docs::length(length)?;
            Some(format!(
                "* `{}`: {}, or nothing is sent.",
                docs::code(&name),
                lower_first(limit.trim_end_matches('.'))
            ))
        })
        .collect()
}

/// Fields of which a request may set only one.
fn exclusions(method: &Method) -> Vec<String> {
    let lines = method.exclusive.iter().map(|group| {
        let fields: Vec<String> = group
            .iter()
            .map(|field| format!("`{}`", docs::code(&spoken(field))))
            .collect();
        format!(
            "* {}: only one of them, or nothing is sent.",
            fields.join(", ")
        )
    });
    lines.collect()
}

/// A path of fields as a user of the crate writes it.
fn spoken(path: &str) -> String {
    let names: Vec<String> = path.split('.').map(names::snake).collect();
    names.join(".")
}

fn lower_first(text: &str) -> String {
    let mut chars = text.chars();
    chars
        .next()
        .map(|first| first.to_lowercase().chain(chars).collect())
        .unwrap_or_default()
}

/// How the parts that change are named.
fn patch(method: &Method) -> Vec<String> {
    let mask = match &method.patch {
        Some(Patch::Mask(mask)) => mask,
        Some(Patch::Merge) => {
            let call = text(&method.call);
            return vec![format!(
                "* Changes what the body sets; [`clear`]({call}::clear) removes a field, \
                 [`set_empty`]({call}::set_empty) sends an empty list."
            )];
        }
        None => return Vec::new(),
    };
    let mut line = "* `update_mask`: what the body has set, unless it is given".to_owned();
    if !mask.paths.is_empty() {
        let paths: Vec<String> = mask
            .paths
            .iter()
            .map(|path| format!("`{}`", docs::code(path)))
            .collect();
        line.push_str(&format!("; {} can change", paths.join(" and ")));
    }
    line.push('.');
    vec![line]
}

fn media_facts(method: &Method) -> Option<String> {
    let upload = method.media.upload.as_ref()?;
    let mut facts = match upload.accept.as_slice() {
        [] => "* Takes bytes of any type".to_owned(),
        accept => {
            let types: Vec<String> = accept
                .iter()
                .map(|accepted| format!("`{}`", docs::code(accepted)))
                .collect();
            format!("* Takes bytes of {}", types.join(", "))
        }
    };
    if let Some(bytes) = upload.max_bytes() {
        facts.push_str(&format!(", at most {}", size(bytes)));
    }
    facts.push('.');
    if let Some(property) = &upload.content_type {
        let property = docs::code(property);
        facts.push_str(&format!(
            " Their type is that of `{property}` in the body, unless the upload says another."
        ));
    }
    if upload.resumable == Resumable::No {
        facts.push_str(" They go up in one request only.");
    }
    if !method.is_bare_upload() {
        let call = text(&method.call);
        facts.push_str(&format!(" [`upload`]({call}::upload) sends them."));
    }
    Some(facts)
}

/// How to wait for what a method only starts.
fn operation(method: &Method) -> Option<String> {
    let call = text(&method.call);
    method.operation.as_ref().map(|_| {
        format!(
            "* Response: an operation, which may go on for long. [`wait`]({call}::wait) waits for \
             its end, and [`Operation`](crate::Operation) reads what came of it."
        )
    })
}

/// How the bytes are had that a method gives.
fn download(method: &Method) -> Option<String> {
    let call = text(&method.call);
    let link = format!("[`download`]({call}::download)");
    method.media.download.then(|| {
        if method.gives_bytes_only() {
            format!("* Gives bytes, and no JSON: {link} gets them.")
        } else {
            format!("* Gives bytes as well: {link} gets them.")
        }
    })
}

/// A number of bytes for people: `20 GiB`.
fn size(bytes: u64) -> String {
    let (number, shift) = in_units(bytes);
    let unit = match shift {
        0 => "bytes",
        10 => "KiB",
        20 => "MiB",
        30 => "GiB",
        _ => "TiB",
    };
    format!("{number} {unit}")
}
