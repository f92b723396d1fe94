//! Messages about input: what is wrong, where, and what to do.

use std::fmt;

use crate::{locate, text};

/// A place in a document or in its overrides, as a JSON pointer (RFC 6901).
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct Pointer {
    text: Box<str>,
    /// An override can put something into the document that turns out to be wrong later.
    in_overrides: bool,
}

impl Pointer {
    /// The pointer to the member `key` of the object that this pointer names.
    #[must_use]
    pub fn key(&self, key: &str) -> Self {
        let key = key.replace('~', "~0").replace('/', "~1");
        let text = [&*self.text, "/", &key].concat().into();
        Self {
            text,
            in_overrides: self.in_overrides,
        }
    }

    /// The pointer to the element `index` of the array that this pointer names.
    #[must_use]
    pub fn index(&self, index: usize) -> Self {
        self.key(&index.to_string())
    }

    /// The pointer as text; the whole document is the empty text.
    pub fn as_str(&self) -> &str {
        &self.text
    }

    /// The whole file of overrides.
    pub(crate) fn in_overrides() -> Self {
        Self {
            text: Box::default(),
            in_overrides: true,
        }
    }
}

/// Where in its file a diagnostic belongs.
#[derive(Clone, Debug)]
enum Place {
    /// A value, or the key of a member where the key itself is wrong.
    Pointer(Pointer),
    /// The second member of one name in an object.
    Duplicate(Pointer),
    /// A position that the JSON parser reported: line and column, from 1.
    Position(usize, usize),
}

/// One thing that is wrong with the input.
#[derive(Clone, Debug)]
pub struct Diagnostic {
    place: Place,
    message: String,
    help: String,
}

impl Diagnostic {
    /// A diagnostic about the value at `pointer`; `help` says what to do.
    pub fn new(pointer: &Pointer, message: impl Into<String>, help: impl Into<String>) -> Self {
        Self::at(Place::Pointer(pointer.clone()), message, help)
    }

    /// A diagnostic about the second member that `pointer` names.
    pub(crate) fn duplicate(
        pointer: &Pointer,
        message: impl Into<String>,
        help: impl Into<String>,
    ) -> Self {
        Self::at(Place::Duplicate(pointer.clone()), message, help)
    }

    /// A diagnostic at a line and column, for text that is not JSON.
    pub(crate) fn at_position(
        line: usize,
        column: usize,
        message: impl Into<String>,
        help: impl Into<String>,
    ) -> Self {
        Self::at(Place::Position(line, column), message, help)
    }

    fn is_about_overrides(&self) -> bool {
        match &self.place {
            Place::Pointer(pointer) | Place::Duplicate(pointer) => pointer.in_overrides,
            Place::Position(..) => false,
        }
    }

    fn at(place: Place, message: impl Into<String>, help: impl Into<String>) -> Self {
        Self {
            place,
            message: printable(&message.into()),
            help: printable(&help.into()),
        }
    }
}

/// All diagnostics of one phase, with the files they belong to.
#[derive(Clone, Debug)]
pub struct Diagnostics {
    rendered: Vec<String>,
}

impl Diagnostics {
    /// Renders what was found in one source.
    pub(crate) fn render(source: &crate::Source, mut found: Vec<Diagnostic>) -> Self {
        if found.is_empty() {
            // Nothing is to be found in the text, which may be large.
            return Self {
                rendered: Vec::new(),
            };
        }
        let positions = locate::positions(&source.text, found.iter().map(target));
        let mut lines: Vec<((usize, usize), String)> = found
            .drain(..)
            .zip(positions)
            .map(|(diagnostic, (line, column))| {
                let place = match &diagnostic.place {
                    Place::Position(..) => String::new(),
                    Place::Pointer(pointer) | Place::Duplicate(pointer)
                        if pointer.text.is_empty() =>
                    {
                        String::new()
                    }
                    Place::Pointer(pointer) | Place::Duplicate(pointer) => {
                        format!("\n  at: {}", printable(&pointer.text))
                    }
                };
                let text = format!(
                    "{}:{line}:{column}: error: {}{place}\n  help: {}",
                    printable(&source.name),
                    diagnostic.message,
                    diagnostic.help
                );
                ((line, column), text)
            })
            .collect();
        lines.sort();
        lines.dedup();
        Self {
            rendered: lines.into_iter().map(|(_, text)| text).collect(),
        }
    }

    /// The messages, in the order of the document.
    pub fn messages(&self) -> &[String] {
        &self.rendered
    }
}

impl fmt::Display for Diagnostics {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for message in &self.rendered {
            writeln!(f, "{message}")?;
        }
        let count = self.rendered.len();
        write!(f, "{count} error{}", if count == 1 { "" } else { "s" })
    }
}

impl std::error::Error for Diagnostics {}

fn target(diagnostic: &Diagnostic) -> locate::Target<'_> {
    match &diagnostic.place {
        Place::Pointer(pointer) => locate::Target::Pointer(&pointer.text),
        Place::Duplicate(pointer) => locate::Target::Duplicate(&pointer.text),
        Place::Position(line, column) => locate::Target::Position(*line, *column),
    }
}

/// The most characters of a text that a message shows.
const LONGEST: usize = 2_000;

/// Text of a document as a message shows it.
fn printable(text: &str) -> String {
    text::printable(text, LONGEST)
}

/// Collects the diagnostics of a phase.
#[derive(Debug, Default)]
pub(crate) struct Sink {
    found: Vec<Diagnostic>,
}

impl Sink {
    /// Records an error; the phase goes on to find the others.
    pub(crate) fn error(
        &mut self,
        pointer: &Pointer,
        message: impl Into<String>,
        help: impl Into<String>,
    ) {
        self.push(Diagnostic::new(pointer, message, help));
    }

    pub(crate) fn push(&mut self, diagnostic: Diagnostic) {
        self.found.push(diagnostic);
    }

    /// Ends the phase: an error where anything was found.
    pub(crate) fn finish(&mut self, source: &crate::Source) -> Result<(), Diagnostics> {
        if self.found.is_empty() {
            Ok(())
        } else {
            Err(Diagnostics::render(source, std::mem::take(&mut self.found)))
        }
    }

    /// Whether something is wrong with the document itself.
    pub(crate) fn blames_document(&self) -> bool {
        self.found.iter().any(|found| !found.is_about_overrides())
    }

    /// Ends a phase that reads a document and its overrides.
    pub(crate) fn finish_both(
        &mut self,
        document: &crate::Source,
        overrides: Option<&crate::Source>,
    ) -> Result<(), Diagnostics> {
        let (about_overrides, about_document): (Vec<_>, Vec<_>) = std::mem::take(&mut self.found)
            .into_iter()
            .partition(Diagnostic::is_about_overrides);
        let mut rendered = Diagnostics::render(document, about_document).rendered;
        if let Some(source) = overrides {
            rendered.extend(Diagnostics::render(source, about_overrides).rendered);
        }
        if rendered.is_empty() {
            Ok(())
        } else {
            Err(Diagnostics { rendered })
        }
    }
}
