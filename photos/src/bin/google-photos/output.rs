//! What goes to standard output: lines for people, or JSON for programs.

use std::io::{self, Write as _};
use std::path::Path;

use discovery_runtime::OneLine;
use serde_json::Value;

use crate::account::Shared;

/// Where lines go. Unlike `println!`, a reader that is gone is an error and no panic.
#[derive(Clone, Copy)]
pub(crate) struct Output {
    is_json: bool,
}

impl Output {
    pub(crate) fn new(shared: &Shared) -> Self {
        Self {
            is_json: shared.json,
        }
    }

    pub(crate) fn is_json(self) -> bool {
        self.is_json
    }

    /// One thing that happened or is there: as a line of text, or as an object of JSON.
    pub(crate) fn print(self, text: &str, json: &Value) -> io::Result<()> {
        let mut out = io::stdout().lock();
        if self.is_json {
            writeln!(out, "{json}")?;
        } else {
            writeln!(out, "{text}")?;
        }
        out.flush()
    }

    /// A line that only people need.
    pub(crate) fn text(self, text: &str) -> io::Result<()> {
        if self.is_json {
            return Ok(());
        }
        let mut out = io::stdout().lock();
        writeln!(out, "{text}")?;
        out.flush()
    }
}

/// A path as it is shown: whoever named the file has no say over the terminal.
pub(crate) fn shown(path: &Path) -> String {
    OneLine(&path.to_string_lossy()).to_string()
}
