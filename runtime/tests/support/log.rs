//! Everything that is logged in this process by anybody, at every level.

use std::fmt::{Debug, Write as _};
use std::sync::{Mutex, Once};

use tracing::field::{Field, Visit};
use tracing::span::{Attributes, Id, Record};
use tracing::{Event, Metadata, Subscriber};

static LOG: Mutex<String> = Mutex::new(String::new());

pub(crate) fn install() {
    static ONCE: Once = Once::new();
    ONCE.call_once(|| {
        tracing::subscriber::set_global_default(Recorder).unwrap();
        // A log that has this event sees all others; a test may cause none of its own.
        tracing::trace!("the log begins");
    });
}

pub(crate) fn text() -> String {
    LOG.lock().unwrap().clone()
}

/// Checks that `text` shows no secret, in none of its forms. Every secret has the canary in it.
pub(crate) fn check(what: &str, text: &str) {
    // As it is, and in base64 at each of the three offsets that it can have.
    for form in ["CANARY", "Q0FOQVJZ", "NBTkFSW", "DQU5BUl"] {
        assert!(!text.contains(form), "{what} shows a secret: {text}");
    }
}

/// Checks the log so far, also for secrets that are made by chance.
pub(crate) fn check_all(secrets: &[String]) {
    let text = text();
    assert!(
        !text.is_empty(),
        "the log is not installed, so nothing was checked"
    );
    check("the log", &text);
    for secret in secrets {
        assert!(
            !text.contains(secret),
            "the log shows a code, a state or a verifier"
        );
    }
}

struct Recorder;

struct Writer<'a>(&'a mut String);

impl Visit for Writer<'_> {
    fn record_debug(&mut self, field: &Field, value: &dyn Debug) {
        let _ = write!(self.0, " {}={value:?}", field.name());
    }
}

impl Subscriber for Recorder {
    fn enabled(&self, _: &Metadata<'_>) -> bool {
        true
    }

    fn new_span(&self, span: &Attributes<'_>) -> Id {
        let mut log = LOG.lock().unwrap();
        let _ = write!(log, "\n{}", span.metadata().name());
        span.record(&mut Writer(&mut log));
        Id::from_u64(1)
    }

    fn record(&self, _: &Id, values: &Record<'_>) {
        values.record(&mut Writer(&mut LOG.lock().unwrap()));
    }

    fn record_follows_from(&self, _: &Id, _: &Id) {}

    fn event(&self, event: &Event<'_>) {
        let mut log = LOG.lock().unwrap();
        let _ = write!(log, "\n{}", event.metadata().target());
        event.record(&mut Writer(&mut log));
    }

    fn enter(&self, _: &Id) {}

    fn exit(&self, _: &Id) {}
}

#[test]
fn a_secret_is_found_in_base64() {
    use base64::Engine as _;
    use base64::engine::general_purpose::STANDARD;
    for before in ["", "1", "12"] {
        let text = STANDARD.encode(format!("{before}CANARY!?"));
        let found = std::panic::catch_unwind(|| check("the test", &text)).is_err();
        assert!(found, "{text}");
    }
}
