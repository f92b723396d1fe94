//! Calendar dates (format `date`).

use std::fmt;

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

    fn parse(text: &str) -> Option<Self> {
        let mut cursor = Cursor::new(text);
        let (year, month, day) = cursor.date()?;
        cursor.end()?;
        Some(Self { year, month, day })
    }
}

impl fmt::Display for Date {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { year, month, day } = self;
        write!(formatter, "{year:04}-{month:02}-{day:02}")
    }
}

super::leaf::wire_by_parse!(Date, EXPECTED);
