//! A JSON text as its parts: where each value begins and ends.
//!
//! The text is known to be JSON, so nothing here fails; of any other text it makes some parts.

use std::borrow::Cow;

use serde::de::{DeserializeOwned, IgnoredAny};

/// Whether the bytes are one JSON value, whatever it holds.
pub(crate) fn is_json(bytes: &[u8]) -> bool {
    from_json::<IgnoredAny>(bytes).is_ok()
}

/// Reads JSON, which is text: as bytes, the same readers would be compiled a second time.
pub(super) fn from_json<T: DeserializeOwned>(bytes: &[u8]) -> serde_json::Result<T> {
    serde_json::from_str(std::str::from_utf8(bytes).map_err(serde::de::Error::custom)?)
}

/// The member of a JSON object that has this name, the last one if there are several.
///
/// `object` must be JSON.
pub(crate) fn member<'a>(object: &'a [u8], name: &str) -> Option<&'a [u8]> {
    let mut text = Text::new(object);
    let mut found = None;
    if text.peek() == Some(b'{') {
        let mut members = text.open();
        while text.next_part(&mut members) {
            let key = text.key();
            let value = text.skip();
            if key_of(key).is_some_and(|key| key == name) {
                found = Some(value);
            }
        }
    }
    found
}

/// The last entry of a JSON list; `None` if it is empty, or no list.
///
/// `list` must be JSON.
pub(crate) fn last_entry(list: &[u8]) -> Option<&[u8]> {
    let mut text = Text::new(list);
    let mut found = None;
    if text.peek() == Some(b'[') {
        let mut entries = text.open();
        while text.next_part(&mut entries) {
            found = Some(text.skip());
        }
    }
    found
}

/// Whether a JSON text is an object whose only member has this name.
///
/// `object` must be JSON.
pub(crate) fn has_only_member(object: &[u8], name: &str) -> bool {
    let mut text = Text::new(object);
    if text.peek() != Some(b'{') {
        return false;
    }
    let mut members = text.open();
    let is_named =
        text.next_part(&mut members) && key_of(text.key()).is_some_and(|key| key == name);
    text.skip();
    is_named && !text.next_part(&mut members)
}

/// A JSON text that is read from its start.
pub(super) struct Text<'a> {
    bytes: &'a [u8],
    at: usize,
}

/// The parts of an open object or list.
pub(super) struct Parts {
    is_first: bool,
}

impl<'a> Text<'a> {
    pub(super) fn new(bytes: &'a [u8]) -> Self {
        Self { bytes, at: 0 }
    }

    /// The first byte of what comes next.
    pub(super) fn peek(&mut self) -> Option<u8> {
        while self.here().is_some_and(|byte| byte.is_ascii_whitespace()) {
            self.at += 1;
        }
        self.here()
    }

    /// Where what comes next begins.
    pub(super) fn start(&mut self) -> usize {
        self.peek();
        self.at
    }

    /// Goes back to a place that [`Text::start`] told.
    pub(super) fn go_to(&mut self, start: usize) {
        self.at = start;
    }

    /// Enters the object or the list that comes next.
    pub(super) fn open(&mut self) -> Parts {
        self.peek();
        self.at += 1;
        Parts { is_first: true }
    }

    /// Whether the open object or list has another part, which then comes next; passes its end
    /// if it has none.
    pub(super) fn next_part(&mut self, parts: &mut Parts) -> bool {
        if !std::mem::take(&mut parts.is_first) && self.peek() == Some(b',') {
            self.at += 1;
        }
        match self.peek() {
            None => false,
            Some(b'}' | b']') => {
                self.at += 1;
                false
            }
            Some(_) => true,
        }
    }

    /// The key of a member, as it is written, with its quotes.
    pub(super) fn key(&mut self) -> &'a [u8] {
        let key = self.skip();
        if self.peek() == Some(b':') {
            self.at += 1;
        }
        key
    }

    /// The next value, as it is written.
    pub(super) fn skip(&mut self) -> &'a [u8] {
        let start = self.start();
        let mut depth = 0_usize;
        while let Some(byte) = self.here() {
            self.at += 1;
            match byte {
                b'"' => self.pass_string(),
                b'{' | b'[' => depth += 1,
                b'}' | b']' => depth = depth.saturating_sub(1),
                b',' | b':' => {}
                byte if byte.is_ascii_whitespace() => {}
                _ => self.pass_word(),
            }
            if depth == 0 {
                break;
            }
        }
        self.bytes.get(start..self.at).unwrap_or_default()
    }

    fn here(&self) -> Option<u8> {
        self.bytes.get(self.at).copied()
    }

    /// Passes the rest of a string.
    fn pass_string(&mut self) {
        while let Some(byte) = self.here() {
            self.at += 1;
            match byte {
                b'"' => return,
                b'\\' => self.at += 1,
                _ => {}
            }
        }
    }

    /// Passes the rest of a number, of `true`, `false` or `null`.
    fn pass_word(&mut self) {
        let in_word = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'+' | b'-' | b'.');
        while self.here().is_some_and(in_word) {
            self.at += 1;
        }
    }
}

/// The text of a key, given as a JSON string; `None` if it is no text.
pub(super) fn key_of(json: &[u8]) -> Option<Cow<'_, str>> {
    let plain = json.get(1..json.len().saturating_sub(1))?;
    if plain.contains(&b'\\') {
        from_json(json).ok().map(Cow::Owned)
    } else {
        std::str::from_utf8(plain).ok().map(Cow::Borrowed)
    }
}

#[cfg(test)]
mod tests {
    use super::Text;

    #[test]
    fn values_end_where_they_end() {
        for (value, rest) in [
            ("1", "}"),
            ("-1.5e+3", ",2"),
            ("null", "]"),
            ("true", " "),
            (r#""a\"}]\\""#, r#","b""#),
            (r#"{"a":[{"}":"]"},2]}"#, ",{}"),
            ("[]", "]"),
            ("{ }", "}"),
        ] {
            let text = format!(" \n{value}{rest}");
            let mut text = Text::new(text.as_bytes());
            assert_eq!(text.skip(), value.as_bytes());
        }
    }

    #[test]
    fn any_bytes_have_an_end() {
        for text in [
            "", " ", "\"", "\"\\", "{", "[1", "{\"a\"", "}", "]]", ",", "\u{e9}",
        ] {
            let mut reader = Text::new(text.as_bytes());
            for _ in 0..4 {
                let mut parts = reader.open();
                while reader.next_part(&mut parts) {
                    reader.key();
                    reader.skip();
                }
            }
            assert!(reader.skip().len() <= text.len());
        }
    }
}
