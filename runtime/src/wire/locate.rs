//! Where in a JSON text a decoder stopped. It is worked out only once decoding has failed, so
//! that decoding itself keeps no account of where it is.

/// The most steps that a path shows; JSON that decodes is not nested deeper than 128.
const MAX_STEPS: usize = 32;

/// The longest key that a path shows.
const MAX_KEY: usize = 64;

/// An object or a list that is open at the place, and how far it was read.
enum Open<'a> {
    /// With the key whose value comes next, once that key was read.
    Object(Option<&'a [u8]>),
    /// With the index of the entry that was begun, if any was.
    List(Option<usize>),
}

/// The path to a place in a JSON text, such as `albums[3].title`; empty for the whole text.
///
/// `line` counts from 1 and `column` counts the bytes of the line that were read. The text may
/// be malformed: the path then leads to where it still made sense. A key that is no plain name
/// is data, such as a label or an address, and shows as `[...]`.
pub(crate) fn path_at(text: &[u8], line: usize, column: usize) -> String {
    path_of(before(text, line, column))
}

/// The path to the value that begins at the byte `start` of a JSON text.
pub(crate) fn path_to(text: &[u8], start: usize) -> String {
    // With its first byte the value has begun, by which the first entry of a list counts.
    path_of(text.get(..=start).unwrap_or(text))
}

/// The line of a byte, from 1, and the bytes of the line before it.
pub(crate) fn line_and_column(text: &[u8], at: usize) -> (usize, usize) {
    let before = text.get(..at).unwrap_or(text);
    let mut lines = before.split(|byte| *byte == b'\n');
    let first = lines.next().map_or(0, <[u8]>::len);
    lines.fold((1, first), |(line, _), next| (line + 1, next.len()))
}

/// The path to where the read part of a text ends.
fn path_of(mut rest: &[u8]) -> String {
    let mut open = Vec::new();
    while let Some((&byte, after)) = rest.split_first() {
        rest = after;
        if !matches!(byte, b',' | b':' | b']' | b'}') && !byte.is_ascii_whitespace() {
            begin_entry(&mut open);
        }
        match byte {
            b'{' => open.push(Open::Object(None)),
            b'[' => open.push(Open::List(None)),
            b'}' | b']' => {
                open.pop();
            }
            b',' => match open.last_mut() {
                Some(Open::Object(key)) => *key = None,
                Some(Open::List(index)) => *index = index.map(|index| index + 1),
                None => {}
            },
            b'"' => {
                let (string, after) = split_string(rest);
                rest = after;
                if let Some(Open::Object(key @ None)) = open.last_mut() {
                    *key = Some(string);
                }
            }
            _ => {}
        }
    }
    show(&open)
}

/// The part of the text that was read.
fn before(text: &[u8], line: usize, column: usize) -> &[u8] {
    let earlier = text.split_inclusive(|byte| *byte == b'\n');
    let start: usize = earlier.take(line.saturating_sub(1)).map(<[u8]>::len).sum();
    let end = start.saturating_add(column).min(text.len());
    text.get(..end).unwrap_or(text)
}

/// Counts the first entry of a list; a comma counts the others.
fn begin_entry(open: &mut [Open<'_>]) {
    if let Some(Open::List(index @ None)) = open.last_mut() {
        *index = Some(0);
    }
}

/// Splits after the quote that ends a string.
fn split_string(text: &[u8]) -> (&[u8], &[u8]) {
    let mut escaped = false;
    let end = text.iter().position(|byte| {
        let quote = *byte == b'"' && !escaped;
        escaped = *byte == b'\\' && !escaped;
        quote
    });
    match end.and_then(|end| text.split_at_checked(end)) {
        Some((string, rest)) => (string, rest.get(1..).unwrap_or_default()),
        None => (text, &[]),
    }
}

fn show(open: &[Open<'_>]) -> String {
    let mut path = String::new();
    for step in open.iter().take(MAX_STEPS) {
        match step {
            Open::Object(None) | Open::List(None) => {}
            Open::List(Some(index)) => {
                path.push('[');
                path.push_str(&index.to_string());
                path.push(']');
            }
            Open::Object(Some(key)) => match plain_name(key) {
                Some(name) if path.is_empty() => path.push_str(name),
                Some(name) => {
                    path.push('.');
                    path.push_str(name);
                }
                None => path.push_str("[...]"),
            },
        }
    }
    if open.len() > MAX_STEPS {
        path.push_str("...");
    }
    path
}

fn plain_name(key: &[u8]) -> Option<&str> {
    let is_plain = |byte: &u8| byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'-' | b'$');
    let plain = !key.is_empty() && key.len() <= MAX_KEY && key.iter().all(is_plain);
    std::str::from_utf8(key).ok().filter(|_| plain)
}

#[cfg(test)]
mod tests {
    use super::path_at;

    /// The path at the sign `^` in a text of one line.
    fn at(marked: &str) -> String {
        let column = marked.find('^').unwrap();
        path_at(marked.replace('^', "").as_bytes(), 1, column)
    }

    #[test]
    fn leads_to_the_place() {
        for (marked, path) in [
            ("^", ""),
            ("{^}", ""),
            (r#"{"a"^:1}"#, "a"),
            (r#"{"a":1^}"#, "a"),
            (r#"{"a":1,^"b":2}"#, ""),
            (r#"{"a":1,"b":2^}"#, "b"),
            (r#"{"a":{"b":{}},"c":[1,[2,3^]]}"#, "c[1][1]"),
            (r#"{"a":[{"t":1},{"t":2},{"t"^:3}]}"#, "a[2].t"),
            (r#"{"a":[^1]}"#, "a"),
            (r#"{"a":[]^}"#, "a"),
            (r#"{"a":{"b":1}^}"#, "a"),
            (r"[{}, ^{}]", "[1]"),
            (r#"{"a":"}],{\"[","b":"x"^}"#, "b"),
            (r#"{"a\"b":{"c":1^}}"#, "[...].c"),
            (r#"{"ya29.token":{"c":1^}}"#, "[...].c"),
            (r#"{"a":"unterminated^"#, "a"),
            ("]]}}^", ""),
        ] {
            assert_eq!(at(marked), path, "{marked}");
        }
    }

    #[test]
    fn counts_lines() {
        let text = b"{\n  \"a\": [\n    1,\n    {\"b\": 2}\n  ]\n}";
        assert_eq!(path_at(text, 4, 11), "a[1].b");
        assert_eq!(path_at(text, 3, 5), "a[0]");
        assert_eq!(path_at(text, 99, 99), "");
        assert_eq!(path_at(text, 0, 0), "");
    }

    #[test]
    fn paths_are_shortened_at_depth() {
        let deep = "[".repeat(100_000) + "1";
        let path = path_at(deep.as_bytes(), 1, deep.len());
        assert_eq!(path, "[0]".repeat(32) + "...");
    }
}
