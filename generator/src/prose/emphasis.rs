//! Which stars, underscores and tags are emphasis.
//!
//! Stricter than Markdown: descriptions have patterns such as `projects/*/zones/*`, `"*"` and
//! `_id` in their prose, where Markdown would swallow the characters.

use std::borrow::Cow;
use std::collections::BTreeMap;

use super::model::{Style, Token};

/// A token, or something that may turn out to be one.
#[derive(Debug)]
pub(super) enum Piece<'a> {
    Token(Token<'a>),
    Mark(Mark<'a>),
}

/// What can open or close emphasis; only the same closes what one opened.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Delimiter {
    Stars(usize),
    Underscores(usize),
    Tag(Style),
}

impl Delimiter {
    /// The delimiter that a run of stars or underscores is, if it is not too long.
    pub(super) fn run(c: char, length: usize) -> Option<Self> {
        match c {
            '*' if length <= 3 => Some(Self::Stars(length)),
            '_' if length <= 2 => Some(Self::Underscores(length)),
            _ => None,
        }
    }

    fn style(self) -> Style {
        match self {
            Self::Tag(style) => style,
            Self::Stars(1) | Self::Underscores(1) => Style::Emphasis,
            Self::Stars(_) | Self::Underscores(_) => Style::Strong,
        }
    }
}

/// A place where emphasis may begin or end.
#[derive(Debug)]
pub(super) struct Mark<'a> {
    at: usize,
    source: &'a str,
    delimiter: Delimiter,
    opens: bool,
    closes: bool,
}

impl<'a> Mark<'a> {
    /// A run of stars or underscores, classified by the characters around it.
    pub(super) fn run(text: &str, at: usize, source: &'a str, delimiter: Delimiter) -> Self {
        let (before, after) = neighbours(text, at, source);
        let (opens, closes) = (may_open(before, after), may_close(before, after));
        Self {
            at,
            source,
            delimiter,
            opens,
            closes,
        }
    }

    pub(super) fn tag(at: usize, source: &'a str, style: Style, closes: bool) -> Self {
        Self {
            at,
            source,
            delimiter: Delimiter::Tag(style),
            opens: !closes,
            closes,
        }
    }

    fn end(&self) -> usize {
        self.at + self.source.len()
    }
}

/// How many openings are remembered; emphasis is never nested deeper.
const MAX_OPEN: usize = 8;

/// Pairs the marks, and turns those that have no partner into text.
pub(super) fn resolve<'a>(text: &str, pieces: Vec<Piece<'a>>) -> Vec<Token<'a>> {
    let mut pairs = pairs(text, &pieces);
    let mut tokens = Vec::with_capacity(pieces.len());
    for (index, piece) in pieces.into_iter().enumerate() {
        match piece {
            Piece::Token(token) => push(&mut tokens, token),
            Piece::Mark(mark) => match pairs.remove(&index) {
                Some(token) => tokens.extend(token),
                None => push(&mut tokens, Token::Text(Cow::Borrowed(mark.source))),
            },
        }
    }
    tokens
}

/// What the marks that have a partner become, by their index. A pair of tags in a place where
/// Markdown cannot have emphasis becomes nothing.
fn pairs<'a>(text: &str, pieces: &[Piece<'_>]) -> BTreeMap<usize, Option<Token<'a>>> {
    let mut pairs = BTreeMap::new();
    let mut open: Vec<(usize, &Mark<'_>)> = Vec::new();
    for (index, piece) in pieces.iter().enumerate() {
        let Piece::Mark(mark) = piece else { continue };
        let partner = open
            .iter()
            .rposition(|(_, start)| start.delimiter == mark.delimiter);
        if let Some(partner) = partner.filter(|_| mark.closes) {
            if let Some(&(start_index, start)) = open.get(partner)
                && is_meant(text, start, mark)
            {
                let style = mark.delimiter.style();
                let possible = is_possible(text, start, mark);
                pairs.insert(start_index, possible.then_some(Token::Open(style)));
                pairs.insert(index, possible.then_some(Token::Close(style)));
            }
            open.truncate(partner);
        } else if mark.opens && open.len() < MAX_OPEN {
            open.push((index, mark));
        }
    }
    pairs
}

/// Whether two marks are emphasis: there is something between them, and not just a name such as
/// `_id_`.
fn is_meant(text: &str, start: &Mark<'_>, end: &Mark<'_>) -> bool {
    let content = text.get(start.end()..end.at).unwrap_or_default();
    content.chars().any(char::is_alphanumeric)
        && (!matches!(start.delimiter, Delimiter::Underscores(_)) || content.contains(' '))
}

fn is_possible(text: &str, start: &Mark<'_>, end: &Mark<'_>) -> bool {
    let (before, after) = neighbours(text, start.at, start.source);
    let (last, next) = neighbours(text, end.at, end.source);
    may_open(before, after) && may_close(last, next)
}

fn neighbours(text: &str, at: usize, source: &str) -> (Option<char>, Option<char>) {
    let before = text.get(..at).unwrap_or_default().chars().next_back();
    let after = text
        .get(at + source.len()..)
        .unwrap_or_default()
        .chars()
        .next();
    (before, after)
}

/// Angle brackets do not count: a tag that is left out would leave a space there.
fn may_open(before: Option<char>, after: Option<char>) -> bool {
    before.is_none_or(|c| c == ' ' || "([{\"'“‘".contains(c))
        && after.is_some_and(|c| c.is_alphanumeric() || "`/([{$@#&".contains(c))
}

fn may_close(before: Option<char>, after: Option<char>) -> bool {
    before.is_some_and(|c| c.is_alphanumeric() || "`.,:;!?)]}%\"'”’".contains(c))
        && after.is_none_or(|c| c == ' ' || ".,:;!?)]}\"'”’".contains(c))
}

/// Appends a token; text is joined with the text before it.
fn push<'a>(tokens: &mut Vec<Token<'a>>, token: Token<'a>) {
    match (tokens.last_mut(), token) {
        (Some(Token::Text(before)), Token::Text(text)) => before.to_mut().push_str(&text),
        (_, token) => tokens.push(token),
    }
}
