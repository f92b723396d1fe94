//! The limits of heads over HTTP/2, with the settings of the default transport: the same as over
//! HTTP/1.

use bytes::Bytes;
use tokio::net::{TcpListener, TcpStream};

use super::HyperTransport;
use super::settings::{HEAD_LIMIT, MAX_FIELDS, settings};
use crate::transport::{
    HttpMethod, HttpRequest, HttpResponse, Transport as _, TransportError, TransportReason,
};

/// Gives responses that have so many fields of such a length.
async fn serve(stream: TcpStream, count: usize, length: usize) {
    let mut builder = h2::server::Builder::new();
    builder.max_send_buffer_size(16 << 20);
    let mut connection = builder.handshake::<_, Bytes>(stream).await.unwrap();
    while let Some(Ok((_, mut respond))) = connection.accept().await {
        let mut head = http::Response::builder();
        for number in 0..count {
            head = head.header(format!("x-{number}"), "v".repeat(length));
        }
        let _ = respond.send_response(head.body(()).unwrap(), true);
    }
}

/// What a client gets that speaks HTTP/2 only.
async fn get(count: usize, length: usize) -> Result<HttpResponse, TransportError> {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = format!("http://{}/", listener.local_addr().unwrap());
    tokio::spawn(async move {
        while let Ok((stream, _)) = listener.accept().await {
            tokio::spawn(serve(stream, count, length));
        }
    });
    let client = settings().http2_only(true).build_http();
    let transport = HyperTransport::from_hyper_client(client);
    transport
        .send(HttpRequest::new(HttpMethod::Get, address))
        .await
}

#[tokio::test]
async fn the_limits_are_those_of_http1() {
    for (count, length) in [(MAX_FIELDS, 1), (10, HEAD_LIMIT / 11)] {
        let response = get(count, length).await.unwrap();
        assert_eq!(response.headers.iter().count(), count);
    }
    // The last ones are several times the limit, where h2 leaves the connection.
    for (count, length) in [
        (MAX_FIELDS + 1, 1),
        (10, HEAD_LIMIT / 9),
        (10, HEAD_LIMIT),
        (100, HEAD_LIMIT),
    ] {
        let error = get(count, length).await.unwrap_err();
        assert_eq!(
            error.reason,
            TransportReason::Head,
            "{count} x {length}: {error:?}"
        );
        assert!(error.may_be_processed() && !error.is_transient());
    }
}
