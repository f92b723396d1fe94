//! Path templates (RFC 6570 as Discovery documents use it) and the values that go into them.

use super::escape::{push_escaped, unescape};

/// Fills the template of a path.
///
/// In `{x}` and `{+x}` everything but unreserved characters is escaped; with `keep_slashes`,
/// `{+x}` keeps `/`. What stands between the braces of a template stays as it is.
///
/// Refuses values that are empty or have a segment `.` or `..` in any spelling: servers and
/// gateways resolve such segments, even escaped ones, and the request would go to another route.
pub(crate) fn expand(
    template: &str,
    values: &[(&'static str, String)],
    keep_slashes: bool,
) -> Result<String, String> {
    let mut path = String::with_capacity(template.len() + 64);
    let mut slashes = count_slashes(template);
    let mut rest = template;
    while let Some((literal, after)) = rest.split_once('{') {
        let (placeholder, tail) = after
            .split_once('}')
            .ok_or_else(|| format!("the path {template} has no end of a parameter"))?;
        let (name, reserved) = match placeholder.strip_prefix('+') {
            Some(name) => (name, true),
            None => (placeholder, false),
        };
        let value = single_value(name, values)?;
        let keep = keep_slashes && reserved;
        check_value(name, value, keep)?;
        path.push_str(literal);
        push_escaped(&mut path, value, keep);
        slashes += if keep { count_slashes(value) } else { 0 };
        rest = tail;
    }
    path.push_str(rest);
    // Holds by the way the path is made; it is what all of this is for, so it is asked again.
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

fn check_value(name: &str, value: &str, keep_slashes: bool) -> Result<(), String> {
    if value.is_empty() {
        return Err(format!("{name} is empty"));
    }
    if has_dot_segment(value.as_bytes()) {
        return Err(format!(
            "{name} has a segment `.` or `..`, which is another path"
        ));
    }
    if keep_slashes && value.split('/').any(str::is_empty) {
        return Err(format!("{name} has an empty segment"));
    }
    Ok(())
}

/// Whether `.` or `..` stands between separators, in the text or after removing escapes.
///
/// Separators are all bytes that some server or library takes for one, or drops.
fn has_dot_segment(value: &[u8]) -> bool {
    let mut text = value.to_vec();
    // Each layer of software between here and the handler may remove one layer of escapes.
    for _ in 0..4 {
        let mut segments = text.split(|&byte| is_separator(byte));
        if segments.any(|segment| segment == b"." || segment == b"..") {
            return true;
        }
        if !text.contains(&b'%') {
            return false;
        }
        text = unescape(&text);
    }
    false
}

fn is_separator(byte: u8) -> bool {
    matches!(byte, b'/' | b'\\' | b';' | b'?' | b'#') || byte.is_ascii_control()
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
    if has_dot_segment(path.as_bytes()) {
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
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn full(template: &str, value: &str) -> Result<String, String> {
        expand(template, &[("x", value.to_owned())], false)
    }

    fn kept(template: &str, value: &str) -> Result<String, String> {
        expand(template, &[("x", value.to_owned())], true)
    }

    #[test]
    fn values_are_escaped_and_the_rest_stays() {
        let cases = [
            ("v1/albums/{x}", "a-._~9", "v1/albums/a-._~9"),
            (
                "v1/albums/{+x}:share",
                "a:b/c d",
                "v1/albums/a%3Ab%2Fc%20d:share",
            ),
            ("v1/{x}/$export", "?#", "v1/%3F%23/$export"),
            (
                "v1/users/@me/{+x}",
                "$httpMethod=DELETE",
                "v1/users/@me/%24httpMethod%3DDELETE",
            ),
            ("v1/{x}", "//evil.example", "v1/%2F%2Fevil.example"),
            ("v1/{x}", ":batchCreate", "v1/%3AbatchCreate"),
            ("v1/{x}", "%zz", "v1/%25zz"),
            ("v1/{x}", "a..b...", "v1/a..b..."),
            ("v1/{x}", "\0\u{1f600}", "v1/%00%F0%9F%98%80"),
        ];
        for (template, value, expected) in cases {
            assert_eq!(full(template, value).as_deref(), Ok(expected));
        }
        assert_eq!(full("v1/albums", "unused").as_deref(), Ok("v1/albums"));
    }

    #[test]
    fn only_a_reserved_expansion_keeps_slashes() {
        let name = "projects/p 1/topics/t";
        let path = kept("v1/{+x}:publish", name);
        assert_eq!(path.as_deref(), Ok("v1/projects/p%201/topics/t:publish"));
        assert_eq!(kept("v1/{x}", "a/b").as_deref(), Ok("v1/a%2Fb"));
        for value in ["/a", "a/", "a//b", "//evil.example"] {
            assert!(kept("v1/{+x}", value).is_err(), "{value}");
        }
    }

    #[test]
    fn values_that_are_another_path_are_refused() {
        let values = [
            "",
            ".",
            "..",
            "%2e",
            "%2e%2e",
            "%2E%2e",
            ".%2E",
            "%252e%252e",
            "a/../b",
            "a/./b",
            "../a",
            "a/..",
            "a%2f..%2fb",
            r"a\..\b",
            "a\t..\n",
            "..;x",
            "..?",
            "..#",
            "..\0",
        ];
        for value in values {
            for template in ["v1/{x}", "v1/{+x}", "v1/{+x}:share", "{x}"] {
                assert!(full(template, value).is_err(), "{value:?} in {template}");
                assert!(
                    kept(template, value).is_err(),
                    "{value:?} in {template}, kept"
                );
            }
        }
    }

    #[test]
    fn a_parameter_needs_one_value() {
        let missing = expand("v1/{x}", &[], false);
        assert_eq!(missing, Err("x is missing".to_owned()));
        let values = [("x", "a".to_owned()), ("x", "b".to_owned())];
        assert!(expand("v1/{x}", &values, false).is_err());
    }

    #[test]
    fn raw_paths_are_sent_as_they_are_or_refused() {
        assert_eq!(
            check_raw_path("/v1/albums/a%2Fb:share"),
            Ok("v1/albums/a%2Fb:share")
        );
        for path in [
            "", "/", "//evil", "a?b", "a#b", "a b", "a/../b", "a/%2e%2e", "é", "a\nb", r"\\e",
        ] {
            assert!(check_raw_path(path).is_err(), "{path}");
        }
    }

    proptest! {
        #[test]
        fn no_value_changes_the_route(value in any::<String>(), keep: bool) {
            let Ok(path) = expand("v1/{+x}/a:b", &[("x", value.clone())], keep) else {
                return Ok(());
            };
            let inner = path.strip_prefix("v1/").and_then(|path| path.strip_suffix("/a:b"));
            let inner = inner.expect("the literals stay");
            prop_assert_eq!(unescape(inner.as_bytes()), value.as_bytes());
            let slashes = if keep { count_slashes(&value) } else { 0 };
            prop_assert_eq!(count_slashes(inner), slashes);
            prop_assert!(!inner.contains(['?', '#', '\\', ':', '@']));
            prop_assert!(!path.split('/').any(|segment| segment.is_empty() || is_dot_segment(segment)));
        }

        #[test]
        fn dots_and_separators_never_pass(value in r"[./\\;%25eE\t]{0,8}") {
            if let Ok(path) = full("v1/{x}", &value) {
                let decoded = unescape(&unescape(path.as_bytes()));
                let mut segments = decoded.split(|&byte| is_separator(byte));
                prop_assert!(!segments.any(|segment| segment == b"." || segment == b".."));
            }
        }
    }
}
