//! The default transport: hyper, with TLS by rustls.

mod body;
mod builder;
mod connector;
mod convert;
mod failure;
mod gzip;
#[cfg(test)]
mod http2_heads;
mod incoming;
mod proxy;
mod runtimes;
mod settings;
mod tls;

use std::fmt;
use std::sync::Arc;

use hyper::body::Incoming;
use hyper_util::client::legacy::connect::Connect;
use hyper_util::client::legacy::{Client, Error};

pub use self::body::HyperBody;
pub use self::builder::HyperTransportBuilder;
use self::convert::{read_response, write_request};
use self::failure::failure;
pub use self::proxy::Proxy;
use super::{HttpRequest, HttpResponse, Transport, TransportError};
use crate::BoxFuture;

/// The default transport: hyper, with TLS by rustls.
///
/// It speaks HTTP/2 where the server does and HTTP/1.1 elsewhere, keeps connections for later
/// requests, tries IPv6 and IPv4 side by side, decodes gzip and uses the proxies of the
/// environment. TLS is 1.2 or 1.3, and trusts what the system trusts. Clones share the
/// connections.
///
/// The head of a response has at most 100 fields and 400 KiB, over HTTP/1 and HTTP/2 alike; more is
/// an error of its own, [`is_invalid_head`](crate::Error::is_invalid_head).
///
/// # Runtime
///
/// It is used inside a tokio runtime whose timers and I/O driver are on: `#[tokio::main]`,
/// `#[tokio::test]` and `Builder::enable_all` switch both on. Outside of a runtime requests fail
/// with an error that says so, and nothing is sent. In a runtime without `enable_time` or without
/// `enable_io` tokio panics with a message that names what is missing; it offers no way to ask
/// before.
///
/// Several runtimes can use one transport, at the same time or one after the other. Each has
/// connections of its own, as a connection only moves while the runtime that made it runs; 16
/// runtimes keep theirs.
#[derive(Clone)]
pub struct HyperTransport {
    client: Arc<dyn Exchange>,
}

impl HyperTransport {
    /// A builder, for another proxy or another limit than the default.
    pub fn builder() -> HyperTransportBuilder {
        HyperTransportBuilder::default()
    }

    /// A transport on a client of hyper that is set up already, with any connector and any TLS.
    ///
    /// This is the one place where types of other HTTP crates show. Proxies and the timeout for
    /// connecting are then that client's own; gzip is decoded here all the same, and heads have the
    /// same limits unless that client has lower ones. Its connections are those of all runtimes: use
    /// it in one, or a request waits for another runtime that may stand still.
    pub fn from_hyper_client<C>(client: Client<C, HyperBody>) -> Self
    where
        C: Connect + Clone + Send + Sync + 'static,
    {
        Self {
            client: Arc::new(client),
        }
    }
}

/// A client of hyper without the type of its connector: whoever uses this crate does not compile
/// the HTTP stack again.
trait Exchange: Send + Sync {
    fn exchange(
        &self,
        request: http::Request<HyperBody>,
    ) -> BoxFuture<'static, Result<http::Response<Incoming>, Error>>;
}

impl<C> Exchange for Client<C, HyperBody>
where
    C: Connect + Clone + Send + Sync + 'static,
{
    fn exchange(
        &self,
        request: http::Request<HyperBody>,
    ) -> BoxFuture<'static, Result<http::Response<Incoming>, Error>> {
        Box::pin(self.request(request))
    }
}

impl Transport for HyperTransport {
    fn send(&self, request: HttpRequest) -> BoxFuture<'_, Result<HttpResponse, TransportError>> {
        Box::pin(async move {
            if tokio::runtime::Handle::try_current().is_err() {
                return Err(TransportError::no_runtime(
                    "there is no tokio runtime here; call it inside of one that has its timers and \
                     its I/O driver on (`enable_all`)",
                ));
            }
            let (request, requested_gzip) = write_request(request)?;
            let response = self.client.exchange(request).await.map_err(failure)?;
            read_response(response, requested_gzip)
        })
    }
}

impl fmt::Debug for HyperTransport {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter
            .debug_struct("HyperTransport")
            .finish_non_exhaustive()
    }
}
