//! How long a server asks to wait: the header `Retry-After` and the detail `RetryInfo`.

use std::time::{Duration, SystemTime};

use crate::Clock;
use crate::rpc::Status;
use crate::transport::Headers;

/// The longest wait that is believed of a date if the server does not say what time it is.
const LONGEST_GUESS: Duration = Duration::from_secs(300);

/// The longest of what the server asks for; `None` if it asks for nothing.
pub(crate) fn server_delay(
    headers: &Headers,
    status: Option<&Status>,
    clock: &dyn Clock,
) -> Option<Duration> {
    let header = headers
        .get_all("retry-after")
        .filter_map(|value| read(value.trim(), headers, clock));
    header.chain(status.and_then(Status::retry_delay)).max()
}

/// Reads seconds or a date; what is neither is no wish.
fn read(value: &str, headers: &Headers, clock: &dyn Clock) -> Option<Duration> {
    if !value.is_empty() && value.bytes().all(|byte| byte.is_ascii_digit()) {
        return Some(Duration::from_secs(value.parse().unwrap_or(u64::MAX)));
    }
    let date = httpdate::parse_http_date(value).ok()?;
    let until = |now: SystemTime| date.duration_since(now).unwrap_or_default();
    // The clock of this machine may be wrong: the server's own counts.
    match headers
        .get("date")
        .and_then(|date| httpdate::parse_http_date(date).ok())
    {
        Some(now) => Some(until(now)),
        None => Some(until(clock.system_time()).min(LONGEST_GUESS)),
    }
}

#[cfg(all(test, feature = "test-util"))]
mod tests {
    use super::*;
    use crate::TestClock;
    use crate::rpc::read_status;

    fn delay(fields: &[(&'static str, &str)]) -> Option<u64> {
        let headers = fields.iter().map(|&(name, value)| (name, value)).collect();
        server_delay(&headers, None, &TestClock::new()).map(|delay| delay.as_secs())
    }

    #[test]
    fn seconds() {
        assert_eq!(delay(&[("retry-after", "120")]), Some(120));
        assert_eq!(delay(&[("retry-after", " 0 ")]), Some(0));
        assert_eq!(
            delay(&[("retry-after", "99999999999999999999")]),
            Some(u64::MAX)
        );
        assert_eq!(
            delay(&[("retry-after", "5"), ("retry-after", "7")]),
            Some(7)
        );
        assert_eq!(
            delay(&[("retry-after", "soon"), ("retry-after", "7")]),
            Some(7)
        );
        for value in [
            "",
            "-1",
            "1.5",
            "+3",
            "1e3",
            "soon",
            "Fri, 31 Dec 9999 23:59:59 GMT+1",
        ] {
            assert_eq!(delay(&[("retry-after", value)]), None, "{value}");
        }
    }

    #[test]
    fn dates_count_from_the_date_of_the_server() {
        let date = ("date", "Sun, 06 Nov 1994 08:49:37 GMT");
        let cases = [
            ("Sun, 06 Nov 1994 08:50:07 GMT", 30),
            ("Sunday, 06-Nov-94 08:50:07 GMT", 30),
            ("Sun Nov  6 08:50:07 1994", 30),
            ("Mon, 07 Nov 1994 08:49:37 GMT", 86_400),
            ("Sun, 06 Nov 1994 08:00:00 GMT", 0),
        ];
        for (value, seconds) in cases {
            assert_eq!(
                delay(&[date, ("retry-after", value)]),
                Some(seconds),
                "{value}"
            );
        }
    }

    #[test]
    fn a_date_alone_is_believed_for_minutes_only() {
        assert_eq!(
            delay(&[("retry-after", "Thu, 01 Jan 2026 00:00:20 GMT")]),
            Some(20)
        );
        assert_eq!(
            delay(&[("retry-after", "Fri, 02 Jan 2026 00:00:00 GMT")]),
            Some(300)
        );
        assert_eq!(
            delay(&[("retry-after", "Thu, 01 Jan 1970 00:00:00 GMT")]),
            Some(0)
        );
    }

    #[test]
    fn the_longer_of_header_and_detail_counts() {
        let status = read_status(
            br#"{"error": {"details": [{"@type": "type.googleapis.com/google.rpc.RetryInfo",
            "retryDelay": "40s"}]}}"#,
        );
        for (header, expected) in [("30", 40), ("50", 50), ("soon", 40)] {
            let headers = Headers::from_iter([("retry-after", header)]);
            let delay = server_delay(&headers, status.as_ref(), &TestClock::new());
            assert_eq!(delay, Some(Duration::from_secs(expected)));
        }
    }
}
