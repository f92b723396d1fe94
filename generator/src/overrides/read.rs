//! Reads the file of corrections: its entries, each of its kind.

use super::members::{date, retry_safety, upload};
use super::{Change, Entry, Mask, MethodChange, Overrides, Pages};
use crate::diagnostic::{Pointer, Sink};
use crate::json::Json;
use crate::model::{Deprecation, LengthLimit};
use crate::reader::Object;
use crate::text;

/// The kinds of entries, for help with an unknown one.
const KINDS: &[&str] = &[
    "endScope",
    "methodScopes",
    "deprecateMethod",
    "retrySafety",
    "mergeEnums",
    "nameEnum",
    "limitItems",
    "limitLength",
    "defaultValue",
    "maximum",
    "maskPaths",
    "topLevelMask",
    "outputOnly",
    "localTime",
    "secret",
    "requiredProperty",
    "requiredParameter",
    "pages",
    "streamedResponse",
    "exclusiveProperties",
    "rateLimitDelay",
    "uploadMethod",
    "resumableUpload",
    "serviceHost",
    "type",
];

/// Reads the whole file.
pub(crate) fn read(json: &Json, sink: &mut Sink) -> Overrides {
    let mut top = Object::open(json, &Pointer::in_overrides(), "the overrides file", sink);
    let document = top.required_string("document", sink);
    if top.lacks("entries") {
        sink.error(
            top.pointer(),
            "the overrides file has no list `entries`",
            "add it; it may be empty",
        );
    }
    let entries = top
        .list("entries", sink, read_entry)
        .into_iter()
        .flatten()
        .collect();
    top.finish(sink);
    Overrides { document, entries }
}

fn read_entry(json: &Json, at: &Pointer, sink: &mut Sink) -> Option<Entry> {
    let mut entry = Object::open(json, at, "the entry", sink);
    let kind = entry.required_string("kind", sink);
    // A correction without a reason and a source cannot be reviewed.
    entry.required_string("what", sink);
    let why = entry.required_string("why", sink);
    let source = entry.required_string("source", sink);
    if !source.is_empty() && !source.starts_with("https://") {
        sink.error(
            &at.key("source"),
            format!("the source `{source}` is not the address of a page"),
            "give a public page that a reviewer can read, as `https://...`",
        );
    }
    let change = change(&kind, &why, &mut entry, sink)?;
    entry.finish(sink);
    Some(Entry {
        pointer: at.clone(),
        change,
    })
}

fn change(kind: &str, why: &str, entry: &mut Object<'_>, sink: &mut Sink) -> Option<Change> {
    Some(match kind {
        "endScope" => Change::EndScope {
            scope: entry.required_string("scope", sink),
            ended: date("ended", entry, sink),
            note: why.to_owned(),
        },
        "methodScopes" => Change::MethodScopes {
            method: entry.required_string("method", sink),
            scopes: entry.required_strings("scopes", sink),
        },
        "rateLimitDelay" => Change::RateLimitDelay {
            seconds: entry.required_count("seconds", sink)?,
        },
        "serviceHost" => Change::ServiceHost {
            host: entry.required_string("host", sink),
        },
        "uploadMethod" => Change::UploadMethod(upload(entry, sink)),
        "resumableUpload" => Change::ResumableUpload {
            method: entry.required_string("method", sink),
        },
        "deprecateMethod" => of_method(entry, sink, |entry, sink| {
            Some(MethodChange::Deprecate(Deprecation {
                since: Some(date("since", entry, sink)),
                note: entry.required_string("note", sink),
            }))
        })?,
        "retrySafety" => of_method(entry, sink, |entry, sink| {
            retry_safety(entry, sink).map(MethodChange::Retry)
        })?,
        "maskPaths" => of_method(entry, sink, |entry, sink| {
            let paths = entry.required_strings("paths", sink);
            Some(MethodChange::Mask(Mask::Paths(paths)))
        })?,
        "topLevelMask" => of_method(entry, sink, |_, _| Some(MethodChange::Mask(Mask::TopLevel)))?,
        "pages" => of_method(entry, sink, |entry, sink| {
            Some(MethodChange::Pages(Pages {
                token: entry.required_string("token", sink),
                next: entry.required_string("next", sink),
                items: entry.string("items", sink),
            }))
        })?,
        "streamedResponse" => of_method(entry, sink, |entry, sink| {
            entry
                .required_flag("streamed", sink)
                .map(MethodChange::Streamed)
        })?,
        _ => return change_of_value(kind, entry, sink),
    })
}

/// What no document can say about a method.
fn of_method(
    entry: &mut Object<'_>,
    sink: &mut Sink,
    read: fn(&mut Object<'_>, &mut Sink) -> Option<MethodChange>,
) -> Option<Change> {
    Some(Change::Method {
        method: entry.required_string("method", sink),
        change: read(entry, sink)?,
    })
}

/// Changes of what has a type: properties, parameters and schemas.
fn change_of_value(kind: &str, entry: &mut Object<'_>, sink: &mut Sink) -> Option<Change> {
    Some(match kind {
        "type" => Change::Type {
            place: entry.required_string("place", sink),
            kind: entry.required_string("type", sink),
            format: entry.string("format", sink),
        },
        "defaultValue" => Change::DefaultValue {
            place: entry.required_string("place", sink),
            value: entry.required_string("value", sink),
        },
        "maximum" => Change::Maximum {
            place: entry.required_string("place", sink),
            value: entry.required_string("value", sink),
        },
        "outputOnly" => Change::OutputOnly {
            property: entry.required_string("property", sink),
        },
        "requiredProperty" => Change::RequiredProperty {
            property: entry.required_string("property", sink),
        },
        "requiredParameter" => Change::RequiredParameter {
            parameter: entry.required_string("parameter", sink),
        },
        "mergeEnums" => Change::MergeEnums {
            name: entry.required_string("name", sink),
            places: entry.required_strings("places", sink),
        },
        "nameEnum" => Change::NameEnum {
            name: entry.required_string("name", sink),
            place: entry.required_string("place", sink),
        },
        "limitItems" => Change::Length {
            place: entry.required_string("place", sink),
            limit: LengthLimit::Items {
                min: entry.count("min", sink).unwrap_or(0),
                max: entry.required_count("max", sink)?,
            },
        },
        "limitLength" => Change::Length {
            place: entry.required_string("place", sink),
            limit: LengthLimit::Characters {
                max: entry.required_count("max", sink)?,
            },
        },
        "localTime" => Change::LocalTime {
            property: entry.required_string("property", sink),
        },
        "secret" => Change::Secret {
            place: entry.required_string("place", sink),
        },
        "exclusiveProperties" => Change::ExclusiveProperties {
            schema: entry.required_string("schema", sink),
            properties: entry.required_strings("properties", sink),
        },
        other => {
            unknown(other, entry, sink);
            return None;
        }
    })
}

fn unknown(kind: &str, entry: &mut Object<'_>, sink: &mut Sink) {
    // An entry without a kind was reported as that.
    if kind.is_empty() {
        return;
    }
    let help = match text::nearest(kind, KINDS) {
        Some(kind) => format!("did you mean `{kind}`?"),
        None => format!("the kinds are {}", KINDS.join(", ")),
    };
    sink.error(
        &entry.pointer().key("kind"),
        format!("the kind `{kind}` is not known"),
        help,
    );
}

#[cfg(test)]
mod tests {
    use super::{KINDS, read};
    use crate::Source;
    use crate::diagnostic::Sink;
    use crate::json;

    #[test]
    fn kinds_of_the_list_are_read() {
        for kind in KINDS {
            let text = format!(r#"{{"document": "x:v1", "entries": [{{"kind": "{kind}"}}]}}"#);
            let source = Source {
                name: "x.overrides.json".to_owned(),
                text,
            };
            let mut sink = Sink::default();
            let _ = read(&json::parse(&source).unwrap(), &mut sink);
            let said = sink.finish(&source).unwrap_err().to_string();
            assert!(!said.contains("is not known"), "{said}");
        }
    }
}
