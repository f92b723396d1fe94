//! Spans of time (format `google-duration`).

use std::fmt;

use super::FormatError;
use super::civil::{self, Cursor};

const EXPECTED: &str = "a duration in seconds such as 1.5s, of 10,000 years at most";

/// A signed span of time of up to 315,576,000,000 seconds, which is about 10,000 years, to the
/// nanosecond (format `google-duration`).
///
/// On the wire it is a decimal number of seconds: `1.5s`, `-0.001s`. A value made from numbers or
/// from another type prints 0, 3, 6 or 9 digits of a second. A value read from text prints as
/// many digits as the text had, so that it goes back as it came (leading zeros aside).
///
/// Values compare, order and hash by length, not by text.
#[derive(Clone, Copy, Default)]
pub struct Duration {
    seconds: i64,
    /// Of the same sign as the seconds.
    nanos: i32,
    form: Form,
}

/// How a duration is written, apart from its length.
#[derive(Clone, Copy, Default)]
struct Form {
    digits: u8,
    /// `.5s`: no digit before the point.
    bare_point: bool,
    /// `-0s`
    negative_zero: bool,
}

impl Duration {
    /// -315,576,000,000.999999999 seconds.
    pub const MIN: Self = Self::with_digits(-MAX_SECONDS, -999_999_999, 9);

    /// 315,576,000,000.999999999 seconds.
    pub const MAX: Self = Self::with_digits(MAX_SECONDS, 999_999_999, 9);

    /// No time.
    pub const ZERO: Self = Self::with_digits(0, 0, 0);

    /// A span of `seconds` and `nanos` (-999,999,999 to 999,999,999), which have the same sign.
    ///
    /// # Errors
    ///
    /// A number is out of range, or the signs differ.
    pub fn new(seconds: i64, nanos: i32) -> Result<Self, FormatError> {
        let signs_agree = seconds == 0 || nanos == 0 || (seconds < 0) == (nanos < 0);
        let in_range = (-MAX_SECONDS..=MAX_SECONDS).contains(&seconds)
            && (-999_999_999..=999_999_999).contains(&nanos);
        if signs_agree && in_range {
            let digits = civil::canonical_digits(nanos.unsigned_abs());
            Ok(Self::with_digits(seconds, nanos, digits))
        } else {
            Err(FormatError::new(EXPECTED))
        }
    }

    const fn with_digits(seconds: i64, nanos: i32, digits: u8) -> Self {
        Self {
            seconds,
            nanos,
            form: Form {
                digits,
                bare_point: false,
                negative_zero: false,
            },
        }
    }

    /// The whole seconds, rounded towards zero.
    pub fn seconds(&self) -> i64 {
        self.seconds
    }

    /// The nanoseconds beyond [`Duration::seconds`], of the same sign: -999,999,999 to
    /// 999,999,999.
    pub fn nanos(&self) -> i32 {
        self.nanos
    }

    fn key(&self) -> (i64, i32) {
        (self.seconds, self.nanos)
    }

    fn parse(text: &str) -> Option<Self> {
        let mut cursor = Cursor::new(text);
        let negative = cursor.eat(b'-');
        let mut whole = None;
        while let Some(digit) = cursor.digit() {
            let value = whole.unwrap_or(0_i64) * 10 + i64::from(digit);
            if value > MAX_SECONDS {
                return None;
            }
            whole = Some(value);
        }
        let (nanos, digits) = cursor.fraction()?;
        cursor.expect(b's')?;
        cursor.end()?;
        if whole.is_none() && digits == 0 {
            return None;
        }
        let mut duration = Self {
            seconds: whole.unwrap_or(0),
            nanos: i32::try_from(nanos).ok()?,
            form: Form {
                digits,
                bare_point: whole.is_none(),
                negative_zero: false,
            },
        };
        if negative {
            duration.form.negative_zero = duration == Self::ZERO;
            duration.seconds = -duration.seconds;
            duration.nanos = -duration.nanos;
        }
        Some(duration)
    }
}

/// The limit of `google.protobuf.Duration`.
const MAX_SECONDS: i64 = 315_576_000_000;

impl fmt::Display for Duration {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Form {
            digits,
            bare_point,
            negative_zero,
        } = self.form;
        if self.seconds < 0 || self.nanos < 0 || negative_zero {
            formatter.write_str("-")?;
        }
        if !bare_point {
            write!(formatter, "{}", self.seconds.unsigned_abs())?;
        }
        civil::write_fraction(formatter, self.nanos.unsigned_abs(), digits)?;
        formatter.write_str("s")
    }
}

super::leaf::ordered_by_key!(Duration);
super::leaf::wire_by_parse!(Duration, EXPECTED);
