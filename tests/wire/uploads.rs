//! Uploads of the fixture `uploads`: the path of each protocol, and the type that the bytes get.

use discovery_runtime::Error;
use discovery_runtime::upload::Upload;
use google_uploads_v1::schemas::{File, Message, Object};
use google_uploads_v1::Client;

use crate::server::{Received, Server, start};

const PNG: &[u8] = b"\x89PNG\r\n\x1a\n\0\0\0\x0dIHDR";

pub async fn uploads() {
    let (server, client) = &start();
    sessions(server, client).await;
    one_path_alone(server, client).await;
    said(server, client).await;
    accepted(server, client).await;
}

/// Sessions are opened at the simple path: Google's clients build every address of an upload from
/// it and never read the resumable one (google-api-python-client 2.202.0, `discovery.py`,
/// `_media_path_url_from_info`; google-api-go-generator, `mediaUploadPath`; google-api-nodejs-client,
/// `mediaUrl`).
async fn sessions(server: &Server, client: &Client) {
    let object = Object::default().with_name("o");
    let upload = client.objects().insert("b", object).upload(b"hello".to_vec());
    in_steps(server, upload.content_type("text/plain")).await.unwrap();
    let start = server.expect("POST /upload/uploads/v1/b/b/o?uploadType=resumable", r#"{"name":"o"}"#);
    assert_eq!(start.header("x-upload-content-type"), Some("text/plain"));
    server.expect("PUT /session", "hello");
}

async fn one_path_alone(server: &Server, client: &Client) {
    let reports = client.reports();
    // The document has the simple path alone, and an override opens it.
    let upload = reports.upload(Message::default()).upload(b"hello".to_vec());
    in_steps(server, upload).await.unwrap();
    server.expect("POST /upload/uploads/v1/reports:upload?uploadType=resumable", "{}");
    server.expect("PUT /session", "hello");

    // It has the resumable one alone.
    in_steps(server, reports.resume().upload(b"hello".to_vec())).await.unwrap();
    server.expect("POST /resumable/upload/uploads/v1/reports:resume?uploadType=resumable", "");
    server.expect("PUT /session", "hello");

    // No override opens it: nothing is sent, and the error says what could.
    let upload = reports.replace().upload(b"hello".to_vec()).resumable(true);
    let error = upload.send().await.unwrap_err();
    assert!(error.is_invalid_argument(), "{error:?}");
    assert!(error.to_string().contains("`resumableUpload`"), "{error}");
    nothing_came(server);
}

/// What the caller says for the upload, and then what the body says. Cloud Storage refuses a part of
/// another type than the metadata: https://github.com/googleapis/google-cloud-go/issues/306
async fn said(server: &Server, client: &Client) {
    let object = || Object::default().with_content_type("text/csv");
    let insert = || client.objects().insert("b", object()).upload(b"a,b".to_vec());

    let body = r#"{"contentType":"text/csv"}"#;
    parts(server, insert(), "POST /upload/uploads/v1/b/b/o", body, "text/csv").await;
    parts(server, insert().content_type("text/plain"), "POST /upload/uploads/v1/b/b/o", body, "text/plain").await;
    in_steps(server, insert()).await.unwrap();
    let start = server.expect("POST /upload/uploads/v1/b/b/o?uploadType=resumable", body);
    assert_eq!(start.header("x-upload-content-type"), Some("text/csv"));
    server.expect("PUT /session", "a,b");

    // What the bytes tell counts where the body says nothing.
    let insert = client.objects().insert("b", Object::default()).upload(PNG);
    parts(server, insert, "POST /upload/uploads/v1/b/b/o", "{}", "image/png").await;

    // "Import to Google Docs types": the metadata has the type to convert to, the part that of the
    // file. https://developers.google.com/workspace/drive/api/guides/manage-uploads
    let create = |kind: &str| client.files().create(File::default().with_mime_type(kind)).upload(PNG);
    let document = "application/vnd.google-apps.document";
    let body = format!(r#"{{"mimeType":"{document}"}}"#);
    parts(server, create(document), "POST /upload/uploads/v1/files", &body, "image/png").await;
    let body = r#"{"mimeType":"image/x-own"}"#;
    parts(server, create("image/x-own"), "POST /upload/uploads/v1/files", body, "image/x-own").await;

    let error = create("no type\r\nx: y").send().await.unwrap_err();
    assert!(error.is_invalid_argument(), "{error:?}");
    nothing_came(server);
}

/// What is left if nothing tells the type.
async fn accepted(server: &Server, client: &Client) {
    // "Media type 'application/octet-stream' is not supported. Valid media types: [message/rfc822]":
    // https://github.com/googleapis/google-api-nodejs-client/issues/229
    let send = client.messages().send(Message::default()).upload(b"To: a@example.com\r\n\r\n".to_vec());
    parts(server, send, "POST /upload/uploads/v1/messages/send", "{}", "message/rfc822").await;
    let object = client.objects().insert("b", Object::default()).upload(b"?".to_vec());
    parts(server, object, "POST /upload/uploads/v1/b/b/o", "{}", "application/octet-stream").await;

    server.respond("{}");
    client.banners().insert().upload(PNG).send().await.unwrap();
    let request = server.received.recv().unwrap();
    assert_eq!(request.line, "POST /upload/uploads/v1/banners?uploadType=media HTTP/1.1");
    assert_eq!(request.header("content-type"), Some("image/png"));
    let error = client.banners().insert().upload(b"?".to_vec()).send().await.unwrap_err();
    assert!(error.is_invalid_argument(), "{error:?}");
    assert!(error.to_string().contains("image/png and application/pdf are accepted"), "{error}");
    nothing_came(server);
}

/// Sends in steps; the requests are left for the caller to look at.
async fn in_steps<R>(server: &Server, upload: Upload<R>) -> Result<R, Error> {
    server.respond_with(200, &format!("location: {}session\r\n", server.address), "");
    server.respond("{}");
    upload.resumable(true).send().await
}

/// Sends in one request, and checks its two parts.
async fn parts<R>(server: &Server, upload: Upload<R>, line: &str, body: &str, kind: &str) {
    server.respond("{}");
    upload.resumable(false).send().await.unwrap();
    let request = server.received.recv().unwrap();
    assert_eq!(request.line, format!("{line}?uploadType=multipart HTTP/1.1"));
    let text = String::from_utf8_lossy(&request.body).into_owned();
    assert!(text.contains(&format!("\r\n\r\n{body}\r\n--")), "{text}");
    assert_eq!(part_type(&request, &text), kind, "{line}");
    println!("ok: {line}, bytes of the type {kind}");
}

/// The type of the second part.
fn part_type(request: &Received, text: &str) -> String {
    let whole = request.header("content-type").unwrap();
    let boundary = whole.strip_prefix("multipart/related; boundary=").unwrap();
    let second = text.split(&format!("--{boundary}")).nth(2).unwrap();
    let head = second.split("\r\n\r\n").next().unwrap();
    let line = head.trim().to_owned();
    line.strip_prefix("Content-Type: ").unwrap().to_owned()
}

fn nothing_came(server: &Server) {
    assert!(server.received.try_recv().is_err(), "something was sent");
}
