//! The default transport against a server that does what networks do.

mod support;

use std::io::Write as _;
use std::time::Duration;

use discovery_runtime::transport::{
    HttpBody, HttpRequest, HyperTransport, HyperTransportBuilder, Proxy, ResponseBody, Transport as _,
};
use discovery_runtime::{AttemptOutcome, Bytes, Credentials, Error, HttpMethod, Jitter, RetryPolicy, Timeouts};
use flate2::Compression;
use flate2::write::GzEncoder;
use support::server::{Server, Step, open_response, response};
use support::{Album, Photos};

use Step::{Flood, Read, ReadBytes, Reset, Send, Stall};

const ALBUM: &str = r#"{"id": "a"}"#;

fn gzip(body: &[u8]) -> Vec<u8> {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::best());
    encoder.write_all(body).unwrap();
    encoder.finish().unwrap()
}

fn builder() -> HyperTransportBuilder {
    HyperTransport::builder().proxy(Proxy::none())
}

fn client_with(transport: HyperTransport, address: &str) -> Photos {
    let builder = Photos::builder()
        .credentials(Credentials::token("token"))
        .transport(transport)
        .timeouts(Timeouts::default().with_attempt(Duration::from_secs(20)))
        .retry(RetryPolicy::default().with_jitter(Jitter::from_fn(|| 0.0)));
    let builder = if address.starts_with("https") {
        builder.endpoint(address)
    } else {
        builder.endpoint_on_loopback(address)
    };
    builder.build().unwrap()
}

fn client(server: &Server) -> Photos {
    client_with(builder().build().unwrap(), &server.address())
}

/// A read and a write against the same answer; the read gets a good one after it.
async fn faulty(fault: Vec<Step>) -> (Result<Album, Error>, Error) {
    let good = vec![Read, Send(response("200 OK", "", ALBUM))];
    let server = Server::start([fault.clone(), good]).await;
    let read = client(&server).get("a").send().await;
    let server = Server::start([fault]).await;
    let write = client(&server).add().send().await.unwrap_err();
    assert_eq!(server.connections(), 1, "a write was sent twice");
    (read, write)
}

#[tokio::test]
async fn gzip_is_asked_for_and_removed() {
    let body = gzip(ALBUM.as_bytes());
    let answers = [
        response("200 OK", "content-encoding: gzip\r\n", &body),
        response("200 OK", "content-encoding: GZIP\r\n", &body),
        open_response("content-encoding: gzip\r\n", &body),
        response("200 OK", "", ALBUM),
    ];
    for answer in answers {
        let server = Server::start([vec![Read, Send(answer)]]).await;
        let request = client(&server).core.request(HttpMethod::Get, "v1/a").send();
        let answer = request.await.unwrap();
        assert_eq!(answer.body()[..], *ALBUM.as_bytes());
        assert_eq!(answer.headers().get("content-encoding"), None);
        let seen = server.seen().concat().to_ascii_lowercase();
        assert!(seen.starts_with("get /v1/a http/1.1\r\n"), "{seen}");
        assert!(seen.contains("accept-encoding: gzip\r\n") && seen.contains("(gzip)\r\n"), "{seen}");
    }
}

#[tokio::test]
async fn errors_are_decoded_too() {
    let error = br#"{"error": {"status": "NOT_FOUND", "message": "Gone."}}"#;
    let answer = response("404 Not Found", "content-encoding: gzip\r\n", gzip(error));
    let server = Server::start([vec![Read, Send(answer)]]).await;
    let error = client(&server).get("a").send().await.unwrap_err();
    assert_eq!(error.to_string(), "photos.albums.get: 404 NOT_FOUND: Gone.");
}

#[tokio::test]
async fn a_body_that_is_cut_off_is_never_a_result() {
    let zipped = gzip(ALBUM.as_bytes());
    let half = &zipped[..zipped.len() - 9];
    let cut = response("200 OK", "", ALBUM);
    let cut = cut[..cut.len() - 3].to_vec();
    let mut faults = vec![
        cut,
        open_response("transfer-encoding: chunked\r\n", "b\r\n{\"id\": \"a\"}\r\n"),
        open_response("transfer-encoding: chunked\r\n", "b\r\n{\"id\":"),
        // The length is right and the data is not at its end.
        response("200 OK", "content-encoding: gzip\r\n", half),
        open_response("content-encoding: gzip\r\n", half),
    ];
    let whole = response("200 OK", "content-encoding: gzip\r\n", &zipped);
    faults.push(whole[..whole.len() - 9].to_vec());
    for (number, fault) in faults.into_iter().enumerate() {
        let (read, write) = faulty(vec![Read, Send(fault)]).await;
        assert_eq!(read.unwrap().id.as_deref(), Some("a"), "fault {number}");
        assert!(write.is_outcome_unknown() && !write.is_decode(), "fault {number}: {write:?}");
        assert_eq!(write.http_status(), Some(200), "fault {number}");
        assert_eq!(write.attempts()[0].outcome, AttemptOutcome::Interrupted, "fault {number}");
    }
}

#[tokio::test]
async fn json_that_ends_with_the_connection_is_not_whole() {
    let (read, write) = faulty(vec![Read, Send(open_response("", r#"{"id": "a""#))]).await;
    assert!(read.is_ok());
    assert!(write.is_outcome_unknown() && write.is_decode(), "{write:?}");
}

#[tokio::test]
async fn what_is_no_gzip_is_an_error_at_once() {
    let mut broken = gzip(&vec![b'x'; 1000]);
    broken[12] ^= 0xff;
    for body in [broken, b"no gzip at all".to_vec()] {
        let answer = response("200 OK", "content-encoding: gzip\r\n", &body);
        let server = Server::start([vec![Read, Send(answer)]]).await;
        let error = client(&server).get("a").send().await.unwrap_err();
        assert!(error.to_string().contains("encoding"), "{error}");
        assert_eq!(server.connections(), 1);
    }
    let answer = response("200 OK", "content-encoding: gzip\r\ncontent-encoding: gzip\r\n", gzip(b"{}"));
    let server = Server::start([vec![Read, Send(answer)]]).await;
    assert!(client(&server).get("a").send().await.unwrap_err().is_decode());
}

#[tokio::test]
async fn a_bomb_is_cut_off_before_it_grows() {
    let bomb = gzip(&vec![b' '; 256 << 20]);
    assert!(bomb.len() < 1 << 20);
    let answer = response("200 OK", "content-encoding: gzip\r\n", &bomb);
    let server = Server::start([vec![Read, Send(answer.clone())], vec![Read, Send(answer)]]).await;
    let error = client(&server).get("a").send().await.unwrap_err();
    assert!(error.is_too_large(), "{error:?}");
    // And in pieces that fit in memory, however well they are compressed.
    let request = HttpRequest::new(HttpMethod::Get, server.address());
    let mut body = builder().build().unwrap().send(request).await.unwrap().body;
    let mut total = 0;
    while let Some(chunk) = body.next_chunk().await {
        let chunk = chunk.unwrap();
        assert!(chunk.len() <= 128 << 10, "a piece of {} bytes", chunk.len());
        total += chunk.len();
    }
    assert_eq!(total, 256 << 20);
}

#[tokio::test]
async fn a_body_without_end_is_cut_off() {
    let chunk = [b"10000\r\n".to_vec(), vec![b' '; 0x10000], b"\r\n".to_vec()].concat();
    let head = open_response("transfer-encoding: chunked\r\n", "");
    let server = Server::start([vec![Read, Send(head), Flood(chunk.clone())]]).await;
    assert!(client(&server).get("a").send().await.unwrap_err().is_too_large());

    let head = b"HTTP/1.1 502 Bad Gateway\r\ntransfer-encoding: chunked\r\n\r\n".to_vec();
    let server = Server::start([vec![Read, Send(head), Flood(chunk)]]).await;
    let error = client(&server).create().send().await.unwrap_err();
    assert_eq!(error.http_status(), Some(502));
    assert!(error.body().is_some_and(|body| body.len() <= 4096));
}

#[tokio::test]
async fn heads_without_end_are_refused() {
    let fields: Vec<u8> = b"x-a: aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa\r\n".repeat(100);
    let answer = vec![Read, Send(b"HTTP/1.1 200 OK\r\n".to_vec()), Flood(fields)];
    let server = Server::start([answer]).await;
    let error = client(&server).add().send().await.unwrap_err();
    assert!(error.is_outcome_unknown(), "{error:?}");
}

#[tokio::test]
async fn a_connection_that_breaks_is_no_answer() {
    for fault in [vec![Read, Reset], vec![Read], vec![Read, Send(b"HTTP/1.1 20".to_vec())], vec![ReadBytes(5), Reset]] {
        let (read, write) = faulty(fault).await;
        assert!(read.is_ok(), "{read:?}");
        assert!(write.is_outcome_unknown() && !write.is_connect(), "{write:?}");
        assert_eq!(write.http_status(), None);
    }
}

#[tokio::test]
async fn a_kept_connection_that_closed_costs_nothing() {
    let good = || Send(response("200 OK", "", ALBUM));
    let server = Server::start([vec![Read, good()], vec![Read, good()]]).await;
    let client = client(&server);
    client.get("a").send().await.unwrap();
    // The server closes; the client may or may not have noticed when it writes.
    tokio::time::sleep(Duration::from_millis(20)).await;
    client.add().send().await.unwrap();
    assert_eq!(server.seen().len(), 2);
}

#[tokio::test]
async fn connections_are_kept() {
    let good = || Send(response("200 OK", "", ALBUM));
    let server = Server::start([vec![Read, good(), Read, good(), Read, good(), Stall]]).await;
    let client = client(&server);
    for _ in 0..3 {
        client.get("a").send().await.unwrap();
    }
    assert_eq!(server.connections(), 1);
}

#[tokio::test]
async fn redirects_are_not_followed() {
    for status in ["301 Moved", "302 Found", "303 See Other", "307 Temporary", "308 Permanent"] {
        let other = Server::start([]).await;
        let answer = response(status, &format!("location: {}\r\n", other.address()), "");
        let server = Server::start([vec![Read, Send(answer)]]).await;
        let error = client(&server).create().send().await.unwrap_err();
        assert!(error.is_redirect() && !error.is_outcome_unknown(), "{error:?}");
        assert!(error.to_string().contains(&format!("127.0.0.1:{}", other.port)), "{error}");
        assert_eq!((server.connections(), other.connections()), (1, 0));
    }
}

#[tokio::test]
async fn a_request_without_a_body_has_a_length() {
    let server = Server::start([vec![Read, Send(response("200 OK", "", ALBUM))]]).await;
    client(&server).core.request(HttpMethod::Post, "v1/a").send().await.unwrap();
    let seen = server.seen().concat().to_ascii_lowercase();
    assert!(seen.contains("content-length: 0\r\n") && seen.contains("authorization: bearer token\r\n"), "{seen}");
}

#[tokio::test]
async fn nobody_there_is_no_connection() {
    let server = Server::start([]).await;
    let address = server.address();
    drop(server);
    tokio::task::yield_now().await;
    for address in [address.as_str(), "https://host.invalid/"] {
        let error = client_with(builder().build().unwrap(), address).add().send().await.unwrap_err();
        assert!(error.is_connect() && error.is_retryable() && !error.is_tls(), "{error:?}");
        assert_eq!(error.attempts().len(), 5);
        assert!(std::error::Error::source(&error).is_some());
    }
}

#[tokio::test]
async fn a_handshake_that_stops_is_no_connection_in_time() {
    let server = Server::start([vec![Stall]]).await;
    let transport = builder().connect_timeout(Duration::from_millis(50)).build().unwrap();
    let request = HttpRequest::new(HttpMethod::Get, format!("https://127.0.0.1:{}/", server.port));
    let error = transport.send(request).await.unwrap_err();
    assert!(!error.may_be_processed() && error.is_transient());
    assert!(error.to_string().contains("in time"), "{error}");
}

#[tokio::test]
async fn what_is_no_tls_is_not_trusted() {
    let garbage = vec![ReadBytes(1), Send(b"HTTP/1.1 400 Bad Request\r\n\r\n".to_vec()), Stall];
    let server = Server::start([garbage]).await;
    let client = client_with(builder().build().unwrap(), &format!("https://127.0.0.1:{}/", server.port));
    let error = client.get("a").send().await.unwrap_err();
    assert!(error.is_tls() && error.is_connect(), "{error:?}");
    assert_eq!(server.connections(), 1);
}

#[tokio::test]
async fn slow_heads_end_with_the_attempt() {
    let server = Server::start([vec![Read, Send(b"HTTP/1.1 200 OK\r\nx-a:".to_vec()), Stall]]).await;
    let options = discovery_runtime::CallOptions::default().with_attempt_timeout(Duration::from_millis(50));
    let error = client(&server).create().options(options).send().await.unwrap_err();
    assert!(error.is_timeout() && error.is_outcome_unknown(), "{error:?}");
}

#[tokio::test]
async fn a_proxy_gets_a_tunnel_and_its_password() {
    let server = Server::start([vec![
        Read,
        Send(b"HTTP/1.1 200 Connection established\r\n\r\n".to_vec()),
        ReadBytes(1),
        Send(b"no TLS here, no TLS here".to_vec()),
        Stall,
    ]])
    .await;
    let proxy = Proxy::at(format!("http://user:p%40ss@127.0.0.1:{}", server.port));
    let transport = builder().proxy(proxy).build().unwrap();
    let error = client_with(transport, "https://photos.invalid/").get("a").send().await.unwrap_err();
    assert!(error.is_tls(), "{error:?}");
    let seen = server.seen();
    assert!(seen[0].starts_with("CONNECT photos.invalid:443 HTTP/1.1\r\n"), "{}", seen[0]);
    // user:p@ss
    assert!(seen[0].contains("Proxy-Authorization: Basic dXNlcjpwQHNz\r\n"), "{}", seen[0]);
    assert!(!seen[0].contains("token"));
    // The first byte of TLS goes through the tunnel.
    assert_eq!(seen[1].as_bytes(), [0x16]);
}

#[tokio::test]
async fn a_proxy_can_refuse() {
    for answer in ["HTTP/1.1 407 Proxy Authentication Required\r\n\r\n", "HTTP/1.1 403 Forbidden\r\n\r\n<html>", "no HTTP\r\n\r\n"] {
        let server = Server::start([vec![Read, Send(answer.into())]]).await;
        let proxy = Proxy::at(format!("127.0.0.1:{}", server.port));
        let transport = builder().proxy(proxy).build().unwrap();
        let error = client_with(transport, "https://photos.invalid/").add().send().await.unwrap_err();
        assert!(error.is_proxy() && !error.is_retryable() && !error.is_outcome_unknown(), "{error:?}");
        assert_eq!(server.connections(), 1);
    }
    let greeting = vec![ReadBytes(3), Send(vec![5, 0xff])];
    let server = Server::start([greeting]).await;
    let proxy = Proxy::at(format!("socks5h://127.0.0.1:{}", server.port));
    let transport = builder().proxy(proxy).build().unwrap();
    let error = client_with(transport, "https://photos.invalid/").get("a").send().await.unwrap_err();
    assert!(error.is_connect(), "{error:?}");
    assert_eq!(server.seen()[0].as_bytes()[0], 5);
}

#[tokio::test]
async fn what_is_near_needs_no_proxy() {
    let proxy = Server::start([]).await;
    let at = || Proxy::at(format!("http://127.0.0.1:{}", proxy.port));
    let server = Server::start([vec![Read, Send(response("200 OK", "", ALBUM))]]).await;
    client_with(builder().proxy(at()).build().unwrap(), &server.address()).get("a").send().await.unwrap();
    let excepted = at().except("photos.invalid");
    let client = client_with(builder().proxy(excepted).build().unwrap(), "https://photos.invalid/");
    assert!(client.get("a").send().await.unwrap_err().is_connect());
    assert_eq!(proxy.connections(), 0);
    for address in ["", "ftp://a.example:1", "http://", "socks4://a.example"] {
        assert!(builder().proxy(Proxy::at(address)).build().unwrap_err().is_configuration(), "{address}");
    }
}

fn stream(pieces: Vec<Result<&'static str, ()>>, length: u64) -> HttpBody {
    use discovery_runtime::transport::TransportError;
    struct Pieces(std::vec::IntoIter<Result<&'static str, ()>>);
    impl futures_core::Stream for Pieces {
        type Item = Result<Bytes, TransportError>;

        fn poll_next(
            mut self: std::pin::Pin<&mut Self>,
            _: &mut std::task::Context<'_>,
        ) -> std::task::Poll<Option<Self::Item>> {
            let piece = self.0.next();
            std::task::Poll::Ready(piece.map(|piece| {
                piece.map(Bytes::from).map_err(|()| TransportError::request_body("the file is gone"))
            }))
        }
    }
    HttpBody::Stream { length, stream: Box::pin(Pieces(pieces.into_iter())) }
}

async fn send_stream(server: &Server, body: HttpBody) -> Result<u16, discovery_runtime::transport::TransportError> {
    let mut request = HttpRequest::new(HttpMethod::Post, server.address());
    request.body = body;
    Ok(builder().build().unwrap().send(request).await?.status)
}

#[tokio::test]
async fn bodies_are_sent_piece_by_piece() {
    let server = Server::start([vec![Read, Send(response("200 OK", "", ""))]]).await;
    let status = send_stream(&server, stream(vec![Ok("abc"), Ok("de")], 5)).await;
    assert_eq!(status.unwrap(), 200);
    let seen = server.seen().concat();
    assert!(seen.to_ascii_lowercase().contains("content-length: 5\r\n") && seen.ends_with("\r\n\r\nabcde"), "{seen}");
}

#[tokio::test]
async fn a_body_of_another_length_fails() {
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
async fn bodies_come_piece_by_piece() {
    let head = response("200 OK", "", "abc");
    let head = String::from_utf8(head).unwrap().replace("content-length: 3", "content-length: 6");
    let server = Server::start([vec![Read, Send(head.into_bytes()), Stall]]).await;
    let request = HttpRequest::new(HttpMethod::Get, server.address());
    let mut body: ResponseBody = builder().build().unwrap().send(request).await.unwrap().body;
    // The first piece is there while the rest is not.
    assert_eq!(body.next_chunk().await.unwrap().unwrap()[..], *b"abc");
}

#[tokio::test]
async fn a_download_can_refuse_to_be_encoded() {
    let body = gzip(b"abc");
    let answer = response("200 OK", "content-encoding: gzip\r\n", &body);
    let server = Server::start([vec![Read, Send(answer)]]).await;
    let mut request = HttpRequest::new(HttpMethod::Get, server.address());
    request.headers.set("accept-encoding", "identity");
    let response = builder().build().unwrap().send(request).await.unwrap();
    assert_eq!(response.headers.get("content-encoding"), Some("gzip"));
    assert!(server.seen().concat().contains("accept-encoding: identity\r\n"));
}

#[tokio::test]
async fn no_body_is_no_gzip() {
    let answer = b"HTTP/1.1 200 OK\r\ncontent-encoding: gzip\r\ncontent-length: 50\r\n\r\n".to_vec();
    let server = Server::start([vec![Read, Send(answer)]]).await;
    let response = client(&server).core.request(HttpMethod::Head, "v1/a").send().await.unwrap();
    assert_eq!((response.status(), response.body().len()), (200, 0));
}

#[tokio::test]
async fn a_ready_client_does_as_well() {
    use hyper_util::client::legacy::Client;
    use hyper_util::rt::TokioExecutor;
    let server = Server::start([vec![Read, Send(response("200 OK", "content-encoding: gzip\r\n", gzip(ALBUM.as_bytes())))]]).await;
    let transport = HyperTransport::from_hyper_client(Client::builder(TokioExecutor::new()).build_http());
    let album = client_with(transport, &server.address()).get("a").send().await.unwrap();
    assert_eq!(album.id.as_deref(), Some("a"));
}

#[test]
fn without_a_runtime_there_is_an_error() {
    use std::task::{Context, Poll, Waker};
    let client = client_with(builder().build().unwrap(), "https://photos.invalid/");
    let mut call = Box::pin(client.get("a").send());
    let Poll::Ready(result) = call.as_mut().poll(&mut Context::from_waker(Waker::noop())) else {
        panic!("the call waits without anything to wait for");
    };
    let error = result.unwrap_err();
    let source = std::error::Error::source(&error).unwrap();
    assert!(source.to_string().contains("runtime"), "{error:?}");
}
