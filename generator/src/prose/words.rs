//! From tokens to words: what stays together when lines are wrapped; and where the first sentence,
//! which becomes the summary of an item, ends.

use std::borrow::Cow;

use super::escape::{self, Setting};
use super::model::{Style, Token};
use super::names;

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

/// The words of a paragraph in Markdown. A code span is one word, whatever its length.
pub(super) fn words(tokens: &[Token<'_>]) -> Vec<String> {
    let mut words = Words::default();
    words.tokens(tokens);
    words.end_word();
    words.done
}

#[derive(Default)]
struct Words {
    done: Vec<String>,
    word: String,
    setting: Setting,
    /// Whether the word ends with the backtick of a code span.
    after_code: bool,
    /// How many of each style are open: emphasis in emphasis adds nothing.
    emphasis: usize,
    strong: usize,
}

impl Words {
    fn tokens(&mut self, tokens: &[Token<'_>]) {
        for (index, token) in tokens.iter().enumerate() {
            match token {
                Token::Text(text) => {
                    let before_code = matches!(tokens.get(index + 1), Some(Token::Code(_)));
                    self.text(text, before_code);
                }
                Token::Code(code) => self.code(code),
                Token::Address(address) => self.markup(&format!("<{address}>")),
                Token::Link(label, address) => self.link(label, address),
                Token::Open(style) => self.style(*style, true),
                Token::Close(style) => self.style(*style, false),
            }
        }
    }

    fn text(&mut self, text: &str, before_code: bool) {
        let mut pieces = text.split(' ').enumerate().peekable();
        while let Some((index, piece)) = pieces.next() {
            let is_last = pieces.peek().is_none();
            if piece == "*" && index > 0 && !is_last {
                // Between spaces it is a factor; at the start of a line it is escaped later.
                self.markup(piece);
            } else {
                self.piece(piece, is_last && before_code);
            }
            if !is_last {
                self.end_word();
            }
        }
    }

    /// Appends a piece of text without spaces, with a name in it as code.
    fn piece(&mut self, piece: &str, before_code: bool) {
        if is_plain(piece) {
            self.word.push_str(piece);
            self.after_code &= piece.is_empty();
            return;
        }
        let name = names::in_word(piece).filter(|name| {
            // Two code spans cannot touch.
            let touches_before = self.after_code && name.start == 0;
            let touches_after = before_code && name.end == piece.len();
            !touches_before && !touches_after
        });
        let Some(name) = name else {
            return self.escaped(piece);
        };
        self.escaped(piece.get(..name.start).unwrap_or_default());
        self.code(piece.get(name.clone()).unwrap_or_default());
        self.escaped(piece.get(name.end..).unwrap_or_default());
    }

    fn escaped(&mut self, text: &str) {
        if !text.is_empty() {
            escape::push(&mut self.word, text, self.setting);
            self.after_code = false;
        }
    }

    fn markup(&mut self, markup: &str) {
        self.word.push_str(markup);
        self.after_code = false;
    }

    /// Appends a code span with as many backticks as its content needs.
    fn code(&mut self, code: &str) {
        if code.trim().is_empty() {
            return;
        }
        if self.after_code {
            self.end_word();
        }
        let fence = escape::fence(code, 1);
        let has_tick = code.starts_with('`') || code.ends_with('`');
        let has_spaces = code.starts_with(' ') && code.ends_with(' ');
        let space = if has_tick || has_spaces { " " } else { "" };
        self.markup(&format!("{fence}{space}{code}{space}{fence}"));
        self.after_code = true;
    }

    fn link(&mut self, label: &[Token<'_>], address: &str) {
        let outer = std::mem::replace(&mut self.setting, Setting::Label);
        if self.word.ends_with('!') {
            // Together they would be an image.
            self.word.insert(self.word.len() - 1, '\\');
        }
        self.markup("[");
        self.tokens(label);
        self.setting = outer;
        let needs_brackets = address.contains(['(', ')']);
        let address = address.replace('&', "\\&");
        self.markup(&if needs_brackets {
            format!("](<{address}>)")
        } else {
            format!("]({address})")
        });
    }

    fn style(&mut self, style: Style, opens: bool) {
        let (open, delimiter) = match style {
            Style::Emphasis => (&mut self.emphasis, "*"),
            Style::Strong => (&mut self.strong, "**"),
        };
        let outer = open.saturating_sub(usize::from(!opens));
        *open = outer + usize::from(opens);
        if outer == 0 {
            self.markup(delimiter);
        }
    }

    fn end_word(&mut self) {
        if !self.word.is_empty() {
            self.done.push(std::mem::take(&mut self.word));
        }
        self.after_code = false;
    }
}

/// Whether a piece is what most are: a word, with a comma or period, that is no name and needs no
/// escapes.
fn is_plain(piece: &str) -> bool {
    let bytes = piece.as_bytes();
    let rest = match bytes {
        [first, rest @ ..] if first.is_ascii_uppercase() => rest,
        _ => bytes,
    };
    rest.iter()
        .all(|byte| byte.is_ascii_lowercase() || matches!(byte, b'.' | b','))
}

/// Splits a paragraph behind its first sentence. The second part is empty if there is only one.
pub(super) fn split_sentence(mut tokens: Vec<Token<'_>>) -> (Vec<Token<'_>>, Vec<Token<'_>>) {
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
