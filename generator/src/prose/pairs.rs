//! What belongs together in one line of Markdown: code spans, brackets of each kind, and the stars
//! and underscores of emphasis.
//!
//! Code spans and brackets are found once, in linear time, before anything else reads the line.
//! Emphasis is stricter than in Markdown: descriptions have patterns such as `projects/*/zones/*`,
//! `"*"` and `_id` in their prose, where Markdown would swallow the characters.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::ops::Range;

use super::model::{Style, Token};

/// A code span: its place with the backticks, and how many there are on each side.
#[derive(Clone, Debug)]
pub(super) struct CodeSpan {
    pub(super) range: Range<usize>,
    pub(super) ticks: usize,
}

impl CodeSpan {
    /// The place of what is between the backticks.
    pub(super) fn content(&self) -> Range<usize> {
        self.range.start + self.ticks..self.range.end - self.ticks
    }
}

/// The pairs of one line, by their start.
#[derive(Debug, Default)]
pub(super) struct Shape {
    code: BTreeMap<usize, CodeSpan>,
    pairs: BTreeMap<usize, usize>,
}

impl Shape {
    pub(super) fn of(text: &str) -> Self {
        let mut shape = Self::default();
        for span in code_spans(text) {
            shape.code.insert(span.range.start, span);
        }
        shape.pairs = shape.pairs(text);
        shape
    }

    /// The code span that starts at an offset.
    pub(super) fn code_at(&self, start: usize) -> Option<&CodeSpan> {
        self.code.get(&start)
    }

    /// Where the bracket, brace or parenthesis that opens at an offset is closed.
    pub(super) fn closing(&self, open: usize) -> Option<usize> {
        self.pairs.get(&open).copied()
    }

    /// Whether an offset is in a code span.
    pub(super) fn is_code(&self, offset: usize) -> bool {
        let before = self.code.range(..=offset).next_back();
        before.is_some_and(|(_, span)| span.range.contains(&offset))
    }

    /// Matches brackets outside of code, each kind for itself.
    fn pairs(&self, text: &str) -> BTreeMap<usize, usize> {
        let mut pairs = BTreeMap::new();
        let (mut brackets, mut parentheses, mut braces) = (Vec::new(), Vec::new(), Vec::new());
        let mut escaped = false;
        let mut code_end = 0;
        for (at, byte) in text.bytes().enumerate() {
            if byte == b'`'
                && let Some(span) = self.code.get(&at)
            {
                code_end = span.range.end;
            }
            if at < code_end {
                escaped = false;
                continue;
            }
            match byte {
                _ if escaped => {}
                b'[' => brackets.push(at),
                b'(' => parentheses.push(at),
                b'{' => braces.push(at),
                b']' => pairs.extend(brackets.pop().map(|open| (open, at))),
                b')' => pairs.extend(parentheses.pop().map(|open| (open, at))),
                b'}' => pairs.extend(braces.pop().map(|open| (open, at))),
                _ => {}
            }
            escaped = byte == b'\\' && !escaped;
        }
        pairs
    }
}

/// The code spans of a line.
///
/// A backslash does not escape a backtick: where descriptions have one, it is the remains of a
/// line break. An empty pair of backticks is what is left of a `<tag>`, and does not start a span.
fn code_spans(text: &str) -> Vec<CodeSpan> {
    let runs = backtick_runs(text);
    let next_alike = next_alike(&runs);
    let mut singles = runs.iter().filter(|run| run.len() == 1).count();
    let mut spans = Vec::new();
    let mut from = 0;
    for (run, next) in runs.iter().zip(next_alike) {
        let ticks = run.len();
        let odd_singles = singles % 2 == 1;
        singles -= usize::from(ticks == 1);
        if run.start < from {
            continue;
        }
        let Some(end) = next else { continue };
        let content = text.get(run.end..end - ticks).unwrap_or_default();
        let is_span = match ticks {
            // With one backtick too many, the stray one is where the span would look wrong.
            1 => !(odd_singles && content.starts_with(' ') != content.ends_with(' ')),
            2 => content.contains('`') || !(content.starts_with(' ') || content.ends_with(' ')),
            _ => true,
        };
        if is_span && !content.trim().is_empty() {
            spans.push(CodeSpan {
                range: run.start..end,
                ticks,
            });
            from = end;
        }
    }
    spans
}

/// The places of the longest possible runs of backticks.
fn backtick_runs(text: &str) -> Vec<Range<usize>> {
    let mut runs: Vec<Range<usize>> = Vec::new();
    for (at, _) in text.match_indices('`') {
        match runs.last_mut() {
            Some(run) if run.end == at => run.end = at + 1,
            _ => runs.push(at..at + 1),
        }
    }
    runs
}

/// For each run, the end of the next one with as many backticks.
fn next_alike(runs: &[Range<usize>]) -> Vec<Option<usize>> {
    let mut seen = BTreeMap::new();
    let mut next: Vec<_> = runs
        .iter()
        .rev()
        .map(|run| seen.insert(run.len(), run.end))
        .collect();
    next.reverse();
    next
}

/// A token, or something that may turn out to be one.
#[derive(Debug)]
pub(super) enum Piece<'a> {
    Token(Token<'a>),
    Mark(Mark<'a>),
}

/// A place where emphasis may begin or end.
#[derive(Debug)]
pub(super) struct Mark<'a> {
    at: usize,
    /// The stars or underscores; only the same close what some opened.
    source: &'a str,
    opens: bool,
    closes: bool,
}

impl<'a> Mark<'a> {
    /// A run of stars or underscores, classified by the characters around it.
    pub(super) fn run(text: &str, at: usize, source: &'a str) -> Self {
        let before = text.get(..at).unwrap_or_default().chars().next_back();
        let after = text.get(at + source.len()..).unwrap_or_default();
        let after = after.chars().next();
        Self {
            at,
            source,
            opens: may_open(before, after),
            closes: may_close(before, after),
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
        let token = match piece {
            Piece::Token(token) => token,
            Piece::Mark(mark) => pairs
                .remove(&index)
                .unwrap_or(Token::Text(Cow::Borrowed(mark.source))),
        };
        push(&mut tokens, token);
    }
    tokens
}

/// What the marks that have a partner become, by their index.
fn pairs<'a>(text: &str, pieces: &[Piece<'_>]) -> BTreeMap<usize, Token<'a>> {
    let mut pairs = BTreeMap::new();
    let mut open: Vec<(usize, &Mark<'_>)> = Vec::new();
    for (index, piece) in pieces.iter().enumerate() {
        let Piece::Mark(mark) = piece else { continue };
        let partner = open
            .iter()
            .rposition(|(_, start)| start.source == mark.source);
        if let Some(partner) = partner.filter(|_| mark.closes) {
            if let Some(&(start_index, start)) = open.get(partner)
                && is_meant(text, start, mark)
            {
                let style = if mark.source.len() == 1 {
                    Style::Emphasis
                } else {
                    Style::Strong
                };
                pairs.insert(start_index, Token::Open(style));
                pairs.insert(index, Token::Close(style));
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
        && (!start.source.starts_with('_') || content.contains(' '))
}

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
