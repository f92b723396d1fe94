//! Percent-encoding.

/// Adds `text` with every byte escaped that RFC 3986 does not call unreserved. `/` is kept only
/// if `keep_slashes`.
pub(crate) fn push_escaped(out: &mut String, text: &str, keep_slashes: bool) {
    for &byte in text.as_bytes() {
        let unreserved = byte.is_ascii_alphanumeric() || b"-._~".contains(&byte);
        if unreserved || (keep_slashes && byte == b'/') {
            out.push(char::from(byte));
        } else {
            out.push('%');
            out.push(hex_digit(byte >> 4));
            out.push(hex_digit(byte & 0xf));
        }
    }
}

fn hex_digit(value: u8) -> char {
    let digit = char::from_digit(u32::from(value), 16).unwrap_or('0');
    digit.to_ascii_uppercase()
}

/// The bytes that `text` stands for; what is no escape stays as it is.
#[cfg(any(feature = "default-transport", test))]
pub(crate) fn unescape(text: &[u8]) -> Vec<u8> {
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text;
    while let [first, tail @ ..] = rest {
        if let (b'%', Some(byte)) = (*first, tail.get(..2).and_then(hex_byte)) {
            bytes.push(byte);
            rest = tail.get(2..).unwrap_or_default();
        } else {
            bytes.push(*first);
            rest = tail;
        }
    }
    bytes
}

/// The bytes that are left when every layer of escapes is removed: `.` for `%252e`.
///
/// Escapes cannot overlap, so their order does not matter, and one pass finds them all.
pub(crate) fn unescape_all(text: &[u8]) -> Vec<u8> {
    let mut bytes = Vec::with_capacity(text.len());
    for &byte in text {
        bytes.push(byte);
        // What an escape stands for may end another one.
        while let [.., b'%', high, low] = bytes.as_slice()
            && let Some(byte) = hex_byte(&[*high, *low])
        {
            bytes.truncate(bytes.len() - 3);
            bytes.push(byte);
        }
    }
    bytes
}

fn hex_byte(digits: &[u8]) -> Option<u8> {
    let [high, low] = digits else { return None };
    let value = |digit: u8| char::from(digit).to_digit(16);
    u8::try_from(value(*high)? * 16 + value(*low)?).ok()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn escaped(text: &str, keep_slashes: bool) -> String {
        let mut out = String::new();
        push_escaped(&mut out, text, keep_slashes);
        out
    }

    #[test]
    fn only_unreserved_bytes_stay() {
        let kept = "AZaz09-._~";
        assert_eq!(escaped(kept, false), kept);
        let reserved = "/ ?#[]@!$&'()*+,;=%:\"<>\\^`{|}";
        let expected = "%2F%20%3F%23%5B%5D%40%21%24%26%27%28%29%2A%2B%2C%3B%3D%25%3A%22%3C%3E\
                        %5C%5E%60%7B%7C%7D";
        assert_eq!(escaped(reserved, false), expected);
        assert_eq!(escaped("é\0\n", false), "%C3%A9%00%0A");
        assert_eq!(escaped("a/b c", true), "a/b%20c");
    }

    #[test]
    fn malformed_escapes_stay() {
        assert_eq!(unescape(b"%zz%2%2fx%"), b"%zz%2/x%");
    }

    #[test]
    fn all_layers_of_escapes_are_removed() {
        let deep = format!("%{}2e", "25".repeat(10_000));
        let cases = [
            ("a%2eb", "a.b"),
            ("%252e", "."),
            ("%2%65", "."),
            ("%%32%65", "."),
            ("%25%32%65", "."),
            ("%zz%2", "%zz%2"),
            (deep.as_str(), "."),
        ];
        for (text, expected) in cases {
            assert_eq!(unescape_all(text.as_bytes()), expected.as_bytes());
        }
    }

    proptest! {
        #[test]
        fn removing_all_layers_is_removing_one_until_nothing_changes(text in "[%25eE./]{0,12}") {
            let mut bytes = text.clone().into_bytes();
            loop {
                let next = unescape(&bytes);
                if next == bytes {
                    break;
                }
                bytes = next;
            }
            prop_assert_eq!(unescape_all(text.as_bytes()), bytes);
        }

        #[test]
        fn unescaping_gives_the_text_back(text in any::<String>(), keep: bool) {
            let escaped = escaped(&text, keep);
            prop_assert_eq!(unescape(escaped.as_bytes()), text.as_bytes());
            prop_assert!(escaped.bytes().all(|byte| byte.is_ascii_graphic()));
        }
    }
}
