//! A block of code while its lines are read.

use super::block::{Block, Body, Place};
use super::line::Fence;

/// Code that has begun and not ended.
pub(super) struct Code<'a> {
    pub(super) place: Place,
    pub(super) end: End<'a>,
    /// How much indentation is not part of the code.
    pub(super) indent: usize,
    pub(super) lines: Vec<&'a str>,
}

/// What ends the code.
pub(super) enum End<'a> {
    Fence(Fence<'a>),
    /// A line that is not indented.
    Indent,
    /// A line without a column separator.
    Table,
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
        let goes_on = match &self.end {
            End::Fence(fence) if fence.is_closed_by(text) => return Step::Close,
            End::Fence(_) => true,
            End::Indent => text.is_empty() || indent >= self.indent,
            End::Table => text.contains('|'),
        };
        if !goes_on {
            return Step::End;
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
