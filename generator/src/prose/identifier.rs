//! Names in prose that are set as code: `pageToken`, `UserEvent.documents`, `STRUCT_ENCODING`.
//!
//! Authors often leave out the backticks. Set as code, a name is easier to see, needs no escapes,
//! and does not fail `clippy::doc_markdown` in a crate that asks for it.

use std::ops::Range;

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

/// Where in a word without spaces a name is, if there is one; around it is only punctuation.
pub(super) fn find(word: &str) -> Option<Range<usize>> {
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
