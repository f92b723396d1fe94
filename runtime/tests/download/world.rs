//! Everything that one download needs.

use discovery_runtime::codegen::{ApiClient, Service};
use discovery_runtime::download::Download;
use discovery_runtime::{
    AccessToken, Client, ClientBuilder, Credentials, Jitter, RetryPolicy, TestClock,
};

use crate::server::{ENDPOINT, Fault, MEDIA, Server};

/// A generated client as far as downloads need one.
pub(crate) struct Photos(Client);

impl ApiClient for Photos {
    const SERVICE: Service = Service::new("photoslibrary", "v1", ENDPOINT).rate_limit_delay(30);

    fn from_core(core: Client) -> Self {
        Self(core)
    }
}

/// Everything that one download needs.
pub(crate) struct World {
    pub(crate) clock: TestClock,
    pub(crate) server: Server,
    pub(crate) client: Client,
}

impl World {
    pub(crate) fn new(faults: impl IntoIterator<Item = Fault>) -> Self {
        let content: Vec<u8> = (1..=20).collect();
        Self::with_content(content, faults)
    }

    pub(crate) fn with_content(
        content: impl Into<Vec<u8>>,
        faults: impl IntoIterator<Item = Fault>,
    ) -> Self {
        let clock = TestClock::new();
        let server = Server::new(&clock, content);
        server.plan(faults);
        let credentials = Credentials::from_fn(|_| {
            use std::sync::atomic::{AtomicU32, Ordering};
            static NUMBER: AtomicU32 = AtomicU32::new(0);
            let number = NUMBER.fetch_add(1, Ordering::Relaxed);
            async move { Ok(AccessToken::new(format!("ACCESS-{number}"))) }
        });
        let builder: ClientBuilder<Photos> = ClientBuilder::default();
        let Photos(client) = builder
            .endpoint(ENDPOINT)
            .credentials(credentials)
            .transport(server.clone())
            .clock(clock.clone())
            .retry(RetryPolicy::default().with_jitter(Jitter::none()))
            .build()
            .unwrap();
        Self {
            clock,
            server,
            client,
        }
    }

    pub(crate) fn download(&self) -> Download {
        Download::from_url(&self.client, MEDIA)
    }

    pub(crate) fn content(&self) -> Vec<u8> {
        self.server.content()
    }
}
