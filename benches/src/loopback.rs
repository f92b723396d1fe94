//! What the servers share: a listener on loopback with a thread of its own, and the numbers that a
//! request asks for in its URL.

use std::convert::Infallible;
use std::future::Future;
use std::net::{SocketAddr, TcpListener};
use std::thread;

use bytes::Bytes;
use hyper::body::{Body, Incoming};
use hyper::service::service_fn;
use hyper::{Request, Response, Uri};
use hyper_util::rt::TokioIo;

/// Starts a server that responds with `respond`, which is given the server's address; it stops with
/// the process.
pub(crate) fn start<F, B>(
    respond: impl Fn(Request<Incoming>, SocketAddr) -> F + Copy + Send + 'static,
) -> std::io::Result<SocketAddr>
where
    F: Future<Output = Result<Response<B>, Infallible>> + Send + 'static,
    B: Body<Data = Bytes, Error = Infallible> + Send + 'static,
{
    let listener = TcpListener::bind("127.0.0.1:0")?;
    listener.set_nonblocking(true)?;
    let address = listener.local_addr()?;
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()?;
    thread::spawn(move || {
        runtime.block_on(serve(listener, move |request| respond(request, address)))
    });
    Ok(address)
}

async fn serve<F, B>(
    listener: TcpListener,
    respond: impl Fn(Request<Incoming>) -> F + Copy + Send + 'static,
) -> std::io::Result<()>
where
    F: Future<Output = Result<Response<B>, Infallible>> + Send + 'static,
    B: Body<Data = Bytes, Error = Infallible> + Send + 'static,
{
    let listener = tokio::net::TcpListener::from_std(listener)?;
    loop {
        let (stream, _) = listener.accept().await?;
        stream.set_nodelay(true)?;
        let connection = hyper::server::conn::http1::Builder::new()
            .serve_connection(TokioIo::new(stream), service_fn(respond));
        tokio::spawn(async move {
            // A client that goes away is no concern of the server.
            let _ = connection.await;
        });
    }
}

/// A number in the query of a URL.
pub(crate) fn parameter(uri: &Uri, name: &str) -> Option<u64> {
    let pairs = uri.query().unwrap_or_default().split('&');
    let mut values = pairs.filter_map(|pair| pair.split_once('='));
    let (_, value) = values.find(|(known, _)| *known == name)?;
    value.parse().ok()
}
