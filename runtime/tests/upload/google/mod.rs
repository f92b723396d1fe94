//! Uploads of methods with `mediaUpload`: one request, two parts, or steps with `Content-Range`.

mod faults;
mod world;

use discovery_runtime::upload::Source;
use discovery_runtime::{HttpMethod, Value};

use self::faults::{FIRST, QUERY, SECOND};
use self::world::Update;
pub(crate) use self::world::World;
use crate::google_server::{Fault, UNIT};
use crate::source::Pattern;

fn described() -> Value {
    serde_json::json!({ "name": "lake.jpg" })
}

#[tokio::test]
async fn small_files_without_a_description_are_one_request() {
    let world = World::new(10, []);
    let file = world
        .create(None)
        .upload(Pattern::new(10))
        .content_type("image/png")
        .send()
        .await
        .unwrap();
    assert_eq!(file["id"], "file");
    let log = world.server.log();
    assert_eq!(log.len(), 1);
    let expected = "https://photos.example/upload/drive/v3/a%2Fb/files?supportsAllDrives=true&uploadType=media";
    assert_eq!(log[0].url, expected);
    assert_eq!(log[0].headers.get("content-type"), Some("image/png"));
    assert_eq!(log[0].body, crate::source::bytes(10));
}

#[tokio::test]
async fn small_files_with_a_description_are_two_parts() {
    let world = World::new(10, []);
    world
        .create(Some(described()))
        .upload(Pattern::new(10))
        .send()
        .await
        .unwrap();
    let request = &world.server.log()[0];
    assert!(request.url.ends_with("uploadType=multipart"));
    let boundary = request
        .headers
        .get("content-type")
        .unwrap()
        .strip_prefix("multipart/related; boundary=")
        .unwrap();
    let head = format!(
        "--{boundary}\r\nContent-Type: application/json; charset=UTF-8\r\n\r\n{{\"name\":\"lake.jpg\"}}\r\n\
         --{boundary}\r\nContent-Type: application/octet-stream\r\n\r\n"
    );
    let tail = format!("\r\n--{boundary}--\r\n");
    let expected = [head.as_bytes(), &crate::source::bytes(10), tail.as_bytes()].concat();
    assert_eq!(request.body, expected);
}

#[tokio::test]
async fn large_files_go_in_steps() {
    let total = 2 * UNIT + 1;
    let world = World::new(total, []);
    let upload = world
        .create(Some(described()))
        .upload(Pattern::in_pieces(total, 1 << 16))
        .resumable(true)
        .chunk_size(1);
    assert_eq!(upload.send().await.unwrap()["id"], "file");
    let log = world.server.log();
    assert_eq!(log[0].method, HttpMethod::Post);
    assert!(
        log[0]
            .url
            .starts_with("https://photos.example/upload/drive/v3/a%2Fb/files?"),
        "{}",
        log[0].url
    );
    assert!(log[0].url.ends_with("uploadType=resumable"));
    assert_eq!(
        log[0].headers.get("x-upload-content-length"),
        Some("524289")
    );
    assert_eq!(
        log[0].headers.get("x-upload-content-type"),
        Some("application/octet-stream")
    );
    assert_eq!(log[0].body, br#"{"name":"lake.jpg"}"#);
    assert!(
        log[1..]
            .iter()
            .all(|request| request.method == HttpMethod::Put)
    );
    let expected = [
        "POST",
        "bytes 0-262143/524289",
        "bytes 262144-524287/524289",
        "bytes 524288-524288/524289",
    ];
    assert_eq!(world.server.steps(), expected);
}

/// Sizes at the edges of a chunk and of the unit.
#[tokio::test]
async fn sizes_at_the_edges_of_chunk_and_unit() {
    for total in [0, 1, UNIT - 1, UNIT, UNIT + 1, 2 * UNIT] {
        let world = World::new(total, []);
        world.steps(total).send().await.unwrap();
        assert_eq!(world.server.files(), 1, "{total}");
        let chunks = total.div_ceil(UNIT).max(1);
        assert_eq!(world.server.log().len() as u64, 1 + chunks, "{total}");
    }
    let world = World::new(0, []);
    world.steps(0).send().await.unwrap();
    assert_eq!(world.server.steps(), ["POST", "bytes */0"]);
}

/// Nothing is made of a source that grows or shrinks during a session, although each request alone
/// is as long as it says, and its fingerprint is the same.
#[tokio::test]
async fn source_of_another_size_ends_the_session() {
    for (total, now) in [
        (300_000, 300_001),
        (300_000, 299_999),
        (UNIT + 1, 2 * UNIT),
        (UNIT + 2, UNIT),
    ] {
        let world = World::new(total, []);
        let source = Pattern::in_pieces(total, 1 << 16);
        let resized = source.clone();
        let upload = world
            .create(None)
            .upload(source)
            .resumable(true)
            .chunk_size(UNIT);
        let upload = upload.on_progress(move |_| resized.resize(now));
        let error = upload.send().await.unwrap_err();
        assert!(error.is_source_changed(), "{total}, then {now}: {error:?}");
        assert_eq!(world.server.files(), 0);
        assert!(world.server.log().last().unwrap().method == HttpMethod::Delete);
    }
    // When no byte is left to be read.
    let world = World::new(0, []);
    let source = Pattern::new(0);
    let resized = source.clone();
    let upload = world.create(None).upload(source).resumable(true);
    let upload = upload.on_session(move |_| resized.resize(1));
    assert!(upload.send().await.unwrap_err().is_source_changed());
    assert_eq!(world.server.files(), 0);
    // While the last bytes are read, or the only ones.
    for resumable in [true, false] {
        let world = World::new(10, []);
        let upload = world.create(None).upload(Pattern::growing_at(10, 9));
        let error = upload.resumable(resumable).send().await.unwrap_err();
        assert!(error.is_source_changed(), "{resumable}: {error:?}");
        assert_eq!(world.server.files(), 0);
    }
}

/// What the method can't do twice is never done twice.
#[tokio::test]
async fn single_request_is_retried_only_if_safe() {
    for (fault, safe) in [
        (Fault::NoConnection, true),
        (Fault::Status(401), true),
        (Fault::Status(503), false),
        (Fault::ResetAfterAll, false),
        (Fault::Reset { after: 3, keeps: 0 }, false),
    ] {
        let world = World::new(10, [fault]);
        let result = world.create(None).upload(Pattern::new(10)).send().await;
        assert_eq!(result.is_ok(), safe, "{fault:?}: {result:?}");
        if let Err(error) = result {
            assert!(error.is_outcome_unknown(), "{error:?}");
            assert_eq!(world.server.log().len(), 1);
        }
        let world = World::new(10, [fault]);
        let update = Update(world.create(None));
        assert!(
            update.upload(Pattern::new(10)).send().await.is_ok(),
            "{fault:?}"
        );
        assert_eq!(world.server.log()[0].method, HttpMethod::Put);
    }
}

#[tokio::test]
async fn session_resumes_elsewhere_and_can_be_cancelled() {
    let total = 300_000;
    let world = World::new(total, [Fault::None, Fault::None, Fault::Status(403)]);
    let mut session = world.steps(total).start().await.unwrap();
    assert!(session.send().await.unwrap_err().is_permission_denied());
    let saved = session.save().unwrap();
    let mut session = world.steps(total).resume(&saved).await.unwrap();
    assert_eq!(session.progress().acknowledged, UNIT);
    session.send().await.unwrap();
    assert_eq!(world.server.steps(), ["POST", FIRST, SECOND, QUERY, SECOND]);
    let session = world.steps(total).start().await.unwrap();
    session.cancel().await.unwrap();
    assert_eq!(
        world.server.log().last().unwrap().method,
        HttpMethod::Delete
    );
}

#[tokio::test]
async fn invalid_uploads_are_rejected() {
    let world = World::new(10, []);
    let named = world
        .create(None)
        .upload(Pattern::new(10))
        .file_name("lake.jpg");
    assert!(named.send().await.unwrap_err().is_invalid_argument());
    let mut create = world.create(None);
    create.folder = "..";
    assert!(
        create
            .upload(Source::from(Pattern::new(10)))
            .send()
            .await
            .unwrap_err()
            .is_invalid_argument()
    );
    assert!(world.server.log().is_empty());
}
