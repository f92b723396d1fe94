//! The address of a request for each way in which a document describes the values in it.
//!
//! `google/api/http.proto`: in a variable of one segment everything but `[-_.~0-9a-zA-Z]` is
//! percent-encoded, in one of several segments everything but `[-_.~/0-9a-zA-Z]`, and the server
//! leaves `%2F` there as it is. The Python client (2.202) sends `v1/projects/p/secrets/s1` and
//! `b/b/o/a%2F..%2Fb` too, and refuses `d/tables/t` as a dataset and `s1` as the name of a secret.

use google_addresses_v1::schemas::Thing;
use google_addresses_v1::Client;

use crate::server::{Server, start};

pub async fn addresses() {
    let (server, client) = &start();
    resource_names(server, client).await;
    single_segments(server, client).await;
    any_segments(server, client).await;
    media(server, client).await;
    operations(server, client).await;
    refused(server, client).await;
}

async fn resource_names(server: &Server, client: &Client) {
    server.respond("{}");
    client.versions().access("projects/p/secrets/s1/versions/latest").send().await.unwrap();
    server.expect("GET /v1/projects/p/secrets/s1/versions/latest:access", "");

    // A segment is encoded as a whole: an escape in it is no slash, and a colon begins no verb.
    server.respond("{}");
    client.versions().access("projects/a.b:c/secrets/s%2F1/versions/1 ü").send().await.unwrap();
    server.expect("GET /v1/projects/a.b%3Ac/secrets/s%252F1/versions/1%20%C3%BC:access", "");

    server.respond("{}");
    client.stores().export("projects/p/datasets/d/fhirStores/f").send().await.unwrap();
    server.expect("GET /v1/projects/p/datasets/d/fhirStores/f/$export", "");

    server.respond("{}");
    let name = "projects/p/databases/(default)/documents/users/u?/posts/1";
    client.documents().get(name).send().await.unwrap();
    server.expect("GET /v1/projects/p/databases/%28default%29/documents/users/u%3F/posts/1", "");

    server.respond("{}");
    client.rollouts().get("organizations/12", "r").send().await.unwrap();
    server.expect("GET /organizations/12/global/rollouts/r", "");
}

async fn single_segments(server: &Server, client: &Client) {
    // With its slash this would delete a table.
    server.respond_with(204, "", "");
    client.datasets().delete("p", "d/tables/t").send().await.unwrap();
    server.expect("DELETE /v1/projects/p/datasets/d%2Ftables%2Ft", "");

    for (object, sent) in [
        ("folder/lake 1.jpg", "folder%2Flake%201.jpg"),
        ("a/../b", "a%2F..%2Fb"),
        ("../a", "..%2Fa"),
        ("a//b/", "a%2F%2Fb%2F"),
        ("...", "..."),
        ("a%2F..%2Fb", "a%252F..%252Fb"),
    ] {
        server.respond("{}");
        client.objects().get("b", object).send().await.unwrap();
        server.expect(&format!("GET /v1/b/b/o/{sent}"), "");
    }

    server.respond("{}");
    client.core().request(discovery_runtime::HttpMethod::Get, "v1/b/b/o/a%2F..%2Fb").send().await.unwrap();
    server.expect("GET /v1/b/b/o/a%2F..%2Fb", "");
}

async fn any_segments(server: &Server, client: &Client) {
    server.respond("{}");
    let endpoint = "projects/p/endpoints/e";
    client.endpoints().invoke(endpoint, "v1/chat/completions").send().await.unwrap();
    server.expect("POST /v1/projects/p/endpoints/e/invoke/v1/chat/completions", "");
}

async fn media(server: &Server, client: &Client) {
    server.respond_with(200, "content-type: text/plain\r\n", "bytes");
    client.objects().get("b", "a/../b").download().bytes().await.unwrap();
    server.expect("GET /v1/b/b/o/a%2F..%2Fb?alt=media", "");

    server.respond("{}");
    let upload = client.objects().insert("b/c", Thing::default()).upload(b"x".to_vec());
    upload.content_type("text/plain").resumable(false).send().await.unwrap();
    let request = server.received.recv().unwrap();
    assert_eq!(request.line, "POST /upload/v1/b/b%2Fc/o?uploadType=multipart HTTP/1.1");

    server.respond("{}");
    let upload = client.media().upload("a/b c", Thing::default()).upload(b"x".to_vec());
    upload.content_type("text/plain").resumable(false).send().await.unwrap();
    let request = server.received.recv().unwrap();
    assert_eq!(request.line, "POST /upload/v1/media/a/b%20c?uploadType=multipart HTTP/1.1");
    println!("ok: POST /upload/v1/media/a/b%20c");
}

/// Two methods get operations, each those of one collection; both are the same path to the service.
async fn operations(server: &Server, client: &Client) {
    server.respond(r#"{"name":"folders/1/operations/a/b"}"#);
    server.respond(r#"{"name":"folders/1/operations/a/b","done":true}"#);
    client.replays().create("folders/1").wait().done().await.unwrap();
    server.expect("POST /v1/folders/1/replays", "");
    server.expect("GET /v1/folders/1/operations/a/b", "");
}

/// Nothing of this arrives, and no error shows the value.
async fn refused(server: &Server, client: &Client) {
    let error = client.versions().access("s3cret").send().await.unwrap_err();
    assert!(error.is_invalid_argument());
    assert_eq!(
        error.to_string(),
        "addresses.versions.access: invalid argument: name must have the form \
         `projects/{}/secrets/{}/versions/{}`"
    );
    for name in [
        "",
        "projects/p/secrets/s/versions",
        "projects/p/secrets/s/versions/1/2",
        "/projects/p/secrets/s/versions/1",
        "projects/p/secrets//versions/1",
        "projects/p/secrets/../versions/1",
        "projects/p/secrets/%252e%252E/versions/1",
        "projects%2Fp%2Fsecrets%2Fs%2Fversions%2F1",
    ] {
        client.versions().access(name).send().await.unwrap_err();
    }
    for name in ["", ".", "..", "%2e%2E", "%252e."] {
        client.objects().get("b", name).send().await.unwrap_err();
        client.objects().get("b", name).download().bytes().await.unwrap_err();
        client.datasets().delete("p", name).send().await.unwrap_err();
        client.media().upload(name, Thing::default()).upload(b"x".to_vec()).send().await.unwrap_err();
    }
    for name in ["a/../b", "a/./b", "a//b", "/a", "a/"] {
        client.endpoints().invoke("projects/p/endpoints/e", name).send().await.unwrap_err();
        client.media().upload(name, Thing::default()).upload(b"x".to_vec()).send().await.unwrap_err();
    }
    assert!(server.received.try_recv().is_err(), "a refused request was sent");
    println!("ok: what leads elsewhere is refused");
}
