//! Parts of something: those that callers ask for, and those that servers send although they do not
//! fit (RFC 9110, sections 14.4 and 15.3.7).

use discovery_runtime::CallOptions;
use discovery_runtime::download::ByteRange;
use discovery_runtime::transport::FakeResponse;

use crate::storage::{HELLO, Storage, part, promised, whole};

#[tokio::test]
async fn range_is_requested() {
    let cases: [(ByteRange, &str, usize, usize); 5] = [
        ((0..5).into(), "bytes=0-4", 0, 5),
        ((7..=9).into(), "bytes=7-9", 7, 10),
        ((7..).into(), "bytes=7-", 7, HELLO.len()),
        (ByteRange::last(7), "bytes=-7", HELLO.len() - 7, HELLO.len()),
        ((40..1000).into(), "bytes=40-999", 40, HELLO.len()),
    ];
    for (range, header, start, end) in cases {
        let storage = Storage::new([part(HELLO, start, end)]);
        let mut body = storage
            .download()
            .range(range.clone())
            .send()
            .await
            .unwrap();
        assert_eq!(body.len(), Some((end - start) as u64));
        let bytes = body.next_chunk().await.unwrap().unwrap();
        assert_eq!(bytes[..], HELLO[start..end]);
        assert!(body.next_chunk().await.is_none());
        assert_eq!(storage.sent("range"), [Some(header.to_owned())]);
        assert_eq!(storage.sent("if-range"), [None]);
        // Who ignores the range sends the whole.
        let storage = Storage::new([whole(HELLO)]);
        let bytes = storage.download().range(range).bytes().await.unwrap();
        assert_eq!(bytes[..], HELLO[start..end]);
    }
}

#[tokio::test]
async fn range_resumes_inside_itself() {
    for range in [
        ByteRange::from(7..27),
        ByteRange::last((HELLO.len() - 7) as u64),
    ] {
        let end = if range == (7..27).into() {
            27
        } else {
            HELLO.len()
        };
        let first = format!("bytes 7-{}/{}", end - 1, HELLO.len());
        let broken = FakeResponse::body(206, "text/plain", HELLO[7..11].to_vec())
            .with_header("content-range", &first)
            .with_header("etag", "\"1\"")
            .cut_off();
        let storage = Storage::new([broken, part(HELLO, 11, end)]);
        let bytes = storage.download().range(range).bytes().await.unwrap();
        assert_eq!(bytes[..], HELLO[7..end]);
        let again = if end == 27 {
            "bytes=11-26"
        } else {
            "bytes=11-"
        };
        assert_eq!(storage.sent("range")[1].as_deref(), Some(again));
        assert_eq!(storage.sent("if-range"), [None, Some("\"1\"".to_owned())]);
    }
}

/// A server may send less than was requested; without a total it says with 416 that that was all.
#[tokio::test]
async fn short_range_is_continued() {
    let without_total = |start: usize, end: usize| {
        FakeResponse::body(206, "text/plain", HELLO[start..end].to_vec())
            .with_header("content-range", &format!("bytes {start}-{}/*", end - 1))
            .with_header("etag", "\"1\"")
    };
    let end = format!("bytes */{}", HELLO.len());
    let end = FakeResponse::status(416).with_header("content-range", &end);
    let storage = Storage::new([without_total(0, 9), without_total(9, HELLO.len()), end]);
    let bytes = storage.download().range(..1000).bytes().await.unwrap();
    assert_eq!(bytes[..], *HELLO);
    storage.server.assert_finished();
    let storage = Storage::new([without_total(0, 5), without_total(5, 9)]);
    let bytes = storage.download().range(..9).bytes().await.unwrap();
    assert_eq!(bytes[..], HELLO[..9]);
    storage.server.assert_finished();
}

#[tokio::test]
async fn range_behind_the_end_has_its_error() {
    let length = HELLO.len();
    let refused =
        || FakeResponse::status(416).with_header("content-range", &format!("bytes */{length}"));
    for response in [refused(), whole(HELLO)] {
        let storage = Storage::new([response]);
        let error = storage.download().range(1000..).bytes().await.unwrap_err();
        assert!(error.is_out_of_range() && !error.is_protocol(), "{error:?}");
        assert!(error.to_string().contains("46 bytes"), "{error}");
    }
    let storage = Storage::new([refused()]);
    let error = storage.download().range(1000..).bytes().await.unwrap_err();
    assert_eq!(error.http_status(), Some(416));
}

#[tokio::test]
async fn invalid_range_is_rejected_before_sending() {
    for range in [ByteRange::from(5..5), ByteRange::last(0)] {
        let storage = Storage::new([]);
        let error = storage.download().range(range).bytes().await.unwrap_err();
        assert!(error.is_invalid_argument(), "{error:?}");
        assert_eq!(storage.server.request_count(), 0);
    }
}

/// The response would be a part, and the server was to blame for it.
#[tokio::test]
async fn range_header_by_hand_is_rejected_before_sending() {
    for name in ["Range", "If-Range"] {
        let options = CallOptions::default().with_header(name, "bytes=0-4");
        let one = Storage::new([part(HELLO, 0, 5)]);
        let all = Storage::with_options([part(HELLO, 0, 5)], options.clone());
        for (storage, download) in [
            (&one, one.download().options(options)),
            (&all, all.download()),
        ] {
            let error = download.bytes().await.unwrap_err();
            assert!(
                error.is_invalid_argument() && !error.is_protocol(),
                "{error:?}"
            );
            let text = error.to_string();
            assert!(
                text.contains("Download::range") && text.contains(&name.to_lowercase()),
                "{text}"
            );
            assert_eq!(storage.server.request_count(), 0);
        }
    }
}

/// `Content-Range` has no meaning with 200 (RFC 9110, section 14.4), but a part is sent like that.
#[tokio::test]
async fn partial_response_to_a_whole_request_is_an_error() {
    for range in ["bytes 0-4/46", "bytes 5-9/46", "bytes 0-4/*", "bytes */46"] {
        let response = || whole(&HELLO[..5]).with_header("content-range", range);
        let storage = Storage::new([response()]);
        let error = storage.download().bytes().await.unwrap_err();
        assert!(error.is_protocol(), "{range}: {error:?}");
        let storage = Storage::new([response().without_header("content-length")]);
        assert!(storage.download().bytes().await.is_err(), "{range}");
    }
    // It says that it is the whole, and comes to an end before that.
    let short = whole(&HELLO[..5])
        .without_header("content-length")
        .with_header("content-range", "bytes 0-45/46");
    let storage = Storage::new([short, part(HELLO, 5, 46)]);
    assert_eq!(storage.download().bytes().await.unwrap()[..], *HELLO);
    // The storage test bench says of the whole that it is the whole.
    let storage = Storage::new([whole(HELLO).with_header("content-range", "bytes 0-45/46")]);
    assert_eq!(storage.download().bytes().await.unwrap()[..], *HELLO);
    let storage = Storage::new([whole(b"").with_header("content-range", "bytes 0--1/0")]);
    assert!(storage.download().bytes().await.unwrap().is_empty());
}

#[tokio::test]
async fn range_that_does_not_continue_is_an_error_and_keeps_what_came() {
    let wrong = [
        part(HELLO, 8, HELLO.len()),
        part(HELLO, 10, HELLO.len()),
        part(HELLO, 9, HELLO.len()).without_header("content-range"),
        part(HELLO, 9, HELLO.len()).with_header("content-range", "bytes 9-45/46"),
        FakeResponse::body(206, "text/plain", "x").with_header("content-range", "items 9-45/46"),
        FakeResponse::body(206, "multipart/byteranges; boundary=x", "--x")
            .with_header("content-range", "bytes 9-45/46"),
        whole(&HELLO[9..]).with_header("content-range", "bytes 9-45/46"),
    ];
    for response in wrong {
        let broken = promised(&HELLO[..9], HELLO.len()).cut_off();
        let storage = Storage::new([broken, response, part(HELLO, 9, HELLO.len())]);
        let mut body = storage.download().send().await.unwrap();
        let mut read = body.next_chunk().await.unwrap().unwrap().to_vec();
        let error = body.next_chunk().await.unwrap().unwrap_err();
        assert!(error.is_protocol(), "{error:?}");
        body.resume();
        read.extend_from_slice(&body.next_chunk().await.unwrap().unwrap());
        assert_eq!(read, HELLO);
        assert_eq!(storage.sent("range")[2].as_deref(), Some("bytes=9-"));
    }
}

/// The storage test bench (`break-after-256K`) sends the rest with status 200 and nothing else, so that
/// 1,048,576 of 1,310,720 bytes look like a new version.
#[tokio::test]
async fn rest_sent_as_the_whole_is_an_error() {
    let broken = || promised(&HELLO[..9], HELLO.len());
    let tagged = |response: FakeResponse| response.with_header("etag", "\"1\"");
    let hashed = |response: FakeResponse| response.with_header("x-goog-generation", "1");
    for (first, second) in [
        (broken(), whole(&HELLO[9..])),
        (tagged(broken()), whole(&HELLO[9..])),
        (tagged(broken()), tagged(whole(&HELLO[9..]))),
        (hashed(broken()), whole(&HELLO[20..])),
    ] {
        let storage = Storage::new([first.cut_off(), second]);
        let error = storage.download().bytes().await.unwrap_err();
        assert!(error.is_protocol(), "{error:?}");
    }
    // What says that it is another version is one.
    let new = whole(&HELLO[9..]).with_header("etag", "\"2\"");
    let storage = Storage::new([tagged(broken()).cut_off(), new]);
    assert_eq!(storage.download().bytes().await.unwrap()[..], HELLO[9..]);
}

#[tokio::test]
async fn range_of_changed_content_is_an_error() {
    let other = [
        part(HELLO, 9, HELLO.len()).with_header("etag", "W/\"2\""),
        part(HELLO, 9, HELLO.len()).with_header("x-goog-generation", "2"),
        part(HELLO, 9, HELLO.len()).with_header("x-goog-hash", "crc32c=AAAAAA=="),
        part(HELLO, 9, HELLO.len()).with_header("content-encoding", "gzip"),
        part(&[HELLO, b"!"].concat(), 9, HELLO.len()),
    ];
    for response in other {
        let broken = promised(&HELLO[..9], HELLO.len())
            .with_header("etag", "W/\"1\"")
            .with_header("x-goog-generation", "1")
            .with_header("x-goog-hash", "crc32c=4waSgw==")
            .cut_off();
        let storage = Storage::new([broken, response]);
        let error = storage.download().bytes().await.unwrap_err();
        assert!(error.is_changed(), "{error:?}");
        // A weak tag makes no condition (section 13.1.5).
        assert_eq!(storage.sent("if-range"), [None, None]);
    }
}

#[tokio::test]
async fn expected_size_is_that_of_the_range() {
    let storage = Storage::new([part(HELLO, 7, 12)]);
    let download = storage.download().range(7..12).expect_size(5).max_size(5);
    assert_eq!(download.bytes().await.unwrap()[..], HELLO[7..12]);
    let storage = Storage::new([part(HELLO, 40, 46)]);
    let download = storage.download().range(40..100).expect_size(60);
    assert!(download.bytes().await.unwrap_err().is_changed());
}

/// Who ignores the range and says the same validator sends the same whole: one that ends before
/// what is here already was cut off on the way.
#[tokio::test]
async fn restarted_body_shorter_than_what_is_here_is_cut_off() {
    let tagged = |bytes: &[u8]| {
        FakeResponse::body(200, "text/plain", bytes.to_vec()).with_header("etag", "\"1\"")
    };
    let storage = Storage::new([
        tagged(&HELLO[..20]).cut_off(),
        tagged(&HELLO[..9]),
        tagged(HELLO),
    ]);
    let bytes = storage.download().bytes().await.unwrap();
    assert_eq!(bytes[..], *HELLO);
    storage.server.assert_finished();
    let ranges = [None, Some("bytes=20-"), Some("bytes=20-")].map(|range| range.map(str::to_owned));
    assert_eq!(storage.sent("range"), ranges);
}

/// Of another whole that is shorter than what is here, nothing of the old one stays behind it.
#[tokio::test]
async fn restarted_file_has_nothing_of_a_longer_version() {
    let tagged = |bytes: &[u8], tag| {
        FakeResponse::body(200, "text/plain", bytes.to_vec()).with_header("etag", tag)
    };
    let long = vec![b'x'; 600_000];
    let storage = Storage::new([tagged(&long, "\"1\"").cut_off(), tagged(HELLO, "\"2\"")]);
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("hello.txt");
    let written = storage.download().to_file(&path).await.unwrap();
    assert_eq!(written, HELLO.len() as u64);
    // Without the bytes of both in the message.
    assert!(std::fs::read(&path).unwrap() == HELLO);
}
