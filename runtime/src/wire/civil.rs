//! The proleptic Gregorian calendar, and the digits of dates and times in text.

/// The first and the last year that dates and times on the wire may have.
const YEARS: std::ops::RangeInclusive<u16> = 1..=9999;

pub(super) const SECONDS_PER_DAY: i64 = 86_400;

/// The days of 400 years, after which the calendar repeats.
const DAYS_PER_CYCLE: i64 = 146_097;

/// From March 1 of the year 0 to January 1, 1970.
const EPOCH: i64 = 719_468;

fn is_leap(year: u16) -> bool {
    year.is_multiple_of(4) && (!year.is_multiple_of(100) || year.is_multiple_of(400))
}

/// Whether the calendar has such a day, in a year that the wire may have.
pub(super) fn exists(year: u16, month: u8, day: u8) -> bool {
    let length = match month {
        2 => 28 + u8::from(is_leap(year)),
        4 | 6 | 9 | 11 => 30,
        1..=12 => 31,
        _ => return false,
    };
    YEARS.contains(&year) && (1..=length).contains(&day)
}

/// The days from January 1, 1970 to a date.
///
/// Years are counted from March, so that the leap day is a year's last and the lengths of the
/// months follow one formula.
pub(super) fn days_from_date(year: u16, month: u8, day: u8) -> i64 {
    let (month, year) = match month {
        1 | 2 => (u32::from(month) + 9, u32::from(year) - 1),
        _ => (u32::from(month) - 3, u32::from(year)),
    };
    let days_before_month = (153 * month + 2) / 5;
    let days_before_year = 365 * year + year / 4 - year / 100 + year / 400;
    i64::from(days_before_year + days_before_month + u32::from(day)) - 1 - EPOCH
}

/// The year, month and day that lie this many days after January 1, 1970.
pub(super) fn date_from_days(days: i64) -> (i64, i64, i64) {
    let days = days + EPOCH;
    let cycle = days.div_euclid(DAYS_PER_CYCLE);
    let day = days.rem_euclid(DAYS_PER_CYCLE);
    // A cycle has a leap day every 1,461 days, but not at the end of 36,524 days, but again at
    // its own end.
    let year = (day - day / 1_460 + day / 36_524 - day / 146_096) / 365;
    let day = day - (365 * year + year / 4 - year / 100);
    let month = (5 * day + 2) / 153;
    let day = day - (153 * month + 2) / 5 + 1;
    let year = year + 400 * cycle;
    if month < 10 {
        (year, month + 3, day)
    } else {
        (year + 1, month - 9, day)
    }
}

/// The rest of a text that is read from its start.
pub(super) struct Cursor<'a>(&'a [u8]);

impl<'a> Cursor<'a> {
    pub(super) fn new(text: &'a str) -> Self {
        Self(text.as_bytes())
    }

    /// The next byte.
    #[inline]
    pub(super) fn next(&mut self) -> Option<u8> {
        let (first, rest) = self.0.split_first()?;
        self.0 = rest;
        Some(*first)
    }

    /// Passes over a byte if it comes next.
    #[inline]
    pub(super) fn eat(&mut self, byte: u8) -> bool {
        let found = self.0.first() == Some(&byte);
        if found {
            self.next();
        }
        found
    }

    /// Passes over a byte that must come next.
    #[inline]
    pub(super) fn expect(&mut self, byte: u8) -> Option<()> {
        self.eat(byte).then_some(())
    }

    /// The next digit.
    #[inline]
    pub(super) fn digit(&mut self) -> Option<u8> {
        let digit = self.0.first().filter(|byte| byte.is_ascii_digit())? - b'0';
        self.next();
        Some(digit)
    }

    /// A number of exactly two digits.
    #[inline]
    pub(super) fn two_digits(&mut self) -> Option<u8> {
        let (&[tens, ones], rest) = self.0.split_first_chunk()?;
        self.0 = rest;
        number(tens, ones)
    }

    /// The year, the month and the day of a date that exists.
    #[inline]
    pub(super) fn date(&mut self) -> Option<(u16, u8, u8)> {
        let (&[y1, y2, y3, y4, b'-', m1, m2, b'-', d1, d2], rest) = self.0.split_first_chunk()?
        else {
            return None;
        };
        self.0 = rest;
        let year = u16::from(number(y1, y2)?) * 100 + u16::from(number(y3, y4)?);
        let (month, day) = (number(m1, m2)?, number(d1, d2)?);
        exists(year, month, day).then_some((year, month, day))
    }

    /// The hour, the minute and the second of a time of day, as they are written.
    #[inline]
    pub(super) fn time_of_day(&mut self) -> Option<(u8, u8, u8)> {
        let (&[h1, h2, b':', m1, m2, b':', s1, s2], rest) = self.0.split_first_chunk()? else {
            return None;
        };
        self.0 = rest;
        Some((number(h1, h2)?, number(m1, m2)?, number(s1, s2)?))
    }

    /// The fraction of a second in nanoseconds, if a point comes next, with its number of digits: 1
    /// to 9, or none.
    #[inline]
    pub(super) fn fraction(&mut self) -> Option<(u32, u8)> {
        if !self.eat(b'.') {
            return Some((0, 0));
        }
        let mut nanos = 0;
        let mut digits = 0;
        while let Some(digit) = self.digit() {
            digits += 1;
            if digits > 9 {
                return None;
            }
            nanos = nanos * 10 + u32::from(digit);
        }
        (digits > 0).then(|| (nanos * 10_u32.pow(9 - u32::from(digits)), digits))
    }

    /// The end of the text.
    #[inline]
    pub(super) fn end(&self) -> Option<()> {
        self.0.is_empty().then_some(())
    }
}

/// The number of two digits.
#[inline]
fn number(tens: u8, ones: u8) -> Option<u8> {
    let (tens, ones) = (tens.wrapping_sub(b'0'), ones.wrapping_sub(b'0'));
    // Only of digits: of other bytes it would overflow.
    (tens < 10 && ones < 10).then(|| tens * 10 + ones)
}

/// The digits that print a fraction in groups of three: 0, 3, 6 or 9.
pub(super) fn canonical_digits(nanos: u32) -> u8 {
    if nanos == 0 {
        0
    } else if nanos.is_multiple_of(1_000_000) {
        3
    } else if nanos.is_multiple_of(1_000) {
        6
    } else {
        9
    }
}

/// Prints a fraction of a second with its point, or nothing if it has no digits.
pub(super) fn write_fraction(
    formatter: &mut std::fmt::Formatter<'_>,
    nanos: u32,
    digits: u8,
) -> std::fmt::Result {
    if digits == 0 {
        return Ok(());
    }
    let value = nanos / 10_u32.pow(9_u32.saturating_sub(u32::from(digits)));
    write!(formatter, ".{value:0width$}", width = usize::from(digits))
}

#[cfg(test)]
mod tests {
    use super::{date_from_days, days_from_date, exists};

    #[test]
    fn each_day_follows_the_one_before() {
        let mut days = days_from_date(1, 1, 1);
        assert_eq!(days, -719_162);
        for year in 1..=9999_u16 {
            for month in 1..=12 {
                for day in (1..=31).filter(|day| exists(year, month, *day)) {
                    assert_eq!(days_from_date(year, month, day), days);
                    assert_eq!(
                        date_from_days(days),
                        (year.into(), month.into(), day.into())
                    );
                    days += 1;
                }
            }
        }
        assert_eq!(days - 1, days_from_date(9999, 12, 31));
        assert_eq!(days, 2_932_897);
        assert_eq!(date_from_days(0), (1970, 1, 1));
    }
}
