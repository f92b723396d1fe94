//! The time the emulator lives in: the system's or a fixed one, plus what a test advanced it by.

use jiff::{SignedDuration, Timestamp};

/// A clock that only a test moves faster than the system's.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Clock {
    /// `None` follows the system.
    fixed: Option<Timestamp>,
    advanced: SignedDuration,
}

impl Clock {
    /// The current time: the base plus everything the clock was advanced by.
    pub(crate) fn now(&self) -> Timestamp {
        plus(self.fixed.unwrap_or_else(Timestamp::now), self.advanced)
    }

    /// Moves the clock forward (or back, with a negative duration) without waiting.
    pub(crate) fn advance(&mut self, by: SignedDuration) {
        self.advanced = self.advanced.saturating_add(by);
    }

    /// Stops the clock at one moment; from here on only [`Clock::advance`] moves it.
    pub(crate) fn stop_at(&mut self, now: Timestamp) {
        *self = Self {
            fixed: Some(now),
            advanced: SignedDuration::ZERO,
        };
    }
}

/// A moment after (or before) another one; it stops at the ends of the calendar.
pub(crate) fn plus(start: Timestamp, by: SignedDuration) -> Timestamp {
    start.checked_add(by).unwrap_or(if by.is_negative() {
        Timestamp::MIN
    } else {
        Timestamp::MAX
    })
}

/// Converts a length of time given as the standard library's type.
pub(crate) fn signed(duration: std::time::Duration) -> SignedDuration {
    SignedDuration::try_from(duration).unwrap_or(SignedDuration::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_stopped_clock_moves_only_when_it_is_advanced() {
        let mut clock = Clock::default();
        let noon: Timestamp = "2026-05-03T12:00:00Z".parse().unwrap();
        clock.stop_at(noon);
        assert_eq!(clock.now(), noon);
        clock.advance(SignedDuration::from_hours(25));
        assert_eq!(clock.now().to_string(), "2026-05-04T13:00:00Z");
        clock.advance(SignedDuration::MAX);
        assert_eq!(
            clock.now(),
            Timestamp::MAX,
            "the end of the calendar, not an overflow"
        );
    }
}
