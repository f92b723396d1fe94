//! Keeps text from being anything but text: characters that hide are shown, what Markdown would act
//! on is escaped, and finished Markdown is looked at through the parser that rustdoc uses.
//!
//! The writer escapes all that needs it. The parser is the proof: whatever it may have missed, text
//! from a document is never compiled, is never HTML, and links to nothing but web addresses.

use std::fmt::Write as _;

use pulldown_cmark::{CodeBlockKind, Event, LinkType, Options, Parser, Tag, TagEnd};

use super::names;
use crate::text::is_hidden;

/// A tab in the indentation of a line moves to the next multiple of this.
const TAB: usize = 4;

/// The text with `\n` as its only line break, spaces as its only other white space, and no
/// invisible character.
pub(super) fn clean(text: &str) -> String {
    let mut clean = String::with_capacity(text.len());
    let mut indent = Some(0);
    let mut characters = text.chars().peekable();
    while let Some(c) = characters.next() {
        match c {
            '!'..='~' => {
                clean.push(c);
                indent = None;
            }
            '\r' if characters.peek() == Some(&'\n') => {}
            '\n' | '\r' | '\u{b}' | '\u{c}' | '\u{85}' | '\u{2028}' | '\u{2029}' => {
                clean.push('\n');
                indent = Some(0);
            }
            '\t' => {
                let width = indent.map_or(1, |column| TAB - column % TAB);
                clean.extend(std::iter::repeat_n(' ', width));
                indent = indent.map(|column| column + width);
            }
            _ if c.is_whitespace() => {
                clean.push(' ');
                indent = indent.map(|column| column + 1);
            }
            _ if is_nothing(c) => {}
            _ => {
                push_visible(&mut clean, c);
                indent = None;
            }
        }
    }
    clean
}

/// Appends a character, or what stands for it if it cannot be seen or changes what is seen.
fn push_visible(text: &mut String, c: char) {
    if is_hidden(c) {
        // Writing to a string cannot fail.
        let _ = write!(text, "{}", c.escape_unicode());
    } else {
        text.push(c);
    }
}

/// Whether a character has no width and no meaning in prose: joiners, invisible operators and
/// variation selectors. Left in, they could carry text that nobody sees.
fn is_nothing(c: char) -> bool {
    matches!(
        c,
        '\u{ad}' | '\u{34f}' | '\u{115f}' | '\u{1160}' | '\u{17b4}' | '\u{17b5}'
            | '\u{180b}'..='\u{180f}'
            | '\u{200b}'..='\u{200d}'
            | '\u{2060}'..='\u{2064}'
            | '\u{3164}' | '\u{feff}' | '\u{ffa0}'
            | '\u{fe00}'..='\u{fe0f}'
            | '\u{e0100}'..='\u{e01ef}'
    )
}

/// Where a piece of text is written.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) enum Setting {
    /// In a paragraph.
    #[default]
    Paragraph,
    /// In the label of a link, which must not end early.
    Label,
}

/// Appends a piece of a word. `text` has no spaces; what is before and after it is not text.
pub(super) fn push(line: &mut String, text: &str, setting: Setting) {
    let mut before = None;
    for (at, c) in text.char_indices() {
        let rest = text.get(at + c.len_utf8()..).unwrap_or_default();
        if is_special(c, before, rest, setting) {
            line.push('\\');
        }
        line.push(c);
        before = Some(c);
    }
}

fn is_special(c: char, before: Option<char>, rest: &str, setting: Setting) -> bool {
    let after = rest.chars().next();
    let in_word = |c: Option<char>| c.is_some_and(char::is_alphanumeric);
    match c {
        '`' | '[' | '~' | '*' => true,
        '_' => !(in_word(before) && in_word(after)),
        '\\' => !in_word(after),
        '<' => after != Some('='),
        // Two dashes would become one long dash.
        '-' => before == Some('-') || after == Some('-'),
        '&' => is_entity(rest),
        ']' | '^' => setting == Setting::Label,
        _ => false,
    }
}

/// Whether `&` and this text would be shown as another character.
fn is_entity(rest: &str) -> bool {
    let name = rest.trim_start_matches('#');
    let end = name
        .bytes()
        .take(40)
        .position(|byte| !byte.is_ascii_alphanumeric());
    end.is_some_and(|end| end > 0 && name.get(end..).is_some_and(|rest| rest.starts_with(';')))
}

/// Escapes a word that starts a line, where it could start a list, a heading, a quote or a table,
/// or make a heading of the line before.
pub(crate) fn line_start(word: &str) -> String {
    let after_digits = word.trim_start_matches(|c: char| c.is_ascii_digit());
    let digits = word.len() - after_digits.len();
    let is_number = (1..=9).contains(&digits) && matches!(after_digits, "." | ")");
    let is_marker = matches!(word, "-" | "+" | "*") || word.starts_with('>');
    let is_line = word.chars().all(|c| c == '=') || word.chars().all(|c| c == '#');
    let is_table = word.chars().all(|c| "|:-".contains(c));
    if word.is_empty() {
        String::new()
    } else if is_number {
        word.get(..digits).unwrap_or_default().to_owned() + "\\" + after_digits
    } else if is_marker || is_line || is_table {
        format!("\\{word}")
    } else {
        word.to_owned()
    }
}

/// At least as many backticks as `least`, and more than the code between them has in a row.
pub(super) fn fence(code: &str, least: usize) -> String {
    let runs = code.split(|c| c != '`').map(str::len);
    "`".repeat(runs.max().map_or(least, |longest| least.max(longest + 1)))
}

/// A word with all its punctuation escaped that could mean anything anywhere.
pub(super) fn all(word: &str) -> String {
    let mut escaped = String::with_capacity(word.len());
    let mut before = ' ';
    for c in word.chars() {
        let is_harmless = matches!(c, ',' | ';' | '\'' | '"' | '(' | '?' | '/' | '%' | '@');
        let is_point = matches!(c, '.' | ')') && !before.is_ascii_digit();
        if c.is_ascii_punctuation() && !is_harmless && !is_point {
            escaped.push('\\');
        }
        escaped.push(c);
        before = c;
    }
    escaped
}

/// Whether the Markdown consists of paragraphs, lists, code that is not compiled, emphasis
/// and links to web addresses, and of nothing that rustdoc would look for and not find.
pub(super) fn is_harmless(markdown: &str) -> bool {
    let mut unresolved = false;
    let mut callback = |_| {
        unresolved = true;
        None
    };
    // The extensions that rustdoc has switched on.
    let options = Options::ENABLE_TABLES
        | Options::ENABLE_FOOTNOTES
        | Options::ENABLE_STRIKETHROUGH
        | Options::ENABLE_TASKLISTS
        | Options::ENABLE_SMART_PUNCTUATION;
    let events = Parser::new_with_broken_link_callback(markdown, options, Some(&mut callback));
    let mut shows_addresses = false;
    let harmless = events.into_iter().all(|event| match event {
        Event::Start(tag) => {
            shows_addresses |= matches!(tag, Tag::Link { .. } | Tag::CodeBlock(_));
            is_harmless_tag(&tag)
        }
        Event::End(tag) => {
            shows_addresses &= !matches!(tag, TagEnd::Link | TagEnd::CodeBlock);
            true
        }
        // rustdoc wants a web address to be a link.
        Event::Text(text) => shows_addresses || names::starts(&text).next().is_none(),
        Event::Code(_) | Event::SoftBreak | Event::HardBreak => true,
        _ => false,
    });
    harmless && !unresolved
}

fn is_harmless_tag(tag: &Tag<'_>) -> bool {
    match tag {
        Tag::CodeBlock(kind) => matches!(kind, CodeBlockKind::Fenced(name) if &**name == "text"),
        Tag::Link {
            link_type,
            dest_url,
            ..
        } => {
            let is_direct = matches!(link_type, LinkType::Inline | LinkType::Autolink);
            is_direct && names::is_link(dest_url)
        }
        Tag::Paragraph | Tag::List(_) | Tag::Item | Tag::Emphasis | Tag::Strong => true,
        _ => false,
    }
}
