//! Writes a text as it is, word for word: for texts that are too long to be interpreted.

use super::escape;
use super::write;

/// The lines of a doc comment. Only the paragraphs are kept.
pub(super) fn lines(text: &str, width: usize) -> Vec<String> {
    let mut lines = Vec::new();
    for paragraph in paragraphs(text) {
        if !lines.is_empty() {
            lines.push(String::new());
        }
        lines.extend(write::wrap(paragraph.iter().map(|word| escape::all(word)).collect(), width));
    }
    lines
}

/// The text on one line of Markdown.
pub(super) fn one_line(text: &str) -> String {
    let words = text.split_whitespace().map(escape::all).collect();
    write::wrap(words, usize::MAX).concat()
}

/// The text on one line.
pub(super) fn plain(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// The words of each paragraph.
fn paragraphs(text: &str) -> impl Iterator<Item = Vec<&str>> {
    let mut lines = text.lines();
    std::iter::from_fn(move || {
        let mut words = Vec::new();
        for line in lines.by_ref() {
            let count = words.len();
            words.extend(line.split_whitespace());
            if words.len() == count && !words.is_empty() {
                return Some(words);
            }
        }
        (!words.is_empty()).then_some(words)
    })
}
