//! Bodies that come in pieces, up and down.

use discovery_runtime::transport::{
    HttpBody, HttpRequest, ResponseBody, Transport as _, TransportError,
};
use discovery_runtime::{Bytes, HttpMethod};

use crate::client::builder;
use crate::server::Step::{Read, Send, Stall};
use crate::server::{Server, response};

fn stream(pieces: Vec<Result<&'static str, ()>>, length: u64) -> HttpBody {
    struct Pieces(std::vec::IntoIter<Result<&'static str, ()>>);
    impl futures_core::Stream for Pieces {
        type Item = Result<Bytes, TransportError>;

        fn poll_next(
            mut self: std::pin::Pin<&mut Self>,
            _: &mut std::task::Context<'_>,
        ) -> std::task::Poll<Option<Self::Item>> {
            let piece = self.0.next();
            std::task::Poll::Ready(piece.map(|piece| {
                piece
                    .map(Bytes::from)
                    .map_err(|()| TransportError::request_body("the file is gone"))
            }))
        }
    }
    HttpBody::Stream {
        length,
        stream: Box::pin(Pieces(pieces.into_iter())),
    }
}

async fn send_stream(server: &Server, body: HttpBody) -> Result<u16, TransportError> {
    let mut request = HttpRequest::new(HttpMethod::Post, server.address());
    request.body = body;
    Ok(builder().build().unwrap().send(request).await?.status)
}

#[tokio::test]
async fn request_bodies_are_streamed() {
    let server = Server::start([vec![Read, Send(response("200 OK", "", ""))]]).await;
    let status = send_stream(&server, stream(vec![Ok("abc"), Ok("de")], 5)).await;
    assert_eq!(status.unwrap(), 200);
    let seen = server.seen().concat();
    assert!(
        seen.to_ascii_lowercase().contains("content-length: 5\r\n")
            && seen.ends_with("\r\n\r\nabcde"),
        "{seen}"
    );
}

#[tokio::test]
async fn a_request_body_of_another_length_fails() {
    let bodies = [
        stream(vec![Ok("abc")], 5),
        stream(vec![Ok("abc"), Ok("def")], 5),
        stream(vec![Ok("abc"), Err(())], 5),
    ];
    for body in bodies {
        let server = Server::start([vec![Read]]).await;
        let error = send_stream(&server, body).await.unwrap_err();
        assert!(!error.is_transient(), "{error:?}");
    }
}

#[tokio::test]
async fn response_bodies_are_streamed() {
    let head = response("200 OK", "", "abc");
    let head = String::from_utf8(head)
        .unwrap()
        .replace("content-length: 3", "content-length: 6");
    let server = Server::start([vec![Read, Send(head.into_bytes()), Stall]]).await;
    let request = HttpRequest::new(HttpMethod::Get, server.address());
    let mut body: ResponseBody = builder().build().unwrap().send(request).await.unwrap().body;
    // The first piece is there while the rest is not.
    assert_eq!(body.next_chunk().await.unwrap().unwrap()[..], *b"abc");
}
