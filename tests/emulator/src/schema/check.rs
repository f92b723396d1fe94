//! Checks a request body against its message and brings it into one form.

use serde_json::{Map, Number, Value, json};

use super::{Kind, Schema};
use crate::replies;
use crate::reply::Reply;

/// The body with `null` left out, numbers as numbers and enum values as names; or the 400 that says what is wrong.
/// A field that the message does not have is refused, as the service does.
pub(crate) fn check(schema: &'static Schema, body: &Value) -> Result<Value, Reply> {
    message(schema, body, "")
}

fn message(schema: &'static Schema, value: &Value, path: &str) -> Result<Value, Reply> {
    let Value::Object(fields) = value else {
        return Err(wrong_value(path, schema.name));
    };
    let mut checked = Map::new();
    for (name, value) in fields {
        let (name, kind) = schema
            .member(name)
            .ok_or_else(|| unknown_name(name, path))?;
        if checked.contains_key(name) {
            return Err(violation(
                path,
                &format!("The field \"{name}\" is there twice."),
            ));
        }
        if !value.is_null() {
            let path = if path.is_empty() {
                name.to_owned()
            } else {
                format!("{path}.{name}")
            };
            checked.insert(name.to_owned(), one(kind, value, &path)?);
        }
    }
    Ok(Value::Object(checked))
}

fn one(kind: Kind, value: &Value, path: &str) -> Result<Value, Reply> {
    let found = match (kind, value) {
        (Kind::Any, value) => Some(value.clone()),
        (Kind::Text, Value::String(_))
        | (Kind::Bool, Value::Bool(_))
        | (Kind::Number, Value::Number(_)) => Some(value.clone()),
        (Kind::Number, Value::String(text)) => text
            .parse()
            .ok()
            .and_then(Number::from_f64)
            .map(Value::Number),
        (Kind::Int32, value) => whole(value)
            .and_then(|number| i32::try_from(number).ok())
            .map(Value::from),
        (Kind::Int64, value) => whole(value).map(Value::from),
        (Kind::Enum(names), value) => enum_name(names, value).map(Value::from),
        (Kind::Message(schema), value) => return message(schema, value, path),
        (Kind::List(kind), Value::Array(values)) => {
            let each = values
                .iter()
                .enumerate()
                .map(|(index, value)| one(*kind, value, &format!("{path}[{index}]")));
            return each.collect::<Result<_, _>>().map(Value::Array);
        }
        _ => None,
    };
    found.ok_or_else(|| wrong_value(path, kind_name(kind)))
}

fn whole(value: &Value) -> Option<i64> {
    match value {
        Value::String(text) => text.parse().ok(),
        value => value.as_i64(),
    }
}

fn enum_name(names: &'static [&'static str], value: &Value) -> Option<&'static str> {
    match value {
        Value::String(text) => names.iter().find(|name| *name == text).copied(),
        value => names.get(usize::try_from(value.as_u64()?).ok()?).copied(),
    }
}

fn kind_name(kind: Kind) -> &'static str {
    match kind {
        Kind::Text => "TYPE_STRING",
        Kind::Bool => "TYPE_BOOL",
        Kind::Int32 => "TYPE_INT32",
        Kind::Int64 => "TYPE_INT64",
        Kind::Number => "TYPE_DOUBLE",
        Kind::Enum(_) => "TYPE_ENUM",
        Kind::Message(schema) => schema.name,
        Kind::List(_) => "list",
        Kind::Any => "any",
    }
}

fn unknown_name(name: &str, path: &str) -> Reply {
    let place = if path.is_empty() {
        String::new()
    } else {
        format!(" at '{path}'")
    };
    violation(
        path,
        &format!(
            "Invalid JSON payload received. Unknown name \"{name}\"{place}: Cannot find field."
        ),
    )
}

fn wrong_value(path: &str, kind: &str) -> Reply {
    violation(path, &format!("Invalid value at '{path}' ({kind})"))
}

fn violation(path: &str, message: &str) -> Reply {
    let details = json!({
        "@type": "type.googleapis.com/google.rpc.BadRequest",
        "fieldViolations": [{"field": path, "description": message}],
    });
    replies::with_details(replies::invalid(message), vec![details])
}

#[cfg(test)]
mod tests {
    use super::super::{BATCH_CREATE, SEARCH};
    use super::*;

    #[test]
    fn equivalent_forms_become_one() {
        let body = json!({
            "page_size": "100",
            "albumId": null,
            "filters": {"media_type_filter": {"mediaTypes": [1, "PHOTO"]}, "includeArchivedMedia": true},
        });
        let expected = json!({
            "pageSize": 100,
            "filters": {"mediaTypeFilter": {"mediaTypes": ["VIDEO", "PHOTO"]}, "includeArchivedMedia": true},
        });
        assert_eq!(check(&SEARCH, &body).unwrap(), expected);
    }

    #[test]
    fn what_the_message_does_not_allow_is_refused_by_place() {
        for (schema, body, wanted) in [
            (
                &SEARCH,
                json!({"page_sizes": 1}),
                "Unknown name \"page_sizes\": Cannot",
            ),
            (
                &SEARCH,
                json!({"page_size": 1, "pageSize": 2}),
                "The field \"pageSize\" is there twice.",
            ),
            (
                &SEARCH,
                json!({"filters": {"dates": []}}),
                "Unknown name \"dates\" at 'filters'",
            ),
            (&SEARCH, json!({"pageSize": 2.5}), "'pageSize' (TYPE_INT32)"),
            (
                &SEARCH,
                json!({"pageSize": 3_000_000_000_u64}),
                "'pageSize' (TYPE_INT32)",
            ),
            (&SEARCH, json!([]), "'' (SearchMediaItemsRequest)"),
            (
                &BATCH_CREATE,
                json!({"newMediaItems": {}}),
                "'newMediaItems' (list)",
            ),
            (
                &BATCH_CREATE,
                json!({"newMediaItems": [{"simpleMediaItem": {"uploadToken": 7}}]}),
                "'newMediaItems[0].simpleMediaItem.uploadToken' (TYPE_STRING)",
            ),
            (
                &BATCH_CREATE,
                json!({"albumPosition": {"position": "MIDDLE"}}),
                "'albumPosition.position' (TYPE_ENUM)",
            ),
        ] {
            let reply = check(schema, &body).unwrap_err();
            let text = String::from_utf8(reply.into_bytes(false).to_vec()).unwrap();
            let text = text.replace("\\\"", "\"");
            assert!(text.contains(wanted), "{text} should say {wanted}");
        }
    }
}
