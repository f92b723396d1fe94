//! How the default transport is put together.

use std::sync::Arc;
use std::time::Duration;

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

impl Default for HyperTransportBuilder {
    fn default() -> Self {
        Self {
            connect_timeout: Timeouts::default().connect,
            proxy: Proxy::environment(),
        }
    }
}
