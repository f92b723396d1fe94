//! The two streams that a run speaks to.

use std::fmt::Display;
use std::io::{self, Write};

/// Standard output for results, standard error for progress and errors.
#[derive(Debug)]
pub(super) struct Screen {
    out: io::Stdout,
    err: io::Stderr,
}

impl Default for Screen {
    fn default() -> Self {
        Self {
            out: io::stdout(),
            err: io::stderr(),
        }
    }
}

// A reader that has gone away, as `head` does, must not keep a run from ending its work.
impl Screen {
    /// A line of the result.
    pub(super) fn result(&mut self, line: impl Display) {
        let _ = writeln!(self.out, "{line}");
    }

    /// A line about what goes on.
    pub(super) fn progress(&mut self, line: impl Display) {
        let _ = writeln!(self.err, "{line}");
    }

    /// Something that went wrong.
    pub(super) fn error(&mut self, message: impl Display) {
        let _ = writeln!(self.err, "error: {message}");
    }
}
