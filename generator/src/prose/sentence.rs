//! Finds the first sentence of a paragraph, which becomes the summary of an item.

use std::borrow::Cow;

use super::model::Token;

/// Sentences that only label what follows.
const LABELS: [&str; 10] = [
    "optional",
    "required",
    "output only",
    "input only",
    "immutable",
    "identifier",
    "deprecated",
    "read-only",
    "unordered list",
    "not supported",
];

/// Words that end with a point but not the sentence.
const ABBREVIATIONS: [&str; 6] = ["eg", "ie", "vs", "cf", "approx", "resp"];

/// Splits a paragraph behind its first sentence. The second part is empty if there is only one.
pub(super) fn split(mut tokens: Vec<Token<'_>>) -> (Vec<Token<'_>>, Vec<Token<'_>>) {
    let Some((index, offset)) = end(&tokens) else {
        return (tokens, Vec::new());
    };
    let mut rest = tokens.split_off(index + 1);
    if let Some(Token::Text(text)) = tokens.last_mut() {
        let tail = text
            .get(offset..)
            .unwrap_or_default()
            .trim_start()
            .to_owned();
        *text = Cow::Owned(text.get(..offset).unwrap_or_default().to_owned());
        if !tail.is_empty() {
            rest.insert(0, Token::Text(Cow::Owned(tail)));
        }
    }
    (tokens, rest)
}

/// The token and the offset in it where the first sentence ends, if something follows.
fn end(tokens: &[Token<'_>]) -> Option<(usize, usize)> {
    let mut sentence = String::new();
    let mut styles = 0usize;
    for (index, token) in tokens.iter().enumerate() {
        match token {
            Token::Text(text) if styles == 0 => {
                let is_last = index + 1 == tokens.len();
                if let Some(end) = end_in(text, is_last, &mut sentence) {
                    return Some((index, end));
                }
            }
            Token::Text(text) => sentence.push_str(text),
            Token::Open(_) => styles += 1,
            Token::Close(_) => styles = styles.saturating_sub(1),
            // A word that is no abbreviation stands for what is not text.
            Token::Code(_) | Token::Address(_) | Token::Link(..) => sentence.push_str("code"),
        }
    }
    None
}

/// Where the sentence that began in earlier tokens ends in a text.
fn end_in(text: &str, is_last: bool, sentence: &mut String) -> Option<usize> {
    let mut from = 0;
    for end in ends(text) {
        sentence.push_str(text.get(from..end).unwrap_or_default());
        from = end;
        if is_label(sentence) {
            sentence.clear();
            continue;
        }
        let next = text
            .get(end..)
            .unwrap_or_default()
            .trim_start()
            .chars()
            .next();
        let follows = next.map_or(!is_last, |c| !c.is_lowercase());
        if follows && !is_abbreviation(sentence) {
            return Some(end);
        }
    }
    sentence.push_str(text.get(from..).unwrap_or_default());
    None
}

/// The offsets of spaces that follow the end of a sentence, perhaps in parentheses.
fn ends(text: &str) -> impl Iterator<Item = usize> {
    text.match_indices(' ').map(|(at, _)| at).filter(|&at| {
        let before = text.get(..at).unwrap_or_default();
        before
            .trim_end_matches([')', '"', '”', '\''])
            .ends_with(['.', '!', '?'])
    })
}

/// Whether the point at the end belongs to a word: `e.g.`, `U.S.`, `J.`
fn is_abbreviation(sentence: &str) -> bool {
    let word = sentence.trim_end_matches(['.', ')', '"']);
    let word = word.rsplit([' ', '(']).next().unwrap_or_default();
    let is_letter = |part: &str| part.chars().count() == 1 && part.contains(char::is_alphabetic);
    word.split('.').all(is_letter) || ABBREVIATIONS.contains(&word.to_lowercase().as_str())
}

fn is_label(sentence: &str) -> bool {
    let label = sentence.trim().trim_matches(['.', '[', ']', '(', ')', ':']);
    LABELS.iter().any(|known| known.eq_ignore_ascii_case(label))
}
