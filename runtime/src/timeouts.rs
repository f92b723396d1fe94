//! How long a call may take, part by part.

use std::time::Duration;

/// How long connecting, one attempt and a whole call may take.
///
/// `None` means no limit. Without a choice of yours connecting ends after 10 seconds, an attempt
/// after 30 and a call, with its repeats and the waits between them, after 60.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Timeouts {
    /// From the look-up of the host's name to the end of the TLS handshake. It belongs to the
    /// default transport; one that you bring has its own.
    pub connect: Option<Duration>,
    /// From sending a request to the last byte of its response.
    pub attempt: Option<Duration>,
    /// From the start of a call to its result. No wait before a repeat goes past it: if the next
    /// attempt would come too late, the call fails at once with the last error.
    pub total: Option<Duration>,
}

impl Timeouts {
    /// The same with another limit for connecting.
    #[must_use]
    pub fn with_connect(mut self, limit: impl Into<Option<Duration>>) -> Self {
        self.connect = limit.into();
        self
    }

    /// The same with another limit for one attempt.
    #[must_use]
    pub fn with_attempt(mut self, limit: impl Into<Option<Duration>>) -> Self {
        self.attempt = limit.into();
        self
    }

    /// The same with another limit for a whole call.
    #[must_use]
    pub fn with_total(mut self, limit: impl Into<Option<Duration>>) -> Self {
        self.total = limit.into();
        self
    }
}

impl Default for Timeouts {
    fn default() -> Self {
        Self {
            connect: Some(Duration::from_secs(10)),
            attempt: Some(Duration::from_secs(30)),
            total: Some(Duration::from_secs(60)),
        }
    }
}
