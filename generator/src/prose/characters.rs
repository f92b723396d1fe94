//! Characters that do not belong into source code: made visible, or removed if they are nothing.

use std::fmt::Write as _;

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
