//! Conversions to and from the time types of the standard library.

use std::time::{Duration as StdDuration, SystemTime};

use crate::wire::{Duration, FormatError, Timestamp};

impl TryFrom<SystemTime> for Timestamp {
    type Error = FormatError;

    /// Fails outside the years 0001 to 9999.
    fn try_from(time: SystemTime) -> Result<Self, FormatError> {
        let nanos =
            |duration: StdDuration| i128::try_from(duration.as_nanos()).unwrap_or(i128::MAX);
        Self::from_unix_nanos(match time.duration_since(SystemTime::UNIX_EPOCH) {
            Ok(after) => nanos(after),
            Err(before) => -nanos(before.duration()),
        })
    }
}

impl TryFrom<Timestamp> for SystemTime {
    type Error = FormatError;

    /// Fails if the system has no such time: Windows begins with the year 1601.
    fn try_from(timestamp: Timestamp) -> Result<Self, FormatError> {
        let seconds = timestamp.unix_seconds();
        let whole = StdDuration::from_secs(seconds.unsigned_abs());
        let second = if seconds < 0 {
            Self::UNIX_EPOCH.checked_sub(whole)
        } else {
            Self::UNIX_EPOCH.checked_add(whole)
        };
        let nanos = StdDuration::from_nanos(u64::from(timestamp.subsec_nanos()));
        second
            .and_then(|second| second.checked_add(nanos))
            .ok_or(FormatError::new("a time that the system can represent"))
    }
}

impl TryFrom<StdDuration> for Duration {
    type Error = FormatError;

    /// Fails beyond 315,576,000,000 seconds.
    fn try_from(duration: StdDuration) -> Result<Self, FormatError> {
        let seconds = i64::try_from(duration.as_secs()).unwrap_or(i64::MAX);
        let nanos = i32::try_from(duration.subsec_nanos()).unwrap_or(i32::MAX);
        Self::new(seconds, nanos)
    }
}

impl TryFrom<Duration> for StdDuration {
    type Error = FormatError;

    /// Fails for a negative duration.
    fn try_from(duration: Duration) -> Result<Self, FormatError> {
        let seconds = u64::try_from(duration.seconds());
        let nanos = u32::try_from(duration.nanos());
        match (seconds, nanos) {
            (Ok(seconds), Ok(nanos)) => Ok(Self::new(seconds, nanos)),
            _ => Err(FormatError::new("a duration that is not negative")),
        }
    }
}
