//! Where a web address in prose ends, and whether it can be a link.

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
