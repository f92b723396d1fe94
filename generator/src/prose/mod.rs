//! From a document's prose to doc comments: readable and complete, but never code, HTML or a
//! broken link.
//!
//! Descriptions are Markdown that went through other tools: most lost their line breaks, all lost
//! their HTML tags, and anyone may have written them. So they are read leniently into a small
//! [`model`], and only the model is written, with everything else escaped. A text flows so:
//!
//! 1. [`escape`] makes characters visible that hide.
//! 2. [`lines`] finds the blocks of a text that kept its line breaks: [`line`](mod@line) knows what
//!    one line starts, [`code`] collects code.
//! 3. [`flat`] finds the blocks inside of each paragraph, which are all there is in a text on one
//!    line: code (laid out again by [`code`]), headings, line breaks, and [`lists`].
//! 4. [`inline`] finds the spans of a paragraph, with the [`pairs`] that belong together and the
//!    [`names`] that need no mark.
//! 5. [`words`] makes words of them, and [`mod@write`] lines of the words.
//! 6. [`escape`] has the last word: what rustdoc would act on is written word for word instead, as
//!    is a text longer than [`INTERPRETED`].
//!
//! What is said beside a text makes lines longer; before they are printed, [`mod@fit`] cuts them again.

mod code;
mod escape;
mod fit;
mod flat;
mod inline;
mod line;
mod lines;
mod lists;
mod model;
mod names;
mod pairs;
mod words;
mod write;

#[cfg(test)]
mod tests;

pub(crate) use escape::line_start;
pub(crate) use fit::{Fence, fit};
use model::{Block, Body};

/// The longest text that is interpreted, in bytes; the longest known description has 13,027.
const INTERPRETED: usize = 128 * 1024;

/// The lines of a doc comment, without `///` and without spaces at their end, for a description.
///
/// Lines are at most `width` characters wide, except where one word, code span or link is wider.
/// An empty line is `""`; a text without visible characters has no lines.
pub(crate) fn rustdoc(text: &str, width: usize) -> Vec<String> {
    let text = escape::clean(text);
    if text.len() <= INTERPRETED {
        let lines = write::lines(&blocks(&text), width);
        if escape::is_harmless(&lines.join("\n")) {
            return lines;
        }
    }
    literal_lines(&text, width)
}

/// The first sentence of a description as one line of Markdown, for lists of items.
///
/// Labels such as "Output only." do not count as a sentence. Empty if there is no prose.
pub(crate) fn first_sentence(text: &str) -> String {
    let text = escape::clean(text);
    one_line_or_literal(&text, |blocks| {
        let first = blocks.iter().find_map(|block| match &block.body {
            Body::Text(text) => Some(write::first_sentence(text)),
            Body::Heading(_) | Body::Code(_) => None,
        });
        first.unwrap_or_default()
    })
}

/// A whole description as one line of Markdown, for `#[deprecated(note = "...")]`: compilers show
/// it as it is, but rustdoc reads it as Markdown, with links and all.
pub(crate) fn note(text: &str) -> String {
    let text = escape::clean(text);
    one_line_or_literal(&text, |blocks| write::one_line(&blocks))
}

/// A description as one line of plain text, for places that show it as it is, such as the
/// description in a `Cargo.toml`. Never for a place that rustdoc renders: see [`note`].
pub(crate) fn plain(text: &str) -> String {
    let text = escape::clean(text);
    if text.len() <= INTERPRETED {
        write::plain(&blocks(&text))
    } else {
        text.split_whitespace().collect::<Vec<_>>().join(" ")
    }
}

/// The blocks of a text whose characters are clean.
fn blocks(text: &str) -> Vec<Block> {
    flat::expand(lines::blocks(text))
}

/// One line of Markdown made from the blocks of a text, or the literal text if that is not safe.
fn one_line_or_literal(text: &str, line: impl FnOnce(Vec<Block>) -> String) -> String {
    if text.len() <= INTERPRETED {
        let line = line(blocks(text));
        if escape::is_harmless(&line) {
            return line;
        }
    }
    write::wrap(literal_words(text), usize::MAX).concat()
}

/// The lines of a doc comment with the text word for word. Only the paragraphs are kept.
fn literal_lines(text: &str, width: usize) -> Vec<String> {
    let mut lines = Vec::new();
    for paragraph in text.split("\n\n") {
        let paragraph = write::wrap(literal_words(paragraph), width);
        if !lines.is_empty() && !paragraph.is_empty() {
            lines.push(String::new());
        }
        lines.extend(paragraph);
    }
    lines
}

fn literal_words(text: &str) -> impl Iterator<Item = String> {
    text.split_whitespace().map(escape::all)
}
