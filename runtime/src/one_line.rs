//! Text of others on one line of ours.

use std::fmt::{self, Display, Formatter, Write as _};

/// The most that is shown, in characters.
const SHOWN: usize = 400;

/// Text that somebody else wrote, such as a service, fit to be printed inside of a line: it says
/// nothing to a terminal.
///
/// Blanks, line ends, control characters and those that turn the direction of text become one blank;
/// what follows after 400 characters becomes `…`.
///
/// ```
/// use discovery_runtime::OneLine;
///
/// assert_eq!(OneLine("No such\n album\u{1b}[2J.").to_string(), "No such album [2J.");
/// ```
#[derive(Clone, Copy, Debug)]
pub struct OneLine<'a>(
    /// The text.
    pub &'a str,
);

impl Display for OneLine<'_> {
    fn fmt(&self, formatter: &mut Formatter<'_>) -> fmt::Result {
        let mut written = 0;
        let mut words = self.0.split(is_blank);
        let mut pending = words.find(|word| !word.is_empty());
        while let Some(word) = pending {
            for character in word.chars() {
                if written == SHOWN {
                    return formatter.write_char('…');
                }
                formatter.write_char(character)?;
                written += 1;
            }
            pending = words.find(|word| !word.is_empty());
            if pending.is_some() && written < SHOWN {
                formatter.write_char(' ')?;
                written += 1;
            }
        }
        Ok(())
    }
}

/// Unicode names the characters that turn the direction of text in its property `Bidi_Control`
/// (<https://www.unicode.org/reports/tr9/>).
fn is_blank(character: char) -> bool {
    let turns = matches!(character, '\u{61c}' | '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}');
    turns || character.is_whitespace() || character.is_control()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_speaks_to_a_terminal() {
        // Clear the screen, set the title, and the same by the one-byte forms of ECMA-48.
        for text in [
            "a\u{1b}[2Jb",
            "a\u{1b}]0;title\u{7}b",
            "a\u{9b}2Jb",
            "a\u{9d}0;title\u{9c}b",
            "a\rb\u{8}\u{7f}\0",
            "gpj.\u{202e}exe",
        ] {
            let shown = OneLine(text).to_string();
            assert!(
                !shown.chars().any(|c| c.is_control() || c == '\u{202e}'),
                "{shown:?}"
            );
        }
        assert_eq!(OneLine("  ä\u{a0}\n\t湖 ").to_string(), "ä 湖");
    }

    #[test]
    fn long_text_is_cut() {
        let shown = OneLine(&"é ".repeat(1000)).to_string();
        assert!(
            shown.chars().count() <= SHOWN + 1 && shown.ends_with('…'),
            "{shown}"
        );
        let full = "x".repeat(SHOWN);
        assert_eq!(OneLine(&full).to_string(), full);
    }
}
