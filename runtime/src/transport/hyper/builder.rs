//! How the default transport is put together.

use std::sync::Arc;
use std::time::Duration;

use hyper_util::client::legacy::{self as client, Client};
use hyper_util::rt::{TokioExecutor, TokioTimer};

use super::connector::connector;
use super::runtimes::Runtimes;
use super::{HyperTransport, Proxy};
use crate::{Result, Timeouts};

/// Puts a [`HyperTransport`] together.
#[derive(Clone, Debug)]
#[must_use = "a builder makes no transport until `build` is called"]
pub struct HyperTransportBuilder {
    connect_timeout: Option<Duration>,
    proxy: Proxy,
}

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

impl HyperTransportBuilder {
    /// How long it may take from the look-up of the host's name to the end of the TLS handshake;
    /// `None` for no limit. It is 10 seconds without a choice of yours.
    pub fn connect_timeout(mut self, limit: impl Into<Option<Duration>>) -> Self {
        self.connect_timeout = limit.into();
        self
    }

    /// The proxy, instead of those that the environment names.
    pub fn proxy(mut self, proxy: Proxy) -> Self {
        self.proxy = proxy;
        self
    }

    /// Makes the transport. It connects to nothing; it reads the certificates that the system
    /// trusts, or instead those in the file `SSL_CERT_FILE` and the folders `SSL_CERT_DIR` (PEM).
    ///
    /// It fails with an error that [`is_configuration`](crate::Error::is_configuration) if there
    /// are none, or if the [proxy](Proxy) has no address that can be used. The message names the
    /// variable that is to blame, and nothing of a proxy's address.
    pub fn build(self) -> Result<HyperTransport> {
        let connector = connector(&self.proxy, self.connect_timeout)?;
        Ok(HyperTransport {
            client: Arc::new(Runtimes::new(connector)),
        })
    }
}

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

impl Default for HyperTransportBuilder {
    fn default() -> Self {
        Self {
            connect_timeout: Timeouts::default().connect,
            proxy: Proxy::environment(),
        }
    }
}
