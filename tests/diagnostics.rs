//! What is said about broken documents and stale corrections: the whole message, with its place.
//!
//! After a change of a message, review the differences and take them over with
//! `cargo insta test --accept -p tests --test diagnostics`.

use discovery_generator::{Input, Source, generate};
use tests::fixtures::options;

/// What is said about a text.
fn errors(text: &str) -> String {
    let source = Source {
        name: "api.json".to_owned(),
        text: text.to_owned(),
    };
    match generate(&Input::new(source), &options()) {
        Ok(_) => "no errors".to_owned(),
        Err(errors) => errors.to_string(),
    }
}

/// What is said about a document of which only the interesting lines are given, from line 2 on.
fn about(lines: &str) -> String {
    let rest = [
        ("id", "broken:v1"),
        ("name", "broken"),
        ("version", "v1"),
        ("rootUrl", "https://broken.googleapis.com/"),
    ];
    let is_given = |key: &str| {
        lines
            .lines()
            .any(|line| line.starts_with(&format!("\"{key}\":")))
    };
    let rest: Vec<String> = rest
        .iter()
        .filter(|(key, _)| !is_given(key))
        .map(|(key, value)| format!("\"{key}\": \"{value}\""))
        .collect();
    let comma = if lines.trim().is_empty() || rest.is_empty() {
        ""
    } else {
        ","
    };
    errors(&format!(
        "{{\n{}{comma}\n{}\n}}\n",
        lines.trim(),
        rest.join(",\n")
    ))
}

/// What is said about a schema with one property, on line 2.
fn about_property(property: &str) -> String {
    about(&format!(
        r#""schemas": {{ "Album": {{ "id": "Album", "type": "object", "properties": {{ "cover": {property} }} }} }}"#
    ))
}

/// What is said about a method, on line 2.
fn about_method(members: &str) -> String {
    about(&format!(
        r#""resources": {{ "albums": {{ "methods": {{ "get": {{ "id": "broken.albums.get", {members} }} }} }} }}"#
    ))
}

/// What is said about the path of a method.
fn about_path(path: &str) -> String {
    about_method(&format!(
        r#""httpMethod": "GET", "path": {}"#,
        serde_json::Value::from(path)
    ))
}

/// The messages, by what is wrong.
mod diagnostics {
    mod hosts;
    mod identity;
    mod json;
    mod keys;
    mod kinds;
    mod local_times;
    mod methods;
    mod overrides;
    mod paths;
    mod prose;
    mod references;
    mod responses;
    mod several;
    mod stale;
    mod types;
    mod uploads;
}
