//! A client for the server, and how an upload with it ends.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use discovery_runtime::codegen::{ApiClient, Context, Method, RetrySafety, Service, UploadMethod};
use discovery_runtime::upload::{Source, Upload, UploadToken};
use discovery_runtime::{
    AccessToken, Client, ClientBuilder, Clock as _, Credentials, CredentialsError, Error,
    HttpMethod, Jitter, RetryPolicy, TestClock,
};

use crate::checksum::sha1_of;
use crate::faults::Fault;
use crate::server::{ENDPOINT, Server};
use crate::source::Pattern;

pub(crate) static METHOD: Method = Method {
    id: "photoslibrary.mediaItems.upload",
    http: HttpMethod::Post,
    path: "v1/uploads",
    retry: RetrySafety::Idempotent,
    ..Method::DEFAULT
};

pub(crate) static UPLOAD: UploadMethod = UploadMethod {
    // The bytes of a pattern are of no type.
    accept: &["image/*", "video/*", "application/octet-stream"],
    max_size: Some(20 << 30),
    token_lifetime: Some(86_400),
    refuse_empty: true,
    ..UploadMethod::x_goog("v1/uploads")
};

/// A generated client as far as uploads need one.
#[derive(Clone)]
pub(crate) struct Photos(Client);

impl Photos {
    pub(crate) fn core(&self) -> &Client {
        &self.0
    }
}

impl ApiClient for Photos {
    const SERVICE: Service = Service::new("photoslibrary", "v1", ENDPOINT).rate_limit_delay(30);

    fn from_core(core: Client) -> Self {
        Self(core)
    }
}

/// Everything that one upload needs.
pub(crate) struct World {
    pub(crate) clock: TestClock,
    pub(crate) server: Server,
    pub(crate) client: Client,
    pub(crate) refreshes: Arc<AtomicUsize>,
}

impl World {
    pub(crate) fn new(total: u64, granularity: u64) -> Self {
        let clock = TestClock::new();
        let server = Server::new(total, granularity);
        let refreshes = Arc::new(AtomicUsize::new(0));
        let client = builder(&clock, &refreshes)
            .transport(server.clone())
            .build()
            .unwrap()
            .0;
        Self {
            clock,
            server,
            client,
            refreshes,
        }
    }

    pub(crate) fn with_faults(
        total: u64,
        granularity: u64,
        faults: impl IntoIterator<Item = Fault>,
    ) -> Self {
        let world = Self::new(total, granularity);
        world.server.plan(faults);
        world
    }

    /// An upload of a client with other credentials.
    pub(crate) fn upload_as(&self, credentials: Credentials, total: u64) -> Upload<UploadToken> {
        let client = builder(&self.clock, &Arc::default())
            .credentials(credentials)
            .transport(self.server.clone())
            .build()
            .unwrap();
        upload(client.core(), Pattern::new(total))
    }

    pub(crate) fn upload(&self, source: impl Into<Source>) -> Upload<UploadToken> {
        upload(&self.client, source)
    }

    /// Uploads in steps and checks what always holds.
    pub(crate) async fn run(&self, total: u64, chunk: u64) -> Result<UploadToken, Error> {
        let mut upload = self
            .upload(Pattern::new(total))
            .resumable(true)
            .chunk_size(chunk);
        if total < 1 << 20 {
            // Whatever is sent again, the checksum of all of it is right.
            upload = upload.sha1(sha1_of(total));
        }
        self.finish(upload).await
    }

    /// Sends an upload and checks what always holds.
    pub(crate) async fn finish(&self, upload: Upload<UploadToken>) -> Result<UploadToken, Error> {
        let result = upload.send().await;
        self.server.check();
        if let Ok(token) = &result {
            assert!(
                self.server.is_complete(token.as_str()),
                "the token {} stands for nothing",
                token.as_str()
            );
        }
        // Nothing here waits for longer than its faults allow.
        assert!(
            self.clock.now() < Duration::from_secs(3600),
            "it took {:?}",
            self.clock.now()
        );
        result
    }

    pub(crate) fn refreshes(&self) -> usize {
        // The first token is no refresh.
        self.refreshes.load(Ordering::SeqCst).saturating_sub(1)
    }
}

pub(crate) fn upload(client: &Client, source: impl Into<Source>) -> Upload<UploadToken> {
    Upload::bare(Context::new(client), &METHOD, &UPLOAD, source)
}

/// A client whose waits are as long as they can be, so that tests know them.
pub(crate) fn builder(clock: &TestClock, fetched: &Arc<AtomicUsize>) -> ClientBuilder<Photos> {
    let fetched = fetched.clone();
    let credentials = Credentials::from_fn(move |_| {
        let number = fetched.fetch_add(1, Ordering::SeqCst);
        async move { Ok(AccessToken::new(format!("ACCESS-{number}"))) }
    });
    ClientBuilder::default()
        .endpoint(ENDPOINT)
        .credentials(credentials)
        .clock(clock.clone())
        .retry(RetryPolicy::default().with_jitter(Jitter::none()))
}

/// Credentials that give a token once and then want a sign-in, and how often they were requested.
pub(crate) fn once(token: &'static str) -> (Credentials, Arc<AtomicUsize>) {
    let requested = Arc::new(AtomicUsize::new(0));
    let count = requested.clone();
    let credentials = Credentials::from_fn(move |_| {
        let number = count.fetch_add(1, Ordering::SeqCst);
        async move {
            if number == 0 {
                Ok(AccessToken::new(token))
            } else {
                Err(CredentialsError::sign_in("revoked"))
            }
        }
    });
    (credentials, requested)
}
