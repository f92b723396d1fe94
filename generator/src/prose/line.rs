//! What a single line starts: fenced code, a heading, a list item; and the items that it is in.

use super::model::{MAX_DEPTH, Marker};
use super::names;

/// The fence of a block of code at the start of a line: how many backticks it has, and what follows
/// them, if it is not the name of a language.
pub(super) fn fence(text: &str) -> Option<(usize, Option<&str>)> {
    let rest = text.trim_start_matches('`');
    let length = text.len() - rest.len();
    let code = Some(rest.trim()).filter(|rest| !rest.is_empty() && !is_language(rest));
    (length >= 3 && !rest.contains('`')).then_some((length, code))
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
    let title = title.strip_prefix(' ')?.trim();
    ((1..=6).contains(&level) && !title.is_empty()).then_some(title)
}

/// The marker of a list item and the text after it.
pub(super) fn marker(text: &str) -> Option<(Marker, &str)> {
    let (marker, rest) = match text.strip_prefix(['*', '-', '+']) {
        Some(rest) => (Marker::Bullet, rest.strip_prefix(' ')?),
        None => number(text)?,
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

/// A line without the backslash at its end that makes its line break explicit.
pub(super) fn without_backslash(text: &str) -> Option<&str> {
    text.strip_suffix('\\').filter(|rest| !rest.ends_with('\\'))
}

/// Whether two lines are statements for themselves: rows, samples or addresses, or what begins
/// with a name such as `Key: the zone` or `PREMIUM - all rules` where the line before had room.
pub(super) fn are_entries(before: &str, text: &str, had_room: bool) -> bool {
    let both = |is: fn(&str) -> bool| is(before) && is(text);
    let is_title = text.starts_with(char::is_uppercase) && label(text) == Some(": ");
    both(|line| line.starts_with('|'))
        || both(is_code_or_address)
        || (had_room && (both(|line| label(line).is_some()) || is_title))
}

/// Whether a line is one code span or one web address.
fn is_code_or_address(line: &str) -> bool {
    let code = line
        .strip_prefix('`')
        .and_then(|rest| rest.strip_suffix('`'));
    let is_code = code.is_some_and(|code| !code.is_empty() && !code.contains('`'));
    is_code || names::length(line) == Some(line.len())
}

/// What separates the one word that a line begins with from what is said about it.
fn label(line: &str) -> Option<&str> {
    let word = |c: char| c.is_alphanumeric() || matches!(c, '_' | '.' | '`');
    let rest = line.trim_start_matches(word);
    let mark = [": ", " - ", " = "]
        .into_iter()
        .find(|&mark| rest.starts_with(mark));
    mark.filter(|_| rest.len() < line.len())
}

/// The list items around the current line, the innermost last.
#[derive(Default)]
pub(super) struct Items(Vec<Item>);

/// A list item that later lines may continue.
struct Item {
    indent: usize,
    /// The column of its text.
    content: usize,
    marker: Marker,
}

impl Items {
    /// Makes a line with a marker an item, and returns its marker, unless it is not meant so. `text`
    /// is the line without its indentation, `rest` what follows the marker.
    pub(super) fn begin(
        &mut self,
        marker: Marker,
        text: &str,
        rest: &str,
        indent: usize,
        in_text: bool,
    ) -> Option<Marker> {
        let depth = self.around(indent).min(MAX_DEPTH - 1);
        let sibling = self.0.get(depth).map(|item| item.marker);
        let marker = match (marker, sibling) {
            // Markdown counts by itself; other numbers would not be shown as they are.
            (Marker::Number(number), Some(Marker::Number(before))) => {
                let counts = number == before || number == before + 1;
                counts.then_some(Marker::Number(before + 1))?
            }
            (Marker::Number(number), _) if in_text && number != 1 => return None,
            (Marker::Bullet, None) if in_text && text.starts_with('+') => return None,
            (marker, _) => marker,
        };
        self.0.truncate(depth);
        self.0.push(Item {
            indent,
            content: indent + (text.len() - rest.len()),
            marker,
        });
        Some(marker)
    }

    /// The column from which the indentation of a line counts: the text of the item it is in, or
    /// the markers of the list that it follows.
    pub(super) fn base(&self, indent: usize) -> usize {
        let inner = self.0.iter().rev().find(|item| item.content <= indent);
        let column = inner.map(|item| item.content);
        column
            .or(self.0.first().map(|item| item.indent))
            .unwrap_or_default()
    }

    pub(super) fn depth(&self) -> usize {
        self.0.len()
    }

    /// How many items a line with this indentation is part of.
    fn around(&self, indent: usize) -> usize {
        self.0
            .iter()
            .take_while(|item| item.indent + 2 <= indent)
            .count()
    }

    /// Leaves the items that a line with this indentation is not part of.
    pub(super) fn leave(&mut self, indent: usize) {
        self.0.truncate(self.around(indent));
    }
}
