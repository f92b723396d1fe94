//! What belongs together in one line of Markdown: code spans and brackets of each kind.
//!
//! Found once, in linear time, before anything else reads the line.

use std::collections::BTreeMap;
use std::ops::Range;

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
