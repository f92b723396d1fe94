//! The canonical form of a tree: sorted keys, two spaces, a newline at the end; and its hash.

use std::io::{self, BufWriter, Write};

use serde::{Serialize, Serializer};
use sha2::{Digest, Sha256};

use super::Json;

impl Json<'_> {
    /// The canonical form: sorted keys, two spaces, a newline at the end.
    pub(crate) fn canonical(&self) -> String {
        let mut text = serde_json::to_string_pretty(self).unwrap_or_default();
        text.push('\n');
        text
    }

    /// The SHA-256 of the canonical form, in hex, without the whole form in memory.
    pub(crate) fn sha256(&self) -> String {
        let mut writer = BufWriter::new(Hash(Sha256::new()));
        // Neither a tree of JSON nor a hash can fail to take it.
        let _ = serde_json::to_writer_pretty(&mut writer, self);
        let _ = writer.write_all(b"\n");
        writer
            .into_inner()
            .map_or_else(|_| String::new(), |hash| crate::hex(&hash.0.finalize()))
    }
}

/// A hash that can be written to.
struct Hash(Sha256);

impl Write for Hash {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0.update(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

impl Serialize for Json<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Self::Null => serializer.serialize_unit(),
            Self::Bool(value) => serializer.serialize_bool(*value),
            Self::Number(value) => value.serialize(serializer),
            Self::String(value) => serializer.serialize_str(value),
            Self::Array(items) => serializer.collect_seq(items),
            Self::Object(members) => serializer.collect_map(members.iter().map(|(k, v)| (k, v))),
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::Source;
    use crate::json::parse;

    #[test]
    fn canonical_form_is_hashed_as_it_is_written() {
        let text = r#"{"b": [1, 2.5, {}, []], "a": {"d": null, "c": "\u00e9\n"}, "e": true}"#;
        let source = Source {
            name: "test.json".to_owned(),
            text: text.to_owned(),
        };
        let tree = parse(&source).expect("it is JSON");
        assert_eq!(tree.sha256(), crate::sha256(tree.canonical().as_bytes()));
        // Keys in order, and empty ones short, as `serde_json::Value` is written.
        let value: serde_json::Value = serde_json::from_str(text).expect("it is JSON");
        let written = serde_json::to_string_pretty(&value).expect("it can be written");
        assert_eq!(tree.canonical(), written + "\n");
    }
}
