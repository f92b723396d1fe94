//! Calls in a build with `arbitrary_precision`: a program that `arbitrary_precision.rs` builds.

use std::future::Future;
use std::pin::pin;
use std::task::{Context as Task, Poll, Waker};

use discovery_runtime::codegen::{self, ApiClient, Call, Context, FromBody, Method, Request, Service};
use discovery_runtime::transport::{FakeResponse, FakeTransport};
use discovery_runtime::{Client, ClientBuilder, Credentials, HttpMethod, Map, TestClock, Value};

/// Free-form JSON in each place that it can have, beside numbers that have a type.
#[derive(Clone, Default, PartialEq)]
struct Row {
    any: Option<Value>,
    cells: Vec<Value>,
    labels: Map<Value>,
    ratio: Option<f64>,
    count: Option<i64>,
    inner: Option<Box<Row>>,
}

codegen::schema! {
    Row {
        "any" => any,
        "cells" => cells,
        "labels" => labels,
        "ratio" => ratio,
        "count" => count,
        "inner" => inner,
    }
}

#[derive(Clone, Debug)]
struct Put {
    context: Context,
    row: Row,
}

codegen::call! { Put -> Row }

const PUT: Method = Method {
id: "rows.put",
http: HttpMethod::Put,
path: "v1/rows",
..Method::DEFAULT
};

impl Call for Put {
    type Response = Row;

    const METHOD: Method = PUT;

    fn request(&self) -> Request {
        Request::new(&PUT).body(&self.row)
    }
}

struct Rows(Client);

impl ApiClient for Rows {
    const SERVICE: Service = Service::new("rows", "v1", "https://rows.example.com/")
        .revision("20260101")
        .crate_version("google-rows-v1", "0.1.0");

    fn from_core(core: Client) -> Self {
        Self(core)
    }
}

/// The result of a future that never waits: the transport has its responses.
fn block_on<T>(future: impl Future<Output = T>) -> T {
    let mut future = pin!(future);
    loop {
        if let Poll::Ready(result) = future.as_mut().poll(&mut Task::from_waker(Waker::noop())) {
            return result;
        }
    }
}

fn json(text: &str) -> Value {
    serde_json::from_str(text).unwrap()
}

fn main() {
    assert_eq!(json("1e400").to_string(), "1e+400", "the feature is on");
    let clock = TestClock::new();
    let server = FakeTransport::new(&clock);
    let builder: ClientBuilder<Rows> = ClientBuilder::default();
    let client = builder
        .credentials(Credentials::token("token"))
        .transport(server.clone())
        .clock(clock)
        .build()
        .unwrap();
    let put = |row: Row| block_on(Put { context: Context::new(&client.0), row }.send());

    // A request with such a number is rejected before it is sent, by the path of the number.
    let any = |text: &str| Row { any: Some(json(text)), ..Row::default() };
    for (row, path) in [
        (any("1e400"), "any"),
        (any(r#"{"a":[1,{"b":-1e400}]}"#), "any.a[1].b"),
        (any("[1e400]"), "any[0]"),
        (Row { cells: vec![json("1"), json("1e999")], ..Row::default() }, "cells[1]"),
        (Row { labels: [("k".to_owned(), json("1e400"))].into(), ..Row::default() }, "labels.k"),
        (Row { inner: Some(Box::new(any("1e400"))), ..Row::default() }, "inner.any"),
    ] {
        let error = put(row).unwrap_err();
        assert!(error.is_invalid_argument(), "{error}");
        let message = format!("{path} can't be written as JSON: the number is beyond the range");
        assert!(error.to_string().contains(&message), "{error}");
    }
    assert_eq!(server.request_count(), 0);

    // Whatever a double holds goes out as it was written.
    server.respond(FakeResponse::json(200, "{}"));
    put(any("[123456789012345678901234567890,0.1,-0.0,1e308]")).unwrap();
    let body = server.requests()[0].body.clone();
    let body = String::from_utf8_lossy(&body).into_owned();
    assert_eq!(body, r#"{"any":[123456789012345678901234567890,0.1,-0.0,1e+308]}"#);

    // In a response it is kept where it is free-form, and absent where it has a type.
    let response = r#"{"any":{"a":1e400,"b":2},"ratio":1e400,"count":7,"cells":[1,1e400]}"#;
    server.respond(FakeResponse::json(200, response));
    let row = put(Row::default()).unwrap();
    assert_eq!((row.ratio, row.count), (None, Some(7)));
    assert_eq!(row.any, Some(json(r#"{"a":1e400,"b":2}"#)));
    assert_eq!(row.cells.len(), 2);
    assert_eq!(Row::from_body(br#"{"ratio":0.1,"count":"7"}"#).unwrap().ratio, Some(0.1));

    println!("all numbers are what they should be");
}
