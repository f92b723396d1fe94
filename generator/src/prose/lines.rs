//! Finds the blocks of a description that kept its line breaks.
//!
//! Reads line by line and never looks ahead or nests, so that any text takes linear time.
//!
//! Where a text is wrapped, nearly all of its line breaks are spaces: 7,700 of the 11,500 between
//! lines of Google's documents. The others are told apart by [`Reader::joint`].

use super::code::{Code, Step};
use super::line::{self, Items};
use super::model::{Block, Body, Marker, Place};

/// A text with a longer line is not wrapped: its line breaks are breaks between paragraphs.
const WRAPPED: usize = 120;
/// The narrowest column at which somebody would wrap text, for the end of a sentence.
const NARROW: usize = 60;
/// A line that is indented by this much more than its surroundings is code.
const CODE_INDENT: usize = 4;

/// The blocks of a text whose characters are clean.
pub(super) fn blocks(text: &str) -> Vec<Block> {
    let text = text.trim_matches('\n').trim_end();
    if !text.contains('\n') {
        // One line has no structure that could be relied on: the flattened lists are found later.
        let body = Body::Text(text.trim().to_owned());
        return vec![Block {
            place: Place::default(),
            body,
        }];
    }
    let mut reader = Reader {
        wrapped: text.lines().all(|line| line.chars().count() <= WRAPPED),
        ..Reader::default()
    };
    for line in text.lines() {
        reader.line(line);
    }
    reader.end_paragraph();
    reader.end_code();
    reader.blocks
}

struct Paragraph<'a> {
    place: Place,
    lines: Vec<&'a str>,
}

#[derive(Default)]
struct Reader<'a> {
    blocks: Vec<Block>,
    /// The list items around the current line, the innermost last.
    items: Items,
    paragraph: Option<Paragraph<'a>>,
    code: Option<Code<'a>>,
    /// The marker of an item whose first block has not begun.
    marker: Option<Marker>,
    after_blank: bool,
    /// Whether the line before ends with two spaces, which make its line break explicit.
    after_spaces: bool,
    /// Whether the next text begins after a line break that stays.
    after_break: bool,
    wrapped: bool,
}

/// What the line break between two lines of text is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Joint {
    Space,
    Break,
    Paragraph,
}

impl<'a> Reader<'a> {
    fn line(&mut self, line: &'a str) {
        let source = line;
        let line = line.trim_end();
        let text = line.trim_start();
        let indent = line.len() - text.len();
        if self.continues_code(line, text, indent) {
            return;
        }
        if text.is_empty() {
            self.end_paragraph();
        } else {
            self.text(line, text, indent);
        }
        self.after_blank = text.is_empty();
        self.after_spaces = source.ends_with("  ");
    }

    /// Takes the line as code if it continues, or ends, a block of code.
    fn continues_code(&mut self, line: &'a str, text: &'a str, indent: usize) -> bool {
        let step = self.code.as_mut().map(|code| code.line(line, text, indent));
        if matches!(step, Some(Step::Close | Step::End)) {
            self.end_code();
        }
        matches!(step, Some(Step::Take | Step::Close))
    }

    /// Takes a line that is neither blank nor code.
    fn text(&mut self, line: &'a str, text: &'a str, indent: usize) {
        if let Some(fence) = line::fence(text) {
            self.fence(fence, indent);
        } else if let Some(title) = line::heading(text) {
            self.end_paragraph();
            self.items.leave(indent);
            let (place, body) = (self.place(), Body::Heading(title.to_owned()));
            self.blocks.push(Block { place, body });
        } else if let Some((marker, rest)) = line::marker(text)
            && let Some(marker) = self
                .items
                .begin(marker, text, rest, indent, self.is_in_text())
        {
            self.end_paragraph();
            self.marker = Some(marker);
            self.item_text(rest, indent, indent + (text.len() - rest.len()));
        } else if self.is_indented_code(indent) {
            let strip = self.items.base(indent) + CODE_INDENT;
            let first = line.get(strip..);
            self.start_code(None, first, indent, strip);
        } else {
            self.paragraph_line(text, indent);
        }
    }

    fn fence(&mut self, (length, code): (usize, Option<&'a str>), indent: usize) {
        self.start_code(Some(length), code, indent, indent);
    }

    /// Takes the text of an item, which starts at the column `content`.
    fn item_text(&mut self, text: &'a str, indent: usize, content: usize) {
        if let Some(fence) = line::fence(text) {
            return self.fence(fence, content);
        }
        // Where each paragraph is one line, several spaces are what is left of the end of a list.
        let end = text
            .split_once("  ")
            .filter(|(_, rest)| !self.wrapped && rest.trim_start().starts_with(char::is_uppercase));
        self.start_paragraph(end.map_or(text, |(text, _)| text.trim_end()), content);
        if let Some((_, rest)) = end {
            self.end_paragraph();
            self.start_paragraph(rest.trim_start(), indent);
        }
    }

    /// Whether a line follows text without a blank line between.
    fn is_in_text(&self) -> bool {
        self.paragraph.is_some() && !self.after_blank
    }

    /// Whether a line is indented code: one that follows a blank line or a colon.
    fn is_indented_code(&self, indent: usize) -> bool {
        let announced = match &self.paragraph {
            Some(before) => before.lines.last().is_some_and(|line| line.ends_with(':')),
            None => !self.blocks.is_empty(),
        };
        announced && indent >= self.items.base(indent) + CODE_INDENT
    }

    fn paragraph_line(&mut self, text: &'a str, indent: usize) {
        let joint = self.joint(text);
        match &mut self.paragraph {
            Some(paragraph) if joint == Joint::Space => return paragraph.lines.push(text),
            Some(paragraph) if joint == Joint::Break => {
                if let Some(last) = paragraph.lines.last_mut() {
                    *last = line::without_backslash(last).unwrap_or(last);
                }
            }
            _ => {}
        }
        self.end_paragraph();
        self.after_break = joint == Joint::Break;
        self.start_paragraph(text, indent);
    }

    /// What is between a line and the paragraph before it.
    fn joint(&self, text: &str) -> Joint {
        let Some(last) = self
            .paragraph
            .as_ref()
            .and_then(|before| before.lines.last())
        else {
            return Joint::Paragraph;
        };
        let word = text.split(' ').next().unwrap_or_default();
        let ends_early = last.len() + 1 + word.len() <= NARROW;
        let ends_sentence = last.ends_with(['.', ':', '!', '?']);
        // A number that does not count on.
        let is_marked = self.items.depth() > 0 && line::marker(text).is_some();
        let is_explicit = self.after_spaces || line::without_backslash(last).is_some();
        if !self.wrapped
            || is_marked
            || (ends_early && ends_sentence && !text.starts_with(char::is_lowercase))
        {
            Joint::Paragraph
        } else if is_explicit || line::are_entries(last, text, ends_early) {
            Joint::Break
        } else {
            Joint::Space
        }
    }

    fn start_paragraph(&mut self, text: &'a str, indent: usize) {
        self.items.leave(indent);
        self.paragraph = Some(Paragraph {
            place: self.place(),
            lines: vec![text],
        });
    }

    fn start_code(
        &mut self,
        fence: Option<usize>,
        first: Option<&'a str>,
        indent: usize,
        strip: usize,
    ) {
        self.end_paragraph();
        self.items.leave(indent);
        let (place, lines) = (self.place(), first.into_iter().collect());
        self.code = Some(Code {
            place,
            fence,
            indent: strip,
            lines,
        });
    }

    /// The place of a block in the current items. It takes the marker that waits for a block.
    fn place(&mut self) -> Place {
        Place {
            depth: self.items.depth(),
            marker: self.marker.take(),
            after_break: std::mem::take(&mut self.after_break),
        }
    }

    fn end_paragraph(&mut self) {
        if let Some(Paragraph { place, lines }) = self.paragraph.take() {
            self.blocks.push(Block {
                place,
                body: Body::Text(lines.join(" ")),
            });
        }
    }

    fn end_code(&mut self) {
        self.blocks.extend(self.code.take().map(Code::into_block));
    }
}
