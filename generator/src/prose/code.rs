//! Blocks of code: while their lines are read, and those that lost their line breaks.

use super::model::{Block, Body, Place};

/// The column after which code is continued on the next line, in characters.
const WIDTH: usize = 80;
/// The indentation that each open bracket adds.
const INDENT: usize = 2;
/// The deepest indentation, in brackets.
const MAX_INDENT: usize = 10;

/// Code that has begun and not ended.
pub(super) struct Code<'a> {
    pub(super) place: Place,
    /// How many backticks the fence around it has; without one, its lines are indented.
    pub(super) fence: Option<usize>,
    /// How much indentation is not part of the code.
    pub(super) indent: usize,
    pub(super) lines: Vec<&'a str>,
}

/// What a line is to the code before it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Step {
    /// The line is code.
    Take,
    /// The line is the closing fence.
    Close,
    /// The code ended before the line.
    End,
}

impl<'a> Code<'a> {
    /// Takes a line if it belongs to the code. `text` is the line without its indentation.
    pub(super) fn line(&mut self, line: &'a str, text: &str, indent: usize) -> Step {
        match self.fence {
            Some(length) if text.len() >= length && text.chars().all(|c| c == '`') => {
                return Step::Close;
            }
            None if !text.is_empty() && indent < self.indent => return Step::End,
            _ => {}
        }
        self.lines
            .push(line.get(indent.min(self.indent)..).unwrap_or_default());
        Step::Take
    }

    pub(super) fn into_block(self) -> Block {
        let lines = self.lines.into_iter().map(str::to_owned).collect();
        Block {
            place: self.place,
            body: Body::Code(lines),
        }
    }
}

/// The lines of code that lost its line breaks. Breaks are made where spaces are, but not in a string:
/// after an opening bracket, after a comma, before a closing bracket, and where a line is full.
pub(super) fn laid_out(code: &str) -> Vec<String> {
    let mut layout = Layout::default();
    for word in words(code) {
        layout.word(word);
    }
    layout.end_line();
    layout.lines
}

/// The parts of code between spaces that are not in a string.
fn words(code: &str) -> impl Iterator<Item = &str> {
    let mut in_string = false;
    let words = code.split(move |c: char| {
        in_string ^= c == '"';
        c == ' ' && !in_string
    });
    words.filter(|word| !word.is_empty())
}

#[derive(Default)]
struct Layout {
    lines: Vec<String>,
    line: String,
    /// The length of the line in characters.
    length: usize,
    depth: usize,
    /// Brackets that the line opened and did not close.
    open: usize,
}

impl Layout {
    fn word(&mut self, word: &str) {
        let closes = word.starts_with(['}', ']']) && self.open == 0;
        let length = word.chars().count();
        if closes {
            self.end_line();
            self.depth = self.depth.saturating_sub(1);
        }
        let indent = self.depth.min(MAX_INDENT) * INDENT;
        // A word that is too long for any line stays where it is.
        if self.length + 1 + length > WIDTH && indent + length <= WIDTH {
            self.end_line();
        }
        let gap = if self.line.is_empty() { indent } else { 1 };
        self.line.extend(std::iter::repeat_n(' ', gap));
        self.line.push_str(word);
        self.length += gap + length;
        self.brackets(word, usize::from(closes));
    }

    /// Counts the brackets of a word, and ends the line after an opening one or a comma.
    fn brackets(&mut self, word: &str, skip: usize) {
        let mut in_string = false;
        for c in word.chars().skip(skip) {
            in_string ^= c == '"';
            match c {
                _ if in_string => {}
                '{' | '[' | '(' => self.open += 1,
                '}' | ']' | ')' => self.open = self.open.saturating_sub(1),
                _ => {}
            }
        }
        if word.ends_with(['{', '[']) && self.open == 1 {
            self.end_line();
            self.depth += 1;
        } else if word.ends_with([',', ';']) && self.open == 0 && self.depth > 0 {
            self.end_line();
        }
    }

    fn end_line(&mut self) {
        if !self.line.is_empty() {
            self.lines.push(std::mem::take(&mut self.line));
        }
        (self.length, self.open) = (0, 0);
    }
}
