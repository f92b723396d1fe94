//! Points in time: RFC 3339 text that goes back as it came.

use std::fmt;

use super::FormatError;
use super::civil::{self, Cursor, SECONDS_PER_DAY};

const EXPECTED: &str = "an RFC 3339 timestamp of the years 0001 to 9999";

const NANOS_PER_SECOND: i128 = 1_000_000_000;

/// A point in time from the year 0001 to 9999, to the nanosecond (`google-datetime` and
/// `date-time`).
///
/// On the wire it is RFC 3339 text. A value made from a number or from another time type prints
/// in UTC with 0, 3, 6 or 9 digits of a second. A value read from text prints as that text was:
/// its offset, its number of digits and the case of its letters are kept.
///
/// Values compare, order and hash by the point in time, not by the text.
///
/// A leap second (`23:59:60` in UTC) is the same point in time as the second after it, as on all
/// systems that count seconds since 1970.
///
/// ```
/// use discovery_runtime::Timestamp;
///
/// let created: Timestamp = "2024-02-29T17:30:00.10+05:30".parse()?;
/// assert_eq!(created, Timestamp::new(1_709_208_000, 100_000_000)?);
/// assert_eq!(created.to_string(), "2024-02-29T17:30:00.10+05:30");
/// assert_eq!(created.to_utc().to_string(), "2024-02-29T12:00:00.100Z");
/// # Ok::<(), discovery_runtime::FormatError>(())
/// ```
#[derive(Clone, Copy)]
pub struct Timestamp {
    seconds: i64,
    nanos: u32,
    form: Form,
}

/// How a timestamp is written, apart from the point in time.
#[derive(Clone, Copy)]
struct Form {
    digits: u8,
    lowercase_t: bool,
    leap_second: bool,
    zone: Zone,
}

#[derive(Clone, Copy)]
enum Zone {
    Utc,
    LowercaseUtc,
    /// Minutes east of UTC.
    Offset(i16),
    /// `-00:00`, by which RFC 3339 says that the local offset is not known.
    Unknown,
}

impl Zone {
    fn seconds(self) -> i64 {
        match self {
            Self::Offset(minutes) => i64::from(minutes) * 60,
            Self::Utc | Self::LowercaseUtc | Self::Unknown => 0,
        }
    }
}

impl Timestamp {
    /// 0001-01-01T00:00:00Z.
    pub const MIN: Self = Self::canonical(-62_135_596_800, 0, 0);

    /// 9999-12-31T23:59:59.999999999Z.
    pub const MAX: Self = Self::canonical(253_402_300_799, 999_999_999, 9);

    /// 1970-01-01T00:00:00Z.
    pub const UNIX_EPOCH: Self = Self::canonical(0, 0, 0);

    /// The point in time `seconds` after 1970-01-01T00:00:00Z (before, if negative) and `nanos`
    /// later (0 to 999,999,999).
    ///
    /// # Errors
    ///
    /// The point is outside the years 0001 to 9999, or `nanos` is a second or more.
    pub fn new(seconds: i64, nanos: u32) -> Result<Self, FormatError> {
        if (Self::MIN.seconds..=Self::MAX.seconds).contains(&seconds) && nanos < 1_000_000_000 {
            Ok(Self::canonical(
                seconds,
                nanos,
                civil::canonical_digits(nanos),
            ))
        } else {
            Err(FormatError::new(EXPECTED))
        }
    }

    /// The point in time `nanos` nanoseconds after 1970-01-01T00:00:00Z (before, if negative).
    ///
    /// # Errors
    ///
    /// The point is outside the years 0001 to 9999.
    pub fn from_unix_nanos(nanos: i128) -> Result<Self, FormatError> {
        let seconds = i64::try_from(nanos.div_euclid(NANOS_PER_SECOND));
        let nanos = u32::try_from(nanos.rem_euclid(NANOS_PER_SECOND));
        Self::new(seconds.unwrap_or(i64::MAX), nanos.unwrap_or(u32::MAX))
    }

    const fn canonical(seconds: i64, nanos: u32, digits: u8) -> Self {
        let form = Form {
            digits,
            lowercase_t: false,
            leap_second: false,
            zone: Zone::Utc,
        };
        Self {
            seconds,
            nanos,
            form,
        }
    }

    /// The whole seconds since 1970-01-01T00:00:00Z, rounded down.
    pub fn unix_seconds(&self) -> i64 {
        self.seconds
    }

    /// The nanoseconds since [`Timestamp::unix_seconds`], 0 to 999,999,999.
    pub fn subsec_nanos(&self) -> u32 {
        self.nanos
    }

    /// The nanoseconds since 1970-01-01T00:00:00Z.
    pub fn unix_nanos(&self) -> i128 {
        i128::from(self.seconds) * NANOS_PER_SECOND + i128::from(self.nanos)
    }

    /// The same point in time, printed in UTC with 0, 3, 6 or 9 digits.
    #[must_use]
    pub fn to_utc(self) -> Self {
        let digits = civil::canonical_digits(self.nanos);
        Self::canonical(self.seconds, self.nanos, digits)
    }

    fn key(&self) -> (i64, u32) {
        (self.seconds, self.nanos)
    }

    fn parse(text: &str) -> Option<Self> {
        let mut cursor = Cursor::new(text);
        let (year, month, day) = cursor.date()?;
        let lowercase_t = match cursor.next()? {
            b'T' => false,
            b't' => true,
            _ => return None,
        };
        let (hour, minute, second) = cursor.time_of_day()?;
        if hour > 23 || minute > 59 || second > 60 {
            return None;
        }
        let (nanos, digits) = cursor.fraction()?;
        let zone = parse_zone(&mut cursor)?;
        cursor.end()?;

        let seconds = civil::days_from_date(year, month, day) * SECONDS_PER_DAY
            + i64::from(hour) * 3600
            + i64::from(minute) * 60
            + i64::from(second)
            - zone.seconds();
        let leap_second = second == 60;
        if leap_second && seconds.rem_euclid(SECONDS_PER_DAY) != 0 {
            return None;
        }
        let form = Form {
            digits,
            lowercase_t,
            leap_second,
            zone,
        };
        let valid = Self::new(seconds, nanos).ok()?;
        Some(Self { form, ..valid })
    }
}

fn parse_zone(cursor: &mut Cursor<'_>) -> Option<Zone> {
    let east = match cursor.next()? {
        b'Z' => return Some(Zone::Utc),
        b'z' => return Some(Zone::LowercaseUtc),
        b'+' => true,
        b'-' => false,
        _ => return None,
    };
    let hours = cursor.two_digits()?;
    cursor.expect(b':')?;
    let minutes = cursor.two_digits()?;
    if hours > 23 || minutes > 59 {
        return None;
    }
    let offset = i16::from(hours) * 60 + i16::from(minutes);
    Some(match (east, offset) {
        (true, _) => Zone::Offset(offset),
        (false, 0) => Zone::Unknown,
        (false, _) => Zone::Offset(-offset),
    })
}

impl fmt::Display for Timestamp {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Form {
            digits,
            lowercase_t,
            leap_second,
            zone,
        } = self.form;
        // The leap second is printed as the 61st of the minute that the second before it is in.
        let leap = i64::from(leap_second);
        let local = self.seconds - leap + zone.seconds();
        let (year, month, day) = civil::date_from_days(local.div_euclid(SECONDS_PER_DAY));
        let second = local.rem_euclid(SECONDS_PER_DAY);
        write!(
            formatter,
            "{year:04}-{month:02}-{day:02}{}{:02}:{:02}:{:02}",
            if lowercase_t { 't' } else { 'T' },
            second / 3600,
            second / 60 % 60,
            second % 60 + leap,
        )?;
        civil::write_fraction(formatter, self.nanos, digits)?;
        match zone {
            Zone::Utc => formatter.write_str("Z"),
            Zone::LowercaseUtc => formatter.write_str("z"),
            Zone::Unknown => formatter.write_str("-00:00"),
            Zone::Offset(minutes) => {
                let sign = if minutes < 0 { '-' } else { '+' };
                let minutes = minutes.unsigned_abs();
                write!(formatter, "{sign}{:02}:{:02}", minutes / 60, minutes % 60)
            }
        }
    }
}

super::leaf::ordered_by_key!(Timestamp);
super::leaf::wire_by_parse!(Timestamp, EXPECTED);
