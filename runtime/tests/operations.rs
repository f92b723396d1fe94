//! Waiting for long-running operations, in virtual time.

#![allow(clippy::unwrap_used, reason = "a test may panic, its helpers too")]

use std::time::Duration;

use discovery_runtime::codegen::{self, ApiClient, Call, Context, LongRunning, Request, Service};
use discovery_runtime::operation::{Operation as _, Wait};
use discovery_runtime::rpc::Code;
use discovery_runtime::transport::{FakeResponse, FakeTransport};
use discovery_runtime::{
    Client, Clock as _, Credentials, HttpMethod, Map, Method, RetrySafety, TestClock, Value,
};

#[derive(Clone, Default, PartialEq)]
struct Status {
    code: Option<i32>,
    message: Option<String>,
}

codegen::schema! {
    Status {
        "code" => code,
        "message" => message,
    }
}

#[derive(Clone, Default, PartialEq)]
struct Operation {
    name: Option<String>,
    done: Option<bool>,
    error: Option<Status>,
    response: Map<Value>,
}

codegen::schema! {
    Operation {
        "name" => name,
        "done" => done,
        "error" => error,
        "response" => response,
    }
}

impl discovery_runtime::operation::Operation for Operation {
    fn name(&self) -> Option<&str> {
        self.name.as_deref()
    }

    fn is_done(&self) -> bool {
        self.done == Some(true)
    }

    fn failure(&self) -> Option<discovery_runtime::rpc::Status> {
        codegen::failure(self.error.as_ref())
    }

    fn response(&self) -> Option<&Map<Value>> {
        Some(&self.response).filter(|packed| !packed.is_empty())
    }
}

#[derive(Clone, Debug)]
struct Create {
    context: Context,
}

impl Call for Create {
    type Response = Operation;

    const METHOD: Method = Method {
        id: "things.create",
        http: HttpMethod::Post,
        path: "v1/things",
        ..Method::DEFAULT
    };

    fn request(&self) -> Request {
        Request::new(&Self::METHOD)
    }
}

const GET: Method = Method {
    id: "operations.get",
    http: HttpMethod::Get,
    path: "v1/{name=**}",
    retry: RetrySafety::Idempotent,
    ..Method::DEFAULT
};
const CANCEL: Method = Method {
    id: "operations.cancel",
    http: HttpMethod::Post,
    path: "v1/{name=**}:cancel",
    ..Method::DEFAULT
};

impl LongRunning for Create {
    fn poll(&self, operation: &Operation) -> Request {
        Request::new(&GET).path("name", &operation.name)
    }

    fn cancel(&self, operation: &Operation) -> Option<Request> {
        Some(Request::new(&CANCEL).path("name", &operation.name))
    }
}

codegen::call!(Create -> Operation);
codegen::long_running!(Create);

struct Things(Client);

impl ApiClient for Things {
    const SERVICE: Service = Service::new("things", "v1", "https://things.googleapis.com/");

    fn from_core(core: Client) -> Self {
        Self(core)
    }
}

fn start(responses: &[&str]) -> (Wait<Create>, FakeTransport, TestClock) {
    let clock = TestClock::new();
    let transport = FakeTransport::new(&clock);
    for response in responses {
        transport.respond(FakeResponse::json(200, (*response).to_owned().into_bytes()));
    }
    let client: Things = discovery_runtime::ClientBuilder::new()
        .credentials(Credentials::token("token"))
        .transport(transport.clone())
        .clock(clock.clone())
        .build()
        .unwrap();
    (
        Create {
            context: Context::new(&client.0),
        }
        .wait(),
        transport,
        clock,
    )
}

const PENDING: &str = r#"{"name":"operations/7"}"#;

#[tokio::test]
async fn polling_slows_down_until_the_operation_is_done() {
    let done = r#"{"name":"operations/7","done":true,"response":{"@type":"t/Status","code":3}}"#;
    let (wait, transport, clock) = start(&[PENDING, PENDING, PENDING, done]);
    let mut seen = 0;
    let operation = wait.done_with(|_| seen += 1).await.unwrap();
    assert_eq!(
        operation.response_as::<Status>().unwrap().unwrap().code,
        Some(3)
    );
    assert_eq!(seen, 4);
    assert_eq!(clock.now(), Duration::from_secs(1 + 2 + 4));
    let paths: Vec<String> = transport
        .requests()
        .iter()
        .map(|request| request.path().to_owned())
        .collect();
    assert_eq!(
        paths,
        [
            "/v1/things",
            "/v1/operations/7",
            "/v1/operations/7",
            "/v1/operations/7"
        ]
    );
    transport.assert_finished();
}

#[tokio::test]
async fn finished_operation_is_not_polled() {
    let (wait, transport, clock) = start(&[r#"{"name":"operations/7","done":true}"#]);
    let operation = wait.done().await.unwrap();
    assert!(operation.response_as::<Status>().is_none());
    assert_eq!(
        (transport.request_count(), clock.now()),
        (1, Duration::ZERO)
    );
}

#[tokio::test]
async fn failed_operation_is_an_error_with_its_status() {
    let failed =
        r#"{"name":"operations/7","done":true,"error":{"code":5,"message":"no such bucket"}}"#;
    let (wait, _, _) = start(&[PENDING, failed]);
    let error = wait.done().await.unwrap_err();
    assert!(
        error.is_operation_failed() && !error.is_retryable() && !error.is_outcome_unknown(),
        "{error}"
    );
    assert_eq!(error.rpc_status().unwrap().code, Some(Code::NotFound));
    assert_eq!(
        error.to_string(),
        "things.create: the operation failed: no such bucket"
    );
}

#[tokio::test]
async fn wait_deadline_can_cancel_the_operation() {
    let (wait, transport, clock) = start(&[PENDING, PENDING, PENDING, "{}"]);
    let error = wait
        .with_deadline(Duration::from_secs(5))
        .cancel_at_deadline()
        .done()
        .await
        .unwrap_err();
    assert!(error.is_timeout(), "{error}");
    assert_eq!(
        clock.now(),
        Duration::from_secs(3),
        "the next response would come after the deadline"
    );
    assert_eq!(
        transport.requests().last().unwrap().path(),
        "/v1/operations/7:cancel"
    );
    transport.assert_finished();
}

#[tokio::test]
async fn transient_error_does_not_end_the_wait() {
    let (wait, transport, _) = start(&[PENDING]);
    transport.respond(FakeResponse::status(503));
    transport.respond(FakeResponse::json(
        200,
        r#"{"name":"operations/7","done":true}"#.as_bytes().to_vec(),
    ));
    wait.done().await.unwrap();
    transport.assert_finished();
}
