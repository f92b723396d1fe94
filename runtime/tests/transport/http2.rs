//! HTTP/2: which of its errors say that a request was not processed.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use bytes::Bytes;
use discovery_runtime::transport::HyperTransport;
use discovery_runtime::{Credentials, Error, Jitter, RetryPolicy};
use h2::Reason;
use h2::server::SendResponse;
use hyper_util::client::legacy::Client;
use hyper_util::rt::TokioExecutor;
use tokio::net::TcpListener;

use crate::support::Photos;

/// What a server does with its first request.
#[derive(Clone, Copy)]
enum First {
    Reset(Reason),
    /// It says that it looked at none of the requests.
    GoAway,
    /// It says so, and responds all the same before it is gone.
    GoAwayAfterResponse,
    Response,
}

fn respond_to(mut respond: SendResponse<Bytes>) {
    let head = http::Response::builder()
        .header("content-type", "application/json")
        .body(())
        .unwrap();
    let mut stream = respond.send_response(head, false).unwrap();
    stream
        .send_data(Bytes::from_static(br#"{"id": "a"}"#), true)
        .unwrap();
}

/// A client of a server that speaks HTTP/2 only, and the number of requests that it got.
async fn client(first: First) -> (Photos, Arc<AtomicUsize>) {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = format!("http://{}/", listener.local_addr().unwrap());
    let requests = Arc::new(AtomicUsize::new(0));
    let counter = requests.clone();
    tokio::spawn(async move {
        loop {
            let (stream, _) = listener.accept().await.unwrap();
            tokio::spawn(serve(stream, first, counter.clone()));
        }
    });
    let hyper = Client::builder(TokioExecutor::new())
        .http2_only(true)
        .build_http();
    let client = Photos::builder()
        .credentials(Credentials::anonymous())
        .endpoint_on_loopback(&address)
        .transport(HyperTransport::from_hyper_client(hyper))
        .retry(RetryPolicy::default().with_jitter(Jitter::from_fn(|| 0.0)))
        .build()
        .unwrap();
    (client, requests)
}

async fn serve(stream: tokio::net::TcpStream, first: First, counter: Arc<AtomicUsize>) {
    let mut connection = h2::server::handshake(stream).await.unwrap();
    while let Some(Ok((request, mut respond))) = connection.accept().await {
        drop(request);
        match (counter.fetch_add(1, Ordering::SeqCst), first) {
            (0, First::Reset(reason)) => respond.send_reset(reason),
            (0, First::GoAway) => connection.abrupt_shutdown(Reason::NO_ERROR),
            (0, First::GoAwayAfterResponse) => {
                connection.graceful_shutdown();
                respond_to(respond);
            }
            _ => respond_to(respond),
        }
    }
}

async fn write(first: First) -> (Result<(), Error>, usize) {
    let (client, requests) = client(first).await;
    let result = client.add().send().await.map(drop);
    (result, requests.load(Ordering::SeqCst))
}

#[tokio::test]
async fn a_response_is_kept_despite_goaway() {
    for first in [First::Response, First::GoAwayAfterResponse] {
        let (result, requests) = write(first).await;
        result.unwrap();
        assert_eq!(requests, 1);
    }
}

#[tokio::test]
async fn a_refused_stream_was_not_processed() {
    let (result, requests) = write(First::Reset(Reason::REFUSED_STREAM)).await;
    result.unwrap();
    assert_eq!(requests, 2);
}

#[tokio::test]
async fn other_resets_leave_the_outcome_of_a_write_unknown() {
    for reason in [Reason::INTERNAL_ERROR, Reason::CANCEL, Reason::NO_ERROR] {
        let (result, requests) = write(First::Reset(reason)).await;
        assert!(result.unwrap_err().is_outcome_unknown(), "{reason:?}");
        assert_eq!(requests, 1, "{reason:?}");

        let (client, requests) = client(First::Reset(reason)).await;
        client.get("a").send().await.unwrap();
        assert_eq!(requests.load(Ordering::SeqCst), 2, "{reason:?}");
    }
}

#[tokio::test]
async fn goaway_leaves_the_outcome_of_accepted_streams_unknown() {
    let (result, requests) = write(First::GoAway).await;
    assert!(result.unwrap_err().is_outcome_unknown());
    assert_eq!(requests, 1);
}
