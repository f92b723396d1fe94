//! From tokens to words: what stays together when lines are wrapped, and names that are set as code.

use std::collections::BTreeSet;
use std::ops::Range;

use super::escape::{self, Setting};
use super::model::{Style, Token};

/// Names of products and notations that only look like a type; Clippy knows them as well.
const WORDS: [&str; 22] = [
    "DevOps",
    "ECMAScript",
    "GiB",
    "GitHub",
    "GitLab",
    "GraphQL",
    "IPv4",
    "IPv6",
    "JavaScript",
    "KiB",
    "MHz",
    "MiB",
    "NaN",
    "OAuth",
    "OpenSSH",
    "OpenSSL",
    "OpenTelemetry",
    "TensorFlow",
    "TiB",
    "TypeScript",
    "WebP",
    "WebSocket",
];

/// The words of a paragraph in Markdown. A code span is one word, whatever its length.
pub(super) fn words(tokens: &[Token<'_>], setting: Setting) -> Vec<String> {
    let mut words = Words {
        setting,
        ..Words::default()
    };
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
                Token::Open(style) => {
                    if self.open(*style) == 1 {
                        self.markup(delimiter(*style));
                    }
                }
                Token::Close(style) => {
                    if self.close(*style) == 0 {
                        self.markup(delimiter(*style));
                    }
                }
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
        let name = name_in(piece).filter(|name| {
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
        let fence = fence(code);
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

    fn open(&mut self, style: Style) -> usize {
        let count = self.count(style);
        *count += 1;
        *count
    }

    fn close(&mut self, style: Style) -> usize {
        let count = self.count(style);
        *count = count.saturating_sub(1);
        *count
    }

    fn count(&mut self, style: Style) -> &mut usize {
        match style {
            Style::Emphasis => &mut self.emphasis,
            Style::Strong => &mut self.strong,
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

fn delimiter(style: Style) -> &'static str {
    match style {
        Style::Emphasis => "*",
        Style::Strong => "**",
    }
}

/// The shortest run of backticks that does not occur in the code.
fn fence(code: &str) -> String {
    let runs: BTreeSet<_> = code.split(|c| c != '`').map(str::len).collect();
    let length = (1..=runs.len()).find(|length| !runs.contains(length));
    "`".repeat(length.unwrap_or(runs.len() + 1))
}

/// Where in a word without spaces a name is, if there is one; around it is only punctuation.
///
/// Authors often leave out the backticks of `pageToken` or `STRUCT_ENCODING`. Set as code, a name is
/// easier to see, needs no escapes, and does not fail `clippy::doc_markdown` in a crate that asks for
/// it.
fn name_in(word: &str) -> Option<Range<usize>> {
    let range = core(word);
    let name = word.get(range.clone()).filter(|name| !name.contains('`'))?;
    is_identifier(name).then_some(range)
}

/// The place of a word without the punctuation of the sentence around it. Brackets that belong to
/// the word stay: `{project_id}`, `setName()`.
fn core(word: &str) -> Range<usize> {
    let is_pair = |open, close| word.contains(open) && word.contains(close);
    let (braces, angles) = (is_pair('{', '}'), is_pair('<', '>'));
    let opens = |c: char| match c {
        '{' => !braces,
        '<' => !angles,
        _ => "([\"'“‘*`".contains(c),
    };
    let closes = |c: char| match c {
        '}' => !braces,
        '>' => !angles,
        _ => ")]\"'”’.,;:!?*`".contains(c),
    };
    let rest = word.trim_start_matches(opens);
    let start = word.len() - rest.len();
    let name = rest.trim_end_matches(closes);
    let name = name
        .strip_suffix("'s")
        .or_else(|| name.strip_suffix("’s"))
        .unwrap_or(name);
    let mut end = start + name.len();
    for c in rest.get(name.len()..).unwrap_or_default().chars() {
        if !is_open(word.get(start..end).unwrap_or_default(), c) {
            break;
        }
        end += c.len_utf8();
    }
    start..end
}

/// Whether what a character closes is open in a name.
fn is_open(name: &str, close: char) -> bool {
    let count = |wanted| name.chars().filter(|&c| c == wanted).count();
    match close {
        ')' => count('(') > count(')'),
        ']' => count('[') > count(']'),
        '"' | '\'' => count(close) % 2 == 1,
        _ => false,
    }
}

fn is_identifier(name: &str) -> bool {
    let has_letter = name.contains(char::is_alphanumeric);
    let is_path = name.contains("::") || name.contains(":/") || name.ends_with("()");
    let is_dotted = name
        .split('.')
        .all(|part| !part.is_empty() && part.chars().all(char::is_alphanumeric));
    has_letter
        && !WORDS.contains(&name)
        && (name.contains('_') || is_path || (is_dotted && name.split('.').any(is_camel_case)))
}

/// Whether a word is written like a type or a field: `UserEvent`, `pageToken`. Plurals of
/// abbreviations (`IDs`), `macOS` and `gRPC` are not.
fn is_camel_case(word: &str) -> bool {
    let singular = word.strip_suffix("es").or_else(|| word.strip_suffix('s'));
    let stem = singular
        .filter(|stem| !stem.contains(char::is_lowercase))
        .unwrap_or(word);
    if stem.starts_with(|c: char| c.is_ascii_lowercase()) {
        let mut rest = stem
            .trim_start_matches(|c: char| c.is_ascii_lowercase())
            .chars();
        let prefix = stem.len() - rest.as_str().len();
        return prefix > 1
            && rest.next().is_some_and(char::is_uppercase)
            && rest.any(char::is_lowercase);
    }
    !stem.starts_with(|c: char| c.is_ascii_digit())
        && stem.chars().filter(|c| c.is_uppercase()).count() > 1
        && stem.contains(char::is_lowercase)
}
