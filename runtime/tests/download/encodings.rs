//! Objects that are stored as gzip, as <https://cloud.google.com/storage/docs/transcoding> describes
//! them. Without a choice they are decoded, as the Python client does (`raw_download=False` in
//! google-cloud-storage 3.17.1).

use discovery_runtime::transport::FakeResponse;

use crate::storage::{HELLO, Storage, gzip, part, promised, whole};

/// As it is stored, with `Cache-Control: no-transform`.
fn stored(response: FakeResponse) -> FakeResponse {
    response
        .with_header("content-encoding", "gzip")
        .with_header("cache-control", "no-transform")
        .with_header("etag", "\"1\"")
}

#[tokio::test]
async fn decoding_is_chosen_by_the_caller() {
    let zipped = gzip(HELLO);
    let storage = Storage::new([stored(whole(&zipped))]);
    let body = storage.download().send().await.unwrap();
    assert_eq!((body.len(), body.content_encoding()), (None, None));
    let storage = Storage::new([stored(whole(&zipped))]);
    assert_eq!(storage.download().bytes().await.unwrap()[..], *HELLO);
    assert_eq!(
        storage.sent("accept-encoding"),
        [Some("identity".to_owned())]
    );

    let storage = Storage::new([stored(whole(&zipped))]);
    let mut body = storage.download().decode(false).send().await.unwrap();
    assert_eq!(body.len(), Some(zipped.len() as u64));
    assert_eq!(body.content_encoding(), Some("gzip"));
    assert_eq!(body.next_chunk().await.unwrap().unwrap()[..], zipped);
    assert_eq!(storage.sent("accept-encoding"), [Some("gzip".to_owned())]);
}

#[tokio::test]
async fn unknown_encoding_error_says_what_to_do() {
    for encoding in ["br", "gzip, gzip", "zstd"] {
        let response = || whole(b"\x0b\x02").with_header("content-encoding", encoding);
        let storage = Storage::new([response()]);
        let error = storage.download().bytes().await.unwrap_err();
        let text = error.to_string();
        assert!(error.is_decode(), "{error:?}");
        assert!(
            text.contains(encoding) && text.contains("decode(false)"),
            "{text}"
        );
        let storage = Storage::new([response()]);
        let bytes = storage.download().decode(false).bytes().await.unwrap();
        assert_eq!(bytes[..], *b"\x0b\x02");
    }
}

/// Objects exist that only say that they are gzip.
#[tokio::test]
async fn malformed_gzip_error_says_what_to_do() {
    let zipped = gzip(HELLO);
    for bytes in [
        HELLO,
        &zipped[..zipped.len() - 9],
        &[&zipped[..], b"more"].concat(),
    ] {
        let storage = Storage::new([stored(whole(bytes))]);
        let error = storage.download().bytes().await.unwrap_err();
        assert!(error.is_decode(), "{error:?}");
        assert!(error.to_string().contains("decode(false)"), "{error}");
        assert_eq!(storage.server.request_count(), 1);
        let storage = Storage::new([stored(whole(bytes))]);
        assert_eq!(
            storage.download().decode(false).bytes().await.unwrap()[..],
            *bytes
        );
    }
}

/// Ranges are those of the encoded bytes.
#[tokio::test]
async fn gzip_resumes_inside_itself() {
    let zipped = gzip(&HELLO.repeat(1000));
    for cut in [0, 1, 5, 18, 40, zipped.len() - 1] {
        for decode in [true, false] {
            let broken = stored(promised(&zipped[..cut], zipped.len())).cut_off();
            let rest = if cut == 0 {
                stored(whole(&zipped))
            } else {
                // What the condition makes sure of is not said again.
                part(&zipped, cut, zipped.len()).with_header("etag", "\"1\"")
            };
            let storage = Storage::new([broken, rest]);
            let bytes = storage.download().decode(decode).bytes().await.unwrap();
            let expected = if decode {
                HELLO.repeat(1000)
            } else {
                zipped.clone()
            };
            assert!(bytes[..] == expected, "{cut}, {decode}");
            let range = Some(format!("bytes={cut}-")).filter(|_| cut > 0);
            assert_eq!(storage.sent("range")[1], range);
        }
    }
}

#[tokio::test]
async fn range_of_gzip_is_not_decoded() {
    let zipped = gzip(HELLO);
    let response = || part(&zipped, 0, 9).with_header("content-encoding", "gzip");
    let storage = Storage::new([response()]);
    let error = storage.download().range(..9).bytes().await.unwrap_err();
    assert!(
        error.is_decode() && error.to_string().contains("decode(false)"),
        "{error}"
    );
    let storage = Storage::new([response()]);
    let bytes = storage
        .download()
        .range(..9)
        .decode(false)
        .bytes()
        .await
        .unwrap();
    assert_eq!(bytes[..], zipped[..9]);
}

/// Who accepts gzip gets errors in it as well, and the transport leaves them as they come.
#[tokio::test]
async fn error_bodies_are_always_decoded() {
    let error = br#"{"error": {"code": 404, "status": "NOT_FOUND", "message": "No such object."}}"#;
    for decode in [true, false] {
        let response = FakeResponse::json(404, gzip(error)).with_header("content-encoding", "gzip");
        let storage = Storage::new([response]);
        let error = storage.download().decode(decode).bytes().await.unwrap_err();
        assert!(
            error
                .to_string()
                .ends_with("404 NOT_FOUND: No such object."),
            "{error}"
        );
    }
    let garbage = FakeResponse::json(404, "no gzip").with_header("content-encoding", "gzip");
    let storage = Storage::new([garbage]);
    assert!(storage.download().bytes().await.unwrap_err().is_not_found());
}

#[tokio::test]
async fn size_limits_count_decoded_bytes() {
    let zipped = gzip(HELLO);
    let length = HELLO.len() as u64;
    let with = |size: u64| {
        let storage = Storage::new([stored(whole(&zipped))]);
        async move { storage.download().expect_size(size).bytes().await }
    };
    assert_eq!(with(length).await.unwrap()[..], *HELLO);
    assert!(with(length - 1).await.unwrap_err().is_changed());
    assert!(with(length + 1).await.unwrap_err().is_changed());
    assert!(with(zipped.len() as u64).await.is_err());
}

/// A small response that decodes to 256 MiB.
#[tokio::test]
async fn decompression_bomb_is_stopped_early() {
    let bomb = gzip(&vec![b' '; 256 << 20]);
    let storage = Storage::new([stored(whole(&bomb))]);
    let error = storage
        .download()
        .max_size(1 << 20)
        .bytes()
        .await
        .unwrap_err();
    assert!(error.is_too_large(), "{error:?}");
}

/// What was decoded and not written can't be decoded again from the middle.
#[tokio::test]
async fn gzip_file_is_complete_after_each_fault() {
    let content = HELLO.repeat(20_000);
    let zipped = gzip(&content);
    let half = zipped.len() / 2;
    let folder = tempfile::tempdir().unwrap();
    // An error, after which the next try goes on.
    let path = folder.path().join("after an error");
    let broken = stored(promised(&zipped[..half], zipped.len())).cut_off();
    let gone = FakeResponse::error(404, "NOT_FOUND", "just now");
    let rest = part(&zipped, half, zipped.len()).with_header("etag", "\"1\"");
    let storage = Storage::new([broken, gone, rest]);
    let mut download = storage.download();
    assert!(download.to_file(&path).await.is_err());
    assert_eq!(download.to_file(&path).await.unwrap(), content.len() as u64);
    assert!(std::fs::read(&path).unwrap() == content);
    // A future that was dropped with pieces that were not written.
    let path = folder.path().join("after a drop");
    let stalled = stored(promised(&zipped[..half], zipped.len())).stalled();
    let storage = Storage::new([stalled, stored(whole(&zipped))]);
    let mut download = storage.download();
    let waited = std::time::Duration::from_millis(50);
    assert!(
        tokio::time::timeout(waited, std::future::pending::<()>())
            .await
            .is_err()
    );
    {
        let mut writing = std::pin::pin!(download.to_file(&path));
        std::future::poll_fn(|context| {
            assert!(writing.as_mut().poll(context).is_pending());
            match storage.server.request_count() {
                0 => std::task::Poll::Pending,
                _ => std::task::Poll::Ready(()),
            }
        })
        .await;
    }
    assert_eq!(download.to_file(&path).await.unwrap(), content.len() as u64);
    assert!(std::fs::read(&path).unwrap() == content);
}
