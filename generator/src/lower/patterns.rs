//! What the `pattern` of a path parameter says about the segments of its values.
//!
//! Documents are made from `google.api.http` templates, and `{name=projects/*/secrets/*}` comes out
//! as `{+name}` with the pattern `^projects/[^/]+/secrets/[^/]+$`; here that is undone. Older
//! documents have expressions of their own. Of those, only the number of segments and the literal
//! ones are taken: which characters a segment may have, the service knows better.

use crate::model::{PathShape, ShapePart};

/// The shape of the values of `{+name}`: what the pattern says, or any number of segments where
/// there is none or it cannot be written as segments.
pub(super) fn shape(pattern: Option<&str>) -> PathShape {
    match pattern.and_then(segments) {
        Some(parts) if parts == [ShapePart::Any] => PathShape::Segment,
        Some(parts) => PathShape::Segments(parts),
        None => PathShape::any(),
    }
}

fn segments(pattern: &str) -> Option<Vec<ShapePart>> {
    let pattern = pattern.strip_prefix('^').unwrap_or(pattern);
    let pattern = pattern.strip_suffix('$').unwrap_or(pattern);
    let parts: Vec<ShapePart> = split(pattern)?
        .into_iter()
        .map(part)
        .collect::<Option<_>>()?;
    let (_, before) = parts.split_last()?;
    (!before.contains(&ShapePart::Rest)).then_some(parts)
}

/// The expressions between the slashes that separate segments. There are none if a choice spans
/// several of them.
fn split(pattern: &str) -> Option<Vec<&str>> {
    let mut pieces = Vec::new();
    let (mut start, mut depth, mut in_class, mut escaped) = (0, 0_usize, false, false);
    for (index, c) in pattern.char_indices() {
        match c {
            _ if escaped => escaped = false,
            '\\' => escaped = true,
            // Named classes and a `]` that stands first are more than what is read here.
            '[' if in_class => return None,
            ']' if pattern.get(..index)?.ends_with(['[', '^']) => return None,
            ']' => in_class = false,
            _ if in_class => {}
            '[' => in_class = true,
            '(' => depth += 1,
            ')' => depth = depth.checked_sub(1)?,
            '|' if depth == 0 => return None,
            '/' if depth == 0 => {
                pieces.push(pattern.get(start..index)?);
                start = index + 1;
            }
            _ => {}
        }
    }
    pieces.push(pattern.get(start..)?);
    (depth == 0 && !in_class && !escaped).then_some(pieces)
}

/// What an expression between two slashes stands for.
fn part(piece: &str) -> Option<ShapePart> {
    let is_plain = |c: char| c.is_ascii_alphanumeric() || "_-~".contains(c);
    match piece {
        // A quantifier here is about the slash before it.
        _ if piece.is_empty() || piece.starts_with(['?', '*', '+', '{']) => None,
        ".*" | ".+" => Some(ShapePart::Rest),
        _ if piece.chars().all(is_plain) => Some(ShapePart::Literal(piece.to_owned())),
        _ if keeps_to_one_segment(piece) => Some(ShapePart::Any),
        _ => None,
    }
}

/// Whether nothing in an expression matches a slash.
fn keeps_to_one_segment(piece: &str) -> bool {
    let mut chars = piece.chars();
    while let Some(c) = chars.next() {
        let admits_slash = match c {
            '.' | '/' => true,
            '\\' => chars.next().is_none_or(is_broad_escape),
            '[' => {
                // The text is cut where the class ends, which `split` has seen to.
                let rest = chars.as_str();
                let Some((class, after)) = class(rest) else {
                    return false;
                };
                chars = after.chars();
                class_admits_slash(class)
            }
            _ => false,
        };
        if admits_slash {
            return false;
        }
    }
    true
}

/// `\S`, `\D`, `\W` and the like are everything but a few characters; a letter in lower case or a
/// sign is those few, or itself.
fn is_broad_escape(c: char) -> bool {
    c.is_ascii_uppercase() || c.is_ascii_digit() || c == '/' || c == 'x' || c == 'p'
}

/// The inside of a class and what follows it.
fn class(text: &str) -> Option<(&str, &str)> {
    let mut escaped = false;
    let end = text.find(|c| {
        let is_end = c == ']' && !escaped;
        escaped = c == '\\' && !escaped;
        is_end
    })?;
    Some((text.get(..end)?, text.get(end + 1..)?))
}

fn class_admits_slash(class: &str) -> bool {
    let (negated, class) = match class.strip_prefix('^') {
        Some(class) => (true, class),
        None => (false, class),
    };
    let chars: Vec<char> = class.chars().collect();
    let spans = |window: &[char]| matches!(window, [from, '-', to] if (*from..=*to).contains(&'/'));
    let broad = |window: &[char]| matches!(window, ['\\', c] if is_broad_escape(*c));
    let has_slash = chars.contains(&'/');
    if negated {
        return !has_slash;
    }
    has_slash || chars.windows(3).any(spans) || chars.windows(2).any(broad)
}

#[cfg(test)]
mod tests {
    use super::shape;

    #[track_caller]
    fn check(pattern: &str, expected: &str) {
        assert_eq!(
            format!("{{x{}}}", shape(Some(pattern))),
            expected,
            "{pattern}"
        );
    }

    #[test]
    fn resource_names_are_their_segments() {
        for (pattern, expected) in [
            ("^[^/]+$", "{x}"),
            ("^projects/[^/]+/secrets/[^/]+$", "{x=projects/*/secrets/*}"),
            (
                "^projects/[^/]+/databases/[^/]+/documents$",
                "{x=projects/*/databases/*/documents}",
            ),
            ("^operations$", "{x=operations}"),
            ("^operations/.*$", "{x=operations/**}"),
            ("^folders/[^/]+/.*$", "{x=folders/*/**}"),
            (
                "^[^/]+/[^/]+/operations/[^/]+/.*$",
                "{x=*/*/operations/*/**}",
            ),
            ("^.*$", "{x=**}"),
        ] {
            check(pattern, expected);
        }
        assert_eq!(shape(None).to_string(), "=**");
    }

    #[test]
    fn classes_of_characters_are_one_segment() {
        for (pattern, expected) in [
            ("reservations/[^/]+", "{x=reservations/*}"),
            ("organizations/[0-9]{0,20}", "{x=organizations/*}"),
            ("[a-z](?:[-a-z0-9]{0,61}[a-z0-9])?", "{x}"),
            (r"^v\d+\.\d+$", "{x}"),
            (
                "reservations/([a-z](?:[-a-z0-9]{0,61}[a-z0-9])?|[1-9][0-9]{0,19})/reservationBlocks/(a|b)",
                "{x=reservations/*/reservationBlocks/*}",
            ),
        ] {
            check(pattern, expected);
        }
    }

    #[test]
    fn what_is_not_a_row_of_segments_may_be_any() {
        for pattern in [
            "",
            "^$",
            "/a",
            "a/",
            "[a-z](?:[-a-zA-Z0-9/]{0,255}[a-zA-Z0-9])?",
            "(firewallPolicies/)?[0-9]{0,20}",
            "^projects/[^/]+$|^folders/[^/]+$",
            "^projects/[^/]+/?$",
            "^projects/[^x]+$",
            "^projects/.{22}$",
            r"^projects/\S+$",
            r"^projects/[\S]+$",
            "^projects/[!-~]+$",
            r"^projects/\x2f$",
            "^projects/.*/secrets/[^/]+$",
            "^projects/[[:punct:]]+$",
            "^projects/[]/]+$",
            "^projects/[^]]+$",
            "^projects/(",
            "^projects/[",
            "^projects/\\",
            "^projects/)(",
        ] {
            check(pattern, "{x=**}");
        }
    }

    #[test]
    fn long_patterns_take_linear_time() {
        for piece in ["[^/]+/", "(", "[", "\\", "(?:a|b)", "a/", "[a-z]"] {
            let _ = shape(Some(&piece.repeat(200_000)));
        }
    }
}
