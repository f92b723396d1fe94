//! Conversions to and from the types of the `jiff` crate: what is used of its versions is alike.

macro_rules! conversions {
    ($jiff:ident) => {
        use crate::wire::{Date, Duration, FormatError, LocalDateTime, Timestamp};

        impl TryFrom<$jiff::Timestamp> for Timestamp {
            type Error = FormatError;

            /// Fails before the year 0001.
            fn try_from(timestamp: $jiff::Timestamp) -> Result<Self, FormatError> {
                Self::from_unix_nanos(timestamp.as_nanosecond())
            }
        }

        impl TryFrom<Timestamp> for $jiff::Timestamp {
            type Error = FormatError;

            /// Fails in the last 26 hours of the year 9999, which `jiff` keeps for its time zones.
            fn try_from(timestamp: Timestamp) -> Result<Self, FormatError> {
                Self::from_nanosecond(timestamp.unix_nanos())
                    .map_err(|_| FormatError::new("a timestamp before 9999-12-30T22:00:01Z"))
            }
        }

        impl TryFrom<$jiff::SignedDuration> for Duration {
            type Error = FormatError;

            /// Fails beyond 315,576,000,000 seconds.
            fn try_from(duration: $jiff::SignedDuration) -> Result<Self, FormatError> {
                Self::new(duration.as_secs(), duration.subsec_nanos())
            }
        }

        impl From<Duration> for $jiff::SignedDuration {
            fn from(duration: Duration) -> Self {
                Self::new(duration.seconds(), duration.nanos())
            }
        }

        impl TryFrom<$jiff::civil::Date> for Date {
            type Error = FormatError;

            /// Fails before the year 0001.
            fn try_from(date: $jiff::civil::Date) -> Result<Self, FormatError> {
                crate::wire::convert::date(date.year(), date.month(), date.day())
            }
        }

        impl From<Date> for $jiff::civil::Date {
            fn from(date: Date) -> Self {
                let month = date.month().cast_signed();
                let date = Self::new(date.year().cast_signed(), month, date.day().cast_signed());
                // Each day of the years 0001 to 9999 is a date of `jiff`.
                date.unwrap_or(Self::MIN)
            }
        }

        impl TryFrom<$jiff::civil::DateTime> for LocalDateTime {
            type Error = FormatError;

            /// Fails before the year 0001.
            fn try_from(time: $jiff::civil::DateTime) -> Result<Self, FormatError> {
                let clock = (time.hour(), time.minute(), time.second());
                crate::wire::convert::local(
                    time.date().try_into()?,
                    clock,
                    time.subsec_nanosecond(),
                )
            }
        }

        impl From<LocalDateTime> for $jiff::civil::DateTime {
            fn from(time: LocalDateTime) -> Self {
                let (hour, minute, second) = crate::wire::convert::clock(time);
                let date = $jiff::civil::Date::from(time.date());
                let clock = $jiff::civil::Time::new(
                    hour,
                    minute,
                    second,
                    time.subsec_nanos().cast_signed(),
                );
                // Each time of day is one of `jiff`.
                date.to_datetime(clock.unwrap_or($jiff::civil::Time::MIN))
            }
        }
    };
}

pub(super) use conversions;
