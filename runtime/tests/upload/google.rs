//! Uploads of methods with `mediaUpload`: one request, two parts, or steps with `Content-Range`.

use std::sync::Arc;

use discovery_runtime::codegen::{
    Call, Context, InContext, Method, Request, RetrySafety, UploadMethod,
};
use discovery_runtime::upload::{Source, Upload};
use discovery_runtime::{Client, Clock as _, Error, HttpMethod, TestClock, Value};
use proptest::prelude::*;

use crate::google_server::{Fault, GoogleServer, UNIT};
use crate::source::Pattern;

/// A call that makes a file.
struct Create {
    context: Context,
    folder: &'static str,
    body: Option<Value>,
}

impl InContext for Create {
    fn context(&self) -> &Context {
        &self.context
    }
}

impl Call for Create {
    type Response = Value;

    const METHOD: Method = Method {
        id: "drive.files.create",
        http: HttpMethod::Post,
        path: "drive/v3/{folder}/files",
        ..Method::DEFAULT
    };

    fn request(&self) -> Request {
        static METHOD: Method = Create::METHOD;
        let request = Request::new(&METHOD)
            .path("folder", self.folder)
            .query("supportsAllDrives", &true);
        match &self.body {
            Some(body) => request.body(body),
            None => request,
        }
    }
}

const MEDIA: UploadMethod = UploadMethod {
    simple: Some("/upload/drive/v3/{folder}/files"),
    multipart: true,
    resumable: Some("/upload/drive/v3/{folder}/files"),
    accept: &["*/*"],
    max_size: Some(1 << 40),
    ..UploadMethod::google()
};

discovery_runtime::codegen::upload!(Create -> Value, MEDIA);

/// The same call if it may be made twice.
struct Update(Create);

impl InContext for Update {
    fn context(&self) -> &Context {
        &self.0.context
    }
}

impl Call for Update {
    type Response = Value;

    const METHOD: Method = Method {
        id: "drive.files.update",
        http: HttpMethod::Put,
        path: "drive/v3/{folder}/files",
        retry: RetrySafety::Idempotent,
        ..Method::DEFAULT
    };

    fn request(&self) -> Request {
        static METHOD: Method = Update::METHOD;
        Request::new(&METHOD).path("folder", self.0.folder)
    }
}

discovery_runtime::codegen::upload!(Update -> Value, MEDIA);

pub(crate) struct World {
    clock: TestClock,
    pub(crate) server: GoogleServer,
    client: Client,
}

impl World {
    pub(crate) fn new(total: u64, faults: impl IntoIterator<Item = Fault>) -> Self {
        let clock = TestClock::new();
        let server = GoogleServer::new(total);
        server.plan(faults);
        let client = crate::client::builder(&clock, &Arc::default())
            .transport(server.clone())
            .build()
            .unwrap();
        Self {
            client: client.core().clone(),
            clock,
            server,
        }
    }

    fn create(&self, body: Option<Value>) -> Create {
        Create {
            context: Context::new(&self.client),
            folder: "a/b",
            body,
        }
    }

    pub(crate) fn steps(&self, total: u64) -> Upload<Value> {
        self.create(None)
            .upload(Pattern::in_pieces(total, 1 << 16))
            .resumable(true)
            .chunk_size(UNIT)
    }
}

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

/// What comes of faults: the steps after the first, or an error.
type Row = (
    &'static str,
    Vec<Fault>,
    Result<&'static [&'static str], fn(&Error) -> bool>,
);

const FIRST: &str = "bytes 0-262143/300000";
const SECOND: &str = "bytes 262144-299999/300000";
const QUERY: &str = "bytes */300000";

const TRUNCATED: &str = r#"{"id": "fi"#;

#[rustfmt::skip]
fn rows() -> Vec<Row> {
    use Fault::{
        Body, BodyCut, Hidden308, Location, Lost, NoConnection, NoLocation, Portal, Range, Reset,
        ResetAfterAll, Status, Stored,
    };
    let none = Fault::None;
    vec![
        ("nothing", vec![], Ok(&["POST", FIRST, SECOND])),
        ("start", vec![NoConnection], Ok(&["POST", "POST", FIRST, SECOND])),
        ("reset", vec![none, Reset { after: 200_000, keeps: 0 }], Ok(&["POST", FIRST, QUERY, FIRST, SECOND])),
        ("one byte kept", vec![none, Reset { after: 200_000, keeps: 1 }], Ok(&["POST", FIRST, QUERY, "bytes 1-262144/300000", "bytes 262145-299999/300000"])),
        ("a part kept", vec![none, none, Reset { after: 30_000, keeps: 30_000 }], Ok(&["POST", FIRST, SECOND, QUERY, "bytes 292144-299999/300000"])),
        ("response lost", vec![none, ResetAfterAll], Ok(&["POST", FIRST, QUERY, SECOND])),
        ("last response lost", vec![none, none, ResetAfterAll], Ok(&["POST", FIRST, SECOND, QUERY])),
        ("last response cut", vec![none, none, BodyCut], Ok(&["POST", FIRST, SECOND, QUERY])),
        // A response whose length is right and whose JSON is not, as after a proxy that broke it: "If
        // you receive a 200 OK or 201 Created response, the upload is complete", and the session
        // gives the response again to a status check.
        // https://cloud.google.com/storage/docs/performing-resumable-uploads#status-check
        ("last response truncated", vec![none, none, Body(TRUNCATED)], Ok(&["POST", FIRST, SECOND, QUERY])),
        ("last response malformed", vec![none, none, Body("<html>")], Ok(&["POST", FIRST, SECOND, QUERY])),
        ("last response empty", vec![none, none, Body("")], Ok(&["POST", FIRST, SECOND, QUERY])),
        ("truncated twice", vec![none, none, Body(TRUNCATED), Body(TRUNCATED)], Ok(&["POST", FIRST, SECOND, QUERY, QUERY])),
        ("truncated after a reset", vec![none, none, ResetAfterAll, Body(TRUNCATED)], Ok(&["POST", FIRST, SECOND, QUERY, QUERY])),
        ("always truncated", vec![none, none, Body(TRUNCATED), Body(TRUNCATED), Body(TRUNCATED), Body(TRUNCATED), Body(TRUNCATED)], Err(|error| error.is_outcome_unknown() && error.http_status() == Some(200))),
        ("truncated and then gone", vec![none, none, Body(TRUNCATED), Lost(410)], Err(Error::is_outcome_unknown)),
        ("503", vec![none, Status(503), Status(503)], Ok(&["POST", FIRST, QUERY, QUERY, FIRST, SECOND])),
        ("401", vec![none, Status(401)], Ok(&["POST", FIRST, QUERY, FIRST, SECOND])),
        ("410", vec![none, none, Lost(410)], Err(Error::is_outcome_unknown)),
        ("404 before the last", vec![none, Lost(404)], Ok(&["POST", FIRST, "POST", FIRST, SECOND])),
        ("missing range", vec![none, Range("")], Ok(&["POST", FIRST, QUERY, SECOND])),
        ("range of something", vec![none, Range("x")], Ok(&["POST", FIRST, QUERY, SECOND])),
        ("ahead", vec![none, Range("bytes=0-262144")], Err(Error::is_data_loss)),
        ("hidden 308", vec![none, Hidden308], Ok(&["POST", FIRST, SECOND])),
        ("captive portal", vec![none, none, Portal], Err(Error::is_protocol)),
        ("no address", vec![NoLocation], Err(Error::is_protocol)),
        ("foreign address", vec![Location("https://evil.example/CANARY")], Err(Error::is_untrusted_url)),
        ("all is stored", vec![none, none, Stored("300000")], Ok(&["POST", FIRST, SECOND])),
        ("less is stored", vec![none, none, Stored("299999")], Err(Error::is_data_loss)),
        ("more is stored", vec![none, none, Stored("300001")], Err(Error::is_data_loss)),
        ("another length after a reset", vec![none, none, ResetAfterAll, Stored("1")], Err(Error::is_data_loss)),
        ("403", vec![none, Status(403)], Err(Error::is_permission_denied)),
        ("redirect", vec![none, Status(307)], Err(Error::is_redirect)),
        ("cancelled", vec![none, Status(499)], Err(|error| error.http_status() == Some(499))),
    ]
}

#[tokio::test]
async fn each_fault_has_its_outcome() {
    for (row, faults, expected) in rows() {
        let world = World::new(300_000, faults);
        let result = world.steps(300_000).send().await;
        match (result, expected) {
            (Ok(_), Ok(steps)) => {
                assert_eq!(world.server.steps(), steps, "{row}");
                assert_eq!(
                    (world.server.files(), world.server.planned()),
                    (1, 0),
                    "{row}"
                );
            }
            (Err(error), Err(is)) => {
                assert!(is(&error), "{row}: {error:?}");
                assert!(!format!("{error} {error:?}").contains("CANARY"), "{row}");
            }
            (result, _) => panic!("{row}: {result:?}"),
        }
        assert!(world.server.files() <= 1, "{row}");
    }
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

fn faults() -> impl Strategy<Value = Vec<Fault>> {
    let fault = prop_oneof![
        4 => Just(Fault::None),
        1 => Just(Fault::NoConnection),
        2 => (0_u64..300_000, 0_u64..300_000).prop_map(|(after, keeps)| Fault::Reset { after, keeps }),
        1 => Just(Fault::ResetAfterAll),
        1 => prop::sample::select(vec![401, 408, 429, 500, 503]).prop_map(Fault::Status),
        1 => prop::sample::select(vec![404, 410]).prop_map(Fault::Lost),
        1 => prop::sample::select(vec!["", "bytes=0-0", "x", "bytes=0-9999999"]).prop_map(Fault::Range),
        1 => Just(Fault::Hidden308),
        1 => Just(Fault::BodyCut),
        1 => prop::sample::select(vec![TRUNCATED, "{id}", ""]).prop_map(Fault::Body),
    ];
    prop::collection::vec(fault, 0..8)
}

proptest! {
    #![proptest_config(ProptestConfig { cases: ProptestConfig::default().cases.max(300), failure_persistence: None, ..ProptestConfig::default() })]

    /// Whatever happens: at most one file, and it is the right one.
    #[test]
    fn random_schedules(faults in faults(), total in prop::sample::select(vec![0, 1, UNIT, 300_000, 2 * UNIT + 5])) {
        let runtime = tokio::runtime::Builder::new_current_thread().build().unwrap();
        let world = World::new(total, faults);
        let result = runtime.block_on(world.steps(total).send());
        prop_assert!(world.server.files() <= 1, "{} files", world.server.files());
        prop_assert!(result.is_err() || world.server.files() == 1);
        prop_assert!(world.clock.now().as_secs() < 3600);
    }
}
