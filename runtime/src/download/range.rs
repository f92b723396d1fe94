//! The part of something that a caller asks for.

use std::ops::{Bound, Range, RangeFrom, RangeFull, RangeInclusive, RangeTo, RangeToInclusive};

/// A part of what is downloaded, in bytes: from one byte to another, from one byte to the end, or
/// the [last](Self::last) ones. Ranges of Rust become one: `0..1024`, `1024..`, `..=1023`.
///
/// It counts the bytes as the server sends them. Of what is stored as gzip these are the compressed
/// ones: see [`Download::decode`](super::Download::decode).
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ByteRange(Kind);

#[derive(Clone, Debug, Default, PartialEq, Eq)]
enum Kind {
    #[default]
    Whole,
    /// From a byte to before another one, or to the end.
    From {
        start: u64,
        end: Option<u64>,
    },
    Last(u64),
    /// Nothing, which can't be asked for.
    Empty,
}

/// What a request asks for (RFC 9110, section 14.1.2).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Asked {
    From { start: u64, end: Option<u64> },
    Last(u64),
}

impl ByteRange {
    /// The last bytes, or all if there are fewer.
    pub fn last(bytes: u64) -> Self {
        Self(if bytes == 0 {
            Kind::Empty
        } else {
            Kind::Last(bytes)
        })
    }

    fn between(start: Bound<&u64>, end: Bound<&u64>) -> Self {
        let start = match start {
            Bound::Included(&start) => start,
            Bound::Excluded(&start) => start.saturating_add(1),
            Bound::Unbounded => 0,
        };
        let end = match end {
            // There is no byte behind the last one that can be counted.
            Bound::Included(&end) => end.checked_add(1),
            Bound::Excluded(&end) => Some(end),
            Bound::Unbounded => None,
        };
        Self(match end {
            Some(end) if end <= start => Kind::Empty,
            None if start == 0 => Kind::Whole,
            end => Kind::From { start, end },
        })
    }

    pub(super) fn is_empty(&self) -> bool {
        self.0 == Kind::Empty
    }

    pub(super) fn is_whole(&self) -> bool {
        self.0 == Kind::Whole
    }

    /// What a request for it asks for, if it is not the whole.
    pub(super) fn asked(&self) -> Option<Asked> {
        match self.0 {
            Kind::Whole | Kind::Empty => None,
            Kind::From { start, end } => Some(Asked::From { start, end }),
            Kind::Last(bytes) => Some(Asked::Last(bytes)),
        }
    }

    /// Where it begins in a whole of a length that is perhaps known.
    pub(super) fn start(&self, whole: Option<u64>) -> Option<u64> {
        match self.0 {
            Kind::Whole | Kind::Empty => Some(0),
            Kind::From { start, .. } => Some(start),
            Kind::Last(bytes) => whole.map(|whole| whole.saturating_sub(bytes)),
        }
    }

    /// Before which byte it ends, unless the whole ends before that.
    pub(super) fn end(&self) -> Option<u64> {
        match self.0 {
            Kind::From { end, .. } => end,
            _ => None,
        }
    }
}

macro_rules! from_ranges {
    ($($range:ty),*) => {
        $(impl From<$range> for ByteRange {
            fn from(range: $range) -> Self {
                use std::ops::RangeBounds as _;
                Self::between(range.start_bound(), range.end_bound())
            }
        })*
    };
}

from_ranges!(
    Range<u64>,
    RangeFrom<u64>,
    RangeInclusive<u64>,
    RangeTo<u64>,
    RangeToInclusive<u64>
);

impl From<RangeFull> for ByteRange {
    fn from(_: RangeFull) -> Self {
        Self(Kind::Whole)
    }
}

impl Asked {
    /// The header `Range` of the request.
    pub(super) fn header(self) -> String {
        match self {
            Self::From {
                start,
                end: Some(end),
            } => format!("bytes={start}-{}", end.saturating_sub(1)),
            Self::From { start, end: None } => format!("bytes={start}-"),
            Self::Last(bytes) => format!("bytes=-{bytes}"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ranges_of_rust() {
        let header = |range: ByteRange| range.asked().map(Asked::header);
        assert_eq!(header((0..10).into()).as_deref(), Some("bytes=0-9"));
        assert_eq!(header((5..=9).into()).as_deref(), Some("bytes=5-9"));
        assert_eq!(header((..10).into()).as_deref(), Some("bytes=0-9"));
        assert_eq!(header((..=9).into()).as_deref(), Some("bytes=0-9"));
        assert_eq!(header((7..).into()).as_deref(), Some("bytes=7-"));
        assert_eq!(header((7..=u64::MAX).into()).as_deref(), Some("bytes=7-"));
        assert_eq!(header(ByteRange::last(3)).as_deref(), Some("bytes=-3"));
        assert!(ByteRange::from(..).is_whole() && ByteRange::from(0..).is_whole());
        assert!(ByteRange::from(5..5).is_empty() && ByteRange::last(0).is_empty());
    }
}
