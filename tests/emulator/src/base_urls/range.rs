//! Bytes with `Range` and `HEAD`.

use bytes::Bytes;

use crate::reply::Reply;
use crate::request::Received;

/// What a request wants of some bytes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Part {
    Whole,
    /// First and last byte.
    Between(usize, usize),
    /// The range lies after the end.
    Outside,
}

/// The bytes, or the part that a single range asks for.
pub(super) fn serve(request: &Received, content_type: &str, bytes: Bytes) -> Reply {
    let length = bytes.len();
    let range = request.header("range");
    let part = range
        .and_then(|range| part(range, length))
        .unwrap_or(Part::Whole);
    let reply = match part {
        Part::Whole => Reply::new(200).body(bytes),
        Part::Between(first, last) => Reply::new(206)
            .header("content-range", format!("bytes {first}-{last}/{length}"))
            .body(bytes.slice(first..=last)),
        Part::Outside => Reply::new(416).header("content-range", format!("bytes */{length}")),
    };
    reply
        .header("accept-ranges", "bytes")
        .header("content-type", content_type)
}

/// The part that a `Range` header names. Nothing when it is not a single range of bytes: such a header is ignored,
/// as HTTP allows.
fn part(range: &str, length: usize) -> Option<Part> {
    let (first, last) = range.strip_prefix("bytes=")?.split_once('-')?;
    let (first, last) = match (first.trim(), last.trim()) {
        ("", count) => match count.parse().ok()? {
            0 => (length, length),
            count => (length.saturating_sub(count), usize::MAX),
        },
        (first, "") => (first.parse().ok()?, usize::MAX),
        (first, last) => (first.parse().ok()?, last.parse().ok()?),
    };
    if last < first {
        return None;
    }
    Some(if first < length {
        Part::Between(first, last.min(length - 1))
    } else {
        Part::Outside
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ranges_are_single_and_inside() {
        for (range, expected) in [
            ("bytes=0-0", Some(Part::Between(0, 0))),
            ("bytes=4-", Some(Part::Between(4, 9))),
            ("bytes=4-100", Some(Part::Between(4, 9))),
            ("bytes=-3", Some(Part::Between(7, 9))),
            ("bytes=-100", Some(Part::Between(0, 9))),
            ("bytes=10-", Some(Part::Outside)),
            ("bytes=-0", Some(Part::Outside)),
            ("bytes=3-2", None),
            ("bytes=0-1,3-4", None),
            ("items=0-1", None),
            ("bytes=-", None),
        ] {
            assert_eq!(part(range, 10), expected, "{range}");
        }
        assert_eq!(part("bytes=0-", 0), Some(Part::Outside));
    }
}
