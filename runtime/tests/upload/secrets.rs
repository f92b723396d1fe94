//! Nothing that an upload shows or logs is a key to anything.

use std::fmt;
use std::sync::Mutex;

use tracing::field::{Field, Visit};
use tracing::span::{Attributes, Id, Record};
use tracing::{Event, Metadata, Subscriber};

use crate::client::World;
use crate::faults::{Fault, On, catalogue};
use crate::source::Pattern;

/// What must not show: the addresses of sessions, upload tokens, access tokens.
const CANARIES: &[&str] = &["SESSION-", "TOKEN-", "ACCESS-", "CANARY", "lake.jpg"];

fn assert_clean(text: &str, what: &str) {
    for canary in CANARIES {
        assert!(!text.contains(canary), "{what} shows {canary}: {text}");
    }
}

/// Looks at everything that is traced, in whichever thread. What one thread does can't be seen by
/// another subscriber reliably, so it is there for all tests.
struct Collector;

/// What was traced: something, a lost session, and what must not be.
static TRACED: Mutex<(bool, bool, Option<String>)> = Mutex::new((false, false, None));

struct Text(String);

impl Text {
    fn look(self) {
        let mut traced = TRACED.lock().unwrap();
        traced.0 |= self.0.contains("photoslibrary.mediaItems.upload");
        traced.1 |= self.0.contains("begins again");
        if CANARIES.iter().any(|canary| self.0.contains(canary)) {
            traced.2 = Some(self.0);
        }
    }
}

impl Visit for Text {
    fn record_debug(&mut self, field: &Field, value: &dyn fmt::Debug) {
        use fmt::Write as _;
        write!(self.0, "{field}={value:?} ").unwrap();
    }
}

impl Subscriber for Collector {
    fn enabled(&self, _: &Metadata<'_>) -> bool {
        true
    }

    fn new_span(&self, attributes: &Attributes<'_>) -> Id {
        let mut text = Text(String::new());
        attributes.record(&mut text);
        text.look();
        Id::from_u64(1)
    }

    fn record(&self, _: &Id, values: &Record<'_>) {
        let mut text = Text(String::new());
        values.record(&mut text);
        text.look();
    }

    fn record_follows_from(&self, _: &Id, _: &Id) {}

    fn event(&self, event: &Event<'_>) {
        let mut text = Text(String::new());
        event.record(&mut text);
        text.look();
    }

    fn enter(&self, _: &Id) {}

    fn exit(&self, _: &Id) {}
}

#[tokio::test]
async fn upload_faults_show_no_secret() {
    tracing::subscriber::set_global_default(Collector).unwrap();
    let mut errors = 0;
    for fault in [On::Start, On::Send, On::Last, On::Query]
        .into_iter()
        .flat_map(catalogue)
    {
        let nudge = Fault::new(On::Send, crate::faults::Kind::ResetAfterAll);
        let faults = (fault.on == On::Query)
            .then_some(nudge)
            .into_iter()
            .chain([fault]);
        let world = World::with_faults(10, 2, faults);
        let upload = world
            .upload(Pattern::new(10))
            .resumable(true)
            .chunk_size(4)
            .file_name("lake.jpg");
        match world.finish(upload).await {
            Ok(token) => assert_clean(&format!("{token:?}"), "a token"),
            Err(error) => {
                errors += 1;
                assert_clean(&format!("{error} {error:?} {error:#?}"), "an error");
                let mut source = std::error::Error::source(&error);
                while let Some(error) = source {
                    assert_clean(&format!("{error} {error:?}"), "a source");
                    source = error.source();
                }
            }
        }
    }
    assert!(errors > 10, "only {errors} errors");
    let traced = TRACED.lock().unwrap().clone();
    assert_eq!(traced, (true, true, None));
}

#[tokio::test]
async fn debug_shows_no_secret() {
    let world = World::new(10, 2);
    let upload = world.upload(Pattern::new(10)).file_name("lake.jpg");
    assert_clean(&format!("{upload:?}"), "an upload");
    let mut session = upload.start().await.unwrap();
    assert_clean(
        &format!("{session:?} {:?}", session.save().unwrap()),
        "a session",
    );
    let token = session.send().await.unwrap();
    assert_clean(&format!("{token:?} {session:?}"), "a token");
    for request in world.server.log() {
        assert_clean(&format!("{:?}", request.headers), "headers");
    }
}
