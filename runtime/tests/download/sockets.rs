//! Downloads over real connections, with the default transport.

use std::time::Duration;

use discovery_runtime::download::Download;
use discovery_runtime::{Client, Credentials, RetryPolicy};

use crate::calls::get_with;
use crate::script::{Server, Step};

fn send(text: &str) -> Step {
    Step::Send(text.as_bytes().to_vec())
}

async fn start(scripts: Vec<Vec<Step>>) -> (Server, Client) {
    let server = Server::start(scripts).await;
    let client = Client::builder()
        .endpoint_on_loopback(&server.address())
        .credentials(Credentials::token("ACCESS"))
        .retry(RetryPolicy::default().with_base_delay(Duration::from_millis(1)))
        .build()
        .unwrap();
    (server, client)
}

async fn download(scripts: Vec<Vec<Step>>) -> (Server, Download) {
    let (server, client) = start(scripts).await;
    let download =
        Download::from_url(&client, format!("{}media", server.address())).accept(["*/*"]);
    (server, download)
}

#[tokio::test]
async fn broken_connection_is_resumed() {
    for end in [Step::Reset, send("")] {
        let first = "HTTP/1.1 200 OK\r\ncontent-length: 10\r\netag: \"1\"\r\n\r\n0123";
        let second = "HTTP/1.1 206 Partial Content\r\ncontent-length: 6\r\netag: \"1\"\r\ncontent-range: bytes 4-9/10\r\n\r\n456789";
        let scripts = vec![
            vec![Step::Read, send(first), end],
            vec![Step::Read, send(second)],
        ];
        let (server, download) = download(scripts).await;
        // A reset can take bytes with it that were sent already.
        match download.bytes().await {
            Ok(bytes) => assert_eq!(&bytes[..], b"0123456789"),
            Err(error) => assert!(error.is_protocol(), "{error:?}"),
        }
        let seen = server.seen();
        assert!(
            seen[0].contains("accept-encoding: identity\r\n") && !seen[0].contains("authorization"),
            "{}",
            seen[0]
        );
    }
}

/// Nobody knows whether that was all.
#[tokio::test]
async fn response_without_a_length_is_an_error() {
    let cut = "HTTP/1.1 200 OK\r\nconnection: close\r\n\r\n0123";
    let (_server, download) = download(vec![vec![Step::Read, send(cut)]]).await;
    assert!(download.bytes().await.unwrap_err().is_length_unknown());
}

/// 204 ends after its fields and has no Content-Length (RFC 9110 8.6, RFC 9112 6.3).
#[tokio::test]
async fn response_204_is_an_empty_file() {
    let empty = "HTTP/1.1 204 No Content\r\n\r\n";
    let (_server, client) = start(vec![vec![Step::Read, send(empty)]]).await;
    assert!(
        get_with(&client)
            .download()
            .bytes()
            .await
            .unwrap()
            .is_empty()
    );
}

#[tokio::test]
async fn expected_size_replaces_a_missing_length() {
    let all = "HTTP/1.1 200 OK\r\nconnection: close\r\n\r\n0123";
    let (_server, download) = download(vec![vec![Step::Read, send(all)]]).await;
    assert_eq!(&download.expect_size(4).bytes().await.unwrap()[..], b"0123");
}

#[tokio::test]
async fn chunked_body_is_complete_at_its_end() {
    let all = "HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n4\r\n0123\r\n0\r\n\r\n";
    let (_server, first) = download(vec![vec![Step::Read, send(all)]]).await;
    assert_eq!(&first.bytes().await.unwrap()[..], b"0123");
    let cut = "HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n4\r\n0123\r\n";
    let (server, second) = download(vec![
        vec![Step::Read, send(cut)],
        vec![Step::Read, send(all)],
    ])
    .await;
    assert_eq!(&second.bytes().await.unwrap()[..], b"0123");
    assert_eq!(server.connections(), 2);
}
