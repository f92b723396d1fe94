//! Lines of Markdown that have grown too long: by a longer name, an indentation, or what stands in
//! front of them.

/// Cuts lines of more than `width` characters at a space, where that changes no meaning. What is cut
/// off goes on in the next line of the same paragraph, or becomes a line of its own.
pub(crate) fn fit(lines: &mut Vec<String>, width: usize) {
    let mut fence = Fence::default();
    let mut index = 0;
    while let Some(line) = lines.get_mut(index) {
        index += 1;
        if fence.holds(line) {
            continue;
        }
        let Some((rest, indent)) = overflow(line, width) else {
            continue;
        };
        match lines.get_mut(index) {
            Some(next) if !rest.ends_with('\\') && continues(next, indent) => {
                next.insert_str(indent, &format!("{rest} "));
            }
            _ => lines.insert(index, " ".repeat(indent) + &rest),
        }
    }
}

/// Cuts off the words that are too much for a line; with the indentation of lines that go on with its
/// paragraph.
fn overflow(line: &mut String, width: usize) -> Option<(String, usize)> {
    // Bytes are at least as many as characters, and counted at once.
    if line.len() <= width || line.chars().count() <= width {
        return None;
    }
    let indent = text_begins_at(line)?;
    let mut spaces = spaces(line, indent).peekable();
    let mut cut = spaces.next()?;
    while let Some(next) = spaces.next_if(|next| next.column <= width) {
        cut = next;
    }
    // Where the next word is too long for any line, it may as well stay here.
    let end = spaces
        .next()
        .map_or(line.chars().count(), |next| next.column);
    drop(spaces);
    if end - cut.column + indent > width + 1 {
        return None;
    }
    let rest = line.split_off(cut.at);
    Some((rest.trim_start().to_owned(), indent))
}

/// A space at which a line can be cut: its place in bytes, and in characters.
struct Space {
    at: usize,
    column: usize,
}

/// The spaces outside of code behind which a paragraph can go on in another line.
fn spaces(line: &str, indent: usize) -> impl Iterator<Item = Space> {
    let mut in_code = false;
    line.char_indices()
        .enumerate()
        .filter_map(move |(column, (at, character))| {
            in_code ^= character == '`';
            let is_space = character == ' ' && !in_code && at > indent;
            (is_space && line.get(at + 1..).is_some_and(is_text)).then_some(Space { at, column })
        })
}

/// Where the text of a line begins, after its indentation and the marker of a list; nowhere in a
/// table.
fn text_begins_at(line: &str) -> Option<usize> {
    let text = line.trim_start_matches(' ');
    let digits = text.trim_start_matches(|c: char| c.is_ascii_digit());
    let after_marker = text
        .strip_prefix(['*', '-', '+'])
        .or_else(|| {
            digits
                .strip_prefix(['.', ')'])
                .filter(|_| digits.len() < text.len())
        })
        .and_then(|rest| rest.strip_prefix(' '));
    let text = after_marker.unwrap_or(text);
    (!text.starts_with(['|', '#', ' '])).then_some(line.len() - text.len())
}

/// Whether a line goes on with a paragraph that has this indentation.
fn continues(line: &str, indent: usize) -> bool {
    let (before, text) = line.split_at_checked(indent).unwrap_or_default();
    before.trim_start_matches(' ').is_empty() && is_text(text)
}

/// Whether a line can only go on with a paragraph: with a backslash in front, any character can.
fn is_text(line: &str) -> bool {
    let first = line.chars().next();
    first.is_some_and(|c| c.is_alphabetic() || matches!(c, '`' | '(' | '[' | '\\'))
        && !line.starts_with("``")
}

/// Tells code blocks from text.
#[derive(Default)]
pub(crate) struct Fence(Option<String>);

impl Fence {
    /// Whether the next line is in a code block, or one of its fences.
    pub(crate) fn holds(&mut self, line: &str) -> bool {
        let text = line.trim();
        if let Some(open) = &self.0 {
            if text == open {
                self.0 = None;
            }
            return true;
        }
        let ticks = text.len() - text.trim_start_matches('`').len();
        if ticks >= 3 {
            self.0 = text.get(..ticks).map(str::to_owned);
        }
        ticks >= 3
    }
}

#[cfg(test)]
mod tests {
    use super::fit;

    fn fitted(lines: &[&str]) -> Vec<String> {
        let mut lines = lines.iter().map(|line| (*line).to_owned()).collect();
        fit(&mut lines, 20);
        lines
    }

    #[test]
    fn long_line_flows_into_its_paragraph() {
        assert_eq!(
            fitted(&["One two three four five.", "Six.", "", "Seven."]),
            ["One two three four", "five. Six.", "", "Seven."]
        );
        assert_eq!(
            fitted(&["* `a`: one two three four", "  five.", "* `b`"]),
            ["* `a`: one two three", "  four five.", "* `b`"]
        );
        assert_eq!(
            fitted(&["1. One two three four five", "Six."]),
            ["1. One two three", "   four five", "Six."]
        );
        assert_eq!(
            fitted(&["One two three four five", "\\- six"]),
            ["One two three four", "five \\- six"]
        );
    }

    #[test]
    fn words_that_would_begin_something_else_stay() {
        assert_eq!(
            fitted(&["One two three - four five"]),
            ["One two three - four", "five"]
        );
        assert_eq!(
            fitted(&["One two three four -- five"]),
            ["One two three", "four -- five"]
        );
        assert_eq!(
            fitted(&["- `one two three four five`"]),
            ["- `one two three four five`"]
        );
    }

    #[test]
    fn line_break_stays_at_the_end() {
        assert_eq!(
            fitted(&["One two three four five\\", "Six."]),
            ["One two three four", "five\\", "Six."]
        );
    }

    #[test]
    fn code_and_tables_stay_as_they_are() {
        let lines = [
            "```text",
            "one two three four five six",
            "```",
            "| one two three | four five |",
        ];
        assert_eq!(fitted(&lines), lines);
        let lines = ["````text", "```", "one two three four five six", "````"];
        assert_eq!(fitted(&lines), lines);
    }
}
