//! Calls the methods of crates emitted for documents of `fixtures/`, and compares each request with
//! what the format demands, byte for byte as it arrived at a socket. Prints one line for each.

mod addresses;
mod download;
mod operations;
mod patch;
mod responses;
mod server;
mod setters;
mod uploads;
mod values;

use discovery_runtime::RawBody;
use google_wire_v1::schemas::{SearchRequest, Thing, ThingsGetView};
use google_wire_v1::Client;

use self::server::{Received, Server};

#[tokio::main(flavor = "current_thread")]
async fn main() {
    let (server, client): (Server, Client) = server::start();
    plain(&server, &client).await;
    pages(&server, &client).await;
    bodies(&server, &client).await;
    setters::setters(&server, &client).await;
    media(&server, &client).await;
    download::media(&server, &client).await;
    operations::operations().await;
    values::values().await;
    addresses::addresses().await;
    uploads::uploads().await;
    patch::run().await;
    responses::responses().await;
    println!("all requests are as the format demands");
}

async fn plain(server: &Server, client: &Client) {
    let things = client.things();

    server.respond("{}");
    things.get("a/b c?d#e%2F").view(ThingsGetView::Full).send().await.unwrap();
    let request = server.expect("GET /wire/v1/a/b%20c%3Fd%23e%252F?view=FULL", "");
    assert_eq!(request.header("content-type"), None, "a GET has no body");

    server.respond("{}");
    let options = discovery_runtime::CallOptions::default().with_fields("name,labels(a,b)");
    things.get("x").options(options).send().await.unwrap();
    server.expect("GET /wire/v1/x?fields=name%2Clabels%28a%2Cb%29", "");

    server.respond_with(204, "", "");
    things.delete("x").send().await.unwrap();
    server.expect("DELETE /wire/v1/x", "");

    server.respond("{}");
    things.touch("x").send().await.unwrap();
    let request = server.expect("POST /wire/v1/x:touch", "");
    assert_eq!(request.header("content-length"), Some("0"), "a POST without a body says so");
}

async fn pages(server: &Server, client: &Client) {
    let things = client.things();

    let since: discovery_runtime::Timestamp = "2026-05-03T09:12:44Z".parse().unwrap();
    server.respond(r#"{"things":[{"name":"1"}],"nextPageToken":"a b&c=d+e"}"#);
    server.respond(r#"{"things":[{"name":"2"}]}"#);
    let mut items = things
        .list("p")
        .page_size(1)
        .ids(["x y", "z"])
        .filter_name("é")
        .deep(true)
        .since(since)
        .min_size(5_000_000_000)
        .items();
    let mut names = Vec::new();
    while let Some(item) = items.next().await {
        names.push(item.unwrap().name.unwrap());
    }
    assert_eq!(names, ["1", "2"]);
    let first = server.received.recv().unwrap();
    let second = server.received.recv().unwrap();
    let mut expected = [
        "deep=true", "filter.name=%C3%A9", "ids=x%20y", "ids=z", "min-size=5000000000", "pageSize=1",
        "since=2026-05-03T09%3A12%3A44Z",
    ]
    .map(str::to_owned)
    .to_vec();
    assert_eq!(query(&first, "/wire/v1/p/things"), expected);
    expected.push("pageToken=a%20b%26c%3Dd%2Be".to_owned());
    expected.sort();
    assert_eq!(query(&second, "/wire/v1/p/things"), expected);
    println!("ok: GET /wire/v1/p/things, two pages");

    server.respond(r#"{"nextPageToken":"t"}"#);
    server.respond(r#"{"things":[{"name":"1"}]}"#);
    let mut found = things.search(SearchRequest::default().with_query("q")).items();
    assert_eq!(found.next().await.unwrap().unwrap().name.as_deref(), Some("1"));
    server.expect("POST /wire/v1/things:search", r#"{"query":"q"}"#);
    server.expect("POST /wire/v1/things:search", r#"{"pageToken":"t","query":"q"}"#);

    server.respond(r#"{"items":{"zones/a":{"things":[{"name":"1"}]},"zones/b":{}}}"#);
    let mut scopes = things.aggregated().items();
    let mut keys = Vec::new();
    while let Some(scope) = scopes.next().await {
        keys.push(scope.unwrap().0);
    }
    assert_eq!(keys, ["zones/a", "zones/b"]);
    server.expect("GET /wire/v1/things:aggregated", "");
}

/// The parameters of a request, sorted: their order has no meaning.
fn query(request: &Received, path: &str) -> Vec<String> {
    let target = request.line.strip_prefix("GET ").unwrap().strip_suffix(" HTTP/1.1").unwrap();
    let (found, query) = target.split_once('?').unwrap();
    assert_eq!(found, path);
    let mut parameters: Vec<String> = query.split('&').map(str::to_owned).collect();
    parameters.sort();
    parameters
}

async fn bodies(server: &Server, client: &Client) {
    let things = client.things();
    let thing = Thing::default()
        .with_title("t")
        .with_size(9_007_199_254_740_993)
        .with_blob(vec![0xfb, 0xff])
        .with_labels([("k", "v".to_owned())]);

    server.respond(r#"{"size":"9007199254740993","blob":"-_8=","seen":"2026-05-03T09:12:44.5Z"}"#);
    let mut response = things.patch("x", thing.clone()).send().await.unwrap();
    assert_eq!((response.size, response.blob.as_ref()), (thing.size, thing.blob.as_ref()));
    let body = r#"{"blob":"-_8=","labels":{"k":"v"},"size":"9007199254740993","title":"t"}"#;
    server.expect("PATCH /wire/v1/x?updateMask=blob%2Clabels%2Csize%2Ctitle", body);

    // What only the service sets does not go back to it.
    response.blob = None;
    server.respond("{}");
    things.patch("x", response).clear("title").send().await.unwrap();
    server.expect("PATCH /wire/v1/x?updateMask=size%2Ctitle", r#"{"size":"9007199254740993"}"#);

    server.respond(r#"{"name":"operations/1","done":true}"#);
    server.respond(r#"{"name":"operations/1","done":true}"#);
    things.create(Thing::default().with_title("t")).wait().done().await.unwrap();
    server.expect("POST /wire/v1/things", r#"{"title":"t"}"#);
    client.operations().get("operations/1").wait().done().await.unwrap();
    server.expect("GET /wire/v1/operations/1", "");

    server.respond_with(200, "content-type: image/png\r\n", "PNG");
    let response = things.predict("x", RawBody::new("text/csv", b"a,b".to_vec())).send().await.unwrap();
    assert_eq!((response.content_type(), response.bytes().as_ref()), (Some("image/png"), b"PNG".as_slice()));
    let request = server.expect("POST /wire/v1/x:predict", "a,b");
    assert_eq!(request.header("content-type"), Some("text/csv"));
}

async fn media(server: &Server, client: &Client) {
    let things = client.things();

    // Bytes and description in one request.
    server.respond("{}");
    let thing = Thing::default().with_title("t");
    let upload = things.insert(thing.clone()).kept(true).upload(b"hello".to_vec());
    upload.content_type("text/plain").resumable(false).send().await.unwrap();
    let request = server.received.recv().unwrap();
    assert_eq!(request.line, "POST /upload/wire/v1/files?kept=true&uploadType=multipart HTTP/1.1");
    let kind = request.header("content-type").unwrap();
    let boundary = kind.strip_prefix("multipart/related; boundary=").unwrap();
    let expected = format!(
        "--{boundary}\r\nContent-Type: application/json; charset=UTF-8\r\n\r\n{{\"title\":\"t\"}}\r\n\
         --{boundary}\r\nContent-Type: text/plain\r\n\r\nhello\r\n--{boundary}--\r\n"
    );
    assert_eq!(String::from_utf8_lossy(&request.body).to_lowercase(), expected.to_lowercase());
    println!("ok: POST /upload/wire/v1/files in one request");

    // In steps: a session, then the bytes.
    let session = format!("{}session", server.address);
    server.respond_with(200, &format!("location: {session}\r\n"), "");
    server.respond("{}");
    let upload = things.insert(thing).upload(b"hello".to_vec());
    upload.content_type("text/plain").resumable(true).send().await.unwrap();
    let request =
        server.expect("POST /upload/wire/v1/files?uploadType=resumable", r#"{"title":"t"}"#);
    assert_eq!(request.header("x-upload-content-type"), Some("text/plain"));
    assert_eq!(request.header("x-upload-content-length"), Some("5"));
    let request = server.expect("PUT /session", "hello");
    assert_eq!(request.header("content-range"), Some("bytes 0-4/5"));

    server.respond_with(200, "content-type: text/plain\r\n", "bytes");
    let bytes = things.export("x").download().bytes().await.unwrap();
    assert_eq!(bytes.as_ref(), b"bytes");
    server.expect("GET /wire/v1/x/$export?alt=media", "");

    // Without it the response cannot be read, and the error says how it can.
    server.respond_with(200, "content-type: text/plain\r\n", "bytes");
    let error = things.export("x").send().await.unwrap_err();
    assert!(error.to_string().contains("if the call has `download`"), "{error}");
    server.expect("GET /wire/v1/x/$export", "");
}
