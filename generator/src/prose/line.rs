//! What a single line starts: fenced code, a heading, a list item.

use super::block::Marker;

/// The fence that starts a block of code.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Fence<'a> {
    character: char,
    length: usize,
    /// What follows the fence on its line, if it is not the name of a language.
    pub(super) code: Option<&'a str>,
}

impl Fence<'_> {
    /// Whether a line ends the code that this fence started.
    pub(super) fn is_closed_by(&self, text: &str) -> bool {
        text.len() >= self.length && text.chars().all(|c| c == self.character)
    }
}

/// The fence at the start of a line.
pub(super) fn fence(text: &str) -> Option<Fence<'_>> {
    let character = text.chars().next().filter(|c| matches!(c, '`' | '~'))?;
    let rest = text.trim_start_matches(character);
    let length = text.len() - rest.len();
    let code = Some(rest.trim()).filter(|rest| !rest.is_empty() && !is_language(rest));
    (length >= 3 && !rest.contains('`')).then_some(Fence {
        character,
        length,
        code,
    })
}

/// The languages that descriptions name after a fence.
const LANGUAGES: [&str; 24] = [
    "bash",
    "c",
    "cel",
    "console",
    "cpp",
    "css",
    "go",
    "html",
    "http",
    "java",
    "javascript",
    "js",
    "json",
    "none",
    "php",
    "proto",
    "python",
    "rust",
    "sh",
    "shell",
    "sql",
    "text",
    "xml",
    "yaml",
];

/// Whether a word after a fence names a language, perhaps with options: `rust,ignore`.
pub(super) fn is_language(word: &str) -> bool {
    LANGUAGES
        .iter()
        .any(|language| Some(*language) == word.split(',').next())
}

/// The title of a heading that starts with `#`.
pub(super) fn heading(text: &str) -> Option<&str> {
    let title = text.trim_start_matches('#');
    let level = text.len() - title.len();
    let title = title
        .strip_prefix(' ')
        .filter(|_| (1..=6).contains(&level))?
        .trim();
    let open = title.trim_end_matches('#');
    let title = if open.ends_with(' ') {
        open.trim_end()
    } else {
        title
    };
    (!title.trim_matches('#').is_empty()).then_some(title)
}

/// Whether a line consists of one character and spaces.
pub(super) fn is_made_of(text: &str, c: char) -> bool {
    text.len() >= 3 && text.chars().all(|other| other == c || other == ' ')
}

/// Whether a line separates the header of a table from its rows.
pub(super) fn is_table_separator(text: &str) -> bool {
    text.contains('|') && text.contains('-') && text.chars().all(|c| "|:- ".contains(c))
}

/// The marker of a list item and the text after it.
pub(super) fn marker(text: &str) -> Option<(Marker, &str)> {
    let (marker, rest) = match text.strip_prefix(['*', '-', '+']) {
        Some(rest) => (Marker::Bullet, rest.strip_prefix(' ')?),
        None => match text.strip_prefix('•') {
            Some(rest) => (Marker::Bullet, rest),
            None => number(text)?,
        },
    };
    let rest = rest.trim_start();
    (!rest.is_empty()).then_some((marker, rest))
}

/// The number of a list item and the text after it. Markdown knows numbers with up to nine digits.
fn number(text: &str) -> Option<(Marker, &str)> {
    let rest = text.trim_start_matches(|c: char| c.is_ascii_digit());
    let digits = text.get(..text.len() - rest.len())?;
    let number = digits.parse().ok().filter(|_| digits.len() <= 9)?;
    Some((
        Marker::Number(number),
        rest.strip_prefix(['.', ')'])?.strip_prefix(' ')?,
    ))
}
