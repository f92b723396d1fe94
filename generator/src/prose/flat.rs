//! Finds the blocks in a paragraph that lost its line breaks: code, headings, lists and `<br>`.

use std::ops::Range;

use super::line::is_language;
use super::model::{Block, Body, MAX_DEPTH, Marker, Place};
use super::pairs::{CodeSpan, Shape};
use super::{code, lists};

/// Splits the paragraphs that hold more than one block.
pub(super) fn expand(blocks: Vec<Block>) -> Vec<Block> {
    let is_single_line = blocks.len() == 1;
    let mut expanded = Vec::with_capacity(blocks.len());
    for block in blocks {
        match block.body {
            Body::Text(text) => {
                let paragraph = Expander {
                    blocks: &mut expanded,
                    depth: block.place.depth,
                    breaks: usize::from(block.place.after_break),
                    item: block.place.marker,
                };
                paragraph.text(&text, is_single_line);
            }
            Body::Heading(_) | Body::Code(_) => expanded.push(block),
        }
    }
    expanded
}

/// A place in a paragraph where another block begins or ends.
struct Cut<'a> {
    range: Range<usize>,
    at: At<'a>,
}

enum At<'a> {
    Code(Vec<String>),
    Heading(&'a str),
    Break,
}

/// Takes one paragraph apart.
struct Expander<'b> {
    blocks: &'b mut Vec<Block>,
    depth: usize,
    /// How many line breaks there are since the last block.
    breaks: usize,
    /// The item that begins with the next block.
    item: Option<Marker>,
}

impl Expander<'_> {
    fn text(mut self, text: &str, may_start: bool) {
        let mut from = 0;
        for cut in cuts(text) {
            self.segment(
                text.get(from..cut.range.start).unwrap_or_default(),
                may_start,
            );
            from = cut.range.end;
            match cut.at {
                At::Code(lines) => self.push(0, None, Body::Code(lines)),
                At::Heading(title) => self.push(0, None, Body::Heading(title.to_owned())),
                At::Break => self.breaks += 1,
            }
        }
        self.segment(text.get(from..).unwrap_or_default(), may_start);
    }

    /// Takes text that has no blocks in it but lists.
    fn segment(&mut self, text: &str, may_start: bool) {
        if text.trim().is_empty() {
            return;
        }
        for part in lists::split(text, may_start) {
            self.push(part.level, part.marker, Body::Text(part.text.to_owned()));
        }
    }

    fn push(&mut self, level: usize, marker: Option<Marker>, body: Body) {
        let place = match self.item.take() {
            Some(marker) => Place {
                depth: self.depth,
                marker: Some(marker),
                after_break: false,
            },
            None => Place {
                depth: (self.depth + level).min(MAX_DEPTH),
                marker,
                after_break: self.breaks == 1,
            },
        };
        self.breaks = 0;
        self.blocks.push(Block { place, body });
    }
}

/// The cuts of a paragraph in order.
fn cuts(text: &str) -> Vec<Cut<'_>> {
    let shape = Shape::of(text);
    let mut cuts = Vec::new();
    let mut from = 0;
    for (start, mark) in text.match_indices(['`', '#', '<', '{', '[']) {
        if start < from {
            continue;
        }
        let rest = text.get(start..).unwrap_or_default();
        let cut = match (mark, shape.code_at(start)) {
            (_, Some(span)) => {
                from = span.range.end;
                block_of(text, span).map(|lines| (span.range.len(), At::Code(lines)))
            }
            ("#", None) => {
                let before = text.get(..start).unwrap_or_default();
                heading(before, rest).map(|(length, title)| (length, At::Heading(title)))
            }
            ("{" | "[", None) => json(text, start, &shape).map(|length| {
                (
                    length,
                    At::Code(code::laid_out(rest.get(..length).unwrap_or_default())),
                )
            }),
            ("<", None) => line_break(rest).map(|length| (length, At::Break)),
            _ => None,
        };
        if let Some((length, at)) = cut {
            from = start + length;
            cuts.push(Cut {
                range: start..from,
                at,
            });
        }
    }
    cuts
}

/// The lines of a code span that was a block: its fence was followed by a line break or by the
/// name of a language.
fn block_of(text: &str, span: &CodeSpan) -> Option<Vec<String>> {
    let content = text.get(span.content()).filter(|_| span.ticks >= 3)?;
    let (word, rest) = content.split_once(' ')?;
    let is_block = word.is_empty() || is_language(word);
    (is_block && !rest.trim().is_empty()).then(|| code::laid_out(rest))
}

/// The length of the JSON object, or list of them, that starts here without a fence around it.
fn json(text: &str, start: usize, shape: &Shape) -> Option<usize> {
    let rest = text.get(start..)?;
    let is_json = rest.starts_with("{ \"") || rest.starts_with("[ { \"");
    let end = shape.closing(start).filter(|_| is_json)?;
    let json = text.get(start..=end)?;
    json.contains("\": ").then_some(json.len())
}

/// The length and the title of a heading that starts here. Where it ends is only known from the
/// capital letters of headings: `# IAM Permissions Requires the ...`.
fn heading<'a>(before: &str, text: &'a str) -> Option<(usize, &'a str)> {
    let before = before
        .strip_suffix(' ')
        .unwrap_or(before)
        .chars()
        .next_back();
    let after = text.trim_start_matches('#');
    let level = text.len() - after.len();
    let starts = before.is_none_or(|c| ".:!?)`\"".contains(c)) && (1..=6).contains(&level);
    let title = after.strip_prefix(' ').filter(|_| starts)?;
    let is_title = |word: &&str| word.starts_with(char::is_uppercase);
    let words: Vec<_> = title
        .split_inclusive(' ')
        .take_while(is_title)
        .take(8)
        .collect();
    let length = words.iter().map(|word| word.len()).sum::<usize>();
    let is_end = title.len() == length;
    let last = words.last().map_or(0, |word| word.len());
    let length = if is_end { length } else { length - last };
    let title = title
        .get(..length)
        .map(str::trim)
        .filter(|title| !title.is_empty())?;
    Some((level + 1 + length, title))
}

/// The length of the `<br>` that a text starts with: the one tag that descriptions have, since
/// Google removes tags before it publishes a document.
fn line_break(text: &str) -> Option<usize> {
    let name = text.get(1..3)?;
    let end = text.get(3..)?.trim_start();
    let end = end.strip_prefix('/').unwrap_or(end).strip_prefix('>')?;
    name.eq_ignore_ascii_case("br")
        .then_some(text.len() - end.len())
}
