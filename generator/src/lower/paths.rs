//! Paths: the little of RFC 6570 that documents use, and nothing that could lead to another route.

use super::patterns;
use crate::diagnostic::{Pointer, Sink};
use crate::discovery::Node;
use crate::model::{PathPart, PathShape, PathTemplate};
use crate::text;

/// Checks a path of a document, and gives each variable the shape that its parameter says.
pub(super) fn template(
    path: &str,
    parameters: &[(String, Node)],
    pointer: &Pointer,
    sink: &mut Sink,
) -> PathTemplate {
    let pieces = parse(path).unwrap_or_else(|problem| {
        sink.error(
            pointer,
            format!("the path `{path}` cannot be used: {problem}"),
            "a path is literal segments, `{name}` and `{+name}`, joined by `/`, without a `/` at either end",
        );
        Vec::new()
    });
    let mut parts = Vec::with_capacity(pieces.len());
    for piece in pieces {
        let (name, reserved) = match piece {
            Piece::Literal(text) => {
                parts.push(PathPart::Literal(text.to_owned()));
                continue;
            }
            Piece::Variable { name, reserved } => (name, reserved),
        };
        let parameter = parameters
            .iter()
            .find(|(wire, node)| wire == name && node.is_in_path());
        if parameter.is_none() {
            sink.error(
                pointer,
                format!(
                    "the path has the variable `{name}`, but the method has no such path parameter"
                ),
                help_for_variable(name, path, parameters),
            );
        }
        parts.push(PathPart::Variable {
            name: name.to_owned(),
            shape: if reserved {
                patterns::shape(parameter.and_then(|(_, node)| node.pattern.as_deref()))
            } else {
                PathShape::Segment
            },
        });
    }
    PathTemplate { parts }
}

/// A variable and a path parameter that lack each other are most likely one that was renamed.
fn help_for_variable(variable: &str, path: &str, parameters: &[(String, Node)]) -> String {
    let others: Vec<&str> = parameters
        .iter()
        .filter(|(wire, node)| node.is_in_path() && !has_variable(path, wire))
        .map(|(wire, _)| wire.as_str())
        .collect();
    let only = match others.as_slice() {
        [only] => Some(*only),
        _ => None,
    };
    match text::nearest(variable, &others).or(only) {
        Some(other) => {
            format!("did you mean `{other}`? it is a path parameter that is not in the path")
        }
        None => format!("add the parameter `{variable}` with the location `path`"),
    }
}

fn has_variable(path: &str, wire: &str) -> bool {
    [format!("{{{wire}}}"), format!("{{+{wire}}}")]
        .iter()
        .any(|variable| path.contains(variable))
}

/// Whether a path can be used and has no variables.
pub(super) fn is_plain(path: &str) -> bool {
    parse(path).is_ok_and(|pieces| {
        pieces
            .iter()
            .all(|piece| matches!(piece, Piece::Literal(_)))
    })
}

/// A piece of a path as documents write it.
#[derive(Debug, PartialEq, Eq)]
enum Piece<'a> {
    Literal(&'a str),
    /// `{name}`, or `{+name}` if reserved.
    Variable {
        name: &'a str,
        reserved: bool,
    },
}

fn parse(path: &str) -> Result<Vec<Piece<'_>>, String> {
    check_segments(path)?;
    let mut pieces = Vec::new();
    let mut rest = path;
    while let Some((literal, after)) = rest.split_once('{') {
        let (variable, tail) = after.split_once('}').ok_or("a `{` is not closed")?;
        if !literal.is_empty() {
            pieces.push(Piece::Literal(literal));
        }
        pieces.push(match variable.strip_prefix('+') {
            Some(name) => Piece::Variable {
                name,
                reserved: true,
            },
            None => Piece::Variable {
                name: variable,
                reserved: false,
            },
        });
        rest = tail;
    }
    if !rest.is_empty() {
        pieces.push(Piece::Literal(rest));
    }
    Ok(pieces)
}

fn check_segments(path: &str) -> Result<(), String> {
    let mut variables: Vec<&str> = Vec::new();
    if path.is_empty() {
        return Err("it is empty".to_owned());
    }
    // After a host, these would begin a user or a port.
    if path.starts_with(['@', ':']) {
        return Err("it begins with `@` or `:`".to_owned());
    }
    let mut in_variable = false;
    let segments = path.split(|c| {
        in_variable = c == '{' || in_variable && c != '}';
        c == '/' && !in_variable
    });
    for segment in segments {
        if segment.is_empty() {
            return Err("it has an empty segment".to_owned());
        }
        if segment == "." || segment == ".." {
            return Err(format!("it has the segment `{segment}`"));
        }
        let before = variables.len();
        self::segment(segment, &mut variables)?;
        if variables.len() > before + 1 {
            return Err("two variables share a segment".to_owned());
        }
    }
    for (index, name) in variables.iter().enumerate() {
        if variables.iter().take(index).any(|earlier| earlier == name) {
            return Err(format!("the variable `{name}` occurs twice"));
        }
    }
    Ok(())
}

fn segment<'a>(segment: &'a str, variables: &mut Vec<&'a str>) -> Result<(), String> {
    let mut rest = segment;
    while let Some((literal, after)) = rest.split_once('{') {
        check_literal(literal)?;
        let (variable, after) = after.split_once('}').ok_or("a `{` is not closed")?;
        let name = variable.strip_prefix('+').unwrap_or(variable);
        let is_name = |c: char| c.is_ascii_alphanumeric() || "_-.".contains(c);
        if name.is_empty() || !name.chars().all(is_name) {
            return Err(format!(
                "`{{{variable}}}` is an expansion that documents do not use"
            ));
        }
        if !after.is_empty() && !after.starts_with(':') {
            return Err(format!(
                "`{after}` follows a variable; only a custom verb may"
            ));
        }
        variables.push(name);
        rest = after;
    }
    check_literal(rest)
}

fn check_literal(literal: &str) -> Result<(), String> {
    let allowed = |c: char| c.is_ascii_alphanumeric() || "-._~$@:!*'(),;=+&".contains(c);
    match literal.chars().find(|c| !allowed(*c)) {
        Some(c) => Err(format!("it has the character `{}`", c.escape_default())),
        None => Ok(()),
    }
}

#[cfg(test)]
mod tests {
    use super::{Piece, parse};

    fn variables<'a>(path: &'a str) -> Vec<&'a str> {
        let pieces = parse(path).unwrap();
        let name = |piece: &Piece<'a>| match piece {
            Piece::Variable { name, .. } => Some(*name),
            Piece::Literal(_) => None,
        };
        pieces.iter().filter_map(name).collect()
    }

    #[test]
    fn templates_of_real_documents_are_accepted() {
        for (path, expected) in [
            ("v1/albums/{+albumId}:share", vec!["albumId"]),
            ("v1/{+name}/$export", vec!["name"]),
            ("tasks/v1/users/@me/lists/{tasklist}", vec!["tasklist"]),
            ("v1/mediaItems:batchGet", vec![]),
            ("{project}/zones/{zone}", vec!["project", "zone"]),
        ] {
            assert_eq!(variables(path), expected, "{path}");
        }
    }

    #[test]
    fn anything_that_could_lead_elsewhere_is_refused() {
        for path in [
            "",
            "/v1",
            "v1/",
            "//evil/x",
            "https://evil/",
            "\\\\evil\\x",
            "../..",
            "v1/./x",
            "v1/{",
            "v1/}",
            "v1/{}",
            "v1/{+}",
            "v1/{a,b}",
            "v1/{?q}",
            "v1/{a*}",
            "v1/{/x*}",
            "v1/{a}{b}",
            "v1/{a}x",
            "v1/{a}/{a}",
            "@evil.com/x",
            ":p@evil.com/x",
            "v1/a?b",
            "v1/a#b",
            "v1/%2e%2e",
            "v1/a b",
            "v1/é",
        ] {
            assert!(parse(path).is_err(), "{path}");
        }
    }
}
