//! However little a response is, what it decodes to takes no more memory than the limit.
//!
//! It has a process of its own: what it measures is the memory of all of it.

#![cfg(target_os = "linux")]
#![allow(clippy::panic, clippy::unwrap_used, reason = "a test may panic")]

use discovery_runtime::codegen::{Call, Context, FromBody, Method, Request, RetrySafety};
use discovery_runtime::transport::{FakeResponse, FakeTransport};
use discovery_runtime::wire::Map;
use discovery_runtime::{CallOptions, Client, Credentials, HttpMethod, Result, TestClock, Value};

/// The size of the bodies here, the limit, and what the process may take beside both.
const BODY: usize = 4 << 20;
const LIMIT: u64 = 16 << 20;
const SLACK: u64 = 24 << 20;

/// A schema as large as those of documents are, which begin again in themselves.
#[derive(Clone, Default, PartialEq)]
struct Wide {
    names: Vec<String>,
    child: Option<Box<Wide>>,
    children: Vec<Wide>,
    by_name: Map<Wide>,
    any: Option<Value>,
    packed: Map<Value>,
    title: Option<String>,
    text: Option<String>,
}

discovery_runtime::codegen::schema! {
    Wide {
        "names" => names,
        "child" => child,
        "children" => children,
        "byName" => by_name,
        "any" => any,
        "packed" => packed,
        "title" => title,
        "text" => text,
    }
}

struct Get<T> {
    context: Context,
    response: std::marker::PhantomData<fn() -> T>,
}

impl<T> discovery_runtime::codegen::InContext for Get<T> {
    fn context(&self) -> &Context {
        &self.context
    }
}

impl<T: FromBody + Send> Call for Get<T> {
    type Response = T;

    const METHOD: Method = Method {
        id: "wide.get",
        http: HttpMethod::Get,
        path: "v1/wide",
        retry: RetrySafety::Idempotent,
        streams: true,
        ..Method::DEFAULT
    };

    fn request(&self) -> Request {
        Request::new(&Self::METHOD)
    }
}

struct World {
    server: FakeTransport,
    client: Client,
}

impl World {
    fn new() -> Self {
        let clock = TestClock::new();
        let server = FakeTransport::new(&clock);
        let client = Client::builder()
            .endpoint("https://wide.example.com/")
            .credentials(Credentials::anonymous())
            .transport(server.clone())
            .clock(clock)
            .max_decoded_size(LIMIT)
            .max_error_size(BODY as u64)
            .build()
            .unwrap();
        Self { server, client }
    }

    async fn get<T: FromBody + Send>(&self, body: &str) -> Result<T> {
        self.server.respond(FakeResponse::json(200, body));
        discovery_runtime::codegen::send(&Get::<T> {
            context: Context::new(&self.client),
            response: std::marker::PhantomData,
        })
        .await
    }
}

/// A part so often that the whole has the size of a body here, between two texts.
fn body(before: &str, part: &str, after: &str) -> String {
    let count = BODY / (part.len() + 1);
    format!("{before}{}{after}", vec![part; count].join(","))
}

fn status(name: &str) -> u64 {
    let status = std::fs::read_to_string("/proc/self/status").unwrap();
    let line = status.lines().find(|line| line.starts_with(name)).unwrap();
    let number = line.split_whitespace().nth(1).unwrap();
    number.parse::<u64>().unwrap() * 1024
}

/// How much memory `work` took at most, in bytes (proc(5): 5 resets the peak).
async fn peak<T>(work: impl Future<Output = T>) -> (T, u64) {
    std::fs::write("/proc/self/clear_refs", "5").unwrap();
    let before = status("VmRSS:");
    let done = work.await;
    (done, status("VmHWM:").saturating_sub(before))
}

fn check<T>((outcome, peak): (Result<T>, u64), what: &str) {
    let Err(error) = outcome else {
        panic!("{what}: it was decoded, in {peak} bytes");
    };
    assert!(error.is_too_large(), "{what}: {error:?}");
    assert!(error.is_decode() && !error.is_retryable(), "{what}");
    let text = error.to_string();
    assert!(
        text.contains("decodes to more than 16777216 bytes"),
        "{text}"
    );
    // The body is there up to three times: as it came, joined, and in the error.
    assert!(peak < LIMIT + 3 * BODY as u64 + SLACK, "{what}: {peak}");
}

/// One after the other, as all of them measure the memory of the process.
#[tokio::test]
async fn decoded_memory_is_limited() {
    memory_of_values_is_limited().await;
    memory_of_errors_is_limited().await;
    memory_of_raw_responses_is_limited().await;
}

/// Every place that holds parts, in both readings.
async fn memory_of_values_is_limited() {
    let world = World::new();
    let in_wide = |before: &str, part: &str, after: &str| {
        let before = format!("[{{{before}");
        body(&before, part, &format!("{after}}}]"))
    };
    let bodies = [
        ("list", body("[", "{}", "]")),
        ("list in a schema", in_wide("\"children\":[", "{}", "]")),
        ("texts", in_wide("\"names\":[", "\"\"", "]")),
        ("boxes", body("[", r#"{"child":{"child":{}}}"#, "]")),
        ("small maps", body("[", r#"{"byName":{"":{}}}"#, "]")),
        ("any list", in_wide("\"any\":[", "[]", "]")),
        ("any objects", in_wide("\"any\":[", r#"{"":0}"#, "]")),
        ("packed", in_wide("\"packed\":{\"a\":[", "{\"\":0}", "]}")),
    ];
    for (what, body) in &bodies {
        check(peak(world.get::<Vec<Wide>>(body)).await, what);
        // A value that cannot be read, for which the body is read again.
        let body = format!("[{{\"title\":1}},{}", &body[1..]);
        check(peak(world.get::<Vec<Wide>>(&body)).await, what);
    }
    let many: String = (0..BODY / 16).fold("{".to_owned(), |mut text, number| {
        text.push_str(&format!("\"{number:08}\":{{}},"));
        text
    });
    let entries = format!("[{}}}]", many.trim_end_matches(','));
    check(peak(world.get::<Vec<Map<Wide>>>(&entries)).await, "a map");
    check(peak(world.get::<Vec<Value>>(&entries)).await, "JSON");
}

/// The error is that of the status; its body is kept, and not read.
async fn memory_of_errors_is_limited() {
    let world = World::new();
    for (status, part) in [(404, "{\"\":0}"), (503, "[]")] {
        let bomb = body(r#"{"error":{"message":"no","details":["#, part, "]}}");
        world
            .server
            .respond_always(FakeResponse::json(status, bomb.as_str()));
        let options = CallOptions::default().with_retry(discovery_runtime::RetryPolicy::none());
        let call = world.client.request(HttpMethod::Get, "v1/wide");
        let (outcome, peak) = peak(call.options(options).send()).await;
        let error = outcome.unwrap_err();
        assert_eq!(error.http_status(), Some(status));
        assert!(error.rpc_status().is_none(), "{status}");
        assert!(peak < LIMIT + 4 * BODY as u64 + SLACK, "{status}: {peak}");
    }
}

async fn memory_of_raw_responses_is_limited() {
    let world = World::new();
    let call = || world.client.request(HttpMethod::Get, "v1/wide");
    for part in ["{\"\":0}", "[]"] {
        let bomb = body("[", part, "]");
        world
            .server
            .respond_always(FakeResponse::json(200, bomb.as_str()));
        let response = call().send().await.unwrap();
        check(peak(async { response.json::<Value>() }).await, part);
        let roomy = CallOptions::default().with_max_decoded_size(4 << 30);
        let response = call().options(roomy).send().await.unwrap();
        assert!(response.json::<Value>().is_ok());
    }
}

/// A call can have a limit of its own, in both directions.
#[tokio::test]
async fn call_has_its_own_limit() {
    let world = World::new();
    world
        .server
        .respond_always(FakeResponse::json(200, r#"[{"title":"a"},{},{},{},{}]"#));
    for (limit, fits) in [(100, false), (64 << 10, true)] {
        let options = CallOptions::default().with_max_decoded_size(limit);
        let mut context = Context::new(&world.client);
        context.set_options(options);
        let call = Get::<Vec<Wide>> {
            context,
            response: std::marker::PhantomData,
        };
        let outcome = discovery_runtime::codegen::send(&call).await;
        assert_eq!(outcome.is_ok(), fits, "{outcome:?}");
        assert!(fits || outcome.unwrap_err().is_too_large());
    }
}
