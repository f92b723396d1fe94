//! Times of a calendar and a clock on the wall, which are no points in time by themselves.

use std::fmt;

use super::civil::{self, Cursor};
use super::{Date, FormatError, Timestamp};

const EXPECTED: &str = "a local time as YYYY-MM-DDThh:mm:ss of the years 0001 to 9999";

const EXPECTED_EITHER: &str = "an RFC 3339 time of the years 0001 to 9999, with or without offset";

/// A date and a time of day without an offset from UTC, to the nanosecond:
/// `2026-01-02T03:04:05` on the wire.
///
/// It is no point in time: which one it means depends on a time zone that is said elsewhere, such
/// as in the field `timeZone` of a calendar event. So it neither compares with a [`Timestamp`] nor
/// converts to one. Values compare and hash by what a calendar and a clock show, not by the text.
///
/// A value made from numbers prints 0, 3, 6 or 9 digits of a second; one read from text prints as
/// many as the text had. A leap second is none of its values: only a zone says when one is.
#[derive(Clone, Copy)]
pub struct LocalDateTime {
    date: Date,
    /// Of the day.
    second: u32,
    nanos: u32,
    digits: u8,
}

impl LocalDateTime {
    /// The time of day `hour` (0 to 23), `minute` (0 to 59) and `second` (0 to 59) on a date.
    ///
    /// # Errors
    ///
    /// A number is out of range.
    pub fn new(date: Date, hour: u8, minute: u8, second: u8) -> Result<Self, FormatError> {
        if hour > 23 || minute > 59 || second > 59 {
            return Err(FormatError::new(EXPECTED));
        }
        Ok(Self {
            date,
            second: (u32::from(hour) * 60 + u32::from(minute)) * 60 + u32::from(second),
            nanos: 0,
            digits: 0,
        })
    }

    /// The same second with another fraction: `nanos` nanoseconds after its start, 0 to
    /// 999,999,999.
    ///
    /// # Errors
    ///
    /// `nanos` is a second or more.
    pub fn with_nanos(mut self, nanos: u32) -> Result<Self, FormatError> {
        if nanos > 999_999_999 {
            return Err(FormatError::new(EXPECTED));
        }
        self.nanos = nanos;
        self.digits = civil::canonical_digits(nanos);
        Ok(self)
    }

    /// The date.
    pub fn date(&self) -> Date {
        self.date
    }

    /// The hour, 0 to 23.
    pub fn hour(&self) -> u8 {
        self.part(3600)
    }

    /// The minute of the hour, 0 to 59.
    pub fn minute(&self) -> u8 {
        self.part(60)
    }

    /// The second of the minute, 0 to 59.
    pub fn second(&self) -> u8 {
        self.part(1)
    }

    /// The nanosecond of the second, 0 to 999,999,999.
    pub fn subsec_nanos(&self) -> u32 {
        self.nanos
    }

    /// How many of a unit of `seconds` the time has, beyond the unit 60 times as large.
    fn part(&self, seconds: u32) -> u8 {
        let count = self.second / seconds;
        let count = if seconds < 3600 { count % 60 } else { count };
        // A day has 24 hours.
        u8::try_from(count).unwrap_or_default()
    }

    fn key(&self) -> (Date, u32, u32) {
        (self.date, self.second, self.nanos)
    }

    fn parse(text: &str) -> Option<Self> {
        let mut cursor = Cursor::new(text);
        let (year, month, day) = cursor.date()?;
        cursor.expect(b'T')?;
        let (hour, minute, second) = cursor.time_of_day()?;
        let (nanos, digits) = cursor.fraction()?;
        cursor.end()?;
        let time = Self::new(Date::new(year, month, day).ok()?, hour, minute, second).ok()?;
        Some(Self {
            nanos,
            digits,
            ..time
        })
    }
}

impl fmt::Display for LocalDateTime {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (date, hour, minute, second) = (self.date, self.hour(), self.minute(), self.second());
        write!(formatter, "{date}T{hour:02}:{minute:02}:{second:02}")?;
        civil::write_fraction(formatter, self.nanos, self.digits)
    }
}

super::leaf::ordered_by_key!(LocalDateTime);
super::leaf::wire_by_parse!(LocalDateTime, EXPECTED);

/// A point in time, or a local time whose zone is said elsewhere.
///
/// It is the type of the few fields where an API takes both, such as `dateTime` of a calendar
/// event: that needs no offset if the field `timeZone` beside it is set.
///
/// ```
/// use discovery_runtime::{DateTime, Timestamp};
///
/// let local: DateTime = "2026-01-02T03:04:05".parse()?;
/// assert!(local.as_local().is_some());
/// assert_eq!(local.to_string(), "2026-01-02T03:04:05");
///
/// let point = DateTime::from(Timestamp::UNIX_EPOCH);
/// assert_eq!(point.as_timestamp(), Some(Timestamp::UNIX_EPOCH));
/// # Ok::<(), discovery_runtime::FormatError>(())
/// ```
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub enum DateTime {
    /// A point in time: its text has an offset.
    Timestamp(Timestamp),
    /// A local time: its text has none.
    Local(LocalDateTime),
}

impl DateTime {
    /// The point in time, if it is one.
    pub fn as_timestamp(&self) -> Option<Timestamp> {
        match self {
            Self::Timestamp(timestamp) => Some(*timestamp),
            Self::Local(_) => None,
        }
    }

    /// The local time, if it is one.
    pub fn as_local(&self) -> Option<LocalDateTime> {
        match self {
            Self::Timestamp(_) => None,
            Self::Local(local) => Some(*local),
        }
    }

    fn parse(text: &str) -> Option<Self> {
        let timestamp = text.parse().map(Self::Timestamp).ok();
        timestamp.or_else(|| text.parse().map(Self::Local).ok())
    }
}

impl From<Timestamp> for DateTime {
    fn from(timestamp: Timestamp) -> Self {
        Self::Timestamp(timestamp)
    }
}

impl From<LocalDateTime> for DateTime {
    fn from(local: LocalDateTime) -> Self {
        Self::Local(local)
    }
}

impl fmt::Display for DateTime {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Timestamp(timestamp) => timestamp.fmt(formatter),
            Self::Local(local) => local.fmt(formatter),
        }
    }
}

super::leaf::wire_by_parse!(DateTime, EXPECTED_EITHER);
