//! What the tests share.

pub mod browser;
pub mod clock;
#[path = "../../support/log.rs"]
pub(crate) mod log;
pub mod server;

use std::error::Error;
use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::time::Duration;

use discovery_runtime::oauth::InstalledApp;
use discovery_runtime::transport::{FakeResponse, FakeTransport, HyperTransport};
use discovery_runtime::{Client, Credentials, HttpMethod, RetryPolicy, TestClock};
use hyper_util::client::legacy::Client as HyperClient;
use hyper_util::rt::TokioExecutor;
use tempfile::TempDir;

pub use self::browser::Browser;
pub use self::clock::ManualClock;
pub use self::server::{AuthServer, Reply};

pub const CLIENT_ID: &str = "123.apps.googleusercontent.com";
pub const CLIENT_SECRET: &str = "GOCSPX-CANARY-client";

pub const SECOND: Duration = Duration::from_secs(1);
pub const HOUR: Duration = Duration::from_secs(3600);

/// An authorization server, an app of it that has a file, a browser and a clock.
pub struct Setup {
    pub server: AuthServer,
    pub clock: ManualClock,
    pub browser: Browser,
    pub folder: TempDir,
}

impl Setup {
    pub async fn new() -> Self {
        log::install();
        let server = AuthServer::start().await;
        Self {
            browser: Browser::new(&server),
            server,
            clock: ManualClock::new(),
            folder: tempfile::tempdir().unwrap(),
        }
    }

    /// The app, as if it was started anew.
    pub fn app(&self) -> InstalledApp {
        InstalledApp::new(CLIENT_ID, CLIENT_SECRET)
            .scopes(["scope/a", "scope/b"])
            .store(self.file())
            .endpoints(self.server.endpoints())
            .transport(transport())
            .clock(self.clock.clone())
            .open_with(self.browser.opener())
    }

    /// The token file, in a folder that is not there yet.
    pub fn file(&self) -> PathBuf {
        self.folder.path().join("gallery/google.json")
    }

    pub fn saved(&self) -> serde_json::Value {
        read_json(&self.file())
    }

    /// Signs in, and gives a client back that was told so.
    pub async fn signed_in(&self) -> Caller {
        Caller::new(self.app().sign_in().await.unwrap(), &self.clock)
    }

    /// Checks that nobody saw a secret, and that what was scripted took place.
    pub fn finish(self) {
        self.server.assert_finished();
        log::check_all(&self.server.secrets());
    }
}

/// The default transport without TLS, which takes long to set up: it reads the certificates of the
/// system. The apps of `files` have it.
pub fn transport() -> HyperTransport {
    HyperTransport::from_hyper_client(HyperClient::builder(TokioExecutor::new()).build_http())
}

pub fn read_json(path: &Path) -> serde_json::Value {
    serde_json::from_slice(&std::fs::read(path).unwrap()).unwrap()
}

/// A client of an API that takes every token, unless it is told otherwise.
#[derive(Clone)]
pub struct Caller {
    pub client: Client,
    pub api: FakeTransport,
}

impl Caller {
    pub fn new(credentials: Credentials, clock: &ManualClock) -> Self {
        Self::with_scopes(credentials, clock, None)
    }

    pub fn with_scopes(
        credentials: Credentials,
        clock: &ManualClock,
        scopes: Option<&[&str]>,
    ) -> Self {
        let api = FakeTransport::new(&TestClock::new());
        api.respond_always(FakeResponse::json(200, "{}"));
        let mut builder = Client::builder()
            .endpoint("https://photos.example.com/")
            .credentials(credentials)
            .transport(api.clone())
            .clock(clock.clone())
            .retry(RetryPolicy::none());
        if let Some(scopes) = scopes {
            builder = builder.scopes(scopes.iter().copied());
        }
        Self {
            client: builder.build().unwrap(),
            api,
        }
    }

    /// Makes a call.
    pub async fn call(&self) -> discovery_runtime::Result<()> {
        self.client
            .request(HttpMethod::Get, "v1/albums")
            .send()
            .await
            .map(drop)
    }

    /// Makes a call that fails, and checks what the error shows.
    pub async fn fail(&self) -> discovery_runtime::Error {
        let error = self.call().await.expect_err("the call succeeded");
        log::check("an error", &chain(&error));
        error
    }

    /// Turns down the next `count` requests, as if their access token was not good.
    pub fn reject(&self, count: usize) {
        for _ in 0..count {
            self.api.respond(FakeResponse::error(
                401,
                "UNAUTHENTICATED",
                "Invalid credentials.",
            ));
        }
    }

    /// The access tokens that came, without what all of them begin with.
    pub fn tokens(&self) -> Vec<String> {
        let requests = self.api.requests();
        let headers = requests
            .iter()
            .map(|request| request.headers.get("authorization").unwrap());
        headers
            .map(|header| header.replace("Bearer ya29.CANARY-", ""))
            .collect()
    }
}

/// An error with everything below it, in all forms.
pub fn chain(error: &dyn Error) -> String {
    let mut text = String::new();
    let mut next = Some(error);
    while let Some(error) = next {
        let _ = write!(text, "{error}\n{error:?}\n{error:#?}\n");
        next = error.source();
    }
    text
}
