//! What is more than a word to a reader: web addresses, and names of code that lack their backticks.

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

/// The places where a web address may start.
pub(super) fn starts(text: &str) -> impl Iterator<Item = usize> {
    text.match_indices("://").filter_map(|(end, _)| {
        let starts = ["https", "http"].map(|scheme| end.checked_sub(scheme.len()));
        let mut starts = starts.into_iter().flatten();
        starts.find(|start| {
            text.get(*start..)
                .is_some_and(|text| scheme_length(text).is_some())
        })
    })
}

/// The length of the `http://` or `https://` address that a text starts with, without punctuation
/// that belongs to the sentence.
pub(super) fn length(text: &str) -> Option<usize> {
    let scheme = scheme_length(text)?;
    let rest = text.get(scheme..)?;
    let end = rest.find(|c| !is_address(c)).unwrap_or(rest.len());
    Some(scheme + without_punctuation(rest.get(..end)?).len())
}

/// Whether a text is one web address that a reader can follow: `http` or `https`, a host with a
/// domain, no user name that could pass for a host, no placeholder.
pub(super) fn is_link(text: &str) -> bool {
    let Some(scheme) = scheme_length(text) else {
        return false;
    };
    let rest = text.get(scheme..).unwrap_or_default();
    let authority = rest.split(['/', '?', '#']).next().unwrap_or_default();
    let (host, port) = authority.split_once(':').unwrap_or((authority, ""));
    rest.chars()
        .all(|c| is_address(c) && !matches!(c, '{' | '}'))
        && port.bytes().all(|byte| byte.is_ascii_digit())
        && host.contains('.')
        && host.split('.').all(|label| {
            !label.is_empty()
                && label
                    .chars()
                    .all(|c| c.is_alphanumeric() || c == '-' || c == '_')
        })
}

/// Whether a text can be meant as the target of a link: a web address, or the path of a page
/// without its host, and no pattern that looks like one.
pub(super) fn is_target(text: &str) -> bool {
    let path = text.strip_prefix('/').is_some_and(|rest| {
        rest.starts_with(|c: char| c.is_ascii_alphanumeric())
            && rest
                .chars()
                .all(|c| c.is_ascii_alphanumeric() || "-._~/#?&=%".contains(c))
    });
    path || is_link(text)
}

/// The length of `http://` or `https://`, in any case.
fn scheme_length(text: &str) -> Option<usize> {
    ["https://", "http://"].into_iter().find_map(|scheme| {
        let start = text.get(..scheme.len())?;
        start.eq_ignore_ascii_case(scheme).then_some(scheme.len())
    })
}

/// Whether a character can be in an address as people write it; braces are placeholders.
fn is_address(c: char) -> bool {
    c.is_alphanumeric() || "-._~:/?#@!$&'()*+,;=%{}".contains(c)
}

/// An address without the punctuation of the sentence around it. A closing parenthesis stays if
/// the address opened it.
fn without_punctuation(mut address: &str) -> &str {
    let count = |wanted| address.chars().filter(|&c| c == wanted).count();
    // How many are closed that the address did not open.
    let mut parentheses = count(')').saturating_sub(count('('));
    let mut braces = count('}').saturating_sub(count('{'));
    while let Some(last) = address.chars().next_back() {
        let is_foreign = match last {
            ')' => parentheses > 0,
            '}' => braces > 0,
            _ => ".,;:!?'*_~(".contains(last),
        };
        if !is_foreign {
            break;
        }
        parentheses = parentheses.saturating_sub(usize::from(last == ')'));
        braces = braces.saturating_sub(usize::from(last == '}'));
        address = address
            .get(..address.len() - last.len_utf8())
            .unwrap_or_default();
    }
    address
}

/// Where in a word without spaces a name is, if there is one; around it is only punctuation.
///
/// Authors often leave out the backticks of `pageToken` or `STRUCT_ENCODING`. Set as code, a name is
/// easier to see, needs no escapes, and does not fail `clippy::doc_markdown` in a crate that asks for
/// it.
pub(super) fn in_word(word: &str) -> Option<Range<usize>> {
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
