//! Conversions to and from the types of the `chrono` crate.

use chrono::{
    DateTime, Datelike as _, NaiveDate, NaiveDateTime, TimeDelta, TimeZone, Timelike as _, Utc,
};

use crate::wire::{Date, Duration, FormatError, LocalDateTime, Timestamp};

impl<Z: TimeZone> TryFrom<DateTime<Z>> for Timestamp {
    type Error = FormatError;

    /// Fails outside the years 0001 to 9999, in UTC. A leap second becomes the second after it.
    fn try_from(time: DateTime<Z>) -> Result<Self, FormatError> {
        // The nanoseconds of `chrono` go beyond a second in a leap second.
        let nanos = i128::from(time.timestamp_subsec_nanos());
        Self::from_unix_nanos(i128::from(time.timestamp()) * 1_000_000_000 + nanos)
    }
}

impl From<Timestamp> for DateTime<Utc> {
    fn from(timestamp: Timestamp) -> Self {
        // Each time of the years 0001 to 9999 is one of `chrono`.
        Self::from_timestamp(timestamp.unix_seconds(), timestamp.subsec_nanos()).unwrap_or_default()
    }
}

impl TryFrom<TimeDelta> for Duration {
    type Error = FormatError;

    /// Fails beyond 315,576,000,000 seconds.
    fn try_from(delta: TimeDelta) -> Result<Self, FormatError> {
        Self::new(delta.num_seconds(), delta.subsec_nanos())
    }
}

impl From<Duration> for TimeDelta {
    fn from(duration: Duration) -> Self {
        // 315,576,000,000 seconds are far from the limit of `chrono`.
        let seconds = Self::try_seconds(duration.seconds()).unwrap_or_default();
        seconds + Self::nanoseconds(duration.nanos().into())
    }
}

impl TryFrom<NaiveDate> for Date {
    type Error = FormatError;

    /// Fails outside the years 0001 to 9999.
    fn try_from(date: NaiveDate) -> Result<Self, FormatError> {
        super::date(date.year(), date.month(), date.day())
    }
}

impl From<Date> for NaiveDate {
    fn from(date: Date) -> Self {
        let (year, month, day) = (date.year().into(), date.month().into(), date.day().into());
        // Each day of the years 0001 to 9999 is a date of `chrono`.
        Self::from_ymd_opt(year, month, day).unwrap_or_default()
    }
}

impl TryFrom<NaiveDateTime> for LocalDateTime {
    type Error = FormatError;

    /// Fails outside the years 0001 to 9999, and for a leap second.
    fn try_from(time: NaiveDateTime) -> Result<Self, FormatError> {
        let clock = (time.hour(), time.minute(), time.second());
        super::local(time.date().try_into()?, clock, time.nanosecond())
    }
}

impl From<LocalDateTime> for NaiveDateTime {
    fn from(time: LocalDateTime) -> Self {
        let (hour, minute, second) = super::clock(time);
        let clock = NaiveDate::from(time.date()).and_hms_nano_opt(
            hour,
            minute,
            second,
            time.subsec_nanos(),
        );
        // Each time of day is one of `chrono`.
        clock.unwrap_or_default()
    }
}
