//! What the tests of calls share: a small service, as emitted code describes one, and a client of
//! it that talks to a script and lives by a clock of its own.

#![allow(
    dead_code,
    unreachable_pub,
    reason = "each test file uses a part of it"
)]

use std::time::Duration;

use discovery_runtime::codegen::{
    ApiClient, Call, Context, Method, Paged, PagedItems, Request, RetrySafety, Service,
};
use discovery_runtime::transport::{FakeResponse, FakeTransport, TransportError};
use discovery_runtime::{
    Attempt, Client, ClientBuilder, Clock as _, Credentials, HttpMethod, Items, Jitter, Pages,
    RetryPolicy, TestClock,
};

/// A service whose documentation asks for 30 seconds after a status 429.
pub struct Photos {
    pub core: Client,
}

impl ApiClient for Photos {
    const SERVICE: Service = Service::new("photos", "v1", "https://photos.example.com/")
        .revision("20260101")
        .crate_version("google-photos-v1", "0.1.0")
        .rate_limit_delay(30);

    fn from_core(core: Client) -> Self {
        Self { core }
    }
}

impl Photos {
    pub fn builder() -> ClientBuilder<Self> {
        ClientBuilder::default()
    }

    /// A read: it may be retried.
    pub fn get(&self, id: &str) -> Get {
        Get {
            context: Context::new(&self.core),
            id: id.to_owned(),
        }
    }

    /// A write that may be retried if it was rejected as a whole.
    pub fn create(&self) -> Create {
        Create {
            context: Context::new(&self.core),
            method: &CREATE,
        }
    }

    /// A write that may be retried only if it was not sent.
    pub fn add(&self) -> Create {
        Create {
            context: Context::new(&self.core),
            method: &ADD,
        }
    }

    pub fn list(&self) -> List {
        List {
            context: Context::new(&self.core),
            page_token: None,
        }
    }
}

const SCOPES: &[&str] = &[
    "https://auth.example.com/read",
    "https://auth.example.com/all",
];

const GET: Method = Method {
    id: "photos.albums.get",
    http: HttpMethod::Get,
    path: "v1/albums/{id}",
    scopes: SCOPES,
    retry: RetrySafety::Idempotent,
    ..Method::DEFAULT
};
const CREATE: Method = Method {
    id: "photos.albums.create",
    http: HttpMethod::Post,
    path: "v1/albums",
    scopes: SCOPES,
    retry: RetrySafety::IfNotProcessed,
    ..Method::DEFAULT
};
const ADD: Method = Method {
    id: "photos.albums.add",
    http: HttpMethod::Post,
    path: "v1/albums:add",
    scopes: SCOPES,
    ..Method::DEFAULT
};
const LIST: Method = Method {
    id: "photos.albums.list",
    http: HttpMethod::Get,
    path: "v1/albums",
    scopes: SCOPES,
    retry: RetrySafety::Idempotent,
    ..Method::DEFAULT
};

#[derive(Clone, Default, PartialEq)]
pub struct Album {
    pub id: Option<String>,
    pub title: Option<String>,
}

discovery_runtime::codegen::schema! {
    Album {
        "id" => id: output_only,
        "title" => title,
    }
}

#[derive(Clone, Default, PartialEq)]
pub struct Page {
    pub albums: Vec<Album>,
    pub next_page_token: Option<String>,
}

discovery_runtime::codegen::schema! {
    Page {
        "albums" => albums,
        "nextPageToken" => next_page_token,
    } strict ["albums", "nextPageToken"]
}

#[derive(Clone, Debug)]
pub struct Get {
    context: Context,
    id: String,
}

discovery_runtime::codegen::call! { Get -> Album }

impl Call for Get {
    type Response = Album;

    const METHOD: Method = GET;

    fn request(&self) -> Request {
        Request::new(&GET).path("id", &self.id)
    }
}

#[derive(Clone, Debug)]
pub struct Create {
    context: Context,
    method: &'static Method,
}

discovery_runtime::codegen::call! { Create -> Album }

impl Call for Create {
    type Response = Album;

    const METHOD: Method = CREATE;

    fn request(&self) -> Request {
        Request::new(self.method).body(&Album {
            id: Some("a".into()),
            title: Some("Iceland".into()),
        })
    }
}

#[derive(Clone, Debug)]
pub struct List {
    context: Context,
    page_token: Option<String>,
}

discovery_runtime::codegen::call! { List -> Page }

impl List {
    pub fn page_token(mut self, token: &str) -> Self {
        self.page_token = Some(token.to_owned());
        self
    }

    pub fn pages(self) -> Pages<Self> {
        Pages::new(self)
    }

    pub fn items(self) -> Items<Self> {
        Items::new(self)
    }
}

impl Call for List {
    type Response = Page;

    const METHOD: Method = LIST;

    fn request(&self) -> Request {
        Request::new(&LIST).query("pageToken", &self.page_token)
    }
}

impl Paged for List {
    fn set_page_token(&mut self, token: String) {
        self.page_token = Some(token);
    }

    fn next_page_token(page: &Page) -> Option<&str> {
        page.next_page_token.as_deref()
    }

    fn page_token(&self) -> Option<&str> {
        self.page_token.as_deref()
    }
}

impl PagedItems for List {
    type Item = Album;

    const ITEMS: &'static str = "albums";

    fn items(page: Page) -> Vec<Album> {
        page.albums
    }
}

/// A client, the script that responds to it and the clock of both. A wait is waited in full.
pub struct Setup {
    pub clock: TestClock,
    pub server: FakeTransport,
    pub client: Photos,
}

pub fn setup() -> Setup {
    setup_with(|builder| builder)
}

pub fn setup_with(change: impl FnOnce(ClientBuilder<Photos>) -> ClientBuilder<Photos>) -> Setup {
    let clock = TestClock::new();
    let server = FakeTransport::new(&clock);
    let builder = Photos::builder()
        .credentials(Credentials::token("token"))
        .transport(server.clone())
        .clock(clock.clone())
        .retry(RetryPolicy::default().with_jitter(Jitter::none()));
    let client = change(builder).build().unwrap();
    Setup {
        clock,
        server,
        client,
    }
}

impl Setup {
    pub fn respond(&self, responses: impl IntoIterator<Item = FakeResponse>) {
        responses
            .into_iter()
            .for_each(|response| self.server.respond(response));
    }

    /// The seconds that have passed.
    pub fn seconds(&self) -> u64 {
        self.clock.now().as_secs()
    }
}

pub fn album() -> FakeResponse {
    FakeResponse::json(200, r#"{"id": "a", "title": "Iceland"}"#)
}

pub fn refused() -> FakeResponse {
    FakeResponse::failure(|| TransportError::connect("connection refused"))
}

pub fn reset() -> FakeResponse {
    FakeResponse::failure(|| TransportError::interrupted("connection reset by peer"))
}

pub fn statuses(attempts: &[Attempt]) -> Vec<Option<u16>> {
    attempts.iter().map(|attempt| attempt.status).collect()
}

pub fn seconds(seconds: u64) -> Duration {
    Duration::from_secs(seconds)
}
