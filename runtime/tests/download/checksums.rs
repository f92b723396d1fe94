//! Checksums that a server says (`x-goog-hash`), as Cloud Storage does:
//! <https://cloud.google.com/storage/docs/xml-api/reference-headers#xgooghash>.

use discovery_runtime::transport::FakeResponse;

use crate::server::crc32c;
use crate::storage::{HELLO, Storage, gzip, part, promised, whole};

/// Of `HELLO`, computed with Python and written in base64.
const CRC32C: &str = "crc32c=RozI0w==";
const MD5: &str = "md5=h8HJguC7MmRglUyv4eXK7g==";
/// Of nothing.
const OTHER: [&str; 2] = ["crc32c=AAAAAA==", "md5=1B2M2Y8AsgTpgAmY7PhCfg=="];

const HASH: &str = "x-goog-hash";

#[tokio::test]
async fn checksums_are_verified() {
    let both = format!("{CRC32C},{MD5}");
    for values in [vec![CRC32C], vec![MD5], vec![CRC32C, MD5], vec![&both]] {
        let mut response = whole(HELLO);
        for value in values {
            response = response.with_header(HASH, value);
        }
        let storage = Storage::new([response]);
        assert_eq!(storage.download().bytes().await.unwrap()[..], *HELLO);
    }
    let mixed = format!("{CRC32C},{}", OTHER[1]);
    for value in [OTHER[0], OTHER[1], &mixed] {
        let storage = Storage::new([whole(HELLO).with_header(HASH, value)]);
        let error = storage.download().bytes().await.unwrap_err();
        assert!(error.is_data_loss(), "{value}: {error:?}");
        assert_eq!(storage.server.request_count(), 1);
    }
    // Without a length, too.
    let response = whole(HELLO)
        .without_header("content-length")
        .with_header(HASH, OTHER[0]);
    let storage = Storage::new([response]);
    assert!(storage.download().bytes().await.unwrap_err().is_data_loss());
}

#[tokio::test]
async fn malformed_checksum_is_an_error() {
    let storage = Storage::new([whole(HELLO).with_header(HASH, "crc32c=none")]);
    assert!(storage.download().bytes().await.unwrap_err().is_protocol());
    let storage = Storage::new([whole(HELLO).with_header(HASH, "sha999=none")]);
    assert_eq!(storage.download().bytes().await.unwrap()[..], *HELLO);
}

/// The checksum is one of everything, whatever number of responses it took.
#[tokio::test]
async fn checksums_cover_a_resumed_download() {
    for (value, right) in [(CRC32C, true), (MD5, true), (OTHER[0], false)] {
        let broken = promised(&HELLO[..9], HELLO.len())
            .with_header(HASH, value)
            .cut_off();
        let rest = part(HELLO, 9, HELLO.len()).with_header(HASH, value);
        let storage = Storage::new([broken, rest]);
        let result = storage.download().bytes().await;
        assert_eq!(result.is_ok(), right, "{value}");
        assert!(result.err().is_none_or(|error| error.is_data_loss()));
    }
}

/// What is sent again from the start counts once.
#[tokio::test]
async fn checksums_hash_no_byte_twice() {
    let tagged = |response: FakeResponse| {
        response
            .with_header("etag", "\"1\"")
            .with_header(HASH, CRC32C)
    };
    let broken = tagged(promised(&HELLO[..9], HELLO.len())).cut_off();
    let storage = Storage::new([broken, tagged(whole(HELLO))]);
    assert_eq!(storage.download().bytes().await.unwrap()[..], *HELLO);
    // Another version has another checksum.
    let old = promised(b"old bytes", HELLO.len())
        .with_header("etag", "\"0\"")
        .with_header(HASH, OTHER[0]);
    let storage = Storage::new([old.cut_off(), tagged(whole(HELLO))]);
    assert_eq!(storage.download().bytes().await.unwrap()[..], *HELLO);
}

#[tokio::test]
async fn checksum_of_the_whole_is_not_verified_for_a_range() {
    for response in [part(HELLO, 0, 9), whole(HELLO)] {
        let storage = Storage::new([response.with_header(HASH, OTHER[0])]);
        let bytes = storage.download().range(..9).bytes().await.unwrap();
        assert_eq!(bytes[..], HELLO[..9]);
    }
}

/// The checksum is one of what is stored: <https://cloud.google.com/storage/docs/transcoding>.
#[tokio::test]
async fn checksums_are_of_the_stored_bytes() {
    // The service decoded it: its checksum is that of something else.
    let decoded = [
        ("x-goog-stored-content-encoding", "gzip"),
        ("warning", "214 UploadServer gunzipped"),
        ("x-guploader-response-body-transformations", "gunzipped"),
    ];
    for (name, value) in decoded {
        let response = whole(HELLO)
            .with_header(HASH, OTHER[0])
            .with_header(name, value);
        let storage = Storage::new([response]);
        assert_eq!(storage.download().bytes().await.unwrap()[..], *HELLO);
    }
    // It sent what is stored: the checksum is that of the compressed bytes.
    let stored = gzip(HELLO);
    let crc = base64(&crc32c(&stored).to_be_bytes());
    for (value, right) in [(format!("crc32c={crc}"), true), (CRC32C.to_owned(), false)] {
        for decode in [true, false] {
            let response = whole(&stored)
                .with_header("content-encoding", "gzip")
                .with_header("x-goog-stored-content-encoding", "gzip")
                .with_header(HASH, &value);
            let storage = Storage::new([response]);
            let result = storage.download().decode(decode).bytes().await;
            assert_eq!(result.is_ok(), right, "{value}, {decode}");
            assert!(result.err().is_none_or(|error| error.is_data_loss()));
        }
    }
    // It was compressed on the way.
    let response = whole(&stored)
        .with_header("content-encoding", "gzip")
        .with_header("x-goog-stored-content-encoding", "identity")
        .with_header(HASH, CRC32C);
    let storage = Storage::new([response]);
    assert_eq!(storage.download().bytes().await.unwrap()[..], *HELLO);
}

#[tokio::test]
async fn file_with_a_wrong_checksum_is_removed() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("object");
    let wrong = || whole(HELLO).with_header(HASH, OTHER[0]);
    let storage = Storage::new([wrong(), whole(HELLO).with_header(HASH, CRC32C)]);
    let mut download = storage.download();
    assert!(download.to_file(&path).await.unwrap_err().is_data_loss());
    assert!(!path.exists());
    // The next try begins at the start.
    assert_eq!(download.to_file(&path).await.unwrap(), HELLO.len() as u64);
    assert_eq!(std::fs::read(&path).unwrap(), HELLO);
    assert_eq!(storage.sent("range"), [None, None]);
    drop(download);
    let storage = Storage::new([wrong()]);
    let other = folder.path().join("other");
    assert!(storage.download().to_file(&other).await.is_err());
    assert_eq!(std::fs::read_dir(folder.path()).unwrap().count(), 1);
}

/// A file that is continued has the checksum of all of it, also of what an earlier try wrote.
#[tokio::test]
async fn resumed_file_is_verified_as_a_whole() {
    for (value, right) in [(CRC32C, true), (MD5, true), (OTHER[1], false)] {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("object");
        let broken = promised(&HELLO[..9], HELLO.len())
            .with_header(HASH, value)
            .cut_off();
        let gone = FakeResponse::error(404, "NOT_FOUND", "just now");
        let storage = Storage::new([broken, gone, part(HELLO, 9, HELLO.len())]);
        let mut download = storage.download();
        assert!(download.to_file(&path).await.unwrap_err().is_not_found());
        let result = download.to_file(&path).await;
        assert_eq!(storage.sent("range")[2].as_deref(), Some("bytes=9-"));
        assert_eq!((result.is_ok(), path.exists()), (right, right), "{value}");
        assert!(result.err().is_none_or(|error| error.is_data_loss()));
    }
}

fn base64(bytes: &[u8]) -> String {
    let value = serde_json::to_value(discovery_runtime::Bytes::from(bytes.to_vec())).unwrap();
    value.as_str().unwrap().to_owned()
}
