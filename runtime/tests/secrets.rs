//! No secret is ever shown: not by logs at their loudest, not by an error, not by `Debug`.
#![cfg(feature = "default-transport")]
#![allow(clippy::unwrap_used, reason = "a test may panic, its helpers too")]

#[path = "support/log.rs"]
mod log;
mod support;

use std::error::Error as _;
use std::fmt::Write as _;
use std::io::{Read as _, Write as _};
use std::net::TcpListener;

use discovery_runtime::transport::{
    FakeResponse, FakeTransport, Headers, HttpRequest, HttpResponse, HyperTransport, Proxy,
};
use discovery_runtime::{
    AccessToken, CallOptions, ClientBuilder, Credentials, CredentialsError, Error, HttpMethod,
    RetryPolicy, Secret, TestClock,
};
use log::check;
use support::*;

/// In every secret of these tests, so that one search finds them all.
const CANARY: &str = "CANARY";

fn check_error(error: &Error) {
    let mut text = format!(
        "{error} {error:?} {error:#?} {:?} {:?}",
        error.body(),
        error.headers()
    );
    let mut source = error.source();
    while let Some(error) = source {
        let _ = write!(text, " {error} {error:?}");
        source = error.source();
    }
    check("an error", &text);
    if let Some(status) = error.rpc_status() {
        check("a status", &format!("{status:?}"));
    }
}

/// Responds to one request for each response, then is gone.
fn server(responses: Vec<String>) -> String {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = format!("http://{}/", listener.local_addr().unwrap());
    std::thread::spawn(move || {
        for response in responses {
            let (mut stream, _) = listener.accept().unwrap();
            let mut request = [0; 4096];
            let read = stream.read(&mut request).unwrap();
            assert!(String::from_utf8_lossy(&request[..read]).contains(CANARY));
            stream.write_all(response.as_bytes()).unwrap();
        }
    });
    address
}

fn response(status: &str, body: &str) -> String {
    let length = body.len();
    format!(
        "HTTP/1.1 {status}\r\ncontent-type: application/json\r\ncontent-length: {length}\r\n\
         set-cookie: sid={CANARY}\r\nlocation: https://evil.example/?code={CANARY}\r\n\
         connection: close\r\n\r\n{body}"
    )
}

fn secret_builder() -> ClientBuilder<Photos> {
    let token = AccessToken::new(format!("ya29.{CANARY}")).with_expires_in(seconds(3600));
    let credentials = Credentials::from_fn(move |_| {
        let token = token.clone();
        async move { Ok(token) }
    });
    Photos::builder()
        .credentials(credentials)
        .retry(RetryPolicy::none())
        .call_options(
            CallOptions::default()
                .with_quota_user(CANARY)
                .with_header("x-secret", CANARY),
        )
}

#[tokio::test]
async fn errors_debug_and_traces_show_no_secret() {
    log::install();
    let echo = format!(
        r#"{{"error": {{"status": "INVALID_ARGUMENT", "message": "bad token ya29.{CANARY}",
        "details": [{{"access_token": "{CANARY}", "url": "https://x/?upload_id={CANARY}"}}]}}}}"#
    );
    let responses = vec![
        response("200 OK", r#"{"id": "a"}"#),
        response("400 Bad Request", &echo),
        response("401 Unauthorized", &echo),
        response("503 Unavailable", &echo),
        response("302 Found", ""),
        response(
            "200 OK",
            &format!(r#"[{{"title": {{"ya29.{CANARY}": 1}}}}]"#),
        ),
        response("200 OK", "{\"id\": \"a\"").replace("content-length: 10", "content-length: 100"),
        "HTTP/1.1 nonsense\r\n\r\n".to_owned(),
    ];
    let count = responses.len();
    let transport = HyperTransport::builder()
        .proxy(Proxy::none())
        .build()
        .unwrap();
    let client = secret_builder()
        .endpoint_on_loopback(&server(responses))
        .transport(transport.clone())
        .build()
        .unwrap();
    client.get(CANARY).send().await.unwrap();
    for _ in 1..count {
        check_error(&client.get(CANARY).send().await.unwrap_err());
    }
    // Nobody listens any more.
    check_error(&client.get(CANARY).send().await.unwrap_err());
    check(
        "a client",
        &format!("{:?} {:?} {transport:?}", client.core, client.create()),
    );

    check_other_values().await;

    log::check_all(&[]);
    let log = log::text();
    // The test would see what it looks for.
    for expected in [
        "google_api_call",
        "v1/albums/{id}",
        "photos.albums.get",
        "hyper_util",
        "status=503",
    ] {
        assert!(
            log.contains(expected),
            "{expected} is not in the log:\n{log}"
        );
    }
}

async fn check_other_values() {
    let secret = Secret::from(CANARY);
    let token = AccessToken::new(CANARY);
    let proxy = Proxy::at(format!("http://user:{CANARY}@127.0.0.1:1"));
    let mut request = HttpRequest::new(
        HttpMethod::Get,
        format!("https://a.example/{CANARY}?{CANARY}"),
    );
    request.headers.set_secret("authorization", secret.clone());
    request.headers.set("x-goog-upload-url", CANARY);
    let headers = Headers::from_iter([("set-cookie", CANARY)]);
    let response = HttpResponse::new(200, headers, CANARY);
    let credentials = [Credentials::token(CANARY), Credentials::api_key(CANARY)];
    let options = CallOptions::default()
        .with_header("x-a", CANARY)
        .with_query("a", CANARY)
        .with_quota_user(CANARY);
    check(
        "values",
        &format!(
            "{secret:?} {secret} {token:?} {proxy:?} {request:?} {response:?} {credentials:?} {options:?}"
        ),
    );

    // A proxy that is not there, with a password.
    let transport = HyperTransport::builder().proxy(proxy).build().unwrap();
    let client = secret_builder()
        .endpoint("https://a.invalid/")
        .transport(transport)
        .build()
        .unwrap();
    let error = client.get("a").send().await.unwrap_err();
    assert!(error.is_connect());
    check_error(&error);

    let clock = TestClock::new();
    let fake = FakeTransport::new(&clock);
    fake.respond(FakeResponse::json(
        200,
        format!(r#"{{"access_token": "{CANARY}"}}"#),
    ));
    let client = secret_builder()
        .transport(fake.clone())
        .clock(clock)
        .build()
        .unwrap();
    let raw = client
        .core
        .request(HttpMethod::Post, "v1/a")
        .body("text/plain", CANARY)
        .query("a", CANARY);
    check("a request", &format!("{raw:?}"));
    let response = raw.send().await.unwrap();
    check("a response", &format!("{response:?}"));
    check_error(&response.json::<u32>().unwrap_err());
    check(
        "recorded requests",
        &format!("{fake:?} {:?}", fake.requests()[0].headers),
    );

    let failing = Credentials::from_fn(|_| async { Err(CredentialsError::permanent("no file")) });
    let client = secret_builder()
        .credentials(failing)
        .endpoint("https://a.invalid")
        .build()
        .unwrap();
    check_error(&client.get(CANARY).send().await.unwrap_err());
}
