//! A server on loopback that sends canned pages over HTTP/1.1, with the headers that the service
//! sends, indented as the service does unless `prettyPrint=false`.

use std::convert::Infallible;
use std::net::{SocketAddr, TcpListener};
use std::sync::Arc;
use std::thread;

use bytes::Bytes;
use http_body_util::{BodyExt, Full};
use hyper::body::Incoming;
use hyper::service::service_fn;
use hyper::{Request, Response};
use hyper_util::rt::TokioIo;

use crate::{Case, pages};

/// Starts the server on a thread; it stops with the process.
///
/// # Errors
///
/// The loopback address cannot be bound.
pub fn start() -> std::io::Result<SocketAddr> {
    let listener = TcpListener::bind("127.0.0.1:0")?;
    listener.set_nonblocking(true)?;
    let address = listener.local_addr()?;
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()?;
    thread::spawn(move || runtime.block_on(serve(listener)));
    Ok(address)
}

async fn serve(listener: TcpListener) -> std::io::Result<()> {
    let listener = tokio::net::TcpListener::from_std(listener)?;
    let pages: Arc<Vec<_>> = Arc::new(
        Case::ALL
            .map(|case| {
                (
                    case,
                    [true, false].map(|pretty| Bytes::from(pages::page(case, pretty))),
                )
            })
            .into(),
    );
    loop {
        let (stream, _) = listener.accept().await?;
        stream.set_nodelay(true)?;
        let pages = pages.clone();
        let service = service_fn(move |request| respond(request, pages.clone()));
        let connection = hyper::server::conn::http1::Builder::new()
            .serve_connection(TokioIo::new(stream), service);
        tokio::spawn(async move {
            // A client that goes away is no concern of the server.
            let _ = connection.await;
        });
    }
}

async fn respond(
    request: Request<Incoming>,
    pages: Arc<Vec<(Case, [Bytes; 2])>>,
) -> Result<Response<Full<Bytes>>, Infallible> {
    let (head, body) = request.into_parts();
    let _ = body.collect().await;
    let wanted = match head.uri.path() {
        "/v1/albums" => Case::AlbumsList,
        "/v1/mediaItems:search" => Case::Search,
        _ => Case::BatchCreate,
    };
    let compact = head
        .uri
        .query()
        .is_some_and(|query| query.contains("prettyPrint=false"));
    let page = pages.iter().find(|(case, _)| *case == wanted);
    let page = page.map_or_else(Bytes::new, |(_, page)| page[usize::from(compact)].clone());
    let response = Response::builder()
        .header("content-type", "application/json; charset=UTF-8")
        .header("vary", "Origin")
        .header("vary", "X-Origin")
        .header("vary", "Referer")
        .header("server", "ESF")
        .header("cache-control", "private")
        .header("x-xss-protection", "0")
        .header("x-frame-options", "SAMEORIGIN")
        .header("x-content-type-options", "nosniff")
        .header(
            "alt-svc",
            "h3=\":443\"; ma=2592000,h3-29=\":443\"; ma=2592000",
        )
        .body(Full::new(page));
    Ok(response.unwrap_or_default())
}
