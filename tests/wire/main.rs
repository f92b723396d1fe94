//! Calls every method of the emitted crate for `fixtures/wire.json`, and compares each request with
//! what the format demands, byte for byte as it arrived at a socket. Prints one line for each.

use std::io::{Read, Write};
use std::net::{TcpListener, TcpStream};
use std::sync::mpsc::{Receiver, Sender, channel};
use std::time::Duration;

use discovery_runtime::RawBody;
use google_wire_v1::schemas::{SearchRequest, Thing, ThingsGetView};
use google_wire_v1::{Client, Credentials};

/// One request as it arrived: the request line, the headers that belong to the call, the body.
struct Received {
    line: String,
    headers: Vec<(String, String)>,
    body: Vec<u8>,
}

impl Received {
    fn header(&self, name: &str) -> Option<&str> {
        self.headers.iter().find(|(key, _)| key == name).map(|(_, value)| value.as_str())
    }
}

/// A server that answers each request with the next of its answers.
fn serve(listener: TcpListener, answers: Receiver<(u16, String, String)>, received: Sender<Received>) {
    for stream in listener.incoming() {
        let Ok(mut stream) = stream else { return };
        while let Some(request) = read(&mut stream) {
            let (status, headers, body) = answers.recv_timeout(Duration::from_secs(5)).unwrap();
            received.send(request).unwrap();
            let head = format!("HTTP/1.1 {status} X\r\ncontent-length: {}\r\n{headers}\r\n", body.len());
            stream.write_all(format!("{head}{body}").as_bytes()).unwrap();
        }
    }
}

fn read(stream: &mut TcpStream) -> Option<Received> {
    let mut head = Vec::new();
    let mut byte = [0];
    while !head.ends_with(b"\r\n\r\n") {
        if stream.read(&mut byte).ok()? == 0 {
            return None;
        }
        head.push(byte[0]);
    }
    let head = String::from_utf8(head).unwrap();
    let mut lines = head.trim_end().split("\r\n");
    let line = lines.next().unwrap().to_owned();
    let headers: Vec<(String, String)> = lines
        .map(|line| line.split_once(':').unwrap())
        .map(|(name, value)| (name.to_lowercase(), value.trim().to_owned()))
        .collect();
    let header = |name: &str| headers.iter().find(|(key, _)| key == name).map(|(_, value)| value.as_str());
    let body = if header("transfer-encoding") == Some("chunked") {
        read_chunks(stream)
    } else {
        let mut body = vec![0; header("content-length").map_or(0, |length| length.parse().unwrap())];
        stream.read_exact(&mut body).unwrap();
        body
    };
    Some(Received { line, headers, body })
}

fn read_chunks(stream: &mut TcpStream) -> Vec<u8> {
    let mut body = Vec::new();
    loop {
        let mut size = Vec::new();
        let mut byte = [0];
        while !size.ends_with(b"\r\n") {
            stream.read_exact(&mut byte).unwrap();
            size.push(byte[0]);
        }
        let length = usize::from_str_radix(std::str::from_utf8(&size).unwrap().trim(), 16).unwrap();
        let mut chunk = vec![0; length + 2];
        stream.read_exact(&mut chunk).unwrap();
        if length == 0 {
            return body;
        }
        body.extend_from_slice(&chunk[..length]);
    }
}

struct Proof {
    client: Client,
    address: String,
    answers: Sender<(u16, String, String)>,
    received: Receiver<Received>,
}

impl Proof {
    fn start() -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let address = format!("http://{}/", listener.local_addr().unwrap());
        let (answers, to_send) = channel();
        let (seen, received) = channel();
        std::thread::spawn(move || serve(listener, to_send, seen));
        let client = Client::builder()
            .credentials(Credentials::token("token"))
            .endpoint_on_loopback(&address)
            .build()
            .unwrap();
        Self { client, address, answers, received }
    }

    fn answer(&self, body: &str) {
        self.answer_with(200, "content-type: application/json\r\n", body);
    }

    fn answer_with(&self, status: u16, headers: &str, body: &str) {
        self.answers.send((status, headers.to_owned(), body.to_owned())).unwrap();
    }

    /// The next request; its line and its body must be these.
    fn expect(&self, line: &str, body: &str) -> Received {
        let request = self.received.recv_timeout(Duration::from_secs(5)).unwrap();
        assert_eq!(request.line, format!("{line} HTTP/1.1"));
        assert_eq!(String::from_utf8_lossy(&request.body), body, "{line}");
        assert_eq!(request.header("authorization"), Some("Bearer token"), "{line}");
        if request.line.starts_with("POST") || request.line.starts_with("PATCH") {
            assert!(request.header("content-length").is_some() || request.header("transfer-encoding").is_some());
        }
        println!("ok: {line}");
        request
    }
}

#[tokio::main(flavor = "current_thread")]
async fn main() {
    let proof = Proof::start();
    plain(&proof).await;
    pages(&proof).await;
    bodies(&proof).await;
    media(&proof).await;
    println!("all requests are as the format demands");
}

async fn plain(proof: &Proof) {
    let things = proof.client.things();

    proof.answer("{}");
    things.get("a/b c?d#e%2F").view(ThingsGetView::Full).send().await.unwrap();
    let request = proof.expect("GET /wire/v1/a%2Fb%20c%3Fd%23e%252F?view=FULL", "");
    assert_eq!(request.header("content-type"), None, "a GET has no body");

    proof.answer("{}");
    let options = discovery_runtime::CallOptions::default().with_fields("name,labels(a,b)");
    things.get("x").options(options).send().await.unwrap();
    proof.expect("GET /wire/v1/x?fields=name%2Clabels%28a%2Cb%29", "");

    proof.answer_with(204, "", "");
    things.delete("x").send().await.unwrap();
    proof.expect("DELETE /wire/v1/x", "");

    proof.answer("{}");
    things.touch("x").send().await.unwrap();
    let request = proof.expect("POST /wire/v1/x:touch", "");
    assert_eq!(request.header("content-length"), Some("0"), "a POST without a body says so");
}

async fn pages(proof: &Proof) {
    let things = proof.client.things();

    let since: discovery_runtime::Timestamp = "2026-05-03T09:12:44Z".parse().unwrap();
    proof.answer(r#"{"things":[{"name":"1"}],"nextPageToken":"a b&c=d+e"}"#);
    proof.answer(r#"{"things":[{"name":"2"}]}"#);
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
    let first = proof.received.recv().unwrap();
    let second = proof.received.recv().unwrap();
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

    proof.answer(r#"{"nextPageToken":"t"}"#);
    proof.answer(r#"{"things":[{"name":"1"}]}"#);
    let mut found = things.search(SearchRequest::default().with_query("q")).items();
    assert_eq!(found.next().await.unwrap().unwrap().name.as_deref(), Some("1"));
    proof.expect("POST /wire/v1/things:search", r#"{"query":"q"}"#);
    proof.expect("POST /wire/v1/things:search", r#"{"pageToken":"t","query":"q"}"#);

    proof.answer(r#"{"items":{"zones/a":{"things":[{"name":"1"}]},"zones/b":{}}}"#);
    let mut scopes = things.aggregated().items();
    let mut keys = Vec::new();
    while let Some(scope) = scopes.next().await {
        keys.push(scope.unwrap().0);
    }
    assert_eq!(keys, ["zones/a", "zones/b"]);
    proof.expect("GET /wire/v1/things:aggregated", "");
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

async fn bodies(proof: &Proof) {
    let things = proof.client.things();
    let thing = Thing::default()
        .with_title("t")
        .with_size(9_007_199_254_740_993)
        .with_blob(vec![0xfb, 0xff])
        .with_labels([("k", "v".to_owned())]);

    proof.answer(r#"{"size":"9007199254740993","blob":"-_8=","seen":"2026-05-03T09:12:44.5Z"}"#);
    let mut answer = things.patch("x", thing.clone()).send().await.unwrap();
    assert_eq!((answer.size, answer.blob.as_ref()), (thing.size, thing.blob.as_ref()));
    let body = r#"{"blob":"+/8=","labels":{"k":"v"},"size":"9007199254740993","title":"t"}"#;
    proof.expect("PATCH /wire/v1/x?updateMask=blob%2Clabels%2Csize%2Ctitle", body);

    // What only the service sets does not go back to it.
    answer.blob = None;
    proof.answer("{}");
    things.patch("x", answer).clear("title").send().await.unwrap();
    proof.expect("PATCH /wire/v1/x?updateMask=size%2Ctitle", r#"{"size":"9007199254740993"}"#);

    proof.answer(r#"{"name":"operations/1","done":true}"#);
    proof.answer(r#"{"name":"operations/1","done":true}"#);
    things.create(Thing::default().with_title("t")).wait().done().await.unwrap();
    proof.expect("POST /wire/v1/things", r#"{"title":"t"}"#);
    proof.client.operations().get("operations/1").wait().done().await.unwrap();
    proof.expect("GET /wire/v1/operations%2F1", "");

    proof.answer_with(200, "content-type: image/png\r\n", "PNG");
    let answer = things.predict("x", RawBody::new("text/csv", b"a,b".to_vec())).send().await.unwrap();
    assert_eq!((answer.content_type(), answer.bytes().as_ref()), (Some("image/png"), b"PNG".as_slice()));
    let request = proof.expect("POST /wire/v1/x:predict", "a,b");
    assert_eq!(request.header("content-type"), Some("text/csv"));
}

async fn media(proof: &Proof) {
    let things = proof.client.things();

    // Bytes and description in one request.
    proof.answer("{}");
    let thing = Thing::default().with_title("t");
    let upload = things.insert(thing.clone()).kept(true).upload(b"hello".to_vec());
    upload.content_type("text/plain").resumable(false).send().await.unwrap();
    let request = proof.received.recv().unwrap();
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
    let session = format!("{}session", proof.address);
    proof.answer_with(200, &format!("location: {session}\r\n"), "");
    proof.answer("{}");
    let upload = things.insert(thing).upload(b"hello".to_vec());
    upload.content_type("text/plain").resumable(true).send().await.unwrap();
    let request =
        proof.expect("POST /resumable/upload/wire/v1/files?uploadType=resumable", r#"{"title":"t"}"#);
    assert_eq!(request.header("x-upload-content-type"), Some("text/plain"));
    assert_eq!(request.header("x-upload-content-length"), Some("5"));
    let request = proof.expect("PUT /session", "hello");
    assert_eq!(request.header("content-range"), Some("bytes 0-4/5"));

    proof.answer_with(200, "content-type: text/plain\r\n", "bytes");
    let bytes = things.export("x").download().bytes().await.unwrap();
    assert_eq!(bytes.as_ref(), b"bytes");
    proof.expect("GET /wire/v1/x/$export?alt=media", "");
}
