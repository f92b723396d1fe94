//! A server on loopback that takes uploads in sessions, sends as many bytes as are asked for, and has
//! a list of pages. It does as little as it can, so that the client is what is measured.

use std::convert::Infallible;
use std::net::SocketAddr;
use std::pin::Pin;
use std::sync::LazyLock;
use std::task::{Context, Poll};

use bytes::Bytes;
use http_body_util::combinators::BoxBody;
use http_body_util::{BodyExt as _, Full};
use hyper::body::{Body, Frame, Incoming, SizeHint};
use hyper::{Request, Response};

use crate::loopback::{self, parameter};
use crate::transfer::PAGES;
use crate::{Case, pages};

/// Starts the server on a thread; it stops with the process.
///
/// # Errors
///
/// The loopback address cannot be bound.
pub fn start() -> std::io::Result<SocketAddr> {
    loopback::start(respond)
}

type AnyBody = BoxBody<Bytes, Infallible>;

async fn respond(
    request: Request<Incoming>,
    address: SocketAddr,
) -> Result<Response<AnyBody>, Infallible> {
    let (head, mut body) = request.into_parts();
    while let Some(Ok(_)) = body.frame().await {}
    let command = head.headers.get("x-goog-upload-command");
    let command = command.and_then(|command| command.to_str().ok());
    let response = Response::builder();
    let response = match (head.uri.path(), command) {
        ("/v1/uploads", Some("start")) => response
            .header("x-goog-upload-status", "active")
            .header("x-goog-upload-chunk-granularity", "262144")
            .header(
                "x-goog-upload-url",
                format!("http://{address}/v1/uploads?upload_id=1"),
            )
            .body(full("")),
        ("/v1/uploads", Some(command)) if command.contains("finalize") => response
            .header("x-goog-upload-status", "final")
            .body(full("UPLOAD_TOKEN")),
        ("/v1/uploads", _) => response
            .header("x-goog-upload-status", "active")
            .body(full("")),
        ("/v1/albums", _) => response
            .header("content-type", "application/json; charset=UTF-8")
            .body(full(page(
                parameter(&head.uri, "pageToken").unwrap_or_default(),
            ))),
        _ => {
            let bytes = Zeros(parameter(&head.uri, "bytes").unwrap_or_default());
            response
                .header("content-type", "image/jpeg")
                .body(bytes.boxed())
        }
    };
    Ok(response.unwrap_or_default())
}

fn full(text: impl Into<Bytes>) -> AnyBody {
    Full::new(text.into()).boxed()
}

/// The page behind so many others, with the number of the next one as its token.
fn page(number: u64) -> String {
    static PAGE: LazyLock<(String, String)> = LazyLock::new(|| {
        let page = pages::page(Case::AlbumsList, 50, false);
        let name = "\"nextPageToken\":\"";
        let (before, after) = page.split_once(name).unwrap_or_default();
        let (_, after) = after.split_once('"').unwrap_or_default();
        (format!("{before}{name}"), format!("\"{after}"))
    });
    let next = match number + 1 {
        PAGES => String::new(),
        next => next.to_string(),
    };
    format!("{}{next}{}", PAGE.0, PAGE.1)
}

/// So many bytes.
struct Zeros(u64);

/// What is sent at once.
static PIECE: &[u8] = &[0; 64 << 10];

impl Body for Zeros {
    type Data = Bytes;
    type Error = Infallible;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        _: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, Infallible>>> {
        let length = self.0.min(PIECE.len() as u64);
        self.0 -= length;
        let piece = usize::try_from(length)
            .ok()
            .and_then(|length| PIECE.get(..length));
        let piece = piece.filter(|piece| !piece.is_empty());
        Poll::Ready(piece.map(|piece| Ok(Frame::data(Bytes::from_static(piece)))))
    }

    fn size_hint(&self) -> SizeHint {
        SizeHint::with_exact(self.0)
    }
}
