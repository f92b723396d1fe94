//! The way to a host: straight, or through a proxy.

use std::fmt;
use std::sync::Arc;
use std::task::{Context, Poll};

use http::Uri;
use hyper_rustls::{HttpsConnector, MaybeHttpsStream};
use hyper_util::client::legacy::connect::HttpConnector;
use hyper_util::client::legacy::connect::proxy::{SocksV5, Tunnel};
use hyper_util::client::proxy::matcher::Intercept;
use hyper_util::rt::TokioIo;
use rustls::ClientConfig;
use tokio::net::TcpStream;
use tower_service::Service;

use super::address::Route;
use super::{Proxy, Setting};
use crate::{BoxError, BoxFuture, Result};

/// TCP, or TLS to a proxy.
pub(in super::super) type Carrier = MaybeHttpsStream<TokioIo<TcpStream>>;

/// Connects to a host, or to the proxy that is on the way to it.
#[derive(Clone)]
pub(in super::super) struct ProxyConnector {
    setting: Arc<Setting>,
    tcp: HttpConnector,
    /// Without the protocols that the client offers to servers: a proxy speaks HTTP/1.1.
    to_proxy: HttpsConnector<HttpConnector>,
}

impl ProxyConnector {
    pub(in super::super) fn new(
        proxy: &Proxy,
        tcp: HttpConnector,
        tls: ClientConfig,
    ) -> Result<Self> {
        Ok(Self {
            setting: Arc::new(proxy.setting()?),
            to_proxy: HttpsConnector::from((tcp.clone(), tls)),
            tcp,
        })
    }
}

impl Service<Uri> for ProxyConnector {
    type Response = Carrier;
    type Error = BoxError;
    type Future = BoxFuture<'static, Result<Carrier, BoxError>>;

    fn poll_ready(&mut self, context: &mut Context<'_>) -> Poll<Result<(), BoxError>> {
        self.tcp.poll_ready(context).map_err(Into::into)
    }

    fn call(&mut self, address: Uri) -> Self::Future {
        let secure = address.scheme_str() == Some("https");
        let excepted = !secure || self.setting.except.contain(&address);
        match self.setting.proxy.as_ref().filter(|_| !excepted) {
            None => {
                let connecting = self.tcp.call(address);
                Box::pin(async { Ok(MaybeHttpsStream::Http(connecting.await?)) })
            }
            Some(through) => match through.route {
                Route::Tunnel => self.tunnel(&through.proxy, address),
                Route::Socks { local_names } => self.socks(&through.proxy, local_names, address),
            },
        }
    }
}

impl ProxyConnector {
    fn tunnel(
        &self,
        proxy: &Intercept,
        address: Uri,
    ) -> BoxFuture<'static, Result<Carrier, BoxError>> {
        let mut tunnel = Tunnel::new(proxy.uri().clone(), self.to_proxy.clone());
        if let Some(auth) = proxy.basic_auth() {
            tunnel = tunnel.with_auth(auth.clone());
        }
        let connecting = tunnel.call(address);
        Box::pin(async { connecting.await.map_err(unless_connect) })
    }

    fn socks(
        &self,
        proxy: &Intercept,
        local_names: bool,
        address: Uri,
    ) -> BoxFuture<'static, Result<Carrier, BoxError>> {
        // The connector knows the ports of the schemes of HTTP only.
        let host = proxy.uri().host().unwrap_or_default();
        let port = proxy.uri().port_u16().unwrap_or(1080);
        let Ok(uri) = format!("http://{host}:{port}/").parse() else {
            let error = ProxyRejected("the proxy has no address".into());
            return Box::pin(std::future::ready(Err(error.into())));
        };
        let mut socks = SocksV5::new(uri, self.tcp.clone()).local_dns(local_names);
        if let Some((user, password)) = proxy.raw_auth() {
            socks = socks.with_auth(user.to_owned(), password.to_owned());
        }
        let connecting = socks.call(address);
        Box::pin(async {
            connecting
                .await
                .map(MaybeHttpsStream::Http)
                .map_err(unless_connect)
        })
    }
}

/// Tells a proxy that rejects the request from one that can't be reached: only the latter is
/// transient.
///
/// The types of the errors are not public. One that has a source is about the connection.
fn unless_connect(error: impl std::error::Error + Send + Sync + 'static) -> BoxError {
    if error.source().is_some() {
        error.into()
    } else {
        ProxyRejected(error.into()).into()
    }
}

/// The proxy responded, and not with a tunnel.
#[derive(Debug)]
pub(in super::super) struct ProxyRejected(BoxError);

impl fmt::Display for ProxyRejected {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(formatter)
    }
}

impl std::error::Error for ProxyRejected {}
