//! A server on loopback that sends canned pages of the size that is asked for over HTTP/1.1, with the headers that the service
//! sends, indented as the service does unless `prettyPrint=false`.

use std::collections::BTreeMap;
use std::convert::Infallible;
use std::net::SocketAddr;
use std::sync::{Mutex, PoisonError};

use bytes::Bytes;
use http_body_util::{BodyExt, Full};
use hyper::body::Incoming;
use hyper::{Request, Response, Uri};
use serde_json::Value;

use crate::loopback::{self, parameter};
use crate::{Case, pages};

/// Starts the server on a thread; it stops with the process.
///
/// # Errors
///
/// The loopback address cannot be bound.
pub fn start() -> std::io::Result<SocketAddr> {
    loopback::start(respond)
}

async fn respond(
    request: Request<Incoming>,
    _: SocketAddr,
) -> Result<Response<Full<Bytes>>, Infallible> {
    let (head, body) = request.into_parts();
    let body = body.collect().await.map(|body| body.to_bytes());
    let case = match head.uri.path() {
        "/v1/albums" => Case::AlbumsList,
        "/v1/mediaItems:search" => Case::Search,
        _ => Case::BatchCreate,
    };
    let entries = entries(&head.uri, &body.unwrap_or_default()).unwrap_or_default();
    let query = head.uri.query().unwrap_or_default();
    let page = page(case, entries, !query.contains("prettyPrint=false"));
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

/// How many entries a request asks for: by a size in its URL or its body, or by the items to create.
fn entries(uri: &Uri, body: &[u8]) -> Option<usize> {
    let body: Value = serde_json::from_slice(body).unwrap_or_default();
    let size = parameter(uri, "pageSize").or_else(|| body.get("pageSize")?.as_u64());
    match size {
        Some(size) => usize::try_from(size).ok(),
        None => Some(body.get("newMediaItems")?.as_array()?.len()),
    }
}

/// The page, made at the first request for it.
fn page(case: Case, entries: usize, pretty: bool) -> Bytes {
    static PAGES: Mutex<BTreeMap<(Case, usize, bool), Bytes>> = Mutex::new(BTreeMap::new());
    let mut pages = PAGES.lock().unwrap_or_else(PoisonError::into_inner);
    let page = pages.entry((case, entries, pretty));
    page.or_insert_with(|| pages::page(case, entries, pretty).into())
        .clone()
}
