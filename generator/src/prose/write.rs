//! Writes blocks as Markdown that can only be read as what they are.

use super::escape;
use super::inline;
use super::model::{Block, Body, Marker, Place, Token};
use super::words;

/// Text is at least this wide, in characters, however deep it is indented.
const MIN_WIDTH: usize = 24;

/// The lines of a doc comment.
pub(super) fn lines(blocks: &[Block], width: usize) -> Vec<String> {
    let mut writer = Writer {
        width,
        ..Writer::default()
    };
    for (index, block) in blocks.iter().enumerate() {
        match &block.body {
            Body::Text(text) => writer.text(inline::tokens(text), block.place, index == 0),
            Body::Heading(title) => writer.words(heading(title), block.place),
            Body::Code(code) => writer.code(code, block.place),
        }
    }
    writer.lines
}

/// The first sentence of a paragraph on one line.
pub(super) fn first_sentence(text: &str) -> String {
    let (first, _) = words::split_sentence(inline::tokens(text));
    wrap(words::words(&first), usize::MAX).concat()
}

/// All blocks on one line of Markdown.
pub(super) fn one_line(blocks: &[Block]) -> String {
    let words = blocks.iter().flat_map(|block| {
        let mut words = match &block.body {
            Body::Text(text) => words::words(&inline::tokens(text)),
            Body::Heading(title) => heading(title),
            Body::Code(code) => {
                let code = code.iter().flat_map(|line| line.split_whitespace());
                let code = code.collect::<Vec<_>>().join(" ");
                words::words(&[Token::Code(&code)])
            }
        };
        if let Some(marker) = block.place.marker.filter(|_| !words.is_empty()) {
            words.insert(0, marker.text().trim_end().to_owned());
        }
        words
    });
    wrap(words, usize::MAX).concat()
}

/// All blocks on one line of plain text.
pub(super) fn plain(blocks: &[Block]) -> String {
    let mut line = String::new();
    for block in blocks {
        if let Some(marker) = block.place.marker {
            line.push_str(&marker.text());
        }
        match &block.body {
            Body::Text(text) | Body::Heading(text) => push_plain(&mut line, &inline::tokens(text)),
            Body::Code(code) => line.push_str(&code.join(" ")),
        }
        line.push(' ');
    }
    line.split(' ')
        .filter(|word| !word.is_empty())
        .collect::<Vec<_>>()
        .join(" ")
}

fn push_plain(line: &mut String, tokens: &[Token<'_>]) {
    for token in tokens {
        match token {
            Token::Text(text) => line.push_str(text),
            Token::Code(code) if code.contains('`') => line.push_str(code),
            Token::Code(code) => line.extend(["`", code, "`"]),
            Token::Address(address) => line.push_str(address),
            Token::Link(label, address) => {
                push_plain(line, label);
                line.extend([" (", address, ")"]);
            }
            Token::Open(_) | Token::Close(_) => {}
        }
    }
}

/// The words of a heading. It is written as strong text: real headings belong to the sections
/// that the generator writes, and tools look for some of them, such as "Safety".
fn heading(title: &str) -> Vec<String> {
    let mut tokens = inline::tokens(title);
    tokens.retain(|token| !matches!(token, Token::Open(_) | Token::Close(_)));
    let words = words::words(&tokens).into_iter();
    let mut words: Vec<_> = words.map(|word| escape::line_start(&word)).collect();
    if let Some(first) = words.first_mut() {
        first.insert_str(0, "**");
    }
    if let Some(last) = words.last_mut() {
        last.push_str("**");
    }
    words
}

/// How many characters of the tokens' words are seen at least, without spaces: where these are too
/// many already, words need not be made to know it.
fn visible(tokens: &[Token<'_>]) -> usize {
    let text = |token: &Token<'_>| match token {
        Token::Text(text) => text.chars().filter(|c| *c != ' ').count(),
        _ => 0,
    };
    tokens.iter().map(text).sum()
}

#[derive(Default)]
struct Writer {
    lines: Vec<String>,
    width: usize,
    /// The place of the block before, if there is one.
    before: Option<Place>,
    /// The markers of the items that are open.
    markers: Vec<Marker>,
    /// Whether the block before is text that a line can follow without a blank line. The first
    /// paragraph stands alone, since rustdoc shows it wherever it lists the item.
    breakable: bool,
}

impl Writer {
    /// Writes a paragraph. The first sentence of the text becomes a paragraph of its own, unless
    /// all is on one line: rustdoc shows the first paragraph wherever it lists the item.
    fn text(&mut self, tokens: Vec<Token<'_>>, place: Place, is_first: bool) {
        let may_split = is_first && place == Place::default();
        if may_split && visible(&tokens) > self.width {
            return self.sentences(tokens, place);
        }
        let words = words::words(&tokens);
        let length: usize = words.iter().map(|word| word.chars().count() + 1).sum();
        if may_split && length > self.width + 1 {
            self.sentences(tokens, place);
        } else {
            self.words(words, place);
        }
    }

    fn sentences(&mut self, tokens: Vec<Token<'_>>, place: Place) {
        let (first, rest) = words::split_sentence(tokens);
        self.words(words::words(&first), place);
        self.words(words::words(&rest), place);
    }

    fn words(&mut self, words: Vec<String>, place: Place) {
        if words.is_empty() {
            return;
        }
        let is_first = self.lines.is_empty();
        let prefix = self.begin(place);
        let width = self.width.saturating_sub(prefix.next.len()).max(MIN_WIDTH);
        self.push(wrap(words, width), prefix);
        self.breakable = !is_first;
    }

    /// Writes code in a fence that none of its lines can close. The language keeps rustdoc from
    /// compiling it.
    fn code(&mut self, code: &[String], place: Place) {
        let is_blank = |line: &&String| line.trim().is_empty();
        let Some(first) = code.iter().position(|line| !is_blank(&line)) else {
            return;
        };
        let blank = code.iter().rev().take_while(is_blank).count();
        let code = code.get(first..code.len() - blank).unwrap_or_default();
        let fence = escape::fence(&code.join("\n"), 3);
        let after_break = false;
        let prefix = self.begin(Place {
            after_break,
            ..place
        });
        let mut lines = vec![format!("{fence}text")];
        lines.extend(code.iter().cloned());
        lines.push(fence);
        self.push(lines, prefix);
        self.breakable = false;
    }

    fn push(&mut self, lines: Vec<String>, prefix: Prefix) {
        let mut prefixes = std::iter::once(prefix.first).chain(std::iter::repeat(prefix.next));
        self.lines.extend(lines.into_iter().map(|line| {
            let line = prefixes.next().unwrap_or_default() + &line;
            line.trim_end().to_owned()
        }));
    }

    /// Separates a block from the one before and returns what its lines begin with.
    fn begin(&mut self, place: Place) -> Prefix {
        // An item is never more than one level below the item around it.
        let depth = place
            .depth
            .min(self.markers.len() + usize::from(place.marker.is_some()));
        let outer = depth - usize::from(place.marker.is_some() && depth > 0);
        let continues = self.continues_list(place, outer);
        let breaks = self.can_break(place);
        if breaks {
            if let Some(line) = self.lines.last_mut() {
                line.push('\\');
            }
        } else if self.before.is_some() && !continues {
            self.lines.push(String::new());
        }
        self.markers.truncate(outer);
        // The list of an item with several lines goes on behind it.
        self.before = self.before.filter(|_| breaks).or(Some(place));
        let indent = self.markers.iter().map(|marker| marker.text().len()).sum();
        let mut first = " ".repeat(indent);
        let mut next = first.clone();
        if let Some(marker) = place.marker {
            let marker_text = marker.text();
            next.push_str(&" ".repeat(marker_text.len()));
            first.push_str(&marker_text);
            self.markers.push(marker);
        }
        Prefix { first, next }
    }

    /// Whether a line break is enough before a block, and its backslash has room.
    fn can_break(&self, place: Place) -> bool {
        let is_beside = self
            .before
            .is_some_and(|before| before.depth == place.depth);
        let has_room = |line: &String| line.chars().count() < self.width;
        let continues = place.after_break && place.marker.is_none() && is_beside;
        continues && self.breakable && self.lines.last().is_some_and(has_room)
    }

    /// Whether a block is an item that follows another one without a blank line.
    fn continues_list(&self, place: Place, outer: usize) -> bool {
        let Some(marker) = place.marker else {
            return false;
        };
        let after_item = self.before.is_some_and(|before| before.marker.is_some());
        let fits = match self.markers.get(outer) {
            Some(sibling) => sibling.same_list(marker),
            // Only bullets may begin a list in the middle of a paragraph.
            None => outer > 0 && marker == Marker::Bullet,
        };
        after_item && fits
    }
}

/// What the lines of a block begin with.
struct Prefix {
    first: String,
    next: String,
}

/// Joins words to lines of at most a width in characters, if no word is wider.
pub(super) fn wrap(words: impl IntoIterator<Item = String>, width: usize) -> Vec<String> {
    let mut lines: Vec<String> = Vec::new();
    let mut length = 0;
    for word in words {
        let word_length = word.chars().count();
        match lines.last_mut() {
            Some(line) if length + 1 + word_length <= width => {
                line.push(' ');
                line.push_str(&word);
                length += 1 + word_length;
            }
            _ => {
                let word = escape::line_start(&word);
                length = word.chars().count();
                lines.push(word);
            }
        }
    }
    lines
}
