//! Bytes that are compared with a checksum while they are sent.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use discovery_runtime::BoxFuture;
use discovery_runtime::upload::{Fingerprint, SavedSession, Source, SourceStream, UploadSource};
use sha1::{Digest as _, Sha1};

use crate::client::World;
use crate::faults::{Fault, Kind, On};
use crate::source::{Pattern, bytes};

const TOTAL: u64 = 10;

/// The SHA-1 of a source of this length.
pub(crate) fn sha1_of(length: u64) -> [u8; 20] {
    Sha1::digest(bytes(length)).into()
}

/// <https://github.com/dtinit/data-transfer-project> sends it so: base64 of the raw digest.
#[tokio::test]
async fn checksum_goes_along_with_a_raw_upload() {
    let world = World::new(TOTAL, 1);
    let upload = world.upload(Pattern::new(TOTAL)).resumable(false);
    world.finish(upload.sha1(sha1_of(TOTAL))).await.unwrap();
    let expected = format!("sha1={}", STANDARD.encode(sha1_of(TOTAL)));
    let hash = |world: &World| {
        let log = world.server.log();
        log[0].headers.get("x-goog-hash").map(str::to_owned)
    };
    assert_eq!(hash(&world), Some(expected));
    let world = World::new(TOTAL, 1);
    let upload = world.upload(Pattern::new(TOTAL)).resumable(false);
    world.finish(upload).await.unwrap();
    assert_eq!(hash(&world), None);
}

/// The source says that it is the same, as a file does that was edited in place by a tool that keeps
/// its length and time.
#[tokio::test]
async fn other_bytes_than_those_of_the_checksum_give_no_token() {
    for (resumable, chunk) in [(false, 16), (true, 4), (true, 10), (true, 16)] {
        let world = World::new(TOTAL, 2);
        let upload = world
            .upload(Pattern::new(TOTAL))
            .resumable(resumable)
            .chunk_size(chunk)
            .sha1(sha1_of(TOTAL + 1));
        let error = world.finish(upload).await.unwrap_err();
        assert!(error.is_source_changed(), "{resumable} {chunk}: {error:?}");
        if resumable {
            assert!(!world.server.is_complete("TOKEN-0"));
            assert!(world.server.is_cancelled(0));
        }
    }
}

/// A session whose bytes are all there ends with a request without bytes.
#[tokio::test]
async fn a_resumed_session_is_compared_from_its_first_byte() {
    for (offset, is_right) in [(4, true), (4, false), (10, true), (10, false)] {
        let world = World::new(TOTAL, 2);
        let sha1 = sha1_of(if is_right { TOTAL } else { TOTAL + 1 });
        let upload = |source: Source| world.upload(source).chunk_size(offset).sha1(sha1);
        let kind = Kind::StatusAfter(503);
        world.server.plan([Fault::new(On::Send, kind)]);
        world
            .server
            .plan([Fault::new(On::Query, Kind::Status(503)); 4]);
        let mut session = upload(Pattern::new(TOTAL).into()).start().await.unwrap();
        let saved = session.save().unwrap();
        let sent = session.send().await;
        if !is_right && offset == TOTAL {
            assert!(sent.unwrap_err().is_source_changed());
            continue;
        }
        sent.unwrap_err();
        // The same bytes, from elsewhere.
        let result = match upload(bytes(TOTAL).into()).resume(&saved).await {
            Ok(mut session) => session.send().await,
            Err(error) => Err(error),
        };
        match result {
            Ok(token) => assert!(is_right && world.server.is_complete(token.as_str())),
            Err(error) => assert!(!is_right && error.is_source_changed(), "{error:?}"),
        }
    }
}

#[tokio::test]
async fn a_session_belongs_to_its_checksum() {
    let world = World::new(TOTAL, 2);
    let upload = |sha1| world.upload(Pattern::new(TOTAL)).sha1(sha1);
    let session = upload(sha1_of(TOTAL)).start().await.unwrap();
    let saved: SavedSession = session.save().unwrap();
    let error = upload(sha1_of(3)).resume(&saved).await.unwrap_err();
    assert!(error.is_source_changed(), "{error:?}");
    let error = world.upload(Pattern::new(TOTAL)).resume(&saved).await;
    assert!(error.unwrap_err().is_source_changed());
    assert!(upload(sha1_of(TOTAL)).resume(&saved).await.is_ok());
}

/// A source that says its SHA-1 by itself.
struct Known(Pattern, [u8; 20]);

impl UploadSource for Known {
    fn len(&self) -> BoxFuture<'_, std::io::Result<u64>> {
        self.0.len()
    }

    fn open(&self, offset: u64) -> BoxFuture<'_, std::io::Result<SourceStream>> {
        self.0.open(offset)
    }

    fn fingerprint(&self) -> BoxFuture<'_, std::io::Result<Fingerprint>> {
        self.0.fingerprint()
    }

    fn sha1(&self) -> Option<[u8; 20]> {
        Some(self.1)
    }
}

/// The server compares; it is not computed a second time. What the caller says is compared here if it is
/// something else.
#[tokio::test]
async fn checksum_of_the_source_goes_along() {
    for length in [TOTAL, TOTAL + 1] {
        let world = World::new(TOTAL, 1);
        let source = || Known(Pattern::new(TOTAL), sha1_of(length));
        let upload = || world.upload(source()).resumable(false);
        world.finish(upload()).await.unwrap();
        world.finish(upload().sha1(sha1_of(length))).await.unwrap();
        let expected = format!("sha1={}", STANDARD.encode(sha1_of(length)));
        let log = world.server.log();
        assert_eq!(log.len(), 2);
        for request in log {
            let hash = request.headers.get("x-goog-hash");
            assert_eq!(hash.map(str::to_owned), Some(expected.clone()));
        }
        let error = world.finish(upload().sha1(sha1_of(3))).await.unwrap_err();
        assert!(error.is_source_changed(), "{error:?}");
    }
    let world = World::new(TOTAL, 2);
    let session = world.upload(Known(Pattern::new(TOTAL), sha1_of(TOTAL)));
    let saved = session.start().await.unwrap().save().unwrap();
    let same = world.upload(Pattern::new(TOTAL)).sha1(sha1_of(TOTAL));
    assert!(same.resume(&saved).await.is_ok());
}
