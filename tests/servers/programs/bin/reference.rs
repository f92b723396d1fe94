//! The calls of `reference.py`, made by emitted crates. Prints `{row: [request]}` as the recorder got
//! them; a row that is refused has the text of its error in place of requests.

use std::io::{Read, Write};
use std::net::TcpStream;
use std::path::Path;

use discovery_runtime::{Credentials, RetryPolicy, codegen::ApiClient};
use google_drive_v3::schemas::File;
use google_firestore_v1::schemas::{BatchGetDocumentsRequest, Document, RunQueryRequest};
use google_gmail_v1::schemas::Message;
use google_pubsub_v1::schemas::{PublishRequest, PubsubMessage, Topic};
use google_storage_v1::schemas::Object;
use serde_json::{Map, Value, from_str};

const ROOT: &str = "projects/p/databases/(default)/documents";
const NAMES: &[&str] = &[
    "plain",
    "folder/file.txt",
    "a/../b",
    "a//b",
    "with space",
    "übung/日本",
    "a%2Fb",
    "100%",
    "a+b&c=d;e:f@g!h$i'j(k)l*m,n?o#p[q]r~s",
];
const IDS: &[&str] = &["plain", "with space", "übung", "a.b", "a~b", "a'b", "a:b", "a+b"];
const ENDINGS: &[&str] = &["eml", "pdf", "txt", "json", "csv", "mp3", "png", "jpg", "mp4"];

/// What the recorder got for each row.
struct Rows {
    address: String,
    rows: Map<String, Value>,
}

impl Rows {
    /// Makes a call. What it gives is no concern here: the recorder knows no API.
    async fn row<T>(&mut self, row: &str, call: impl Future<Output = Result<T, discovery_runtime::Error>>) {
        let error = call.await.err();
        let requests = self.recorded();
        let refused = requests.as_array().is_some_and(Vec::is_empty);
        let outcome = error.filter(|_| refused).map_or(requests, |error| error.to_string().into());
        self.rows.insert(row.to_owned(), outcome);
    }

    fn recorded(&self) -> Value {
        let host = self.address.trim_start_matches("http://").trim_end_matches('/');
        let mut stream = TcpStream::connect(host).expect("the recorder listens");
        let request = format!("GET /recorded HTTP/1.1\r\nhost: {host}\r\nconnection: close\r\n\r\n");
        stream.write_all(request.as_bytes()).expect("the recorder reads");
        let mut response = String::new();
        stream.read_to_string(&mut response).expect("the recorder responds");
        let (_, body) = response.split_once("\r\n\r\n").expect("the response has a body");
        from_str(body).expect("the body is JSON")
    }
}

fn client<C: ApiClient>(address: &str) -> C {
    discovery_runtime::ClientBuilder::new()
        .credentials(Credentials::token("token"))
        .endpoint_on_loopback(address)
        .retry(RetryPolicy::none())
        .build()
        .expect("the client is complete")
}

#[tokio::main(flavor = "current_thread")]
async fn main() {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let [address, files] = arguments.as_slice() else { panic!("the arguments are ADDRESS FILES") };
    let mut rows = Rows { address: address.clone(), rows: Map::new() };
    storage(&mut rows, &client(address)).await;
    drive(&mut rows, &client(address), Path::new(files)).await;
    gmail(&mut rows, &client(address)).await;
    pubsub(&mut rows, &client(address)).await;
    firestore(&mut rows, &client(address)).await;
    println!("{}", Value::Object(rows.rows));
}

async fn storage(rows: &mut Rows, client: &google_storage_v1::Client) {
    let objects = client.objects();
    for name in NAMES {
        rows.row(&format!("object {name}"), objects.get("b", *name).send()).await;
    }
    let list = objects.list("b").prefix("a b/ü&+").max_results(3).page_token("x=/+%");
    rows.row("list", list.send()).await;
    let delete = objects.delete("b", "a/b").if_generation_match(9_007_199_254_740_993);
    rows.row("delete", delete.send()).await;
    let html = Object::default().with_content_type("text/html");
    rows.row("patch", objects.patch("b", "a/b", html).send()).await;
    rows.row("copy", objects.copy("b", "a/b", "c", "d/e", Object::default()).send()).await;
    rows.row("download", objects.get("b", "a/b").download().bytes()).await;

    let bytes = || b"a,b".to_vec();
    let typed = Object::default().with_name("a/b").with_content_type("text/csv");
    rows.row("multipart", objects.insert("b", typed.clone()).upload(bytes()).send()).await;
    let named = objects.insert("b", Object::default()).name("a/b c").upload(bytes());
    rows.row("multipart, name as a parameter", named.content_type("text/csv").send()).await;
    let resumable = objects.insert("b", typed).upload(bytes()).resumable(true);
    rows.row("resumable", resumable.send()).await;
    let empty = objects.insert("b", Object::default().with_name("a/b")).upload(Vec::new());
    rows.row("resumable, empty", empty.content_type("text/csv").resumable(true).send()).await;
}

async fn drive(rows: &mut Rows, client: &google_drive_v3::Client, folder: &Path) {
    for ending in ENDINGS {
        let path = folder.join(format!("file.{ending}"));
        let create = client.files().create(File::default().with_name("f"));
        rows.row(&format!("file.{ending}"), create.upload(path).send()).await;
    }
    let update = || client.files().update("x y", File::default().with_name("n"));
    let upload = || update().upload(b"a,b".to_vec()).content_type("text/csv");
    rows.row("resumable, into a file", upload().resumable(true).send()).await;
    rows.row("multipart, into a file", upload().send()).await;
}

async fn gmail(rows: &mut Rows, client: &google_gmail_v1::Client) {
    let messages = client.users().messages();
    let upload = messages.send("me", Message::default().with_thread_id("t")).upload(b"a,b".to_vec());
    rows.row("message", upload.send()).await;
    let upload = messages.send("a@b.c", Message::default()).upload(b"a,b".to_vec());
    rows.row("message, resumable", upload.resumable(true).send()).await;
    let call = messages.send("me", Message::default().with_raw(b"a,b".to_vec()));
    rows.row("message without bytes", call.send()).await;
}

async fn pubsub(rows: &mut Rows, client: &google_pubsub_v1::Client) {
    let topics = client.projects().topics();
    rows.row("topic", topics.get("projects/p/topics/t").send()).await;
    rows.row("topic with a plus", topics.get("projects/p/topics/a+b").send()).await;
    rows.row("topic with a percent", topics.get("projects/p/topics/a%20b").send()).await;
    rows.row("topic that is made", topics.create("projects/p/topics/t", Topic::default()).send()).await;
    rows.row("topics of a project", topics.list("projects/p").page_size(2).send()).await;
    let message = PubsubMessage::default().with_data(vec![0xfb, 0xff]);
    let request = PublishRequest::default().with_messages([message]);
    rows.row("verb", topics.publish("projects/p/topics/t", request).send()).await;
    rows.row("topic of another kind", topics.get("projects/p/subscriptions/s").send()).await;
}

async fn firestore(rows: &mut Rows, client: &google_firestore_v1::Client) {
    let documents = client.projects().databases().documents();
    for id in IDS {
        rows.row(&format!("document {id}"), documents.get(format!("{ROOT}/c/{id}")).send()).await;
    }
    let below = format!("{ROOT}/c/d");
    let fields =
        || serde_json::from_value::<Document>(serde_json::json!({"fields": {"a": {"booleanValue": true}}}));
    let change = documents.patch(&below, fields().expect("it is a document"));
    rows.row("document that changes", change.update_mask_field_paths(["a", "b.c"]).send()).await;
    let create = documents.create_document(&below, "e", Document::default()).document_id("f g");
    rows.row("document below a document", create.send()).await;
    let query = |parent: &str| documents.run_query(parent, RunQueryRequest::default());
    rows.row("query below a document", query(&below).send()).await;
    rows.row("query at the root", query(ROOT).send()).await;
    let request = BatchGetDocumentsRequest::default().with_documents([&below]);
    let call = documents.batch_get("projects/p/databases/(default)", request);
    rows.row("several documents", call.send()).await;
}
