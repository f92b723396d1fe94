//! Downloads: parts, what is stored as gzip, and checksums.

use discovery_runtime::CallOptions;
use discovery_runtime::download::ByteRange;
use google_wire_v1::Client;

use crate::server::Server;

const LINE: &str = "GET /wire/v1/x/$export?alt=media";

/// `hello` as gzip, as Python's `gzip.compress(b"hello", mtime=0)` writes it.
const HELLO_GZIP: &[u8] = &[
    0x1f, 0x8b, 0x08, 0x00, 0x00, 0x00, 0x00, 0x00, 0x02, 0x03, 0xcb, 0x48, 0xcd, 0xc9, 0xc9,
    0x07, 0x00, 0x86, 0xa6, 0x10, 0x36, 0x05, 0x00, 0x00, 0x00,
];

pub async fn media(server: &Server, client: &Client) {
    parts(server, client).await;
    encodings(server, client).await;
    checksums(server, client).await;
}

async fn parts(server: &Server, client: &Client) {
    let download = || client.things().export("x").download();

    let cases = [
        (ByteRange::from(1..3), "bytes=1-2", "bytes 1-2/5", "el"),
        (ByteRange::from(3..), "bytes=3-", "bytes 3-4/5", "lo"),
        (ByteRange::last(2), "bytes=-2", "bytes 3-4/5", "lo"),
    ];
    for (range, requested, range_of_part, part) in cases {
        server.respond_with(206, &format!("content-range: {range_of_part}\r\n"), part);
        let bytes = download().range(range).bytes().await.unwrap();
        assert_eq!(bytes.as_ref(), part.as_bytes());
        let request = server.expect(LINE, "");
        assert_eq!(request.header("range"), Some(requested));
        assert_eq!(request.header("accept-encoding"), Some("identity"));
    }

    let options = CallOptions::default().with_header("range", "bytes=1-2");
    let error = download().options(options).bytes().await.unwrap_err();
    assert!(error.is_invalid_argument() && error.to_string().contains("Download::range"), "{error}");
    assert!(server.received.try_recv().is_err(), "nothing was sent");

    server.respond_with(200, "content-range: bytes 0-4/9\r\n", "hello");
    assert!(download().bytes().await.unwrap_err().is_protocol());
    server.expect(LINE, "");
}

/// <https://cloud.google.com/storage/docs/transcoding>: with `no-transform` it comes as it is stored.
async fn encodings(server: &Server, client: &Client) {
    let download = || client.things().export("x").download();
    let stored = "content-type: text/plain\r\ncontent-encoding: gzip\r\ncache-control: no-transform\r\n";

    server.respond_bytes(200, stored, HELLO_GZIP);
    assert_eq!(download().bytes().await.unwrap().as_ref(), b"hello");
    let request = server.expect(LINE, "");
    assert_eq!(request.header("accept-encoding"), Some("identity"));

    server.respond_bytes(200, stored, HELLO_GZIP);
    assert_eq!(download().decode(false).bytes().await.unwrap().as_ref(), HELLO_GZIP);
    let request = server.expect(LINE, "");
    assert_eq!(request.header("accept-encoding"), Some("gzip"));
}

/// <https://cloud.google.com/storage/docs/xml-api/reference-headers#xgooghash>
async fn checksums(server: &Server, client: &Client) {
    let download = || client.things().export("x").download();
    let right = "x-goog-hash: crc32c=mnG7TA==\r\nx-goog-hash: md5=XUFAKrxLKna5cZ2REBfFkg==\r\n";
    for (hash, body, fits) in [(right, "hello", true), (right, "hallo", false)] {
        server.respond_with(200, hash, body);
        match download().bytes().await {
            Ok(bytes) => assert!(fits && bytes.as_ref() == body.as_bytes()),
            Err(error) => assert!(!fits && error.is_data_loss(), "{error}"),
        }
        server.expect(LINE, "");
    }
}
