//! The text of a request body: what `write` says, without a serializer of `serde` between.
//!
//! `serde_json` looks at each byte of a string by itself, which was most of what a request cost. A
//! string that needs no escapes, as tokens and identifiers are, is told by a loop that the compiler
//! makes one of 16 bytes at a time, and copied.

use super::Purpose;
use super::slot::View;
use super::write::{Encoded, each_present};

/// Adds the JSON of a value in a request.
///
/// After an error `out` ends where the value is that cannot be written.
pub(crate) fn append(out: &mut Vec<u8>, view: View<'_>) -> serde_json::Result<()> {
    match view {
        View::Text(text) => string(out, text),
        View::List(list) => {
            let mut parts = Parts::open(out, b'[');
            list.show(&mut |view| parts.add(|out| append(out, view)));
            parts.close(b']')
        }
        View::Map(entries) => object(out, |member| entries.show(member)),
        View::Fields(fields) => object(out, |member| {
            each_present(fields, Purpose::Request, &mut |name, view| {
                member(name, view);
            });
        }),
        view => serde_json::to_writer(out, &Encoded::new(view, Purpose::Request)),
    }
}

fn object(
    out: &mut Vec<u8>,
    each: impl FnOnce(&mut dyn FnMut(&str, View<'_>)),
) -> serde_json::Result<()> {
    let mut parts = Parts::open(out, b'{');
    each(&mut |name, view| {
        parts.add(|out| {
            string(out, name)?;
            out.push(b':');
            append(out, view)
        });
    });
    parts.close(b'}')
}

fn string(out: &mut Vec<u8>, text: &str) -> serde_json::Result<()> {
    let needs_escape = |byte: u8| byte < 0x20 || byte == b'"' || byte == b'\\';
    let is_plain = !text
        .bytes()
        .fold(false, |found, byte| found | needs_escape(byte));
    if !is_plain {
        return serde_json::to_writer(out, text);
    }
    out.push(b'"');
    out.extend_from_slice(text.as_bytes());
    out.push(b'"');
    Ok(())
}

/// The parts of a list or an object that is being written.
struct Parts<'a> {
    out: &'a mut Vec<u8>,
    is_first: bool,
    outcome: serde_json::Result<()>,
}

impl<'a> Parts<'a> {
    fn open(out: &'a mut Vec<u8>, mark: u8) -> Self {
        out.push(mark);
        Self {
            out,
            is_first: true,
            outcome: Ok(()),
        }
    }

    fn add(&mut self, write: impl FnOnce(&mut Vec<u8>) -> serde_json::Result<()>) {
        if self.outcome.is_ok() {
            if !std::mem::take(&mut self.is_first) {
                self.out.push(b',');
            }
            self.outcome = write(self.out);
        }
    }

    fn close(self, mark: u8) -> serde_json::Result<()> {
        self.outcome?;
        self.out.push(mark);
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::wire::{Map, Value, Wire};

    fn appended(value: &impl Wire) -> String {
        let mut out = b"before".to_vec();
        append(&mut out, value.view()).unwrap();
        String::from_utf8(out[6..].to_vec()).unwrap()
    }

    proptest! {
        #[test]
        fn the_text_is_that_of_the_serializer(
            texts in proptest::collection::vec(any::<String>(), 0..5),
            key in any::<String>(),
            number in any::<f64>(),
        ) {
            let map = Map::from([(key, texts.clone()), ("\u{1}\"\\/\u{7f}é".to_owned(), texts.clone())]);
            prop_assert_eq!(appended(&map), serde_json::to_string(&map).unwrap());
            let value: Value = serde_json::json!([number, texts, null, true, -1]);
            prop_assert_eq!(appended(&value), value.to_string());
        }
    }

    #[test]
    fn empty_lists_and_objects_have_no_comma() {
        assert_eq!(appended(&Vec::<String>::new()), "[]");
        assert_eq!(appended(&Map::<String>::new()), "{}");
        assert_eq!(appended(&vec![vec![1, 2], vec![]]), "[[1,2],[]]");
    }
}
