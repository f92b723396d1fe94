//! Finds the blocks in a paragraph that lost its line breaks: code, headings, lists and HTML.

use std::ops::Range;

use super::html::{self, Kind, Tag};
use super::line::is_language;
use super::model::{Block, Body, MAX_DEPTH, Marker, Place};
use super::shape::{CodeSpan, Shape};
use super::{code, lists};

/// Splits the paragraphs that hold more than one block.
pub(super) fn expand(blocks: Vec<Block>) -> Vec<Block> {
    let is_single_line = blocks.len() == 1;
    let mut expander = Expander {
        blocks: Vec::with_capacity(blocks.len()),
        html: has_balanced_lists(&blocks),
        lists: Vec::new(),
        item: None,
        breaks: 0,
    };
    for block in blocks {
        match &block.body {
            Body::Text(text) => expander.text(text, block.place, is_single_line),
            Body::Heading(_) | Body::Code(_) | Body::Rule => expander.blocks.push(block),
        }
    }
    expander.blocks
}

/// A place in a paragraph where another block begins or ends.
struct Cut<'a> {
    range: Range<usize>,
    at: At<'a>,
}

enum At<'a> {
    Code(Vec<String>),
    Heading(&'a str),
    Tag(Tag<'a>),
}

struct Expander {
    blocks: Vec<Block>,
    /// Whether HTML tags are taken for blocks; if they do not fit together, they are text.
    html: bool,
    /// The HTML lists around the current text: the number of the next item, if it has numbers.
    lists: Vec<Option<u32>>,
    /// The item that begins with the next block, and its depth.
    item: Option<(Marker, usize)>,
    /// How many line breaks there are since the last block.
    breaks: usize,
}

impl Expander {
    fn text(&mut self, text: &str, place: Place, may_start: bool) {
        self.item = place.marker.map(|marker| (marker, place.depth));
        self.breaks = usize::from(place.after_break);
        let mut from = 0;
        for cut in cuts(text, self.html) {
            let before = text.get(from..cut.range.start).unwrap_or_default();
            self.segment(before, place, may_start);
            from = cut.range.end;
            match cut.at {
                At::Code(lines) => self.push(place, 0, None, Body::Code(lines)),
                At::Heading(title) => {
                    self.push(place, 0, None, Body::Heading(title.to_owned()));
                }
                At::Tag(tag) => self.tag(tag, place.depth),
            }
        }
        self.segment(text.get(from..).unwrap_or_default(), place, may_start);
    }

    /// Takes text that has no blocks in it but lists.
    fn segment(&mut self, text: &str, place: Place, may_start: bool) {
        if text.trim().is_empty() {
            return;
        }
        for part in lists::split(text, may_start) {
            let body = Body::Text(part.text.to_owned());
            self.push(place, part.level, part.marker, body);
        }
    }

    fn push(&mut self, place: Place, level: usize, marker: Option<Marker>, body: Body) {
        let depth = place.depth + self.lists.len() + level;
        let (marker, depth) = match self.item.take() {
            Some((marker, depth)) => (Some(marker), depth),
            None => (marker, depth),
        };
        let place = Place {
            depth: depth.min(MAX_DEPTH),
            marker,
            after_break: std::mem::take(&mut self.breaks) == 1,
            ..place
        };
        self.blocks.push(Block { place, body });
    }

    fn tag(&mut self, tag: Tag<'_>, depth: usize) {
        match (tag.kind, tag.closes) {
            (Kind::BulletList, false) => self.lists.push(None),
            (Kind::NumberList, false) => self.lists.push(Some(1)),
            (Kind::BulletList | Kind::NumberList, true) => {
                self.lists.pop();
            }
            (Kind::Item, false) => {
                let depth = depth + self.lists.len();
                let number = self.lists.last_mut().and_then(Option::as_mut);
                let marker = number.map_or(Marker::Bullet, |next| {
                    *next += 1;
                    Marker::Number(*next - 1)
                });
                self.item = Some((marker, depth));
            }
            (Kind::Break, _) => self.breaks += 1,
            _ => {}
        }
    }
}

/// The cuts of a paragraph in order.
fn cuts(text: &str, html: bool) -> Vec<Cut<'_>> {
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
            ("<", None) => {
                let tag = html::tag(rest).filter(|tag| html && is_block(tag));
                tag.map(|tag| (tag.length, At::Tag(tag)))
            }
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

fn is_block(tag: &Tag<'_>) -> bool {
    use Kind::{Break, BulletList, Item, NumberList, Paragraph};
    matches!(tag.kind, Break | Paragraph | BulletList | NumberList | Item)
}

/// Whether the HTML lists of a text are closed in order, and items are only in lists.
fn has_balanced_lists(blocks: &[Block]) -> bool {
    let mut open = Vec::new();
    for block in blocks {
        let Body::Text(text) = &block.body else {
            continue;
        };
        for cut in cuts(text, true) {
            let At::Tag(tag) = cut.at else { continue };
            let fits = match (tag.kind, tag.closes) {
                (Kind::BulletList | Kind::NumberList, false) => {
                    open.push(tag.kind);
                    true
                }
                (Kind::BulletList | Kind::NumberList, true) => open.pop() == Some(tag.kind),
                (Kind::Item, _) => !open.is_empty(),
                _ => true,
            };
            if !fits {
                return false;
            }
        }
    }
    open.is_empty()
}
