//! Header fields of a request or a response.

use std::borrow::Cow;
use std::fmt;
use std::ops::Range;
use std::sync::Arc;

use crate::Secret;

/// Header fields in the order in which they are sent or came; names in lower case.
///
/// `Debug` shows the values of a few harmless fields and no other: headers carry tokens, cookies
/// and addresses that work as keys.
#[derive(Clone, Default)]
pub struct Headers(
    // Shared: a response hands its headers to errors, progress and the decoded result.
    Arc<Fields>,
);

/// A response has some twenty fields: one buffer for their texts is one allocation for all of them.
#[derive(Clone, Default)]
struct Fields {
    /// The names and the values, one after another, without those that are secret.
    text: String,
    list: Vec<Field>,
}

#[derive(Clone)]
struct Field {
    name: Range<usize>,
    value: Value,
}

#[derive(Clone)]
enum Value {
    Plain(Range<usize>),
    Sensitive(Secret),
}

impl Fields {
    fn name(&self, field: &Field) -> &str {
        self.part(&field.name)
    }

    fn value<'a>(&'a self, field: &'a Field) -> &'a str {
        match &field.value {
            Value::Plain(range) => self.part(range),
            Value::Sensitive(secret) => secret.expose(),
        }
    }

    fn part(&self, range: &Range<usize>) -> &str {
        self.text.get(range.clone()).unwrap_or_default()
    }

    fn push(&mut self, name: &str, value: &str) {
        let (name, value) = (self.add(name), Value::Plain(self.add(value)));
        self.list.push(Field { name, value });
    }

    /// Adds a text to the buffer.
    fn add(&mut self, text: &str) -> Range<usize> {
        let start = self.text.len();
        self.text.push_str(text);
        start..self.text.len()
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

/// Whether a type, such as `image/png`, is in a list of types and patterns, such as `image/*`.
pub(crate) fn is_accepted(kind: &str, accepted: &[&str]) -> bool {
    let kind = essence(kind);
    accepted
        .iter()
        .any(|pattern| match pattern.strip_suffix("/*") {
            Some("*") => true,
            Some(family) => kind
                .split('/')
                .next()
                .is_some_and(|own| own.eq_ignore_ascii_case(family)),
            None => kind.eq_ignore_ascii_case(pattern),
        })
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
        let fields = &*self.0;
        let list = fields.list.iter();
        list.map(|field| (fields.name(field), fields.value(field)))
    }

    /// All fields with whether the value is secret. A transport marks such values for the HTTP
    /// library that it uses, so that they stay out of its logs and its compression tables.
    pub fn iter_marked(&self) -> impl Iterator<Item = (&str, &str, bool)> {
        let fields = &*self.0;
        fields.list.iter().map(|field| {
            let secret = matches!(field.value, Value::Sensitive(_));
            (fields.name(field), fields.value(field), secret)
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
        self.iter_marked().map(|(name, value, secret)| {
            let is_shown = !secret && SHOWN.contains(&name);
            (name, if is_shown { value } else { MASKED })
        })
    }

    /// Adds a field; `name` in lower case.
    pub fn append(&mut self, name: impl Into<Cow<'static, str>>, value: impl Into<String>) {
        self.push(&name.into(), &value.into());
    }

    /// Replaces all fields of this name by one; `name` in lower case.
    pub fn set(&mut self, name: impl Into<Cow<'static, str>>, value: impl Into<String>) {
        let name = name.into();
        self.remove(&name);
        self.push(&name, &value.into());
    }

    /// Replaces all fields of this name by one whose value is secret; `name` in lower case.
    pub fn set_secret(&mut self, name: impl Into<Cow<'static, str>>, value: Secret) {
        let name = name.into();
        self.remove(&name);
        let fields = Arc::make_mut(&mut self.0);
        let (name, value) = (fields.add(&name), Value::Sensitive(value));
        fields.list.push(Field { name, value });
    }

    /// Removes all fields of this name; `name` in lower case.
    pub fn remove(&mut self, name: &str) {
        if self.get(name).is_some() {
            let Fields { text, list } = Arc::make_mut(&mut self.0);
            list.retain(|field| text.get(field.name.clone()) != Some(name));
        }
    }

    /// Adds a field; `name` in lower case.
    pub(crate) fn push(&mut self, name: &str, value: &str) {
        Arc::make_mut(&mut self.0).push(name, value);
    }

    /// No fields yet, and room for so many of such a length altogether, names included.
    pub(crate) fn with_capacity(fields: usize, length: usize) -> Self {
        Self(Arc::new(Fields {
            text: String::with_capacity(length),
            list: Vec::with_capacity(fields),
        }))
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
        let mut headers = Self::new();
        for (name, value) in fields {
            headers.append(name, value);
        }
        headers
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn types_and_patterns() {
        let media = ["image/*", "video/*"];
        assert!(is_accepted("image/png", &media) && is_accepted("Video/MP4; codecs=x", &media));
        assert!(!is_accepted("text/plain", &media) && !is_accepted("imagex/png", &media));
        assert!(is_accepted("text/plain", &["*/*"]) && is_accepted("a/b", &["A/B"]));
    }

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
