//! A client whose server, clock and token are made up.

use discovery_runtime::transport::{FakeResponse, FakeTransport};
use discovery_runtime::{Clock as _, Credentials, Error, TestClock};
use google_photoslibrary_v1::Client;

/// In every header that a client sends, and in no error.
const TOKEN: &str = "CANARY-token";

/// More time than any retries may take: an attempt, its timeouts and delays.
const LONGEST: std::time::Duration = std::time::Duration::from_secs(3 * 3600);

pub(super) struct Service {
    pub(super) client: Client,
    pub(super) server: FakeTransport,
    pub(super) clock: TestClock,
}

impl Service {
    /// A service whose every response is this one.
    pub(super) fn responding(response: FakeResponse) -> Self {
        let clock = TestClock::new();
        let server = FakeTransport::new(&clock);
        server.respond_always(response);
        let client = Client::builder()
            .credentials(Credentials::token(TOKEN))
            .transport(server.clone())
            .clock(clock.clone())
            .build()
            .expect("a client with all that it needs");
        Self {
            client,
            server,
            clock,
        }
    }

    /// Checks what holds after any call, and after any transfer.
    pub(super) fn check<T>(&self, result: &Result<T, Error>) {
        if let Err(error) = result {
            for text in [
                error.to_string(),
                format!("{error:?}"),
                format!("{error:#?}"),
            ] {
                assert!(!text.contains(TOKEN), "the token is in {text}");
                let is_hidden = |c: char| c.is_control() && c != '\n';
                assert!(
                    !text.contains(is_hidden),
                    "control characters are in {text:?}"
                );
            }
        }
        let requests = self.server.request_count();
        assert!(requests <= 60, "{requests} requests");
        assert!(self.clock.now() < LONGEST, "{:?}", self.clock.now());
    }
}

/// Runs a future that waits for nothing but the clock of a test.
pub(super) fn block_on<T>(work: impl Future<Output = T>) -> T {
    tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()
        .expect("a runtime")
        .block_on(work)
}
