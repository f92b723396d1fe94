//! From an address to a connection: name, proxy, TCP, TLS, and a limit of time on all of it.

use std::fmt;
use std::task::{Context, Poll};
use std::time::Duration;

use http::Uri;
use hyper_rustls::{HttpsConnector, HttpsConnectorBuilder, MaybeHttpsStream};
use hyper_util::client::legacy::connect::HttpConnector;
use tower_service::Service;

use super::proxy::{Carrier, Proxy, ProxyConnector};
use super::tls::client_config;
use crate::{BoxError, BoxFuture, Result};

/// What the client of hyper asks for connections.
#[derive(Clone)]
pub(super) struct Connector {
    inner: HttpsConnector<ProxyConnector>,
    limit: Option<Duration>,
}

pub(super) fn connector(proxy: &Proxy, limit: Option<Duration>) -> Result<Connector> {
    let tls = client_config()?;
    let mut tcp = HttpConnector::new();
    tcp.enforce_http(false);
    tcp.set_nodelay(true);
    // It is divided among the addresses of a host: one that is dead leaves time for the others.
    tcp.set_connect_timeout(limit);
    let inner = HttpsConnectorBuilder::new()
        .with_tls_config(tls.clone())
        .https_or_http()
        .enable_all_versions()
        .wrap_connector(ProxyConnector::new(proxy, tcp, tls)?);
    Ok(Connector { inner, limit })
}

impl Service<Uri> for Connector {
    type Response = MaybeHttpsStream<Carrier>;
    type Error = BoxError;
    type Future = BoxFuture<'static, Result<Self::Response, BoxError>>;

    fn poll_ready(&mut self, context: &mut Context<'_>) -> Poll<Result<(), BoxError>> {
        self.inner.poll_ready(context)
    }

    fn call(&mut self, address: Uri) -> Self::Future {
        let connecting = self.inner.call(address);
        let limit = self.limit;
        Box::pin(async move {
            match limit {
                None => connecting.await,
                Some(limit) => match tokio::time::timeout(limit, connecting).await {
                    Ok(connected) => connected,
                    Err(_) => Err(TooSlow.into()),
                },
            }
        })
    }
}

/// No connection in time.
#[derive(Debug)]
pub(super) struct TooSlow;

impl fmt::Display for TooSlow {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("connecting took too long")
    }
}

impl std::error::Error for TooSlow {}
