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
    fn what_is_no_escape_stays() {
        assert_eq!(unescape(b"%zz%2%2fx%"), b"%zz%2/x%");
    }

    proptest! {
        #[test]
        fn unescaping_gives_the_text_back(text in any::<String>(), keep: bool) {
            let escaped = escaped(&text, keep);
            prop_assert_eq!(unescape(escaped.as_bytes()), text.as_bytes());
            prop_assert!(escaped.bytes().all(|byte| byte.is_ascii_graphic()));
        }
    }
}
