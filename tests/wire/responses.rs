//! Responses in several parts: lists in pages, and arrays that are streamed.

use discovery_runtime::CallOptions;
use google_responses_v1::schemas::{Options, QueryRequest, RunQueryRequest};
use google_responses_v1::Client;

use crate::server::{Server, start};

pub async fn responses() {
    let (server, client) = &start();
    fields_of_pages(server, client).await;
    nested_tokens(server, client).await;
    exclusive_properties(server, client).await;
    streams(server, client).await;
    failed_streams(server, client).await;
}

/// A server leaves out of a page what `fields` does not name, the token as well
/// (<https://developers.google.com/drive/api/guides/fields-parameter>).
async fn fields_of_pages(server: &Server, client: &Client) {
    let options = || CallOptions::default().with_fields("rows(name)");
    server.respond(r#"{"rows":[{"name":"1"}],"nextPageToken":"t"}"#);
    server.respond(r#"{"rows":[{"name":"2"}]}"#);
    let mut items = client.rows().list().options(options()).items();
    let mut count = 0;
    while let Some(item) = items.next().await {
        item.unwrap();
        count += 1;
    }
    assert_eq!(count, 2);
    server.expect("GET /v1/rows?fields=rows%28name%29%2CnextPageToken", "");
    server.expect("GET /v1/rows?pageToken=t&fields=rows%28name%29%2CnextPageToken", "");

    // Who makes a single call says all by themselves.
    server.respond("{}");
    client.rows().list().options(options()).send().await.unwrap();
    server.expect("GET /v1/rows?fields=rows%28name%29", "");

    let options = CallOptions::default().with_fields("result/rows/name");
    server.respond("{}");
    let request = QueryRequest::default().with_statement("s");
    let mut items = client.rows().query(request).options(options).items();
    assert!(items.next().await.is_none());
    let line = "POST /v1/rows:query?fields=result%2Frows%2Fname%2Cresult%2FnextPageToken";
    server.expect(line, r#"{"statement":"s"}"#);
}

async fn nested_tokens(server: &Server, client: &Client) {
    let rows = client.rows();

    server.respond(r#"{"done":true,"result":{"rows":[{"name":"1"}],"nextPageToken":"t"}}"#);
    server.respond(r#"{"done":true}"#);
    let mut items = rows.query(QueryRequest::default()).items();
    assert_eq!(items.next().await.unwrap().unwrap().name.as_deref(), Some("1"));
    assert!(items.next().await.is_none());
    server.expect("POST /v1/rows:query", "{}");
    server.expect("POST /v1/rows:query", r#"{"pageToken":"t"}"#);

    server.respond(r#"{"reviews":[{"name":"1"}],"tokenPagination":{"nextPageToken":"t"}}"#);
    server.respond(r#"{"reviews":[{"name":"2"}],"tokenPagination":{}}"#);
    let mut items = rows.reviews().items();
    let mut names = Vec::new();
    while let Some(item) = items.next().await {
        names.extend(item.unwrap().name);
    }
    assert_eq!(names, ["1", "2"]);
    server.expect("GET /v1/reviews", "");
    server.expect("GET /v1/reviews?token=t", "");

    server.respond(r#"{"page":{"cursor":"c","parts":{"rows":{"a":{"name":"1"}}}}}"#);
    server.respond("{}");
    let mut items = rows.corrected().items();
    assert_eq!(items.next().await.unwrap().unwrap().0, "a");
    assert!(items.next().await.is_none());
    server.expect("GET /v1/corrected", "");
    server.expect("GET /v1/corrected?cursor=c", "");
}

/// The server would get the next request: the ones before it are not sent.
async fn exclusive_properties(server: &Server, client: &Client) {
    let request = QueryRequest::default().with_statement("s").with_job("j");
    let error = client.rows().query(request).send().await.unwrap_err();
    assert!(error.is_invalid_argument());
    let text = error.to_string();
    assert!(text.contains("statement and job exclude each other"), "{text}");

    let options = Options::default().with_all(true).with_tags(["t".to_owned()]);
    let request = QueryRequest::default().with_options(options);
    let error = client.rows().query(request).send().await.unwrap_err();
    let text = error.to_string();
    assert!(text.contains("options.all and options.tags"), "{text}");

    server.respond("{}");
    let options = Options::default().with_tags(["t".to_owned()]);
    let request = QueryRequest::default().with_job("j").with_options(options);
    client.rows().query(request).send().await.unwrap();
    server.expect("POST /v1/rows:query", r#"{"job":"j","options":{"tags":["t"]}}"#);
}

/// `runQuery` of Firestore: `returns (stream RunQueryResponse)` in
/// `google/firestore/v1/firestore.proto`, an array over HTTP.
async fn streams(server: &Server, client: &Client) {
    let documents = client.documents();
    let query = || RunQueryRequest::default().with_query("q");

    server.respond(
        "[{\n  \"document\": {\"name\": \"1\"},\n  \"readTime\": \"2026-05-03T09:12:44.5Z\"\n}\n,\r\n\
         {\n  \"document\": {\"name\": \"2\"}\n}\n]",
    );
    let found = documents.run_query(query()).send().await.unwrap();
    let names: Vec<_> = found.iter().map(|found| found.document.as_ref().unwrap().name.as_deref()).collect();
    assert_eq!(names, [Some("1"), Some("2")]);
    server.expect("POST /v1/documents:runQuery", r#"{"query":"q"}"#);

    server.respond("[]");
    assert_eq!(documents.batch_get(query()).send().await.unwrap().len(), 0);
    server.expect("POST /v1/documents:batchGet", r#"{"query":"q"}"#);

    // One object, as emulators send it.
    server.respond(r#"{"name":"1"}"#);
    let found = documents.streaming_read(query()).send().await.unwrap();
    assert_eq!(found[0].name.as_deref(), Some("1"));
    server.expect("POST /v1/documents:streamingRead", r#"{"query":"q"}"#);

    server.respond(r#"[{"rows":[{"name":"1"}],"nextPageToken":"t"}]"#);
    assert_eq!(documents.stream_all().send().await.unwrap()[0].rows.len(), 1);
    server.expect("GET /v1/documents:streamAll", "");
    server.respond(r#"[{"name":"1"},{"name":"2"}]"#);
    assert_eq!(documents.tree().send().await.unwrap().len(), 2);
    server.expect("GET /v1/documents:tree", "");
    server.respond(r#"[{"name":"1"},{"name":"2"}]"#);
    assert_eq!(documents.told().send().await.unwrap().len(), 2);
    server.expect("GET /v1/documents:told", "");

    // What does not stream gives one value.
    server.respond(r#"{"name":"1"}"#);
    assert_eq!(documents.stream_once().send().await.unwrap().name.as_deref(), Some("1"));
    server.expect("GET /v1/documents:streamOnce", "");
    server.respond(r#"{"name":"1"}"#);
    assert_eq!(documents.stream_both().send().await.unwrap().name.as_deref(), Some("1"));
    server.expect("POST /v1/documents:streamBoth", "");
    server.respond(r#"{"name":"1"}"#);
    assert_eq!(documents.create_stream(Default::default()).send().await.unwrap().name.as_deref(), Some("1"));
    server.expect("POST /v1/streams", "{}");
    server.respond(r#"{"name":"1"}"#);
    assert_eq!(documents.add_stream_input().send().await.unwrap().name.as_deref(), Some("1"));
    server.expect("POST /v1/streams:input", "");
    server.respond("{}");
    let _: google_responses_v1::schemas::Empty = documents.stream_nothing().send().await.unwrap();
    server.expect("POST /v1/streams:nothing", "");
}

/// An error comes as an element: with its own status before the first value, with the status 200
/// after it.
async fn failed_streams(server: &Server, client: &Client) {
    let documents = client.documents();
    let query = || RunQueryRequest::default().with_query("q");
    let error = r#"{"error":{"code":400,"message":"The query requires an index.","status":"FAILED_PRECONDITION"}}"#;
    let json = "content-type: application/json\r\n";
    for (status, body) in [
        (400, format!("[{error}]")),
        (200, format!("[{error}]")),
        (200, format!(r#"[{{"document":{{"name":"1"}}}},{error}]"#)),
    ] {
        server.respond_with(status, json, &body);
        let error = documents.run_query(query()).send().await.unwrap_err();
        let rpc = error.rpc_status().unwrap();
        assert_eq!(rpc.code, Some(discovery_runtime::rpc::Code::FailedPrecondition), "{body}");
        assert_eq!(rpc.message, "The query requires an index.");
        assert_eq!(error.http_status(), Some(400));
        server.expect("POST /v1/documents:runQuery", r#"{"query":"q"}"#);
    }
}
