//! The body of a download as a stream, as the adapters of other crates take it.

use std::future::poll_fn;
use std::pin::Pin;

use discovery_runtime::transport::FakeResponse;
use discovery_runtime::{Bytes, Result};
use futures_core::Stream;

use crate::storage::{HELLO, Storage, part, promised, whole};

async fn next(stream: &mut (impl Stream<Item = Result<Bytes>> + Unpin)) -> Option<Result<Bytes>> {
    poll_fn(|context| Pin::new(&mut *stream).poll_next(context)).await
}

fn is_sent<T: Send + Unpin + 'static>(value: T) -> T {
    value
}

#[tokio::test]
async fn a_body_is_a_stream() {
    let broken = promised(&HELLO[..9], HELLO.len()).cut_off();
    let storage = Storage::new([broken, part(HELLO, 9, HELLO.len())]);
    let mut body = is_sent(storage.download().send().await.unwrap());
    assert_eq!(next(&mut body).await.unwrap().unwrap()[..], HELLO[..9]);
    assert_eq!(next(&mut body).await.unwrap().unwrap()[..], HELLO[9..]);
    assert!(next(&mut body).await.is_none());
    assert!(next(&mut body).await.is_none());
}

#[tokio::test]
async fn stream_ends_after_an_error_and_can_be_resumed() {
    let broken = promised(&HELLO[..9], HELLO.len()).cut_off();
    let gone = FakeResponse::error(404, "NOT_FOUND", "just now");
    let storage = Storage::new([broken, gone, part(HELLO, 9, HELLO.len())]);
    let mut body = storage.download().send().await.unwrap();
    assert!(next(&mut body).await.unwrap().is_ok());
    assert!(next(&mut body).await.unwrap().unwrap_err().is_not_found());
    assert!(next(&mut body).await.is_none());
    assert_eq!(storage.server.request_count(), 2);
    body.resume();
    assert_eq!(next(&mut body).await.unwrap().unwrap()[..], HELLO[9..]);
    assert!(next(&mut body).await.is_none());
}

/// A body whose checksum is another one has no end without an error.
#[tokio::test]
async fn stream_verifies_the_checksum_at_its_end() {
    let storage = Storage::new([whole(HELLO).with_header("x-goog-hash", "crc32c=AAAAAA==")]);
    let mut body = storage.download().send().await.unwrap();
    assert!(next(&mut body).await.unwrap().is_ok());
    assert!(next(&mut body).await.unwrap().unwrap_err().is_data_loss());
    assert!(next(&mut body).await.is_none());
}

/// Both ways to read it can be mixed, and a dropped future loses nothing.
#[tokio::test]
async fn dropped_future_loses_no_piece_of_the_stream() {
    let later = std::time::Duration::from_secs(1);
    let broken = promised(&HELLO[..9], HELLO.len()).cut_off();
    let rest = part(HELLO, 9, HELLO.len()).with_delay(later);
    let storage = Storage::new([broken, rest]);
    let mut body = storage.download().send().await.unwrap();
    assert!(next(&mut body).await.unwrap().is_ok());
    {
        let mut waiting = std::pin::pin!(body.next_chunk());
        let mut task = std::task::Context::from_waker(std::task::Waker::noop());
        assert!(waiting.as_mut().poll(&mut task).is_pending());
    }
    assert_eq!(body.len(), Some(HELLO.len() as u64));
    assert_eq!(next(&mut body).await.unwrap().unwrap()[..], HELLO[9..]);
}

#[tokio::test]
async fn body_is_empty_if_it_is_known_to_be() {
    for (content, is_empty) in [(&HELLO[..0], true), (HELLO, false)] {
        let storage = Storage::new([promised(content, content.len())]);
        let body = storage.download().send().await.unwrap();
        assert_eq!(body.is_empty(), is_empty, "{:?}", body.len());
    }
}
