//! Members of corrections that have a form of their own.

use super::NewUpload;
use crate::diagnostic::Sink;
use crate::model::RetrySafety;
use crate::reader::Object;

pub(super) fn retry_safety(entry: &mut Object<'_>, sink: &mut Sink) -> Option<RetrySafety> {
    match entry.required_string("safety", sink).as_str() {
        "idempotent" => Some(RetrySafety::Idempotent),
        "ifNotProcessed" => Some(RetrySafety::IfNotProcessed),
        "ifNotSent" => Some(RetrySafety::IfNotSent),
        "" => None,
        other => {
            sink.error(
                &entry.pointer().key("safety"),
                format!("`{other}` does not say when a call is retried"),
                "write `idempotent`, `ifNotProcessed` or `ifNotSent`",
            );
            None
        }
    }
}

pub(super) fn date(key: &'static str, entry: &mut Object<'_>, sink: &mut Sink) -> String {
    let date = entry.required_string(key, sink);
    let is_date = date.len() == 10
        && date.bytes().enumerate().all(|(i, b)| {
            if matches!(i, 4 | 7) {
                b == b'-'
            } else {
                b.is_ascii_digit()
            }
        });
    if !is_date && !date.is_empty() {
        sink.error(
            &entry.pointer().key(key),
            format!("`{date}` is not a day"),
            "write it as `2026-01-31`",
        );
    }
    date
}

pub(super) fn upload(entry: &mut Object<'_>, sink: &mut Sink) -> NewUpload {
    if !matches!(
        entry.required_string("protocol", sink).as_str(),
        "" | "x-goog-upload"
    ) {
        sink.error(
            &entry.pointer().key("protocol"),
            "only the protocol `x-goog-upload` can be added",
            "the others are declared by `mediaUpload` in the document",
        );
    }
    NewUpload {
        resource: entry.required_string("resource", sink),
        name: entry.required_string("name", sink),
        path: entry.required_string("path", sink),
        scopes: entry.required_strings("scopes", sink),
        description: entry.required_string("description", sink),
        max_size: entry.string("maxSize", sink),
        accept: entry.strings("accept", sink),
        token_lifetime_seconds: entry.count("tokenLifetimeSeconds", sink),
        refuses_empty: entry.flag("refusesEmpty", sink),
    }
}
