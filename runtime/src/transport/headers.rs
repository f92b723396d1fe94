//! Header fields of a request or a response.

use std::borrow::Cow;
use std::fmt;
use std::sync::Arc;

use crate::Secret;

/// Header fields in the order in which they are sent or came; names in lower case.
///
/// `Debug` shows the values of a few harmless fields and no other: headers carry tokens, cookies
/// and addresses that work as keys.
#[derive(Clone, Default)]
pub struct Headers {
    // Shared: a response hands its headers to errors, progress and the decoded result.
    fields: Arc<Vec<Field>>,
}

#[derive(Clone)]
struct Field {
    name: Cow<'static, str>,
    value: Value,
}

#[derive(Clone)]
enum Value {
    Plain(String),
    Sensitive(Secret),
}

impl Value {
    fn text(&self) -> &str {
        match self {
            Self::Plain(text) => text,
            Self::Sensitive(secret) => secret.expose(),
        }
    }
}

/// The fields whose values `Debug` shows.
const SHOWN: &[&str] = &[
    "accept",
    "accept-encoding",
    "content-encoding",
    "content-length",
    "content-type",
    "date",
    "retry-after",
    "server",
    "transfer-encoding",
    "user-agent",
    "x-goog-api-version",
];

/// What is shown in place of the others.
const MASKED: &str = "…";

/// A type of content without its parameters.
pub(crate) fn essence(content_type: &str) -> &str {
    content_type.split(';').next().unwrap_or_default().trim()
}

impl Headers {
    /// No fields.
    pub fn new() -> Self {
        Self::default()
    }

    /// The first value of a field; `name` in lower case.
    pub fn get(&self, name: &str) -> Option<&str> {
        self.iter()
            .find_map(|(own, value)| (own == name).then_some(value))
    }

    /// The type of the body, such as `image/png`, in lower case and without parameters.
    pub(crate) fn media_type(&self) -> Option<String> {
        let content_type = self.get("content-type")?;
        Some(essence(content_type).to_ascii_lowercase())
    }

    /// All values of a field; `name` in lower case.
    pub fn get_all<'a>(&'a self, name: &str) -> impl Iterator<Item = &'a str> {
        self.iter()
            .filter_map(move |(own, value)| (own == name).then_some(value))
    }

    /// All fields as names and values.
    pub fn iter(&self) -> impl Iterator<Item = (&str, &str)> {
        let fields = self.fields.iter();
        fields.map(|field| (field.name.as_ref(), field.value.text()))
    }

    /// All fields with whether the value is secret. A transport marks such values for the HTTP
    /// library that it uses, so that they stay out of its logs and its compression tables.
    pub fn iter_marked(&self) -> impl Iterator<Item = (&str, &str, bool)> {
        self.fields.iter().map(|field| {
            let secret = matches!(field.value, Value::Sensitive(_));
            (field.name.as_ref(), field.value.text(), secret)
        })
    }

    /// The identifier that the service gave a request.
    pub(crate) fn request_id(&self) -> Option<&str> {
        // The best first.
        const NAMES: &[&str] = &["x-goog-request-id", "x-request-id", "x-cloud-trace-context"];
        NAMES.iter().find_map(|name| self.get(name))
    }

    /// All fields with the values of harmless ones; those of others are masked.
    pub(crate) fn iter_shown(&self) -> impl Iterator<Item = (&str, &str)> {
        self.fields.iter().map(|Field { name, value }| {
            let shown = match value {
                Value::Plain(text) if SHOWN.contains(&name.as_ref()) => text,
                _ => MASKED,
            };
            (name.as_ref(), shown)
        })
    }

    /// Adds a field; `name` in lower case.
    pub fn append(&mut self, name: impl Into<Cow<'static, str>>, value: impl Into<String>) {
        self.push(name.into(), Value::Plain(value.into()));
    }

    /// Replaces all fields of this name by one; `name` in lower case.
    pub fn set(&mut self, name: impl Into<Cow<'static, str>>, value: impl Into<String>) {
        let name = name.into();
        self.remove(&name);
        self.append(name, value);
    }

    /// Replaces all fields of this name by one whose value is secret; `name` in lower case.
    pub fn set_secret(&mut self, name: impl Into<Cow<'static, str>>, value: Secret) {
        let name = name.into();
        self.remove(&name);
        self.push(name, Value::Sensitive(value));
    }

    /// Removes all fields of this name; `name` in lower case.
    pub fn remove(&mut self, name: &str) {
        if self.fields.iter().any(|field| field.name == name) {
            Arc::make_mut(&mut self.fields).retain(|field| field.name != name);
        }
    }

    fn push(&mut self, name: Cow<'static, str>, value: Value) {
        Arc::make_mut(&mut self.fields).push(Field { name, value });
    }
}

impl fmt::Debug for Headers {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut map = formatter.debug_map();
        for (name, value) in self.iter_shown() {
            if value == MASKED {
                map.entry(&name, &format_args!("{MASKED}"));
            } else {
                map.entry(&name, &value);
            }
        }
        map.finish()
    }
}

impl<N: Into<Cow<'static, str>>, V: Into<String>> FromIterator<(N, V)> for Headers {
    fn from_iter<I: IntoIterator<Item = (N, V)>>(fields: I) -> Self {
        let fields = fields.into_iter().map(|(name, value)| Field {
            name: name.into(),
            value: Value::Plain(value.into()),
        });
        Self {
            fields: Arc::new(fields.collect()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn set_replaces_and_append_adds() {
        let mut headers = Headers::new();
        headers.append("via", "1.1 a");
        headers.append("via", "1.1 b");
        assert_eq!(
            headers.get_all("via").collect::<Vec<_>>(),
            ["1.1 a", "1.1 b"]
        );
        headers.set("via", "1.1 c");
        assert_eq!(headers.get_all("via").collect::<Vec<_>>(), ["1.1 c"]);
        assert_eq!(headers.get("date"), None);
    }

    #[test]
    fn debug_shows_harmless_values_only() {
        let mut headers = Headers::new();
        headers.set("content-type", "text/html");
        headers.set("location", "https://evil.example/?code=CANARY");
        headers.set_secret("authorization", Secret::from("Bearer CANARY"));
        let text = format!("{headers:?}");
        assert!(
            text.contains("text/html") && text.contains("location"),
            "{text}"
        );
        assert!(!text.contains("CANARY"), "{text}");
    }
}
