//! Connections: refused, broken, kept, without trust.

use std::time::Duration;

use discovery_runtime::transport::{HttpRequest, HyperTransport, Transport as _};
use discovery_runtime::{CallOptions, HttpMethod};

use crate::client::{ALBUM, builder, client, client_with, faulty, gzip};
use crate::server::Step::{Flood, Read, ReadBytes, Reset, Send, Stall};
use crate::server::{Server, response};

#[tokio::test]
async fn heads_without_end_are_rejected() {
    let fields: Vec<u8> =
        b"x-a: aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa\r\n".repeat(100);
    let steps = vec![Read, Send(b"HTTP/1.1 200 OK\r\n".to_vec()), Flood(fields)];
    let server = Server::start([steps]).await;
    let error = client(&server).add().send().await.unwrap_err();
    assert!(error.is_outcome_unknown(), "{error:?}");
}

#[tokio::test]
async fn a_broken_connection_is_no_response() {
    for fault in [
        vec![Read, Reset],
        vec![Read],
        vec![Read, Send(b"HTTP/1.1 20".to_vec())],
        vec![ReadBytes(5), Reset],
    ] {
        let (read, write) = faulty(fault).await;
        assert!(read.is_ok(), "{read:?}");
        assert!(
            write.is_outcome_unknown() && !write.is_connect(),
            "{write:?}"
        );
        assert_eq!(write.http_status(), None);
    }
}

#[tokio::test]
async fn a_request_on_a_closed_idle_connection_is_sent_again() {
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
async fn connections_are_reused() {
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
    for status in [
        "301 Moved",
        "302 Found",
        "303 See Other",
        "307 Temporary",
        "308 Permanent",
    ] {
        let other = Server::start([]).await;
        let redirect = response(status, &format!("location: {}\r\n", other.address()), "");
        let server = Server::start([vec![Read, Send(redirect)]]).await;
        let error = client(&server).create().send().await.unwrap_err();
        assert!(
            error.is_redirect() && !error.is_outcome_unknown(),
            "{error:?}"
        );
        assert!(
            error
                .to_string()
                .contains(&format!("127.0.0.1:{}", other.port)),
            "{error}"
        );
        assert_eq!((server.connections(), other.connections()), (1, 0));
    }
}

#[tokio::test]
async fn an_empty_request_body_has_a_content_length() {
    let server = Server::start([vec![Read, Send(response("200 OK", "", ALBUM))]]).await;
    client(&server)
        .core
        .request(HttpMethod::Post, "v1/a")
        .send()
        .await
        .unwrap();
    let seen = server.seen().concat().to_ascii_lowercase();
    assert!(
        seen.contains("content-length: 0\r\n") && seen.contains("authorization: bearer token\r\n"),
        "{seen}"
    );
}

#[tokio::test]
async fn an_unreachable_host_is_a_connect_error() {
    let server = Server::start([]).await;
    let address = server.address();
    drop(server);
    tokio::task::yield_now().await;
    for address in [address.as_str(), "https://host.invalid/"] {
        let error = client_with(builder().build().unwrap(), address)
            .add()
            .send()
            .await
            .unwrap_err();
        assert!(
            error.is_connect() && error.is_retryable() && !error.is_tls(),
            "{error:?}"
        );
        assert_eq!(error.attempts().len(), 5);
        assert!(std::error::Error::source(&error).is_some());
    }
}

#[tokio::test]
async fn a_stalled_handshake_is_a_connect_timeout() {
    let server = Server::start([vec![Stall]]).await;
    let transport = builder()
        .connect_timeout(Duration::from_millis(50))
        .build()
        .unwrap();
    let request = HttpRequest::new(
        HttpMethod::Get,
        format!("https://127.0.0.1:{}/", server.port),
    );
    let error = transport.send(request).await.unwrap_err();
    assert!(!error.may_be_processed() && error.is_transient());
    assert!(error.to_string().contains("in time"), "{error}");
}

#[tokio::test]
async fn a_server_without_tls_is_not_trusted() {
    let garbage = vec![
        ReadBytes(1),
        Send(b"HTTP/1.1 400 Bad Request\r\n\r\n".to_vec()),
        Stall,
    ];
    let server = Server::start([garbage]).await;
    let client = client_with(
        builder().build().unwrap(),
        &format!("https://127.0.0.1:{}/", server.port),
    );
    let error = client.get("a").send().await.unwrap_err();
    assert!(error.is_tls() && error.is_connect(), "{error:?}");
    assert_eq!(server.connections(), 1);
}

#[tokio::test]
async fn slow_heads_end_with_the_attempt_timeout() {
    let server =
        Server::start([vec![Read, Send(b"HTTP/1.1 200 OK\r\nx-a:".to_vec()), Stall]]).await;
    let options = CallOptions::default().with_attempt_timeout(Duration::from_millis(50));
    let error = client(&server)
        .create()
        .options(options)
        .send()
        .await
        .unwrap_err();
    assert!(
        error.is_timeout() && error.is_outcome_unknown(),
        "{error:?}"
    );
}

#[tokio::test]
async fn a_hyper_client_of_the_user_works() {
    use hyper_util::client::legacy::Client;
    use hyper_util::rt::TokioExecutor;
    let server = Server::start([vec![
        Read,
        Send(response(
            "200 OK",
            "content-encoding: gzip\r\n",
            gzip(ALBUM.as_bytes()),
        )),
    ]])
    .await;
    let transport =
        HyperTransport::from_hyper_client(Client::builder(TokioExecutor::new()).build_http());
    let album = client_with(transport, &server.address())
        .get("a")
        .send()
        .await
        .unwrap();
    assert_eq!(album.id.as_deref(), Some("a"));
}

#[test]
fn a_call_without_a_runtime_is_an_error() {
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
