//! Writes a text as it is, word for word: for texts that are too long to be interpreted.

use super::escape;
use super::write;

/// The lines of a doc comment. Only the paragraphs are kept.
pub(super) fn lines(text: &str, width: usize) -> Vec<String> {
    let mut lines = Vec::new();
    for paragraph in text.split("\n\n") {
        let words = paragraph.split_whitespace().map(escape::all);
        let paragraph = write::wrap(words, width);
        if !lines.is_empty() && !paragraph.is_empty() {
            lines.push(String::new());
        }
        lines.extend(paragraph);
    }
    lines
}

/// The text on one line of Markdown.
pub(super) fn one_line(text: &str) -> String {
    write::wrap(text.split_whitespace().map(escape::all), usize::MAX).concat()
}

/// The text on one line.
pub(super) fn plain(text: &str) -> String {
    let mut line = String::with_capacity(text.len());
    for word in text.split_whitespace() {
        if !line.is_empty() {
            line.push(' ');
        }
        line.push_str(word);
    }
    line
}
