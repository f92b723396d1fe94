//! Sessions that are left and gone on with, in this process and in another one.

use std::sync::{Arc, Mutex};

use discovery_runtime::codegen::{Context, Method, RetrySafety};
use discovery_runtime::upload::{SavedSession, Session, Source, Upload, UploadToken};
use discovery_runtime::{Error, HttpMethod};

use crate::client::{UPLOAD, World};
use crate::faults::{Fault, Keeps, Kind, On};
use crate::server::Step;
use crate::source::{Pattern, bytes};

const TOTAL: u64 = 10;

fn upload(world: &World, source: impl Into<Source>) -> Upload<UploadToken> {
    world.upload(source).chunk_size(4)
}

/// What another process would read from a file.
fn through_a_file(saved: &SavedSession) -> SavedSession {
    serde_json::from_str(&serde_json::to_string(saved).unwrap()).unwrap()
}

fn sent(world: &World) -> Vec<u64> {
    let steps = world.server.steps();
    steps
        .iter()
        .filter_map(|step| {
            if let Step::Send { offset, .. } = step {
                Some(*offset)
            } else {
                None
            }
        })
        .collect()
}

/// A session that gave up after the first chunk.
async fn broken(world: &World, source: Pattern) -> (Session<UploadToken>, Error) {
    world.server.plan([Fault::new(On::Last, Kind::Status(503))]);
    world
        .server
        .plan([Fault::new(On::Query, Kind::Status(503)); 4]);
    let mut session = upload(world, source).start().await.unwrap();
    assert_eq!(world.server.steps(), [Step::Start]);
    assert_eq!(session.progress().acknowledged, 0);
    let error = session.send().await.unwrap_err();
    assert_eq!(session.progress().acknowledged, 8);
    (session, error)
}

/// A storm ends the upload and leaves what is needed to go on.
#[tokio::test]
async fn session_resumes_after_an_error() {
    let world = World::new(TOTAL, 2);
    let (mut session, error) = broken(&world, Pattern::new(TOTAL)).await;
    assert!(error.is_server_error() && error.is_retryable(), "{error:?}");
    assert_eq!(error.attempts().len(), 5);
    let before = world.server.steps().len();
    let token = session.send().await.unwrap();
    assert!(world.server.is_complete(token.as_str()));
    let rest = world.server.steps().split_off(before);
    assert_eq!(
        rest,
        [
            Step::Query,
            Step::Send {
                offset: 8,
                length: 2,
                last: true
            }
        ]
    );
    // It is done: asking again sends nothing.
    assert_eq!(session.send().await.unwrap().as_str(), token.as_str());
    assert_eq!(world.server.steps().len(), before + 2);
}

#[tokio::test]
async fn saved_session_resumes_in_another_process() {
    let world = World::new(TOTAL, 2);
    let (session, _) = broken(&world, Pattern::new(TOTAL)).await;
    let saved = through_a_file(&session.save().unwrap());
    drop(session);
    let before = world.server.steps().len();
    let mut session = upload(&world, Pattern::new(TOTAL))
        .resume(&saved)
        .await
        .unwrap();
    assert_eq!(session.progress().acknowledged, 8);
    assert_eq!(world.server.steps()[before..], [Step::Query]);
    let token = session.send().await.unwrap();
    assert!(world.server.is_complete(token.as_str()));
    assert_eq!(sent(&world), [0, 4, 8, 8]);
    assert_eq!(saved.length(), TOTAL);
    assert!(saved.expires_at() > saved.opened_at());
}

#[tokio::test]
async fn session_resumes_after_a_dropped_future() {
    for kind in [Kind::Silence, Kind::SilenceAfter] {
        let world = World::with_faults(TOTAL, 2, [Fault::new(On::Send, kind)]);
        let mut session = upload(&world, Pattern::new(TOTAL)).start().await.unwrap();
        {
            let mut sending = Box::pin(session.send());
            for _ in 0..2 {
                let waker = std::task::Waker::noop();
                assert!(
                    sending
                        .as_mut()
                        .poll(&mut std::task::Context::from_waker(waker))
                        .is_pending()
                );
            }
        }
        session.send().await.unwrap();
        assert_eq!(world.server.steps()[2], Step::Query, "{kind:?}");
        let first = if kind == Kind::Silence { 0 } else { 4 };
        assert_eq!(sent(&world)[1], first, "{kind:?}");
    }
}

/// Dropped after any number of polls, it can go on.
#[tokio::test]
async fn session_resumes_wherever_the_future_was_dropped() {
    for polls in 0..40 {
        let fault = Fault::new(
            On::Send,
            Kind::Reset {
                after: 3,
                keeps: Keeps::Units,
            },
        );
        let world = World::with_faults(TOTAL, 2, [fault]);
        let mut session = upload(&world, Pattern::new(TOTAL)).start().await.unwrap();
        let mut done = false;
        {
            let mut sending = Box::pin(session.send());
            for _ in 0..polls {
                let waker = std::task::Waker::noop();
                if sending
                    .as_mut()
                    .poll(&mut std::task::Context::from_waker(waker))
                    .is_ready()
                {
                    done = true;
                    break;
                }
            }
        }
        let token = session.send().await.unwrap();
        assert!(
            world.server.is_complete(token.as_str()),
            "{polls} polls, done: {done}"
        );
        world.server.check();
    }
}

#[tokio::test]
async fn session_rejects_another_source() {
    let world = World::new(TOTAL, 2);
    let (session, _) = broken(&world, Pattern::new(TOTAL)).await;
    let saved = session.save().unwrap();
    let before = world.server.steps().len();
    let changed = Pattern::new(TOTAL);
    changed.change();
    let sources: [Source; 3] = [
        changed.into(),
        Pattern::new(TOTAL + 1).into(),
        bytes(TOTAL).into(),
    ];
    for source in sources {
        let error = upload(&world, source).resume(&saved).await.unwrap_err();
        assert!(error.is_source_changed(), "{error:?}");
    }
    assert_eq!(world.server.steps().len(), before);
}

#[tokio::test]
async fn session_belongs_to_its_method() {
    static OTHER: Method = Method {
        id: "other.upload",
        http: HttpMethod::Post,
        path: "v1/uploads",
        retry: RetrySafety::Idempotent,
        ..Method::DEFAULT
    };
    let world = World::new(TOTAL, 2);
    let session = upload(&world, Pattern::new(TOTAL)).start().await.unwrap();
    let saved = session.save().unwrap();
    let other = Upload::bare(
        Context::new(&world.client),
        &OTHER,
        &UPLOAD,
        Pattern::new(TOTAL),
    );
    assert!(
        other
            .resume(&saved)
            .await
            .unwrap_err()
            .is_invalid_argument()
    );
}

/// A file with an address is no reason to trust the address.
#[tokio::test]
async fn saved_session_address_is_checked() {
    let world = World::new(TOTAL, 2);
    let session = upload(&world, Pattern::new(TOTAL)).start().await.unwrap();
    let mut saved = serde_json::to_value(session.save().unwrap()).unwrap();
    saved["url"] = "https://evil.example/SESSION-0".into();
    let saved: SavedSession = serde_json::from_value(saved).unwrap();
    let error = upload(&world, Pattern::new(TOTAL))
        .resume(&saved)
        .await
        .unwrap_err();
    assert!(error.is_untrusted_url(), "{error:?}");
    assert_eq!(world.server.steps(), [Step::Start]);
}

#[tokio::test]
async fn lost_session_starts_over() {
    for status in [400, 404, 410] {
        let world = World::new(TOTAL, 2);
        let (session, _) = broken(&world, Pattern::new(TOTAL)).await;
        let saved = session.save().unwrap();
        world
            .server
            .plan([Fault::new(On::Query, Kind::SessionLost(status))]);
        let mut session = upload(&world, Pattern::new(TOTAL))
            .resume(&saved)
            .await
            .unwrap();
        assert_eq!(session.progress().acknowledged, 0);
        let token = session.send().await.unwrap();
        assert_eq!(token.as_str(), "TOKEN-1");
    }
}

/// The process died after the last byte and before the response.
#[tokio::test]
async fn finished_session_gives_its_token_or_starts_over() {
    for in_query in [false, true] {
        let world = World::new(TOTAL, 2);
        if in_query {
            world.server.give_token_in_query();
        }
        let mut session = upload(&world, Pattern::new(TOTAL)).start().await.unwrap();
        let saved = session.save().unwrap();
        session.send().await.unwrap();
        let mut session = upload(&world, Pattern::new(TOTAL))
            .resume(&saved)
            .await
            .unwrap();
        let token = session.send().await.unwrap();
        assert!(world.server.is_complete(token.as_str()));
        assert_eq!(token.as_str(), if in_query { "TOKEN-0" } else { "TOKEN-1" });
    }
}

#[tokio::test]
async fn on_session_reports_every_session() {
    let world = World::with_faults(TOTAL, 2, [Fault::new(On::Last, Kind::SessionLost(404))]);
    let told = Arc::new(Mutex::new(Vec::new()));
    let listener = told.clone();
    let upload = upload(&world, Pattern::new(TOTAL))
        .resumable(true)
        .on_session(move |saved| {
            listener
                .lock()
                .unwrap()
                .push(serde_json::to_value(saved).unwrap());
        });
    world.finish(upload).await.unwrap();
    let told = told.lock().unwrap();
    let urls: Vec<_> = told
        .iter()
        .map(|saved| saved["url"].as_str().unwrap().rsplit('=').next().unwrap())
        .collect();
    assert_eq!(urls, ["SESSION-0", "SESSION-1"]);
}

#[tokio::test]
async fn session_can_be_cancelled() {
    let world = World::new(TOTAL, 2);
    let session = upload(&world, Pattern::new(TOTAL)).start().await.unwrap();
    session.cancel().await.unwrap();
    assert!(world.server.is_cancelled(0));
    assert_eq!(world.server.steps(), [Step::Start, Step::Cancel]);
    // Once, whatever comes of it, and not for ever.
    for kind in [Kind::Silence, Kind::Status(503), Kind::NoConnection] {
        let world = World::with_faults(TOTAL, 2, [Fault::new(On::Any, Kind::NoConnection)]);
        let session = upload(&world, Pattern::new(TOTAL)).start().await.unwrap();
        world.server.plan([Fault::new(On::Any, kind)]);
        assert!(session.cancel().await.is_err(), "{kind:?}");
        assert_eq!(
            world.server.steps(),
            [Step::Start, Step::Start, Step::Cancel],
            "{kind:?}"
        );
    }
}

/// Dropping it tells the server nothing.
#[tokio::test]
async fn dropped_session_is_not_cancelled() {
    let world = World::new(TOTAL, 2);
    drop(upload(&world, Pattern::new(TOTAL)).start().await.unwrap());
    assert_eq!(world.server.steps(), [Step::Start]);
}

/// What is there will never become something, and the server is told.
#[tokio::test]
async fn source_error_cancels_the_session() {
    for (source, changed, chunks) in [
        (Pattern::broken_at(TOTAL, 6), false, 2),
        (Pattern::changing_at(TOTAL, 6), true, 2),
        (Pattern::changing_at(TOTAL, 10), true, 3),
        (Pattern::changing_at(TOTAL, 4), true, 1),
    ] {
        let world = World::new(TOTAL, 2);
        let upload = upload(&world, source)
            .resumable(true)
            .content_type("image/png");
        let error = world.finish(upload).await.unwrap_err();
        assert!(
            error.is_source() && error.is_source_changed() == changed,
            "{error:?}"
        );
        assert_eq!(sent(&world).len(), chunks);
        assert!(world.server.is_cancelled(0));
    }
}

/// A file that grows, shrinks or is replaced between two steps.
#[tokio::test]
async fn changed_file_is_an_error() {
    type Change = fn(&std::path::Path);
    let changes: [(&str, Change); 3] = [
        ("grows", |path| {
            std::fs::write(path, bytes(TOTAL + 1)).unwrap();
        }),
        ("shrinks", |path| {
            std::fs::write(path, bytes(TOTAL - 1)).unwrap();
        }),
        ("is replaced", |path| {
            let other = path.with_extension("other");
            std::fs::write(&other, bytes(TOTAL)).unwrap();
            std::fs::rename(other, path).unwrap();
        }),
    ];
    for (what, change) in changes {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("lake.jpg");
        std::fs::write(&path, bytes(TOTAL)).unwrap();
        let world = World::new(TOTAL, 2);
        let mut session = upload(&world, path.as_path()).start().await.unwrap();
        let saved = session.save().unwrap();
        change(&path);
        let error = session.send().await.unwrap_err();
        assert!(error.is_source_changed(), "it {what}: {error:?}");
        let error = upload(&world, path.as_path())
            .resume(&saved)
            .await
            .unwrap_err();
        assert!(error.is_source_changed(), "it {what}: {error:?}");
        assert!(sent(&world).is_empty());
    }
}

/// Uploads can be spawned.
#[tokio::test]
async fn uploads_are_send() {
    fn spawnable<T: Send + 'static>(_: &T) {}

    let world = World::new(TOTAL, 2);
    spawnable(&upload(&world, Pattern::new(TOTAL)).send());
    spawnable(&upload(&world, Pattern::new(TOTAL)).start());
    let mut session = upload(&world, Pattern::new(TOTAL)).start().await.unwrap();
    let saved = session.save().unwrap();
    let resumed = upload(&world, Pattern::new(TOTAL));
    spawnable(&async move { resumed.resume(&saved).await });
    spawnable(&async move { session.send().await });
    let download = discovery_runtime::download::Download::from_url(&world.client, "");
    spawnable(&download.bytes());
}
