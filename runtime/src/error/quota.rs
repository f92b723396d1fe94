//! Which quota is used up: what the details say first, the message second.

use crate::rpc::{Code, Detail, Status};

/// Which kind of quota is used up.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum QuotaKind {
    /// A quota for a day. Calls stop at once and are not retried: it fills again at midnight,
    /// Pacific time.
    PerDay,
    /// A quota for a minute or another short time. Calls wait and are retried.
    PerMinute,
    /// The service does not take writes of one user side by side. Make them one after another.
    ConcurrentWrite,
    /// A quota that says no more about itself. Calls wait and are retried.
    Other,
}

/// The reasons that make a status 403 a matter of rate.
const RATE_REASONS: &[&str] = &[
    "rateLimitExceeded",
    "userRateLimitExceeded",
    "RATE_LIMIT_EXCEEDED",
    "concurrentLimitExceeded",
];

/// The reasons that make a status 403 a matter of quota.
const QUOTA_REASONS: &[&str] = &[
    "dailyLimitExceeded",
    "dailyLimitExceededUnreg",
    "quotaExceeded",
    "userQuotaExceeded",
    "RESOURCE_QUOTA_EXCEEDED",
    // Compute Engine, in the errors of its operations.
    "QUOTA_EXCEEDED",
];

impl QuotaKind {
    /// Which quota stopped a long-running operation; `None` if none did.
    pub(super) fn of_operation(status: &Status) -> Option<Self> {
        let exhausted = status.code == Some(Code::ResourceExhausted);
        Self::of(if exhausted { 429 } else { 403 }, Some(status))
    }

    /// Which quota an error is about; `None` if it is about none.
    pub(super) fn of(http_status: u16, status: Option<&Status>) -> Option<Self> {
        let has_reason = |reasons: &[&str]| {
            status.is_some_and(|status| reasons.iter().any(|reason| status.has_reason(reason)))
        };
        let exhausted = status.is_some_and(|status| status.code == Some(Code::ResourceExhausted));
        let limited = http_status == 429
            || (http_status == 403
                && (exhausted || has_reason(RATE_REASONS) || has_reason(QUOTA_REASONS)));
        if !limited {
            return None;
        }
        let Some(status) = status else {
            return Some(Self::Other);
        };
        if has_reason(&["dailyLimitExceeded", "dailyLimitExceededUnreg"]) {
            return Some(Self::PerDay);
        }
        let named = names(status).find_map(by_name);
        let kind = named.or_else(|| by_text(&status.message));
        Some(kind.unwrap_or_else(|| {
            if has_reason(&["rateLimitExceeded", "userRateLimitExceeded"]) {
                Self::PerMinute
            } else {
                Self::Other
            }
        }))
    }
}

/// What the details call the quota, the exact names first.
fn names(status: &Status) -> impl Iterator<Item = &str> {
    let info = status.error_info().into_iter().flat_map(|info| {
        let keys = ["quota_limit", "quota_unit", "quota_metric"];
        keys.into_iter().filter_map(|key| info.metadata.get(key))
    });
    let violations = status.details.iter().filter_map(|detail| match detail {
        Detail::QuotaFailure(failure) => Some(&failure.violations),
        _ => None,
    });
    let violations = violations.flatten().flat_map(|violation| {
        [
            &violation.quota_id,
            &violation.quota_metric,
            &violation.description,
        ]
    });
    info.chain(violations).map(String::as_str)
}

/// Reads names such as `WritesPerMinutePerUser` and units such as `1/d/{project}`.
fn by_name(name: &str) -> Option<QuotaKind> {
    if name.contains("PerDay") || name.starts_with("1/d/") {
        Some(QuotaKind::PerDay)
    } else if name.contains("PerMinute")
        || name.contains("Per100Seconds")
        || name.starts_with("1/min/")
    {
        Some(QuotaKind::PerMinute)
    } else {
        by_text(name)
    }
}

/// Reads sentences.
fn by_text(text: &str) -> Option<QuotaKind> {
    let text = text.to_ascii_lowercase();
    let kinds = [
        ("concurrent write", QuotaKind::ConcurrentWrite),
        ("per day", QuotaKind::PerDay),
        ("daily limit", QuotaKind::PerDay),
        ("perday", QuotaKind::PerDay),
        ("per minute", QuotaKind::PerMinute),
        ("perminute", QuotaKind::PerMinute),
        ("per 100 seconds", QuotaKind::PerMinute),
    ];
    let found = kinds.into_iter().find(|(words, _)| text.contains(words));
    found.map(|(_, kind)| kind)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rpc::read_status;

    fn kind(http_status: u16, body: &str) -> Option<QuotaKind> {
        QuotaKind::of(http_status, read_status(body.as_bytes()).as_ref())
    }

    fn message(text: &str) -> String {
        format!(
            r#"{{"error": {{"code": 429, "status": "RESOURCE_EXHAUSTED", "message": "{text}"}}}}"#
        )
    }

    #[test]
    fn messages_seen_in_the_field() {
        let cases = [
            (
                "Quota exceeded for quota metric 'All requests' and limit 'All requests per day' of \
                 service 'photoslibrary.googleapis.com' for consumer 'project_number:1'.",
                QuotaKind::PerDay,
            ),
            (
                "Quota exceeded for quota metric 'Write requests' and limit 'Write requests per \
                 minute per user' of service 'photoslibrary.googleapis.com'.",
                QuotaKind::PerMinute,
            ),
            (
                "Quota exceeded for quota metric 'photoslibrary.googleapis.com/write_requests' and \
                 limit 'WritesPerMinutePerUser' of service 'photoslibrary.googleapis.com'.",
                QuotaKind::PerMinute,
            ),
            (
                "Quota exceeded for quota 'concurrent write request' of service \
                 'photoslibrary.googleapis.com'.",
                QuotaKind::ConcurrentWrite,
            ),
            (
                "Resource has been exhausted (e.g. check quota).",
                QuotaKind::Other,
            ),
        ];
        for (text, expected) in cases {
            assert_eq!(kind(429, &message(text)), Some(expected), "{text}");
        }
    }

    #[test]
    fn details_win_over_the_message() {
        let body = r#"{"error": {"status": "RESOURCE_EXHAUSTED", "message": "So many per minute.",
            "details": [{"@type": "type.googleapis.com/google.rpc.ErrorInfo",
            "reason": "RATE_LIMIT_EXCEEDED", "domain": "googleapis.com",
            "metadata": {"quota_limit": "ApiCallsPerProjectPerDay"}}]}}"#;
        assert_eq!(kind(429, body), Some(QuotaKind::PerDay));
        let body = r#"{"error": {"status": "RESOURCE_EXHAUSTED", "message": "per day",
            "details": [{"@type": "type.googleapis.com/google.rpc.QuotaFailure",
            "violations": [{"subject": "project:1", "description": "Writes per minute"}]}]}}"#;
        assert_eq!(kind(429, body), Some(QuotaKind::PerMinute));
    }

    #[test]
    fn a_refusal_is_a_quota_only_if_it_says_so() {
        let reason = |reason: &str| {
            format!(r#"{{"error": {{"code": 403, "errors": [{{"reason": "{reason}"}}]}}}}"#)
        };
        assert_eq!(
            kind(403, &reason("userRateLimitExceeded")),
            Some(QuotaKind::PerMinute)
        );
        assert_eq!(
            kind(403, &reason("dailyLimitExceeded")),
            Some(QuotaKind::PerDay)
        );
        assert_eq!(kind(403, &reason("quotaExceeded")), Some(QuotaKind::Other));
        assert_eq!(kind(403, &reason("forbidden")), None);
        assert_eq!(kind(429, "<html>"), Some(QuotaKind::Other));
        assert_eq!(kind(503, &message("per day")), None);
    }
}
