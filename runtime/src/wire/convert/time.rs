//! Conversions to and from the types of the `time` crate.

use time::{Month, OffsetDateTime, PrimitiveDateTime};

use crate::wire::{Date, Duration, FormatError, LocalDateTime, Timestamp};

impl TryFrom<OffsetDateTime> for Timestamp {
    type Error = FormatError;

    /// Fails outside the years 0001 to 9999, in UTC.
    fn try_from(time: OffsetDateTime) -> Result<Self, FormatError> {
        Self::from_unix_nanos(time.unix_timestamp_nanos())
    }
}

impl From<Timestamp> for OffsetDateTime {
    fn from(timestamp: Timestamp) -> Self {
        // Each time of the years 0001 to 9999 in UTC is one of `time`.
        Self::from_unix_timestamp_nanos(timestamp.unix_nanos()).unwrap_or(Self::UNIX_EPOCH)
    }
}

impl TryFrom<time::Duration> for Duration {
    type Error = FormatError;

    /// Fails beyond 315,576,000,000 seconds.
    fn try_from(duration: time::Duration) -> Result<Self, FormatError> {
        Self::new(duration.whole_seconds(), duration.subsec_nanoseconds())
    }
}

impl From<Duration> for time::Duration {
    fn from(duration: Duration) -> Self {
        Self::new(duration.seconds(), duration.nanos())
    }
}

impl TryFrom<time::Date> for Date {
    type Error = FormatError;

    /// Fails outside the years 0001 to 9999.
    fn try_from(date: time::Date) -> Result<Self, FormatError> {
        let (year, month, day) = date.to_calendar_date();
        super::date(year, u8::from(month), day)
    }
}

impl From<Date> for time::Date {
    fn from(date: Date) -> Self {
        let month = Month::try_from(date.month());
        let date =
            month.and_then(|month| Self::from_calendar_date(date.year().into(), month, date.day()));
        // Each day of the years 0001 to 9999 is a date of `time`.
        date.unwrap_or(Self::MIN)
    }
}

impl TryFrom<PrimitiveDateTime> for LocalDateTime {
    type Error = FormatError;

    /// Fails outside the years 0001 to 9999.
    fn try_from(time: PrimitiveDateTime) -> Result<Self, FormatError> {
        let (hour, minute, second, nanos) = time.as_hms_nano();
        super::local(time.date().try_into()?, (hour, minute, second), nanos)
    }
}

impl From<LocalDateTime> for PrimitiveDateTime {
    fn from(time: LocalDateTime) -> Self {
        let (hour, minute, second) = super::clock(time);
        let clock = time::Time::from_hms_nano(hour, minute, second, time.subsec_nanos());
        // Each time of day is one of `time`.
        Self::new(time.date().into(), clock.unwrap_or(time::Time::MIDNIGHT))
    }
}
