//! Calendar dates (format `date`).

use std::fmt;
use std::str::FromStr;

use super::FormatError;
use super::civil::{self, Cursor};

const EXPECTED: &str = "a date as YYYY-MM-DD of the years 0001 to 9999";

/// A calendar date of the years 0001 to 9999 (format `date`): `2024-02-29` on the wire.
///
/// It has no time zone, so it is no point in time.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Date {
    // The order of the fields is the order of dates.
    year: u16,
    month: u8,
    day: u8,
}

impl Date {
    /// The date of a year (1 to 9999), a month (1 to 12) and a day of that month.
    ///
    /// # Errors
    ///
    /// The calendar has no such day.
    pub fn new(year: u16, month: u8, day: u8) -> Result<Self, FormatError> {
        if civil::exists(year, month, day) {
            Ok(Self { year, month, day })
        } else {
            Err(FormatError::new(EXPECTED))
        }
    }

    /// The year, 1 to 9999.
    pub fn year(&self) -> u16 {
        self.year
    }

    /// The month, 1 to 12.
    pub fn month(&self) -> u8 {
        self.month
    }

    /// The day of the month, 1 to 31.
    pub fn day(&self) -> u8 {
        self.day
    }
}

/// Reads the year, the month and the day of a date that exists.
pub(super) fn parse(cursor: &mut Cursor<'_>) -> Option<(u16, u8, u8)> {
    let year = cursor.four_digits()?;
    cursor.expect(b'-')?;
    let month = cursor.two_digits()?;
    cursor.expect(b'-')?;
    let day = cursor.two_digits()?;
    civil::exists(year, month, day).then_some((year, month, day))
}

impl fmt::Display for Date {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { year, month, day } = self;
        write!(formatter, "{year:04}-{month:02}-{day:02}")
    }
}

impl fmt::Debug for Date {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "Date({self})")
    }
}

impl FromStr for Date {
    type Err = FormatError;

    fn from_str(text: &str) -> Result<Self, FormatError> {
        let mut cursor = Cursor::new(text);
        parse(&mut cursor)
            .filter(|_| cursor.end().is_some())
            .map(|(year, month, day)| Self { year, month, day })
            .ok_or(FormatError::new(EXPECTED))
    }
}

super::leaf::wire_by_text!(Date, EXPECTED);
