//! What is the same for all connections of the default transport: their limits and their life.

use std::time::Duration;

use hyper_util::client::legacy::{self as client, Client};
use hyper_util::rt::{TokioExecutor, TokioTimer};

/// How long a connection without requests is kept. Google's servers close theirs after four
/// minutes; one that closes while a request is on its way costs a retry.
const IDLE_TIMEOUT: Duration = Duration::from_secs(90);

/// How often a connection of HTTP/2 is pinged while a response is due, and how long the other side
/// may take. Both fit in an attempt, so that the next one gets a new connection.
const PING_INTERVAL: Duration = Duration::from_secs(15);
const PING_TIMEOUT: Duration = Duration::from_secs(10);

/// The most that the head of a response may have, in bytes.
pub(super) const HEAD_LIMIT: usize = 400 * 1024;
/// The most fields that it may have.
pub(super) const MAX_FIELDS: usize = 100;
/// The same limit as HTTP/2 counts it: 32 bytes more for each field (RFC 9113, section 6.5.2).
const HEADER_LIST_LIMIT: u32 = 400 * 1024 + 100 * 32;

/// What is the same for all clients of the default transport.
pub(super) fn settings() -> client::Builder {
    let mut settings = Client::builder(TokioExecutor::new());
    settings
        .timer(TokioTimer::new())
        .pool_timer(TokioTimer::new())
        .pool_idle_timeout(IDLE_TIMEOUT)
        .http2_keep_alive_interval(PING_INTERVAL)
        .http2_keep_alive_timeout(PING_TIMEOUT)
        .http1_max_buf_size(HEAD_LIMIT)
        .http1_max_headers(MAX_FIELDS)
        .http2_max_header_list_size(HEADER_LIST_LIMIT);
    settings
}
