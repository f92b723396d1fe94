//! The grammar of the `fields` parameter.
//!
//! A selection is a list of paths with commas between; a path is names with `/` between, and may end with a
//! selection in parentheses.

use super::Selection;

/// Parentheses and slashes may nest this deep; no message of the API comes near.
const DEPTH: usize = 32;

/// Parses a selection; the error is the text itself.
pub(super) fn selection(text: &str) -> Result<Selection, String> {
    let mut parser = Parser { rest: text };
    match parser.list(0) {
        Some(selection) if parser.rest.is_empty() => Ok(selection),
        _ => Err(text.to_owned()),
    }
}

struct Parser<'a> {
    rest: &'a str,
}

impl Parser<'_> {
    fn list(&mut self, depth: usize) -> Option<Selection> {
        let mut paths = vec![self.path(depth)?];
        while self.eat(',') {
            paths.push(self.path(depth)?);
        }
        Some(Selection(paths))
    }

    fn path(&mut self, depth: usize) -> Option<(String, Selection)> {
        let name = self.name()?;
        if depth >= DEPTH {
            return None;
        }
        let below = if self.eat('/') {
            Selection(vec![self.path(depth + 1)?])
        } else if self.eat('(') {
            let below = self.list(depth + 1)?;
            if !self.eat(')') {
                return None;
            }
            below
        } else {
            Selection::default()
        };
        Some((name, below))
    }

    fn name(&mut self) -> Option<String> {
        self.rest = self.rest.trim_start();
        let end = self
            .rest
            .find([',', '/', '(', ')'])
            .unwrap_or(self.rest.len());
        let (name, rest) = self.rest.split_at(end);
        self.rest = rest;
        let name = name.trim();
        (!name.is_empty()).then(|| name.to_owned())
    }

    fn eat(&mut self, wanted: char) -> bool {
        self.rest = self.rest.trim_start();
        let rest = self.rest.strip_prefix(wanted);
        self.rest = rest.unwrap_or(self.rest);
        rest.is_some()
    }
}
