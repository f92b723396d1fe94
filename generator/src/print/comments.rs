//! Doc comments on their way past the tokens. Half of a file is documentation, and as string
//! literals it would be escaped, parsed, and parsed again by the printer: the attribute of an item
//! holds a number instead, and the text takes its place when the item is printed.
//!
//! The texts wait on the thread that makes the tokens, which can't leave it either.

use std::borrow::Cow;
use std::cell::RefCell;

use proc_macro2::TokenStream;
use quote::quote;

use crate::lower::DOC_WIDTH;
use crate::prose;

thread_local! {
    static TEXTS: RefCell<Vec<String>> = const { RefCell::new(Vec::new()) };
}

/// What a comment begins with that is only a number. No text has it: control characters are made
/// visible.
const MARK: &str = "///\u{1f}";

/// The attribute for the documentation of an item.
pub(crate) fn doc(lines: &[String]) -> Option<TokenStream> {
    if lines.is_empty() {
        return None;
    }
    let number = TEXTS.with_borrow_mut(|texts| {
        texts.push(fitted(lines).join("\n"));
        texts.len() - 1
    });
    let mark = format!("\u{1f}{number}");
    Some(quote!(#[doc = #mark]))
}

/// Appends the documentation of an item that is text already.
pub(super) fn push_doc(lines: &[String], indent: &str, text: &mut String) {
    push(fitted(lines).iter().map(String::as_str), indent, text);
}

/// Most lines are not too long.
fn fitted(lines: &[String]) -> Cow<'_, [String]> {
    let mut lines = Cow::Borrowed(lines);
    if lines.iter().any(|line| line.len() > DOC_WIDTH) {
        prose::fit(lines.to_mut(), DOC_WIDTH);
    }
    lines
}

/// The lines of a comment at the top of a file, which no indentation makes longer.
pub(super) fn of_module(mut lines: Vec<String>) -> Vec<String> {
    prose::fit(&mut lines, DOC_WIDTH + 4);
    lines
}

/// Appends a printed line; where it is the number of a comment, the comment, whose lines can be
/// nothing else.
pub(super) fn push_line(line: &str, text: &mut String) {
    let code = line.trim_start_matches(' ');
    let number = code
        .strip_prefix(MARK)
        .and_then(|number| number.parse::<usize>().ok());
    let Some(number) = number else {
        text.push_str(line);
        text.push('\n');
        return;
    };
    let indent = line.get(..line.len() - code.len()).unwrap_or_default();
    TEXTS.with_borrow(|texts| {
        let comment = texts.get(number).map_or("", String::as_str);
        push([comment], indent, text);
    });
}

/// Appends a comment.
fn push<'a>(lines: impl IntoIterator<Item = &'a str>, indent: &str, text: &mut String) {
    for line in lines.into_iter().flat_map(|line| line.split('\n')) {
        let line = line.trim_end_matches(' ');
        text.push_str(indent);
        text.push_str(if line.is_empty() { "///" } else { "/// " });
        text.push_str(line);
        text.push('\n');
    }
}

/// Forgets the comments of a file that is printed.
pub(super) fn clear() {
    TEXTS.take();
}

#[cfg(test)]
mod tests {
    use super::{clear, doc, push_line};

    #[test]
    fn comment_takes_the_place_of_its_number() {
        let lines = [
            "An album.".to_owned(),
            String::new(),
            "Of photos. ".to_owned(),
        ];
        assert!(doc(&[]).is_none());
        assert!(doc(&lines).is_some());
        let mut text = String::new();
        for line in ["    ///\u{1f}0", "    pub title: u8,", "/// By hand."] {
            push_line(line, &mut text);
        }
        let expected =
            "    /// An album.\n    ///\n    /// Of photos.\n    pub title: u8,\n/// By hand.\n";
        assert_eq!(text, expected);
        clear();
    }
}
