//! Heads of responses that can never be read: the limits for HTTP/1, and the error, which is one of
//! its own. The same for HTTP/2 stands beside the default transport: it needs a client of hyper.

use discovery_runtime::Error;

use crate::client::{ALBUM, client};
use crate::server::Step::{Flood, Read, Send};
use crate::server::{Server, response};

/// The limits, as the documentation of the transport has them.
const MAX_FIELDS: usize = 100;
const MAX_BYTES: usize = 400 * 1024;

fn check(error: &Error) {
    assert!(error.is_invalid_head(), "{error:?}");
    assert!(
        !error.is_retryable() && !error.is_connect() && !error.is_decode(),
        "{error:?}"
    );
    assert_eq!(error.attempts().len(), 1, "{error:?}");
    assert!(
        error
            .to_string()
            .contains("the head of the response can't be read"),
        "{error}"
    );
    assert!(std::error::Error::source(error).is_some());
}

/// A read and a write that get this response over HTTP/1.
async fn check_both(steps: Vec<crate::server::Step>) {
    let server = Server::start([steps.clone(), steps.clone()]).await;
    let read = client(&server).get("a").send().await.unwrap_err();
    check(&read);
    assert!(!read.is_outcome_unknown(), "a read has no outcome");
    assert_eq!(server.connections(), 1);
    let server = Server::start([steps.clone(), steps]).await;
    let write = client(&server).add().send().await.unwrap_err();
    check(&write);
    // The server responded, and nobody can read what.
    assert!(write.is_outcome_unknown(), "{write:?}");
    assert_eq!(server.connections(), 1);
}

fn fields(count: usize, length: usize) -> String {
    let value = "v".repeat(length);
    let lines = (0..count).map(|number| format!("x-{number}: {value}\r\n"));
    lines.collect::<Vec<_>>().concat()
}

#[tokio::test]
async fn more_fields_than_the_limit_are_an_error_of_its_own() {
    // `response` has two fields of its own.
    let sent = response("200 OK", &fields(MAX_FIELDS - 2, 1), ALBUM);
    let server = Server::start([vec![Read, Send(sent)]]).await;
    client(&server).get("a").send().await.unwrap();
    check_both(vec![
        Read,
        Send(response("200 OK", &fields(MAX_FIELDS - 1, 1), ALBUM)),
    ])
    .await;
}

#[tokio::test]
async fn a_head_above_the_limit_is_an_error_of_its_own() {
    let sent = response("200 OK", &fields(10, MAX_BYTES / 11), ALBUM);
    let server = Server::start([vec![Read, Send(sent)]]).await;
    client(&server).get("a").send().await.unwrap();
    check_both(vec![
        Read,
        Send(response("200 OK", &fields(10, MAX_BYTES / 9), ALBUM)),
    ])
    .await;
    let endless =
        b"x-a: aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa\r\n".repeat(100);
    check_both(vec![
        Read,
        Send(b"HTTP/1.1 200 OK\r\n".to_vec()),
        Flood(endless),
    ])
    .await;
}

#[tokio::test]
async fn a_malformed_head_is_an_error_of_its_own() {
    for head in ["SSH-2.0-OpenSSH_9.6\r\n\r\n", "HTTP/1.1 nonsense\r\n\r\n"] {
        check_both(vec![Read, Send(head.as_bytes().to_vec())]).await;
    }
}
