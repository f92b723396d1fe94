//! Values that are easily lost: `null`, local times, and what cannot be read beside what can.

use discovery_runtime::{CallOptions, LocalDateTime, NullValue, Timestamp, Value};
use google_values_v1::schemas::{Document, Event, EventTime};
use google_values_v1::Client;

use crate::server::{Server, start};

pub async fn values() {
    let (server, client) = &start();
    nulls(server, client).await;
    local_times(server, client).await;
    unreadable(server, client).await;
    operations(server, client).await;
}

/// Firestore gives a null as `{"nullValue": null}`, and an object without a member is no value:
/// <https://firebase.google.com/docs/firestore/reference/rest/v1/Value>.
async fn nulls(server: &Server, client: &Client) {
    let body = concat!(
        r#"{"absent":null,"any":null,"fields":{"a":{"nullValue":null},"#,
        r#""b":{"arrayValue":{"values":[{"nullValue":null},{"stringValue":"x"}]}}},"nulls":[null]}"#
    );
    server.respond(body);
    server.respond("{}");
    let document = client.documents().get("d").send().await.unwrap();
    server.expect("GET /v1/documents/d", "");
    assert_eq!(document.fields["a"].null_value, Some(NullValue));
    assert_eq!(document.any, Some(Value::Null));
    client.documents().put(document).send().await.unwrap();
    server.expect("PUT /v1/documents", body);
}

/// A calendar takes a start without an offset if its time zone is said:
/// <https://developers.google.com/workspace/calendar/api/v3/reference/events>.
async fn local_times(server: &Server, client: &Client) {
    let local: LocalDateTime = "2026-01-02T03:04:05".parse().unwrap();
    let start = EventTime::default().with_date_time(local.into()).with_time_zone("Europe/Zurich");
    let point: Timestamp = "2026-01-02T03:04:05+01:00".parse().unwrap();
    let body = concat!(
        r#"{"created":"2026-01-02T03:04:05+01:00","reminder":"2026-01-02T03:04:05","#,
        r#""start":{"dateTime":"2026-01-02T03:04:05","timeZone":"Europe/Zurich"}}"#
    );
    server.respond(body);
    let event = Event::default().with_start(start).with_created(point.into()).with_reminder(local.into());
    let event = client.events().insert(event).send().await.unwrap();
    server.expect("POST /v1/events", body);
    let date_time = event.start.unwrap().date_time.unwrap();
    assert_eq!(date_time.as_local(), Some(local));
}

async fn unreadable(server: &Server, client: &Client) {
    let page = concat!(
        r#"{"documents":[{"name":"1","createTime":"2026-01-02T03:04:05"},{"name":"2","ttl":""},"#,
        r#"{"name":{"text":"3"}},{"name":"4","any":{"a":1e400,"b":2}}],"nextPageToken":"t"}"#
    );
    server.respond(page);
    server.respond(r#"{"documents":[{"name":"5","fields":{"a":{"doubleValue":1e400}}}]}"#);
    let mut items = client.documents().list().items();
    let mut documents = Vec::new();
    while let Some(document) = items.next().await {
        documents.push(document.unwrap());
    }
    server.expect("GET /v1/documents", "");
    server.expect("GET /v1/documents?pageToken=t", "");
    let names: Vec<_> = documents.iter().map(|document| document.name.as_deref()).collect();
    assert_eq!(names, [Some("1"), Some("2"), None, Some("4"), Some("5")]);
    assert_eq!(documents[3].any.as_ref().unwrap()["b"], 2);
    assert_eq!(documents[2], Document::default());

    // The option makes it an error, and what a page cannot do without always is one.
    let strict = CallOptions::default().with_strict_decoding(true);
    server.respond(page);
    let error = client.documents().list().options(strict).send().await.unwrap_err();
    assert!(error.is_decode() && error.to_string().contains("documents[0].createTime"), "{error}");
    server.expect("GET /v1/documents", "");
    for body in [
        r#"{"documents":[],"nextPageToken":{"a":1}}"#,
        r#"{"documents":[{},"x"],"nextPageToken":"t"}"#,
        r#"{"documents":{"name":"1"}}"#,
        r#"[{"documents":[]}]"#,
        r#"{"documents":[],"partialErrors":[{"code":"x"}]}"#,
    ] {
        server.respond(body);
        let error = client.documents().list().send().await.unwrap_err();
        assert!(error.is_decode(), "{body}: {error}");
        server.expect("GET /v1/documents", "");
    }
}

/// An operation that failed never looks like one that goes on, or ended well.
async fn operations(server: &Server, client: &Client) {
    for body in [
        r#"{"name":"operations/1","done":true,"error":"it failed"}"#,
        r#"{"name":"operations/1","done":"true","error":{"code":5}}"#,
        r#"{"name":"operations/1","done":true,"error":{"code":"x"}}"#,
        r#"{"name":["operations/1"]}"#,
    ] {
        server.respond(body);
        let error = client.documents().export().wait().done().await.unwrap_err();
        assert!(error.is_decode(), "{body}: {error}");
        server.expect("POST /v1/documents:export", "");
    }
    server.respond(r#"{"name":"operations/1","done":true,"error":{"code":5,"details":{},"message":5}}"#);
    let error = client.documents().export().wait().done().await.unwrap_err();
    assert!(error.is_operation_failed(), "{error}");
    server.expect("POST /v1/documents:export", "");
}
