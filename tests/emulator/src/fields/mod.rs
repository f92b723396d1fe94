//! The `fields` parameter: partial responses such as `albums(id,title),nextPageToken` or `albums/*`.

mod parse;

use serde_json::{Map, Value};

use crate::schema::Schema;

/// A parsed selection: each name with what is wanted of it. Nothing below a name means all of it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Selection(Vec<(String, Selection)>);

impl Selection {
    /// Parses a selector and checks its names; the error is the piece that is wrong.
    pub(crate) fn parse(text: &str, schema: &Schema) -> Result<Self, String> {
        let selection = parse::selection(text)?;
        selection.check(schema)?;
        Ok(selection)
    }

    /// What is left of a value. Lists are looked through; a message without a selected field becomes `{}`.
    pub(crate) fn apply(&self, value: Value) -> Value {
        self.part(value).unwrap_or(Value::Null)
    }

    /// Nothing where something below a plain value is wanted.
    fn part(&self, value: Value) -> Option<Value> {
        match value {
            value if self.0.is_empty() => Some(value),
            Value::Array(values) => Some(
                values
                    .into_iter()
                    .filter_map(|value| self.part(value))
                    .collect(),
            ),
            Value::Object(fields) => {
                let kept = fields.into_iter().filter_map(|(name, value)| {
                    let value = self.below(&name)?.part(value)?;
                    Some((name, value))
                });
                Some(Value::Object(kept.collect::<Map<_, _>>()))
            }
            _ => None,
        }
    }

    /// What is wanted of one field: several mentions add up.
    fn below(&self, name: &str) -> Option<Self> {
        let mut found = self
            .0
            .iter()
            .filter(|(wanted, _)| wanted == name || wanted == "*")
            .peekable();
        found.peek()?;
        let mut all = Vec::new();
        for (_, below) in found {
            if below.0.is_empty() {
                return Some(Self::default());
            }
            all.extend(below.0.iter().cloned());
        }
        Some(Self(all))
    }

    fn check(&self, schema: &Schema) -> Result<(), String> {
        for (name, below) in &self.0 {
            let matched: Vec<_> = schema
                .fields
                .iter()
                .filter(|(field, _)| name == "*" || field == name)
                .collect();
            if matched.is_empty() && name != "*" {
                return Err(name.clone());
            }
            if below.0.is_empty() {
                continue;
            }
            let messages: Vec<_> = matched
                .iter()
                .filter_map(|(_, kind)| kind.message())
                .collect();
            // A wildcard looks into every field that has fields; a name must have them.
            let mut wrong = None;
            if !messages.iter().any(|message| {
                below
                    .check(message)
                    .map_err(|name| wrong = Some(name))
                    .is_ok()
            }) {
                return Err(wrong.unwrap_or_else(|| name.clone()));
            }
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;
    use crate::schema::{ALBUMS, CREATED_ITEMS, MEDIA_ITEMS};

    fn select(text: &str) -> Value {
        let page = json!({
            "albums": [{"id": "a", "title": "A", "shareInfo": {"shareToken": "s", "isOwned": true}}, {"id": "b"}],
            "nextPageToken": "t",
        });
        Selection::parse(text, &ALBUMS).unwrap().apply(page)
    }

    #[test]
    fn a_selection_keeps_what_it_names() {
        for (text, expected) in [
            ("nextPageToken", json!({"nextPageToken": "t"})),
            ("albums/id", json!({"albums": [{"id": "a"}, {"id": "b"}]})),
            (
                "albums(id,title)",
                json!({"albums": [{"id": "a", "title": "A"}, {"id": "b"}]}),
            ),
            (
                "albums/title, nextPageToken",
                json!({"albums": [{"title": "A"}, {}], "nextPageToken": "t"}),
            ),
            (
                "albums/shareInfo/isOwned",
                json!({"albums": [{"shareInfo": {"isOwned": true}}, {}]}),
            ),
            (
                "albums(id,shareInfo(shareToken))",
                json!({"albums": [{"id": "a", "shareInfo": {"shareToken": "s"}}, {"id": "b"}]}),
            ),
            (
                "albums/id,albums/title",
                json!({"albums": [{"id": "a", "title": "A"}, {"id": "b"}]}),
            ),
            ("*/id", json!({"albums": [{"id": "a"}, {"id": "b"}]})),
        ] {
            assert_eq!(select(text), expected, "{text}");
        }
        assert_eq!(select("*"), select("albums,nextPageToken"));
        assert_eq!(select("albums/*"), select("albums"));
    }

    #[test]
    fn wrong_names_and_wrong_syntax_are_refused() {
        for (text, wrong) in [
            ("album", "album"),
            ("albums/name", "name"),
            ("albums(id", "albums(id"),
            ("albums(id))", "albums(id))"),
            ("albums(,)", "albums(,)"),
            ("", ""),
            ("nextPageToken/x", "nextPageToken"),
        ] {
            assert_eq!(
                Selection::parse(text, &ALBUMS).unwrap_err(),
                wrong,
                "{text}"
            );
        }
        assert!(Selection::parse("mediaItems(baseUrl),nextPageToken", &MEDIA_ITEMS).is_ok());
        assert!(
            Selection::parse("newMediaItemResults(mediaItem/productUrl)", &CREATED_ITEMS).is_ok()
        );
    }
}
