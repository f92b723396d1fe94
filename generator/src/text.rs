//! Questions about texts that more than one phase asks.

/// Whether a character is invisible or changes how others are shown: controls, zero-width and
/// direction characters, tags and line separators. Compilers refuse some of them in source.
pub(crate) fn is_hidden(c: char) -> bool {
    c.is_control()
        || matches!(
            c,
            '\u{ad}' | '\u{61c}' | '\u{180e}'
                | '\u{200b}'..='\u{200f}'
                | '\u{2028}'..='\u{202e}'
                | '\u{2060}'..='\u{206f}'
                | '\u{fe00}'..='\u{fe0f}'
                | '\u{feff}'
                | '\u{fff9}'..='\u{fffb}'
                | '\u{e0000}'..='\u{e0fff}'
        )
}

/// Text of a document as a terminal may show it: on one line, without control or direction
/// characters, and not longer than `longest` characters.
pub(crate) fn printable(text: &str, longest: usize) -> String {
    let mut shown = String::new();
    for (index, c) in text.chars().enumerate() {
        if index == longest {
            shown.push('…');
            break;
        }
        if is_hidden(c) {
            shown.extend(c.escape_default());
        } else {
            shown.push(c);
        }
    }
    shown
}

/// The name that differs least from `name`, if one is near: for help with a misspelled one.
pub(crate) fn nearest<'a>(name: &str, known: &[&'a str]) -> Option<&'a str> {
    let wanted = letters(name);
    // The distance takes quadratic time, and nobody misspells a long name.
    if wanted.len() > 100 {
        return None;
    }
    let candidates = known
        .iter()
        .filter(|candidate| candidate.len() <= 100)
        .map(|candidate| {
            (
                strsim::levenshtein(&wanted, &letters(candidate)),
                *candidate,
            )
        });
    let (distance, best) = candidates.min()?;
    (distance <= wanted.chars().count() / 3).then_some(best)
}

/// A name without what people get wrong most: capitals and signs between words.
fn letters(name: &str) -> String {
    name.chars()
        .filter(|c| c.is_alphanumeric())
        .flat_map(char::to_lowercase)
        .collect()
}

#[cfg(test)]
mod tests {
    use super::nearest;

    #[test]
    fn a_misspelled_name_is_near_and_another_is_not() {
        let known = ["description", "items", "type", "id"];
        assert_eq!(nearest("descripton", &known), Some("description"));
        assert_eq!(nearest("Items", &known), Some("items"));
        assert_eq!(nearest("item", &known), Some("items"));
        assert_eq!(nearest("is", &known), None);
        assert_eq!(nearest("", &known), None);
        assert_eq!(nearest("location", &known), None);
        assert_eq!(nearest("x", &[]), None);
    }
}
