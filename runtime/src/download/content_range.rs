//! The header `Content-Range` (RFC 9110, section 14.4).

/// What a part of something is a part of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct ContentRange {
    /// The first and the last byte, if there is a part.
    pub(super) part: Option<(u64, u64)>,
    /// The length of the whole, if the server knows it.
    pub(super) total: Option<u64>,
}

impl ContentRange {
    /// Reads `bytes 0-41/100`, `bytes 0-41/*` or `bytes */100`.
    pub(super) fn read(text: &str) -> Option<Self> {
        let (range, total) = text.trim().strip_prefix("bytes ")?.split_once('/')?;
        let total = if total == "*" {
            None
        } else {
            Some(number(total)?)
        };
        let part = if range == "*" {
            None
        } else {
            let (first, last) = range.split_once('-')?;
            Some((number(first)?, number(last)?))
        };
        let fits = match (part, total) {
            (Some((first, last)), Some(total)) => first <= last && last < total,
            (Some((first, last)), None) => first <= last && last < u64::MAX,
            (None, total) => total.is_some(),
        };
        fits.then_some(Self { part, total })
    }
}

/// Whether the `Content-Range` of a response with status 200 leaves it the whole, which has
/// `length` bytes if that is known.
///
/// The header has no meaning there (RFC 9110, section 14.4), but servers exist that send a part with
/// it. Others say of the whole that it is the whole, or `bytes 0--1/0` of nothing.
pub(super) fn is_whole(text: &str, length: Option<u64>) -> bool {
    match ContentRange::read(text) {
        Some(ContentRange {
            part: Some((0, last)),
            total: Some(total),
        }) => last + 1 == total && length.is_none_or(|length| length == total),
        Some(ContentRange { part: Some(_), .. }) => false,
        Some(ContentRange { part: None, total }) => length.is_none() || length == total,
        None => {
            let total = text.trim().strip_prefix("bytes ");
            let total = total.and_then(|text| number(text.rsplit_once('/')?.1));
            total.is_none_or(|total| length.is_none_or(|length| length == total))
        }
    }
}

/// Digits and nothing else.
pub(super) fn number(text: &str) -> Option<u64> {
    let digits = !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    text.parse().ok().filter(|_| digits)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_range_of_the_whole() {
        for (text, length, whole) in [
            ("bytes 0-9/10", Some(10), true),
            ("bytes 0-9/10", None, true),
            ("bytes 0--1/0", Some(0), true),
            ("items 0-1/2", Some(10), true),
            ("", Some(10), true),
            ("bytes 0-4/10", Some(5), false),
            ("bytes 0-4/10", None, false),
            ("bytes 5-9/10", Some(5), false),
            ("bytes 0-9/20", Some(10), false),
            ("bytes 0-9/10", Some(9), false),
            ("bytes 0-9/*", Some(10), false),
            ("bytes */20", Some(10), false),
            ("bytes 0-/20", Some(10), false),
        ] {
            assert_eq!(is_whole(text, length), whole, "{text}, {length:?}");
        }
    }

    #[test]
    fn ranges() {
        let read = |text| ContentRange::read(text).map(|range| (range.part, range.total));
        assert_eq!(read("bytes 0-41/100"), Some((Some((0, 41)), Some(100))));
        assert_eq!(read("bytes 7-7/*"), Some((Some((7, 7)), None)));
        assert_eq!(read("bytes */100"), Some((None, Some(100))));
        let wrong = [
            "",
            "bytes",
            "bytes */*",
            "bytes 5-4/10",
            "bytes 0-10/10",
            "bytes 0-/10",
            "bytes -1-2/10",
            "items 0-1/2",
            "bytes 0-1",
            "bytes +0-1/2",
            "bytes 0-18446744073709551615/*",
            "bytes 0-1/99999999999999999999",
        ];
        for text in wrong {
            assert_eq!(read(text), None, "{text}");
        }
    }
}
