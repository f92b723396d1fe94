//! Escapes text so that Markdown shows it as it is.

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
