//! Proxies: which one, and the way through it.

use std::fmt;
use std::sync::Arc;
use std::task::{Context, Poll};

use http::Uri;
use hyper_rustls::{HttpsConnector, MaybeHttpsStream};
use hyper_util::client::legacy::connect::HttpConnector;
use hyper_util::client::legacy::connect::proxy::{SocksV5, Tunnel};
use hyper_util::client::proxy::matcher::{Intercept, Matcher};
use hyper_util::rt::TokioIo;
use rustls::ClientConfig;
use tokio::net::TcpStream;
use tower_service::Service;

use crate::{BoxError, BoxFuture, Error, Result};

/// Which proxy a [`HyperTransport`](super::HyperTransport) uses.
///
/// Requests go through a tunnel: a proxy sees the host of a request and nothing else. Addresses
/// without TLS, which are on this machine, never go to a proxy. `Debug` does not show the address:
/// it can hold a password.
#[derive(Clone)]
pub struct Proxy(Choice);

#[derive(Clone)]
enum Choice {
    Environment,
    None,
    Given { address: String, except: String },
}

impl Proxy {
    /// The proxy that `HTTPS_PROXY` or `ALL_PROXY` names, except for the hosts of `NO_PROXY`;
    /// small letters do as well. They are read when the transport is built.
    pub fn environment() -> Self {
        Self(Choice::Environment)
    }

    /// No proxy, whatever the environment says.
    pub fn none() -> Self {
        Self(Choice::None)
    }

    /// The proxy at an address such as `http://user:password@proxy.example.com:3128`. The schemes
    /// are `http`, `https`, `socks5` (names are looked up here) and `socks5h` (there).
    pub fn at(address: impl Into<String>) -> Self {
        Self(Choice::Given {
            address: address.into(),
            except: String::new(),
        })
    }

    /// The same, except for some hosts: names (with all names below), addresses and networks with
    /// commas between them, such as `example.com,10.0.0.0/8`.
    #[must_use]
    pub fn except(mut self, hosts: impl Into<String>) -> Self {
        if let Choice::Given { except, .. } = &mut self.0 {
            *except = hosts.into();
        }
        self
    }

    fn matcher(&self) -> Result<Matcher> {
        match &self.0 {
            Choice::Environment => Ok(Matcher::from_env()),
            Choice::None => Ok(Matcher::builder().build()),
            Choice::Given { address, except } => {
                let any = Uri::from_static("https://host.invalid/");
                let proxy = || Matcher::builder().all(address.as_str());
                if proxy()
                    .build()
                    .intercept(&any)
                    .is_none_or(|proxy| Route::to(&proxy).is_none())
                {
                    return Err(Error::configuration("the address of the proxy is none"));
                }
                Ok(proxy().no(except.as_str()).build())
            }
        }
    }
}

impl fmt::Debug for Proxy {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(match self.0 {
            Choice::Environment => "Proxy(environment)",
            Choice::None => "Proxy(none)",
            Choice::Given { .. } => "Proxy(given)",
        })
    }
}

/// TCP, or TLS to a proxy.
pub(super) type Carrier = MaybeHttpsStream<TokioIo<TcpStream>>;

/// Connects to a host, or to the proxy that is on the way to it.
#[derive(Clone)]
pub(super) struct ProxyConnector {
    matcher: Arc<Matcher>,
    tcp: HttpConnector,
    /// Without the protocols that the client offers to servers: a proxy speaks HTTP/1.1.
    to_proxy: HttpsConnector<HttpConnector>,
}

impl ProxyConnector {
    pub(super) fn new(proxy: &Proxy, tcp: HttpConnector, tls: ClientConfig) -> Result<Self> {
        Ok(Self {
            matcher: Arc::new(proxy.matcher()?),
            to_proxy: HttpsConnector::from((tcp.clone(), tls)),
            tcp,
        })
    }
}

/// How to get through a proxy.
enum Route {
    Tunnel,
    Socks { local_names: bool },
}

impl Route {
    fn to(proxy: &Intercept) -> Option<Self> {
        match proxy.uri().scheme_str() {
            Some("http" | "https") => Some(Self::Tunnel),
            Some("socks5") => Some(Self::Socks { local_names: true }),
            Some("socks5h") => Some(Self::Socks { local_names: false }),
            _ => None,
        }
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
        let proxy = self.matcher.intercept(&address).filter(|_| secure);
        match proxy.map(|proxy| (Route::to(&proxy), proxy)) {
            None => {
                let connecting = self.tcp.call(address);
                Box::pin(async { Ok(MaybeHttpsStream::Http(connecting.await?)) })
            }
            Some((Some(Route::Tunnel), proxy)) => self.tunnel(&proxy, address),
            Some((Some(Route::Socks { local_names }), proxy)) => {
                self.socks(&proxy, local_names, address)
            }
            Some((None, _)) => {
                let error = ProxyRejected("the scheme of the proxy is not known".into());
                Box::pin(std::future::ready(Err(error.into())))
            }
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
pub(super) struct ProxyRejected(BoxError);

impl fmt::Display for ProxyRejected {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(formatter)
    }
}

impl std::error::Error for ProxyRejected {}
