//! The recorded limits: requests per day, base URL requests per day, write rate and concurrent writes.

use std::collections::{BTreeMap, VecDeque};

use jiff::{SignedDuration, Timestamp};

use crate::clock::plus;
use crate::replies;
use crate::reply::Reply;

/// Limits of the emulated project. The default has only the limit on concurrent writes;
/// [`Quotas::service`] has the recorded values.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Quotas {
    /// API requests of all users per day (UTC by the emulator's clock); the service has 10,000.
    pub requests_per_day: Option<u64>,
    /// Whether requests that upload bytes count as API requests: documented so, measured otherwise.
    pub uploads_count: bool,
    /// Requests to base URLs per day; the service has 75,000.
    pub base_url_requests_per_day: Option<u64>,
    /// Writes of one user in any 60 s; the service has 30.
    pub writes_per_minute_per_user: Option<u64>,
    /// Whether a second write of one user is refused while the first is in flight.
    pub one_write_at_a_time: bool,
}

impl Default for Quotas {
    fn default() -> Self {
        Self {
            requests_per_day: None,
            uploads_count: true,
            base_url_requests_per_day: None,
            writes_per_minute_per_user: None,
            one_write_at_a_time: true,
        }
    }
}

impl Quotas {
    /// The limits recorded from the service.
    pub const fn service() -> Self {
        Self {
            requests_per_day: Some(10_000),
            uploads_count: true,
            base_url_requests_per_day: Some(75_000),
            writes_per_minute_per_user: Some(30),
            one_write_at_a_time: true,
        }
    }
}

/// What has been used up so far.
#[derive(Debug, Default)]
pub(crate) struct Usage {
    day: i64,
    requests: u64,
    base_url_requests: u64,
    writes: BTreeMap<String, VecDeque<Timestamp>>,
    in_flight: BTreeMap<String, u32>,
}

impl Usage {
    /// Counts one API request against the day.
    pub(crate) fn charge_request(&mut self, quotas: &Quotas, now: Timestamp) -> Result<(), Reply> {
        self.turn_page(now);
        match quotas.requests_per_day {
            Some(limit) if self.requests >= limit => Err(replies::daily_quota_exceeded(limit)),
            _ => {
                self.requests += 1;
                Ok(())
            }
        }
    }

    /// Counts one request to a base URL against the day; `false` when the day is used up.
    pub(crate) fn charge_base_url(&mut self, quotas: &Quotas, now: Timestamp) -> bool {
        self.turn_page(now);
        let allowed = quotas
            .base_url_requests_per_day
            .is_none_or(|limit| self.base_url_requests < limit);
        self.base_url_requests += u64::from(allowed);
        allowed
    }

    /// Counts one write of a user and marks it as in flight, until [`Usage::end_write`].
    pub(crate) fn begin_write(
        &mut self,
        quotas: &Quotas,
        user: &str,
        now: Timestamp,
    ) -> Result<(), Reply> {
        let in_flight = self.in_flight.entry(user.to_owned()).or_default();
        if quotas.one_write_at_a_time && *in_flight > 0 {
            return Err(replies::concurrent_write());
        }
        let writes = self.writes.entry(user.to_owned()).or_default();
        let window = plus(now, -SignedDuration::from_secs(60));
        while writes.front().is_some_and(|&time| time <= window) {
            writes.pop_front();
        }
        if let Some(limit) = quotas.writes_per_minute_per_user {
            if u64::try_from(writes.len()).is_ok_and(|count| count >= limit) {
                return Err(replies::write_quota_exceeded(limit));
            }
            writes.push_back(now);
        }
        *in_flight += 1;
        Ok(())
    }

    /// Ends what [`Usage::begin_write`] began.
    pub(crate) fn end_write(&mut self, user: &str) {
        if let Some(count) = self.in_flight.get_mut(user) {
            *count = count.saturating_sub(1);
        }
    }

    fn turn_page(&mut self, now: Timestamp) {
        let day = now.as_second().div_euclid(86_400);
        if day != self.day {
            self.day = day;
            self.requests = 0;
            self.base_url_requests = 0;
        }
    }
}
