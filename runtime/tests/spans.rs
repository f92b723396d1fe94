//! What the span of a call tells. A process of its own: what other tests do with subscribers at the
//! same time decides what reaches this one.
#![allow(clippy::unwrap_used, reason = "a test may panic, its helpers too")]

mod support;

use std::fmt::Debug;
use std::sync::{Arc, Mutex};

use discovery_runtime::transport::FakeResponse;
use tracing::field::{Field, Visit};
use tracing::span::{Attributes, Id, Record};
use tracing::{Event, Metadata, Subscriber};

use support::*;

/// Keeps the fields that are recorded after a span began.
#[derive(Clone, Default)]
struct Recorded(Arc<Mutex<Vec<String>>>);

impl Visit for Recorded {
    fn record_debug(&mut self, field: &Field, value: &dyn Debug) {
        let line = format!("{}={value:?}", field.name());
        self.0.lock().unwrap().push(line);
    }
}

impl Subscriber for Recorded {
    fn enabled(&self, _: &Metadata<'_>) -> bool {
        true
    }

    fn new_span(&self, _: &Attributes<'_>) -> Id {
        Id::from_u64(1)
    }

    fn record(&self, _: &Id, values: &Record<'_>) {
        values.record(&mut self.clone());
    }

    fn record_follows_from(&self, _: &Id, _: &Id) {}

    fn event(&self, _: &Event<'_>) {}

    fn enter(&self, _: &Id) {}

    fn exit(&self, _: &Id) {}
}

#[tokio::test]
async fn span_has_the_number_of_attempts_and_the_status() {
    let missing = FakeResponse::error(404, "NOT_FOUND", "no");
    for (last, status) in [(album(), "status=200"), (missing, "status=404")] {
        let recorded = Recorded::default();
        let _guard = tracing::subscriber::set_default(recorded.clone());
        let setup = setup();
        let busy = || FakeResponse::error(503, "UNAVAILABLE", "later");
        setup.respond([busy(), busy(), last]);
        let _ = setup.client.get("a").send().await;
        let lines = recorded.0.lock().unwrap().join(" ");
        assert!(lines.contains("attempts=3"), "{lines}");
        assert!(lines.contains(status), "{lines}");
    }
}
