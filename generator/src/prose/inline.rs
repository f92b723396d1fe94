//! The spans of one paragraph: text, code, links and emphasis.

use std::borrow::Cow;
use std::collections::BTreeSet;

use super::model::Token;
use super::names;
use super::pairs::{self, Mark, Piece, Shape};

/// The tokens of a paragraph that is on one line.
pub(super) fn tokens(text: &str) -> Vec<Token<'_>> {
    pairs::resolve(text, Scanner::new(text, false).pieces())
}

/// The tokens of a link's label.
fn label(text: &str) -> Vec<Token<'_>> {
    pairs::resolve(text, Scanner::new(text, true).pieces())
}

/// Reads a paragraph from left to right.
struct Scanner<'a> {
    text: &'a str,
    shape: Shape,
    /// Where web addresses start, in words as well: rustdoc looks for them there.
    addresses: BTreeSet<usize>,
    at: usize,
    pieces: Vec<Piece<'a>>,
    /// Whether this is the label of a link: it has no links and no emphasis of its own.
    in_label: bool,
}

impl<'a> Scanner<'a> {
    fn new(text: &'a str, in_label: bool) -> Self {
        Self {
            text,
            shape: Shape::of(text),
            addresses: names::starts(text).collect(),
            at: 0,
            pieces: Vec::new(),
            in_label,
        }
    }

    fn pieces(mut self) -> Vec<Piece<'a>> {
        while let Some(first) = self.rest().chars().next() {
            let taken = match first {
                '`' => self.code(),
                '\\' => self.escape(),
                _ if self.in_label => None,
                '!' if self.rest().starts_with("![") => self.link(1),
                '[' => self.link(0),
                '<' => self.address(1),
                '{' => self.javadoc(),
                'h' | 'H' => self.address(0),
                '*' | '_' => self.delimiters(first),
                _ => None,
            };
            let length = taken.unwrap_or_else(|| self.plain(first));
            self.at += length;
        }
        self.pieces
    }

    fn rest(&self) -> &'a str {
        self.text.get(self.at..).unwrap_or_default()
    }

    fn token(&mut self, token: Token<'a>) {
        self.pieces.push(Piece::Token(token));
    }

    /// Takes the first character and what follows it that has no meaning.
    fn plain(&mut self, first: char) -> usize {
        let rest = self.rest();
        // A run of these is text as a whole; else its end would be looked at again.
        let start = match first {
            '`' | '*' | '_' => rest.len() - rest.trim_start_matches(first).len(),
            _ => first.len_utf8(),
        };
        let address = self.addresses.range(self.at + start..).next();
        let end = address.map_or(rest.len(), |address| address - self.at);
        let tail = rest.get(start..end).unwrap_or_default();
        let length = start
            + tail
                .find(['`', '\\', '!', '[', '<', '{', '*', '_'])
                .unwrap_or(tail.len());
        push_text(&mut self.pieces, rest.get(..length).unwrap_or_default());
        length
    }

    fn code(&mut self) -> Option<usize> {
        let span = self.shape.code_at(self.at)?;
        let (content, length) = (self.text.get(span.content())?, span.range.len());
        self.token(Token::Code(content));
        Some(length)
    }

    /// Only what is Markdown and cannot be meant otherwise is taken for an escape: a backslash
    /// also occurs in regular expressions, Windows paths and names of control characters.
    fn escape(&mut self) -> Option<usize> {
        let escaped = self.rest().get(1..2)?;
        "*_<>[]#~|".contains(escaped).then(|| {
            push_text(&mut self.pieces, escaped);
            2
        })
    }

    /// A link in Markdown, `skip` characters from here: `[label](https://...)`.
    fn link(&mut self, skip: usize) -> Option<usize> {
        let open = self.at + skip;
        let close = self.shape.closing(open)?;
        let after = self.text.get(close + 1..)?;
        // Some descriptions have a space between the two.
        let start = close + 1 + usize::from(after.starts_with(" ("));
        let end = self
            .shape
            .closing(start)
            .filter(|_| !after.starts_with('['))?;
        let target = self.text.get(start..end)?.strip_prefix('(')?.trim();
        let (target, title) = target.split_once(' ').unwrap_or((target, ""));
        let target = target
            .strip_prefix('<')
            .and_then(|t| t.strip_suffix('>'))
            .unwrap_or(target);
        if !is_title(title.trim_start()) || !names::is_target(target) {
            return None;
        }
        self.push_link(self.text.get(open + 1..close)?, target);
        Some(end + 1 - self.at)
    }

    /// A path leads somewhere on the site that the text was written for: only its label stays.
    fn push_link(&mut self, text: &'a str, target: &'a str) {
        let text = text.trim();
        if !names::is_link(target) {
            self.pieces
                .extend(label(text).into_iter().map(Piece::Token));
        } else if text.is_empty() || text == target {
            self.token(Token::Address(target));
        } else {
            self.token(Token::Link(label(text), target));
        }
    }

    /// A web address, in angle brackets if `brackets` is 1. One with a placeholder, or nothing but
    /// a scheme, is code.
    fn address(&mut self, brackets: usize) -> Option<usize> {
        let rest = self.rest().get(brackets..)?;
        let length = names::length(rest)?;
        let address = rest.get(..length)?;
        if brackets == 1 && !rest.get(length..)?.starts_with('>') {
            return None;
        }
        let is_link = names::is_link(address);
        self.token(if is_link {
            Token::Address(address)
        } else {
            Token::Code(address)
        });
        Some(length + 2 * brackets)
    }

    /// A Javadoc tag, which shows a name: `{@code x}`, `{@link Foo#bar}`.
    fn javadoc(&mut self) -> Option<usize> {
        let end = self.shape.closing(self.at)?;
        let tag = self.text.get(self.at..end)?.strip_prefix("{@")?;
        let (kind, name) = tag.split_once(' ')?;
        let name = name.trim();
        let shows_name = matches!(kind, "code" | "link") && !name.is_empty();
        (shows_name && !name.contains(['{', '`'])).then(|| {
            self.token(Token::Code(name));
            end + 1 - self.at
        })
    }

    /// A run of stars or underscores; whether it is emphasis is found out later.
    fn delimiters(&mut self, c: char) -> Option<usize> {
        let rest = self.rest();
        let length = rest.len() - rest.trim_start_matches(c).len();
        let longest = if c == '*' { 3 } else { 2 };
        let run = rest.get(..length).filter(|_| length <= longest)?;
        let mark = Mark::run(self.text, self.at, run);
        self.pieces.push(Piece::Mark(mark));
        Some(length)
    }
}

/// Whether what follows the address of a link is nothing, or a quoted title. It is not shown.
fn is_title(title: &str) -> bool {
    let is_quoted = |quote| title.len() > 1 && title.starts_with(quote) && title.ends_with(quote);
    title.is_empty() || is_quoted('"') || is_quoted('\'')
}

fn push_text<'a>(pieces: &mut Vec<Piece<'a>>, text: &'a str) {
    if !text.is_empty() {
        pieces.push(Piece::Token(Token::Text(Cow::Borrowed(text))));
    }
}
