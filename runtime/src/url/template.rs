//! Path templates as `google/api/http.proto` writes them, and the values that go into them.
//!
//! | in the template | takes | `/` in the value |
//! |---|---|---|
//! | `{x}` | one segment | sent as `%2F` |
//! | `{x=projects/*/topics/*}` | as many segments, the literal ones the same | stays |
//! | `{x=projects/*/**}` | one or more segments in the place of `**`, which is the last | stays |
//! | `{x=projects/*/**}:verb` | the same, and a value that ends after the last literal segment | stays |
//!
//! All other bytes but unreserved ones are percent-encoded, as the comments of that file ask for:
//! in several segments "all characters except `[-_.~/0-9a-zA-Z]`". Servers leave a `%2F` there as
//! it is, and find nothing.
//!
//! The last row is for parents: Firestore documents `projects/p/databases/d/documents` itself as one
//! of `documents:runQuery`, though its `pattern` wants more. Without something after the variable
//! such a value would be that of another method.

use super::escape::{push_escaped, unescape_all};

/// Fills the template of a path. What stands between its braces stays as it is.
///
/// Rejects values that have another form than the template asks for, and those with a segment that
/// is empty, or `.` or `..` in any spelling: servers and gateways resolve such segments, even
/// escaped ones, and the request would go to another route. In `a/../b` as one segment there is no
/// such segment: it is sent as `a%2F..%2Fb`. Errors name the parameter and never show its value.
pub(crate) fn expand(template: &str, values: &[(&'static str, String)]) -> Result<String, String> {
    let mut path = String::with_capacity(template.len() + 64);
    let mut slashes = 0;
    let mut rest = template;
    while let Some((literal, after)) = rest.split_once('{') {
        let (variable, tail) = after
            .split_once('}')
            .ok_or_else(|| format!("the path {template} has no end of a parameter"))?;
        let (name, form) = variable.split_once('=').unwrap_or((variable, "*"));
        let value = single_value(name, values)?;
        path.push_str(literal);
        slashes += count_slashes(literal);
        if form == "*" {
            check_segment(name, value)?;
            push_escaped(&mut path, value, false);
        } else {
            check_segments(name, value, form, !tail.is_empty())?;
            push_escaped(&mut path, value, true);
            slashes += count_slashes(value);
        }
        rest = tail;
    }
    path.push_str(rest);
    slashes += count_slashes(rest);
    // Holds by the way the path is made; it is what all of this is for, so it is checked again.
    if count_slashes(&path) != slashes || path.split('/').any(is_dot_segment) {
        return Err(format!("the parameters would change the route {template}"));
    }
    Ok(path)
}

fn single_value<'a>(name: &str, values: &'a [(&'static str, String)]) -> Result<&'a str, String> {
    let mut found = values.iter().filter(|(own, _)| *own == name);
    match (found.next(), found.next()) {
        (Some((_, value)), None) => Ok(value),
        (None, _) => Err(format!("{name} is missing")),
        (Some(_), Some(_)) => Err(format!("{name} has several values; one is accepted")),
    }
}

/// Checks the value of a parameter that stands for one segment.
fn check_segment(name: &str, value: &str) -> Result<(), String> {
    if value.is_empty() {
        return Err(format!("{name} is empty"));
    }
    if is_dots_in_any_spelling(value) {
        return Err(format!("{name} is `.` or `..`, which is another path"));
    }
    Ok(())
}

/// Checks the value of a parameter that stands for several segments.
fn check_segments(name: &str, value: &str, form: &str, is_parent: bool) -> Result<(), String> {
    if value.is_empty() {
        return Err(format!("{name} is empty"));
    }
    if !has_form(value, form, is_parent) {
        let form = shown(form);
        return Err(format!("{name} must have the form `{form}`"));
    }
    for segment in value.split('/') {
        if segment.is_empty() {
            return Err(format!("{name} has an empty segment"));
        }
        if is_dots_in_any_spelling(segment) {
            return Err(format!(
                "{name} has a segment `.` or `..`, which is another path"
            ));
        }
    }
    Ok(())
}

/// Whether a value has the literal segments of a form, and as many segments. That of a parent may
/// lack those that `**` and what is before it stand for.
fn has_form(value: &str, form: &str, is_parent: bool) -> bool {
    let mut segments = value.split('/');
    let mut parts = form.split('/');
    while let Some(part) = parts.next() {
        let Some(segment) = segments.next() else {
            let mut missing = std::iter::once(part).chain(parts);
            return is_parent && form.ends_with("**") && missing.all(is_wildcard);
        };
        match part {
            "**" => return true,
            "*" => {}
            literal if literal == segment => {}
            _ => return false,
        }
    }
    segments.next().is_none()
}

fn is_wildcard(part: &str) -> bool {
    part == "*" || part == "**"
}

/// A form as errors show it: `projects/{}/topics/{}`, and `{...}` for one or more segments.
fn shown(form: &str) -> String {
    form.replace("**", "{...}").replace('*', "{}")
}

/// Whether a segment is `.` or `..` after removing any number of layers of escapes: each piece of
/// software between here and the handler may remove one.
fn is_dots_in_any_spelling(segment: &str) -> bool {
    matches!(unescape_all(segment.as_bytes()).as_slice(), b"." | b"..")
}

fn is_dot_segment(segment: &str) -> bool {
    segment == "." || segment == ".."
}

fn count_slashes(text: &str) -> usize {
    text.bytes().filter(|&byte| byte == b'/').count()
}

/// Checks a path that a caller wrote as it is to be sent, and takes a slash at its start away.
pub(crate) fn check_raw_path(path: &str) -> Result<&str, String> {
    let path = path.strip_prefix('/').unwrap_or(path);
    if path.is_empty() {
        return Err("the path is empty".to_owned());
    }
    if let Some(character) = path
        .chars()
        .find(|&character| !is_path_character(character))
    {
        return Err(format!(
            "the path has {character:?}, which must be percent-encoded"
        ));
    }
    // What follows a `;` in a segment is dropped by some servers before they look for dots.
    if path.split(['/', ';']).any(is_dots_in_any_spelling) {
        return Err("the path has a segment `.` or `..`".to_owned());
    }
    if path.split('/').any(str::is_empty) {
        return Err("the path has an empty segment".to_owned());
    }
    Ok(path)
}

/// The characters of a path in RFC 3986, with `/` and the `%` of an escape.
fn is_path_character(character: char) -> bool {
    character.is_ascii_alphanumeric() || "-._~!$&'()*+,;=:@/%".contains(character)
}

#[cfg(test)]
mod tests;
