//! File names in a header.

use crate::url::push_escaped;

/// A file name as the header `X-Goog-Upload-File-Name` carries it: its bytes in UTF-8, of which all
/// but unreserved characters are percent-encoded. Nothing in it can end the header.
pub(super) fn encode(name: &str) -> String {
    let mut encoded = String::with_capacity(name.len());
    push_escaped(&mut encoded, name, false);
    encoded
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_leaves_the_header() {
        let cases = [
            ("lake.jpg", "lake.jpg"),
            ("a b\"c\".jpg", "a%20b%22c%22.jpg"),
            ("озеро.jpg", "%D0%BE%D0%B7%D0%B5%D1%80%D0%BE.jpg"),
            ("湖😀", "%E6%B9%96%F0%9F%98%80"),
            (
                "x\r\nX-Goog-Upload-Command: cancel\0",
                "x%0D%0AX-Goog-Upload-Command%3A%20cancel%00",
            ),
            ("../../x", "..%2F..%2Fx"),
        ];
        for (name, expected) in cases {
            assert_eq!(encode(name), expected);
        }
    }
}
