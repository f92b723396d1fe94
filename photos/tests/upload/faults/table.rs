//! The faults, each with what follows from it.

use discovery_runtime::transport::{FakeResponse, TransportError};
use google_photos::StopReason;

/// What follows from one fault, if the next response is a good one.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum After {
    /// The request is made again after so many seconds, and there is an item.
    Retry(u64),
    /// The run goes on, and the file is left with this outcome.
    File(&'static str),
    /// The run ends, and the file is left.
    Stop(StopReason),
}
use After::{File, Retry, Stop};
use StopReason::{Access, Album, DailyQuota, Failing, RateLimited, StorageFull};

/// A fault, and what follows from it for the bytes of a file and for its item.
pub(super) type Fault = (&'static str, FakeResponse, After, After);

fn failure(error: fn(&'static str) -> TransportError) -> FakeResponse {
    FakeResponse::failure(move || error("as the test says"))
}

pub(super) fn error(status: u16, code: &str, message: &str) -> FakeResponse {
    FakeResponse::error(status, code, message)
}

pub(super) fn html(status: u16) -> FakeResponse {
    FakeResponse::body(status, "text/html", "<html><title>Sign in</title></html>")
}

const NONE: &str = "failed";
const LOST: &str = "unknown";

/// Faults of the connection and of the time.
fn connections() -> Vec<Fault> {
    let whole = || FakeResponse::json(200, "{}");
    vec![
        (
            "no such name",
            failure(TransportError::connect),
            Retry(1),
            Retry(1),
        ),
        (
            "connect timeout",
            FakeResponse::failure(TransportError::connect_timeout),
            Retry(1),
            Retry(1),
        ),
        (
            "bad certificate",
            failure(TransportError::tls),
            Stop(Failing),
            Stop(Failing),
        ),
        (
            "proxy rejects",
            failure(TransportError::proxy),
            Stop(Failing),
            Stop(Failing),
        ),
        (
            "reset before the response",
            failure(TransportError::interrupted),
            Retry(1),
            File(LOST),
        ),
        (
            "closed while idle",
            failure(TransportError::not_processed),
            Retry(1),
            Retry(1),
        ),
        (
            "reset in the response",
            whole().cut_off(),
            Retry(1),
            File(LOST),
        ),
        (
            "no response",
            FakeResponse::silence(),
            // A server has a minute for what it makes of the bytes.
            Retry(61),
            File(LOST),
        ),
        ("stalled response", whole().stalled(), Retry(31), File(LOST)),
    ]
}

/// Responses that are no result.
fn bodies() -> Vec<Fault> {
    let huge = vec![b' '; 2 << 20];
    vec![
        (
            "truncated JSON",
            FakeResponse::json(200, "{"),
            File(NONE),
            File(LOST),
        ),
        ("page of HTML", html(200), File(NONE), File(LOST)),
        (
            "empty body",
            FakeResponse::body(200, "text/plain", ""),
            Retry(1),
            File(LOST),
        ),
        (
            "no content",
            FakeResponse::status(204),
            Retry(1),
            File(LOST),
        ),
        (
            "too large",
            FakeResponse::json(200, huge),
            File(NONE),
            File(LOST),
        ),
        (
            "no results",
            FakeResponse::json(200, "{}"),
            File(NONE),
            File(LOST),
        ),
        (
            "redirect",
            FakeResponse::status(302).with_header("location", "https://x.example/"),
            Stop(Failing),
            Stop(Failing),
        ),
        (
            "308",
            FakeResponse::status(308),
            Stop(Failing),
            Stop(Failing),
        ),
    ]
}

/// Responses with an error.
fn statuses() -> Vec<Fault> {
    let internal = "Internal error encountered.";
    let album = "No permission to add media items to this album.";
    let storage =
        "The remaining storage in the user's account is not enough to perform this operation.";
    vec![
        (
            "400",
            error(
                400,
                "INVALID_ARGUMENT",
                "Request contains an invalid argument.",
            ),
            File(NONE),
            File(NONE),
        ),
        (
            "400 album",
            error(400, "INVALID_ARGUMENT", album),
            File(NONE),
            Stop(Album),
        ),
        (
            "400 storage",
            error(400, "INVALID_ARGUMENT", storage),
            File(NONE),
            Stop(StorageFull),
        ),
        (
            "401",
            error(401, "UNAUTHENTICATED", "Invalid credentials."),
            Stop(Access),
            Stop(Access),
        ),
        (
            "403",
            error(
                403,
                "PERMISSION_DENIED",
                "The caller does not have permission",
            ),
            Stop(Access),
            Stop(Access),
        ),
        (
            "404",
            error(
                404,
                "NOT_FOUND",
                "The provided ID does not match any albums.",
            ),
            File(NONE),
            Stop(Album),
        ),
        ("408", html(408), Retry(1), File(LOST)),
        (
            "409 aborted",
            error(409, "ABORTED", "Try again."),
            Retry(1),
            File(LOST),
        ),
        ("410", html(410), File(NONE), Stop(Failing)),
        ("412", html(412), File(NONE), File(NONE)),
        ("413", html(413), File(NONE), Stop(Failing)),
        (
            "500",
            error(500, "INTERNAL", internal),
            Retry(1),
            File(LOST),
        ),
        ("501", html(501), File(NONE), Stop(Failing)),
        ("502", html(502), Retry(1), File(LOST)),
        (
            "503",
            error(503, "UNAVAILABLE", internal),
            Retry(1),
            File(LOST),
        ),
        (
            "503 for a day",
            error(503, "UNAVAILABLE", internal).with_header("retry-after", "86400"),
            File(NONE),
            File(LOST),
        ),
        ("504", html(504), Retry(1), File(LOST)),
    ]
}

/// Quotas. The documentation asks for 30 seconds after a 429.
fn quotas() -> Vec<Fault> {
    let limited = || {
        error(
            429,
            "RESOURCE_EXHAUSTED",
            "Quota exceeded for quota 'concurrent write request' of service 'photoslibrary.googleapis.com'.",
        )
    };
    let date = |date: &str| {
        limited()
            .with_header("date", "Thu, 01 Jan 2026 00:00:00 GMT")
            .with_header("retry-after", date)
    };
    let daily = "Quota exceeded for quota metric 'All requests' and limit 'All requests per day' of service 'photoslibrary.googleapis.com' for consumer 'project_number:100000000001'.";
    vec![
        ("429", limited(), Retry(31), Retry(60)),
        (
            "429 in 40 s",
            limited().with_header("retry-after", "40"),
            Retry(41),
            Retry(70),
        ),
        (
            "429 at a date",
            date("Thu, 01 Jan 2026 00:00:40 GMT"),
            Retry(41),
            Retry(70),
        ),
        (
            "429 in a day",
            limited().with_header("retry-after", "86400"),
            Stop(RateLimited),
            Stop(RateLimited),
        ),
        (
            "429 in a year",
            limited().with_header("retry-after", "31536000"),
            Stop(RateLimited),
            Stop(RateLimited),
        ),
        (
            "429 for the day",
            error(429, "RESOURCE_EXHAUSTED", daily),
            Stop(DailyQuota),
            Stop(DailyQuota),
        ),
    ]
}

pub(super) fn faults() -> Vec<Fault> {
    [connections(), bodies(), statuses(), quotas()].concat()
}
