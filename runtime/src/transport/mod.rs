//! How requests get to the server: a trait, and the implementations of it that come along.

mod error;
#[cfg(feature = "test-util")]
mod fake;
mod headers;
#[cfg(feature = "default-transport")]
mod hyper;
mod method;
mod request;
mod response;

use std::sync::Arc;

pub use self::error::TransportError;
pub(crate) use self::error::TransportReason;
#[cfg(feature = "test-util")]
pub use self::fake::{FakeRequest, FakeResponse, FakeTransport};
pub use self::headers::Headers;
pub(crate) use self::headers::{essence, is_accepted};
#[cfg(feature = "default-transport")]
pub use self::hyper::{HyperBody, HyperTransport, HyperTransportBuilder, Proxy};
pub use self::method::HttpMethod;
pub use self::request::{ByteStream, HttpBody, HttpRequest};
pub use self::response::{HttpResponse, ResponseBody};
use crate::BoxFuture;

/// Sends a request and hands back the response.
///
/// The client does the rest: credentials, retries, limits of time and size, errors. An
/// implementation
///
/// * sends the request exactly once, and never to another address: redirects come back as the
///   responses they are,
/// * hands back every status as a response; an error is for what got no complete response,
/// * removes the content encodings that it requested, with their headers, and requests none if
///   the request has an `accept-encoding` of its own,
/// * ends when its future is dropped, which is how a client enforces its timeouts.
///
/// Transports compose: one that counts, logs or signs can wrap another.
///
/// ```
/// use std::sync::atomic::{AtomicUsize, Ordering};
///
/// use discovery_runtime::transport::{HttpRequest, HttpResponse, Transport, TransportError};
/// use discovery_runtime::BoxFuture;
///
/// /// Counts attempts.
/// struct Counting<T> {
///     inner: T,
///     attempts: AtomicUsize,
/// }
///
/// impl<T: Transport> Transport for Counting<T> {
///     fn send(&self, request: HttpRequest) -> BoxFuture<'_, Result<HttpResponse, TransportError>> {
///         self.attempts.fetch_add(1, Ordering::Relaxed);
///         self.inner.send(request)
///     }
/// }
/// ```
pub trait Transport: Send + Sync + 'static {
    /// Sends `request`; the result is there when the head of the response is.
    fn send(&self, request: HttpRequest) -> BoxFuture<'_, Result<HttpResponse, TransportError>>;
}

impl<T: Transport + ?Sized> Transport for Arc<T> {
    fn send(&self, request: HttpRequest) -> BoxFuture<'_, Result<HttpResponse, TransportError>> {
        self.as_ref().send(request)
    }
}

impl<T: Transport + ?Sized> Transport for Box<T> {
    fn send(&self, request: HttpRequest) -> BoxFuture<'_, Result<HttpResponse, TransportError>> {
        self.as_ref().send(request)
    }
}
