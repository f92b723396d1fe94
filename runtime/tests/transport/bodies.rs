//! Bodies of responses: encoded, cut off, endless.

use discovery_runtime::transport::{HttpRequest, Transport as _};
use discovery_runtime::{AttemptOutcome, HttpMethod};

use crate::client::{ALBUM, builder, client, faulty, gzip};
use crate::server::Step::{Flood, Read, Send};
use crate::server::{Server, open_response, response};

#[tokio::test]
async fn gzip_is_requested_and_removed() {
    let body = gzip(ALBUM.as_bytes());
    let responses = [
        response("200 OK", "content-encoding: gzip\r\n", &body),
        response("200 OK", "content-encoding: GZIP\r\n", &body),
        open_response("content-encoding: gzip\r\n", &body),
        response("200 OK", "", ALBUM),
    ];
    for sent in responses {
        let server = Server::start([vec![Read, Send(sent)]]).await;
        let request = client(&server).core.request(HttpMethod::Get, "v1/a").send();
        let received = request.await.unwrap();
        assert_eq!(received.body()[..], *ALBUM.as_bytes());
        assert_eq!(received.headers().get("content-encoding"), None);
        let seen = server.seen().concat().to_ascii_lowercase();
        assert!(seen.starts_with("get /v1/a http/1.1\r\n"), "{seen}");
        assert!(
            seen.contains("accept-encoding: gzip\r\n") && seen.contains("(gzip)\r\n"),
            "{seen}"
        );
    }
}

#[tokio::test]
async fn gzip_is_removed_from_error_bodies() {
    let error = br#"{"error": {"status": "NOT_FOUND", "message": "Gone."}}"#;
    let sent = response("404 Not Found", "content-encoding: gzip\r\n", gzip(error));
    let server = Server::start([vec![Read, Send(sent)]]).await;
    let error = client(&server).get("a").send().await.unwrap_err();
    assert_eq!(error.to_string(), "photos.albums.get: 404 NOT_FOUND: Gone.");
}

#[tokio::test]
async fn a_truncated_body_is_an_error() {
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
        assert!(
            write.is_outcome_unknown() && !write.is_decode(),
            "fault {number}: {write:?}"
        );
        assert_eq!(write.http_status(), Some(200), "fault {number}");
        assert_eq!(
            write.attempts()[0].outcome,
            AttemptOutcome::Interrupted,
            "fault {number}"
        );
    }
}

#[tokio::test]
async fn a_body_without_length_is_checked_for_truncation() {
    let (read, write) = faulty(vec![Read, Send(open_response("", r#"{"id": "a""#))]).await;
    assert!(read.is_ok());
    assert!(write.is_outcome_unknown() && write.is_decode(), "{write:?}");
}

#[tokio::test]
async fn malformed_gzip_is_not_retried() {
    let mut broken = gzip(&vec![b'x'; 1000]);
    broken[12] ^= 0xff;
    for body in [broken, b"no gzip at all".to_vec()] {
        let sent = response("200 OK", "content-encoding: gzip\r\n", &body);
        let server = Server::start([vec![Read, Send(sent)]]).await;
        let error = client(&server).get("a").send().await.unwrap_err();
        assert!(error.to_string().contains("encoding"), "{error}");
        assert_eq!(server.connections(), 1);
    }
    let sent = response(
        "200 OK",
        "content-encoding: gzip\r\ncontent-encoding: gzip\r\n",
        gzip(b"{}"),
    );
    let server = Server::start([vec![Read, Send(sent)]]).await;
    assert!(
        client(&server)
            .get("a")
            .send()
            .await
            .unwrap_err()
            .is_decode()
    );
}

#[tokio::test]
async fn a_gzip_bomb_is_cut_off_before_it_grows() {
    let bomb = gzip(&vec![b' '; 256 << 20]);
    assert!(bomb.len() < 1 << 20);
    let sent = response("200 OK", "content-encoding: gzip\r\n", &bomb);
    let server = Server::start([vec![Read, Send(sent.clone())], vec![Read, Send(sent)]]).await;
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
    assert!(
        client(&server)
            .get("a")
            .send()
            .await
            .unwrap_err()
            .is_too_large()
    );

    let head = b"HTTP/1.1 502 Bad Gateway\r\ntransfer-encoding: chunked\r\n\r\n".to_vec();
    let server = Server::start([vec![Read, Send(head), Flood(chunk)]]).await;
    let error = client(&server).create().send().await.unwrap_err();
    assert_eq!(error.http_status(), Some(502));
    assert!(error.body().is_some_and(|body| body.len() <= 4096));
}

#[tokio::test]
async fn a_download_can_reject_encodings() {
    let body = gzip(b"abc");
    let sent = response("200 OK", "content-encoding: gzip\r\n", &body);
    let server = Server::start([vec![Read, Send(sent)]]).await;
    let mut request = HttpRequest::new(HttpMethod::Get, server.address());
    request.headers.set("accept-encoding", "identity");
    let response = builder().build().unwrap().send(request).await.unwrap();
    assert_eq!(response.headers.get("content-encoding"), Some("gzip"));
    assert!(
        server
            .seen()
            .concat()
            .contains("accept-encoding: identity\r\n")
    );
}

#[tokio::test]
async fn a_response_to_head_is_not_decoded() {
    let sent = b"HTTP/1.1 200 OK\r\ncontent-encoding: gzip\r\ncontent-length: 50\r\n\r\n".to_vec();
    let server = Server::start([vec![Read, Send(sent)]]).await;
    let response = client(&server)
        .core
        .request(HttpMethod::Head, "v1/a")
        .send()
        .await
        .unwrap();
    assert_eq!((response.status(), response.body().len()), (200, 0));
}
