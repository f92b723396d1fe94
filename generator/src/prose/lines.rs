//! Finds the blocks of a description that kept its line breaks.
//!
//! Reads line by line and never looks ahead or nests, so that any text takes linear time.
//!
//! Where a text is wrapped, nearly all of its line breaks are spaces: 7,700 of the 11,500 between
//! lines of Google's documents. The others are told apart by [`Reader::joint`].

use super::code::{Code, End, Step};
use super::line::{self, Fence, Items};
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
    reader.finish();
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
    quoted: bool,
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
        let source = self.unquote(line);
        let line = source.trim_end();
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

    /// Removes the marks of a block quote. A quote only starts where no paragraph is going on,
    /// where the mark could be a comparison.
    fn unquote(&mut self, line: &'a str) -> &'a str {
        let mark = |text: &'a str| {
            let inner = text.trim_start().strip_prefix('>')?;
            if inner.is_empty() {
                Some(inner)
            } else {
                inner.strip_prefix(' ')
            }
        };
        let in_code = self.code.is_some() && !self.quoted;
        let may_start = self.quoted || self.paragraph.is_none();
        let inner = mark(line).filter(|_| may_start && !in_code);
        if inner.is_some() != self.quoted {
            self.finish();
            self.quoted = inner.is_some();
        }
        let mut line = inner.unwrap_or(line);
        while let Some(inner) = mark(line).filter(|_| self.quoted) {
            line = inner;
        }
        line
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
            self.heading(title, indent);
        } else if self.is_title() && ['-', '='].iter().any(|&c| line::is_made_of(text, c)) {
            if let Some(Paragraph { place, lines }) = self.paragraph.take() {
                self.blocks.push(Block {
                    place,
                    body: Body::Heading(lines.join(" ")),
                });
            }
        } else if ['-', '*', '_'].iter().any(|&c| line::is_made_of(text, c)) {
            self.end_paragraph();
            self.items.clear();
            self.push(Body::Rule);
        } else if self.is_table(text) {
            self.table(text);
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
            self.start_code(End::Indent, first, indent, strip);
        } else {
            self.paragraph_line(text, indent);
        }
    }

    fn fence(&mut self, fence: Fence<'a>, indent: usize) {
        self.start_code(End::Fence(fence), fence.code, indent, indent);
    }

    fn heading(&mut self, title: &str, indent: usize) {
        self.end_paragraph();
        self.items.leave(indent);
        self.push(Body::Heading(title.to_owned()));
    }

    /// Whether a line under the paragraph makes it a heading.
    fn is_title(&self) -> bool {
        let title = self
            .paragraph
            .as_ref()
            .filter(|title| title.place.marker.is_none());
        title.is_some_and(|title| title.lines.len() == 1)
    }

    /// Whether the line is the second one of a table, which has only dashes.
    fn is_table(&self, text: &str) -> bool {
        let header = self
            .paragraph
            .as_ref()
            .and_then(|header| header.lines.last());
        line::is_table_separator(text) && header.is_some_and(|header| header.contains('|'))
    }

    /// Starts a table with the header that was taken for text. It is shown as code, where its
    /// columns stay as they are.
    fn table(&mut self, separator: &'a str) {
        let Some(mut before) = self.paragraph.take() else {
            return;
        };
        let header = before.lines.pop().unwrap_or_default();
        let mut place = before.place;
        if !before.lines.is_empty() {
            place.marker = None;
            self.paragraph = Some(before);
            self.end_paragraph();
        }
        let lines = vec![header, separator];
        self.code = Some(Code {
            place,
            end: End::Table,
            indent: usize::MAX,
            lines,
        });
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

    fn start_code(&mut self, end: End<'a>, first: Option<&'a str>, indent: usize, strip: usize) {
        self.end_paragraph();
        self.items.leave(indent);
        let (place, lines) = (self.place(), first.into_iter().collect());
        self.code = Some(Code {
            place,
            end,
            indent: strip,
            lines,
        });
    }

    /// The place of a block in the current items. It takes the marker that waits for a block.
    fn place(&mut self) -> Place {
        Place {
            depth: self.items.depth(),
            marker: self.marker.take(),
            quoted: self.quoted,
            after_break: std::mem::take(&mut self.after_break),
        }
    }

    fn push(&mut self, body: Body) {
        let place = self.place();
        self.blocks.push(Block { place, body });
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

    fn finish(&mut self) {
        self.end_paragraph();
        self.end_code();
        self.items.clear();
    }
}
