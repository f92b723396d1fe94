//! Downloads of a method from a server that gives the responses of a script, and what real services
//! send in them.

use std::io::Write as _;

use discovery_runtime::codegen::{
    ApiClient, Call, Context, InContext, Method, Request, RetrySafety, Service,
};
use discovery_runtime::download::Download;
use discovery_runtime::transport::{FakeResponse, FakeTransport};
use discovery_runtime::{
    CallOptions, Client, ClientBuilder, Credentials, HttpMethod, Jitter, RetryPolicy, TestClock,
    Value,
};

/// What is stored.
pub(crate) const HELLO: &[u8] = b"hello, storage; hello, storage; hello, storage";

/// A service of stored objects.
pub(crate) struct Storage {
    pub(crate) server: FakeTransport,
    client: Client,
}

struct Objects(Client);

impl ApiClient for Objects {
    const SERVICE: Service = Service::new("storage", "v1", "https://storage.example/");

    fn from_core(core: Client) -> Self {
        Self(core)
    }
}

struct Get(Context);

impl InContext for Get {
    fn context(&self) -> &Context {
        &self.0
    }
}

impl Call for Get {
    type Response = Value;

    const METHOD: Method = Method {
        id: "storage.objects.get",
        http: HttpMethod::Get,
        path: "o/{object}",
        retry: RetrySafety::Idempotent,
        ..Method::DEFAULT
    };

    fn request(&self) -> Request {
        static METHOD: Method = Get::METHOD;
        Request::new(&METHOD).path("object", &"x".to_owned())
    }
}

impl Storage {
    pub(crate) fn new(responses: impl IntoIterator<Item = FakeResponse>) -> Self {
        Self::with_options(responses, CallOptions::default())
    }

    /// A client with options for all its calls.
    pub(crate) fn with_options(
        responses: impl IntoIterator<Item = FakeResponse>,
        options: CallOptions,
    ) -> Self {
        let clock = TestClock::new();
        let server = FakeTransport::new(&clock);
        responses
            .into_iter()
            .for_each(|response| server.respond(response));
        let builder: ClientBuilder<Objects> = ClientBuilder::default();
        let Objects(client) = builder
            .credentials(Credentials::token("ACCESS"))
            .transport(server.clone())
            .clock(clock)
            .call_options(options)
            .retry(RetryPolicy::default().with_jitter(Jitter::none()))
            .build()
            .unwrap();
        Self { server, client }
    }

    pub(crate) fn download(&self) -> Download {
        discovery_runtime::codegen::download_with(&Get(Context::new(&self.client)))
    }

    /// A header of each request.
    pub(crate) fn sent(&self, name: &str) -> Vec<Option<String>> {
        let requests = self.server.requests();
        let headers = requests.iter().map(|request| request.headers.get(name));
        headers.map(|value| value.map(str::to_owned)).collect()
    }
}

/// A response with all of `bytes`.
pub(crate) fn whole(bytes: &[u8]) -> FakeResponse {
    promised(bytes, bytes.len())
}

/// A response that says that it has `length` bytes.
pub(crate) fn promised(bytes: &[u8], length: usize) -> FakeResponse {
    FakeResponse::body(200, "text/plain", bytes.to_vec())
        .with_header("content-length", &length.to_string())
}

/// A response with the part of `bytes` from `start` on.
pub(crate) fn part(bytes: &[u8], start: usize, end: usize) -> FakeResponse {
    let range = format!("bytes {start}-{}/{}", end - 1, bytes.len());
    FakeResponse::body(206, "text/plain", bytes[start..end].to_vec())
        .with_header("content-length", &(end - start).to_string())
        .with_header("content-range", &range)
}

pub(crate) fn gzip(bytes: &[u8]) -> Vec<u8> {
    let mut encoder = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::default());
    encoder.write_all(bytes).unwrap();
    encoder.finish().unwrap()
}
